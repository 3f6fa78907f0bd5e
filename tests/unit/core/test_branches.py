# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""on_error: continue. What hangs on a failure is left out and says so, everything else is carried out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.branches import hindrance
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    AccessDenied,
    LoginRefused,
    PostmasterError,
    ProtocolError,
    RateLimited,
    ServerRefusal,
    Uncertain,
    Unreachable,
    WriteInCheckMode,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from tests.unit.core.carrying_out import TOGETHER
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import HOLDER, PHONE
from tests.unit.core.samples import TOWN
from tests.unit.core.tasks import config, lines
from tests.unit.core.teams import BARE, PLAQUE, PLAYER, TEAM, plaque, player, team

REFUSED = ServerRefusal("no", method="some.call", code=400)
EXAMPLE = {"town": "example.com"}


def _town(name: str, *, present: bool = True) -> Wish:
    return Wish(TOWN, {"name": name}, present=present)


Server = Callable[..., MemoryGateway]


@pytest.fixture(params=TOGETHER)
def server(request: pytest.FixtureRequest) -> Server:
    """Servers that take so many writes together."""
    return partial(MemoryGateway, together=request.param)


def _gateway(*players: str, server: Server = MemoryGateway) -> MemoryGateway:
    gateway = server(owned={"player": (PLAQUE, BARE)}, relations=(TEAM,), strict=True)
    gateway.filled_in = {"members": [], "phones": []}
    gateway.put(TOWN, name="example.com")
    for name in players:
        gateway.put(PLAYER, name=name, motto="", **EXAMPLE)
    return gateway


def _go_on(gateway: MemoryGateway, document: dict[str, Any], **behaviour: Any) -> dict[str, Any]:
    return config(gateway, document, on_error="continue", **behaviour)


def _refuse(gateway: MemoryGateway, call: str, about: str, message: str = "no") -> None:
    """Whether it is tried in company or alone."""
    for _attempt in range(2):
        gateway.on(call, ServerRefusal(message, method="some.call", code=400), about=about)


def _new(wish: Wish) -> Step:
    return plan(wish, None)


def _held(gateway: MemoryGateway, wish: Wish) -> Step:
    return plan(wish, gateway.read(wish.resource, wish.given))


# What hangs on what.


def test_what_names_something_that_was_to_be_made_hangs_on_it() -> None:
    failed = Result(_new(_town("Example.com")))
    for wish in (player(), team()):
        assert hindrance(_new(wish), [failed]) is failed
    for wish in (player(town="example.org"), _town("example.org"), plaque()):
        assert hindrance(_new(wish), [failed]) is None


def test_a_name_without_its_domain_is_the_whole_name() -> None:
    failed = Result(_new(player("bob")))
    assert hindrance(_new(team(members=["BOB"])), [failed]) is failed
    assert hindrance(_new(team(town="example.org", members=["bob"])), [failed]) is None
    assert hindrance(_new(team(staff={"trainer": "bob@example.com"})), [failed]) is failed


def test_of_several_the_first_is_told() -> None:
    first, second = Result(_new(_town("example.com"))), Result(_new(player("bob")))
    assert hindrance(_new(team(members=["bob"])), [first, second]) is first
    assert hindrance(_new(team(members=["bob"])), []) is None


def test_a_change_that_failed_hinders_nobody_since_its_object_is_there() -> None:
    gateway = _gateway("ann")
    failed = Result(_held(gateway, player("ann", motto="x")))
    assert failed.step.action == "update"
    assert hindrance(_new(team(members=["ann"])), [failed]) is None


@pytest.mark.parametrize("present", [True, False])
def test_a_deletion_hangs_on_whatever_still_names_its_object(present: bool) -> None:
    """Whether the other was to name somebody else, or was to go first."""
    gateway = _gateway("ann", "bob")
    gateway.put(TEAM, name="reds", staff={"trainer": "bob@example.com"}, **EXAMPLE)
    wish = team(staff={"trainer": "ann@example.com"}) if present else team(present=False)
    failed = Result(_held(gateway, wish))
    assert hindrance(_held(gateway, player("bob", present=False)), [failed]) is failed
    assert hindrance(_held(gateway, player("ann", present=False)), [failed]) is None


def test_a_deletion_does_not_hang_on_what_was_never_there() -> None:
    gateway = _gateway("bob")
    failed = Result(_new(team(members=["bob"])))
    assert hindrance(_held(gateway, player("bob", present=False)), [failed]) is None


# Carried out.


def test_other_branches_go_on_and_what_hangs_on_the_failure_says_so(server: Server) -> None:
    gateway = server(strict=True, owned={"player": (PLAQUE, BARE)})
    document = {
        "towns": [{"name": "example.com"}, {"name": "example.org"}],
        "players": [{"name": "ann", "town": "example.com"}, {"name": "ann", "town": "example.org"}],
        "plaques": [{"player": "ann@example.com", "title": "A"}, {"player": "ann@example.org", "title": "B"}],
    }
    _refuse(gateway, "create", "example.com")
    result = _go_on(gateway, document)
    told = {line["object"]: (line["status"], line.get("blocked_by")) for line in result["results"]}
    assert told == {
        "town example.com": ("failed", None),
        "town example.org": ("done", None),
        "player ann@example.com": ("not_done", "town example.com"),
        "player ann@example.org": ("done", None),
        "plaque ann@example.com": ("not_done", "player ann@example.com"),
        "plaque ann@example.org": ("done", None),
    }
    assert (result["failed"], result["changed"]) == (True, True)
    assert result["summary"] == {"created": 3, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "Of the planned changes, 3 were made and 2 were not tried" in result["msg"]
    assert result["failure"]["object"] == "town example.com"
    assert (gateway.held(PLAQUE, "ann@example.org") or {})["title"] == "B"
    assert not gateway.held(PLAYER, "ann", "example.com")
    gateway.mishaps.end()
    again = _go_on(gateway, document)
    assert not again.get("failed"), again
    assert again["summary"] == {"created": 3, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
    assert _go_on(gateway, document)["changed"] is False


def test_without_it_the_first_failure_ends_it() -> None:
    gateway = MemoryGateway(strict=True)
    document = {"towns": [{"name": "example.com"}, {"name": "example.org"}]}
    gateway.on("create", REFUSED)
    result = config(gateway, document)
    assert [line["status"] for line in result["results"]] == ["failed", "not_done"]
    assert "blocked_by" not in result["results"][1]
    assert gateway.count("create") == 1


def test_every_failure_is_told_and_the_first_one_is_the_tasks(server: Server) -> None:
    gateway = server(strict=True)
    _refuse(gateway, "create", "a.example", "first")
    _refuse(gateway, "create", "b.example", "second")
    document = {"towns": [{"name": f"{letter}.example"} for letter in "abc"]}
    result = _go_on(gateway, document)
    assert [(line["status"], line.get("error")) for line in result["results"]] == [
        ("failed", "first"),
        ("failed", "second"),
        ("done", None),
    ]
    assert result["msg"].startswith("town a.example: first. Of the planned changes, 1 were made and 0 were not tried")
    assert "; 2 failed, each with its error in the results" in result["msg"]


ENDS = [Unreachable("x"), RateLimited("x"), LoginRefused("x"), ProtocolError("x"), WriteInCheckMode("x")]
ABOUT_ONE = [ServerRefusal("x"), AccessDenied("x"), Uncertain("x")]


@pytest.mark.parametrize("error", [*ENDS, *ABOUT_ONE], ids=lambda error: type(error).__name__)
def test_trouble_with_the_connection_or_the_login_ends_everything(error: PostmasterError) -> None:
    gateway = _gateway()
    # A write of unknown fate is tried once more.
    for _each in range(2 if isinstance(error, Uncertain) else 1):
        gateway.on("create", error)
    results = execute([_new(player(name)) for name in ("ann", "bob")], gateway, gateway.clock, go_on=True)
    ends = any(isinstance(error, type(each)) for each in ENDS)
    assert [result.status for result in results] == ["failed", "not_done" if ends else "done"]


def test_what_hangs_on_something_left_out_is_left_out_too(server: Server) -> None:
    gateway = server(strict=True)
    gateway.on("create", REFUSED)
    steps = [_new(wish) for wish in (_town("example.com"), player("bob"), plaque("bob", title="B"))]
    results = execute(steps, gateway, gateway.clock, go_on=True)
    assert [(result.status, result.blocked_by) for result in results] == [
        ("failed", None),
        ("not_done", "town example.com"),
        ("not_done", "player bob@example.com"),
    ]
    assert gateway.count("create") == 1


def test_deletions_in_reverse_stop_where_something_stayed(server: Server) -> None:
    gateway = _gateway("bob", "eve", server=server)
    gateway.put(TOWN, name="other.example")
    gone = {"state": "absent"}
    document = {
        "towns": [{"name": "example.com", **gone}, {"name": "other.example", **gone}],
        "players": [{"name": name, **EXAMPLE, **gone} for name in ("bob", "eve")],
    }
    _refuse(gateway, "delete", "bob@example.com")
    result = _go_on(gateway, document)
    assert lines(result) == [
        ("player bob@example.com", "delete", "failed"),
        ("player eve@example.com", "delete", "done"),
        ("town example.com", "delete", "not_done"),
        ("town other.example", "delete", "done"),
    ]
    assert result["results"][2]["blocked_by"] == "player bob@example.com"
    assert gateway.held(TOWN, "example.com")
    gateway.mishaps.end()
    assert not _go_on(gateway, document).get("failed")
    assert not any(kind in ("town", "player", "plaque") for kind, _key in gateway.objects)


def test_what_was_to_be_led_elsewhere_keeps_what_it_names(server: Server) -> None:
    gateway = _gateway("ann", "bob", server=server)
    gateway.put(TEAM, name="reds", staff={"trainer": "bob@example.com"}, motto="", **EXAMPLE)
    document = {
        "teams": [{"name": "reds", "staff": {"trainer": "ann@example.com"}, **EXAMPLE}],
        "players": [{"name": "bob", "state": "absent", **EXAMPLE}],
    }
    gateway.on("update", REFUSED)
    result = _go_on(gateway, document)
    assert lines(result) == [
        ("team reds@example.com", "update", "failed"),
        ("player bob@example.com", "delete", "not_done"),
    ]
    assert result["results"][1]["blocked_by"] == "team reds@example.com"
    assert gateway.held(PLAYER, "bob", "example.com")


# What has to wait for what another step makes.


def _late_document(*numbers: str) -> dict[str, Any]:
    return {
        "holders": [{"name": f"h{number}", "phones": [{"number": number}]} for number in numbers],
        "phones": [{"number": number} for number in numbers],
    }


def test_a_late_part_whose_object_failed_is_left_and_the_others_are_completed(server: Server) -> None:
    gateway = _gateway(server=server)
    _refuse(gateway, "create", "1")
    result = _go_on(gateway, _late_document("1", "2"))
    assert lines(result) == [
        ("holder h1", "create", "unfinished"),
        ("holder h2", "create", "done"),
        ("phone 1", "create", "failed"),
        ("phone 2", "create", "done"),
    ]
    assert [entry["number"] for entry in (gateway.held(HOLDER, "h2") or {})["phones"]] == ["2"]
    gateway.mishaps.end()
    again = _go_on(gateway, _late_document("1", "2"))
    assert not again.get("failed"), again
    assert [entry["number"] for entry in (gateway.held(HOLDER, "h1") or {})["phones"]] == ["1"]
    assert gateway.held(PHONE, "1")


def test_late_parts_do_not_stop_each_other(server: Server) -> None:
    gateway = _gateway(server=server)
    _refuse(gateway, "update", "h1")
    result = _go_on(gateway, _late_document("1", "2", "3"))
    assert [status for name, _action, status in lines(result) if name.startswith("holder")] == [
        "failed",
        "done",
        "done",
    ]


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_lost_connection_leaves_late_parts_unfinished(server: Server, when: str) -> None:
    gateway = _gateway(server=server)
    if when == "before":
        for _each in range(3):
            gateway.on("create")
        gateway.on("create", Unreachable("no route"))
    else:
        for name in ("h1", "h2"):
            gateway.on("update", Unreachable("no route"), about=name)
    result = _go_on(gateway, _late_document("1", "2"))
    assert [status for name, _action, status in lines(result) if name.startswith("holder")] == [
        "unfinished" if when == "before" else "failed",
        "unfinished",
    ]
    gateway.mishaps.end()
    assert not _go_on(gateway, _late_document("1", "2")).get("failed")


def test_no_late_part_is_sent_for_what_was_not_begun(server: Server) -> None:
    gateway = _gateway(server=server)
    gateway.on("create", REFUSED)
    result = _go_on(gateway, _late_document("1"))
    assert lines(result) == [("holder h1", "create", "failed"), ("phone 1", "create", "done")]
    assert gateway.count("update") == 0
    assert gateway.held(HOLDER, "h1") is None
