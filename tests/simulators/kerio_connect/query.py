# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""SearchQuery: conditions, order, pages and fields (fact sheet kerio_connect.md 2.1 to 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.simulators.framework.jsonrpc import INVALID_PARAMS, RpcError
from tests.simulators.kerio_connect.settings import KerioConnectSettings
from tests.simulators.kerio_connect.sizes import in_bytes, is_size, with_normalised_sizes
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_web import comparison
from tests.simulators.kerio_web.comparison import compare
from tests.simulators.kerio_web.wire_types import Struct

QUICKSEARCH = "QUICKSEARCH"
UNSEARCHABLE = frozenset({"isWritableByMe"})
NOT_WITH_OR = frozenset({"itemSource"})

ValueOf = Callable[[Entity, str], Any]
Matches = Callable[[str, str, str], bool]
Condition = dict[str, str]


def run(
    rows: Iterable[Entity],
    query: dict[str, Any],
    kind: Struct,
    settings: KerioConnectSettings,
    value_of: ValueOf,
    *,
    literal_like: bool = False,
) -> dict[str, Any]:
    """-> {list, totalItems}; totalItems counts what the conditions let through, before start and limit.

    literal_like: % and * in a Like condition stand for themselves.
    value_of(row, member) gives a member as it is read. Raises RpcError -32602 for columns that cannot be used.
    """
    found = _filtered(list(rows), query, kind, settings, value_of, literal_like)
    _sort(found, query, kind, value_of)
    page = comparison.page(found, query.get("start", 0), query.get("limit", -1), settings.max_rows)
    fields = _fields(query, kind, settings)
    return {"list": [_project(row, fields, settings, value_of) for row in page], "totalItems": len(found)}


def _fields(query: dict[str, Any], kind: Struct, settings: KerioConnectSettings) -> list[str]:
    readable = [name for name, member in kind.members.items() if not member.has("wo")]
    asked = query.get("fields", [])
    unknown = [name for name in asked if name not in kind.members]
    if unknown and settings.unknown_field == "refuse":
        raise RpcError(INVALID_PARAMS, "Invalid params. Unknown field %1.", unknown[0])
    if not asked or settings.unasked_fields == "all":
        return readable
    wanted = {*asked, "id"} if settings.unasked_fields == "id" else set(asked)
    return [name for name in readable if name in wanted]


def _project(row: Entity, fields: list[str], settings: KerioConnectSettings, value_of: ValueOf) -> Entity:
    projected = {name: value_of(row, name) for name in fields}
    if settings.normalise_byte_units:
        projected = with_normalised_sizes(projected)
    if settings.extra_members:
        projected["x9SinceNewerRelease"] = {"isEnabled": True}
    return projected


# Conditions.


def _filtered(
    rows: list[Entity],
    query: dict[str, Any],
    kind: Struct,
    settings: KerioConnectSettings,
    value_of: ValueOf,
    literal_like: bool,
) -> list[Entity]:
    combining = query.get("combining", settings.default_combining)
    conditions = [_complete(condition) for condition in query.get("conditions", [])]
    usable = [condition for condition in conditions if _usable(condition, combining, kind, settings)]
    if not usable or settings.ignore_conditions:
        nothing = len(usable) < len(conditions) and settings.unknown_condition == "nothing"
        return [] if nothing and not settings.ignore_conditions else rows
    quantifier = all if combining == "And" else any

    def matches(text: str, comparator: str, wanted: str) -> bool:
        if literal_like and comparator == "Like":
            return wanted.casefold() in text.casefold()
        return compare(text, comparator, wanted, case_sensitive=settings.eq_case_sensitive)

    def passes(row: Entity) -> bool:
        return quantifier(_holds(row, condition, kind, matches, value_of) for condition in usable)

    return [row for row in rows if passes(row)]


def _complete(condition: Condition) -> Condition:
    return {"fieldName": "", "comparator": "Eq", "value": "", **condition}


def _usable(condition: Condition, combining: str, kind: Struct, settings: KerioConnectSettings) -> bool:
    column = condition["fieldName"]
    if column == QUICKSEARCH and any(member.has("qs") for member in kind.members.values()):
        return True
    member = kind.members.get(column)
    if column in UNSEARCHABLE or (column in NOT_WITH_OR and combining == "Or" and column in kind.members):
        raise RpcError(INVALID_PARAMS, "Invalid params. %1 cannot be searched like that.", column)
    if member is not None and not member.has("wo"):
        return True
    if settings.unknown_condition == "refuse":
        raise RpcError(INVALID_PARAMS, "Invalid params. Unknown column %1.", column)
    return False


def _holds(row: Entity, condition: Condition, kind: Struct, matches: Matches, value_of: ValueOf) -> bool:
    comparator, wanted = condition["comparator"], condition["value"]
    if condition["fieldName"] == QUICKSEARCH:
        columns = [name for name, member in kind.members.items() if member.has("qs")]
    else:
        columns = [condition["fieldName"]]
    texts = [text for column in columns for text in _texts(value_of(row, column))]
    # A negative condition holds for all of a row's values, the others for any of them.
    if comparator == "NotEq":
        return not any(matches(text, "Eq", wanted) for text in texts)
    return any(matches(text, comparator, wanted) for text in texts)


def _texts(value: Any) -> list[str]:
    """The values that a condition compares with, as text; sizes as bytes."""
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [str(in_bytes(value))] if is_size(value) else comparison.texts(value)


# Order.


def _sort(rows: list[Entity], query: dict[str, Any], kind: Struct, value_of: ValueOf) -> None:
    # Sorting is stable: the last key first makes the first key count most.
    for order in reversed(query.get("orderBy", [])):
        column = order.get("columnName", "")
        if column not in kind.members or kind.members[column].has("wo"):
            raise RpcError(INVALID_PARAMS, "Invalid params. Unknown column %1.", column)
        case_sensitive = order.get("caseSensitive", False)
        rows.sort(
            key=lambda row: _sort_key(value_of(row, column), case_sensitive),
            reverse=order.get("direction", "Asc") == "Desc",
        )


def _sort_key(value: Any, case_sensitive: bool) -> tuple[int, str]:
    return (in_bytes(value), "") if is_size(value) else comparison.sort_key(value, case_sensitive=case_sensitive)
