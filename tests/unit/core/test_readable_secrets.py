# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that tell secrets when they are asked: only asked for a comparison that a task wants, and never shown."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import Uncertain
from ansible_collections.postmaster.comms.plugins.module_utils._core.observe import observe, with_secrets
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import ALWAYS, ON_CHANGE, ON_CREATE, plan
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import PHONE, phone
from tests.unit.core.samples import PERSON, person
from tests.unit.core.tasks import config, info, lines, task

HELD, NEW = "canary-held-1", "canary-new-2"
ONE, TWO = {"number": "1"}, {"number": "2"}


@pytest.fixture
def gateway() -> MemoryGateway:
    """A phone with one line, one with two of which the second has no password, and a person."""
    found = MemoryGateway()
    found.put(PHONE, number="1", note="", login="desk", password=HELD)
    two = [{"login": "2a", "secured": False, "password": HELD}, {"login": "2b", "secured": False}]
    found.put(PHONE, number="2", note="", lines=two)
    found.put(PERSON, address="ann@example.com", full_name="Ann", password=HELD)
    return found


def _lines(a: str | None = None, b: str | None = None, **members: Any) -> list[dict[str, Any]]:
    return [
        {"login": login, **({} if password is None else {"password": password}), **members}
        for login, password in (("2a", a), ("2b", b))
    ]


@pytest.mark.parametrize(
    ("choice", "password", "changes"),
    [
        (ON_CHANGE, HELD, False),
        (ON_CHANGE, NEW, True),
        (ON_CHANGE, HELD.upper(), True),
        (ON_CREATE, NEW, False),
        (ALWAYS, HELD, True),
    ],
)
def test_a_password_is_sent_when_it_differs(gateway: MemoryGateway, choice: str, password: str, changes: bool) -> None:
    options = {**ONE, "password": password, "update_password": choice}
    predicted = task(gateway, PHONE, options, check=True)
    assert gateway.count("update") == 0
    assert task(gateway, PHONE, options) == predicted
    assert predicted["changed"] is changes
    assert predicted["changes"] == (["password"] if changes else [])
    assert (gateway.held(PHONE, "1") or {})["password"] == (password if changes else HELD)
    assert task(gateway, PHONE, options)["changed"] is (choice == ALWAYS)


@pytest.mark.parametrize(
    ("a", "b", "sent"),
    [
        (HELD, None, []),
        (NEW, None, ["2a"]),
        (None, NEW, ["2b"]),
        (NEW, NEW, ["2a", "2b"]),
        (HELD, NEW, ["2b"]),
        (None, None, []),
    ],
)
def test_passwords_inside_entries_are_compared_one_by_one(
    gateway: MemoryGateway, a: str | None, b: str | None, sent: list[str]
) -> None:
    """What the server does not tell (2b) counts as different."""
    options = {**TWO, "lines": _lines(a, b), "update_password": ON_CHANGE}
    result = task(gateway, PHONE, options)
    assert result["changed"] is bool(sent)
    passwords = [entry["login"] for write in gateway.sent for entry in write["lines"] if "password" in entry]
    assert passwords == sent
    assert task(gateway, PHONE, options)["changed"] is False


def test_only_the_entry_whose_password_differs_is_marked_in_the_diff(gateway: MemoryGateway) -> None:
    options = {**TWO, "lines": _lines(HELD, NEW), "update_password": ON_CHANGE}
    shown = task(gateway, PHONE, options, check=True)["diff"]
    assert shown["before"]["lines"] == [{"login": "2a"}, {"login": "2b", "password": "(not shown)"}]
    assert shown["after"]["lines"] == [{"login": "2a"}, {"login": "2b", "password": "(sent again)"}]


# Who asks, and when.


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("choice", [ON_CREATE, ALWAYS])
def test_nobody_asks_unless_a_comparison_is_chosen(gateway: MemoryGateway, choice: str, check: bool) -> None:
    task(gateway, PHONE, {**ONE, "password": NEW, "update_password": choice}, check=check)
    config(gateway, {"phones": [{**TWO, "lines": _lines(NEW, NEW)}]}, check=check, update_password=choice)
    assert gateway.count("secrets") == 0


@pytest.mark.parametrize(
    "options",
    [
        {**ONE, "note": "new"},
        {**TWO, "lines": _lines(secured=True)},
        {"number": "33", "password": NEW},
        {**ONE, "password": NEW, "state": "absent"},
        {"number": "33", "password": NEW, "state": "absent"},
    ],
)
def test_nobody_asks_where_there_is_nothing_to_compare(gateway: MemoryGateway, options: dict[str, Any]) -> None:
    assert not task(gateway, PHONE, {**options, "update_password": ON_CHANGE}).get("failed")
    assert gateway.count("secrets") == 0


def test_a_wish_for_absence_compares_nothing(gateway: MemoryGateway) -> None:
    wish = replace(phone("1", password=NEW, update_password=ON_CHANGE), present=False)
    assert observe(wish, gateway) == gateway.read(PHONE, ONE)
    assert gateway.count("secrets") == 0


def test_in_a_document_only_the_objects_are_asked_for_whose_entries_compare(gateway: MemoryGateway) -> None:
    document = {
        "phones": [
            {**ONE, "password": HELD},
            {**TWO, "lines": _lines(NEW), "update_password": ON_CREATE},
            {"number": "3", "password": NEW},
        ],
        "people": [{"address": "ann@example.com", "password": NEW}],
    }
    result = config(gateway, document, update_password=ON_CHANGE)
    assert [call for call in gateway.calls if call[0] == "secrets"] == [("secrets", "1")]
    assert lines(result) == [("phone 3", "create", "done")]


def test_pruned_objects_are_not_asked_for(gateway: MemoryGateway) -> None:
    result = config(gateway, {"phones": [ONE]}, update_password=ON_CHANGE, prune=["phones"])
    assert lines(result) == [("phone 2", "delete", "done")]
    assert gateway.count("secrets") == 0


def test_a_query_never_asks_and_never_tells(gateway: MemoryGateway) -> None:
    result = info(gateway)
    assert gateway.count("secrets") == 0
    assert "canary" not in json.dumps(result)
    assert len(result["config"]["phones"]) == 2


def test_where_secrets_cannot_be_read_a_comparison_is_not_offered_and_sends_nothing(gateway: MemoryGateway) -> None:
    wish = replace(person("ann", password=NEW), update_password=ON_CHANGE)
    assert plan(wish, observe(wish, gateway)).action == "none"
    assert gateway.count("secrets") == 0


# What becomes of them.


def test_nothing_that_is_returned_holds_a_secret(gateway: MemoryGateway) -> None:
    gateway.on("update", Uncertain("connection broke"))
    results = [
        task(gateway, PHONE, {**ONE, "password": NEW, "update_password": ON_CHANGE}, check=True, verbosity=4),
        task(gateway, PHONE, {**ONE, "password": NEW, "update_password": ON_CHANGE}, verbosity=4),
        task(gateway, PHONE, {**TWO, "lines": _lines(NEW, NEW), "update_password": ON_CHANGE}, verbosity=4),
        config(
            gateway, {"phones": [{**ONE, "password": HELD}, {**TWO, "lines": _lines(HELD)}]}, update_password=ON_CHANGE
        ),
    ]
    assert [result["changed"] for result in results] == [True, True, True, True]
    assert "canary" not in json.dumps(results)


def test_what_was_compared_is_not_kept_with_what_is_known(gateway: MemoryGateway) -> None:
    wish = phone("1", password=NEW, update_password=ON_CHANGE)
    read = gateway.read(PHONE, ONE)
    current = with_secrets(wish, read, gateway)
    assert read is not None
    assert current is not None
    assert current.secrets == {"password": HELD}
    assert read.secrets == {}, "the next wish starts without"
    assert "canary" not in repr(replace(current, raw={})), "nor shown by accident"
    assert (plan(wish, current).outcome() or {}).keys().isdisjoint({"password"})


def test_an_old_comparison_is_made_anew_before_the_write(gateway: MemoryGateway) -> None:
    """Somebody else sets the very password that we want while we wait: nothing is left to do."""
    gateway.on("update", Uncertain("connection broke"), before=lambda: _set_password(gateway, NEW))
    result = task(gateway, PHONE, {**ONE, "password": NEW, "update_password": ON_CHANGE})
    assert not result.get("failed")
    assert gateway.count("update") == 1
    assert gateway.count("secrets") == 2


def _set_password(gateway: MemoryGateway, password: str) -> None:
    gateway.objects["phone", ("1",)].values["password"] = password
