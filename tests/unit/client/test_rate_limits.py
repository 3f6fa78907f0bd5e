# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that asks us to slow down (429): the wait that it names, in whatever way it names it."""

from __future__ import annotations

import time
from email.utils import formatdate
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._client.http import (
    MAX_RATE_LIMIT_WAIT_SECONDS,
    MAX_RATE_LIMIT_WAITS,
)
from ansible_collections.postmaster.comms.plugins.module_utils._client.waits import named_wait, pause_ahead
from tests.unit.client.servers import CREATE, READ, WRITES, Trial
from tests.unit.core.strategies import QUICK

NOW = 1_800_000_000
RESET, DATE, AFTER = "X-RateLimit-Reset", "Date", "Retry-After"
SKEWED = formatdate(NOW - 5000, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({RESET: str(NOW + 7)}, 7),
        ({RESET: f"{NOW + 7}.5"}, 7.5),
        ({RESET: "7"}, 7),
        ({RESET: "0"}, 0),
        ({RESET: str((NOW + 7) * 1000)}, 7),
        ({RESET: str(NOW - 7)}, 0),
        ({RESET: str(NOW - 5000 + 7), DATE: SKEWED}, 7),
        ({RESET: str((NOW - 5000 + 7) * 1000), DATE: SKEWED}, 7),
        ({RESET: "7", DATE: SKEWED}, 7),
        ({RESET: str(NOW + 7), DATE: "some day"}, 7),
        ({AFTER: "7"}, 7),
        ({AFTER: "-7"}, 0),
        ({AFTER: formatdate(NOW + 7, usegmt=True)}, 7),
        ({AFTER: formatdate(NOW - 5000 + 7, usegmt=True), DATE: SKEWED}, 7),
        ({AFTER: formatdate(NOW - 7, usegmt=True)}, 0),
        ({RESET: "soon", AFTER: "7"}, 7),
        ({RESET: "3", AFTER: "7"}, 3),
        ({AFTER: "soon"}, None),
        ({RESET: "", AFTER: ""}, None),
        ({}, None),
    ],
)
def test_the_wait_that_a_server_names(headers: dict[str, str], wait: float | None) -> None:
    assert named_wait(headers, NOW) == wait


@QUICK
@given(
    st.dictionaries(
        st.sampled_from([RESET, DATE, AFTER]),
        st.text(max_size=12) | st.integers().map(str) | st.floats().map(str),
    )
)
def test_no_header_makes_a_wait_that_cannot_be_waited(headers: dict[str, str]) -> None:
    wait = named_wait(headers, NOW)
    assert wait is None or wait >= 0


def test_a_pause_ahead_is_made_only_when_nothing_is_left() -> None:
    assert pause_ahead({"X-RateLimit-Remaining": "0", RESET: "7"}, NOW) == 7
    assert pause_ahead({"X-RateLimit-Remaining": "1", RESET: "7"}, NOW) == 0
    assert pause_ahead({"X-RateLimit-Remaining": "0"}, NOW) == 0
    assert pause_ahead({RESET: "7"}, NOW) == 0


NAMED: dict[str, Any] = {
    "seconds": lambda: {RESET: "7"},
    "epoch": lambda: {RESET: str(int(time.time()) + 7), DATE: formatdate(usegmt=True)},
    "milliseconds": lambda: {RESET: str((int(time.time()) + 7) * 1000), DATE: formatdate(usegmt=True)},
    "skewed": lambda: {RESET: str(NOW + 7), DATE: formatdate(NOW, usegmt=True)},
    "retry after seconds": lambda: {AFTER: "7"},
    "retry after date": lambda: {AFTER: formatdate(NOW + 7, usegmt=True), DATE: formatdate(NOW, usegmt=True)},
}


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("what", [READ, CREATE])
def test_the_named_wait_is_kept_and_the_work_goes_on(trial: Trial, what: str, named: str) -> None:
    """A 429 says that nothing was done, so a write is sent again, too."""
    trial.fault("status", what, status=429, headers=NAMED[named](), body='{"type": "error", "msg": "slow down"}')
    result = trial.do(CREATE)
    assert result["changed"] is True
    assert trial.people["carol@example.com"] == "Carol"
    (pause,) = trial.pauses
    assert pause == pytest.approx(7, abs=1.5)
    assert trial.processed_writes == 1


def test_without_a_named_wait_pauses_grow(trial: Trial) -> None:
    trial.fault("status", READ, status=429, body="", times=3)
    assert trial.do(CREATE)["changed"] is True
    assert trial.pauses == [1, 2, 4]


@pytest.mark.parametrize("what", [READ, CREATE])
def test_a_wait_beyond_the_limit_is_a_clear_error_at_once(trial: Trial, what: str) -> None:
    before = trial.people
    trial.fault("status", what, status=429, headers={AFTER: str(int(MAX_RATE_LIMIT_WAIT_SECONDS) + 1)}, times=9)
    result = trial.do(CREATE)
    assert result["failed"]
    assert result["changed"] is False
    assert trial.pauses == []
    assert "limits the rate of calls and asks to wait" in result["msg"]
    assert result["failure"]["code"] == 429
    assert result["failure"]["retryable"] is True
    assert trial.people == before


@pytest.mark.parametrize("what", WRITES)
def test_a_server_that_never_lets_us_go_on_is_given_up(trial: Trial, what: str) -> None:
    trial.fault("status", what, status=429, headers={AFTER: "1"}, times=99)
    result = trial.do(what)
    assert (result["failed"], result["changed"]) == (True, False)
    assert trial.pauses == [1] * MAX_RATE_LIMIT_WAITS
    assert "limits the rate of calls" in result["msg"]
    assert trial.processed_writes == 0


@pytest.mark.parametrize("reset", ["inf", "nan", "1e400", "-inf"])
def test_a_wait_that_is_no_number_is_none(trial: Trial, reset: str) -> None:
    trial.fault("status", READ, status=429, headers={RESET: reset, AFTER: reset})
    result = trial.do(CREATE)
    assert result["changed"] is True
    assert all(0 <= pause <= MAX_RATE_LIMIT_WAIT_SECONDS for pause in trial.pauses)
