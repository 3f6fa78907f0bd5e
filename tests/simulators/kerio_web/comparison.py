# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lists of all Kerio servers have in common: comparing values, sorting them, pages."""

from __future__ import annotations

import json
from typing import Any, TypeVar

T = TypeVar("T")


def texts(value: Any) -> list[str]:
    """The values that a condition compares with, as text."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true", "1"] if value else ["false", "0"]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, dict):
        return [value["id"]] if "id" in value else [json.dumps(value, sort_keys=True)]
    return [str(value)]


def compare(text: str, comparator: str, wanted: str, *, case_sensitive: bool = False) -> bool:
    """comparator: a name of CompareOperator but NotEq, which speaks of all values of a row. Raises KeyError."""
    if comparator == "Like":
        return wanted.strip("%*").casefold() in text.casefold()
    if comparator == "Eq":
        return text == wanted if case_sensitive else text.casefold() == wanted.casefold()
    left: Any = text.casefold()
    right: Any = wanted.casefold()
    if _is_number(text) and _is_number(wanted):
        left, right = int(text), int(wanted)
    results: dict[str, bool] = {
        "LessThan": left < right,
        "GreaterThan": left > right,
        "LessEq": left <= right,
        "GreaterEq": left >= right,
    }
    return results[comparator]


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdigit()


def sort_key(value: Any, *, case_sensitive: bool = False) -> tuple[int, str]:
    if isinstance(value, int):
        return int(value), ""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return 0, text if case_sensitive else text.casefold()


def page(rows: list[T], start: int, limit: int, max_rows: int) -> list[T]:
    """limit: -1 for all of them; some clients send 4294967295, which is the same as an unsigned number.

    max_rows: the server's own limit, 0 for none.
    """
    start = max(start, 0)
    end = len(rows) if limit < 0 else start + limit
    return rows[start : min(end, start + max_rows) if max_rows else end]
