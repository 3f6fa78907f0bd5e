# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins, sessions and keys: one login, one logout, refused once and remembered, renewed once."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client import logins
from tests.unit.client.servers import CREATE, DELETE, READ, UPDATE, WRITES, Trial

LOGIN, LOGOUT = "Session.login", "Session.logout"


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("what", WRITES)
def test_one_login_and_one_logout(kerio: Trial, what: str, check: bool) -> None:
    kerio.do(what, check=check)
    calls = [record.call for record in kerio.sim.requests]
    assert (calls[0], calls[-1]) == (LOGIN, LOGOUT)
    assert (calls.count(LOGIN), calls.count(LOGOUT)) == (1, 1)


FAILURES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a refusal": ("rpc_error", CREATE, {"code": 1000, "message": "no"}),
    "a lost write": ("drop_before", CREATE, {"times": 9}),
    "a lost read": ("drop_before", READ, {"times": 9}),
    "HTML": ("html", READ, {}),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_there_is_a_logout_after_a_failure(kerio: Trial, failure: str) -> None:
    kind, what, details = FAILURES[failure]
    kerio.fault(kind, what, **details)
    assert kerio.do(CREATE)["failed"]
    assert (kerio.logins, len(kerio.requests(LOGOUT))) == (1, 1)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html", "empty"])
def test_a_logout_that_goes_wrong_harms_nobody(kerio: Trial, kind: str) -> None:
    kerio.fault(kind, LOGOUT, **({"processed": True} if kind in ("html", "empty") else {}))
    result = kerio.runner().object("user", kerio.server.wishes[UPDATE])
    assert result["changed"] is True
    assert not result.get("failed")
    assert len(kerio.requests(LOGOUT)) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html", "empty", "truncated", "half_then_drop"])
def test_a_login_that_gets_no_answer_is_an_error_and_tried_once(kerio: Trial, kind: str) -> None:
    kerio.fault(kind, LOGIN)
    result = kerio.runner().object("user", kerio.server.wishes[UPDATE])
    assert result["failed"]
    assert result["changed"] is False
    assert kerio.logins == 1
    assert kerio.sim.writes == []
    assert "Session.login" in result["msg"]
    kerio.sim.sessions.clear()
    assert kerio.do(UPDATE)["changed"] is True, "that was no refusal, so it is tried again next time"


def test_a_refused_login_is_tried_once_and_remembered(kerio: Trial) -> None:
    kerio.connection["api_password"] = "wrong-Passw0rd"
    first = kerio.do(UPDATE)
    assert first["failed"]
    assert "refused the login of 'admin'" in first["msg"]
    assert "check api_username and api_password" in first["msg"]
    assert first["failure"]["retryable"] is False
    for _again in range(3):
        assert "not tried again" in kerio.do(UPDATE)["msg"]
    assert kerio.logins == 1
    kerio.connection.clear()
    assert kerio.do(UPDATE)["changed"] is True, "other credentials are not to blame"
    kerio.connection["api_password"] = "wrong-Passw0rd"
    logins.forget_all()
    kerio.do(UPDATE)
    assert kerio.logins == 3


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("what", WRITES)
def test_a_session_that_expires_is_renewed_once_and_the_work_goes_on(kerio: Trial, what: str, check: bool) -> None:
    kerio.fault("expire_session", READ)
    result = kerio.do(what, check=check)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert kerio.logins == 2


@pytest.mark.parametrize("what", WRITES)
def test_a_write_that_the_expired_session_refused_is_done_once_in_the_new_one(kerio: Trial, what: str) -> None:
    before = kerio.people
    kerio.fault("expire_session", what)
    result = kerio.do(what)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert kerio.logins == 2
    assert [record.processed for record in kerio.requests(what)] == [False, True]
    assert kerio.people != before


def test_the_new_session_uses_its_own_token_and_cookie(kerio: Trial) -> None:
    kerio.fault("expire_session", UPDATE)
    kerio.do(UPDATE)
    refused, repeated = kerio.requests(UPDATE)
    assert refused.headers["X-Token"] != repeated.headers["X-Token"]
    assert refused.headers["Cookie"] != repeated.headers["Cookie"]
    for login in kerio.requests(LOGIN):
        assert not {"X-Token", "Cookie"} & login.headers.keys(), "a login takes nothing from a session that is over"


@pytest.mark.parametrize("what", [READ, UPDATE])
def test_a_session_that_is_refused_twice_is_a_clear_error(kerio: Trial, what: str) -> None:
    before = kerio.people
    kerio.fault("expire_session", what, times=2)
    result = kerio.do(UPDATE)
    assert result["failed"]
    assert result["changed"] is False
    assert "refused again right after logging in anew" in result["msg"]
    assert result["failure"]["code"] == -32001
    assert kerio.people == before
    assert kerio.logins <= 3


def test_a_login_that_is_refused_in_the_middle_is_an_honest_failure(kerio: Trial) -> None:
    """Somebody changes our password while we work: what was done before is told, and the server is not pestered."""
    kerio.fault("expire_session", DELETE)
    kerio.fault("rpc_error", LOGIN, code=1000, message="The user name or password is wrong.", after=1, times=9)
    document = {"users": [kerio.server.wishes[DELETE], {**kerio.server.wishes[CREATE]}]}
    result = kerio.runner().config(document)
    assert result["failed"]
    assert result["changed"] is False
    assert "refused the login" in result["msg"]
    assert kerio.logins == 2


def test_a_login_without_a_token_is_an_error(kerio: Trial) -> None:
    kerio.fault("replace_result", LOGIN, result={})
    result = kerio.runner().object("user", kerio.server.wishes[UPDATE])
    assert "without a token" in result["msg"]
    assert kerio.sim.writes == []


# Keys.


def test_a_refused_key_is_tried_once_and_remembered(keyed: Trial) -> None:
    keyed.connection["api_key"] = "00000000-wrong-key"
    first = keyed.do(UPDATE)
    assert first["failed"]
    assert "check api_key" in first["msg"]
    assert first["failure"]["code"] == 401
    assert first["failure"]["retryable"] is False
    for _again in range(3):
        assert "not tried again" in keyed.do(UPDATE)["msg"]
    assert len(keyed.sim.requests) == 1
    keyed.connection.clear()
    assert keyed.do(UPDATE)["changed"] is True
    keyed.connection["api_key"] = "00000000-wrong-key"
    logins.forget_all()
    assert "not tried again" not in keyed.do(UPDATE)["msg"]


def test_a_key_without_the_right_to_write_reads_and_says_so_when_it_writes(keyed: Trial) -> None:
    keyed.connection["api_key"] = keyed.sim.settings.read_only_key
    assert keyed.do(UPDATE, check=True)["changed"] is True
    result = keyed.do(UPDATE)
    assert result["failed"]
    assert result["changed"] is False
    assert "read and write access" in result["msg"]
    assert len(keyed.sim.writes) == 1


def test_credentials_from_elsewhere_are_not_mixed_in(
    keyed: Trial, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """requests would put what it finds in a .netrc file into the place of our key."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    result = keyed.do(UPDATE)
    assert result["changed"] is True
    assert not any("Basic" in record.headers.get("Authorization", "") for record in keyed.sim.requests)


@pytest.mark.parametrize("key", ["with a blank ", "with-a-newline\n", "schlüssel-€", "two\r\nX-Evil: 1"])
def test_a_key_that_no_header_can_carry_is_refused_by_name(keyed: Trial, key: str) -> None:
    keyed.connection["api_key"] = key
    result = keyed.do(UPDATE)
    if key.strip() == key or "\n" in key:
        assert result["failed"]
        assert "api_key" in result["msg"]
    assert key.strip() not in str(result)
    assert not any("X-Evil" in record.headers for record in keyed.sim.requests)
