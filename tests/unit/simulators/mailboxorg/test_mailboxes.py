# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mail.add, mail.set, mail.del: what is taken, what is refused, what is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import MailboxOrg
from tests.unit.simulators.mailboxorg.client import PASSWORD, Client, refused

# What the fact sheet (mailboxorg.md 3.3) says comes back as it was sent.
ROUND_TRIP: dict[str, Any] = {
    "require_reset_password": True,
    "plan": "premium",
    "first_name": "B",
    "last_name": "E",
    "inboxsave": False,
    "forwards": ["z@elsewhere.example", "a@elsewhere.example"],
    "aliases": ["robert@example.com", "b@nowhere.example"],
    "alternate_mail": "b@private.example",
    "memo": "m",
    "active": False,
    "title": "Dr",
    "position": "p",
    "department": "d",
    "company": "c",
    "street": "s",
    "postal_code": "12345",
    "city": "Bonn",
    "phone": "1",
    "fax": "2",
    "cell_phone": "3",
    "uid_extern": "x-1",
    "language": "en_US",
}
ALL_MEMBERS = {
    *ROUND_TRIP,
    *("mail", "uid", "parent_uid", "domain", "type", "plansavailable", "status", "birthday", "allow_nets"),
    *("additional_mail_quota", "additional_cloud_quota", "capabilities", "possible_capabilities", "creation_date"),
}


def test_members_come_back_as_sent(account: Client) -> None:
    answer = account.set_mail("bob@example.com", **ROUND_TRIP)
    assert {name: answer[name] for name in ROUND_TRIP} == ROUND_TRIP
    assert account.get_mail("bob@example.com") == answer
    assert set(answer) == ALL_MEMBERS
    assert (answer["parent_uid"], answer["domain"]) == ("example", "example.com")


def test_lists_are_replaced_and_other_members_stay(account: Client) -> None:
    account.set_mail("bob@example.com", **ROUND_TRIP)
    answer = account.set_mail("bob@example.com", aliases=["only@example.com"], memo="")
    assert (answer["aliases"], answer["memo"], answer["city"]) == (["only@example.com"], "", "Bonn")
    assert account.set_mail("bob@example.com", aliases=[])["aliases"] == []


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"inboxsave": True, "forwards": []}, "inbox"),
        ({"inboxsave": True, "forwards": ["a@b.example"]}, "inboxforward"),
        ({"inboxsave": False, "forwards": ["a@b.example"]}, "forward"),
    ],
)
def test_type_follows(account: Client, params: dict[str, Any], kind: str) -> None:
    assert account.set_mail("bob@example.com", **params)["type"] == kind


def test_new_mailbox(account: Client) -> None:
    account.server.clock.advance(600)
    answer = account.add_mail(
        "Carol@Example.com", additional_mail_quota="5", forwards=["c@b.example"], birthday="1990-02-01", catchall=True
    )
    assert answer == account.get_mail("carol@example.com")
    assert set(answer) == ALL_MEMBERS
    assert (answer["mail"], answer["type"], answer["additional_mail_quota"]) == ("carol@example.com", "inboxforward", 5)
    assert (answer["aliases"], answer["active"], answer["memo"]) == ([], True, "")
    stored = account.server.store.mailbox("carol@example.com")
    assert (stored.password, stored.created) == (PASSWORD, account.server.clock.now())
    assert (stored.messages, stored.groupware_items) == (0, 0)
    assert account.addresses()[-1] == "carol@example.com"
    with refused():
        account.add_mail("carol@example.com")
    carol = Client(account.server).login_as("carol@example.com", PASSWORD)
    assert carol.get_mail("carol@example.com") == answer
    carol.http.close()


@pytest.mark.parametrize("name", ["password", "plan", "first_name", "last_name", "inboxsave", "forwards"])
def test_new_mailbox_needs(account: Client, name: str) -> None:
    with refused():
        account.add_mail("carol@example.com", **{name: None})
    assert "carol@example.com" not in account.server.store.mailboxes


BAD: list[dict[str, Any]] = [
    {"plan": "gold"},
    {"plan": "Standard"},
    {"plan": "MAILXL"},
    {"inboxsave": "yes"},
    {"inboxsave": 1},
    {"inboxsave": False, "forwards": []},
    {"forwards": "a@b.example"},
    {"forwards": ["a"]},
    {"plan": "standard", "additional_mail_quota": 5},
    {"plan": "standard", "additional_mail_quota": "5G"},
    {"plan": "standard", "additional_cloud_quota": "-1"},
    {"first_name": 5},
    {"birthday": "yesterday"},
    {"birthday": "1990-2-1"},
    {"password": "x", "password_hash": "{SSHA}abc"},
    {"no_such": "x"},
]


@pytest.mark.parametrize("params", BAD)
def test_bad_members_change_nothing(account: Client, params: dict[str, Any]) -> None:
    before = repr(account.server.store)
    with refused():
        account.set_mail("bob@example.com", city="Bonn", **params)
    with refused():
        account.add_mail("carol@example.com", **params)
    assert repr(account.server.store) == before


SET_ONLY = {
    "aliases": ["x@example.com"],
    "alternate_mail": "x@b.example",
    "active": False,
    "deletion_date": "2099-12-31",
    "same_password_disallowed": True,
}
ADD_ONLY = ["catchall", "create_own_context", "recover", "skip_welcome_mail", "evac_force_activation"]


@pytest.mark.parametrize("name", [*SET_ONLY, *ADD_ONLY])
def test_members_of_the_other_method(account: Client, name: str) -> None:
    def call() -> dict[str, Any]:
        if name in SET_ONLY:
            return account.add_mail("carol@example.com", **{name: SET_ONLY[name]})
        return account.set_mail("alice@example.com", **{name: True})

    with refused():
        call()
    account.server.settings.misplaced_parameters = "ignore"
    mail = call()["mail"]
    assert account.server.store.mailbox(mail).fields[name] in ([], "", name == "active")


def test_unknown_members_may_be_ignored(account: Client) -> None:
    account.server.settings.unknown_parameters = "ignore"
    assert "no_such" not in account.set_mail("bob@example.com", no_such="x")


def test_loose_types_by_switch(account: Client) -> None:
    account.server.settings.check_types = False
    for given, read in (("0", False), ("1", True), (0, False), (1, True)):
        assert account.set_mail("bob@example.com", active=given)["active"] is read
    assert account.set_mail("bob@example.com", plan="standard", additional_mail_quota=4)["additional_mail_quota"] == 4
    wrong: list[Any] = ["yes", 2, None, []]
    for bad in wrong:
        with refused():
            account.add_mail("carol@example.com", inboxsave=bad)


def test_mailbox_that_reaches_nobody_by_switch(account: Client) -> None:
    account.server.settings.unreachable_mailboxes = "accept"
    assert account.set_mail("bob@example.com", inboxsave=False)["type"] == "forward"


@pytest.mark.parametrize("name", ["additional_mail_quota", "additional_cloud_quota"])
def test_quota_goes_with_the_plan(account: Client, name: str) -> None:
    with refused():
        account.set_mail("bob@example.com", **{name: "3"})
    assert account.set_mail("bob@example.com", plan="standard", **{name: "3"})[name] == 3
    assert account.set_mail("bob@example.com", plan="premium")[name] == 3
    account.server.settings.quotas = "text"
    assert account.get_mail("bob@example.com")[name] == "3"
    account.server.settings.quota_without_plan = "accept"
    assert account.set_mail("bob@example.com", **{name: "0"})[name] == "0"


def test_plans_by_switch(account: Client) -> None:
    account.server.settings.plan_case = "capital"
    account.server.settings.legacy_plans = True
    assert account.set_mail("alice@example.com", plan="premium")["plan"] == "Premium"
    account.server.settings.light_downgrade = "refuse"
    with refused():
        account.set_mail("alice@example.com", plan="light")
    assert account.set_mail("bob@example.com", plan="light")["plan"] == "Light"
    assert account.set_mail("alice@example.com", plan="MAILXL")
    assert account.server.store.mailbox("alice@example.com").fields["plan"] == "MAILXL"


def test_addresses_belong_to_one_mailbox(account: Client) -> None:
    for alias in ("alice@example.com", "INFO@example.com"):
        with refused():
            account.set_mail("bob@example.com", aliases=[alias])
    with refused():
        account.add_mail("info@example.com")
    account.set_mail("alice@example.com", aliases=["info@example.com", "front@example.com"])
    account.set_mail("alice@example.com", aliases=[])
    assert account.add_mail("info@example.com")
    account.server.settings.address_collisions = "allow"
    assert account.set_mail("bob@example.com", aliases=["alice@example.com"])["aliases"] == ["alice@example.com"]


def test_what_a_call_does_not_touch_is_not_looked_at(account: Client) -> None:
    fields = account.server.store.mailbox("bob@example.com").fields
    fields.update(aliases=["info@example.com"], inboxsave=False, plan="gold")
    assert account.set_mail("bob@example.com", memo="x")["memo"] == "x"
    with refused():
        account.set_mail("bob@example.com", forwards=[])


def test_one_catch_all_for_a_domain(account: Client) -> None:
    assert "catchall" not in account.add_mail("carol@example.com", catchall=True)
    with refused():
        account.add_mail("dave@example.com", catchall=True)
    account.server.settings.show_create_only = True
    assert account.get_mail("carol@example.com")["catchall"] is True
    assert account.get_mail("bob@example.com")["catchall"] is False


def test_passwords_are_kept_and_never_shown(account: Client) -> None:
    assert "password" not in account.add_mail("carol@example.com", password=None, password_hash="{SSHA}abc")
    stored = account.server.store.mailbox("carol@example.com")
    assert (stored.password, stored.password_hash) == ("", "{SSHA}abc")
    assert "x-Secret" not in str(account.set_mail("carol@example.com", password="x-Secret"))
    stored = account.server.store.mailbox("carol@example.com")
    assert (stored.password, stored.password_hash) == ("x-Secret", "")
    account.server.settings.password_policy = True
    with refused():
        account.set_mail("carol@example.com", password="weak")
    assert account.set_mail("carol@example.com", password=PASSWORD, city="Bonn")["city"] == "Bonn"


def test_planned_deletion(account: Client) -> None:
    assert "deletion_date" not in account.get_mail("bob@example.com")
    answer = account.set_mail("bob@example.com", active=False, deletion_date="31.12.2099")
    assert (answer["active"], answer["deletion_date"]) == (False, "31.12.2099")
    for style, shown in (("iso", "2099-12-31"), ("german", "31.12.2099"), ("datetime", "2099-12-31 00:00:00")):
        account.server.settings.deletion_date = style  # type: ignore[assignment]
        assert account.get_mail("bob@example.com")["deletion_date"] == shown
    assert "deletion_date" not in account.set_mail("bob@example.com", active=True)


def test_mail_is_gone_and_the_address_blocked(account: Client) -> None:
    assert account.call("mail.del", mail="Alice@example.com") is True
    assert account.addresses() == ["bob@example.com"]
    with refused():
        account.get_mail("alice@example.com")
    with refused():
        account.call("mail.del", mail="alice@example.com")
    with refused():
        account.add_mail("alice@example.com")
    account.add_mail("alice@example.com", recover=True)
    assert account.server.store.mailbox("alice@example.com").messages == 0
    assert account.server.store.deleted == {}
    account.call("mail.del", mail="bob@example.com")
    account.server.settings.delete_list = False
    account.add_mail("bob@example.com")


def test_prepared_objects_have_known_members(server: MailboxOrg) -> None:
    box = server.store.add_mailbox("Carol@example.com", city="Bonn", messages=2)
    assert (box.mail, box.fields["city"], box.messages, box.groupware_items) == ("carol@example.com", "Bonn", 2, 0)
    with pytest.raises(ValueError, match="town"):
        server.store.add_mailbox("dave@example.com", town="Bonn")
    with pytest.raises(ValueError, match="street"):
        server.store.add_account("third", street="x")


def test_new_mailbox_in_no_domain(server: MailboxOrg, account: Client) -> None:
    before = repr(server.store)
    for mail in ("carol@nowhere.example", "carol", "@example.com"):
        with refused():
            account.add_mail(mail)
    assert repr(server.store) == before
