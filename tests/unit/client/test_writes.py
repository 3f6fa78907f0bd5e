# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes that go wrong on the way: never twice, never lost, never a wrong ``changed``. The server's store decides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.client.servers import CREATE, DELETE, READ, UPDATE, WRITES, Trial

EVERY_WRITE = pytest.mark.parametrize("what", WRITES)
# The server did it, and its answer was lost or is of no use.
LOST_ANSWERS: dict[str, tuple[str, dict[str, Any]]] = {
    "dropped": ("drop_after", {}),
    "half a document": ("truncated", {}),
    "half, then dropped": ("half_then_drop", {}),
    "empty body": ("empty", {"processed": True}),
    "HTML": ("html", {"processed": True}),
    "500 without a reason": ("status", {"status": 500, "body": "", "processed": True}),
    "500 with a reason": ("status", {"status": 500, "body": '{"type": "error", "msg": "oh"}', "processed": True}),
    "502 in HTML": ("status", {"status": 502, "body": "<html>Bad Gateway</html>", "processed": True}),
    "504 in HTML": ("status", {"status": 504, "body": "<html>Gateway Time-out</html>", "processed": True}),
}
# The server did not do it, and the client cannot know.
LOST_REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "dropped": ("drop_before", {}),
    "empty body": ("empty", {}),
    "HTML": ("html", {}),
    "500 with a reason": ("status", {"status": 500, "body": '{"type": "error", "msg": "oh"}'}),
    "502 in HTML": ("status", {"status": 502, "body": "<html>Bad Gateway</html>"}),
    "503": ("status", {"status": 503, "body": ""}),
}


def _assert_carried_out(trial: Trial, what: str, before: dict[str, str]) -> None:
    expected = dict(before)
    if what == CREATE:
        expected["carol@example.com"] = "Carol"
    elif what == UPDATE:
        expected["alice@example.com"] = "Alice New"
    else:
        del expected["alice@example.com"]
    assert trial.people == expected


@EVERY_WRITE
@pytest.mark.parametrize("fault", LOST_ANSWERS)
def test_a_write_whose_answer_is_lost_is_recovered_by_reading(trial: Trial, what: str, fault: str) -> None:
    before = trial.people
    kind, details = LOST_ANSWERS[fault]
    trial.fault(kind, what, **details)
    result = trial.do(what)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert trial.sim.faults.pending == []
    assert len(trial.requests(what)) == 1, "it was sent once"
    _assert_carried_out(trial, what, before)
    assert trial.do(what)["changed"] is False


@EVERY_WRITE
@pytest.mark.parametrize("fault", LOST_REQUESTS)
def test_a_write_that_was_not_processed_is_done_once(trial: Trial, what: str, fault: str) -> None:
    before = trial.people
    kind, details = LOST_REQUESTS[fault]
    trial.fault(kind, what, **details)
    result = trial.do(what)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert trial.sim.faults.pending == []
    assert [record.processed for record in trial.requests(what)] == [False, True]
    _assert_carried_out(trial, what, before)


@EVERY_WRITE
def test_between_two_attempts_the_object_is_read(trial: Trial, what: str) -> None:
    trial.fault("drop_before", what)
    trial.do(what)
    calls = [record.call for record in trial.sim.requests]
    first = calls.index(trial.call(what))
    second = calls.index(trial.call(what), first + 1)
    assert trial.call(READ) in calls[first:second]


@EVERY_WRITE
def test_a_write_that_never_comes_through_is_given_up_with_nothing_changed(trial: Trial, what: str) -> None:
    before = trial.people
    trial.fault("drop_before", what, times=10)
    result = trial.do(what)
    assert result["failed"]
    assert result["changed"] is False
    assert result["failure"]["retryable"] is True
    assert trial.people == before
    assert len(trial.requests(what)) == 2


@EVERY_WRITE
def test_a_write_without_an_answer_in_time_is_recovered(
    trial: Trial, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = trial.people
    trial.fault("slow", what, seconds=600)
    trial.impatient(monkeypatch, what)
    result = trial.do(what)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert len(trial.requests(what)) == 2
    _assert_carried_out(trial, what, before)


@EVERY_WRITE
def test_when_nothing_can_be_read_any_more_the_doubt_is_told(trial: Trial, what: str) -> None:
    trial.fault("drop_after", what)
    trial.fault(
        "drop_before", READ, after=2 if trial.server.name == "kerio_connect" and what == CREATE else 1, times=99
    )
    result = trial.do(what)
    assert result["failed"]
    assert result["changed"] is True, "it may have been done, and it was"
    assert trial.processed_writes == 1
    assert "could not be found out" in result["msg"]


@EVERY_WRITE
def test_a_refusal_is_told_and_not_tried_again(keyed: Trial, what: str) -> None:
    before = keyed.people
    keyed.fault("status", what, status=400, body='{"type": "error", "msg": "not today"}')
    result = keyed.do(what)
    assert result["failed"]
    assert result["changed"] is False
    assert "not today" in result["msg"]
    assert keyed.people == before
    assert len(keyed.requests(what)) == 1


@EVERY_WRITE
def test_the_answer_to_another_call_is_no_answer(rpc: Trial, what: str) -> None:
    before = rpc.people
    rpc.fault("wrong_id", what)
    result = rpc.do(what)
    assert (result.get("failed", False), result["changed"]) == (False, True)
    assert len(rpc.requests(what)) == 1
    _assert_carried_out(rpc, what, before)


@EVERY_WRITE
@pytest.mark.parametrize("processed", [True, False])
def test_an_internal_error_leaves_the_fate_to_a_read(rpc: Trial, what: str, processed: bool) -> None:
    before = rpc.people
    rpc.fault("rpc_error", what, code=-32603, message="Internal error.", processed=processed)
    result = rpc.do(what)
    assert (result.get("failed", False), result["changed"]) == (False, True)
    assert len(rpc.requests(what)) == (1 if processed else 2)
    _assert_carried_out(rpc, what, before)


@EVERY_WRITE
def test_a_redirect_is_not_followed(trial: Trial, what: str) -> None:
    """Whoever redirects a call does not get our credentials."""
    headers = {"Location": f"{trial.sim.url}/elsewhere"}
    trial.fault("status", what, status=307, body="<html>moved</html>", headers=headers, times=9)
    result = trial.do(what)
    assert (result["failed"], result["changed"]) == (True, False)
    assert not [record for record in trial.sim.requests if "elsewhere" in record.path]


@pytest.mark.parametrize("fault", LOST_ANSWERS)
def test_in_a_document_a_lost_answer_is_recovered_too(trial: Trial, fault: str) -> None:
    kind, details = LOST_ANSWERS[fault]
    trial.fault(kind, UPDATE, **details)
    trial.fault(kind, DELETE, **details)
    result = trial.prune()
    assert not result.get("failed"), result
    assert (result["summary"]["updated"], result["summary"]["deleted"]) == (1, 1)
    assert trial.people["alice@example.com"] == "Alice New"
    assert "bob@example.com" not in trial.people
    assert trial.processed_writes == 2
