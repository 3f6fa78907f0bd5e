# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelope, HTTP status, faults of JSON-RPC."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault, KerioConnect
from tests.unit.simulators.kerio_connect.client import ENDPOINT, Client, refused

# Envelope


@pytest.mark.parametrize("path", [ENDPOINT, f"{ENDPOINT}/"])
@pytest.mark.parametrize("content_type", ["application/json-rpc; charset=UTF-8", "text/plain", "", "no type at all"])
@pytest.mark.parametrize("params", [None, {}, [], "", "missing"])
def test_envelope_is_read_tolerantly(anybody: Client, path: str, content_type: str, params: Any) -> None:
    body = {"id": "Null", "method": "Version.getApiVersion", "params": params, "more": 1}
    if params == "missing":
        del body["params"]
    answer = anybody.post(body, path, headers={"Content-Type": content_type}).json()
    assert answer == {"jsonrpc": "2.0", "id": "Null", "result": {"apiVersion": 1}}


@pytest.mark.parametrize(
    ("data", "code"),
    [("{", -32700), ("", -32700), ("[]", -32600), ('{"id": 1}', -32600), ('{"id": 1, "method": "No.such"}', -32601)],
)
def test_broken_calls(anybody: Client, data: str, code: int) -> None:
    answer = anybody.http.post(anybody.server.url + ENDPOINT, data=data)
    assert answer.status_code == 200
    assert answer.json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("method", "status"), [("No.such", 404), ("Users.getMailboxCount", 500), ("Session.login", 500)]
)
def test_status_of_protocol_errors_can_follow_the_idl(anybody: Client, method: str, status: int) -> None:
    anybody.server.settings.error_http_status = "idl"
    answer = anybody.post({"id": 1, "method": method})
    assert answer.status_code == status
    assert "error" in answer.json()


def test_application_errors_keep_status_200(admin: Client) -> None:
    admin.server.settings.error_http_status = "idl"
    answer = admin.post({"id": 1, "method": "Users.get", "params": {"query": {}, "domainId": "keriodb://domain/no"}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (200, 1002)


def test_only_post_on_the_endpoint(anybody: Client) -> None:
    assert anybody.http.get(anybody.server.url + ENDPOINT).status_code == 405
    assert anybody.post({}, "/webmail/api/jsonrpc/").status_code == 404


def test_body_too_large(anybody: Client) -> None:
    anybody.server.settings.max_body_bytes = 100
    answer = anybody.post({"id": 1, "method": "Version.getApiVersion", "params": {"x": "y" * 100}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, 413)


# Faults that concern JSON-RPC


def test_session_expires_in_the_middle(admin: Client) -> None:
    admin.server.faults.add(Fault("expire_session", call="Users.set"))
    admin.get()
    with refused(-32001):
        admin.set_user("bob", fullName="B")
    assert admin.server.store.user("bob")["fullName"] == "Bob Example"
    assert admin.server.open_sessions == 0
    with refused(-32001):
        admin.get()


@pytest.mark.parametrize("processed", [False, True])
def test_injected_error(admin: Client, processed: bool) -> None:
    admin.server.faults.add(Fault("rpc_error", code=1000, message="Try later.", processed=processed))
    with refused(1000):
        admin.set_user("bob", fullName="B")
    assert (admin.server.store.user("bob")["fullName"] == "B") is processed
    assert admin.server.requests[-1].processed is processed


def test_injected_error_in_a_batch(admin: Client) -> None:
    admin.server.faults.add(Fault("rpc_error", call="Users.getMailboxCount", after=1, code=1000))
    answer = admin.call("Batch.run", {"commandList": [{"method": "Users.getMailboxCount"}] * 3})
    assert [item.keys() for item in answer] == [{"result"}, {"error"}, {"result"}]


def test_answer_to_another_call(admin: Client) -> None:
    admin.server.faults.add(Fault("wrong_id"))
    answer = admin.post({"jsonrpc": "2.0", "id": 5, "method": "Users.getMailboxCount"}).json()
    assert answer["id"] != 5
    assert "result" in answer


def test_replaced_result(admin: Client) -> None:
    admin.server.faults.add(Fault("replace_result", call="Users.set", result={"errors": []}))
    admin.server.faults.add(Fault("replace_result", call="Users.get", result=[]))
    admin.set_user("bob", fullName="B")
    assert admin.server.store.user("bob")["fullName"] == "B"
    answer = admin.post({"id": 1, "method": "Users.get", "params": {"query": {}, "domainId": "x"}}).json()
    assert answer["error"]["code"] == 1002, "a call that fails has no result to replace"


def test_fault_in_the_answer_of_a_login(anybody: Client) -> None:
    anybody.server.faults.add(Fault("rpc_error", call="Session.login", code=-32603))
    with refused(-32603):
        anybody.login()
    anybody.login()


def test_password_stays_the_same_over_a_reset(server: KerioConnect) -> None:
    before = server.environment
    server.reset()
    assert server.environment == before
    assert server.environment.keys() == {
        "KERIO_CONNECT_URL",
        "KERIO_CONNECT_USERNAME",
        "KERIO_CONNECT_PASSWORD",
        "KERIO_CONNECT_CA_PATH",
    }
