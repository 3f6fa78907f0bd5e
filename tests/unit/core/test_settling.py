# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that show the old state for a while after a write, and what they carry out only some time later."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import Unreachable
from ansible_collections.postmaster.comms.plugins.module_utils._core.verify import POLLS
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import TOWN
from tests.unit.core.sites import GUEST, SITE
from tests.unit.core.tasks import config, lines, task

ADDRESS = {"address": "ann@example.com"}
CHANGE: dict[str, Any] = {**ADDRESS, "motto": "new", "services": {"vault": True}}


@pytest.fixture
def gateway() -> MemoryGateway:
    found = MemoryGateway()
    found.put(SITE, name="example.com")
    found.put(TOWN, name="example.com", motto="")
    found.put(GUEST, **ADDRESS, motto="old", services={"vault": False, "alarm": "inherit"})
    return found


@pytest.mark.parametrize("reads", [1, 3, len(POLLS)])
def test_what_shows_up_late_is_waited_for(gateway: MemoryGateway, reads: int) -> None:
    gateway.stale_reads = reads
    result = task(gateway, GUEST, CHANGE)
    assert (result["changed"], result.get("failed", False), result.get("pending", False)) == (True, False, False)
    assert gateway.clock.sleeps == list(POLLS[:reads])
    assert gateway.count("update") == 1


def test_a_new_object_may_show_up_late_too(gateway: MemoryGateway) -> None:
    gateway.stale_reads = 2
    result = task(gateway, GUEST, {"address": "bob@example.com"})
    assert (result["changed"], result.get("failed", False)) == (True, False)
    assert gateway.clock.sleeps == list(POLLS[:2])
    assert gateway.count("create") == 1


def test_waiting_has_an_end_and_a_wish_that_did_not_stick_is_named(gateway: MemoryGateway) -> None:
    gateway.ignored = {"motto"}
    result = task(gateway, GUEST, CHANGE)
    assert (result["failed"], result["changed"]) == (True, True)
    assert "did not carry it out for: motto;" in result["msg"]
    assert gateway.clock.sleeps == list(POLLS)


def test_nothing_is_waited_for_when_it_shows_at_once(gateway: MemoryGateway) -> None:
    task(gateway, GUEST, CHANGE)
    assert gateway.clock.sleeps == []


def test_servers_that_show_everything_at_once_are_not_waited_for(gateway: MemoryGateway) -> None:
    gateway.ignored = {"motto"}
    assert task(gateway, TOWN, {"name": "example.com", "motto": "new"})["failed"]
    assert gateway.clock.sleeps == []


def test_a_read_that_fails_while_waiting_does_not_undo_what_was_done(gateway: MemoryGateway) -> None:
    gateway.stale_reads = 3
    for _read in range(2):
        gateway.on("read")
    gateway.on("read", Unreachable("no route"))
    result = task(gateway, GUEST, CHANGE)
    assert (result["failed"], result["changed"]) == (True, True)
    assert "no route" in result["msg"]


def test_what_is_switched_later_is_pending_and_a_change(gateway: MemoryGateway) -> None:
    """The server has confirmed it, and nobody knows when it is done."""
    gateway.stale_reads, gateway.stale = 99, {"services"}
    result = task(gateway, GUEST, CHANGE)
    assert (result["changed"], result.get("failed", False), result["pending"]) == (True, False, True)
    assert result["guest"]["services"] == {"vault": True, "alarm": "inherit"}
    assert gateway.clock.sleeps == list(POLLS)


def test_pending_is_for_what_is_switched_later_and_not_for_the_rest(gateway: MemoryGateway) -> None:
    gateway.stale_reads, gateway.stale = 99, {"services", "motto"}
    result = task(gateway, GUEST, CHANGE)
    assert (result["failed"], result["changed"]) == (True, True)
    assert "did not carry it out for: motto;" in result["msg"], "the services may still come"


def test_an_object_that_does_not_show_up_is_not_pending_even_if_parts_of_it_are_slow(gateway: MemoryGateway) -> None:
    gateway.stale_reads = 99
    result = task(gateway, GUEST, {"address": "bob@example.com", "services": {"vault": True}})
    assert (result["failed"], result["changed"]) == (True, True)
    assert "does not list it" in result["msg"]


def test_check_mode_predicts_it_all_the_same(gateway: MemoryGateway) -> None:
    predicted = task(gateway, GUEST, CHANGE, check=True)
    gateway.stale_reads, gateway.stale = 99, {"services"}
    actual = task(gateway, GUEST, CHANGE)
    assert actual.pop("pending") is True
    assert actual == predicted


def test_in_a_document(gateway: MemoryGateway) -> None:
    gateway.stale_reads, gateway.stale = 99, {"services"}
    result = config(gateway, {"guests": [CHANGE, {"address": "bob@example.com"}]})
    assert lines(result) == [
        ("guest ann@example.com", "update", "pending"),
        ("guest bob@example.com", "create", "done"),
    ]
    assert result["summary"] == {"created": 1, "updated": 1, "deleted": 0, "unchanged": 0, "failed": 0}
    assert gateway.count("read_all") == 2, "guests are listed before and after"
    assert gateway.count("read") == len(POLLS), "the one that is late is asked for by itself"


# Replies that hold the object.


@pytest.mark.parametrize("options", [CHANGE, {"address": "bob@example.com"}])
def test_a_reply_that_shows_the_object_saves_the_read(gateway: MemoryGateway, options: dict[str, Any]) -> None:
    gateway.replies_whole = True
    result = task(gateway, GUEST, options)
    assert (result["changed"], result.get("failed", False)) == (True, False)
    assert gateway.count("read") == 1


def test_a_reply_that_shows_the_old_state_is_not_the_last_word(gateway: MemoryGateway) -> None:
    gateway.replies_whole, gateway.stale_reads = True, 1
    result = task(gateway, GUEST, CHANGE)
    assert (result["changed"], result.get("failed", False)) == (True, False)
    assert gateway.clock.sleeps == list(POLLS[:1])


def test_a_reply_that_shows_that_a_wish_was_ignored_is_believed(gateway: MemoryGateway) -> None:
    gateway.replies_whole, gateway.ignored = True, {"motto"}
    result = task(gateway, TOWN, {"name": "example.com", "motto": "new"})
    assert result["failed"]
    assert "for: motto;" in result["msg"]
