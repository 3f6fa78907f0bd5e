# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time ranges, whose rows are entries of groups."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, client_with_role, codes, condition, refused


def time(hour: int, minute: int = 0) -> dict[str, int]:
    return {"hour": hour, "min": minute}


def date(year: int, month: int, day: int) -> dict[str, int]:
    return {"year": year, "month": month, "day": day}


def daily(group: str = "Work", start: int = 8, end: int = 17, **fields: Any) -> dict[str, Any]:
    times = {"fromTime": time(start), "toTime": time(end), "days": ["Monday", "Friday"]}
    return {"groupName": group, "type": "TimeRangeDaily", **times, **fields}


def create(client: Client, *entries: dict[str, Any]) -> dict[str, Any]:
    return dict(client.call("TimeRanges.create", {"ranges": list(entries)}))


def change(client: Client, entry: dict[str, Any], **details: Any) -> list[tuple[int, int]]:
    return codes(client.call("TimeRanges.set", {"rangeIds": [entry["id"]], "details": details}))


def rows(client: Client, group: str = "Work") -> list[dict[str, Any]]:
    return client.get("TimeRanges", conditions=[condition("name", "Eq", group)])


def groups(client: Client) -> list[str]:
    return [group["name"] for group in client.call("TimeRanges.getGroupList")["groups"]]


def test_life_of_a_time_range(admin: Client) -> None:
    entries: list[dict[str, Any]] = [
        daily(description="day"),
        daily(start=18, end=20),
        {
            "type": "TimeRangeWeekly",
            "fromDay": "Friday",
            "fromTime": time(18),
            "toDay": "Monday",
            "toTime": time(6, 30),
            "groupName": "Off",
        },
        {
            "type": "TimeRangeAbsolute",
            "fromDate": date(2024, 1, 29),
            "fromTime": time(0),
            "toDate": date(2026, 11, 31),
            "toTime": time(23, 59),
            "groupName": "Off",
        },
    ]
    made = create(admin, *entries)
    assert made["errors"] == []
    assert groups(admin) == ["Off", "Work"]
    found = rows(admin)
    assert [row["id"] for row in found] == [item["id"] for item in made["result"][:2]]
    assert len({row["groupId"] for row in found}) == 1
    for wanted, row in zip(entries, admin.get("TimeRanges"), strict=True):
        assert {name: row[name] for name in wanted} == wanted
        assert (row["enabled"], row["status"]) == (True, "StoreStatusClean")
    ids = [row["id"] for row in found]
    assert codes(admin.call("TimeRanges.remove", {"rangeIds": [*ids, ids[0]]})) == [(2, 1002)]
    assert groups(admin) == ["Off"]


def test_each_entry_stands_or_falls_by_itself(admin: Client) -> None:
    absolute = {"type": "TimeRangeAbsolute", "groupName": "Work", "fromDate": date(2025, 1, 29)}
    made = create(
        admin,
        daily(),
        daily("WORK"),
        daily(start=24),
        daily(toTime=time(8, 60)),
        {**absolute, "toDate": date(2026, 0, 1)},
        {**absolute, "fromDate": date(2026, 12, 1)},
        daily(""),
        {"type": "TimeRangeChildGroup", "groupName": "Work", "childGroupId": ""},
        daily(groupId="keriodb://timerangegroup/none"),
        daily(start=9),
    )
    assert codes(made) == [(1, 1001), *((index, 1000) for index in range(2, 7)), (7, 1002), (8, 1002)]
    assert made["errors"][0]["message"] == "This time range already exists!"
    assert len(rows(admin)) == 2
    admin.server.settings.entry_values = "any"
    assert create(admin, daily(start=24))["errors"] == []


def test_an_entry_needs_a_type(admin: Client) -> None:
    with refused(-32602):
        create(admin, {"groupName": "Work", "days": ["Monday"]})


def test_a_change_writes_everything(admin: Client) -> None:
    entry = admin.server.store.add_time_range("Work", fromTime=time(8), toTime=time(17), days=["Monday"])
    group = {"groupId": entry["groupId"], "groupName": "Work"}
    assert change(admin, entry, description="new") == [(0, 1000)]
    assert change(admin, entry, **group, type="TimeRangeDaily", toTime=time(18), id="ignored") == []
    row = rows(admin)[0]
    assert (row["id"], row["fromTime"], row["toTime"], row["days"]) == (entry["id"], time(0), time(18), [])
    assert row["enabled"] is False
    admin.server.settings.time_entry_set = "merge"
    assert change(admin, entry, days=["Sunday", "Monday"], enabled=True) == []
    row = rows(admin)[0]
    assert (row["toTime"], row["days"], row["enabled"]) == (time(18), ["Sunday", "Monday"], True)
    admin.server.settings.days_order = "week"
    assert change(admin, entry, days=["Sunday", "Monday"]) == []
    assert rows(admin)[0]["days"] == ["Monday", "Sunday"]


def test_another_type_forgets_the_values_of_the_old_one(admin: Client) -> None:
    entry = admin.server.store.add_time_range("Work", days=["Monday"])
    admin.server.settings.time_entry_set = "merge"
    dates = {"fromDate": date(2026, 0, 1), "toDate": date(2026, 0, 31)}
    assert change(admin, entry, type="TimeRangeAbsolute", **dates) == []
    row = rows(admin)[0]
    assert (row["days"], row["toDate"]) == ([], date(2026, 0, 31))


@pytest.mark.parametrize(
    "wrong",
    [{"fromTime": {"hour": 8}}, {"fromDate": {"year": 2026, "month": 1}}, {"days": ["Funday"]}, {"type": "Daily"}],
)
def test_wrong_details(admin: Client, wrong: dict[str, Any]) -> None:
    entry = admin.server.store.add_time_range("Work")
    with refused(-32602):
        change(admin, entry, **{**daily(), **wrong})


def test_ranges_inside_ranges(admin: Client) -> None:
    store = admin.server.store
    inner, outer = store.add_time_range("Inner"), store.add_time_range("Outer")
    child = {"type": "TimeRangeChildGroup", "groupName": "Outer", "childGroupId": inner["groupId"]}
    assert create(admin, child)["errors"] == []
    assert rows(admin, "Outer")[1]["childGroupName"] == "Inner"
    back = {**child, "groupName": "Inner", "childGroupId": outer["groupId"]}
    assert codes(create(admin, back)) == [(0, 1000)]
    assert codes(admin.call("TimeRanges.remove", {"rangeIds": [inner["id"]]})) == [(0, 1003)]
    admin.server.settings.group_in_use = "vanish"
    assert codes(admin.call("TimeRanges.remove", {"rangeIds": [inner["id"]]})) == []
    assert [row["type"] for row in rows(admin, "Outer")] == ["TimeRangeDaily"]


def test_who_may_change_time_ranges(admin: Client) -> None:
    deputy = client_with_role(admin.server, "AccountAdmin")
    assert groups(deputy) == []
    with refused(1004):
        create(deputy, daily())
