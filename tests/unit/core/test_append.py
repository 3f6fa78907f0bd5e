# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that a task owns as a whole, or only adds to: plan, reading back, documents."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import TextList, TextSet
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import not_applied, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from tests.unit.core import samples
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.tasks import Result, config, lines, task
from tests.unit.core.teams import BARE, PLAQUE, PLAYER, TEAM, plaque, team

TOWN = "example.com"
REDS = {"name": "reds", "town": TOWN}


@pytest.fixture
def gateway() -> MemoryGateway:
    found = MemoryGateway(others={("town", TOWN)}, owned={"player": (PLAQUE, BARE)}, relations=(TEAM,), strict=False)
    for name in ("ann", "bob", "eve"):
        found.put(PLAYER, name=name, town=TOWN, motto="")
    found.put(TEAM, **REDS, motto="", members=["Bob"], rounds=[])
    return found


def _members(gateway: MemoryGateway, name: str = "reds") -> Any:
    return (gateway.held(TEAM, name, TOWN) or {}).get("members")


def _current(gateway: MemoryGateway) -> Snapshot:
    found = gateway.read(TEAM, REDS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("members", "append", "sent"),
    [
        (["ann"], False, ["ann"]),
        (["ann"], True, ["ann", "Bob"]),
        (["BOB"], False, None),
        (["BOB"], True, None),
        (["bob", "ann"], True, ["ann", "Bob"]),
        ([], False, []),
        ([], True, None),
    ],
)
def test_what_is_sent_for_a_set(gateway: MemoryGateway, members: list[str], append: bool, sent: list[str]) -> None:
    step = plan(team(members=members, append=append), _current(gateway))
    assert step.send.get("members") == sent
    assert step.action == ("none" if sent is None else "update")


def test_a_new_object_holds_what_is_to_be_added() -> None:
    step = plan(team("blues", members=["ann"], append=True), None)
    assert step.send["members"] == ["ann"]


def test_to_add_nothing_is_to_ask_for_nothing() -> None:
    assert "members" not in plan(team("blues", members=[], append=True), None).send
    assert plan(team("blues", members=[], append=False), None).send["members"] == []
    assert plan(plaque(colours=[], append=True), None).action == "none"
    assert plan(plaque(colours=[], append=False), None).action == "create"


@pytest.mark.parametrize(
    ("held", "wish", "append", "after"),
    [
        (["red", "green"], ["blue", "red"], True, ["red", "green", "blue"]),
        (["red", "green"], ["blue", "red"], False, ["blue", "red"]),
        (["red", "green"], ["green"], True, None),
        (["red", "green"], ["green", "red"], True, None),
        (["red", "green"], ["green", "red"], False, ["green", "red"]),
    ],
)
def test_what_is_added_to_a_list_comes_last(held: list[str], wish: list[str], append: bool, after: Any) -> None:
    current = Snapshot({"player": f"ann@{TOWN}", "colours": held}, "1", {}, 0.0)
    assert plan(plaque(colours=wish, append=append), current).send.get("colours") == after


def test_a_list_without_such_an_option_is_always_whole() -> None:
    for each in (TextSet("x", ""), TextList("x", "")):
        assert each.merged(["b", "a"], ["c"]) == ["c"]
    added = TextList("x", "", append_option="append")
    assert added.merged(["b", "a"], ["c"]) == ["b", "a", "c"]
    assert added.merged(["b", "a"], ["c"], only=True) == ["c"]
    assert TextSet("x", "", append_option="append").merged(["b", "a"], ["C", "B"]) == ["a", "b", "C"]


@pytest.mark.parametrize(
    ("append", "now", "lost"),
    [
        (True, ["ann", "bob"], []),
        (True, ["ann", "bob", "eve"], []),  # somebody else added one meanwhile
        (True, ["bob"], ["members"]),
        (False, ["ann"], []),
        (False, ["ann", "bob"], ["members"]),
        (False, [], ["members"]),
    ],
)
def test_what_did_not_stick(gateway: MemoryGateway, append: bool, now: list[str], lost: list[str]) -> None:
    step = plan(team(members=["ann"], append=append), _current(gateway))
    assert not_applied(step, Snapshot({**REDS, "members": now}, "1", {}, 0.0)) == lost


def test_one_option_is_about_all_lists_of_an_object(gateway: MemoryGateway) -> None:
    rounds = [{"against": f"blues@{TOWN}", "week": 3}]
    result = task(gateway, TEAM, {**REDS, "members": ["ann"], "rounds": rounds, "append": True})
    assert result["changes"] == ["members", "rounds"]
    assert _members(gateway) == ["ann", "Bob"]
    more = [{"against": f"greens@{TOWN}", "week": 4}]
    result = task(gateway, TEAM, {**REDS, "rounds": more, "append": True})
    assert [entry["week"] for entry in result["team"]["rounds"]] == [3, 4]
    result = task(gateway, TEAM, {**REDS, "rounds": more, "append": False})
    assert [entry["week"] for entry in result["team"]["rounds"]] == [4]


def _document(*teams: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"teams": [{"town": TOWN, **each} for each in teams], **more}


@pytest.mark.parametrize(
    ("of_task", "of_entry", "appends"), [(True, None, True), (True, False, False), (False, True, True)]
)
def test_an_entry_says_it_for_itself_or_the_task_for_all(
    gateway: MemoryGateway, of_task: bool, of_entry: bool | None, appends: bool
) -> None:
    document = _document({"name": "reds", "members": ["ann"], "append": of_entry})
    predicted = config(gateway, document, check=True, append=of_task)
    actual = config(gateway, document, append=of_task)
    assert actual["diff"] == predicted["diff"]
    assert _members(gateway) == (["ann", "Bob"] if appends else ["ann"])
    assert config(gateway, document, append=of_task)["changed"] is False


def _ok(result: Result) -> Result:
    assert not result.get("failed"), result["msg"]
    return result


@pytest.mark.parametrize("how", ["prune", "entry"])
def test_a_member_that_goes_in_the_same_run_is_no_broken_wish(gateway: MemoryGateway, how: str) -> None:
    """The task asks for ann beside the others; that bob is no longer among them is what it asks for as well."""
    gone = [{"name": "bob", "town": TOWN, "state": "absent"}] if how == "entry" else []
    stay = [{"name": name, "town": TOWN} for name in ("ann", "eve")]
    document = _document({"name": "reds", "members": ["ann"], "append": True}, players=[*stay, *gone])
    behaviour: dict[str, Any] = {} if gone else {"prune": ["players"]}
    assert not config(gateway, document, check=True, **behaviour).get("failed")
    result = _ok(config(gateway, document, **behaviour))
    assert ("player bob@example.com", "delete", "done") in lines(result)
    assert _members(gateway) == ["ann"]
    assert config(gateway, document, **behaviour)["changed"] is False


@pytest.mark.parametrize(("append", "members"), [(True, ["Bob", "new"]), (False, ["new"])])
def test_a_new_member_is_added_when_it_is_there(gateway: MemoryGateway, append: bool, members: list[str]) -> None:
    gateway.put(samples.TOWN, name=TOWN)
    gateway.strict = True
    document = _document(
        {"name": "reds", "members": ["new"], "append": append}, players=[{"name": "new", "town": TOWN}]
    )
    result = _ok(config(gateway, document))
    assert lines(result) == [("player new@example.com", "create", "done"), ("team reds@example.com", "update", "done")]
    assert _members(gateway) == members
    assert config(gateway, document)["changed"] is False
