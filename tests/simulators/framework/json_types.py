# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of parsed JSON. Python counts True as a number, servers do not."""

from __future__ import annotations

from typing import Any


def is_json(value: Any, wanted: type) -> bool:
    """Whether a value from `json.loads` has the type `wanted`; true is no integer and 1 is no boolean."""
    return isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool)
