# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that the server does not tell: sent at creation, along with another change, or whenever a task asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import ALWAYS, UPDATE_UNREADABLE
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import PHONE
from tests.unit.core.tasks import config, info, lines, task

OPTIONS: dict[str, Any] = {"number": "1", "note": "new"}
EVERY_TIME = {UPDATE_UNREADABLE: ALWAYS}


@pytest.fixture
def gateway() -> MemoryGateway:
    """A server that tells neither notes nor whether lines are secured."""
    found = MemoryGateway(hidden={"note", "lines.secured", "secured"})
    found.put(PHONE, number="1", note="old", login="desk", codecs=["alaw"])
    found.put(PHONE, number="2", note="", lines=[{"login": "2a", "secured": False}, {"login": "2b"}])
    return found


def _same_in_both_modes(gateway: MemoryGateway, options: dict[str, Any]) -> dict[str, Any]:
    predicted = task(gateway, PHONE, options, check=True)
    actual = task(gateway, PHONE, options)
    assert actual == predicted
    return actual


def test_it_is_no_reason_for_a_change_and_is_listed(gateway: MemoryGateway) -> None:
    result = _same_in_both_modes(gateway, OPTIONS)
    assert (result["changed"], result["changes"], result["unverified"]) == (False, [], ["note"])
    assert "diff" not in result
    assert gateway.sent == []


def test_it_goes_along_with_another_change(gateway: MemoryGateway) -> None:
    result = _same_in_both_modes(gateway, {**OPTIONS, "codecs": ["opus"]})
    assert gateway.sent == [{"note": "new", "codecs": ["opus"]}]
    assert result["unverified"] == ["note"]
    assert (gateway.held(PHONE, "1") or {})["note"] == "new"


def test_it_is_sent_every_time_when_asked_and_says_so(gateway: MemoryGateway) -> None:
    for _time in range(2):
        result = _same_in_both_modes(gateway, {**OPTIONS, **EVERY_TIME})
        assert (result["changed"], result["changes"], result["unverified"]) == (True, ["note"], ["note"])
        assert result["diff"]["before"] == {"number": "1", "note": "(not shown)"}
        assert result["diff"]["after"] == {"number": "1", "note": "new"}
    assert (gateway.held(PHONE, "1") or {})["note"] == "new"


def test_asking_changes_nothing_where_all_is_told(gateway: MemoryGateway) -> None:
    gateway.hidden = set()
    assert _same_in_both_modes(gateway, {**OPTIONS, **EVERY_TIME})["changed"] is True
    assert _same_in_both_modes(gateway, {**OPTIONS, **EVERY_TIME})["changed"] is False


def test_asking_is_about_what_the_task_gives(gateway: MemoryGateway) -> None:
    assert _same_in_both_modes(gateway, {"number": "1", **EVERY_TIME})["changed"] is False
    assert gateway.sent == []


@pytest.mark.parametrize("always", [True, False])
def test_members_of_entries_are_no_different(gateway: MemoryGateway, always: bool) -> None:
    options = {"number": "2", "lines": [{"login": "2a", "secured": True}], **(EVERY_TIME if always else {})}
    result = _same_in_both_modes(gateway, options)
    assert result["changed"] is always
    assert result["unverified"] == ["lines[2a].secured"]
    held = (gateway.held(PHONE, "2") or {})["lines"]
    assert held[0]["secured"] is always


def test_what_is_sent_for_a_new_object_is_unverified_by_what_is_read_back(gateway: MemoryGateway) -> None:
    result = task(gateway, PHONE, {"number": "3", "note": "x"})
    assert sorted(result["unverified"]) == ["note", "secured"]
    assert result["phone"]["note"] == "x"


def test_in_a_document(gateway: MemoryGateway) -> None:
    document = {"phones": [OPTIONS, {"number": "2", "note": "x", UPDATE_UNREADABLE: ALWAYS}]}
    result = config(gateway, document)
    assert lines(result) == [("phone 2", "update", "done")]
    assert result["results"][0]["unverified"] == ["note"]
    assert lines(config(gateway, document, update_unreadable=ALWAYS)) == [
        ("phone 1", "update", "done"),
        ("phone 2", "update", "done"),
    ]


def test_a_query_leaves_out_what_it_is_not_told(gateway: MemoryGateway) -> None:
    document = info(gateway)["config"]
    assert document["phones"][0] == {"number": "1", "login": "desk", "codecs": ["alaw"]}
    assert config(gateway, document, update_unreadable=ALWAYS)["changed"] is False
