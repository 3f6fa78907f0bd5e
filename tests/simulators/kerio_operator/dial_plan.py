# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers: which are free, and what has the others (fact sheet 3.1, 4.2, 4.4)."""

from __future__ import annotations

import re
from typing import Any

from tests.simulators.kerio_operator import query, replies
from tests.simulators.kerio_operator.errors import exists, failed
from tests.simulators.kerio_operator.methods import QUERY, Access, Context, Method
from tests.simulators.kerio_operator.store import Entity
from tests.simulators.kerio_web.wire_types import BOOL

NUMBER = re.compile(r"[0-9*#]+")
LINE, LINE_GROUP = 1, 20
CONFERENCE, QUEUE, SCRIPT, RING_GROUP = 4, 5, 6, 9
SERVICES = frozenset({7, *range(10, 18), 19})


def check_free(context: Context, number: str) -> None:
    """Raises RpcError 1000 for what is no number, 1001 for one that anything in the dial plan has."""
    if not NUMBER.fullmatch(number):
        raise failed("%1 is no telephone number.", about=number)
    if context.store.is_taken(number):
        raise exists(context.settings, "The number", number)


def get_next_valid_number(context: Context, _params: dict[str, Any]) -> Any:
    number = context.store.starting_number
    taken = {row["telNum"] for row in context.store.extensions.values()} | context.store.dial_plan.keys()
    while str(number) in taken:
        number += 1
    return replies.next_number(str(number), context.settings)


def get_internal_directory_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {
            "TEL_NUM": extension["telNum"],
            "DESCRIPTION": extension["description"],
            "EXTENSION_TYPE_ID": LINE if len(extension["lines"]) == 1 else LINE_GROUP,
        }
        for extension in context.store.extensions.values()
    ]
    if not params.get("onlyExtensions", False):
        shown = ("TEL_NUM", "DESCRIPTION", "EXTENSION_TYPE_ID")
        rows += [{name: row[name] for name in shown} for row in context.store.dial_plan.values()]
    return query.run(rows, params.get("query"), "numberList", context.settings)


# The interfaces below are known by their sort columns alone; the other members follow the style of that column.


def _upper(number_column: str, row: Entity) -> Entity:
    return {"GUID": row["GUID"], number_column: row["TEL_NUM"], "DESCRIPTION": row["DESCRIPTION"]}


def _of_kind(context: Context, *kinds: int) -> list[Entity]:
    return [row for row in context.store.dial_plan.values() if row["EXTENSION_TYPE_ID"] in kinds]


def _listed(context: Context, params: dict[str, Any], rows: list[Entity], list_key: str) -> dict[str, Any]:
    key = "list" if context.settings.list_keys == "list" else list_key
    return query.run(rows, params.get("query"), key, context.settings, ("GUID", "guid"))


def get_ringing_groups(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [_upper("EXTENSION_NUMBER", row) for row in _of_kind(context, RING_GROUP)]
    return _listed(context, params, rows, "ringingGroupList")


def get_conferences(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [_upper("EXTENSION_NUMBER", row) for row in _of_kind(context, CONFERENCE)]
    return _listed(context, params, rows, "conferenceList")


def get_call_queues(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"guid": row["GUID"], "queueNumber": row["TEL_NUM"], "description": row["DESCRIPTION"]}
        for row in _of_kind(context, QUEUE)
    ]
    return _listed(context, params, rows, "callQueueList")


def get_scripts(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [_upper("IVR_NUMBER", row) for row in _of_kind(context, SCRIPT)]
    return _listed(context, params, rows, "autoAttendantScriptList")


def get_services(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {**_upper("TEL_NUM", row), "EXTENSION_TYPE_ID": row["EXTENSION_TYPE_ID"]}
        for row in _of_kind(context, *SERVICES)
    ]
    return _listed(context, params, rows, "serviceList")


METHODS = {
    "Extensions.getNextValidNumber": Method(get_next_valid_number, Access.READ),
    "Server.getInternalDirectoryList": Method(
        get_internal_directory_list,
        Access.READ,
        {"query": QUERY, "onlyExtensions": BOOL},
        optional=frozenset({"query", "onlyExtensions"}),
    ),
    "RingingGroups.get": Method(get_ringing_groups, Access.READ, {"query": QUERY}),
    "Conferences.get": Method(get_conferences, Access.READ, {"query": QUERY}),
    "CallQueues.get": Method(get_call_queues, Access.READ, {"query": QUERY}),
    "AutoAttendantScripts.get": Method(get_scripts, Access.READ, {"query": QUERY}),
    "PbxServices.get": Method(get_services, Access.READ, {"query": QUERY}),
}
