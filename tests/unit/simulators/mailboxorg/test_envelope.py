# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests as working clients send them, lists of calls, and what the log notes of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import Client


def world(call_id: Any = "1", **members: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "method": "hello.world", "params": {}, "id": call_id, **members}


@pytest.mark.parametrize("params", [{}, [], "", None])
def test_no_parameters_in_every_form(anybody: Client, params: Any) -> None:
    assert anybody.post(world(params=params)).json()["result"] == "Hello World!"


def test_parameters_may_be_missing(anybody: Client) -> None:
    assert anybody.post({"method": "hello.world", "id": 1}).json()["result"] == "Hello World!"


@pytest.mark.parametrize("params", ["text", [1], 5])
def test_parameters_that_are_none_are_refused(anybody: Client, params: Any) -> None:
    assert "error" in anybody.post(world(params=params)).json()


@pytest.mark.parametrize("call_id", ["1", 1, "", None, 0])
def test_id_comes_back_with_its_type(anybody: Client, call_id: Any) -> None:
    answer = anybody.post(world(call_id)).json()
    assert repr(answer["id"]) == repr(call_id)
    failed = anybody.post({"method": "no.such", "id": call_id}).json()
    assert repr(failed["id"]) == repr(call_id)


@pytest.mark.parametrize("path", ["/v1/", "/v1"])
@pytest.mark.parametrize("kind", ["application/json", "text/json", "application/x-www-form-urlencoded", ""])
def test_any_content_type_with_and_without_slash(anybody: Client, path: str, kind: str) -> None:
    assert anybody.post(world(), path, headers={"Content-Type": kind}).json()["result"] == "Hello World!"


def test_other_paths_and_other_http_methods(anybody: Client) -> None:
    assert anybody.post(world(), "/v2/").status_code == 404
    assert anybody.http.get(anybody.server.url + "/v1/").status_code == 405


@pytest.mark.parametrize("body", ["no json", "5", '"text"', "[]", '{"id": 1}', '{"id": 1, "method": 5}'])
def test_what_is_no_call(anybody: Client, body: str) -> None:
    answer = anybody.http.post(f"{anybody.server.url}/v1/", data=body)
    assert answer.status_code == 200
    assert answer.json()["error"]["code"] > 90000


def test_errors_come_with_status_200_unless_the_switch_says_otherwise(anybody: Client) -> None:
    wrong = {"method": "auth", "params": {"user": "example", "pass": "wrong"}, "id": "1"}
    answer = anybody.post(wrong)
    assert answer.status_code == 200
    assert answer.json() == {"jsonrpc": "2.0", "error": {"code": 2, "message": "Access denied"}, "id": "1"}
    anybody.server.settings.error_http_status = 401
    assert anybody.post(wrong).status_code == 401
    assert anybody.post(world()).status_code == 200


def test_both_members_by_switch(anybody: Client) -> None:
    anybody.server.settings.null_members = True
    assert anybody.post(world()).json()["error"] is None
    answer = anybody.post({"method": "no.such", "id": "1"}).json()
    assert "result" in answer
    assert answer["result"] is None


def test_messages_in_german_by_switch(anybody: Client) -> None:
    anybody.server.settings.message_language = "de"
    wrong = {"method": "auth", "params": {"user": "example", "pass": "wrong"}, "id": "1"}
    assert anybody.post(wrong).json()["error"] == {"code": 2, "message": "Zugriff verweigert"}


# Lists of calls


def get_domain(call_id: Any, domain: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "method": "domain.get", "params": {"domain": domain}, "id": call_id}


def test_each_call_of_a_list_is_answered(account: Client) -> None:
    calls: list[Any] = [get_domain("1", "example.com"), get_domain(2, "nowhere.example"), world("3"), "nonsense"]
    answers = account.post(calls).json()
    assert [answer["id"] for answer in answers] == ["1", 2, "3", None]
    assert answers[0]["result"]["domain"] == "example.com"
    assert "error" in answers[1]
    assert answers[2]["result"] == "Hello World!"
    assert "error" in answers[3]


def test_answers_may_come_in_another_order(account: Client) -> None:
    account.server.settings.batch = "reversed"
    assert [answer["id"] for answer in account.post([world("1"), world("2")]).json()] == ["2", "1"]


def test_lists_may_be_limited_or_unsupported(account: Client) -> None:
    account.server.settings.batch_limit = 2
    assert len(account.post([world(), world()]).json()) == 2
    assert account.post([world(), world(), world()]).json()["error"]["code"] > 90000
    account.server.settings.batch = "unsupported"
    write = {"method": "domain.set", "params": {"domain": "example.com", "memo": "new"}, "id": "1"}
    assert account.post([write]).json()["error"]["code"] > 90000
    assert account.server.store.domain("example.com").memo == "Head office"


def test_calls_of_a_list_are_carried_out_in_order(account: Client) -> None:
    calls = [
        {"method": "domain.set", "params": {"domain": "example.com", "memo": memo}, "id": memo} for memo in ("a", "b")
    ]
    account.post(calls)
    assert account.server.store.domain("example.com").memo == "b"


def test_calls_without_id_are_not_answered(account: Client) -> None:
    write = {"method": "domain.set", "params": {"domain": "example.com", "memo": "new"}}
    assert account.post(write).content == b""
    assert account.server.store.domain("example.com").memo == "new"
    assert [answer["id"] for answer in account.post([write, world("2")]).json()] == ["2"]
    assert account.post([write]).content == b""
    account.server.settings.notifications = "answer"
    assert account.post(write).json()["id"] is None


# The log


def test_log_names_calls_and_writes(account: Client) -> None:
    write = {"method": "domain.set", "params": {"domain": "example.com", "memo": "new"}, "id": "1"}
    account.post(write)
    account.post([write, world()])
    account.call("deauth")
    log = [(record.call, record.is_write, record.batched) for record in account.server.requests]
    assert log == [
        ("auth", False, False),
        ("domain.set", True, False),
        ("batch", False, False),
        ("domain.set", True, True),
        ("hello.world", False, True),
        ("deauth", False, False),
    ]
    first, last = account.server.requests[0], account.server.requests[-1]
    assert (first.login, first.logout, last.login, last.logout) == (True, False, False, True)
    assert account.server.writes[1].params == write["params"]
    assert account.server.writes[1].processed


def test_log_copes_with_anything(anybody: Client) -> None:
    for body in (5, None, [5], {"method": 5}):
        anybody.post(body)
    assert [record.call for record in anybody.server.requests if record.batched is False] == ["", "", "batch", "5"]
