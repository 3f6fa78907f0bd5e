# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor on a smooth server: order, stopping at the first failure, old knowledge, reading back."""

from __future__ import annotations

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.attempt import MAX_AGE_SECONDS
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    InvalidOption,
    NotApplied,
    ServerRefusal,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.verify import POLLS, verify
from tests.unit.core.carrying_out import ANN, BOB, EVE, TOGETHER, run, told
from tests.unit.core.memory_gateway import MemoryGateway, steps_of
from tests.unit.core.samples import PERSON, TOWN, new_person, no_person, person


@pytest.fixture(params=TOGETHER)
def gateway(request: pytest.FixtureRequest) -> MemoryGateway:
    found = MemoryGateway(together=request.param)
    found.put(PERSON, address=BOB, full_name="Bob", tags=["a"], forwarding={"mode": "none", "targets": []})
    return found


def test_create_update_delete_and_nothing(gateway: MemoryGateway) -> None:
    gateway.put(PERSON, address=EVE)
    results = run(gateway, new_person("ann"), person("bob", full_name="Bobby"), no_person("eve"), no_person("nobody"))
    assert told(results) == [("done", True), ("done", True), ("done", True), ("done", False)]
    assert [call for call in gateway.calls if call[0] != "read"] == [("create", ANN), ("update", BOB), ("delete", EVE)]
    assert gateway.held(PERSON, EVE) is None
    assert (gateway.held(PERSON, BOB) or {})["full_name"] == "Bobby"
    assert results[0].now is not None
    assert results[0].now.values["id"] == 3
    assert gateway.removals == [{"allow_mail_loss": True}]


def test_what_does_not_change_is_neither_written_nor_read_again(gateway: MemoryGateway) -> None:
    assert told(run(gateway, person("bob", full_name="Bob"), later=1000)) == [("done", False)]
    assert gateway.calls == []


def test_the_first_failure_stops_the_rest(gateway: MemoryGateway) -> None:
    gateway.on("update", ServerRefusal("no", code=400))
    results = run(gateway, new_person("ann"), person("bob", full_name="x"), new_person("eve"))
    assert told(results) == [("done", True), ("failed", False), ("not_done", False)]
    assert results[1].error is not None
    assert results[1].error.object == "person bob@example.com"
    assert gateway.held(PERSON, EVE) is None


@pytest.mark.parametrize("call", ["create", "update", "delete"])
def test_a_call_that_never_arrived_is_a_failure_without_a_write(gateway: MemoryGateway, call: str) -> None:
    wishes = {"create": new_person("ann"), "update": person("bob", full_name="x"), "delete": no_person("bob")}
    gateway.on(call, Unreachable("no route"))
    (result,) = run(gateway, wishes[call])
    assert (result.status, result.written) == ("failed", False)
    assert gateway.count(call) == 1


@pytest.mark.parametrize(("later", "reads"), [(MAX_AGE_SECONDS - 1, 0), (MAX_AGE_SECONDS + 1, 1)])
def test_what_is_known_too_long_is_read_again_before_an_update(
    gateway: MemoryGateway, later: float, reads: int
) -> None:
    step = plan(person("bob", full_name="Bobby"), gateway.read(PERSON, {"address": BOB}))
    gateway.clock.now += later
    gateway.calls.clear()
    (result,) = execute([step], gateway, gateway.clock)
    assert (result.status, result.written) == ("done", True)
    assert gateway.calls == [("read", BOB)] * reads + [("update", BOB)]


def test_a_structure_that_others_changed_meanwhile_is_merged_with_their_change(gateway: MemoryGateway) -> None:
    step = plan(person("bob", forwarding={"mode": "copy"}), gateway.read(PERSON, {"address": BOB}))
    gateway.objects["person", (BOB,)].values["forwarding"] = {"mode": "none", "targets": ["theirs"]}
    gateway.clock.now += MAX_AGE_SECONDS + 1
    (result,) = execute([step], gateway, gateway.clock)
    assert result.status == "done"
    assert gateway.held(PERSON, BOB) is not None
    assert gateway.objects["person", (BOB,)].values["forwarding"] == {"mode": "copy", "targets": ["theirs"]}


def test_an_update_that_became_needless_is_left_out(gateway: MemoryGateway) -> None:
    step = plan(person("bob", full_name="Bobby"), gateway.read(PERSON, {"address": BOB}))
    gateway.objects["person", (BOB,)].values["full_name"] = "Bobby"
    gateway.clock.now += MAX_AGE_SECONDS + 1
    results = execute([step], gateway, gateway.clock)
    assert told(results) == [("done", False)]
    assert gateway.count("update") == 0


def test_an_update_whose_object_vanished_becomes_a_creation(gateway: MemoryGateway) -> None:
    wish = new_person("bob", full_name="Bobby")
    step = plan(wish, gateway.read(PERSON, {"address": BOB}))
    gateway.objects.clear()
    gateway.clock.now += MAX_AGE_SECONDS + 1
    results = execute([step], gateway, gateway.clock)
    assert steps_of(results) == [("create", "person bob@example.com")]
    assert (gateway.held(PERSON, BOB) or {})["full_name"] == "Bobby"


def test_a_creation_that_lacks_what_it_needs_fails_without_a_write(gateway: MemoryGateway) -> None:
    step = plan(person("bob", full_name="Bobby"), gateway.read(PERSON, {"address": BOB}))
    gateway.objects.clear()
    gateway.clock.now += MAX_AGE_SECONDS + 1
    results = execute([step], gateway, gateway.clock)
    assert told(results) == [("failed", False)]
    assert isinstance(results[0].error, InvalidOption)
    assert gateway.count("create", "update") == 0


def test_a_re_read_that_fails_is_a_failure_without_a_write(gateway: MemoryGateway) -> None:
    step = plan(person("bob", full_name="Bobby"), gateway.read(PERSON, {"address": BOB}))
    gateway.clock.now += MAX_AGE_SECONDS + 1
    gateway.on("read", Unreachable("gone"))
    assert told(execute([step], gateway, gateway.clock)) == [("failed", False)]
    assert gateway.count("update") == 0


# Reading back.


@pytest.mark.parametrize("name", ["ann", "bob"])
def test_wishes_that_did_not_stick_are_named(gateway: MemoryGateway, name: str) -> None:
    """A server that overrules a wish and keeps its own mind, for a new object and for an old one."""
    wish = new_person(name, full_name="x", tags=["t"])
    results = execute([plan(wish, gateway.read(PERSON, wish.given))], gateway, gateway.clock)
    gateway.objects["person", wish.key].values.update(full_name="old", tags=["old"])
    verify(results, lambda result: gateway.read(PERSON, result.step.values), gateway, gateway.clock)
    (result,) = results
    assert (result.status, result.written) == ("failed", True)
    assert isinstance(result.error, NotApplied)
    assert "did not carry it out for: full_name, tags;" in result.error.message
    assert result.error.object == f"person {name}@example.com"


def test_a_server_that_ignores_a_wish_is_found_out(gateway: MemoryGateway) -> None:
    gateway.ignored = {"tags"}
    (result,) = run(gateway, person("bob", full_name="x", tags=["b"]))
    assert isinstance(result.error, NotApplied)
    assert "for: tags;" in result.error.message
    assert gateway.objects["person", (BOB,)].values["full_name"] == "x"


def test_a_confirmed_object_that_is_not_there_is_a_failure(gateway: MemoryGateway) -> None:
    step = plan(new_person("ann"), None)
    results = execute([step], gateway, gateway.clock)
    verify(results, lambda result: None, gateway, gateway.clock)
    assert told(results) == [("failed", True)]
    assert isinstance(results[0].error, NotApplied)


def test_what_cannot_be_read_back_is_unverified(gateway: MemoryGateway) -> None:
    gateway.hidden = {"tags"}
    (result,) = run(gateway, new_person("ann", tags=["x"], hint="h"))
    assert (result.status, result.written) == ("done", True)
    assert sorted(result.unverified) == ["hint", "password", "tags", "welcome_mail"]


def test_what_was_written_stays_done_when_it_cannot_be_read_back_and_the_error_is_told(gateway: MemoryGateway) -> None:
    step = plan(person("bob", full_name="x", tags=[]), gateway.read(PERSON, {"address": BOB}))
    results = execute([step], gateway, gateway.clock)
    gateway.on("read", Unreachable("gone"))
    error = verify(results, lambda result: gateway.read(PERSON, result.step.values), gateway, gateway.clock)
    assert isinstance(error, Unreachable)
    assert told(results) == [("done", True)]
    assert results[0].unverified == ["full_name", "tags"]


def test_one_wish_that_did_not_stick_does_not_hide_the_others(gateway: MemoryGateway) -> None:
    gateway.put(PERSON, address=EVE, full_name="Eve")
    steps = [plan(person(name, full_name="x"), gateway.read(PERSON, person(name).given)) for name in ("bob", "eve")]
    results = execute(steps, gateway, gateway.clock)
    gateway.objects["person", (BOB,)].values["full_name"] = "old"
    verify(results, lambda result: gateway.read(PERSON, result.step.values), gateway, gateway.clock)
    assert told(results) == [("failed", True), ("done", True)]


def test_nothing_is_read_back_where_nothing_was_written(gateway: MemoryGateway) -> None:
    gateway.on("update", ServerRefusal("no"))
    steps = [
        plan(person("bob", full_name="Bob"), gateway.read(PERSON, {"address": BOB})),
        plan(person("bob", full_name="x"), gateway.read(PERSON, {"address": BOB})),
        plan(Wish(TOWN, {"name": "new.example"}), None),
    ]
    results = execute(steps, gateway, gateway.clock)
    gateway.calls.clear()
    verify(results, lambda result: gateway.read(PERSON, result.step.values), gateway, gateway.clock)
    assert gateway.calls == []
    assert told(results) == [("done", False), ("failed", False), ("not_done", False)]


# Deletions that finish later.


def test_a_slow_deletion_is_polled_until_it_is_over(gateway: MemoryGateway) -> None:
    gateway.slow_deletion = 4
    (result,) = run(gateway, no_person("bob"))
    assert (result.status, result.written) == ("done", True)
    assert gateway.clock.sleeps == list(POLLS[:4])
    assert gateway.held(PERSON, BOB) is None


def test_a_deletion_that_takes_too_long_is_pending(gateway: MemoryGateway) -> None:
    gateway.slow_deletion = 100
    (result,) = run(gateway, no_person("bob"))
    assert (result.status, result.written, result.error) == ("pending", True, None)
    assert gateway.clock.sleeps == list(POLLS)
    assert gateway.count("delete") == 1
