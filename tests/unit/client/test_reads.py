# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads that go wrong: repeated where that can help, else a clear error. Never an empty list, never a deletion."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.client.servers import DELETE, LIST, READ, UPDATE, WRITES, Trial

PASSING: dict[str, tuple[str, dict[str, Any]]] = {
    "dropped": ("drop_before", {}),
    "dropped after the work": ("drop_after", {}),
    "502": ("status", {"status": 502, "body": "<html>Bad Gateway</html>"}),
    "503": ("status", {"status": 503, "body": ""}),
    "504": ("status", {"status": 504, "body": "<html>Gateway Time-out</html>"}),
}
# No repetition would help against these.
BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "HTML": ("html", {}),
    "empty body": ("empty", {}),
    "half a document": ("truncated", {}),
    "half, then dropped": ("half_then_drop", {}),
    "500": ("status", {"status": 500, "body": "<html>Internal Server Error</html>"}),
    "404 of a proxy": ("status", {"status": 404, "body": "<html>Not Found</html>"}),
    "403 of a proxy": ("status", {"status": 403, "body": "<html>Forbidden</html>"}),
    "a login page": ("status", {"status": 302, "body": "", "headers": {"Location": "/login"}}),
    "a text": ("status", {"status": 200, "body": '"welcome"'}),
    "a number": ("status", {"status": 200, "body": "7"}),
    "a list of numbers": ("status", {"status": 200, "body": "[1, 2]"}),
    "something else": ("status", {"status": 200, "body": '{"status": "ok"}'}),
}


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("times", [1, 2])
def test_a_read_is_repeated(trial: Trial, fault: str, times: int) -> None:
    kind, details = PASSING[fault]
    trial.fault(kind, READ, times=times, **details)
    result = trial.do(UPDATE)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert trial.people["alice@example.com"] == "Alice New"
    assert len(trial.sim.writes) == 1
    assert trial.sim.faults.pending == []


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("what", WRITES)
def test_a_read_that_never_works_is_a_clear_error(trial: Trial, fault: str, what: str) -> None:
    before = trial.people
    kind, details = PASSING[fault]
    trial.fault(kind, READ, times=99, **details)
    result = trial.do(what)
    _assert_clear(trial, result)
    assert result["failure"]["retryable"] is True
    assert len(trial.requests(READ)) == 3
    assert trial.people == before


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("what", [UPDATE, DELETE])
def test_what_is_no_answer_is_an_error_and_not_absence(trial: Trial, fault: str, what: str) -> None:
    kind, details = BROKEN[fault]
    trial.fault(kind, READ, times=9, **details)
    _assert_clear(trial, trial.do(what))


@pytest.mark.parametrize("fault", [*BROKEN, *PASSING])
@pytest.mark.parametrize("check", [True, False])
def test_nothing_is_pruned_when_the_list_is_no_list(trial: Trial, fault: str, check: bool) -> None:
    before = trial.people
    kind, details = {**BROKEN, **PASSING}[fault]
    trial.fault(kind, LIST, times=9, **details)
    _assert_clear(trial, trial.prune(check=check))
    assert trial.people == before


@pytest.mark.parametrize("fault", BROKEN)
def test_a_query_fails_rather_than_showing_an_empty_document(trial: Trial, fault: str) -> None:
    kind, details = BROKEN[fault]
    trial.fault(kind, LIST, times=9, **details)
    _assert_clear(trial, trial.info())


def test_an_answer_to_another_call_is_an_error(rpc: Trial) -> None:
    rpc.fault("wrong_id", READ)
    result = rpc.do(DELETE)
    _assert_clear(rpc, result)
    assert "the reply to another call" in result["msg"]


@pytest.mark.parametrize("result", [{}, {"list": None}, {"list": []}, {"list": [1], "totalItems": 1}, [], None])
def test_a_list_without_its_total_is_an_error(kerio: Trial, result: Any) -> None:
    kerio.fault("replace_result", READ, result=result)
    _assert_clear(kerio, kerio.do(DELETE))


def test_a_list_that_is_shorter_than_it_says_is_an_error(kerio: Trial) -> None:
    before = kerio.people
    kerio.fault("replace_result", LIST, result={"list": [], "totalItems": 3}, times=9)
    _assert_clear(kerio, kerio.prune())
    assert kerio.people == before


def _assert_clear(trial: Trial, result: dict[str, Any]) -> None:
    """Failed, nothing changed or written, and the message says which system and which call."""
    assert result["failed"]
    assert result["changed"] is False
    assert trial.sim.writes == []
    assert trial.server.title in result["msg"]
    failure = result["failure"]
    assert failure["system"] == trial.server.system.name
    assert failure["method"]
    assert failure["method"] in result["msg"]
