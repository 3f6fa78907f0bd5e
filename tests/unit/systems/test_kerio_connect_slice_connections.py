# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests about many objects of Kerio Connect that are lost, too large, or meet the end of a session: everything is
done once, and a re-run does what is left (contract 7, 9 and 10)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done
from tests.unit.systems.kerio_many import SIZE, batched, calls
from tests.unit.systems.kerio_slices import (
    APART,
    CARRIERS,
    FEW,
    counted_writes,
    few,
    finished,
    prepared,
    status,
    with_users,
)


@pytest.fixture
def site(kerio: Bench) -> Bench:
    return with_users(kerio)


@pytest.fixture
def written(kerio: Bench, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    return counted_writes(kerio, monkeypatch)


# What may happen to a request: as arguments of a fault.
UNCERTAIN: dict[str, dict[str, Any]] = {
    "drop_before": {"kind": "drop_before"},
    "drop_after": {"kind": "drop_after"},
    "html": {"kind": "html"},
    "html_after": {"kind": "html", "processed": True},
    "empty": {"kind": "empty"},
    "truncated": {"kind": "truncated"},
    "half_then_drop": {"kind": "half_then_drop"},
    "502": {"kind": "status", "status": 502, "body": "<html>Bad gateway</html>"},
    "503_after": {"kind": "status", "status": 503, "body": "", "processed": True},
    "413": {"kind": "status", "status": 413, "body": "<html>Request entity too large</html>"},
    "wrong_id": {"kind": "wrong_id"},
}


@pytest.mark.parametrize("fault", sorted(UNCERTAIN))
@pytest.mark.parametrize("change", sorted(CARRIERS))
def test_what_a_lost_request_asked_for_is_done_once(
    kerio: Bench, change: str, fault: str, written: Counter[str]
) -> None:
    document, carrier = prepared(kerio, change)
    kerio.sim.faults.add(Fault(call=carrier, **UNCERTAIN[fault]))
    result = done(kerio.config(few(document)))
    summary = result["summary"]
    assert result["changed"] is True
    assert summary["created"] + summary["updated"] + summary["deleted"] == FEW
    assert kerio.sim.faults.pending == []
    assert set(written.values()) == {1}
    assert kerio.predicted_config(few(document))["changed"] is False


@pytest.mark.parametrize("on_error", ["stop", "continue"])
@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
@pytest.mark.parametrize("change", sorted(CARRIERS))
def test_a_connection_that_breaks_for_good_ends_the_run_and_a_re_run_does_the_rest(
    kerio: Bench, change: str, on_error: str, fault: str, written: Counter[str]
) -> None:
    """The first slice is done; the second one may be, and nobody can ask any more."""
    document, carrier = prepared(kerio, change)

    def break_down() -> None:
        kerio.sim.faults.add(Fault(fault, carrier), Fault("drop_before", times=9999))

    kerio.before(carrier, break_down)
    result = kerio.config(document, on_error=on_error)
    assert result["failed"]
    assert result["changed"]
    assert result["failure"]["retryable"] is True
    summary = result["summary"]
    assert summary["created"] + summary["updated"] + summary["deleted"] == 100
    assert status(result)["done"] == 100
    assert status(result)["failed"] >= 1
    assert sum(status(result).values()) == SIZE
    kerio.sim.faults.clear()
    assert sum(written.values()) == (100 if fault == "drop_before" else SIZE)
    finished(kerio, document) if fault == "drop_before" else done(kerio.config(document))
    assert kerio.config(document)["changed"] is False
    assert set(written.values()) == {1}
    assert len(written) == SIZE


# Sessions and limits.


@pytest.mark.parametrize("change", sorted(CARRIERS))
def test_a_session_that_is_over_before_a_slice_is_renewed(kerio: Bench, change: str, written: Counter[str]) -> None:
    document, carrier = prepared(kerio, change)
    kerio.sim.faults.add(Fault("expire_session", carrier, after=1))
    done(kerio.config(document))
    assert kerio.logins == 2
    assert set(written.values()) == {1}
    assert len(written) == SIZE


def test_a_session_that_ends_inside_a_batch_is_renewed_and_the_rest_is_sent_again(
    site: Bench, written: Counter[str]
) -> None:
    site.sim.faults.add(Fault("rpc_error", "Users.set", after=40, times=60, code=-32001, message="Expired."))
    site.before("Session.login", site.sim.forget_sessions, number=2)
    assert done(site.config(APART))["summary"]["updated"] == SIZE
    assert site.logins == 2
    assert set(written.values()) == {1}
    assert batched(site)["Users.set"] == SIZE + 60


def test_a_server_that_takes_fewer_commands_gets_one_after_another(site: Bench, written: Counter[str]) -> None:
    site.sim.settings.batch_limit = 50
    assert done(site.config(APART))["summary"]["updated"] == SIZE
    assert calls(site).count("Batch.run") == 1
    assert set(written.values()) == {1}


@pytest.mark.parametrize(("change", "alone"), [("new", "Users.create"), ("apart", "Users.set")])
def test_a_request_that_is_too_large_is_cut_up(kerio: Bench, change: str, alone: str, written: Counter[str]) -> None:
    document, _carrier = prepared(kerio, change)
    kerio.sim.settings.max_body_bytes = 1500
    result = done(kerio.config(few(document)))
    assert calls(kerio).count(alone) >= FEW
    assert result["summary"]["created"] + result["summary"]["updated"] == FEW
    assert set(written.values()) == {1}


@pytest.mark.parametrize("change", sorted(CARRIERS))
def test_check_mode_sends_no_write(kerio: Bench, change: str, written: Counter[str]) -> None:
    document, _carrier = prepared(kerio, change)
    result = done(kerio.config(document, check_mode=True))
    assert result["changed"] is True
    assert kerio.sim.writes == []
    assert "Batch.run" not in calls(kerio)
    assert written == {}
