# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON-RPC envelope: what every request looks like, and what is made of replies and errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client import logins
from ansible_collections.postmaster.comms.plugins.module_utils._client.batches import read_many
from ansible_collections.postmaster.comms.plugins.module_utils._client.jsonrpc import (
    ARRAYS,
    JsonRpc,
    RpcError,
    rpc_error,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    LoginRefused,
    PostmasterError,
    ProtocolError,
    ServerRefusal,
    Uncertain,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import Redactor
from ansible_collections.postmaster.comms.plugins.module_utils._systems.rpc_session import rpc_session, sign_in
from tests.unit.client.servers import CREATE, UPDATE, Trial
from tests.unit.client.wire import OVER, Wire, protocol
from tests.unit.core.memory_gateway import MemoryGateway

SECRET = "canary-Passw0rd"


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    found = Wire(monkeypatch, ARRAYS)
    logins.forget_all()
    yield found
    logins.forget_all()
    found.http.close()


@pytest.mark.parametrize("params", [None, {}])
def test_parameters_are_always_an_object(wire: Wire, params: dict[str, Any] | None) -> None:
    """Some servers refuse a missing member, a list, or null."""
    wire.rpc.call("get", params)
    wire.rpc.session_call("deauth", params)
    read_many(wire.rpc, "get", [{}, {}])
    for request in wire.requests:
        for each in request if isinstance(request, list) else [request]:
            assert each["params"] == {}
            assert each["jsonrpc"] == "2.0"


def test_no_two_requests_have_the_same_id(wire: Wire) -> None:
    for _time in range(3):
        wire.rpc.call("get")
    read_many(wire.rpc, "get", [{"a": 1}, {"a": 2}])
    sent = [each for request in wire.requests for each in (request if isinstance(request, list) else [request])]
    assert len({each["id"] for each in sent}) == len(sent) >= 5


@pytest.mark.parametrize("echo", [int, str])
def test_an_id_may_come_back_as_number_or_text(wire: Wire, echo: Callable[[Any], Any]) -> None:
    wire.answer = lambda request: {"id": echo(request["id"]), "result": {"a": 1}}
    assert wire.rpc.call("get") == {"a": 1}


@pytest.mark.parametrize("result", [[1, 2], 7, "text", None, True])
def test_a_result_that_is_no_object_is_kept_under_one_name(wire: Wire, result: Any) -> None:
    wire.answer = lambda request: {"id": request["id"], "result": result, "error": None}
    assert wire.rpc.call("get") == {"result": result}


@pytest.mark.parametrize(
    "answer",
    ["", "<html>", "[]", "7", "null", '{"id": 1}', '{"id": 1, "error": "text"}', '{"id": 1, "error": null}'],
)
@pytest.mark.parametrize(("method", "kind"), [("get", ProtocolError), ("set", Uncertain), ("auth", ProtocolError)])
def test_what_is_no_reply_is_an_error_and_after_a_write_a_doubt(
    wire: Wire, method: str, kind: type[PostmasterError], answer: str
) -> None:
    wire.answer = lambda request: answer
    with pytest.raises(kind) as caught:
        (wire.rpc.session_call if method == "auth" else wire.rpc.call)(method, {})
    assert caught.value.method == method
    assert caught.value.retryable


@pytest.mark.parametrize(("reply_id", "kind"), [(None, ServerRefusal), (999, ProtocolError)])
def test_an_error_may_have_lost_its_id_but_not_have_another_one(
    wire: Wire, reply_id: int | None, kind: type[PostmasterError]
) -> None:
    wire.answer = lambda request: {"id": reply_id, "error": {"code": 5, "message": "no"}}
    with pytest.raises(kind):
        wire.rpc.call("get")


def test_a_result_without_an_id_belongs_to_nobody(wire: Wire) -> None:
    wire.answer = lambda request: {"id": None, "result": {}}
    with pytest.raises(ProtocolError, match="the reply to another call"):
        wire.rpc.call("get")


# Errors.


@pytest.mark.parametrize(
    ("member", "code", "message", "data"),
    [
        ({"code": 5, "message": "no"}, 5, "no", {}),
        ({"code": 5, "message": "no", "data": {"host": "h", "txt": "t"}}, 5, "no", {"host": "h", "txt": "t"}),
        ({"code": 5, "message": "no", "data": None}, 5, "no", {}),
        ({"code": 5, "message": "no", "data": "text"}, 5, "no", {}),
        ({"code": 5, "message": "no", "data": []}, 5, "no", {}),
        ({"code": "5", "message": "no"}, 0, "no", {}),
        ({}, 0, "no reason given", {}),
        ({"code": 5, "message": None}, 5, "no reason given", {}),
        ({"code": 5, "message": ""}, 5, "no reason given", {}),
        ({"code": 5, "message": f"not {SECRET}"}, 5, "not ********", {}),
    ],
)
def test_errors_are_read_tolerantly(member: dict[str, Any], code: int, message: str, data: dict[str, Any]) -> None:
    redactor = Redactor()
    redactor.learn(SECRET)
    assert rpc_error(member, redactor.text) == RpcError(code, message, data)


@pytest.mark.parametrize("inside", [True, False])
def test_placeholders_are_filled_in(inside: bool) -> None:
    parameters = {"messageParameters": {"positionalParameters": ["ann", SECRET], "plurality": 1}}
    member = {"code": 5, "message": "%1 has %2 and %3", **({"data": parameters} if inside else parameters)}
    redactor = Redactor()
    redactor.learn(SECRET)
    assert rpc_error(member, redactor.text).message == "ann has ******** and %3"


# Sessions.


def _until(wire: Wire, refusals: int, code: int = OVER) -> None:
    left = [refusals]

    def answer(request: dict[str, Any]) -> Any:
        left[0] -= 1
        refused = {"error": {"code": code, "message": "over"}}
        return {"id": request["id"], **(refused if left[0] >= 0 else {"result": {"a": 1}})}

    wire.answer = answer


@pytest.mark.parametrize("method", ["get", "set"])
def test_an_expired_session_is_renewed_once(wire: Wire, method: str) -> None:
    _until(wire, 1)
    assert wire.rpc.call(method) == {"a": 1}
    assert wire.methods == [method, method]
    assert wire.http.usage.logins == 2


def test_a_second_refusal_is_the_error(wire: Wire) -> None:
    _until(wire, 2)
    with pytest.raises(ServerRefusal) as caught:
        wire.rpc.call("get")
    assert caught.value.code == OVER
    assert len(wire.requests) == 2


def test_other_errors_renew_nothing(wire: Wire) -> None:
    _until(wire, 1, code=5)
    with pytest.raises(ServerRefusal):
        wire.rpc.call("get")
    assert wire.http.usage.logins == 1


def _sign_in(wire: Wire, password: str = SECRET) -> dict[str, Any]:
    return sign_in(wire.rpc, "auth", {"user": "ann", "pass": password}, "ann", password, ", and think")


def test_a_refused_login_says_who_and_what_to_do_and_is_not_tried_again(wire: Wire) -> None:
    _until(wire, 99, code=2)
    for again in (False, True):
        with pytest.raises(LoginRefused) as caught:
            _sign_in(wire)
        message = str(caught.value)
        assert "The server at https://server.example refused the login of 'ann': over (code 2)" in message
        assert "check api_username and api_password, and think" in message
        assert ("not tried again" in message) is again
        assert SECRET not in message
        assert not caught.value.retryable
    assert wire.methods == ["auth"]
    with pytest.raises(LoginRefused) as caught:
        _sign_in(wire, "another one")
    assert "not tried again" not in str(caught.value), "other credentials are not to blame"
    assert wire.methods == ["auth", "auth"]


def test_a_login_that_gets_no_answer_was_not_refused(wire: Wire) -> None:
    wire.answer = lambda request: ""
    with pytest.raises(ProtocolError):
        _sign_in(wire)
    wire.answer = lambda request: {"id": request["id"], "result": {"session": "s"}}
    assert _sign_in(wire) == {"session": "s"}


def _session(wire: Wire, work: Callable[[JsonRpc], None]) -> None:
    clients: list[JsonRpc] = []

    def login(rpc: JsonRpc, username: str, password: str) -> None:
        assert (username, password) == ("ann", SECRET)
        rpc.headers["Session"] = str(sign_in(rpc, "auth", {}, username, password, "")["session"])

    def gateway(rpc: JsonRpc) -> MemoryGateway:
        clients.append(rpc)
        return MemoryGateway()

    options = {"api_username": "ann", "api_password": SECRET}
    with rpc_session(wire.http.target, options, protocol(), login, "deauth", gateway) as session:
        assert session.http.redactor.text(SECRET) == "********"
        session.make_gateway()
        work(clients[0])


def test_a_session_that_nobody_used_is_neither_opened_nor_closed(wire: Wire) -> None:
    _session(wire, lambda rpc: None)
    assert wire.methods == []


def test_a_session_is_opened_by_the_first_call_and_closed_at_the_end(wire: Wire) -> None:
    wire.answer = lambda request: {"id": request["id"], "result": {"session": "s"}}

    def work(rpc: JsonRpc) -> None:
        rpc.call("get")
        rpc.call("get")

    _session(wire, work)
    assert wire.methods == ["auth", "get", "get", "deauth"]
    assert [headers.get("Session") for headers in wire.headers] == [None, "s", "s", "s"]


def test_a_session_is_closed_after_a_failure_whatever_the_logout_says(wire: Wire) -> None:
    def answer(request: dict[str, Any]) -> Any:
        return "" if request["method"] == "deauth" else {"id": request["id"], "result": {"session": "s"}}

    def work(rpc: JsonRpc) -> None:
        rpc.call("get")
        raise ServerRefusal("the work went wrong")

    wire.answer = answer
    with pytest.raises(ServerRefusal, match="the work went wrong"):
        _session(wire, work)
    assert wire.methods == ["auth", "get", "deauth"]


# The real ones.


def test_every_call_of_every_system_has_parameters(rpc: Trial) -> None:
    for what in (CREATE, UPDATE):
        rpc.do(what)
    assert rpc.info().get("failed") is None
    assert len(rpc.sim.requests) > 6
    for record in rpc.sim.requests:
        assert isinstance(record.params, dict) or record.call == "batch", record.call
