# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins, sessions and keys: one login, one logout, refused once and remembered, renewed once."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client import logins
from tests.unit.client.servers import CREATE, DELETE, LOGIN, LOGOUT, READ, UPDATE, WRITES, Trial


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("what", WRITES)
def test_one_login_and_one_logout(rpc: Trial, what: str, check: bool) -> None:
    rpc.do(what, check=check)
    calls = [record.call for record in rpc.sim.requests]
    assert (calls[0], calls[-1]) == (rpc.call(LOGIN), rpc.call(LOGOUT))
    assert (rpc.logins, len(rpc.requests(LOGOUT))) == (1, 1)


FAILURES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a refusal": ("rpc_error", CREATE, {"code": 1000, "message": "no"}),
    "a lost write": ("drop_before", CREATE, {"times": 9}),
    "a lost read": ("drop_before", READ, {"times": 9}),
    "HTML": ("html", READ, {}),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_there_is_a_logout_after_a_failure(rpc: Trial, failure: str) -> None:
    kind, what, details = FAILURES[failure]
    rpc.fault(kind, what, **details)
    assert rpc.do(CREATE)["failed"]
    assert (rpc.logins, len(rpc.requests(LOGOUT))) == (1, 1)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html", "empty"])
def test_a_logout_that_goes_wrong_harms_nobody(rpc: Trial, kind: str) -> None:
    rpc.fault(kind, LOGOUT, **({"processed": True} if kind in ("html", "empty") else {}))
    result = rpc.runner().object(rpc.server.kind, rpc.server.wishes[UPDATE])
    assert result["changed"] is True
    assert not result.get("failed")
    assert len(rpc.requests(LOGOUT)) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html", "empty", "truncated", "half_then_drop"])
def test_a_login_that_gets_no_answer_is_an_error_and_tried_once(rpc: Trial, kind: str) -> None:
    rpc.fault(kind, LOGIN)
    result = rpc.runner().object(rpc.server.kind, rpc.server.wishes[UPDATE])
    assert result["failed"]
    assert result["changed"] is False
    assert rpc.logins == 1
    assert rpc.sim.writes == []
    assert rpc.call(LOGIN) in result["msg"]
    rpc.sim.sessions.clear()
    assert rpc.do(UPDATE)["changed"] is True, "that was no refusal, so it is tried again next time"


def test_a_refused_login_is_tried_once_and_remembered(rpc: Trial) -> None:
    rpc.connection["api_password"] = "wrong-Passw0rd"
    first = rpc.do(UPDATE)
    assert first["failed"]
    assert f"refused the login of {rpc.runner().connection()['api_username']!r}" in first["msg"]
    assert "check api_username and api_password" in first["msg"]
    assert first["failure"]["retryable"] is False
    for _again in range(3):
        assert "not tried again" in rpc.do(UPDATE)["msg"]
    assert rpc.logins == 1
    rpc.connection.clear()
    assert rpc.do(UPDATE)["changed"] is True, "other credentials are not to blame"
    rpc.connection["api_password"] = "wrong-Passw0rd"
    logins.forget_all()
    rpc.do(UPDATE)
    assert rpc.logins == 3


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("what", WRITES)
def test_a_session_that_expires_is_renewed_once_and_the_work_goes_on(rpc: Trial, what: str, check: bool) -> None:
    rpc.fault("expire_session", READ)
    result = rpc.do(what, check=check)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert rpc.logins == 2


@pytest.mark.parametrize("what", WRITES)
def test_a_write_that_the_expired_session_refused_is_done_once_in_the_new_one(rpc: Trial, what: str) -> None:
    before = rpc.people
    rpc.fault("expire_session", what)
    result = rpc.do(what)
    assert not result.get("failed"), result
    assert result["changed"] is True
    assert rpc.logins == 2
    assert [record.processed for record in rpc.requests(what)] == [False, True]
    assert rpc.people != before


def test_the_new_session_uses_its_own_token(rpc: Trial) -> None:
    rpc.fault("expire_session", UPDATE)
    rpc.do(UPDATE)
    refused, repeated = rpc.requests(UPDATE)
    for header in rpc.server.session_headers:
        assert _header(refused, header) != _header(repeated, header)
        for login in rpc.requests(LOGIN):
            assert _header(login, header) is None, "a login takes nothing from a session that is over"


@pytest.mark.parametrize("what", [READ, UPDATE])
def test_a_session_that_is_refused_twice_is_a_clear_error(rpc: Trial, what: str) -> None:
    before = rpc.people
    rpc.fault("expire_session", what, times=2)
    result = rpc.do(UPDATE)
    assert result["failed"]
    assert result["changed"] is False
    assert "refused again right after logging in anew" in result["msg"]
    assert result["failure"]["code"] == rpc.server.expired
    assert rpc.people == before
    assert rpc.logins <= 3


def test_a_login_that_is_refused_in_the_middle_is_an_honest_failure(rpc: Trial) -> None:
    """Somebody changes our password while we work: what was done before is told, and the server is not pestered."""
    rpc.fault("expire_session", DELETE)
    rpc.fault("rpc_error", LOGIN, code=1000, message="The user name or password is wrong.", after=1, times=9)
    document = {rpc.server.plural: [rpc.server.wishes[DELETE], {**rpc.server.wishes[CREATE]}]}
    result = rpc.runner().config(document)
    assert result["failed"]
    assert result["changed"] is False
    assert "refused the login" in result["msg"]
    assert rpc.logins == 2


def test_a_login_without_a_token_is_an_error(rpc: Trial) -> None:
    rpc.fault("replace_result", LOGIN, result={})
    result = rpc.runner().object(rpc.server.kind, rpc.server.wishes[UPDATE])
    assert "confirmed the login without a" in result["msg"]
    assert rpc.sim.writes == []


def _header(record: Any, name: str) -> str | None:
    """A header of a request, whatever the HTTP library makes of its case."""
    return next((value for known, value in record.headers.items() if known.lower() == name.lower()), None)


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
