# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes of requests and replies that nobody has seen, and the ways in which servers say no.

Whatever a server plausibly answers, each change is carried out once, or fails and says so (kerio_operator.md 1.5, 3.2).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

CAROL: dict[str, Any] = {"name": "carol", "password": "Carol-1-secret"}
PASSWORD = "S1p-secret-1"
# Each plausible answer of the simulator, by switch.
ANSWERS: Mapping[str, tuple[Any, ...]] = {
    "set_reply": ("errors", "empty", "null", "true", "result"),
    "remove_reply": ("errors", "empty", "null", "true", "result"),
    "create_reply": ("inner", "flat", "group_only"),
    "user_create_reply": ("result_id", "id", "GUID", "guid", "userGuid", "empty"),
    "remove_params": ("guids", "guid"),
    "users_set_params": ("guids", "guid"),
    "users_remove_params": ("guids", "guid"),
    "unknown_member": ("ignore", "refuse"),
    "other_fields": ("accept", "refuse", "ignore"),
    "extension_entries": ("merge", "replace"),
    "entry_by_number": ("resolve", "refuse", "ignore"),
    "number_order": ("text", "number"),
    "create_errors": ("top_level", "per_item"),
    "item_errors": ("per_item", "top_level"),
    "error_codes": ("sibling", "generic"),
    "error_http_status": ("always_200", "idl"),
    "logout_result": ("redirect", "empty"),
    "extra_members": (False, True),
    "batch": (False, True),
}


def server(number: int) -> dict[str, Any]:
    """The switches of one of several servers, among which every answer occurs."""
    return {name: answers[number % len(answers)] for name, answers in ANSWERS.items()}


@pytest.fixture(params=range(max(map(len, ANSWERS.values()))))
def switched(request: pytest.FixtureRequest, operator: Bench) -> Bench:
    for name, value in server(request.param).items():
        assert hasattr(operator.sim.settings, name)
        setattr(operator.sim.settings, name, value)
    return operator


def state(operator: Bench) -> Any:
    """What the server holds."""
    return copy.deepcopy((operator.store.extensions, operator.store.users))


def test_an_extension_lives_through_every_answer(switched: Bench) -> None:
    lines = [{"sip_username": "200", "sip_password": PASSWORD}, {"sip_username": "200m", "sip_password": PASSWORD}]
    steps: list[dict[str, Any]] = [
        {"number": "200", "sip_password": PASSWORD, "description": "Desk", "user": "alice"},
        {"number": "200", "description": "Front desk", "sip_username": "200", "user": ""},
        {"number": "200", "lines": lines, "update_password": "on_change"},
        {"number": "200", "lines": lines[1:], "prune_lines": True},
        {"number": "200", "state": "absent"},
    ]
    for wish in steps:
        assert switched.predicted("extension", **wish)["changed"] is True
        assert switched.predicted("extension", **wish)["changed"] is False
    assert not switched.store.is_taken("200")
    assert {row["telNum"] for row in switched.store.extensions.values()} == {"100", "101", "102"}
    assert [user["USERNAME"] for user in switched.store.users.values()] == ["Admin", "alice", "bob"]


def test_a_user_lives_through_every_answer(switched: Bench) -> None:
    steps: list[dict[str, Any]] = [
        {**CAROL, "pin": "1234", "extensions": [{"number": "100", "ring_timeout": 9}]},
        {"name": "carol", "full_name": "Carol", "enabled": False},
        {"name": "carol", "extensions": [{"number": "102"}]},
        {"name": "carol", "extensions": [{"number": "102"}], "prune_extensions": True},
        {"name": "carol", "state": "absent", "allow_mail_loss": True},
    ]
    for wish in steps:
        assert switched.predicted("user", **wish)["changed"] is True
        assert switched.predicted("user", **wish)["changed"] is False
    assert [user["USERNAME"] for user in switched.store.users.values()] == ["Admin", "alice", "bob"]
    assert switched.store.user("alice")["USER_PASSWORD"] == "alice-1-Secret"
    assert switched.store.numbers_of("alice") == ["101"]


def test_a_document_lives_through_every_answer(switched: Bench) -> None:
    switched.store.add_extension("390")
    document: dict[str, Any] = {
        "users": [{**CAROL, "extensions": [{"number": "200"}]}, {"name": "alice", "full_name": "A."}],
        "extensions": [
            {"number": "200", "sip_password": PASSWORD},
            {"sip_username": "door", "sip_password": PASSWORD, "user": "carol"},
            {"number": "390", "state": "absent"},
        ],
    }
    result = switched.predicted_config(document)
    assert result["summary"] == {"created": 3, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0}
    assert sorted(switched.store.numbers_of("carol")) == ["103", "200"]
    assert switched.predicted_config(document)["changed"] is False


# How objects are named in a request.


@pytest.mark.parametrize(
    ("switch", "method", "kind", "wish"),
    [
        ("remove_params", "Extensions.remove", "extension", {"number": "101", "state": "absent"}),
        ("users_remove_params", "Users.remove", "user", {"name": "alice", "state": "absent", "allow_mail_loss": True}),
        ("users_set_params", "Users.set", "user", {"name": "alice", "full_name": "A."}),
    ],
)
def test_the_form_that_resembles_known_calls_is_tried_first_and_another_only_when_it_is_refused(
    operator: Bench, switch: str, method: str, kind: str, wish: dict[str, Any]
) -> None:
    before = operator.store.snapshot()
    done(operator.object(kind, **wish))
    assert [record.call for record in operator.sim.writes] == [method]
    assert "guids" in operator.sim.writes[0].params
    operator.store.restore(before)
    operator.forget_requests()
    setattr(operator.sim.settings, switch, "guid")
    done(operator.object(kind, **wish))
    assert ["guids" in record.params for record in operator.sim.writes] == [True, False]
    assert {record.call for record in operator.sim.writes} == {method}


@pytest.mark.parametrize(
    ("switch", "kind", "wish"),
    [
        ("remove_params", "extension", {"number": "101", "state": "absent"}),
        ("remove_params", "extension", {"number": "102", "state": "absent"}),
        (
            "remove_params",
            "extension",
            {"number": "102", "lines": [{"sip_username": "102"}], "prune_lines": True},
        ),
        ("users_remove_params", "user", {"name": "alice", "state": "absent", "allow_mail_loss": True}),
    ],
)
def test_a_server_that_takes_no_form_is_told_of_with_its_first_reason(
    operator: Bench, switch: str, kind: str, wish: dict[str, Any]
) -> None:
    setattr(operator.sim.settings, switch, "ids")
    before = state(operator)
    result = operator.object(kind, **wish)
    refused(result, "Invalid params")
    assert result["failure"]["code"] == -32602
    assert state(operator) == before
    document = {f"{kind}s": [{name: value for name, value in wish.items() if name != "allow_mail_loss"}]}
    result = operator.config(document, **({"allow_mail_loss": True} if kind == "user" else {}))
    refused(result, "Invalid params")
    assert result["summary"]["failed"] == 1


def test_a_form_that_the_server_takes_and_does_nothing_with_is_found_out(
    operator: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to a form that a server does not know may as well be that all is well."""
    for module in ("extensions", "users"):
        monkeypatch.setattr(f"tests.simulators.kerio_operator.{module}._remove_one", lambda *_: None)
    for kind, wish in (
        ("extension", {"number": "101", "state": "absent"}),
        ("user", {"name": "alice", "state": "absent", "allow_mail_loss": True}),
    ):
        result = operator.object(kind, **wish)
        assert result.get("failed") or result.get("pending"), result
        assert operator.waits, "it was looked for whether it goes later"


def test_a_line_that_is_confirmed_to_be_deleted_and_stays_is_an_error(
    operator: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.simulators.kerio_operator.extensions._remove_one", lambda *_: None)
    result = operator.object("extension", number="102", lines=[{"sip_username": "102"}], prune_lines=True)
    assert result["failed"]
    assert result["changed"] is True
    assert "lines" in result["msg"]


@pytest.mark.parametrize("fault", [{"kind": "drop_after"}, {"kind": "html", "processed": True}, {"kind": "truncated"}])
def test_a_removal_of_unknown_fate_is_not_tried_in_another_form(operator: Bench, fault: dict[str, Any]) -> None:
    """A second form would meet an object that is gone, or one that took its id."""
    for kind, wish in (
        ("extension", {"number": "101", "state": "absent"}),
        ("user", {"name": "alice", "state": "absent", "allow_mail_loss": True}),
    ):
        operator.forget_requests()
        operator.sim.faults.add(Fault(call=f"{kind.title()}s.remove", **fault))
        assert done(operator.object(kind, **wish))["changed"] is True
        assert len(operator.sim.writes) == 1


# How servers say no.


@pytest.mark.parametrize("codes", ["sibling", "generic"])
@pytest.mark.parametrize("creates", ["top_level", "per_item"])
@pytest.mark.parametrize("items", ["per_item", "top_level"])
def test_a_refusal_is_one_wherever_it_stands(operator: Bench, codes: Any, creates: Any, items: Any) -> None:
    settings = operator.sim.settings
    settings.error_codes, settings.create_errors, settings.item_errors = codes, creates, items
    settings.assigned_extension, settings.password_policy = "refuse", True
    before = state(operator)
    for kind, wish, words in (
        ("extension", {"number": "200", "sip_username": "101", "sip_password": PASSWORD}, ["already exists"]),
        ("extension", {"number": "101", "sip_username": "102"}, ["already exists"]),
        ("user", {"name": "carol", "password": "weak"}, ["special character"]),
        ("user", {"name": "alice", "password": "weak", "update_password": "always"}, ["special character"]),
        ("user", {"name": "alice", "extensions": [{"number": "102"}]}, ["102 belongs to another user"]),
        ("user", {"name": "Admin", "state": "absent", "allow_mail_loss": True, "force": True}, ["in use"]),
    ):
        result = operator.object(kind, **wish)
        refused(result, *words, "Kerio Operator refused")
        assert "%1" not in result["msg"]
        assert isinstance(result["failure"]["code"], int)
        assert result["failure"]["method"].startswith(f"{kind.title()}s.")
    assert state(operator) == before


@pytest.mark.parametrize("method", ["Extensions.create", "Extensions.set", "Extensions.remove"])
@pytest.mark.parametrize("code", [-32700, -32600, -32601, -32602, 1000, 1003, 8001, 8002])
def test_every_code_is_told_and_nothing_is_changed(operator: Bench, method: str, code: int) -> None:
    wishes: dict[str, dict[str, Any]] = {
        "Extensions.create": {"number": "200", "sip_password": PASSWORD},
        "Extensions.set": {"number": "101", "description": "x"},
        "Extensions.remove": {"number": "101", "state": "absent"},
    }
    before = state(operator)
    operator.sim.faults.add(Fault("rpc_error", method, times=9, code=code, message="Because."))
    result = operator.object("extension", **wishes[method])
    refused(result, "Because.", method, str(code))
    assert result["failure"]["code"] == code
    assert state(operator) == before


def test_an_internal_error_after_a_write_is_looked_after(operator: Bench) -> None:
    code = -32603
    operator.sim.faults.add(
        Fault("rpc_error", "Extensions.create", code=code, processed=True),
        Fault("rpc_error", "Users.create", code=code, processed=False),
    )
    assert done(operator.object("extension", number="200", sip_password=PASSWORD))["changed"] is True
    assert done(operator.object("user", **CAROL))["changed"] is True
    calls = [record.call for record in operator.sim.writes]
    assert calls == ["Extensions.create", "Users.create", "Users.create"]


@pytest.mark.parametrize("codes", ["sibling", "generic"])
def test_an_object_that_is_gone_when_it_is_to_be_deleted_is_absent_as_wished(operator: Bench, codes: Any) -> None:
    operator.sim.settings.error_codes = codes
    extension, alice = operator.store.extension("100")["guid"], operator.store.user("alice")["GUID"]
    operator.before("Extensions.remove", lambda: operator.store.extensions.pop(extension))
    assert done(operator.object("extension", number="100", state="absent"))["changed"] is False
    operator.before("Users.remove", lambda: operator.store.users.pop(alice))
    result = operator.object("user", name="alice", state="absent", allow_mail_loss=True)
    assert done(result)["changed"] is False


@pytest.mark.parametrize(
    "error", [{"message": "No."}, {"code": "1000", "message": "No."}, {"inputIndex": 0, "code": 9}]
)
def test_an_error_of_an_item_without_a_proper_code_is_an_error(
    operator: Bench, error: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.simulators.kerio_operator.users.replies.done", lambda *_: {"errors": [error]})
    monkeypatch.setattr("tests.simulators.kerio_operator.users._set_one", lambda *_: None)
    result = operator.object("user", name="alice", full_name="A.")
    refused(result, "Users.set", error.get("message", "no reason given"))
