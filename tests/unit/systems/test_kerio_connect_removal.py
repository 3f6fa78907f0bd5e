# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting users of Kerio Connect: what becomes of their mail and of what refers to them (kerio_connect.md 3.1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

ALICE: dict[str, Any] = {"name": "alice", "domain": "example.com", "state": "absent"}
ALICES_FOLDER, BOBS_FOLDER = "example.com/alice", "example.com/bob"


def test_the_mailbox_of_a_deleted_user_is_kept_unless_something_else_is_asked_for(kerio: Bench) -> None:
    assert kerio.predicted("user", **ALICE)["changed"] is True
    assert "alice" not in [user["loginName"] for user in kerio.store.users.values()]
    assert kerio.store.mailboxes[ALICES_FOLDER] == 120
    assert kerio.predicted("user", **ALICE)["changed"] is False


def test_the_mailbox_can_be_deleted_with_the_user(kerio: Bench) -> None:
    assert kerio.predicted("user", **ALICE, mailbox="delete")["changed"] is True
    assert ALICES_FOLDER not in kerio.store.mailboxes


def test_the_mail_can_be_moved_into_the_mailbox_of_another_user(kerio: Bench) -> None:
    result = kerio.predicted("user", **ALICE, mailbox="move", move_to="Bob@Example.com")
    assert result["changed"] is True
    assert kerio.store.mailboxes[BOBS_FOLDER] == 127
    assert ALICES_FOLDER not in kerio.store.mailboxes


def test_the_mail_can_be_moved_to_a_user_of_another_domain(kerio: Bench) -> None:
    kerio.store.add_user("archive", "example.org", messages=1)
    done(kerio.object("user", **ALICE, mailbox="move", move_to="archive@example.org"))
    assert kerio.store.mailboxes["example.org/archive"] == 121


@pytest.mark.parametrize("target", ["nobody@example.com", "bob@example.org", "bob@missing.example"])
def test_a_target_of_moved_mail_that_does_not_exist_is_named(kerio: Bench, target: str) -> None:
    result = kerio.object("user", **ALICE, mailbox="move", move_to=target)
    refused(result, target, "move_to", "does not exist")
    assert result["failure"]["object"] == "user alice@example.com"
    assert kerio.sim.writes == []
    assert kerio.store.user("alice")


def test_check_mode_takes_a_missing_target_for_a_user_that_an_earlier_task_makes(kerio: Bench) -> None:
    result = done(kerio.object("user", check_mode=True, **ALICE, mailbox="move", move_to="archive@example.com"))
    assert result["changed"] is True
    assert result["assumed"] == ["user archive@example.com"]
    assert any("archive@example.com" in warning for warning in result["warnings"])


@pytest.mark.parametrize("check_mode", [True, False])
def test_mail_is_not_moved_into_the_mailbox_that_is_deleted(kerio: Bench, check_mode: bool) -> None:
    result = kerio.object("user", check_mode=check_mode, **ALICE, mailbox="move", move_to="alice@example.com")
    refused(result, "move_to")
    assert kerio.sim.requests == []


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    "removal", [{"mailbox": "move"}, {"move_to": "bob@example.com"}, {"mailbox": "keep", "move_to": "bob@example.com"}]
)
def test_contradictory_removal_options_are_refused_before_the_first_call(
    kerio: Bench, check_mode: bool, removal: dict[str, Any]
) -> None:
    refused(kerio.object("user", check_mode=check_mode, **ALICE, **removal), "move_to", "mailbox=move")
    assert kerio.sim.requests == []


def test_removing_an_absent_user_does_not_ask_for_the_target(kerio: Bench) -> None:
    result = kerio.object("user", name="carol", domain="example.com", state="absent", mailbox="move", move_to="x@y.zz")
    assert done(result)["changed"] is False


def test_references_are_removed_only_when_that_is_asked_for(kerio: Bench) -> None:
    bob = kerio.store.user("bob")
    bob["emailForwarding"] = {"mode": "UForwardDeliver", "emailAddresses": ["alice@example.com", "x@example.net"]}
    done(kerio.object("user", **ALICE))
    assert [alias["deliverTo"] for alias in kerio.store.aliases.values()] == ["alice@example.com"]
    assert bob["emailForwarding"]["emailAddresses"] == ["alice@example.com", "x@example.net"]


def test_references_are_removed_on_request(kerio: Bench) -> None:
    bob = kerio.store.user("bob")
    bob["emailForwarding"] = {"mode": "UForwardDeliver", "emailAddresses": ["alice@example.com", "x@example.net"]}
    done(kerio.object("user", **ALICE, remove_references=True))
    assert kerio.store.aliases == {}
    assert bob["emailForwarding"]["emailAddresses"] == ["x@example.net"]


@pytest.mark.parametrize(("option", "mode"), [("deactivate", "DSModeDeactivate"), ("delete", "DSModeDelete")])
def test_the_account_in_a_directory_goes_only_on_request(kerio: Bench, option: str, mode: str) -> None:
    done(kerio.object("user", **ALICE, directory_account=option))
    assert kerio.sim.writes[0].params["requests"][0]["mode"] == mode


def test_a_removal_that_the_server_finishes_a_little_later_is_waited_for(kerio: Bench) -> None:
    kerio.sim.settings.removal_delay_reads = 3
    result = done(kerio.object("user", **ALICE))
    assert result["changed"] is True
    assert "pending" not in result
    assert kerio.waits
    assert len([user for user in kerio.store.users.values() if user["loginName"] == "alice"]) == 0


def test_a_removal_that_the_server_does_not_finish_is_reported_as_pending(kerio: Bench) -> None:
    kerio.sim.settings.removal_delay_seconds = 3600
    result = done(kerio.object("user", **ALICE))
    assert result["changed"] is True
    assert result["pending"] is True
    assert 0 < sum(kerio.waits) < 60
    kerio.sim.clock.advance(3600)
    assert done(kerio.object("user", **ALICE))["changed"] is False


def test_a_document_reports_removals_that_are_not_finished(kerio: Bench) -> None:
    kerio.sim.settings.removal_delay_seconds = 3600
    result = done(kerio.config({"users": [ALICE, {"name": "bob", "domain": "example.com", "full_name": "B"}]}))
    assert {line["object"]: line["status"] for line in result["results"]} == {
        "user alice@example.com": "pending",
        "user bob@example.com": "done",
    }
    assert result["summary"]["deleted"] == 1


@pytest.mark.parametrize("code", [1002, 1000, 1234])
@pytest.mark.parametrize("how", ["per_item", "top_level"])
def test_a_user_that_vanished_between_reading_and_deleting_is_no_failure(kerio: Bench, how: Any, code: int) -> None:
    kerio.sim.settings.item_errors = how
    kerio.sim.settings.missing_code = code
    alice = kerio.store.user("alice")
    kerio.before("Users.remove", lambda: kerio.store.users.pop(alice["id"]))
    assert done(kerio.object("user", **ALICE))["changed"] is False


def test_a_removal_whose_answer_is_lost_is_found_to_be_done(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("drop_after", "Users.remove"))
    assert done(kerio.object("user", **ALICE, mailbox="move", move_to="bob@example.com"))["changed"] is True
    assert [record.call for record in kerio.sim.writes] == ["Users.remove"]
    assert kerio.store.mailboxes[BOBS_FOLDER] == 127


def test_a_target_that_vanishes_before_the_removal_does_not_cost_the_mail(kerio: Bench) -> None:
    target = kerio.store.add_user("archive")
    kerio.before("Users.remove", lambda: kerio.store.users.pop(target["id"]))
    refused(kerio.object("user", **ALICE, mailbox="move", move_to="archive@example.com"), "Users.remove")
    assert kerio.store.user("alice")
    assert kerio.store.mailboxes[ALICES_FOLDER] == 120


@pytest.mark.parametrize("number", [2, 3])
def test_mail_is_never_moved_into_nothing(kerio: Bench, number: int) -> None:
    """What a server does with an empty target is unknown, so it is never asked to find out."""
    target = kerio.store.add_user("archive")
    kerio.before("Users.get", lambda: kerio.store.users.pop(target["id"], None), number)
    refused(kerio.object("user", **ALICE, mailbox="move", move_to="archive@example.com"), "archive@example.com")
    assert kerio.sim.writes == []
    assert kerio.store.mailboxes[ALICES_FOLDER] == 120
