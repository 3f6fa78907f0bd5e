# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes as people write them: text with a unit, 1024-based, or ``unlimited``.

A bare number is refused: one of our servers reads megabytes where another reads bytes, and one takes a wrong text for
"unlimited" (mailcow_recorded.md A16).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re

UNLIMITED = "unlimited"
_UNITS = {"B": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4, "P": 1024**5}
_SIZE = re.compile(r"(\d+)\s*([BKMGTP])(?:I?B)?", re.IGNORECASE)


def parse_size(text: str) -> int:
    """The number of bytes of ``512M``, ``3 GB`` or ``3GiB``. Raises ValueError with the reason otherwise."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        hint = f"; write {text.strip()}M for megabytes" if text.strip().isdigit() else ""
        raise ValueError(f"{text!r} is not a size such as 512M or 3G{hint}")
    return int(match.group(1)) * _UNITS[match.group(2).upper()]


def format_size(size: int) -> str:
    """The shortest exact form: 3221225472 -> ``3G``."""
    for unit, factor in reversed(list(_UNITS.items())):
        if size and size % factor == 0:
            return f"{size // factor}{unit}"
    return f"{size}B"
