# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is refused before the first write, in check mode too; and changes of several calls that fail in between."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    GuardRefusal,
    ServerRefusal,
)
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import PHONE
from tests.unit.core.samples import PERSON, TOWN
from tests.unit.core.sites import SITE
from tests.unit.core.tasks import config, task

EITHER_MODE = pytest.mark.parametrize("check", [True, False])
NAME = {"name": "example.com"}


@pytest.fixture
def gateway() -> MemoryGateway:
    found = MemoryGateway()
    found.put(SITE, name="example.com", motto="", vault="1")
    found.put(TOWN, name="example.com", motto="")
    return found


# Groupware.


@EITHER_MODE
@pytest.mark.parametrize("consent", [True, False])
@pytest.mark.parametrize("whole", [True, False])
def test_destroying_groupware_needs_its_own_consent(
    gateway: MemoryGateway, consent: bool, whole: bool, check: bool
) -> None:
    wish = {**NAME, "vault": "2"}
    if whole:
        result = config(gateway, {"sites": [wish]}, allow_groupware_loss=consent, check=check)
    else:
        result = task(gateway, SITE, {**wish, "allow_groupware_loss": consent}, check=check)
    assert result.get("failed", False) is not consent
    assert result["changed"] is consent
    assert gateway.count("update") == (1 if consent and not check else 0)
    if not consent:
        assert "destroys the calendars, address books and files" in result["msg"]
        assert "set allow_groupware_loss to true" in result["msg"]
        assert result["failure"]["object"] == "site example.com"


@EITHER_MODE
@pytest.mark.parametrize(
    "wish", [{**NAME, "vault": "1"}, {**NAME, "motto": "new"}, {"name": "new.example", "vault": "2"}]
)
def test_changes_that_destroy_nothing_need_no_consent(
    gateway: MemoryGateway, wish: dict[str, Any], check: bool
) -> None:
    assert not task(gateway, SITE, wish, check=check).get("failed")


@EITHER_MODE
def test_the_consent_of_one_entry_is_not_that_of_another(gateway: MemoryGateway, check: bool) -> None:
    gateway.put(SITE, name="other.example", vault="1")
    document = {
        "sites": [{**NAME, "vault": "2", "allow_groupware_loss": True}, {"name": "other.example", "vault": "2"}]
    }
    result = config(gateway, document, check=check)
    assert result["failed"]
    assert result["failure"]["object"] == "site other.example"
    assert gateway.sent == []


# What the server is known to refuse.


@EITHER_MODE
def test_what_can_be_read_to_be_refused_is_refused_before_the_first_write(gateway: MemoryGateway, check: bool) -> None:
    gateway.refusal = GuardRefusal("number 7 is taken by the door opener")
    document = {"sites": [{**NAME, "motto": "x"}], "phones": [{"number": "7"}]}
    for result in (config(gateway, document, check=check), task(gateway, PHONE, {"number": "7"}, check=check)):
        assert (result["failed"], result["changed"]) == (True, False)
        assert "taken by the door opener" in result["msg"]
    assert gateway.count("create", "update", "delete") == 0
    assert gateway.asked == [["site example.com", "phone 7"], ["phone 7"]]


@EITHER_MODE
def test_the_server_is_asked_once_about_the_whole_plan(gateway: MemoryGateway, check: bool) -> None:
    document = {"phones": [{"number": "7"}, {"login": "x"}], "towns": [NAME]}
    config(gateway, document, check=check)
    assert [sorted(names) for names in gateway.asked] == [["phone 7", "phone with login x", "town example.com"]]


@EITHER_MODE
def test_our_own_guards_speak_first(gateway: MemoryGateway, check: bool) -> None:
    gateway.put(PERSON, address="ann@example.com")
    gateway.refusal = GuardRefusal("no")
    result = task(gateway, PERSON, {"address": "ann@example.com", "state": "absent"}, check=check)
    assert "allow_mail_loss" in result["msg"]
    assert gateway.asked == []


# Changes of several calls.


@pytest.mark.parametrize(("partly", "changed"), [(True, True), (False, False)])
def test_a_half_done_change_is_a_change(gateway: MemoryGateway, partly: bool, changed: bool) -> None:
    error = ServerRefusal("the second call was refused")
    error.partly_written = partly
    gateway.on("update", error)
    result = task(gateway, SITE, {**NAME, "motto": "new"})
    assert (result["failed"], result["changed"]) == (True, changed)
