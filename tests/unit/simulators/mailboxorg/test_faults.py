# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Injected faults, inside lists of calls too, and reads that lag behind."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.simulators import Fault
from tests.unit.simulators.mailboxorg.client import Client, refused

WRITE = {"method": "domain.set", "params": {"domain": "example.com", "memo": "new"}, "id": "1"}


def memo(client: Client) -> str:
    return client.server.store.domain("example.com").memo


def test_session_expires_in_the_middle(account: Client) -> None:
    account.server.faults.add(Fault("expire_session", "domain.set"))
    account.call("hello.innerworld")
    assert account.post(WRITE).json()["error"]["code"] == 253
    assert (memo(account), account.server.open_sessions) == ("Head office", 0)
    with refused(253):
        account.call("hello.innerworld")
    account.login()
    account.post(WRITE)
    assert memo(account) == "new"
    assert account.server.faults.pending == []


@pytest.mark.parametrize(("processed", "after"), [(False, "Head office"), (True, "new")])
def test_error_before_or_after_the_work(account: Client, processed: bool, after: str) -> None:
    account.server.faults.add(Fault("rpc_error", code=4711, message="m", processed=processed))
    assert account.post(WRITE).json()["error"] == {"code": 4711, "message": "m"}
    assert memo(account) == after


def test_wrong_id_and_another_result(account: Client) -> None:
    account.server.faults.add(Fault("wrong_id"), Fault("replace_result", result=False))
    answer = account.post(WRITE).json()
    assert (answer["id"], answer["result"]["memo"]) == ("another call", "new")
    assert account.post(WRITE).json()["result"] is False


def test_lost_answer(account: Client) -> None:
    account.server.faults.add(Fault("drop_after", "domain.set"))
    with pytest.raises(requests.ConnectionError):
        account.post(WRITE)
    assert memo(account) == "new"


def test_status_of_a_proxy(account: Client) -> None:
    account.server.faults.add(Fault("status", status=503, body="<html></html>"))
    assert account.post(WRITE).status_code == 503
    assert memo(account) == "Head office"


def test_fault_meets_one_call_of_a_list(account: Client) -> None:
    account.server.faults.add(Fault("rpc_error", "domain.set", code=4711, after=1))
    answers = account.post([WRITE, {**WRITE, "id": "2"}, {**WRITE, "id": "3"}]).json()
    assert [answer.get("error", {}).get("code") for answer in answers] == [None, 4711, None]


def test_fault_meets_a_whole_list(account: Client) -> None:
    account.server.faults.add(Fault("expire_session", "batch"), Fault("drop_before", "batch"))
    assert [answer["error"]["code"] for answer in account.post([WRITE, WRITE]).json()] == [253, 253]
    with pytest.raises(requests.ConnectionError):
        account.post([WRITE])
    assert memo(account) == "Head office"


# Stale reads


def read(client: Client) -> Any:
    return client.call("domain.get", domain="example.com")["memo"]


def test_reads_lag_behind_for_some_time(account: Client) -> None:
    account.server.settings.stale_seconds = 5
    assert account.call("domain.set", domain="example.com", memo="one")["memo"] == "one"
    account.server.clock.advance(3)
    account.call("domain.set", domain="example.com", memo="two")
    assert (read(account), memo(account)) == ("Head office", "two")
    account.server.clock.advance(2)
    assert read(account) == "one"
    account.server.clock.advance(3)
    assert read(account) == "two"


def test_reads_lag_behind_a_number_of_times(account: Client) -> None:
    account.server.settings.stale_reads = 2
    account.call("domain.set", domain="example.com", memo="one")
    account.login()
    assert [read(account) for _turn in range(3)] == ["Head office", "Head office", "one"]


def test_new_objects_are_not_seen_at_once(account: Client) -> None:
    account.server.settings.stale_reads = 1
    account.add_mail("carol@example.com")
    assert "carol@example.com" not in account.addresses()
    assert "carol@example.com" in account.addresses()
    account.server.settings.stale_reads = 1
    account.add_mail("dave@example.com")
    account.server.reset()
    account.login()
    account.server.store.add_mailbox("eve@example.com")
    assert account.addresses()[-1] == "eve@example.com"
