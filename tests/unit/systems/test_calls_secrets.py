# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of single calls: no argument spec can name them, so they are known by the names of their members."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench
from tests.unit.systems.test_calls import call

MASK = "********"
SECRET = 'T0p "S\\ecret/ü'


def hidden(answer: dict[str, Any]) -> dict[str, Any]:
    """The same result, which holds the secret in no form."""
    shown = json.dumps(answer, ensure_ascii=False)
    assert "S\\\\ecret" not in shown
    assert "ecret/" not in shown
    return answer


@pytest.mark.parametrize("check", [True, False])
def test_a_password_is_sent_and_not_shown(kerio: Bench, check: bool) -> None:
    alice = kerio.store.user("alice")
    params = {"userIds": [alice["id"]], "pattern": {"password": SECRET, "passwordIsHint": "shown"}}
    answer = hidden(call(kerio, check=check, method="Users.set", params=params))
    if check:
        assert answer["would_send"]["params"]["pattern"] == {"password": MASK, "passwordIsHint": "shown"}
    else:
        assert kerio.store.user("alice")["password"] == SECRET


def test_what_the_server_repeats_of_it_is_not_shown(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("rpc_error", "Users.set", code=1000, message=f"What is {SECRET} supposed to be?"))
    params = {"userIds": [], "pattern": {"password": SECRET}}
    answer = hidden(call(kerio, method="Users.set", params=params))
    assert f"What is {MASK} supposed to be?" in answer["msg"]


def test_an_error_of_an_item_repeats_it_neither(kerio: Bench) -> None:
    errors = [{"inputIndex": 0, "code": 4002, "message": f"{SECRET} is too short"}]
    kerio.sim.faults.add(Fault("replace_result", "Users.set", result={"errors": errors}))
    params = {"userIds": ["a"], "pattern": {"password": SECRET}}
    answer = hidden(call(kerio, method="Users.set", params=params))
    assert answer["result"]["errors"][0]["message"] == f"{MASK} is too short"


def test_a_password_that_a_server_tells_is_not_shown(operator: Bench) -> None:
    operator.store.line("101")["sipPassword"] = SECRET
    guid = operator.store.line("101")["guid"]
    answer = hidden(call(operator, method="Extensions.getSipPassword", params={"guid": guid}))
    assert answer["result"] == {"password": MASK}


def test_a_password_that_a_server_makes_up_is_not_shown(mailboxorg: Bench) -> None:
    params = {"mail": "alice@example.com", "memo": "phone", "imap_allowed": True, "smtp_allowed": True}
    answer = call(mailboxorg, method="mail.apppassword.add", params=params)
    assert (answer["changed"], answer["result"]) == (True, MASK)


def test_a_value_that_is_a_password_by_its_type_is_not_shown(mailboxorg: Bench) -> None:
    answer = hidden(call(mailboxorg, method="utils.validator", params={"value": SECRET, "type": "pass"}))
    assert answer["changed"] is False
    assert mailboxorg.sim.requests[-2].params == {"value": SECRET, "type": "pass"}


def test_a_log_that_repeats_the_request_hides_what_was_secret_in_it(mailcow: Bench) -> None:
    job = {
        "username": "alice@example.com", "host1": "imap.example.net", "port1": 993, "user1": "alice", "enc1": "SSL",
        "password1": SECRET, "mins_interval": 20, "exclude": "", "active": True,
    }  # fmt: skip
    answer = hidden(call(mailcow, method="POST", path="add/syncjob", body=job))
    assert answer["changed"] is True
    assert answer["result"][0]["log"][3]["password1"] == MASK
    told = hidden(call(mailcow, method="GET", path="get/syncjobs/all/with_password"))
    assert told["result"][0]["password1"] == MASK


@pytest.mark.parametrize("check", [True, False])
def test_a_secret_in_a_query_is_not_shown(rest: Bench, check: bool) -> None:
    path = "nowhere?token=T0pS3cretToken&page=2"
    answer = call(rest, check=check, method="POST", path=path, body={})
    assert "T0pS3cretToken" not in json.dumps(answer)
    if check:
        assert answer["would_send"]["path"] == f"/nowhere?token={MASK}&page=2"
    else:
        assert rest.sim.requests[-1].path == f"/api/v1/{path}"


def test_our_own_password_and_key_are_never_part_of_an_answer(kerio: Bench, rest: Bench) -> None:
    password = kerio.sim.environment["KERIO_CONNECT_PASSWORD"]
    kerio.sim.faults.add(Fault("replace_result", "Session.whoAmI", result={"note": f"<{password}>"}))
    assert call(kerio, method="Session.whoAmI")["result"] == {"note": f"<{MASK}>"}
    key = rest.sim.environment["MAIL_API_KEY"]
    rest.sim.faults.add(Fault("status", status=200, body=json.dumps([{"domain": key}])))
    assert call(rest, method="GET", path="domains")["result"] == [{"domain": MASK}]
