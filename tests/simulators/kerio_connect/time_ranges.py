# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface TimeRanges (fact sheet kerio_connect.md 3.8). What the parameter rangeIds holds are ids of entries."""

from __future__ import annotations

import datetime
from typing import Any

from tests.simulators.kerio_connect import defaults, entry_groups
from tests.simulators.kerio_connect.entry_groups import Entries
from tests.simulators.kerio_connect.entry_structures import TIME_RANGE_ENTRY
from tests.simulators.kerio_connect.enums import DAY
from tests.simulators.kerio_connect.errors import failed
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import SEARCH_QUERY
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, ListOf, invalid

ENTRIES = Entries(
    table="time_range_entries",
    id_kind="timerange",
    struct=TIME_RANGE_ENTRY,
    blank=defaults.time_range_entry,
    child_type="TimeRangeChildGroup",
    values={
        "TimeRangeDaily": ("fromTime", "toTime", "days"),
        "TimeRangeWeekly": ("fromDay", "fromTime", "toDay", "toTime"),
        "TimeRangeAbsolute": ("fromDate", "fromTime", "toDate", "toTime"),
        "TimeRangeChildGroup": ("childGroupId",),
    },
    twice="This time range already exists!",
)


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return entry_groups.get(context, ENTRIES, params["query"])


def get_group_list(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return entry_groups.group_list(context, ENTRIES)


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    for index, given in enumerate(params["ranges"]):
        if "type" not in given:
            raise invalid(f"ranges[{index}].type", "missing")

    def create_one(given: Entity) -> Entity:
        entry = _checked(context, entry_groups.new_entry(context, ENTRIES, given))
        entry_groups.save(context, ENTRIES, entry, given)
        return entry

    return in_bulk(context, params["ranges"], create_one)


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Writes all members: those that the client left out become zero, the group among them."""
    details = params["details"]
    if context.settings.time_entry_set == "whole":
        details = {**defaults.time_range_entry(), "enabled": False, **details}

    def set_one(entry_id: str) -> None:
        old = entry_groups.find(context, ENTRIES, entry_id)
        entry = _checked(context, entry_groups.changed_entry(context, ENTRIES, old, details))
        entry_groups.save(context, ENTRIES, entry, details)

    return errors_of(context, params["rangeIds"], set_one)


def _checked(context: Context, entry: Entity) -> Entity:
    """The entry as it is stored. Raises RpcError 1000 for a time or a date that is none."""
    if context.settings.entry_values == "checked":
        used = ENTRIES.values[entry["type"]]
        for name in ("fromTime", "toTime"):
            if name in used:
                _check_time(entry[name])
        for name in ("fromDate", "toDate"):
            if name in used:
                _check_date(entry[name])
    if context.settings.days_order == "week":
        entry = {**entry, "days": [day for day in DAY.names if day in entry["days"]]}
    return entry_groups.finished(context, ENTRIES, entry)


def _check_time(time: Entity) -> None:
    if not (0 <= time["hour"] <= 23 and 0 <= time["min"] <= 59):
        raise failed("The time %1 is invalid.", about=f"{time['hour']}:{time['min']}")


def _check_date(date: Entity) -> None:
    """Months count from 0 (fact sheet 2.4)."""
    try:
        datetime.date(date["year"], date["month"] + 1, date["day"])
    except ValueError:
        raise failed("The date %1 is invalid.", about=f"{date['year']}-{date['month']}-{date['day']}") from None


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return errors_of(context, params["rangeIds"], lambda entry_id: entry_groups.remove(context, ENTRIES, entry_id))


METHODS = {
    "TimeRanges.get": Method(get, Access.READ, {"query": SEARCH_QUERY}),
    "TimeRanges.getGroupList": Method(get_group_list, Access.READ),
    "TimeRanges.create": Method(create, Access.SERVER, {"ranges": ListOf(TIME_RANGE_ENTRY)}),
    "TimeRanges.set": Method(set_, Access.SERVER, {"rangeIds": ListOf(KID), "details": TIME_RANGE_ENTRY}),
    "TimeRanges.remove": Method(remove, Access.SERVER, {"rangeIds": ListOf(KID)}),
}
