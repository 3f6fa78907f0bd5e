# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a row of either dialect to a snapshot.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._core.resource import Resource
from ..._core.snapshot import Snapshot
from .wire import read_values


def snapshot(resource: Resource, row: Mapping[str, Any], read_at: float) -> Snapshot:
    """The identity is empty when the server does not tell it."""
    values = resource.route.after_read(read_values(resource.fields, row))
    return Snapshot(values, str(values.get(resource.route.identity, "")), row, read_at)
