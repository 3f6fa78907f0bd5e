# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tolerant reading and strict writing of values: the server is made with PHP (mailboxorg.md 1.8, 2.5, 3.3).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as calendar_day, datetime, timedelta, timezone
from typing import Any

from ..._core.addresses import email
from ..._core.fields import UNSET, Codec
from ..._core.sizes import UNLIMITED, format_size, parse_size

GIB = 1024**3
_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off"})
_WHOLE = re.compile(r"(-?[0-9]+)(?:\.0+)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_GERMAN = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_TIME = re.compile(r"[T ][0-9]{2}:.*", re.DOTALL)
# Seconds since 1970 have more digits than a year.
_EPOCH = re.compile(r"-?[0-9]{5,10}")


def _read_text(value: Any) -> str:
    return "" if value is None else str(value)


def read_flag(value: Any) -> Any:
    """true, 1, "1" or "true" and their opposites; UNSET for what says neither."""
    word = str(value).strip().lower()
    return True if word in _TRUE else False if word in _FALSE else UNSET


def read_number(value: Any) -> Any:
    """A whole number, or text that holds one; UNSET for anything else."""
    match = _WHOLE.fullmatch(str(value).strip())
    return int(match[1]) if match else UNSET


def read_list(value: Any) -> list[str]:
    """A list, or text with the items between blanks, commas or semicolons."""
    if isinstance(value, Mapping):
        value = list(value.values())
    items = value if isinstance(value, list) else re.split(r"[\s,;]+", _read_text(value))
    return [str(item).strip() for item in items if str(item).strip()]


def _read_gigabytes(value: Any) -> Any:
    """Number or text, which changed in 2026; null and an empty text are nothing on top of the plan."""
    number = read_number(0 if value in (None, "") else value)
    return number if number is UNSET else format_size(number * GIB)


def _read_date(value: Any) -> str:
    """A day, from a date with or without a time, or from seconds since 1970; what is neither stays as it is."""
    text = _read_text(value).strip()
    if _EPOCH.fullmatch(text):
        # Midnight in the server's time zone lies within half a day of midnight UTC.
        moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=int(text), hours=12)
        return moment.date().isoformat()
    try:
        return date(_TIME.sub("", text))
    except ValueError:
        return text


def words(known: tuple[str, ...]) -> Codec:
    """One of these words, in any case when it is read. Others, such as plans of former years, stay as they are."""

    def read(value: Any) -> Any:
        word = str(value).lower()
        return UNSET if value is None else word if word in known else str(value)

    return Codec(read, str)


def limits(plans: tuple[str, ...]) -> Codec:
    """Limits by plan. A plan without one is not in the map, and a map without members is a list."""

    def read(value: Any) -> Any:
        held = {} if value is None or value == [] else value
        if not isinstance(held, Mapping):
            return UNSET
        read = {plan: UNLIMITED if held.get(plan) is None else read_number(held[plan]) for plan in plans}
        return {plan: limit for plan, limit in read.items() if limit is not UNSET}

    def write(given: Mapping[str, Any]) -> dict[str, int]:
        return {plan: limit for plan, limit in given.items() if limit != UNLIMITED}

    return Codec(read, write)


def date(text: str) -> str:
    """2031-12-31 from that or from 31.12.2031; empty stays empty. Raises ValueError for anything else."""
    stripped = text.strip()
    if not stripped:
        return ""
    iso, german = _ISO.fullmatch(stripped), _GERMAN.fullmatch(stripped)
    if iso is None and german is None:
        raise ValueError(f"{text!r} is not a date such as 2031-12-31")
    year, month, day = iso.groups() if iso else german.groups()[::-1] if german else ()
    try:
        return calendar_day(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None


def nets(text: str) -> str:
    """Networks once each, in order, with commas between them: the server tells them as a list or as text."""
    return ",".join(sorted(set(read_list(text))))


def address_or_none(text: str) -> str:
    """An address, or an empty text for none. Raises ValueError."""
    return email(text) if text.strip() else ""


def _write_german_date(day: str) -> str:
    """The one form that the server was seen to take (mailboxorg.md 2.5)."""
    return ".".join(reversed(day.split("-")))


TEXT = Codec(_read_text, str)
FLAG = Codec(read_flag, bool)
NUMBER = Codec(read_number, int)
LIST = Codec(read_list, list)
GIGABYTES = Codec(_read_gigabytes, lambda size: str(parse_size(size) // GIB))
DATE = Codec(_read_date, str)
DELETION_DATE = Codec(_read_date, _write_german_date)
NETS = Codec(lambda value: nets(",".join(read_list(value))), str)
