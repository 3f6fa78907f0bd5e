# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How people read the names that the code uses.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re

_ACRONYM = re.compile(r"\bip\b")


def spoken(name: str) -> str:
    """A kind or its plural: ``mailing list``, ``IP address group``."""
    return _ACRONYM.sub("IP", name.replace("_", " "))
