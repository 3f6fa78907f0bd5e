# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time ranges of Kerio Connect (kerio_connect.md 3.8).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from ..._core.fields import Choice, Codec, Text, TextSet
from ..._core.resource import Resource
from ..._core.structures import StructSet
from ..owned_lists import APPEND
from .entry_groups import (
    GROUP,
    Entry,
    EntryService,
    Row,
    attributes,
    child_group,
    complete,
    described,
    fitting,
    name_field,
    protected,
)

KIND = "time_range"
TYPES = {
    "daily": "TimeRangeDaily",
    "weekly": "TimeRangeWeekly",
    "absolute": "TimeRangeAbsolute",
    GROUP: "TimeRangeChildGroup",
}
# What each type of entry says.
MAKES: dict[str, tuple[str, ...]] = {
    "daily": ("from", "to", "days"),
    "weekly": ("from_day", "from", "to_day", "to"),
    "absolute": ("from_date", "from", "to_date", "to"),
    GROUP: ("group",),
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {wire: word for word, wire in TYPES.items()}
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def time_of_day(text: str) -> str:
    """``8:05`` -> ``08:05``. Raises ValueError."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        unquoted = "; write it in quotes, since YAML takes 17:30 for a number" if text.strip().isdigit() else ""
        raise ValueError(f"{text!r} is no time of day such as '17:30'{unquoted}")
    return f"{int(match[1]):02}:{match[2]}"


def day_of_year(text: str) -> str:
    """``2026-12-24``. Raises ValueError."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no date such as 2026-12-24") from None


def _fitting(entry: dict[str, Any]) -> dict[str, Any]:
    """One entry whose members fit together. Raises ValueError."""
    made = fitting(entry, MAKES)
    if made == "absolute" and (entry["from_date"], entry["from"]) > (entry["to_date"], entry["to"]):
        raise ValueError("to_date: the end comes before the beginning")
    if made == "daily":
        return {**entry, "days": [day for day in DAYS if day in entry["days"]]}
    return entry


def _read_time(value: Row) -> str:
    return f"{int(value['hour'])}:{int(value['min']):02}"


def _write_time(text: str) -> dict[str, int]:
    hour, minute = text.split(":")
    return {"hour": int(hour), "min": int(minute)}


def _read_date(value: Row) -> str:
    """Months count from 0 (kerio_connect.md 2.4)."""
    return date(int(value["year"]), int(value["month"]) + 1, int(value["day"])).isoformat()


def _write_date(text: str) -> dict[str, int]:
    day = date.fromisoformat(text)
    return {"year": day.year, "month": day.month - 1, "day": day.day}


TIME = Codec(_read_time, _write_time)
DATE = Codec(_read_date, _write_date)
DAY = Codec(lambda name: str(name).lower(), str.capitalize)
WEEK = Codec(lambda names: [DAY.read(name) for name in names], lambda days: [DAY.write(day) for day in days])
# Where the server keeps what an entry says.
MEMBERS = {
    "from": ("fromTime", TIME),
    "to": ("toTime", TIME),
    "days": ("days", WEEK),
    "from_day": ("fromDay", DAY),
    "to_day": ("toDay", DAY),
    "from_date": ("fromDate", DATE),
    "to_date": ("toDate", DATE),
}


def _read(row: Row) -> dict[str, Any]:
    made = _WORDS[str(row["type"])]
    places = {name: MEMBERS[name] for name in MAKES[made]}
    return {"type": made, **{name: codec.read(row[member]) for name, (member, codec) in places.items()}}


def _write(entry: Entry) -> dict[str, Any]:
    places = {name: MEMBERS[name] for name in MAKES[entry["type"]]}
    members = {member: codec.write(entry[name]) for name, (member, codec) in places.items()}
    return {"type": TYPES[entry["type"]], **members}


ENTRIES = StructSet(
    "entries",
    "All entries of the time range, in any order. Others are removed, unless O(append) is set. A time range "
    "has at least one.",
    form=_fitting,
    required_on_create=True,
    append_option=APPEND.name,
    fields=(
        Choice(
            "type",
            "What the entry is, needed in each: V(daily), the same hours on some days of every week; "
            "V(weekly), one time from a day of the week to another; V(absolute), from one date to another; or "
            "another V(group).",
            words=tuple(TYPES),
        ),
        Text(
            "from",
            "Time of day at which it begins, such as V(08:00), on the server's clock; for all types but "
            "V(group). Write it in quotes, since YAML takes some times for numbers.",
            form=time_of_day,
        ),
        Text(
            "to",
            "Time of day at which it ends, such as V(17:30), on the server's clock; for all types but "
            "V(group). Write it in quotes, since YAML takes some times for numbers.",
            form=time_of_day,
        ),
        TextSet("days", "Days of the week for V(daily).", form=str.lower, words=DAYS),
        Choice("from_day", "Day of the week on which it begins, for V(weekly).", words=DAYS),
        Choice("to_day", "Day of the week on which it ends, for V(weekly).", words=DAYS),
        Text("from_date", "Day on which it begins, such as V(2026-12-24), for V(absolute).", form=day_of_year),
        Text("to_date", "Day on which it ends, such as V(2027-01-06), for V(absolute).", form=day_of_year),
        child_group(KIND),
        *attributes(),
    ),
)
TIME_RANGE = Resource(
    kind=KIND,
    plural="time_ranges",
    module="kerio_time_range",
    summary="Manage time ranges of Kerio Connect",
    description=(
        "Creates, changes and deletes time ranges of a Kerio Connect server through its administration interface.",
        "The server keeps the entries of a time range one by one; here all of them are one object.",
        (
            "A change is made entry by entry: entries that stay are not touched, and new ones are added before others "
            "are removed, so that a time range in use is never empty in between."
        ),
        (
            "A time range that another one contains is not deleted. Rules and schedules that use one cannot be seen "
            "from here; what becomes of them is up to the server."
        ),
        (
            "Time ranges with entries of a type that no option describes are never pruned, and documents leave their "
            "entries out. With O(append) such a time range can be added to."
        ),
    ),
    key=("name",),
    entangled=True,
    label="{name}",
    route=EntryService(
        "TimeRanges",
        ENTRIES,
        entities="ranges",
        ids="rangeIds",
        child_type=TYPES[GROUP],
        members=tuple(member for member, _codec in MEMBERS.values()),
        read=_read,
        write=_write,
    ),
    complete=complete,
    protected=protected,
    described=described,
    unproven=(
        "That removing the last entry of a time range removes the time range.",
        "What the server does about a time range that is deleted while rules or schedules use it.",
        "Whether a daily or weekly entry may end before it begins, for times over midnight or over the weekend.",
    ),
    fields=(name_field("time range"), ENTRIES),
    behaviour=(APPEND,),
)
