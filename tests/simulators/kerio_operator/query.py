# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queries over lists (fact sheet kerio_operator.md 2).

They are read tolerantly: unknown keys are ignored, names of columns compared without regard to case, numbers taken
as text, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.simulators.framework.jsonrpc import INVALID_PARAMS, RpcError
from tests.simulators.kerio_operator.settings import KerioOperatorSettings
from tests.simulators.kerio_operator.store import Entity
from tests.simulators.kerio_web import comparison
from tests.simulators.kerio_web.wire_types import Number, accept, invalid

SEARCH = "SEARCH"  # compares with every text of a row, whatever the comparator says
COMPARATORS = {
    "=": "Eq",
    **{name: name for name in ("Eq", "NotEq", "LessThan", "GreaterThan", "LessEq", "GreaterEq", "Like")},
}
NUMBER_COLUMNS = frozenset({"telnum", "tel_num", "from_num", "to_num"})


def run(
    rows: Iterable[Entity], query: Any, list_key: str, settings: KerioOperatorSettings, identity: Sequence[str] = ()
) -> dict[str, Any]:
    """-> {list_key, totalItems}; totalItems counts what the conditions let through, before start and limit.

    rows: as they travel. identity: members that come back even when they are not asked for. Raises RpcError -32602.
    """
    query = {} if query in (None, [], "") else query
    if not isinstance(query, dict):
        raise invalid("query", "SearchQuery expected")
    found = _filtered(list(rows), query, settings)
    _sort(found, _list(query, "orderBy"), settings)
    start, limit = (
        accept(Number(), query.get(name, default), f"query.{name}") for name, default in (("start", 0), ("limit", -1))
    )
    page = comparison.page(found, start, limit, settings.max_rows)
    return {
        list_key: [_projected(row, _list(query, "fields"), identity, settings) for row in page],
        "totalItems": len(found),
    }


def _list(query: dict[str, Any], name: str) -> list[Any]:
    value = query.get(name) or []
    if not isinstance(value, list):
        raise invalid(f"query.{name}", "list expected")
    return value


def _projected(row: Entity, fields: list[Any], identity: Sequence[str], settings: KerioOperatorSettings) -> Entity:
    wanted = {str(name).casefold() for name in fields}
    if settings.unknown_field == "refuse" and (unknown := wanted - {name.casefold() for name in row}):
        raise RpcError(INVALID_PARAMS, "Invalid params. Unknown field %1.", min(unknown))
    shown = {name: value for name, value in row.items() if not wanted or name in identity or name.casefold() in wanted}
    return {**shown, "x9SinceNewerRelease": {"isEnabled": True}} if settings.extra_members else shown


def _filtered(rows: list[Entity], query: dict[str, Any], settings: KerioOperatorSettings) -> list[Entity]:
    conditions = [_checked(condition) for condition in _list(query, "conditions")]
    columns = {name.casefold() for row in rows for name in row}
    known = [condition for condition in conditions if condition[0] == SEARCH or condition[0].casefold() in columns]
    if settings.ignore_conditions or not rows:
        return rows
    if len(known) < len(conditions) and settings.unknown_condition == "refuse":
        raise RpcError(INVALID_PARAMS, "Invalid params. Unknown column.")
    if not known:
        return [] if conditions and settings.unknown_condition == "nothing" else rows
    quantifier = all if query.get("combining", settings.default_combining) == "And" else any
    return [row for row in rows if quantifier(_holds(row, *condition) for condition in known)]


def _checked(condition: Any) -> tuple[str, str, str]:
    """-> column, comparator, value"""
    if not isinstance(condition, dict):
        raise invalid("query.conditions", "SubCondition expected")
    column, comparator = str(condition.get("fieldName", "")), condition.get("comparator", "Eq")
    if comparator not in COMPARATORS:
        raise invalid("query.conditions.comparator", f"one of {', '.join(COMPARATORS)} expected")
    return column, COMPARATORS[comparator], str(condition.get("value", ""))


def _holds(row: Entity, column: str, comparator: str, wanted: str) -> bool:
    if column == SEARCH:
        values = [value for value in row.values() if isinstance(value, str)]
        return any(comparison.compare(value, "Like", wanted) for value in values)
    texts = [
        text for name, value in row.items() if name.casefold() == column.casefold() for text in comparison.texts(value)
    ]
    if comparator == "NotEq":
        return not any(comparison.compare(text, "Eq", wanted) for text in texts)
    return any(comparison.compare(text, comparator, wanted) for text in texts)


def _sort(rows: list[Entity], orders: list[Any], settings: KerioOperatorSettings) -> None:
    """An unknown column leaves the natural order."""
    # Sorting is stable: the last key first makes the first key count most.
    for order in reversed(orders):
        if not isinstance(order, dict):
            raise invalid("query.orderBy", "SortOrder expected")
        column = str(order.get("columnName", "")).casefold()
        as_number = column in NUMBER_COLUMNS and settings.number_order == "number"
        rows.sort(key=lambda row: _sort_key(row, column, as_number), reverse=order.get("direction", "Asc") == "Desc")


def _sort_key(row: Entity, column: str, as_number: bool) -> tuple[int, str]:
    value = next((item for name, item in row.items() if name.casefold() == column), "")
    return comparison.sort_key(int(value) if as_number and str(value).isdecimal() else value)
