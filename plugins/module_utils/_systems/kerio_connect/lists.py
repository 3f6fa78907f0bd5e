# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of Kerio Connect, read page by page to their end (kerio_connect.md 2.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import ProtocolError

PAGE = 1000


def condition(field_name: str, comparator: str, value: str) -> dict[str, str]:
    return {"fieldName": field_name, "comparator": comparator, "value": value}


def read_list(
    rpc: JsonRpc,
    method: str,
    fields: Sequence[str],
    order_by: str,
    conditions: Sequence[Mapping[str, str]] = (),
    **params: Any,
) -> list[dict[str, Any]]:
    """All rows, without repetitions. Raises ProtocolError when the list is not one, or ends before its total."""
    rows: dict[str, dict[str, Any]] = {}
    start = 0
    while True:
        query = {
            "fields": list(fields),
            "conditions": list(conditions),
            "combining": "And",
            "start": start,
            "limit": PAGE,
            "orderBy": [{"columnName": order_by, "direction": "Asc"}],
        }
        page, total = _page(method, order_by, rpc.call(method, {"query": query, **params}))
        rows.update((str(row.get("id")), row) for row in page)
        start += len(page)
        if start >= total:
            break
        if not page:
            raise ProtocolError(
                f"Kerio Connect returned {start} of {total} rows for {method}; the list is incomplete", method=method
            )
    if len(rows) < total:
        raise ProtocolError(
            f"Kerio Connect returned {len(rows)} different rows of {total} for {method}: the list changed while it "
            "was read; run the task again",
            method=method,
        )
    return list(rows.values())


def _page(method: str, column: str, result: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int]:
    page, total = result.get("list"), result.get("totalItems")
    total = int(total) if isinstance(total, str) and total.isdigit() else total
    if not isinstance(total, int):
        raise no_list(method)
    return checked_rows(method, page, column), total


def checked_rows(method: str, rows: Any, column: str) -> list[dict[str, Any]]:
    """The rows of a list, each with an id and a name. Raises ProtocolError."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "id" in row and column in row for row in rows):
        raise no_list(method)
    return rows


def no_list(method: str) -> ProtocolError:
    return ProtocolError(f"Kerio Connect answered {method} with something that is no list", method=method)
