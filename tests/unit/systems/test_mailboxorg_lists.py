# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailing lists and groups of mailbox.org, whose shapes nobody has described (mailboxorg.md 2.14, 2.15, 5.3)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import sent

PASSWORD = "L1st-Secret-ÄÖ\"'"
TEAM: dict[str, Any] = {"address": "team@example.com", "password": PASSWORD, "admin_mail": "alice@example.com"}
GROUP: dict[str, Any] = {"name": "Sales", "account": "example", "display_name": "Sales team"}
MEMBERS = ["alice@example.com", "bob@example.com"]
check_modes = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "run"])
SHAPES: dict[str, dict[str, Any]] = {
    "as thought": {},
    "names": {"mailinglist_list": "names", "group_list": "names"},
    "maps": {"mailinglist_list": "map", "group_list": "map", "group_members": "map"},
    "lists of one": {
        "mailinglist_list": "names",
        "mailinglist_get": "list",
        "group_list": "names",
        "group_get": "list",
    },
    "other members": {"mailinglist_name_member": "mail", "group_members_member": "members", "group_id_member": "id"},
    "numbers as text": {"group_id": "text", "group_list_members": False},
    "members as objects": {"group_members": "objects"},
    "members as text": {"group_members": "text"},
    "passwords": {"mailinglist_password": "shown"},
    "left out is cleared": {"mailinglist_left_out": "cleared"},
    "empty is left out": {"mailinglist_adminmail": "empty_absent"},
    "repeats refused": {"group_repeats": "refuse"},
    "unknown members": {"extra_members": True},
    "no batches": {"batch": "unsupported"},
}


def take_up(bench: Bench, shape: str) -> None:
    for name, value in SHAPES[shape].items():
        assert hasattr(bench.sim.settings, name), name
        setattr(bench.sim.settings, name, value)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_both_live_in_every_shape(mailboxorg: Bench, shape: str) -> None:
    take_up(mailboxorg, shape)
    account = mailboxorg.store.accounts["example"]
    results = [
        mailboxorg.predicted("mailing_list", **TEAM),
        mailboxorg.predicted("group", **GROUP, members=["alice@example.com"]),
        mailboxorg.predicted("group", **GROUP, members=["bob@example.com"], append=True),
    ]
    assert [result["changed"] for result in results] == [True] * 3
    again = [mailboxorg.predicted("mailing_list", **TEAM), mailboxorg.predicted("group", **GROUP, members=MEMBERS)]
    assert [result["changed"] for result in again] == [False, False]
    info = mailboxorg.info(resources=["mailing_lists", "groups"])
    assert done(mailboxorg.config(info["config"]))["changed"] is False
    mailboxorg.predicted("group", **GROUP, members=["bob@example.com"])
    (row,) = account.groups.values()
    assert (row["display_name"], row["members"]) == ("Sales team", ["bob@example.com"])
    mailboxorg.predicted("mailing_list", **{**TEAM, "admin_mail": "bob@example.com"})
    assert account.mailinglists == {"team@example.com": {"password": PASSWORD, "adminmail": "bob@example.com"}}
    mailboxorg.predicted("mailing_list", address=TEAM["address"], password="N3w-Secret", update_password="always")
    assert account.mailinglists["team@example.com"] == {"password": "N3w-Secret", "adminmail": "bob@example.com"}
    assert PASSWORD not in str([*results, *again, info])
    mailboxorg.predicted("group", name="Sales", account="example", state="absent")
    mailboxorg.predicted("mailing_list", address="team@example.com", state="absent", allow_mail_loss=True)
    assert (account.groups, account.mailinglists) == ({}, {})


@check_modes
def test_a_list_is_not_deleted_without_consent(mailboxorg: Bench, check_mode: bool) -> None:
    mailboxorg.store.add_mailinglist("team@example.com")
    wish = {"address": "team@example.com", "state": "absent"}
    refused(mailboxorg.object("mailing_list", **wish, check_mode=check_mode), "allow_mail_loss")
    refused(mailboxorg.config({"mailing_lists": [wish]}, check_mode=check_mode), "allow_mail_loss")
    assert sent(mailboxorg) == []


@check_modes
def test_a_list_whose_name_is_no_address_is_never_pruned(mailboxorg: Bench, check_mode: bool) -> None:
    mailboxorg.store.add_mailinglist("friends")
    before = copy.deepcopy(mailboxorg.store.accounts["example"].mailinglists)
    mailboxorg.config(
        {"mailing_lists": []}, prune=["mailing_lists"], allow_empty=True, allow_mail_loss=True, check_mode=check_mode
    )
    assert mailboxorg.store.accounts["example"].mailinglists == before
    assert sent(mailboxorg) == []


@check_modes
@pytest.mark.parametrize(
    ("kind", "given", "option"),
    [
        ("mailing_list", {**TEAM, "address": "team"}, "address"),
        ("mailing_list", {**TEAM, "admin_mail": "root"}, "admin_mail"),
        ("group", {**GROUP, "name": " "}, "name"),
        ("group", {**GROUP, "display_name": ""}, "display_name"),
        ("group", {**GROUP, "members": ["alice"]}, "members"),
    ],
    ids=str,
)
def test_bad_input_is_refused_before_the_first_call(
    mailboxorg: Bench, kind: str, given: dict[str, Any], option: str, check_mode: bool
) -> None:
    refused(mailboxorg.object(kind, **given, check_mode=check_mode), option)
    assert mailboxorg.sim.requests == []


@check_modes
@pytest.mark.parametrize(("kind", "given"), [("mailing_list", TEAM), ("group", GROUP)])
def test_what_a_new_one_needs_is_named(mailboxorg: Bench, kind: str, given: dict[str, Any], check_mode: bool) -> None:
    missing = {"mailing_list": "password", "group": "display_name"}[kind]
    wish = {name: value for name, value in given.items() if name != missing}
    refused(mailboxorg.object(kind, **wish, check_mode=check_mode), missing)
    assert sent(mailboxorg) == []


@check_modes
def test_a_member_that_is_missing_is_named_and_assumed_in_check_mode(mailboxorg: Bench, check_mode: bool) -> None:
    result = mailboxorg.object("group", **GROUP, members=["carol@example.com"], check_mode=check_mode)
    if check_mode:
        assert done(result)["assumed"] == ["mailbox carol@example.com"]
    else:
        refused(result, "carol@example.com")
    assert sent(mailboxorg) == []


@check_modes
def test_a_name_that_two_groups_have_means_neither(mailboxorg: Bench, check_mode: bool) -> None:
    for name in ("Sales", "SALES"):
        mailboxorg.store.add_group(name)
    for options in ({"display_name": "New"}, {"state": "absent"}):
        wish = {**GROUP, **options}
        refused(mailboxorg.object("group", **wish, check_mode=check_mode), "name", "2 groups")
    assert sent(mailboxorg) == []


def test_the_limit_of_the_account_is_told(mailboxorg: Bench) -> None:
    for number in range(2):
        mailboxorg.store.add_mailinglist(f"list{number}@example.com")
    said = refused(mailboxorg.object("mailing_list", **TEAM), "max_mailinglist")
    assert PASSWORD not in said


def test_another_name_for_people_leaves_the_members(mailboxorg: Bench) -> None:
    """The server wants a list of members each time."""
    mailboxorg.store.add_group("Sales", *MEMBERS)
    mailboxorg.predicted("group", **GROUP)
    ((_method, params),) = sent(mailboxorg)
    assert params["mail_addresses_to_add"] == []
    (row,) = mailboxorg.store.accounts["example"].groups.values()
    assert (row["display_name"], row["members"]) == ("Sales team", MEMBERS)
