# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that a failed run says holds a secret, whatever the server puts into its answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client import logins
from tests.unit.client.servers import CREATE, PASSWORD, READ, UPDATE, Trial

# How a server may quote what it was sent.
QUOTATIONS: dict[str, Callable[[str], str]] = {
    "as it is": lambda secret: secret,
    "in JSON": lambda secret: json.dumps({"password": secret, "note": [secret]}),
    "in JSON by PHP": lambda secret: json.dumps({"log": secret}).replace("/", "\\/"),
    "in JSON with letters": lambda secret: json.dumps({"log": secret}, ensure_ascii=False),
    "in a URL": lambda secret: quote(secret, safe=""),
    "as Python shows it": lambda secret: repr([secret]),
}


def _key(trial: Trial) -> str:
    connection = trial.runner().connection()
    return str(connection.get("api_key") or connection["api_password"])


def _rude(secret: str) -> str:
    """All quotations in one text."""
    return " | ".join(quote_it(secret) for quote_it in QUOTATIONS.values())


@pytest.mark.parametrize("what", [READ, CREATE])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500, 503])
def test_a_server_that_quotes_secrets_in_its_errors(keyed: Trial, what: str, status: int) -> None:
    for secret in (PASSWORD, _key(keyed)):
        text = f"cannot do {_rude(secret)}"
        for body in (json.dumps({"type": "error", "msg": text}), f"plain text: {text}"):
            keyed.sim.reset()
            logins.forget_all()
            keyed.fault("status", what, status=status, body=body, times=9)
            result = keyed.do(CREATE)
            assert result["failed"]
            _assert_no_trace(result, PASSWORD, _key(keyed))


@pytest.mark.parametrize("length", [176, 182, 188, 194, 199])
def test_a_secret_is_not_cut_into_a_readable_half(keyed: Trial, length: int) -> None:
    for body in ("x" * length + PASSWORD, json.dumps({"msg": "x" * length + PASSWORD})):
        for status in (400, 500):
            keyed.sim.reset()
            keyed.fault("status", CREATE, status=status, body=body, times=9)
            _assert_no_trace(keyed.do(CREATE), PASSWORD)


@pytest.mark.parametrize("code", [1000, 4002, -32603, -32602])
def test_a_server_that_quotes_secrets_in_its_rpc_errors(rpc: Trial, code: int) -> None:
    rpc.fault("rpc_error", CREATE, code=code, message=f"{_rude(PASSWORD)} {_rude(_key(rpc))}", times=9)
    result = rpc.do(CREATE)
    assert result["failed"]
    _assert_no_trace(result, PASSWORD, _key(rpc))


def test_tokens_and_cookies_that_a_server_quotes(kerio: Trial) -> None:
    """The token is known to the server and us alone, and a rude server writes it into its messages."""
    told: list[str] = []
    original = kerio.sim.sessions.open

    def open_and_tell(*arguments: Any) -> Any:
        session = original(*arguments)
        told.extend((session.token, session.cookie))
        kerio.fault("rpc_error", UPDATE, code=1000, message=f"token {session.token}, cookie {session.cookie}")
        return session

    kerio.sim.sessions.open = open_and_tell
    try:
        result = kerio.do(UPDATE)
    finally:
        del kerio.sim.sessions.open
    assert result["failed"]
    assert "token ********, cookie ********" in result["msg"]
    _assert_no_trace(result, *told)


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "drop_before": ("drop_before", {}),
    "drop_after": ("drop_after", {}),
    "html": ("html", {}),
    "empty": ("empty", {}),
    "truncated": ("truncated", {}),
    "half_then_drop": ("half_then_drop", {}),
    "500": ("status", {"status": 500, "body": "no"}),
    "429": ("status", {"status": 429, "headers": {"Retry-After": "99999"}}),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("what", [READ, CREATE])
def test_no_fault_on_the_way_brings_a_secret_to_light(trial: Trial, what: str, fault: str) -> None:
    kind, details = FAULTS[fault]
    trial.fault(kind, what, times=99, **details)
    result = trial.do(CREATE, update_password="always")
    _assert_no_trace(result, PASSWORD, _key(trial))
    assert result["api"]["trace"], "the trace was looked at, too"


def _assert_no_trace(result: dict[str, Any], *secrets: str) -> None:
    """No run of eight characters of a secret is in the result, in any spelling."""
    shown = json.dumps(result, ensure_ascii=False)
    for secret in secrets:
        for spelling in (secret, json.dumps(secret)[1:-1], quote(secret, safe=""), json.dumps(json.dumps(secret))):
            for start in range(len(spelling) - 7):
                assert spelling[start : start + 8] not in shown, spelling[start : start + 8]
