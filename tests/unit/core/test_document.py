# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole documents: order of the steps, duplicates, scope, pruning and its limits."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.document import (
    Index,
    plan_document,
    refuse_duplicates,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import GuardRefusal, InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.pruning import (
    Prune,
    idle_patterns,
    refuse_empty_prune,
    refuse_outside_scope,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource, in_dependency_order
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import PHONE, phone
from tests.unit.core.samples import ALL, CLUB, MAY_LOSE_MAIL, PERSON, RELAY, TOWN, new_person, no_person, person

NO_PRUNE = Prune()


def _lists(gateway: MemoryGateway) -> dict[Resource, list[Snapshot]]:
    return {resource: gateway.read_all(resource, None) for resource in ALL}


def _steps(gateway: MemoryGateway, wishes: list[Wish], prune: Prune = NO_PRUNE) -> list[Step]:
    return plan_document(wishes, _lists(gateway), ALL, prune)


def _order(steps: list[Step]) -> list[tuple[str, str]]:
    return [(step.action, step.name) for step in steps if step.changes]


def _town(name: str, *, present: bool = True, **options: Any) -> Wish:
    return Wish(TOWN, TOWN.desire({"name": name, **options}), present=present)


def _club(name: str, *, present: bool = True, **options: Any) -> Wish:
    return Wish(CLUB, CLUB.desire({"name": name, **options}), present=present)


def test_deletes_come_first_and_in_reverse_order_then_the_rest_in_dependency_order() -> None:
    gateway = MemoryGateway()
    gateway.put(TOWN, name="old.example")
    gateway.put(CLUB, name="Chess")
    gateway.put(PERSON, address="bob@example.com")
    gateway.put(PERSON, address="eve@example.com", full_name="")
    wishes = [
        new_person(clubs=["Go"]),
        person("eve", full_name="Eve"),
        _club("Go"),
        _town("new.example"),
        _club("Chess", present=False),
        no_person("bob"),
        _town("old.example", present=False),
    ]
    assert _order(_steps(gateway, wishes)) == [
        ("delete", "person bob@example.com"),
        ("delete", "club Chess"),
        ("delete", "town old.example"),
        ("create", "town new.example"),
        ("create", "club Go"),
        ("update", "person eve@example.com"),
        ("create", "person ann@example.com"),
    ]


def test_entries_of_one_resource_keep_their_order() -> None:
    wishes = [new_person(name) for name in ("dan", "bob", "ann", "cid")]
    assert [step.values["address"][:3] for step in _steps(MemoryGateway(), wishes)] == ["dan", "bob", "ann", "cid"]


def test_a_delete_that_needs_a_new_object_waits_for_it() -> None:
    gateway = MemoryGateway()
    for name in ("bob", "eve"):
        gateway.put(PERSON, address=f"{name}@example.com")
    wishes = [no_person("bob", heir="ANN@example.com"), no_person("eve", heir="old@example.com"), new_person("ann")]
    assert _order(_steps(gateway, wishes)) == [
        ("delete", "person eve@example.com"),
        ("create", "person ann@example.com"),
        ("delete", "person bob@example.com"),
    ]


def _relay(*targets: str, name: str = "staff") -> Wish:
    return Wish(RELAY, RELAY.desire({"address": f"{name}@example.com", "targets": targets}), where="relays[0].")


def test_what_leads_to_a_vanishing_object_is_led_elsewhere_first() -> None:
    gateway = MemoryGateway()
    for name in ("ann", "bob"):
        gateway.put(PERSON, address=f"{name}@example.com")
    gateway.put(RELAY, address="staff@example.com", targets=["BOB@example.com"])
    gateway.put(RELAY, address="other@example.com", targets=["ann@example.com"])
    wishes = [no_person("bob"), _relay("eve@example.org", name="other"), _relay("ann@example.com")]
    assert _order(_steps(gateway, wishes)) == [
        ("update", "relay staff@example.com"),
        ("delete", "person bob@example.com"),
        ("update", "relay other@example.com"),
    ]


@pytest.mark.parametrize(
    "wish", [_relay("BOB@example.com"), no_person("ann", heir="bob@example.com", where="relays[0].")]
)
def test_nothing_may_lead_to_what_the_same_run_deletes(wish: Wish) -> None:
    gateway = MemoryGateway()
    for name in ("ann", "bob"):
        gateway.put(PERSON, address=f"{name}@example.com")
    with pytest.raises(InvalidOption, match=r"^relays\[0\]\.(targets|heir): person bob@example.com is deleted"):
        _steps(gateway, [wish, no_person("bob")])
    with pytest.raises(InvalidOption, match="is deleted by the same run"):
        _steps(gateway, [wish], Prune(("people",)))


def test_two_resources_cannot_have_the_same_address() -> None:
    taken = [person("ann", where="people[0]."), _relay("x@example.org", name="ANN")]
    with pytest.raises(InvalidOption, match=r"^relays\[0\]: relay ann@example.com cannot exist beside person ann@"):
        refuse_duplicates(taken)
    refuse_duplicates([no_person("ann"), taken[1]])
    refuse_duplicates([taken[0], _relay("x@example.org", name="bob")])


def test_referenced_resources_come_first_whatever_the_declaration_says() -> None:
    declared = (PERSON, CLUB, RELAY, TOWN)
    ordered = in_dependency_order(declared)
    assert ordered.index(CLUB) < ordered.index(PERSON)
    assert set(ordered) == set(declared)


@pytest.mark.parametrize("second", ["ann", "ANN", " Ann"])
def test_two_entries_about_one_object_contradict_each_other(second: str) -> None:
    wishes = [person("ann", where="people[0]."), person("bob", where="people[1]."), person(second, where="people[2].")]
    with pytest.raises(InvalidOption, match=r"^people\[2\]: describes (person )?ann@example.com.* as people\[0\] does"):
        refuse_duplicates(wishes)
    refuse_duplicates(wishes[:2])


def test_the_same_name_in_two_resources_is_no_duplicate() -> None:
    refuse_duplicates([_town("example.com"), Wish(CLUB, {"name": "example.com"})])


def test_an_entry_outside_the_scope_is_an_error() -> None:
    wishes = [person(where="people[0].")]
    refuse_outside_scope(wishes, None)
    refuse_outside_scope(wishes, frozenset({"example.com"}))
    with pytest.raises(InvalidOption, match=r"people\[0\]: person ann@example.com is outside the scope"):
        refuse_outside_scope(wishes, frozenset({"example.org"}))
    with pytest.raises(InvalidOption, match="outside the scope"):
        refuse_outside_scope(wishes, frozenset())


def test_pruning_against_an_empty_list_needs_consent() -> None:
    prune = Prune(("people",))
    for wishes in ([], [no_person()], [_town("example.com")]):
        with pytest.raises(InvalidOption, match="no people, so pruning would delete all of them; set allow_empty"):
            refuse_empty_prune(wishes, prune)
    refuse_empty_prune([person()], prune)
    refuse_empty_prune([], Prune(("people",), allow_empty=True))
    refuse_empty_prune([], NO_PRUNE)


def _crowd() -> MemoryGateway:
    gateway = MemoryGateway()
    gateway.put(CLUB, name="Chess")
    for name in ("ann", "bob", "eve", "postmaster"):
        gateway.put(PERSON, address=f"{name}@example.com")
    gateway.put(PERSON, address="zoe@example.org")
    return gateway


def _pruned(prune: Prune, *wishes: Wish) -> list[str]:
    return [step.name for step in _steps(_crowd(), list(wishes) or [person("ann")], prune) if step.action == "delete"]


def test_pruning_deletes_what_is_not_named_and_only_in_the_resources_asked_for() -> None:
    assert _pruned(NO_PRUNE) == []
    assert _pruned(Prune(("people",))) == [
        "person bob@example.com",
        "person eve@example.com",
        "person postmaster@example.com",
        "person zoe@example.org",
    ]


def test_pruning_keeps_to_the_scope() -> None:
    assert _pruned(Prune(("people",), domains=frozenset({"example.org"}))) == ["person zoe@example.org"]
    assert _pruned(Prune(("people",), domains=frozenset())) == []


@pytest.mark.parametrize("pattern", ["*@example.com", "*@EXAMPLE.com"])
def test_protected_objects_stay(pattern: str) -> None:
    assert _pruned(Prune(("people",), protect=(pattern,))) == ["person zoe@example.org"]
    assert _pruned(Prune(("people",), protect=("bob@example.com", "postmaster@*", "z?e@*"))) == [
        "person eve@example.com"
    ]


def test_a_named_object_is_not_pruned_even_if_its_entry_says_absent_or_writes_it_differently() -> None:
    prune = Prune(("people",), domains=frozenset({"example.com"}), protect=("eve@*", "postmaster@*"))
    assert _pruned(prune, person("ANN"), no_person("bob")) == ["person bob@example.com"]


def test_pruning_carries_its_removal_options_and_force() -> None:
    prune = Prune(("people",), removal={"people": MAY_LOSE_MAIL}, force=True)
    steps = [step for step in _steps(_crowd(), [person("ann")], prune) if step.action == "delete"]
    assert all(step.wish.removal == MAY_LOSE_MAIL and step.wish.force for step in steps)
    assert len(steps) == 4


def test_pruning_is_limited_and_entries_are_not() -> None:
    assert len(_pruned(Prune(("people",), max_deletions=4))) == 4
    with pytest.raises(GuardRefusal, match=r"would delete 4 objects .*max_deletions allows \(3\); nothing was changed"):
        _pruned(Prune(("people",), max_deletions=3))
    with pytest.raises(GuardRefusal):
        _pruned(Prune(("people",), max_deletions=0))
    named = [no_person(name) for name in ("ann", "bob", "eve")]
    assert len(_pruned(Prune(("clubs",), max_deletions=0, protect=("*",)), *named)) == 3


def test_the_limit_counts_all_resources_together() -> None:
    with pytest.raises(GuardRefusal, match="would delete 5 objects"):
        _pruned(Prune(("people", "clubs"), max_deletions=4))


def test_patterns_that_match_nothing_are_named() -> None:
    prune = Prune(("people",), protect=("bob@*", "bop@*", "Chess"))
    assert idle_patterns(prune, _lists(_crowd())) == ["bop@*", "Chess"]


# What a wish means.


def _snapshot(number: str, login: str) -> Snapshot:
    return Snapshot({"number": number, "login": login}, f"#{number}", {}, 0.0)


def test_the_object_of_a_wish_is_found_by_every_identity() -> None:
    first, second = _snapshot("1", "desk"), _snapshot("2", "hall")
    index = Index({PHONE: [first, second]})
    assert index.current(phone("1")) is first
    assert index.current(phone(None, login="HALL")) is second
    assert index.current(phone("3")) is None


def test_two_objects_that_nothing_tells_apart_are_not_taken_for_one() -> None:
    held = [Snapshot({"name": name}, f"#{number}", {}, 0.0) for number, name in enumerate(("Chess", "CHESS"))]
    with pytest.raises(InvalidOption) as refused:
        Index({CLUB: held}).current(_club("chess"))
    assert refused.value.reason == (
        "means 2 clubs, since the server has so many called chess, and nothing tells them apart; "
        "give each its own name there"
    )


def test_what_stands_in_for_a_key_may_mean_several_which_are_told() -> None:
    index = Index({PHONE: [_snapshot("1", "desk"), _snapshot("2", "Desk")]})
    with pytest.raises(InvalidOption, match=r"^phones\[4\]: may mean phone 1 and phone 2; name one by number$"):
        index.current(phone(None, login="desk", where="phones[4]."))
    assert index.current(phone("2")) is not None


def test_an_object_is_described_once_whatever_it_is_called() -> None:
    index = Index({PHONE: [_snapshot("1", "desk")]})
    first = phone("1", where="phones[0].")
    assert index.current(first) is index.current(first)
    with pytest.raises(InvalidOption, match=r"^phones\[1\]: describes phone 1 again, as phones\[0\] does; keep one"):
        index.current(phone(None, login="desk", where="phones[1]."))
