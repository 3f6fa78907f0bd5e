# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes of mailbox.org: what is sent by which call, what stays, what becomes of them (mailboxorg.md 2.5, 3.3)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import (
    ALICE,
    BOB,
    CAROL,
    EVERYTHING,
    NOTHING,
    every_habit,
    held,
    sent,
    take_up,
)

# Creation.


def test_a_new_mailbox_takes_one_call(mailboxorg: Bench) -> None:
    result = mailboxorg.predicted("mailbox", **CAROL)
    assert result["changed"] is True
    assert CAROL["password"] not in str(result)
    ((method, params),) = sent(mailboxorg)
    assert method == "mail.add"
    assert params == {
        "mail": "carol@example.com",
        "password": CAROL["password"],
        "plan": "standard",
        "first_name": "Carol",
        "last_name": "Example",
        "inboxsave": True,
        "forwards": [],
    }
    assert mailboxorg.predicted("mailbox", **CAROL)["changed"] is False
    assert len(mailboxorg.sim.writes) == 1


def test_what_only_mail_set_takes_goes_in_one_more_call(mailboxorg: Bench) -> None:
    mailboxorg.predicted("mailbox", **{**CAROL, **EVERYTHING})
    (first, added), (second, changed) = sent(mailboxorg)
    assert (first, second) == ("mail.add", "mail.set")
    assert changed == {
        "mail": "carol@example.com",
        "aliases": ["desk@example.com", "sales@example.com"],
        "alternate_mail": "carol@example.net",
        "active": False,
        "deletion_date": "30.12.2031",
    }
    assert not added.keys() & (changed.keys() - {"mail"})
    assert mailboxorg.sim.requests[-1].logout


def test_every_option_arrives_under_the_name_of_the_server(mailboxorg: Bench) -> None:
    mailboxorg.predicted("mailbox", **{**CAROL, **EVERYTHING})
    box = held(mailboxorg)
    for name, value in EVERYTHING.items():
        stored = {
            "inbox_save": ("inboxsave", False),
            "forwards": ("forwards", ["ann@example.net", "zoe@example.net"]),
            "aliases": ("aliases", ["desk@example.com", "sales@example.com"]),
            "additional_mail_quota": ("additional_mail_quota", 5),
            "additional_cloud_quota": ("additional_cloud_quota", 2),
            "allow_nets": ("allow_nets", "10.0.0.0/8,192.168.0.0/16"),
            "external_id": ("uid_extern", "0042"),
            "deletion_date": ("deletion_date", "30.12.2031"),
        }.get(name, (name, value))
        assert box[stored[0]] == stored[1], name


@pytest.mark.parametrize("missing", ["password", "plan", "first_name", "last_name"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_what_a_new_mailbox_needs(mailboxorg: Bench, missing: str, check_mode: bool) -> None:
    wish = {name: value for name, value in CAROL.items() if name != missing}
    refused(mailboxorg.object("mailbox", check_mode=check_mode, **wish), missing)
    refused(mailboxorg.config({"mailboxes": [wish]}, check_mode=check_mode), missing, "config.mailboxes[0]")
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_domain_that_is_not_there(mailboxorg: Bench, check_mode: bool) -> None:
    result = mailboxorg.object("mailbox", check_mode=check_mode, **{**CAROL, "email": "carol@new.example"})
    if check_mode:
        assert done(result)["assumed"] == ["domain new.example"]
    else:
        refused(result, "new.example", "domain")
    assert mailboxorg.sim.writes == []


CREATE_ONLY = ["catchall", "create_own_context", "recover", "skip_welcome_mail", "evac_force_activation"]


@pytest.mark.parametrize("name", CREATE_ONLY)
@pytest.mark.parametrize("value", [True, False])
def test_what_is_taken_at_creation_only(mailboxorg: Bench, name: str, value: bool) -> None:
    mailboxorg.predicted("mailbox", **CAROL, **{name: value})
    assert held(mailboxorg)[name] is value
    for other in (value, not value):
        assert mailboxorg.predicted("mailbox", **CAROL, **{name: other})["changed"] is False
    assert len(mailboxorg.sim.writes) == 1


def test_a_second_catch_all_is_refused_by_the_server_and_told(mailboxorg: Bench) -> None:
    mailboxorg.predicted("mailbox", **CAROL, catchall=True)
    result = mailboxorg.object("mailbox", **{**CAROL, "email": "dora@example.com"}, catchall=True)
    refused(result, "catch-all", "dora@example.com", "mail.add")
    assert "dora@example.com" not in mailboxorg.store.mailboxes


def test_a_mailbox_with_a_context_of_its_own(mailboxorg: Bench) -> None:
    mailboxorg.predicted("mailbox", **CAROL, create_own_context=True)
    assert mailboxorg.store.mailbox("carol@example.com").own_context


# Round trips on servers of all habits.


@every_habit
def test_everything_goes_there_and_back(mailboxorg: Bench, habit: str) -> None:
    take_up(mailboxorg, habit)
    wish = {**CAROL, **EVERYTHING}
    assert mailboxorg.predicted("mailbox", **wish)["changed"] is True
    for again in (wish, {"email": CAROL["email"]}):
        result = mailboxorg.predicted("mailbox", **again)
        assert (result["changed"], result["changes"]) == (False, [])
    cleared = {**NOTHING, "first_name": "Carol", "last_name": "Example", "language": "de_DE"}
    result = mailboxorg.predicted("mailbox", **{**CAROL, **cleared})
    assert set(result["changes"]) == EVERYTHING.keys()
    box = held(mailboxorg)
    assert (box["active"], box["deletion_date"], box["inboxsave"], box["forwards"]) == (True, "", True, [])
    assert (box["memo"], box["aliases"], box["additional_mail_quota"], box["allow_nets"]) == ("", [], 0, "")
    assert box["birthday"] == ""
    assert mailboxorg.predicted("mailbox", **{**CAROL, **cleared})["changed"] is False


@pytest.mark.parametrize("habit", ["as seen", "2022"])
@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_one_option_is_changed_and_everything_else_stays(mailboxorg: Bench, habit: str, name: str) -> None:
    take_up(mailboxorg, habit)
    wish = {name: EVERYTHING[name]}
    if name == "inbox_save":
        wish["forwards"] = EVERYTHING["forwards"]
    before = copy.deepcopy(held(mailboxorg, "alice@example.com"))
    result = mailboxorg.predicted("mailbox", **ALICE, **wish)
    assert result["changed"] is True
    after = held(mailboxorg, "alice@example.com")
    wire = {"inbox_save": "inboxsave", "external_id": "uid_extern"}
    touched = {wire.get(option, option) for option in wish} | ({"active"} if name == "deletion_date" else set())
    assert {key for key in after if after[key] != before[key]} == touched
    assert mailboxorg.predicted("mailbox", **ALICE, **wish)["changed"] is False
    assert len(mailboxorg.sim.writes) == 1


# Lists.


def test_lists_are_compared_as_sets_and_replaced_whole(mailboxorg: Bench) -> None:
    alice = held(mailboxorg, "alice@example.com")
    alice["aliases"], alice["forwards"] = ["B@example.com", "a@example.com"], ["z@example.net", "y@example.net"]
    same = {
        "aliases": ["a@example.com", "b@example.com", "A@example.com"],
        "forwards": ["y@example.net", "Z@example.net"],
    }
    assert mailboxorg.predicted("mailbox", **ALICE, **same)["changed"] is False
    result = mailboxorg.predicted("mailbox", **ALICE, aliases=["c@example.com", "a@example.com"])
    assert result["changes"] == ["aliases"]
    assert held(mailboxorg, "alice@example.com")["aliases"] == ["a@example.com", "c@example.com"]
    assert held(mailboxorg, "alice@example.com")["forwards"] == ["z@example.net", "y@example.net"]
    mailboxorg.predicted("mailbox", **ALICE, aliases=[], forwards=[])
    assert held(mailboxorg, "alice@example.com")["aliases"] == []
    assert held(mailboxorg, "alice@example.com")["forwards"] == []


# Quotas and plans.


@pytest.mark.parametrize("name", ["additional_mail_quota", "additional_cloud_quota"])
@pytest.mark.parametrize("plan", [None, "premium"])
def test_a_quota_is_sent_with_the_plan(mailboxorg: Bench, name: str, plan: str | None) -> None:
    wish = {name: "7G", **({"plan": plan} if plan else {})}
    mailboxorg.predicted("mailbox", **BOB, **wish)
    ((_method, params),) = sent(mailboxorg)
    assert params == {"mail": "bob@example.com", name: "7", "plan": plan or "light"}


def test_the_plan_is_not_sent_for_other_changes(mailboxorg: Bench) -> None:
    mailboxorg.predicted("mailbox", **ALICE, memo="x", plan="standard")
    assert sent(mailboxorg) == [("mail.set", {"mail": "alice@example.com", "memo": "x"})]


@pytest.mark.parametrize("legacy", [True, False])
def test_a_plan_of_former_years_survives(mailboxorg: Bench, legacy: bool) -> None:
    mailboxorg.sim.settings.legacy_plans = legacy
    held(mailboxorg, "bob@example.com")["plan"] = "OfficeXL"
    result = mailboxorg.predicted("mailbox", **BOB, memo="old", additional_mail_quota="3G")
    assert result["mailbox"]["plan"] == "OfficeXL"
    bob = held(mailboxorg, "bob@example.com")
    assert (bob["plan"], bob["memo"], bob["additional_mail_quota"]) == ("OfficeXL", "old", 3)
    assert mailboxorg.predicted("mailbox", **BOB, plan="light")["changes"] == ["plan"]


def test_a_plan_that_the_server_refuses_is_a_failure(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.light_downgrade = "refuse"
    refused(mailboxorg.object("mailbox", **ALICE, plan="light", memo="x"), "alice@example.com", "cannot be put to")
    assert held(mailboxorg, "alice@example.com")["memo"] == "Front desk"


# Secrets.


@pytest.mark.parametrize("secret", ["password", "password_hash"])
def test_a_secret_is_sent_at_creation_and_later_only_on_request(mailboxorg: Bench, secret: str) -> None:
    wish = {name: value for name, value in CAROL.items() if name != "password"}
    assert mailboxorg.predicted("mailbox", **wish, **{secret: "F1rst-secret!"})["changed"] is True
    assert mailboxorg.predicted("mailbox", **wish, **{secret: "N3xt-secret!"})["changed"] is False
    assert getattr(mailboxorg.store.mailbox("carol@example.com"), secret) == "F1rst-secret!"
    for _again in range(2):
        result = mailboxorg.predicted("mailbox", **wish, **{secret: "N3xt-secret!"}, update_password="always")
        assert (result["changed"], result["changes"], result["unverified"]) == (True, [secret], [secret])
        assert "N3xt-secret!" not in str(result)
    assert getattr(mailboxorg.store.mailbox("carol@example.com"), secret) == "N3xt-secret!"


def test_what_the_server_never_tells_is_sent_along_or_on_request(mailboxorg: Bench) -> None:
    wish = {**ALICE, "same_password_disallowed": True}
    assert mailboxorg.predicted("mailbox", **wish)["changed"] is False
    result = mailboxorg.predicted("mailbox", **wish, memo="x")
    assert result["unverified"] == ["same_password_disallowed"]
    assert held(mailboxorg, "alice@example.com")["same_password_disallowed"] is True
    for _again in range(2):
        assert mailboxorg.predicted("mailbox", **wish, update_unreadable="always")["changed"] is True


def test_a_password_that_the_server_refuses_is_not_shown(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.password_policy = True
    result = mailboxorg.object("mailbox", **{**CAROL, "password": "w3ak-one"})
    refused(result, "password", "carol@example.com")
    assert "w3ak-one" not in str(result)


# Where mail goes.


@pytest.mark.parametrize(
    ("wish", "option"),
    [({"inbox_save": False}, "inbox_save"), ({"inbox_save": False, "forwards": []}, "inbox_save")],
)
@pytest.mark.parametrize("who", [CAROL, ALICE])
@pytest.mark.parametrize("check_mode", [True, False])
def test_mail_that_would_go_nowhere_is_refused(
    mailboxorg: Bench, wish: dict[str, Any], option: str, who: dict[str, Any], check_mode: bool
) -> None:
    refused(mailboxorg.object("mailbox", check_mode=check_mode, **who, **wish), option, "nowhere")
    refused(mailboxorg.config({"mailboxes": [{**who, **wish}]}, check_mode=check_mode), f"config.mailboxes[0].{option}")
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_the_last_forward_of_a_mailbox_that_keeps_nothing_stays(mailboxorg: Bench, check_mode: bool) -> None:
    held(mailboxorg, "alice@example.com").update(inboxsave=False, forwards=["x@example.net"])
    refused(mailboxorg.object("mailbox", check_mode=check_mode, **ALICE, forwards=[]), "forwards", "nowhere")
    assert mailboxorg.sim.writes == []
    if not check_mode:
        assert mailboxorg.predicted("mailbox", **ALICE, forwards=[], inbox_save=True)["changed"] is True


def test_keeping_and_forwarding_change_in_one_call(mailboxorg: Bench) -> None:
    mailboxorg.predicted("mailbox", **ALICE, inbox_save=False, forwards=["x@example.net"])
    mailboxorg.predicted("mailbox", **ALICE, inbox_save=True, forwards=[])
    assert [method for method, _params in sent(mailboxorg)] == ["mail.set", "mail.set"]


# Planned deletion.


def test_a_date_of_deletion_makes_inactive_and_activation_takes_it_back(mailboxorg: Bench) -> None:
    result = mailboxorg.predicted("mailbox", **ALICE, deletion_date="31.12.2031")
    assert set(result["changes"]) == {"active", "deletion_date"}
    assert result["mailbox"]["deletion_date"] == "2031-12-31"
    for wish in ({"deletion_date": "2031-12-31"}, {"active": False}, {"deletion_date": "31.12.2031", "active": False}):
        assert mailboxorg.predicted("mailbox", **ALICE, **wish)["changed"] is False
    result = mailboxorg.predicted("mailbox", **ALICE, active=True)
    assert set(result["changes"]) == {"active", "deletion_date"}
    alice = held(mailboxorg, "alice@example.com")
    assert (alice["active"], alice["deletion_date"]) == (True, "")
    for wish in ({"deletion_date": ""}, {"active": True}, {"active": True, "deletion_date": ""}):
        assert mailboxorg.predicted("mailbox", **ALICE, **wish)["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_deletion_is_not_taken_back_without_activation(mailboxorg: Bench, check_mode: bool) -> None:
    held(mailboxorg, "alice@example.com").update(active=False, deletion_date="2031-12-31")
    result = mailboxorg.object("mailbox", check_mode=check_mode, **ALICE, deletion_date="")
    refused(result, "deletion_date", "active: true")
    assert mailboxorg.sim.writes == []


def test_another_date_is_set_in_the_form_that_was_seen(mailboxorg: Bench) -> None:
    held(mailboxorg, "alice@example.com").update(active=False, deletion_date="2031-12-31")
    assert mailboxorg.predicted("mailbox", **ALICE, deletion_date="2032-01-02")["changes"] == ["deletion_date"]
    assert sent(mailboxorg)[0][1]["deletion_date"] == "02.01.2032"


# Deletion.


@pytest.mark.parametrize("check_mode", [True, False])
def test_mail_is_not_destroyed_without_consent(mailboxorg: Bench, check_mode: bool) -> None:
    refused(mailboxorg.object("mailbox", check_mode=check_mode, **ALICE, state="absent"), "allow_mail_loss")
    document = {"mailboxes": [{**ALICE, "state": "absent"}]}
    refused(mailboxorg.config(document, check_mode=check_mode), "allow_mail_loss")
    assert mailboxorg.sim.writes == []


def test_a_mailbox_is_deleted_once(mailboxorg: Bench) -> None:
    result = mailboxorg.predicted("mailbox", **ALICE, state="absent", allow_mail_loss=True)
    assert result["changed"] is True
    assert sent(mailboxorg) == [("mail.del", {"mail": "alice@example.com"})]
    assert "alice@example.com" in mailboxorg.store.deleted
    for consent in (True, False):
        again = mailboxorg.predicted("mailbox", **ALICE, state="absent", allow_mail_loss=consent, free_address=True)
        assert again["changed"] is False
    assert len(mailboxorg.sim.writes) == 1


def test_an_address_is_freed_on_request(mailboxorg: Bench) -> None:
    mailboxorg.predicted("mailbox", **ALICE, state="absent", allow_mail_loss=True, free_address=True)
    assert mailboxorg.store.deleted == {}
    assert mailboxorg.predicted("mailbox", **{**CAROL, **ALICE})["changed"] is True


@pytest.mark.parametrize("wish", [{}, {"recover": False}])
def test_a_deleted_address_is_refused_with_advice_and_recovered(mailboxorg: Bench, wish: dict[str, Any]) -> None:
    mailboxorg.predicted("mailbox", **ALICE, state="absent", allow_mail_loss=True)
    refused(mailboxorg.object("mailbox", **{**CAROL, **ALICE}, **wish), "recover", "free_address", "blocked")
    assert mailboxorg.predicted("mailbox", **{**CAROL, **ALICE}, recover=True)["changed"] is True
    assert mailboxorg.predicted("mailbox", **{**CAROL, **ALICE}, recover=True)["changed"] is False


def test_a_mailbox_that_somebody_else_deletes_meanwhile(mailboxorg: Bench) -> None:
    mailboxorg.before("mail.del", lambda: mailboxorg.store.mailboxes.pop("alice@example.com"))
    result = mailboxorg.object("mailbox", **ALICE, state="absent", allow_mail_loss=True)
    done(result)


# Bad input, refused before the first call.

BAD: list[dict[str, Any]] = [
    {"email": "carol"},
    {"email": "carol@"},
    {"email": "@example.com"},
    {"email": "carol@example.com, dora@example.com"},
    {"plan": "gold"},
    {"plan": "basic"},
    {"password": "One-1!", "password_hash": "{SSHA}x"},
    {"additional_mail_quota": "5"},
    {"additional_mail_quota": "unlimited"},
    {"additional_cloud_quota": "1536M"},
    {"additional_cloud_quota": "-1G"},
    {"additional_cloud_quota": "lots"},
    {"birthday": "31.02.1980"},
    {"birthday": "yesterday"},
    {"birthday": "1980-13-01"},
    {"deletion_date": "12/31/2031"},
    {"deletion_date": "2031-12-31", "active": True},
    {"aliases": ["no address"]},
    {"aliases": ["a@example.com", "b"]},
    {"forwards": ["@example.com"]},
    {"alternate_mail": "x"},
    {"capabilities": {"otp": "perhaps"}},
    {"capabilities": {"telepathy": True}},
    {"inbox_save": "perhaps"},
    {"active": "perhaps"},
]


@pytest.mark.parametrize("bad", BAD, ids=str)
@pytest.mark.parametrize("check_mode", [True, False])
def test_bad_input_is_refused_before_the_first_call(mailboxorg: Bench, bad: dict[str, Any], check_mode: bool) -> None:
    option = [*bad][-1] if "deletion_date" not in bad else "deletion_date"
    result = mailboxorg.object("mailbox", check_mode=check_mode, **{**CAROL, **bad})
    refused(result, option)
    assert mailboxorg.sim.requests == []
    result = mailboxorg.config({"mailboxes": [ALICE, {**CAROL, **bad}]}, check_mode=check_mode)
    refused(result, option)
    assert mailboxorg.sim.requests == []
