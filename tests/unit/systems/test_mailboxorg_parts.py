# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to mailboxes of mailbox.org – automatic replies, spam filters, blacklists – on servers of several habits
(mailboxorg.md 2.6, 2.7, 2.11). They come and go with their mailbox.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import CAROL, sent

ALICE: dict[str, Any] = {"mailbox": "alice@example.com"}
REPLY: dict[str, Any] = {"subject": "Away", "start_date": "2020-01-01", "end_date": "2039-12-31"}
check_modes = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "run"])
KINDS: dict[str, dict[str, Any]] = {
    "vacation": {**REPLY, "body": "Back soon.\n\nAlice", "additional_mail_addresses": ["info@example.com"]},
    "spam_protection": {"tag_level": 6.5, "kill_level": "route", "route_to": "Junk", "greylist": False},
    "blacklist": {"addresses": ["spam@example.net", "B@example.net"]},
}
every_kind = pytest.mark.parametrize("kind", list(KINDS))
# Of a switch of the simulator, all values but the first.
HABITS: dict[str, dict[str, Any]] = {
    "replies as text": {"vacation_addresses": "text"},
    "replies without addresses": {"vacation_addresses": "absent"},
    "replies with line ends of Windows": {"vacation_text": "crlf"},
    "replies stripped": {"vacation_text": "stripped"},
    "replies that keep what is left out": {"vacation_left_out": "kept"},
    "replies that want a body": {"vacation_body": "required"},
    "German days": {"vacation_dates": "german"},
    "days with times": {"vacation_dates": "datetime"},
    "days in seconds": {"vacation_dates": "epoch"},
    "replies until their end": {"vacation_active": "until_end"},
    "replies in their days": {"vacation_active": "within_range"},
    "points as numbers": {"spam_level": "number"},
    "points with a decimal": {"spam_level": "one_decimal"},
    "folders forgotten": {"spam_folder_with_reject": "cleared"},
    "entries once": {"blacklist_repeats": "refuse"},
    "entries in small letters": {"blacklist_case": "lower"},
    "entries sorted": {"blacklist_order": "sorted"},
    "entries as a map": {"blacklist_form": "map"},
    "unknown members": {"extra_members": True},
    "no batches": {"batch": "unsupported"},
}
every_habit = pytest.mark.parametrize("habit", list(HABITS))


def plural(kind: str) -> str:
    return f"{kind}s"


def take_up(bench: Bench, habit: str) -> None:
    for name, value in HABITS[habit].items():
        assert hasattr(bench.sim.settings, name), name
        setattr(bench.sim.settings, name, value)


# Each habit of a server.


@every_habit
@every_kind
def test_what_is_set_is_set_whatever_the_server_does(mailboxorg: Bench, kind: str, habit: str) -> None:
    take_up(mailboxorg, habit)
    wish = {**ALICE, **KINDS[kind]}
    assert done(mailboxorg.object(kind, check_mode=True, **wish))["changed"] is True
    assert done(mailboxorg.object(kind, **wish))["changed"] is True
    writes = len(mailboxorg.sim.writes)
    assert done(mailboxorg.object(kind, check_mode=True, **wish))["changed"] is False
    assert done(mailboxorg.object(kind, **wish))["changed"] is False
    assert done(mailboxorg.config({plural(kind): [wish]}))["changed"] is False
    assert len(mailboxorg.sim.writes) == writes


@every_habit
def test_information_about_them_fed_back_changes_nothing(mailboxorg: Bench, habit: str) -> None:
    for kind, wish in KINDS.items():
        done(mailboxorg.object(kind, **ALICE, **wish))
    take_up(mailboxorg, habit)
    before = copy.deepcopy(mailboxorg.store.mailboxes)
    document = {each: done(mailboxorg.info())["config"][each] for each in map(plural, KINDS)}
    assert [len(entries) for entries in document.values()] == [2, 2, 2]
    assert done(mailboxorg.config(document))["changed"] is False
    assert mailboxorg.store.mailboxes == before


@every_kind
def test_a_server_that_shows_the_old_state_for_a_while_is_waited_for(mailboxorg: Bench, kind: str) -> None:
    mailboxorg.sim.settings.stale_reads = 2
    result = done(mailboxorg.object(kind, **ALICE, **KINDS[kind]))
    assert result["changed"] is True
    assert len(mailboxorg.sim.writes) == len(sent(mailboxorg)) == (2 if kind == "blacklist" else 1)


# Whose they are.


@check_modes
@every_kind
def test_a_mailbox_that_is_missing_is_named_and_assumed_in_check_mode(
    mailboxorg: Bench, kind: str, check_mode: bool
) -> None:
    wish = {"mailbox": "carol@example.com", **KINDS[kind]}
    result = mailboxorg.object(kind, check_mode=check_mode, **wish)
    if check_mode:
        assert (done(result)["changed"], result["assumed"]) == (True, ["mailbox carol@example.com"])
    else:
        refused(result, "carol@example.com")
    assert sent(mailboxorg) == []


@every_kind
def test_the_mailbox_may_come_in_the_same_run(mailboxorg: Bench, kind: str) -> None:
    entry = {"mailbox": "carol@example.com", **KINDS[kind]}
    result = mailboxorg.predicted_config({"mailboxes": [CAROL], plural(kind): [entry]})
    assert result["summary"]["created"] == 2
    again = mailboxorg.predicted_config({"mailboxes": [CAROL], plural(kind): [entry]})
    assert (again["changed"], again["summary"]["unchanged"]) == (False, 2)


@every_kind
def test_an_alias_is_no_mailbox(mailboxorg: Bench, kind: str) -> None:
    """The server would answer for the mailbox that has it."""
    refused(mailboxorg.object(kind, **{**KINDS[kind], "mailbox": "info@example.com"}), "info@example.com")
    assert sent(mailboxorg) == []


@every_kind
def test_nobody_deletes_or_prunes_what_belongs_to_a_mailbox(mailboxorg: Bench, kind: str) -> None:
    refused(mailboxorg.object(kind, **ALICE, state="absent"), "state")
    refused(mailboxorg.config({plural(kind): [ALICE]}, prune=[plural(kind)]), "prune")
    assert mailboxorg.calls == []


@every_kind
def test_other_mailboxes_keep_theirs(mailboxorg: Bench, kind: str) -> None:
    before = {name: copy.deepcopy(box) for name, box in mailboxorg.store.mailboxes.items() if name[0] != "a"}
    mailboxorg.predicted(kind, **ALICE, **KINDS[kind])
    assert {name: box for name, box in mailboxorg.store.mailboxes.items() if name[0] != "a"} == before


# What cannot be meant.


@check_modes
@pytest.mark.parametrize(
    ("kind", "given", "option"),
    [
        ("vacation", {**REPLY, "active": False}, "subject"),
        ("vacation", {**REPLY, "start_date": "soon"}, "start_date"),
        ("vacation", {**REPLY, "end_date": "2031-02-30"}, "end_date"),
        ("vacation", {**REPLY, "subject": ""}, "subject"),
        ("vacation", {**REPLY, "additional_mail_addresses": ["root"]}, "additional_mail_addresses"),
        ("spam_protection", {"tag_level": 5.55}, "tag_level"),
        ("spam_protection", {"tag_level": "nan"}, "tag_level"),
        ("spam_protection", {"kill_level": "delete"}, "kill_level"),
        ("blacklist", {"addresses": ["two words"]}, "addresses"),
        ("blacklist", {"addresses": [""]}, "addresses"),
        ("blacklist", {"mailbox": "alice"}, "mailbox"),
    ],
    ids=str,
)
def test_bad_input_is_refused_before_the_first_call(
    mailboxorg: Bench, kind: str, given: dict[str, Any], option: str, check_mode: bool
) -> None:
    refused(mailboxorg.object(kind, **{**ALICE, **given}, check_mode=check_mode), option)
    assert mailboxorg.sim.requests == []


@check_modes
def test_a_reply_without_all_that_it_needs(mailboxorg: Bench, check_mode: bool) -> None:
    for name in REPLY:
        wish = {other: value for other, value in REPLY.items() if other != name}
        refused(mailboxorg.object("vacation", **ALICE, **wish, check_mode=check_mode), f"{name}:")
    refused(mailboxorg.object("vacation", **ALICE, active=True, check_mode=check_mode), "subject:")
    assert sent(mailboxorg) == []


@check_modes
def test_days_are_compared_with_those_that_are_held(mailboxorg: Bench, check_mode: bool) -> None:
    mailboxorg.store.set_vacation("alice@example.com", "Away", "2030-01-01", "2031-12-31")
    refused(
        mailboxorg.object("vacation", **ALICE, end_date="2029-12-31", check_mode=check_mode), "end_date", "2030-01-01"
    )
    refused(mailboxorg.object("vacation", **ALICE, start_date="2032-01-01", check_mode=check_mode), "end_date")
    assert sent(mailboxorg) == []


@check_modes
def test_spam_that_is_kept_needs_a_folder(mailboxorg: Bench, check_mode: bool) -> None:
    refused(mailboxorg.object("spam_protection", **ALICE, route_to="", check_mode=check_mode), "route_to:")
    mailboxorg.store.mailbox("alice@example.com").spamprotect |= {"killevel": "reject", "route_to": ""}
    refused(mailboxorg.object("spam_protection", **ALICE, kill_level="route", check_mode=check_mode), "kill_level:")
    assert sent(mailboxorg) == []


# What stays.


def test_one_setting_is_sent_with_all_others_as_they_are(mailboxorg: Bench) -> None:
    box = mailboxorg.store.mailbox("alice@example.com")
    box.spamprotect |= {"rbl": "0", "tag2level": "3.5", "route_to": "Müll"}
    before = dict(box.spamprotect)
    mailboxorg.predicted("spam_protection", **ALICE, greylist=False)
    assert box.spamprotect == {**before, "greylist": "0"}


def test_words_of_a_reply_that_nobody_gives_stay(mailboxorg: Bench) -> None:
    mailboxorg.store.set_vacation("alice@example.com", "Away", "2020-01-01", "2039-12-31", "Body", "info@example.com")
    mailboxorg.predicted("vacation", **ALICE, subject="Still away")
    held = mailboxorg.store.mailbox("alice@example.com").vacation
    assert (held["body"], held["additional_mail_addresses"]) == ("Body", ["info@example.com"])
    mailboxorg.predicted("vacation", **ALICE, active=False)
    assert mailboxorg.store.mailbox("alice@example.com").vacation is None


def test_entries_go_by_the_spelling_of_the_server(mailboxorg: Bench) -> None:
    mailboxorg.store.mailbox("alice@example.com").blacklist = ["Spam@Example.NET", "keep@example.net"]
    assert mailboxorg.predicted("blacklist", **ALICE, addresses=["spam@example.net"], append=True)["changed"] is False
    mailboxorg.predicted("blacklist", **ALICE, addresses=["KEEP@example.net"])
    assert mailboxorg.store.mailbox("alice@example.com").blacklist == ["keep@example.net"]
    assert sent(mailboxorg) == [
        ("mail.blacklist.del", {"mail": "alice@example.com", "delete_address": "Spam@Example.NET"})
    ]


def test_a_list_of_which_the_second_half_fails_says_so(mailboxorg: Bench) -> None:
    """Entries travel one by one."""
    box = mailboxorg.store.mailbox("alice@example.com")
    mailboxorg.sim.settings.blacklist_repeats = "refuse"
    mailboxorg.before("mail.blacklist.add", lambda: box.blacklist.append("b@example.net"), number=2)
    result = mailboxorg.object("blacklist", **ALICE, addresses=["a@example.net", "b@example.net"])
    assert result["changed"] is True
    assert sorted(box.blacklist) == ["a@example.net", "b@example.net"]
    assert mailboxorg.predicted("blacklist", **ALICE, addresses=["a@example.net", "b@example.net"])["changed"] is False


@check_modes
@pytest.mark.parametrize("kind", ["spam_protection", "blacklist"])
def test_a_capability_that_may_be_missing_is_named(mailboxorg: Bench, kind: str, check_mode: bool) -> None:
    mailboxorg.sim.settings.features_need_capability = True
    said = refused(mailboxorg.object(kind, **ALICE, **KINDS[kind], check_mode=check_mode), "capability", kind)
    assert "alice@example.com" in said
    assert sent(mailboxorg) == []


@pytest.mark.parametrize("kind", ["spam_protection", "blacklist"])
def test_mailboxes_without_the_capability_are_left_out_of_information(mailboxorg: Bench, kind: str) -> None:
    mailboxorg.sim.settings.features_need_capability = True
    name = {"spam_protection": "MAIL_SPAMPROTECTION", "blacklist": "MAIL_BLACKLIST"}[kind]
    mailboxorg.store.mailbox("alice@example.com").capabilities[name] = "on"
    entries = done(mailboxorg.info(resources=[plural(kind)]))["config"][plural(kind)]
    assert [entry["mailbox"] for entry in entries] == ["alice@example.com"]


def test_a_folder_that_the_server_forgets_with_rejected_spam_is_no_eternal_change(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.spam_folder_with_reject = "cleared"
    wish = {**ALICE, "kill_level": "reject", "route_to": "Junk"}
    done(mailboxorg.object("spam_protection", **wish))
    assert mailboxorg.store.mailbox("alice@example.com").spamprotect["route_to"] == ""
    assert mailboxorg.predicted("spam_protection", **wish)["changed"] is False
    mailboxorg.predicted("spam_protection", **{**wish, "kill_level": "route"})
    assert mailboxorg.store.mailbox("alice@example.com").spamprotect["route_to"] == "Junk"
