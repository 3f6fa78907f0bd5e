# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pruning takes nothing away from under objects that stay and name it; and for that, whatever may name it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.document import plan_document
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import GuardRefusal
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Reference, Text
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.pruning import Prune, may_name, refuse_referenced
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import ALL, CLUB, PERSON, RELAY, TOWN
from tests.unit.core.tasks import Result, config, lines
from tests.unit.core.teams import BARE, PLAQUE, PLAYER, TEAM, team

HERE = {"town": "example.com"}


@pytest.fixture
def gateway() -> MemoryGateway:
    found = MemoryGateway(owned={"player": (PLAQUE, BARE)}, relations=(TEAM,))
    found.put(TOWN, name="example.com")
    for name in ("ann", "bob", "eve"):
        found.put(PLAYER, name=name, motto="", **HERE)
    return found


def _document(*players: str, **more: Any) -> dict[str, Any]:
    return {"players": [{"name": name, **HERE} for name in players], **more}


def _pruned(gateway: MemoryGateway, document: dict[str, Any], *, prune: str = "players", **behaviour: Any) -> Result:
    """What both modes say; when it is refused, nothing was written."""
    predicted = config(gateway, document, check=True, prune=[prune], **behaviour)
    if not predicted.get("failed"):
        return predicted
    actual = config(gateway, document, prune=[prune], **behaviour)
    assert (actual["msg"], actual["failure"]) == (predicted["msg"], predicted["failure"])
    assert gateway.count("create", "update", "delete") == 0
    return actual


def _deleted(result: Result) -> list[str]:
    assert not result.get("failed"), result["msg"]
    return [name for name, action, _status in lines(result) if action == "delete"]


def test_what_nobody_names_is_pruned(gateway: MemoryGateway) -> None:
    assert _deleted(_pruned(gateway, _document("ann"))) == ["player bob@example.com", "player eve@example.com"]


@pytest.mark.parametrize("spelling", ["bob@example.com", "BOB@Example.com"])
def test_what_an_object_elsewhere_names_is_not(gateway: MemoryGateway, spelling: str) -> None:
    gateway.put(TEAM, name="reds", staff={"trainer": spelling}, **HERE)
    result = _pruned(gateway, _document("ann"))
    assert result["failed"]
    assert result["failure"]["object"] == f"player {spelling}"
    assert result["msg"] == (
        f"pruning would delete player {spelling}, which team reds@example.com still names as staff.trainer; nothing "
        "was changed; let the document change or delete that one too, or protect what it names"
    )


def test_nor_what_is_named_although_it_might_be_something_else(gateway: MemoryGateway) -> None:
    gateway.put(TEAM, name="blues", **HERE)
    gateway.put(TEAM, name="reds", rounds=[{"against": "blues@example.com", "week": 1}], **HERE)
    result = _pruned(gateway, {"teams": [{"name": "reds", **HERE}]}, prune="teams")
    assert "team blues@example.com, which team reds@example.com still names as rounds.against" in result["msg"]


def test_a_relation_that_the_named_object_holds_itself_is_no_reason(gateway: MemoryGateway) -> None:
    gateway.put(TEAM, name="reds", members=["bob"], **HERE)
    document = _document("ann", "eve")
    assert _deleted(_pruned(gateway, document)) == ["player bob@example.com"]
    assert not config(gateway, document, prune=["players"]).get("failed")
    assert (gateway.held(TEAM, "reds", "example.com") or {})["members"] == []


def test_nor_is_what_goes_with_it(gateway: MemoryGateway) -> None:
    """Of bob's own plaque, and of the next one that only names him."""
    gateway.objects["plaque", ("ann@example.com",)].values["next_to"] = "bob@example.com"
    plaques = [{"player": "ann@example.com", "title": "Captain"}]
    for document in (_document("ann", "eve"), _document("ann", "eve", plaques=plaques)):
        assert _deleted(_pruned(gateway, document)) == ["player bob@example.com"]


@pytest.mark.parametrize("rest", [{"prune": ["players", "teams"]}, {"prune": ["players"], "state": "absent"}])
def test_what_goes_in_the_same_run_names_nobody_any_more(gateway: MemoryGateway, rest: dict[str, Any]) -> None:
    gateway.put(TEAM, name="reds", staff={"trainer": "bob@example.com"}, **HERE)
    gateway.put(TEAM, name="blues", **HERE)
    teams = [{"name": "blues", **HERE}]
    teams += [{"name": "reds", "state": "absent", **HERE}] if "state" in rest else []
    result = config(gateway, _document("ann", "eve", teams=teams), prune=rest["prune"])
    assert _deleted(result) == ["team reds@example.com", "player bob@example.com"]
    assert not gateway.held(PLAYER, "bob", "example.com")


def test_nor_does_what_is_led_elsewhere(gateway: MemoryGateway) -> None:
    gateway.put(TEAM, name="reds", staff={"trainer": "bob@example.com"}, motto="", **HERE)
    to_ann = {"name": "reds", "staff": {"trainer": "ann@example.com"}, **HERE}
    assert _deleted(_pruned(gateway, _document("ann", "eve", teams=[to_ann]))) == ["player bob@example.com"]
    other = {"name": "reds", "motto": "x", **HERE}
    assert _pruned(gateway, _document("ann", "eve", teams=[other]))["failed"]


def test_an_entry_that_says_absent_is_nobodys_surprise(gateway: MemoryGateway) -> None:
    """The guard is about pruning; what a document names is left to the server."""
    gateway.put(TEAM, name="reds", staff={"trainer": "bob@example.com"}, **HERE)
    gone = {"name": "bob", "state": "absent", **HERE}
    assert _deleted(config(gateway, {"players": [gone]}, check=True)) == ["player bob@example.com"]
    beside_pruning = {"players": [gone, {"name": "ann", **HERE}]}
    assert _deleted(_pruned(gateway, beside_pruning)) == ["player bob@example.com", "player eve@example.com"]


def test_a_protected_object_may_be_named(gateway: MemoryGateway) -> None:
    gateway.put(TEAM, name="reds", staff={"trainer": "bob@example.com"}, **HERE)
    assert _deleted(_pruned(gateway, _document("ann"), protect=["bob@*"])) == ["player eve@example.com"]


def test_what_names_it_in_another_domain_is_seen_in_spite_of_the_scope(gateway: MemoryGateway) -> None:
    gateway.put(TOWN, name="example.org")
    gateway.put(TEAM, name="away", town="example.org", staff={"trainer": "bob@example.com"})
    result = _pruned(gateway, _document("ann", "eve"), scope={"domains": ["example.com"]})
    assert "team away@example.org still names as staff.trainer" in result["msg"]


@pytest.mark.parametrize(
    ("resource", "kinds", "anywhere", "elsewhere"),
    [
        (TEAM, {"player"}, True, True),  # a trainer may come from anywhere
        (TEAM, {"town"}, True, False),  # a team is in its own town
        (TEAM, {"club"}, False, False),
        (PLAYER, {"town"}, True, False),
        (PLAYER, {"player"}, False, False),
        (PLAQUE, {"player"}, False, False),  # it goes with its player
        (PERSON, {"club"}, True, True),
        (PERSON, {"town"}, True, False),
        (RELAY, {"person"}, True, True),
        (CLUB, {"person", "town"}, False, False),
        (TEAM, {"club", "player"}, True, True),
        (TEAM, set(), False, False),
    ],
)
def test_what_may_name_what(resource: Resource, kinds: set[str], anywhere: bool, elsewhere: bool) -> None:
    assert may_name(resource, kinds) is anywhere
    assert may_name(resource, kinds, from_elsewhere=True) is elsewhere


@pytest.mark.parametrize(
    ("reference", "anywhere", "elsewhere"),
    [
        (Reference("player"), True, True),
        (Reference("player", late=True, optional=True, assumable=True), True, True),
        (Reference("player", within="name"), True, False),  # of its own domain
        (Reference("player", mirror=True), False, False),  # a relation that the player holds itself
    ],
)
def test_what_a_reference_says_of_who_may_keep_others(reference: Reference, anywhere: bool, elsewhere: bool) -> None:
    club = replace(CLUB, fields=(*CLUB.fields, Text("head", "Who leads it.", reference=reference)))
    assert may_name(club, {"player"}) is anywhere
    assert may_name(club, {"player"}, from_elsewhere=True) is elsewhere


class _Watched(MemoryGateway):
    """Logs the domains of every list that is read."""

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        self.calls.append((resource.plural, "all" if domains is None else ",".join(sorted(domains))))
        return super().read_all(resource, domains)


def _read(document: dict[str, Any], **behaviour: Any) -> dict[str, str]:
    gateway = _Watched(owned={"player": (PLAQUE, BARE)})
    for town in ("example.com", "example.org"):
        gateway.put(TOWN, name=town)
        gateway.put(PLAYER, name="ann", town=town)
    result = config(gateway, document, check=True, **behaviour)
    assert not result.get("failed"), result
    return {call: domains for call, domains in gateway.calls if call in {resource.plural for resource in ALL}}


def test_without_pruning_only_what_is_described_is_read() -> None:
    assert _read(_document("ann")) == {"players": "example.com"}
    assert _read({"towns": [{"name": "example.org"}]}) == {"towns": "example.org"}


def test_with_pruning_whatever_may_name_it_is_read_too() -> None:
    assert _read(_document("ann"), prune=["players"]) == {"players": "all", "teams": "all"}
    scope = {"domains": ["example.com"]}
    assert _read(_document("ann"), prune=["players"], scope=scope) == {"players": "example.com", "teams": "all"}


def test_what_can_only_name_what_is_in_the_scope_is_read_in_the_scope() -> None:
    """Whatever has its town in its key."""
    read = _read({"towns": [{"name": "example.com"}]}, prune=["towns"], scope={"domains": ["example.com"]})
    inside = "example.com"
    assert read == {"towns": inside, "players": inside, "teams": inside, "people": inside}


def test_described_and_pruned_from_elsewhere_is_read_as_a_whole() -> None:
    teams = [{"name": "reds", **HERE}]
    scope = {"domains": ["example.com"]}
    assert _read(_document("ann", teams=teams), prune=["players"], scope=scope)["teams"] == "all"
    assert _read(_document("ann", teams=teams))["teams"] == "example.com"


def test_permanent_objects_are_read_one_by_one_and_only_those_that_are_described() -> None:
    gateway = _Watched(owned={"player": (PLAQUE, BARE)})
    gateway.put(TOWN, name="example.com")
    for name in ("ann", "bob"):
        gateway.put(PLAYER, name=name, **HERE)
    document = _document("ann", "bob", plaques=[{"player": "ann@example.com", "title": "A"}])
    result = config(gateway, document, prune=["players"])
    assert lines(result) == [("plaque ann@example.com", "update", "done")]
    assert ("plaques", "all") not in gateway.calls
    assert [call for call in gateway.calls if call[0] == "read"] == [("read", "ann@example.com")] * 2


# The guard by itself, and what the server or a rule protects.


def _steps(gateway: MemoryGateway, wishes: list[Wish], prune: Prune) -> tuple[list[Step], Any]:
    current = {resource: gateway.read_all(resource, None) for resource in ALL}
    return plan_document(wishes, current, ALL, prune), current


def test_all_that_an_object_names_counts_not_only_what_is_sent(gateway: MemoryGateway) -> None:
    gateway.put(TEAM, name="reds", staff={"trainer": "bob@example.com"}, motto="", **HERE)
    steps, current = _steps(gateway, [team(motto="new")], Prune(("players",)))
    with pytest.raises(GuardRefusal, match=r"player bob@example\.com, which team reds@example\.com still names"):
        refuse_referenced(steps, current)
    steps, current = _steps(gateway, [team(motto="new")], Prune(("clubs",)))
    refuse_referenced(steps, current)


def test_what_a_rule_protects_is_never_pruned(gateway: MemoryGateway) -> None:
    for name in ("champions", "reds", "blues"):
        gateway.put(TEAM, name=name, **HERE)
    result = config(gateway, {"teams": [{"name": "reds", **HERE}]}, prune=["teams"])
    assert _deleted(result) == ["team blues@example.com"]
    assert gateway.held(TEAM, "champions", "example.com")
    empty = config(gateway, {}, prune=["teams"], allow_empty=True, max_deletions=1)
    assert _deleted(empty) == ["team reds@example.com"]
    assert gateway.held(TEAM, "champions", "example.com")
