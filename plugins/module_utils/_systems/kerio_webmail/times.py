# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments, as people write them and as the server does (kerio_connect.md 2.4, UtcDateTime).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ..._core.fields import Codec, Text

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:(Z)|([+-]\d{2}):?(\d{2}))")
_WIRE = "%Y%m%dT%H%M%S%z"


def moment(text: str) -> datetime:
    """``2026-07-01T08:00+02:00``. Raises ValueError, with what to write, for what is no moment or has no offset."""
    match = _WRITTEN.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        day, time, seconds, is_utc, hours, minutes = match.groups()
        offset = "+00:00" if is_utc else f"{hours}:{minutes}"
        return datetime.fromisoformat(f"{day}T{time}{seconds or ':00'}{offset}")
    except ValueError:
        raise ValueError(
            f"{text!r} is no moment such as 2026-07-01T08:00:00+02:00, a date with a time and its offset from UTC"
        ) from None


def moment_or_nothing(text: str) -> str:
    """The one form of a moment; an empty text stays empty. Raises ValueError."""
    return moment(text).isoformat() if text.strip() else ""


@dataclass(frozen=True, eq=False)
class Moment(Text):
    """A moment or an empty text; two spellings of one instant are the same."""

    def same(self, wish: str, current: str) -> bool:
        try:
            return wish == current or moment(wish) == moment(current)
        except ValueError:
            return False


def _read(text: object) -> str:
    """The user's form; what is no moment stays as the server has it."""
    try:
        return datetime.strptime(str(text), _WIRE).isoformat()
    except ValueError:
        return str(text)


def _write(text: str) -> str:
    return moment(text).strftime(_WIRE) if text else ""


MOMENT = Codec(_read, _write)
