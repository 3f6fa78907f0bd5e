# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mailbox has beside its fields: spam protection, absence replies, application passwords and so on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import Client, Failure, refused

ALICE = "alice@example.com"
SPAM: dict[str, Any] = {
    "greylist": "0",
    "smtp_plausibility": "1",
    "rbl": "0",
    "bypass_banned_checks": "1",
    "tag2level": "4.5",
    "killevel": "reject",
    "route_to": "Junk",
}


def test_spam_protection(account: Client) -> None:
    before = account.call("mail.spamprotect.get", mail=ALICE)
    assert (before["greylist"], before["tag2level"], before["killevel"], before["route_to"]) == (
        "1",
        "5.5",
        "route",
        "Spam",
    )
    assert account.call("mail.spamprotect.set", mail=ALICE, **SPAM) == SPAM
    assert account.call("mail.spamprotect.get", mail=ALICE) == SPAM
    assert account.call("mail.spamprotect.set", mail=ALICE, **{**SPAM, "tag2level": 6.5})["tag2level"] == "6.5"
    assert account.call("mail.spamprotect.get", mail="bob@example.com") == before


@pytest.mark.parametrize(
    "change",
    [
        *({name: None} for name in SPAM),
        {"greylist": True},
        {"rbl": "yes"},
        {"killevel": "delete"},
        {"tag2level": "high"},
        {"tag2level": 5.55},
        {"kill_level": "route"},
    ],
)
def test_spam_protection_wants_all_of_it(account: Client, change: dict[str, Any]) -> None:
    before = account.call("mail.spamprotect.get", mail=ALICE)
    with refused():
        account.call("mail.spamprotect.set", mail=ALICE, **{**SPAM, **change})
    assert account.call("mail.spamprotect.get", mail=ALICE) == before


def test_blacklist(account: Client) -> None:
    def add(entry: str) -> Any:
        return account.call("mail.blacklist.add", mail=ALICE, add_address=entry)

    def remove(entry: str) -> Any:
        return account.call("mail.blacklist.del", mail=ALICE, delete_address=entry)

    assert account.call("mail.blacklist.list", mail=ALICE) == []
    assert add("b@bad.example") == ["b@bad.example"]
    assert add("a@bad.example") == ["b@bad.example", "a@bad.example"]
    assert add("a@bad.example") == ["b@bad.example", "a@bad.example"]
    assert remove("b@bad.example") == ["a@bad.example"]
    assert remove("b@bad.example") == ["a@bad.example"]
    account.server.settings.blacklist_repeats = "refuse"
    with refused():
        add("a@bad.example")
    with refused():
        remove("b@bad.example")
    assert account.call("mail.blacklist.list", mail=ALICE) == ["a@bad.example"]


def test_features_may_need_their_capability(account: Client) -> None:
    account.server.settings.features_need_capability = True
    with refused():
        account.call("mail.spamprotect.get", mail=ALICE)
    with refused():
        account.call("mail.blacklist.list", mail=ALICE)
    account.call("mail.capabilities.set", mail=ALICE, capabilities={"MAIL_SPAMPROTECTION": "on"})
    assert account.call("mail.spamprotect.get", mail=ALICE)
    with refused():
        account.call("mail.blacklist.list", mail=ALICE)


REPLY: dict[str, Any] = {"subject": "Away", "start_date": "2026-12-01", "end_date": "2026-12-31"}


def test_absence_reply(account: Client) -> None:
    nothing = {"message": "no automatic mail response active"}
    assert account.call("mail.vacation.get", mail=ALICE) == nothing
    assert account.call("mail.vacation.set", mail=ALICE, **REPLY, body="Soon back") is True
    answer = account.call("mail.vacation.get", mail=ALICE)
    assert answer == {**REPLY, "body": "Soon back", "additional_mail_addresses": []}
    account.call("mail.vacation.set", mail=ALICE, **REPLY, additional_mail_addresses=["info@example.com"])
    answer = account.call("mail.vacation.get", mail=ALICE)
    assert (answer["body"], answer["additional_mail_addresses"]) == ("", ["info@example.com"])
    assert [account.call("mail.vacation.delete", mail=ALICE) for _turn in range(2)] == [True, True]
    assert account.call("mail.vacation.get", mail=ALICE) == nothing
    with refused():
        account.call("mail.vacation.delete", mail="nobody@example.com")


@pytest.mark.parametrize("change", [{"subject": None}, {"start_date": "01.12.2026"}, {"end_date": "2026-13-01"}])
def test_bad_absence_reply(account: Client, change: dict[str, Any]) -> None:
    with refused():
        account.call("mail.vacation.set", mail=ALICE, **{**REPLY, **change})
    assert account.server.store.mailbox(ALICE).vacation is None


def test_application_passwords(account: Client) -> None:
    def add(memo: str) -> Any:
        return account.call("mail.apppassword.add", mail=ALICE, memo=memo, imap_allowed=True, smtp_allowed=False)

    first, second = add("phone"), add("phone")
    assert isinstance(first, str)
    assert first != second
    rows = account.call("mail.apppassword.list", mail=ALICE)
    assert [(row["memo"], row["imap_allowed"], row["smtp_allowed"]) for row in rows] == [("phone", True, False)] * 2
    assert first not in str(rows)
    assert account.call("mail.apppassword.del", id=rows[0]["id"]) is True
    assert [row["id"] for row in account.call("mail.apppassword.list", mail=ALICE)] == [rows[1]["id"]]
    with refused():
        account.call("mail.apppassword.del", id=rows[0]["id"])
    account.server.settings.apppassword_add = "object"
    assert set(add("desk")) == {"id", "password"}
    bob = Client(account.server).login_as("bob@example.com", account.server.store.mailbox("bob@example.com").password)
    with refused():
        bob.call("mail.apppassword.del", id=rows[1]["id"])
    bob.http.close()


def test_backups(account: Client) -> None:
    assert account.call("mail.backup.list", mail=ALICE) == [{"id": 1, "time": 1_700_000_000}]
    assert account.call("mail.backup.list", mail="bob@example.com") is False


def test_ways_to_reset_a_password(account: Client) -> None:
    assert account.call("mail.passwordreset.listmethods", mail=ALICE) == []
    account.set_mail(ALICE, alternate_mail="a@private.example", cell_phone="1")
    assert account.call("mail.passwordreset.listmethods", mail=ALICE) == ["mail"]
    account.call("mail.capabilities.set", mail=ALICE, capabilities={"MAIL_PASSWORDRESET_SMS": "on"})
    assert account.call("mail.passwordreset.listmethods", mail=ALICE) == ["mail", "sms"]
    with refused():
        account.call("mail.passwordreset.listmethods", mail="nobody@example.com")


EXTRA: dict[str, Any] = {
    "parent_mail": ALICE,
    "new_account_mail": "alice@elsewhere.example",
    "new_account_password": "x",
    "primary_address": "alice@elsewhere.example",
    "mail_server": "imap.elsewhere.example",
    "mail_port": "993",
    "mail_secure": True,
    "mail_starttls": False,
    "transport_server": "smtp.elsewhere.example",
    "transport_port": "465",
    "transport_secure": True,
    "transport_starttls": False,
    "trash_folder": "Trash",
    "sent_folder": "Sent",
    "drafts_folder": "Drafts",
    "spam_folder": "Junk",
}


def test_additional_accounts(account: Client) -> None:
    assert account.call("additionalmailaccount.add", **EXTRA) is True
    assert account.call("additionalmailaccount.list", parent_mail=ALICE) == {
        "additional_accounts": ["alice@elsewhere.example"]
    }
    with refused():
        account.call("additionalmailaccount.add", **EXTRA)
    key = {"parent_mail": ALICE, "account_mail": "alice@elsewhere.example"}
    assert account.call("additionalmailaccount.delete", **key) is True
    assert account.call("additionalmailaccount.list", parent_mail=ALICE) == {"additional_accounts": []}
    with refused():
        account.call("additionalmailaccount.delete", **key)


@pytest.mark.parametrize(
    "change", [{"mail_port": 993}, {"mail_port": "imaps"}, {"mail_secure": "yes"}, {"mail_server": None}]
)
def test_bad_additional_account(account: Client, change: dict[str, Any]) -> None:
    with refused():
        account.call("additionalmailaccount.add", **{**EXTRA, **change})
    assert account.server.store.mailbox(ALICE).additional_accounts == []


@pytest.mark.parametrize(
    "method",
    [
        "mail.delete",
        "mail.apppassword.delete",
        "mail.blacklist.remove",
        "mailinglist.delete",
        "group.delete",
        "no.such",
    ],
)
def test_wrong_names_of_methods(account: Client, method: str) -> None:
    with pytest.raises(Failure):
        account.call(method, mail=ALICE)
    assert ALICE in account.server.store.mailboxes
