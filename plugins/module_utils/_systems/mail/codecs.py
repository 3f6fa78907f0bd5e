# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tolerant reading and strict writing of the values of both mail dialects (mail_api.md 2.3 and 2.4).

Booleans are always written as JSON booleans: mailcow takes the text "true" for 0 and the text "abc" for no limit.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from typing import Any

from ..._core.fields import UNSET, Codec
from ..._core.sizes import UNLIMITED, format_size, parse_size
from .wire import MIB

RECEIVE_ONLY = "receive_only"
PROTOCOLS = ("imap", "pop3", "smtp", "sieve", "eas", "dav")
_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off", ""})


def _read_flag(value: Any) -> Any:
    word = str(value).strip().lower()
    return True if word in _TRUE else False if word in _FALSE else UNSET


def _read_active(value: Any) -> Any:
    """mailcow knows a third state: 2 refuses logins and still takes mail."""
    return RECEIVE_ONLY if str(value).strip() == "2" else _read_flag(value)


def _read_number(value: Any) -> Any:
    text = str(value).strip()
    return int(text) if text.lstrip("-").isdigit() else UNSET


def _read_limit(value: Any) -> Any:
    """A number whose 0 means no limit."""
    number = _read_number(value)
    return UNLIMITED if number is not UNSET and number == 0 else number


def _read_text(value: Any) -> str:
    return "" if value is None else str(value)


def _size(size: int) -> str:
    return UNLIMITED if size == 0 else format_size(size)


def _read_bytes(value: Any) -> Any:
    number = _read_number(value)
    return number if number is UNSET else _size(number // MIB * MIB)


def _read_size(value: Any) -> Any:
    number = _read_number(value)
    return number if number is UNSET else _size(number)


def _read_megabytes(value: Any) -> Any:
    number = _read_number(value)
    return number if number is UNSET else _size(number * MIB)


def _read_either(value: Any) -> Any:
    """Bytes when it can be a number of whole megabytes, else megabytes."""
    number = _read_number(value)
    if number is not UNSET and number >= MIB and number % MIB == 0:
        return _read_bytes(number)
    return _read_megabytes(value)


def _write_megabytes(size: str) -> int:
    return 0 if size == UNLIMITED else parse_size(size) // MIB


def _read_list(value: Any) -> list[str]:
    """A list, or text with comma, semicolon, blank or line break between the items."""
    items = value if isinstance(value, list) else re.split(r"[\s,;]+", _read_text(value))
    return [str(item).strip() for item in items if str(item).strip()]


def _read_protocols(attributes: Any) -> Any:
    """Protocols are written as one list and read as one flag each (mail_api.md 2.2 and 3.3)."""
    if not isinstance(attributes, dict) or not any(f"{name}_access" in attributes for name in PROTOCOLS):
        return UNSET
    return [name for name in PROTOCOLS if _read_flag(attributes.get(f"{name}_access")) is True]


FLAG = Codec(_read_flag, bool)
ACTIVE = Codec(_read_active, lambda active: 2 if active == RECEIVE_ONLY else bool(active))
NUMBER = Codec(_read_number, int)
TEXT = Codec(_read_text, str)
PROTOCOL_ACCESS = Codec(_read_protocols, list)
COMMA_TEXT = Codec(_read_list, ",".join)
CAPITALS = Codec(lambda value: _read_text(value).lower(), str.upper)
LIMIT = Codec(_read_limit, lambda number: 0 if number == UNLIMITED else number)
BYTES = Codec(_read_size, lambda size: 0 if size == UNLIMITED else parse_size(size))
QUOTA = {
    "auto": Codec(_read_either, _write_megabytes),
    "mb": Codec(_read_megabytes, _write_megabytes),
    "bytes": Codec(_read_bytes, _write_megabytes),
}


def quota_of_domain(mailcow_name: str, name: str, unit: str = "auto") -> Codec:
    """A quota that is read from the whole object: under mailcow's name it is always in bytes, under the other one in
    the unit of the server (mail_api.md 2.4)."""

    def read(row: Any) -> Any:
        if not isinstance(row, dict):
            return UNSET
        if row.get(mailcow_name) is not None:
            return _read_bytes(row[mailcow_name])
        return QUOTA[unit].read(row.get(name))

    return Codec(read, _write_megabytes)
