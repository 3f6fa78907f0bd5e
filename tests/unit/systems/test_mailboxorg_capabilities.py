# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities of mailboxes: the list until the autumn of 2026 and the map since then (mailboxorg.md 2.8)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import ALICE, BOB, CAROL, held, log_in_as, sent

NAMES = {
    "spam_protection": "MAIL_SPAMPROTECTION",
    "blacklist": "MAIL_BLACKLIST",
    "backup_recovery": "MAIL_BACKUPRECOVER",
    "otp": "MAIL_OTP",
    "sms_password_reset": "MAIL_PASSWORDRESET_SMS",
}
ALL_INHERITED = dict.fromkeys(NAMES, "inherit")
ALL_OFF = dict.fromkeys(NAMES, False)


def states(bench: Bench, address: str = "alice@example.com") -> dict[str, str]:
    found: dict[str, str] = bench.store.mailbox(address).capabilities
    return found


def last(bench: Bench) -> Any:
    """The capabilities of the last write."""
    method, params = sent(bench)[-1]
    assert method == "mail.capabilities.set"
    return params["capabilities"]


@pytest.fixture(params=["plain", "wrapped"])
def maps(request: pytest.FixtureRequest, mailboxorg: Bench) -> Bench:
    """A server of today, in both forms of its answer."""
    mailboxorg.sim.settings.capabilities_get = request.param
    for box in mailboxorg.store.mailboxes.values():
        box.possible_capabilities = list(NAMES.values())
    return mailboxorg


@pytest.fixture
def lists(mailboxorg: Bench) -> Bench:
    """A server of 2022 to the autumn of 2026."""
    mailboxorg.sim.settings.capabilities = "list"
    for box in mailboxorg.store.mailboxes.values():
        box.possible_capabilities = list(NAMES.values())
    return mailboxorg


# The map.


@pytest.mark.parametrize("member", list(NAMES))
@pytest.mark.parametrize("value", [True, False])
def test_each_capability_has_three_states(maps: Bench, member: str, value: bool) -> None:
    result = maps.predicted("mailbox", **ALICE, capabilities={member: value})
    assert result["changes"] == ["capabilities"]
    assert sent(maps) == [
        (
            "mail.capabilities.set",
            {"mail": "alice@example.com", "capabilities": {NAMES[member]: "on" if value else "off"}},
        )
    ]
    assert result["mailbox"]["capabilities"] == {**ALL_INHERITED, member: value}
    assert maps.predicted("mailbox", **ALICE, capabilities={member: value})["changed"] is False
    assert maps.predicted("mailbox", **ALICE, capabilities={member: "inherit"})["changed"] is True
    assert states(maps) == {NAMES[member]: "inherit"}


def test_only_what_differs_is_sent(maps: Bench) -> None:
    states(maps).update(MAIL_OTP="on", MAIL_BLACKLIST="off")
    maps.predicted("mailbox", **ALICE, capabilities={"otp": True, "blacklist": True, "backup_recovery": "inherit"})
    assert last(maps) == {"MAIL_BLACKLIST": "on"}
    assert states(maps) == {"MAIL_OTP": "on", "MAIL_BLACKLIST": "on"}


def test_a_new_mailbox_gets_its_capabilities_in_a_call_of_their_own(maps: Bench) -> None:
    wish = {**CAROL, "capabilities": {"blacklist": True, "spam_protection": False}}
    maps.predicted("mailbox", **wish)
    assert [call for call, _params in sent(maps)] == ["mail.add", "mail.capabilities.set"]
    assert states(maps, "carol@example.com") == {"MAIL_BLACKLIST": "on", "MAIL_SPAMPROTECTION": "off"}
    assert maps.predicted("mailbox", **wish)["changed"] is False


@pytest.mark.parametrize(
    "answer",
    [
        {"MAIL_OTP": "on"},
        {"MAIL_OTP": {"value": "on"}},
        {"MAIL_OTP": {"status": "on"}},
        {"capabilities": {"MAIL_OTP": "ON"}},
        {"capabilities": {"MAIL_OTP": {"status": "on"}}, "mail": "alice@example.com"},
        {"MAIL_OTP": True},
        {"MAIL_OTP": 1},
        {"MAIL_OTP": "1"},
    ],
    ids=str,
)
def test_every_form_of_a_map_is_understood(mailboxorg: Bench, answer: Any) -> None:
    mailboxorg.sim.faults.add(Fault("replace_result", "mail.capabilities.get", times=9, result=answer))
    assert done(mailboxorg.object("mailbox", **ALICE, capabilities={"otp": True}))["changed"] is False
    result = mailboxorg.object("mailbox", check_mode=True, **ALICE, capabilities={"otp": False})
    assert done(result)["changed"] is True
    mailboxorg.sim.faults.clear()


@pytest.mark.parametrize("answer", [{"MAIL_OTP": "perhaps"}, {"capabilities": []}, [], {}, True, "on"], ids=str)
def test_a_map_that_nobody_understands_is_no_answer(mailboxorg: Bench, answer: Any) -> None:
    """The list in the object of the mailbox counts then."""
    states(mailboxorg)["MAIL_BLACKLIST"] = "on"
    mailboxorg.sim.faults.add(Fault("replace_result", "mail.capabilities.get", times=9, result=answer))
    result = done(mailboxorg.object("mailbox", **ALICE, capabilities={"blacklist": True, "otp": False}))
    assert result["changed"] is False
    assert result["mailbox"]["capabilities"] == {**ALL_OFF, "blacklist": True}
    mailboxorg.sim.faults.clear()


# The list.


@pytest.mark.parametrize("member", list(NAMES))
def test_the_list_is_sent_whole(lists: Bench, member: str) -> None:
    states(lists).update(MAIL_BLACKLIST="on", MAIL_OTP="on")
    value = member not in ("blacklist", "otp")
    result = lists.predicted("mailbox", **ALICE, capabilities={member: value})
    assert result["mailbox"]["capabilities"] == {**ALL_OFF, "blacklist": True, "otp": True, member: value}
    expected = {"MAIL_BLACKLIST", "MAIL_OTP"} ^ {NAMES[member]}
    assert set(last(lists)) == expected
    assert {name for name, state in states(lists).items() if state == "on"} == expected
    assert lists.predicted("mailbox", **ALICE, capabilities={member: value})["changed"] is False


def test_all_of_them_off_is_an_empty_list(lists: Bench) -> None:
    states(lists).update(MAIL_BLACKLIST="on")
    lists.predicted("mailbox", **ALICE, capabilities=ALL_OFF)
    assert last(lists) == []
    assert lists.predicted("mailbox", **ALICE, capabilities=ALL_OFF)["changed"] is False


def test_what_is_not_ours_to_name_stays_in_the_list(lists: Bench) -> None:
    row = dict(lists.store.mailbox("alice@example.com").fields, mail="alice@example.com")
    row["capabilities"] = ["MAIL_TELEPATHY", "MAIL_OTP"]
    lists.sim.faults.add(Fault("replace_result", "mail.get", times=9, result=row))
    lists.object("mailbox", **ALICE, capabilities={"otp": False})
    lists.sim.faults.clear()
    tried = [record.params["capabilities"] for record in lists.sim.writes]
    assert tried[0] == ["MAIL_TELEPATHY"]


def test_a_list_that_would_be_incomplete_is_never_sent(lists: Bench) -> None:
    """Of a mailbox that does not tell its list, the rest of it would be switched off."""
    states(lists).update(MAIL_BLACKLIST="on")
    row = dict(lists.store.mailbox("alice@example.com").fields, mail="alice@example.com")
    lists.sim.faults.add(Fault("replace_result", "mail.get", times=9, result=row))
    lists.object("mailbox", **ALICE, capabilities={"otp": True}, update_unreadable="always")
    lists.sim.faults.clear()
    assert [record.params["capabilities"] for record in lists.sim.writes] == [{"MAIL_OTP": "on"}]
    assert states(lists) == {"MAIL_BLACKLIST": "on"}


def test_a_new_mailbox_where_there_are_lists(lists: Bench) -> None:
    wish = {**CAROL, "capabilities": {"blacklist": True}}
    lists.predicted("mailbox", **wish)
    assert last(lists) == ["MAIL_BLACKLIST"]
    assert lists.predicted("mailbox", **wish)["changed"] is False


@pytest.mark.parametrize("who", [ALICE, CAROL])
@pytest.mark.parametrize("check_mode", [True, False])
def test_inherit_cannot_be_meant_where_there_are_lists(lists: Bench, who: dict[str, Any], check_mode: bool) -> None:
    wish = {**who, "memo": "new", "capabilities": {"otp": "inherit"}}
    refused(lists.object("mailbox", check_mode=check_mode, **wish), "capabilities.otp", "inherit")
    result = lists.config({"mailboxes": [wish]}, check_mode=check_mode)
    refused(result, "config.mailboxes[0].capabilities.otp", "inherit")
    assert lists.sim.writes == []


def test_a_server_that_tells_a_list_and_takes_a_map(mailboxorg: Bench) -> None:
    """Nothing tells which form is wanted while mail.capabilities.get is refused: the second attempt is a map."""
    mailboxorg.sim.faults.add(Fault("rpc_error", "mail.capabilities.get", times=3, code=90013))
    result = done(mailboxorg.object("mailbox", **ALICE, capabilities={"blacklist": True}))
    assert result["changed"] is True
    forms = [type(record.params["capabilities"]) for record in mailboxorg.sim.writes]
    assert forms == [list, dict]
    assert states(mailboxorg) == {"MAIL_BLACKLIST": "on"}
    mailboxorg.sim.faults.clear()


def test_the_form_that_was_taken_is_the_first_one_from_then_on(mailboxorg: Bench) -> None:
    mailboxorg.sim.faults.add(Fault("rpc_error", "mail.capabilities.get", times=9, code=90013))
    held(mailboxorg, "bob@example.com")["plan"] = "standard"
    wish = {"capabilities": {"blacklist": True}}
    mailboxorg.config({"mailboxes": [{**ALICE, **wish}, {**BOB, **wish}, {**CAROL, **wish}]})
    forms = [type(params["capabilities"]) for call, params in sent(mailboxorg) if call == "mail.capabilities.set"]
    # The first two go together, and the new mailbox after them.
    assert forms == [list, list, dict, dict, dict]
    mailboxorg.sim.faults.clear()


# Later.


@pytest.mark.parametrize("delay", [{"capabilities_seconds": 600}, {"capabilities_reads": 50}])
def test_what_is_carried_out_later_is_pending_and_then_no_change(mailboxorg: Bench, delay: dict[str, Any]) -> None:
    for name, value in delay.items():
        setattr(mailboxorg.sim.settings, name, value)
    wish = {**ALICE, "memo": "new", "capabilities": {"blacklist": True}}
    prediction = mailboxorg.object("mailbox", check_mode=True, **wish)
    result = done(mailboxorg.object("mailbox", **wish))
    assert (result["changed"], result["pending"]) == (True, True)
    assert (result["changes"], result["diff"]) == (prediction["changes"], prediction["diff"])
    assert held(mailboxorg, "alice@example.com")["memo"] == "new"
    document = {"mailboxes": [{**wish, "capabilities": {"blacklist": True, "backup_recovery": True}}]}
    result = done(mailboxorg.config(document))
    assert [line["status"] for line in result["results"]] == ["pending"]
    assert result["summary"]["failed"] == 0
    mailboxorg.sim.settings.capabilities_seconds = mailboxorg.sim.settings.capabilities_reads = 0
    mailboxorg.sim.clock.advance(3600)
    for change in mailboxorg.store.capability_changes:
        change.reads_left = 0
    mailboxorg.sim.forget_sessions()
    result = mailboxorg.predicted_config(document)
    assert result["changed"] is False


def test_what_is_carried_out_soon_is_waited_for(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.capabilities_seconds = 3
    result = done(mailboxorg.object("mailbox", **ALICE, capabilities={"blacklist": True}))
    assert (result["changed"], result.get("pending")) == (True, None)
    assert mailboxorg.waits


# What a plan or a level does not allow.


@pytest.mark.parametrize("form", ["map", "list"])
def test_a_plan_without_capabilities(mailboxorg: Bench, form: str) -> None:
    mailboxorg.sim.settings.capabilities = form
    wish = {**BOB, "capabilities": {"blacklist": True}}
    refused(mailboxorg.object("mailbox", **wish), "bob@example.com", "MAIL_BLACKLIST", "mail.capabilities.set")
    assert mailboxorg.predicted("mailbox", **BOB, capabilities={"otp": False}, memo="x")["changed"] is True
    done(mailboxorg.object("mailbox", **wish, plan="standard"))
    assert states(mailboxorg, "bob@example.com")["MAIL_BLACKLIST"] == "on"


def test_capabilities_are_asked_for_in_one_batch(mailboxorg: Bench) -> None:
    for number in range(30):
        mailboxorg.store.add_mailbox(f"m{number}@example.com")
    info = done(mailboxorg.info())
    assert all(entry["capabilities"] == ALL_INHERITED for entry in info["config"]["mailboxes"])
    alone = [r for r in mailboxorg.sim.requests if r.call == "mail.capabilities.get" and not r.batched]
    assert len(alone) == 1


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_mailbox_may_not_change_its_own(mailboxorg: Bench, check_mode: bool) -> None:
    log_in_as(mailboxorg, "mail")
    wish = {**ALICE, "memo": "new", "capabilities": {"otp": True}}
    refused(mailboxorg.object("mailbox", check_mode=check_mode, **wish), "level domain", "mail.capabilities.set")
    assert mailboxorg.sim.writes == []
