# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the PHP of a mailcow server reads JSON values: it checks hardly any type (mailcow_recorded.md A16)."""

from __future__ import annotations

import json
import re
from typing import Any

_LEADING_NUMBER = re.compile(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)")


class PhpDied(Exception):
    """The script stopped without a word: HTTP 200 with an empty body. What it did before stays done."""


def intval(value: Any) -> int:
    """PHP's integer conversion: ``true`` is 1, ``"12abc"`` is 12, ``"true"`` is 0, 1.9 is 1, a filled list is 1."""
    if isinstance(value, str):
        found = _LEADING_NUMBER.match(value)
        return int(float(found.group(1))) if found else 0
    if isinstance(value, (list, dict)):
        return 1 if value else 0
    return int(value) if value is not None else 0


def empty(value: Any) -> bool:
    """PHP's ``empty()``: nothing, zero, false, ``""`` and ``"0"``."""
    return value in (None, "", "0", 0, False) or value == [] or value == {}


def text(value: Any) -> str:
    """The value where PHP wants a string. Raises PhpDied for a list or an object, as PHP 8's string functions do."""
    if isinstance(value, (list, dict)):
        raise PhpDied
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)


def not_below_zero(value: Any) -> bool:
    """PHP 8's ``value >= 0``: a text that is no number is compared with ``"0"`` as text, so letters pass."""
    if isinstance(value, str) and not _LEADING_NUMBER.fullmatch(value.rstrip()):
        return value >= "0"
    return float(value) >= 0 if isinstance(value, (int, float, str)) else True


def json_encode(value: Any) -> str:
    """PHP's ``json_encode`` without blanks, non-ASCII characters and slashes escaped: the form of write replies."""
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/")


def json_encode_pretty(value: Any) -> str:
    """PHP's pretty printed JSON (four blanks, characters unescaped): the form of replies to reads."""
    return json.dumps(value, indent=4, ensure_ascii=False)
