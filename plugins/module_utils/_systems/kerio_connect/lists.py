# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of Kerio Connect (kerio_connect.md 2.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._client.jsonrpc import JsonRpc
from .. import kerio_web

PAGE = 1000
Conditions = Sequence[Mapping[str, str]]


def read_list(rpc: JsonRpc, method: str, fields: Sequence[str], order_by: str, **params: Any) -> list[dict[str, Any]]:
    """All rows, without repetitions, each with an id and the column that they are ordered by. Raises ProtocolError."""
    (rows,) = read_lists(rpc, method, fields, order_by, [((), params)])
    return rows


def read_lists(
    rpc: JsonRpc,
    method: str,
    fields: Sequence[str],
    order_by: str,
    questions: Sequence[tuple[Conditions, Mapping[str, Any]]],
) -> list[list[dict[str, Any]]]:
    """The rows that meet all of some conditions, for several questions, asked together; each may have more params."""
    return kerio_web.read_lists(
        rpc,
        method,
        [{**params, "query": _query(fields, order_by, conditions)} for conditions, params in questions],
        PAGE,
        is_row=lambda row: "id" in row and order_by in row,
        # Mailing lists of other servers come without an id (kerio_connect.md 3.5).
        identity=lambda row: (str(row["id"]), str(row[order_by])),
    )


def _query(fields: Sequence[str], order_by: str, conditions: Conditions) -> dict[str, Any]:
    return {
        "fields": list(fields),
        "conditions": list(conditions),
        "combining": "And",
        "orderBy": kerio_web.ascending(order_by),
    }
