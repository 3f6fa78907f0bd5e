# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diff of a step: the plan's, in the user's words, without secrets."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from ansible_collections.postmaster.comms.plugins.module_utils._core.diff import (
    SECRET_AFTER,
    SECRET_BEFORE,
    SECRET_SET,
    diff,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Entries
from tests.unit.core.declared import KEYS, RESOURCES
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import PERSON, new_person, no_person, person
from tests.unit.core.strategies import FEW, wishes

HEADER = "sample_person ann@example.com"


def _held(**values: Any) -> Snapshot:
    gateway = MemoryGateway()
    gateway.put(PERSON, address="ann@example.com", **values)
    found = gateway.read(PERSON, {"address": "ann@example.com"})
    assert found is not None
    return found


def test_creation() -> None:
    shown = diff(plan(new_person(tags=["b", "A", "b"], hint="h"), None))
    assert shown["before_header"] == shown["after_header"] == HEADER
    assert shown["before"] == {}
    assert shown["after"] == {
        "address": "ann@example.com",
        "full_name": "",
        "password": SECRET_SET,
        "enabled": True,
        "welcome_mail": False,
        "hint": "h",
        "days": "never",
        "quota": "unlimited",
        "role": "guest",
        "tags": ["A", "b"],
        "forwarding": {"mode": "none", "targets": []},
    }


def test_a_change_shows_the_fields_given_and_no_others() -> None:
    held = _held(full_name="Ann", tags=["x", "y"], level=3, forwarding={"mode": "none", "targets": ["q"]})
    shown = diff(plan(person(full_name="Ann", tags=["z", "X"], forwarding={"mode": "copy"}), held))
    assert shown["before"] == {"address": "ann@example.com", "full_name": "Ann", "tags": ["x", "y"]} | {
        "forwarding": {"mode": "none"}
    }
    assert shown["after"] == {"address": "ann@example.com", "full_name": "Ann", "tags": ["X", "z"]} | {
        "forwarding": {"mode": "copy"}
    }


def test_deletion() -> None:
    shown = diff(plan(no_person(), _held(full_name="Ann", tags=["x"])))
    assert shown["before"] == {"address": "ann@example.com", "full_name": "Ann", "tags": ["x"], "id": 1}
    assert shown["after"] == {}


def test_a_secret_that_is_sent_again_is_a_marker_on_both_sides() -> None:
    shown = diff(plan(person(password="s3cret-value", update_password="always"), _held()))
    assert shown["before"]["password"] == SECRET_BEFORE
    assert shown["after"]["password"] == SECRET_AFTER
    assert "s3cret-value" not in json.dumps(shown)


def test_a_secret_that_is_not_sent_is_not_mentioned() -> None:
    shown = diff(plan(person(password="s3cret-value", full_name="x"), _held(full_name="Ann")))
    assert "password" not in shown["before"] | shown["after"]


def _with_canaries(wish: Wish) -> Wish:
    """The same with all secrets in it, at any depth, that are sent."""
    given = dict(wish.given)
    for field in wish.resource.fields:
        if field.secret:
            given[field.name] = f"CANARY-{field.name}"
        elif isinstance(field, Entries) and field.name in given:
            secrets = {leaf.name: f"CANARY-{leaf.name}" for leaf in field.fields if leaf.secret}
            given[field.name] = [{**entry, **secrets} for entry in given[field.name]]
    return replace(wish, given=given, update_password="always")


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_before_and_after_differ_exactly_in_what_changes_and_hold_no_secret(resource: Resource) -> None:
    @FEW
    @given(wishes(resource, KEYS[resource.kind], new=True), wishes(resource, KEYS[resource.kind], new=False))
    def check(first: Wish, second: Wish) -> None:
        try:
            step = plan(_with_canaries(first), None)
        except InvalidOption:
            step = plan(first, None)  # where a secret does not go with the rest of the wish
        shown = diff(step)
        assert set(shown["after"]) == set(step.send)
        assert "CANARY" not in json.dumps(shown)
        held = {name: value for name, value in (step.outcome() or {}).items() if value is not None}
        try:
            again = plan(_with_canaries(second), Snapshot(held, "1", {}, 0))
        except InvalidOption:
            return  # the resource's own rules refuse this change
        shown = diff(again)
        assert "CANARY" not in json.dumps(shown)
        assert shown["before"].keys() == shown["after"].keys()
        differing = {name for name, was in shown["before"].items() if was != shown["after"][name]}
        assert differing <= set(again.send)
        told = {name for name in again.send if name in held or resource.by_name[name].secret}
        assert differing >= {name for name in told if name in shown["before"]}

    check()
