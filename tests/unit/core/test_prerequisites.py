# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that wants something done elsewhere first: fail with what it wants, go on without it, or wait for it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.attempt import PREREQUISITE_POLL
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import ServerRefusal, Uncertain
from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, plan
from tests.unit.core.carrying_out import TOGETHER
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.sites import GUEST, PROOF, SITE, guest, site, unproven
from tests.unit.core.tasks import config, lines, task

NAME = {"name": "example.com"}
DOCUMENT: dict[str, Any] = {
    "sites": [{"name": "other.example"}, NAME],
    "guests": [{"address": "ann@example.com"}, {"address": "bob@other.example"}],
}
PENDING: dict[str, Any] = {"when_unverified": "pending"}
WAIT: dict[str, Any] = {"when_unverified": "wait", "wait_timeout": 40}


@pytest.fixture(params=TOGETHER)
def gateway(request: pytest.FixtureRequest) -> MemoryGateway:
    return MemoryGateway(together=request.param)


def _refuse(gateway: MemoryGateway, times: int, after: int = 0) -> None:
    for _site in range(after):
        gateway.on("create")
    for _attempt in range(times):
        gateway.on("create", unproven())


def test_by_default_it_is_a_failure_with_the_facts_at_hand(gateway: MemoryGateway) -> None:
    _refuse(gateway, 1)
    result = task(gateway, SITE, NAME)
    assert (result["failed"], result["changed"]) == (True, False)
    assert result["proof"] == PROOF["proof"]
    assert "prove that example.com is yours" in result["msg"]
    assert result["failure"]["code"] == 218
    assert result["failure"]["retryable"] is True
    assert gateway.count("create") == 1
    assert gateway.clock.sleeps == []
    assert gateway.objects == {}


def test_pending_is_no_failure_and_no_change(gateway: MemoryGateway) -> None:
    _refuse(gateway, 1)
    result = task(gateway, SITE, {**NAME, **PENDING})
    assert not result.get("failed")
    assert (result["changed"], result["pending"], result["proof"]) == (False, True, PROOF["proof"])
    assert gateway.clock.sleeps == []
    result = task(gateway, SITE, {**NAME, **PENDING})
    assert result["changed"] is True
    assert "pending" not in result
    assert "proof" not in result


def test_what_is_not_said_about_waiting_has_a_default() -> None:
    """Modules fill it in, documents do not need to."""
    expected = {"when_unverified": "fail", "wait_timeout": 600, "allow_groupware_loss": False}
    assert site().behaviour == expected
    assert site(behaviour={"when_unverified": "wait", "wait_timeout": None}).behaviour == {
        **expected,
        "when_unverified": "wait",
    }


@pytest.mark.parametrize("behaviour", [PENDING, WAIT, {}])
def test_check_mode_cannot_know_and_predicts_the_creation(gateway: MemoryGateway, behaviour: dict[str, Any]) -> None:
    result = task(gateway, SITE, {**NAME, **behaviour}, check=True)
    assert (result["changed"], result.get("failed", False)) == (True, False)
    assert gateway.count("create") == 0


@pytest.mark.parametrize("refusals", [1, 2, 3])
def test_waiting_tries_again_until_it_is_done(gateway: MemoryGateway, refusals: int) -> None:
    """At 15, 30 and, for the last time, at 40 seconds."""
    _refuse(gateway, refusals)
    result = task(gateway, SITE, {**NAME, **WAIT})
    assert (result["changed"], result.get("failed", False)) == (True, False)
    assert gateway.clock.sleeps == [PREREQUISITE_POLL, PREREQUISITE_POLL, 40 - 2 * PREREQUISITE_POLL][:refusals]
    assert gateway.held(SITE, "example.com") is not None


def test_waiting_has_a_limit_and_the_facts_are_told_then(gateway: MemoryGateway) -> None:
    _refuse(gateway, 99)
    result = task(gateway, SITE, {**NAME, **WAIT})
    assert (result["failed"], result["changed"]) == (True, False)
    assert result["proof"] == PROOF["proof"]
    assert sum(gateway.clock.sleeps) == 40
    assert gateway.count("create") == 4


def test_no_time_to_wait_is_one_attempt(gateway: MemoryGateway) -> None:
    _refuse(gateway, 99)
    assert task(gateway, SITE, {**NAME, "when_unverified": "wait", "wait_timeout": 0})["failed"]
    assert gateway.count("create") == 1
    assert gateway.clock.sleeps == []


def test_another_refusal_ends_the_waiting(gateway: MemoryGateway) -> None:
    _refuse(gateway, 1)
    gateway.on("create", ServerRefusal("no more sites"))
    result = task(gateway, SITE, {**NAME, **WAIT})
    assert result["failed"]
    assert "no more sites" in result["msg"]
    assert "proof" not in result
    assert gateway.clock.sleeps == [PREREQUISITE_POLL]


@pytest.mark.parametrize("processed", [True, False])
def test_a_lost_answer_while_waiting_is_found_out_by_reading(gateway: MemoryGateway, processed: bool) -> None:
    _refuse(gateway, 1)
    gateway.on("create", Uncertain("connection broke"), processed=processed)
    result = task(gateway, SITE, {**NAME, **WAIT})
    assert (result["changed"], result.get("failed", False)) == (True, False)
    assert gateway.count("create") == (2 if processed else 3)
    assert len(gateway.objects) == 1


def test_a_lost_answer_does_not_end_the_patience(gateway: MemoryGateway) -> None:
    gateway.on("create", Uncertain("connection broke"))
    _refuse(gateway, 2)
    result = task(gateway, SITE, {**NAME, **WAIT})
    assert (result["changed"], result.get("failed", False)) == (True, False)


@pytest.mark.parametrize("behaviour", [{}, WAIT])
def test_patience_is_for_what_the_server_wants_and_not_for_other_work(
    gateway: MemoryGateway, behaviour: dict[str, Any]
) -> None:
    gateway.put(SITE, name="example.com", motto="")
    assert task(gateway, SITE, {**NAME, "motto": "new", **behaviour})["changed"] is True
    assert task(gateway, SITE, {**NAME, "motto": "new", **behaviour})["changed"] is False
    assert gateway.clock.sleeps == []


# Documents: the rest of the work.


def test_what_needs_a_pending_object_is_pending_and_all_else_is_done(gateway: MemoryGateway) -> None:
    _refuse(gateway, 1, after=1)
    result = config(gateway, DOCUMENT, **PENDING)
    assert not result.get("failed"), result
    assert lines(result) == [
        ("site other.example", "create", "done"),
        ("site example.com", "create", "pending"),
        ("guest ann@example.com", "create", "pending"),
        ("guest bob@other.example", "create", "done"),
    ]
    assert result["results"][1]["proof"] == PROOF["proof"]
    assert "proof" not in result["results"][2]
    assert result["changed"] is True
    assert result["summary"] == {"created": 2, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}
    assert gateway.held(GUEST, "ann@example.com") is None
    again = config(gateway, DOCUMENT, **PENDING)
    assert again["summary"] == {"created": 2, "updated": 0, "deleted": 0, "unchanged": 2, "failed": 0}
    assert config(gateway, DOCUMENT, **PENDING)["changed"] is False


def test_a_document_of_which_everything_is_pending_is_no_change(gateway: MemoryGateway) -> None:
    _refuse(gateway, 1)
    result = config(gateway, {"sites": [NAME], "guests": [{"address": "ann@example.com"}]}, **PENDING)
    assert (result["changed"], result.get("failed", False)) == (False, False)
    assert {status for _name, _action, status in lines(result)} == {"pending"}


def test_a_failing_prerequisite_stops_the_rest_and_tells_the_facts(gateway: MemoryGateway) -> None:
    _refuse(gateway, 1, after=1)
    result = config(gateway, DOCUMENT)
    assert (result["failed"], result["changed"]) == (True, True)
    assert [status for _name, _action, status in lines(result)] == ["done", "failed", "not_done", "not_done"]
    assert result["proof"] == PROOF["proof"]
    assert result["failure"]["object"] == "site example.com"


def test_an_entry_has_its_own_choice(gateway: MemoryGateway) -> None:
    _refuse(gateway, 1, after=1)
    document = {**DOCUMENT, "sites": [DOCUMENT["sites"][0], {**NAME, **PENDING}]}
    result = config(gateway, document, when_unverified="fail")
    assert [status for _name, _action, status in lines(result)] == ["done", "pending", "pending", "done"]


def test_waiting_in_a_document_lets_the_dependents_follow(gateway: MemoryGateway) -> None:
    _refuse(gateway, 2)
    result = config(gateway, {"sites": [NAME], "guests": [{"address": "ann@example.com"}]}, **WAIT)
    assert [status for _name, _action, status in lines(result)] == ["done", "done"]
    assert gateway.clock.sleeps == [PREREQUISITE_POLL] * 2


def test_what_needs_a_pending_object_only_by_way_of_another_one_is_pending_too(gateway: MemoryGateway) -> None:
    """Bob, at another site, waits for his host, who waits for the site."""
    gateway.put(SITE, name="other.example")
    _refuse(gateway, 1)
    bob = Wish(GUEST, GUEST.desire({"address": "bob@other.example", "host": "ann@example.com"}))
    steps = [plan(wish, None) for wish in (site(behaviour=PENDING), guest("ann"), bob)]
    results = execute(steps, gateway, gateway.clock)
    assert [result.status for result in results] == ["pending", "pending", "pending"]
    assert [result.written for result in results] == [False, False, False]
    assert gateway.count("create") == 1
