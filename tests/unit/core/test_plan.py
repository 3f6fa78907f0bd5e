# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: properties for every declared resource, and the rules one by one on the made-up one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import UNSET, Field, Texts
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish, in_terms_of, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Entries, Struct, StructSet
from tests.unit.core.declared import KEYS, RESOURCES
from tests.unit.core.memory_gateway import FakeClock, MemoryGateway
from tests.unit.core.samples import new_person, no_person, person
from tests.unit.core.strategies import FEW, wishes


def _apply(step: Step, gateway: MemoryGateway) -> Snapshot | None:
    """Carry a step out and read the object back."""
    (result,) = execute([step], gateway, FakeClock())
    assert result.error is None
    return gateway.read(step.resource, step.values)


def _model(wish: Wish, field: Field, was: Any) -> Any:
    """What a field that the wish gives is to hold, by the rules of the options' documentation."""
    given = wish.given[field.name]
    if isinstance(field, Struct):
        return {**was, **given}
    if isinstance(field, StructSet):
        return _set_model(field, [] if wish.only(field) else was, was, given)
    if isinstance(field, Texts) and field.append_option and wish.behaviour[field.append_option]:
        return field.canonical([*was, *given])
    if not isinstance(field, Entries):
        return given
    kept = [] if wish.behaviour[field.prune_option] else was
    entries = {entry[field.entry_key].casefold(): dict(entry) for entry in kept}
    for entry in given:
        key = entry[field.entry_key].casefold()
        old = next((each for each in was if each[field.entry_key].casefold() == key), None)
        start = (
            {leaf.name: leaf.on_create for leaf in field.fields if leaf.on_create is not UNSET} if old is None else old
        )
        entries[key] = {**start, **{name: value for name, value in entry.items() if not field.members[name].secret}}
    return [entries[key] for key in sorted(entries)]


def _set_model(field: StructSet, kept: Any, was: Any, given: Any) -> Any:
    """Entries with the same members, apart from those that a new one gets by itself, are the same entry."""
    attributes = {leaf.name: leaf.on_create for leaf in field.fields if leaf.on_create is not UNSET}

    def said(entry: Any) -> str:
        return str([str(entry.get(leaf.name, "")).casefold() for leaf in field.fields if leaf.name not in attributes])

    entries = {said(entry): entry for entry in kept}
    for entry in given:
        old = next((each for each in was if said(each) == said(entry)), attributes)
        entries[said(entry)] = {**old, **entry}
    return field.canonical(list(entries.values()))


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_creation_comes_out_as_predicted_and_is_no_change_the_second_time(resource: Resource) -> None:
    @FEW
    @given(wishes(resource, KEYS[resource.kind], new=True))
    def check(wish: Wish) -> None:
        gateway = MemoryGateway()
        step = plan(wish, None)
        if resource.permanent and step.action == "none":
            return  # the wish is to add nothing to what is always there
        now = _apply(step, gateway)
        assert now is not None
        decided = {
            field.name: None for field in resource.fields if field.server_decides and field.name not in wish.given
        }
        assert step.outcome() == {**now.values, **decided}
        again = plan(wish, now)
        assert (again.action, again.send) == ("none", {})
        only_key = Wish(resource, resource.desire(KEYS[resource.kind]))
        assert plan(only_key, now).action == "none", "what is omitted is unmanaged"

    check()


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_a_change_equals_the_wish_as_predicted_and_touches_nothing_else(resource: Resource) -> None:
    @FEW
    @given(wishes(resource, KEYS[resource.kind], new=True), wishes(resource, KEYS[resource.kind], new=False))
    def check(first: Wish, second: Wish) -> None:
        gateway = MemoryGateway()
        before = _apply(plan(first, None), gateway)
        if resource.permanent and before is None:
            return  # the wish is to add nothing to what is always there
        assert before is not None
        try:
            step = plan(second, before)
        except InvalidOption:
            return  # the resource's own rules refuse this change
        after = _apply(step, gateway)
        assert after is not None
        in_these_terms = in_terms_of(second, after)
        assert in_these_terms is not None
        assert step.outcome() == in_these_terms.values
        described = resource.in_terms_of(second.given, before.values)
        for field in resource.fields:
            was, becomes = described.get(field.name), in_these_terms.values.get(field.name)
            if field.name not in second.given or field.create_only:
                assert becomes == was
            elif field.name in described:  # what a server never tells cannot be compared, and is not sent
                assert field.same(_model(second, field, was), becomes)
        assert plan(second, after).action == "none"

    check()


def _held(**options: Any) -> Snapshot:
    gateway = MemoryGateway()
    found = _apply(plan(new_person(**options), None), gateway)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("options", "held"),
    [
        ({"full_name": ""}, {"full_name": "Ann"}),
        ({"tags": []}, {"tags": ["a"]}),
        ({"clubs": []}, {"clubs": ["Chess"]}),
        ({"enabled": False}, {"enabled": True}),
        ({"active": False}, {"active": "receive_only"}),
        ({"level": 0}, {"level": 3}),
        ({"days": 0}, {"days": "never"}),
        ({"policy": ""}, {"policy": "strict"}),
        ({"forwarding": {"targets": []}}, {"forwarding": {"mode": "copy", "targets": ["x"]}}),
    ],
)
def test_empty_values_are_values(options: dict[str, Any], held: dict[str, Any]) -> None:
    """ "", [], false and 0 mean "set it to that"."""
    step = plan(person(**options), _held(**held))
    assert step.action == "update"
    (name,) = options
    expected = {**held[name], **options[name]} if isinstance(options[name], dict) else options[name]
    assert step.send == {name: expected}


def test_null_is_omitted() -> None:
    assert person(full_name=None, tags=None).given == person().given


def test_creation_sends_what_was_not_given_and_only_then() -> None:
    step = plan(new_person(role="boss", forwarding={"targets": ["x"]}), None)
    assert step.send == {
        "address": "ann@example.com",
        "full_name": "",
        "password": "first-Passw0rd",
        "enabled": True,
        "welcome_mail": False,
        "days": "never",
        "quota": "unlimited",
        "role": "boss",
        "tags": [],
        "forwarding": {"mode": "none", "targets": ["x"]},
    }
    assert set(step.unverified) == {"password", "welcome_mail"}


def test_a_structure_is_sent_whole_with_what_others_set_in_it() -> None:
    held = _held(forwarding={"mode": "copy", "targets": ["x"]})
    step = plan(person(forwarding={"targets": ["y"]}), held)
    assert step.send == {"forwarding": {"mode": "copy", "targets": ["y"]}}


def test_what_creation_requires_is_named() -> None:
    with pytest.raises(InvalidOption, match=r"people\[3\]\.password: is required to create person ann@example.com"):
        plan(person(where="people[3]."), None)


def test_what_cannot_be_changed_is_refused_and_what_is_the_same_is_not() -> None:
    held = _held(badge="B1")
    assert plan(person(badge="B1"), held).action == "none"
    with pytest.raises(InvalidOption, match="badge: cannot be changed"):
        plan(person(badge="B2"), held)


@pytest.mark.parametrize(("update_password", "action"), [("on_create", "none"), ("always", "update")])
def test_a_password_is_sent_again_only_when_asked(update_password: str, action: str) -> None:
    step = plan(person(password="new", update_password=update_password), _held())
    assert step.action == action
    assert step.send == ({} if action == "none" else {"password": "new"})
    assert step.unverified == (() if action == "none" else ("password",))


def test_creation_only_fields_are_not_looked_at_later() -> None:
    step = plan(person(welcome_mail=True), _held())
    assert (step.action, step.unverified) == ("none", ())


def test_what_the_server_does_not_return_is_unverified_and_no_change() -> None:
    held = _held()
    hidden = Snapshot({"address": "ann@example.com", "forwarding": {"mode": "none"}}, held.identity, {}, 0)
    step = plan(person(full_name="Ann", forwarding={"mode": "none", "targets": ["x"]}, hint="h"), hidden)
    assert step.action == "none"
    assert set(step.unverified) == {"full_name", "forwarding.targets", "hint"}


def test_absence() -> None:
    assert plan(no_person(), None).action == "none"
    step = plan(no_person(), _held())
    assert (step.action, step.send, step.outcome()) == ("delete", {}, None)


def test_unknown_members_of_the_current_object_do_no_harm() -> None:
    held = _held()
    richer = Snapshot({**held.values, "colour": "green"}, held.identity, {}, 0)
    assert plan(person(full_name=""), richer).action == "none"
