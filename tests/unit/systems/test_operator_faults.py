# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Broken connections and unusable answers: every write ends up done once, or undone and told of (contract 9 and 10)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

PASSWORD = "S1p-secret-1"
# What may happen to a request: as arguments of a fault.
UNCERTAIN: dict[str, dict[str, Any]] = {
    "drop_before": {"kind": "drop_before"},
    "drop_after": {"kind": "drop_after"},
    "html": {"kind": "html"},
    "html_after": {"kind": "html", "processed": True},
    "empty_after": {"kind": "empty", "processed": True},
    "truncated": {"kind": "truncated"},
    "half_then_drop": {"kind": "half_then_drop"},
    "502": {"kind": "status", "status": 502, "body": "<html>Bad gateway</html>"},
    "503_after": {"kind": "status", "status": 503, "body": "", "processed": True},
    "wrong_id": {"kind": "wrong_id"},
}
# A change of each kind: the call that is disturbed, the module, and its options.
CHANGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "create": ("Extensions.create", "extension", {"number": "200", "sip_password": PASSWORD}),
    "set_number": ("Extensions.set", "extension", {"number": "101", "description": "x"}),
    "set_line": ("Extensions.set", "extension", {"number": "101", "sip_username": "desk"}),
    "remove": ("Extensions.remove", "extension", {"number": "102", "state": "absent"}),
    "remove_line": (
        "Extensions.remove",
        "extension",
        {"number": "102", "lines": [{"sip_username": "102"}], "prune_lines": True},
    ),
    "user_create": ("Users.create", "user", {"name": "carol", "password": "Carol-1-secret"}),
    "user_set": ("Users.set", "user", {"name": "alice", "extensions": [{"number": "100"}]}),
    "user_remove": ("Users.remove", "user", {"name": "alice", "state": "absent", "allow_mail_loss": True}),
}


@pytest.mark.parametrize("change", sorted(CHANGES))
@pytest.mark.parametrize("fault", sorted(UNCERTAIN))
def test_a_write_of_unknown_fate_is_done_once(operator: Bench, fault: str, change: str) -> None:
    method, kind, wish = CHANGES[change]
    operator.sim.faults.add(Fault(call=method, **UNCERTAIN[fault]))
    result = done(operator.object(kind, **wish))
    assert result["changed"] is True
    assert operator.sim.faults.pending == []
    assert [record.processed for record in operator.sim.writes].count(True) == 1
    assert done(operator.object(kind, **wish))["changed"] is False


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_write_that_never_gets_through_is_a_failure_and_the_next_run_does_it(operator: Bench, change: str) -> None:
    method, kind, wish = CHANGES[change]
    operator.sim.faults.add(Fault("drop_before", method, times=9))
    result = operator.object(kind, **wish)
    assert result["failed"]
    assert result["failure"]["retryable"] is True
    assert len(operator.sim.writes) <= 2
    operator.sim.faults.clear()
    assert operator.predicted(kind, **wish)["changed"] is True
    assert operator.predicted(kind, **wish)["changed"] is False


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "html_after", "truncated", "503_after"])
def test_a_new_extension_without_a_number_is_made_once(operator: Bench, fault: str) -> None:
    """It has no number yet when its fate becomes unknown: it is found by the user name of its line."""
    operator.sim.faults.add(Fault(call="Extensions.create", **UNCERTAIN[fault]))
    wish: dict[str, Any] = {"sip_username": "door", "sip_password": PASSWORD}
    assert done(operator.object("extension", **wish))["extension"]["number"] == "103"
    assert [line["sipUsername"] for _owner, line in operator.store.lines()].count("door") == 1
    assert len(operator.store.extensions) == 4


@pytest.mark.parametrize("method", ["Extensions.create", "Extensions.createLine", "Extensions.set"])
@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "html_after", "truncated"])
def test_an_extension_with_two_lines_is_made_whole_and_once(operator: Bench, method: str, fault: str) -> None:
    operator.sim.faults.add(Fault(call=method, **UNCERTAIN[fault]))
    lines = [{"sip_username": "200", "sip_password": "First-1-secret"}, {"sip_username": "200m", "nat_support": True}]
    result = done(operator.object("extension", number="200", lines=lines))
    assert result["changed"] is True
    assert [line["sipUsername"] for line in operator.store.extension("200")["lines"]] == ["200", "200m"]
    assert operator.store.line("200m")["natSupport"] is True
    assert operator.store.sip_password("200") == "First-1-secret"


# Reads.

READS: dict[str, tuple[str, dict[str, Any]]] = {
    "Version.getApiVersion": ("extension", {"number": "101", "description": "x"}),
    "Extensions.get": ("extension", {"number": "101", "description": "x"}),
    "Users.get": ("user", {"name": "alice", "full_name": "x"}),
    "Server.getInternalDirectoryList": ("extension", {"number": "200", "sip_password": PASSWORD}),
    "Extensions.getNextValidNumber": ("extension", {"sip_username": "door", "sip_password": PASSWORD}),
    "Extensions.getSipPassword": (
        "extension",
        {"number": "101", "sip_password": PASSWORD, "update_password": "on_change"},
    ),
}


@pytest.mark.parametrize("method", sorted(READS))
@pytest.mark.parametrize("fault", ["drop_before", "502"])
def test_a_read_that_fails_for_a_moment_is_repeated(operator: Bench, method: str, fault: str) -> None:
    kind, wish = READS[method]
    operator.sim.faults.add(Fault(call=method, **UNCERTAIN[fault]))
    assert done(operator.object(kind, **wish))["changed"] is True
    assert operator.sim.faults.pending == []
    assert len(operator.sim.writes) == 1


@pytest.mark.parametrize("method", sorted(READS))
@pytest.mark.parametrize("fault", ["html", "empty_after", "truncated", "wrong_id"])
def test_an_unusable_answer_to_a_read_stops_before_the_first_write(operator: Bench, method: str, fault: str) -> None:
    kind, wish = READS[method]
    operator.sim.faults.add(Fault(call=method, **UNCERTAIN[fault]))
    result = operator.object(kind, **wish)
    refused(result, method)
    assert result["failure"]["retryable"] is True
    assert operator.sim.writes == []


@pytest.mark.parametrize("kind", ["drop_before", "html", "truncated"])
def test_what_was_written_is_told_although_it_cannot_be_read_back(operator: Bench, kind: str) -> None:
    times = 9 if kind == "drop_before" else 1
    operator.sim.faults.add(Fault(kind, "Extensions.get", after=1, times=times))
    result = operator.object("extension", number="101", description="x")
    assert result["failed"]
    assert result["changed"] is True
    assert operator.store.extension("101")["description"] == "x"


def test_a_rate_limit_is_waited_for(operator: Bench) -> None:
    fault = Fault("status", "Extensions.create", status=429, headers={"Retry-After": "7"})
    operator.sim.faults.add(fault)
    assert done(operator.object("extension", number="200", sip_password=PASSWORD))["changed"] is True
    assert operator.waits == [7.0]


def test_an_internal_failure_of_the_server_while_the_list_is_read_prunes_nothing(operator: Bench) -> None:
    for fault in ("html", "truncated", "empty_after"):
        operator.sim.faults.add(Fault(call="Extensions.get", **UNCERTAIN[fault]))
        refused(operator.config({"extensions": [{"number": "101"}]}, prune=["extensions"]), "Extensions.get")
    assert operator.sim.writes == []


def test_check_mode_writes_nothing_whatever_happens(operator: Bench) -> None:
    for _method, kind, wish in CHANGES.values():
        operator.sim.faults.add(Fault("expire_session", "Extensions.get"))
        assert done(operator.object(kind, check_mode=True, **wish))["changed"] is True
        operator.sim.faults.clear()
    assert operator.sim.writes == []
