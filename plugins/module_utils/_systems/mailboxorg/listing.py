# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists, whose form differs between methods and years: objects, names, a map by name, pages (mailboxorg.md 1.8, 2.5).

Pruning depends on lists, so what cannot be understood as a whole one is an error.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._core.errors import ProtocolError
from .api import Api
from .calls import no_list
from .codecs import read_number
from .levels import TITLE

Row = dict[str, Any]
# The form of the others is known; of this one only that it is a list or an object.
BY_NAME = frozenset({"account.list"})


def read_lists(api: Api, method: str, params: Sequence[Mapping[str, Any]], key: str) -> list[list[Row]]:
    """The lists of many objects, in order, each read to its end. Every row has a text under ``key``."""
    answers = api.read_pages(method, params)
    return [_whole(api, method, each, answer, key) for each, answer in zip(params, answers)]


def _whole(api: Api, method: str, params: Mapping[str, Any], answer: Mapping[str, Any], key: str) -> list[Row]:
    """All rows, page by page where there are pages. Raises ProtocolError."""
    if "results" not in answer:
        return _rows(method, answer.get("result", answer), key)
    total, pages = read_number(answer.get("totalHits")), read_number(answer.get("totalPages"))
    if not isinstance(total, int) or not isinstance(pages, int):
        raise no_list(method)
    first = _rows(method, answer["results"], key)
    found = {_name(row, key): row for row in first}
    for number in range(2, pages + 1):
        if not first:
            raise no_list(method)
        (page,) = api.read_pages(method, [{**params, "page_size": len(first), "page": number}])
        rows = _rows(method, page.get("results"), key)
        found.update((_name(row, key), row) for row in rows)
        if not rows:
            break
    if len(found) != total:
        raise ProtocolError(
            f"{TITLE} returned {len(found)} different rows of {total} for {method}: the list is incomplete, or changed "
            "while it was read; run the task again",
            method=method,
        )
    return list(found.values())


def _rows(method: str, listed: Any, key: str) -> list[Row]:
    """Rows of objects, of bare names, or where a method may answer so, of a map by name. Raises ProtocolError."""
    if isinstance(listed, list):
        rows = [_row(item, key) for item in listed]
    elif isinstance(listed, Mapping) and (method in BY_NAME or _is_list_with_gaps(listed)):
        rows = [_row(item, key, str(name)) for name, item in listed.items()]
    else:
        raise no_list(method)
    if not all(isinstance(row[key], str) and row[key] for row in rows):
        raise no_list(method)
    return rows


def _is_list_with_gaps(listed: Mapping[str, Any]) -> bool:
    """PHP shows a list with gaps as a map by number."""
    return bool(listed) and all(str(name).isdigit() for name in listed)


def _row(item: Any, key: str, place: str = "") -> Row:
    """An object of the list; ``place`` is its key in a map, which names it where nothing else does."""
    if isinstance(item, Mapping):
        return {key: place, **item}
    is_name = isinstance(item, str) and (not place or place.isdigit())
    return {key: item if is_name else place}


def _name(row: Row, key: str) -> str:
    return str(row[key]).casefold()
