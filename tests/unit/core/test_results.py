# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task returns: exact predictions, honest failures, and no more than is needed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import ServerRefusal, Uncertain, Unreachable
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import PERSON, TOWN
from tests.unit.core.tasks import config, task

SECRET = "canary-Passw0rd"
ANN = {"address": "ann@example.com", "password": SECRET}


@pytest.fixture
def gateway() -> MemoryGateway:
    found = MemoryGateway()
    found.put(TOWN, name="example.com")
    for name in ("bob", "eve", "zoe"):
        found.put(PERSON, address=f"{name}@example.com", full_name=name.title(), tags=["a"])
    return found


def one(gateway: MemoryGateway, options: dict[str, Any], *, check: bool = False, verbosity: int = 0) -> dict[str, Any]:
    return task(gateway, PERSON, options, check=check, verbosity=verbosity)


def _people(count: int, **options: Any) -> list[dict[str, Any]]:
    return [{"address": f"p{number}@example.com", **options} for number in range(count)]


@pytest.mark.parametrize(
    "options",
    [
        {**ANN, "tags": ["b", "a"]},
        {"address": "BOB@example.com", "full_name": "Bobby", "tags": []},
        {"address": "bob@example.com", "full_name": "Bob"},
        {"address": "bob@example.com", "state": "absent", "allow_mail_loss": True},
        {"address": "nobody@example.com", "state": "absent"},
    ],
)
def test_check_mode_predicts_the_result_of_one_object(gateway: MemoryGateway, options: dict[str, Any]) -> None:
    predicted = one(gateway, options, check=True)
    assert gateway.count("create", "update", "delete") == 0
    actual = one(gateway, options)
    if predicted["person"] is not None and predicted["person"]["id"] is None:
        assert actual["person"]["id"] > 0
        actual["person"]["id"] = None
    assert actual == predicted
    again = one(gateway, options)
    assert again["changed"] is False
    assert "diff" not in again


def test_check_mode_predicts_a_whole_document(gateway: MemoryGateway) -> None:
    document = {
        "towns": [{"name": "new.example"}],
        "people": [
            {**ANN, "tags": ["b"]},
            {"address": "bob@example.com", "full_name": "Bobby"},
            {"address": "eve@example.com", "full_name": "Eve"},
            {"address": "kim@new.example", "password": SECRET},
        ],
    }
    behaviour: dict[str, Any] = {"prune": ["people"], "allow_mail_loss": True}
    predicted = config(gateway, document, check=True, **behaviour)
    assert predicted["summary"] == {"created": 3, "updated": 1, "deleted": 1, "unchanged": 1, "failed": 0}
    actual = config(gateway, document, **behaviour)
    assert [line.pop("status") for line in predicted["results"]] == ["planned"] * 5
    assert [line.pop("status") for line in actual["results"]] == ["done"] * 5
    assert actual == predicted
    assert config(gateway, document, **behaviour)["summary"] == {
        "created": 0,
        "updated": 0,
        "deleted": 0,
        "unchanged": 5,
        "failed": 0,
    }


def test_unchanged_objects_are_only_counted(gateway: MemoryGateway) -> None:
    for person in _people(1000, full_name="x"):
        gateway.put(PERSON, **person)
    document = {"people": [*_people(1000, full_name="x"), {"address": "bob@example.com", "full_name": "Bobby"}]}
    result = config(gateway, document)
    assert result["summary"]["unchanged"] == 1000
    assert [line["object"] for line in result["results"]] == ["person bob@example.com"]
    assert len(result["diff"]) == 1
    assert len(json.dumps(result)) < 1000


def test_a_change_is_listed_with_no_more_than_is_needed(gateway: MemoryGateway) -> None:
    result = config(gateway, {"people": [{"address": "bob@example.com", "full_name": "Bobby", "tags": ["a"]}]})
    assert result["results"] == [
        {"object": "person bob@example.com", "action": "update", "status": "done", "changes": ["full_name"]}
    ]
    assert set(result) == {"changed", "summary", "results", "diff"}


def test_no_result_holds_a_secret(gateway: MemoryGateway) -> None:
    gateway.on("update", ServerRefusal("no"))
    results = [
        one(gateway, {**ANN, "update_password": "always"}, check=True, verbosity=4),
        one(gateway, ANN, verbosity=4),
        one(gateway, {**ANN, "update_password": "always"}, verbosity=4),
        config(gateway, {"people": [{**ANN, "update_password": "always"}, {**ANN, "address": "kim@example.com"}]}),
    ]
    assert results[2]["failed"]
    assert SECRET not in json.dumps(results)


def test_a_partial_failure_lists_what_was_done_and_what_was_not(gateway: MemoryGateway) -> None:
    gateway.on("update")
    gateway.on("update", ServerRefusal("the server said no", method="People.set", code=17))
    document = {"people": [{"address": f"{name}@example.com", "full_name": "x"} for name in ("bob", "eve", "zoe")]}
    result = config(gateway, document)
    assert result["failed"]
    assert result["changed"]
    assert [(line["object"][7:10], line["status"]) for line in result["results"]] == [
        ("bob", "done"),
        ("eve", "failed"),
        ("zoe", "not_done"),
    ]
    assert result["results"][1]["error"] == "the server said no"
    assert result["summary"] == {"created": 0, "updated": 1, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "eve@example.com" in result["msg"]
    assert "the server said no" in result["msg"]
    assert "1 were made and 1 were not tried" in result["msg"]
    assert result["failure"] == {
        "system": "memory",
        "method": "People.set",
        "code": 17,
        "message": "the server said no",
        "object": "person eve@example.com",
        "retryable": False,
    }
    again = config(gateway, document)
    assert again["summary"] == {"created": 0, "updated": 2, "deleted": 0, "unchanged": 1, "failed": 0}


def test_a_document_of_which_nothing_was_done_is_no_change(gateway: MemoryGateway) -> None:
    gateway.on("update", ServerRefusal("no"))
    result = config(gateway, {"people": [{"address": "bob@example.com", "full_name": "x"}, ANN]})
    assert result["failed"]
    assert result["changed"] is False
    assert result["summary"] == {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "0 were made and 1 were not tried" in result["msg"]


@pytest.mark.parametrize(
    ("error", "processed", "changed", "failed"),
    [
        (ServerRefusal("no"), False, False, True),
        (Unreachable("no route"), False, False, True),
        (Uncertain("broken"), True, True, False),
        (Uncertain("broken"), False, True, False),
    ],
)
def test_changed_is_honest_about_one_object(
    gateway: MemoryGateway, error: Any, processed: bool, changed: bool, failed: bool
) -> None:
    gateway.on("create", error, processed=processed)
    result = one(gateway, ANN)
    assert (result["changed"], result.get("failed", False)) == (changed, failed)
    if failed:
        assert result["failure"]["system"] == "memory"
        assert result["failure"]["object"] == "person ann@example.com"


def test_a_failure_before_any_plan_changes_nothing(gateway: MemoryGateway) -> None:
    gateway.on("read", Unreachable("no route"))
    result = one(gateway, ANN)
    assert (result["failed"], result["changed"]) == (True, False)
    gateway.on("read_all", Unreachable("no route"))
    result = config(gateway, {"people": [ANN]}, prune=["people"], allow_mail_loss=True)
    assert (result["failed"], result["changed"]) == (True, False)
    assert gateway.count("create", "update", "delete") == 0


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("document", "behaviour", "message"),
    [
        (
            {"people": [ANN, {"address": "ANN@example.com"}]},
            {},
            "config.people[1]: describes",
        ),
        ({"people": [ANN]}, {"scope": {"domains": ["example.org"]}}, "config.people[0]: person ann@example.com is out"),
        ({"towns": []}, {"prune": ["people"]}, "prune: the document has no people"),
        ({"people": [{**ANN, "quota": "512"}]}, {}, "config.people[0].quota: '512' is not a size"),
        ({"people": [ANN]}, {"scope": {"domains": ["not a domain"]}}, "scope.domains: 'not a domain' is not a domain"),
    ],
)
def test_bad_input_is_refused_before_the_first_call(
    gateway: MemoryGateway, check: bool, document: dict[str, Any], behaviour: dict[str, Any], message: str
) -> None:
    result = config(gateway, document, check=check, **behaviour)
    assert result["failed"]
    assert result["msg"].startswith(message)
    assert gateway.calls == []


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ({}, "destroys its mail; set allow_mail_loss"),
        ({"allow_mail_loss": True, "max_deletions": 2}, "pruning would delete 3 objects"),
    ],
)
def test_guards_speak_in_check_mode_too_and_nothing_was_changed(
    gateway: MemoryGateway, check: bool, behaviour: dict[str, Any], message: str
) -> None:
    result = config(gateway, {"people": [ANN]}, check=check, prune=["people"], **behaviour)
    assert result["failed"]
    assert not result["changed"]
    assert message in result["msg"]
    assert gateway.count("create", "update", "delete") == 0


def test_a_missing_parent_is_assumed_in_check_mode_only(gateway: MemoryGateway) -> None:
    document = {"people": [{"address": f"{name}@new.example", "password": SECRET} for name in ("ann", "bob")]}
    predicted = config(gateway, document, check=True)
    assert predicted["assumed"] == ["town new.example"]
    assert len(predicted["warnings"]) == 1
    assert predicted["summary"]["created"] == 2
    result = config(gateway, document)
    assert result["failed"]
    assert "town 'new.example' does not exist" in result["msg"]
    assert gateway.count("create") == 0


def test_each_list_is_read_once_and_once_more_after_writes(gateway: MemoryGateway) -> None:
    document = {"people": [{"address": f"{name}@example.com", "full_name": "x"} for name in ("bob", "eve")]}
    config(gateway, document)
    assert gateway.count("read_all") == 2
    assert gateway.count("read") == 0
    gateway.calls.clear()
    config(gateway, document)
    assert gateway.count("read_all") == 1
    assert gateway.calls == [("read_all", "people")]


def test_one_object_is_read_once_and_once_more_after_a_write(gateway: MemoryGateway) -> None:
    one(gateway, {"address": "bob@example.com", "full_name": "x"})
    assert [call for call, _label in gateway.calls] == ["read", "update", "read"]
    gateway.calls.clear()
    one(gateway, {"address": "bob@example.com", "full_name": "x"})
    assert [call for call, _label in gateway.calls] == ["read"]


def test_what_it_cost_is_told_to_those_who_ask(gateway: MemoryGateway) -> None:
    assert "api" not in one(gateway, {"address": "bob@example.com"}, verbosity=2)
    assert set(one(gateway, {"address": "bob@example.com"}, verbosity=3)["api"]) == {
        "calls",
        "writes",
        "logins",
        "pages",
        "trace",
    }


def test_a_slow_deletion_is_pending_and_a_change(gateway: MemoryGateway) -> None:
    gateway.slow_deletion = 100
    result = one(gateway, {"address": "bob@example.com", "state": "absent", "allow_mail_loss": True})
    assert (result["changed"], result["pending"], result["person"]) == (True, True, None)
