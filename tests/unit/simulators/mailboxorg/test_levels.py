# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may call what, and that nobody reaches what belongs to somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import MailboxOrg
from tests.unit.simulators.mailboxorg.client import Client, Failure, refused

# The table of the fact sheet (mailboxorg.md 7); levels by their first letter.
TABLE = {
    "account.add": "r",
    "account.del account.list": "ar",
    "account.get account.set account.invoice.list context.list domain.add domain.del domain.list": "arc",
    "domain.get domain.set domain.validate.spf mail.del mail.list mail.capabilities.set": "arcd",
    "mail.add": "acd",
    "mail.get mail.set hello.innerworld": "arcdm",
    "mail.spamprotect.get mail.spamprotect.set mail.blacklist.list mail.blacklist.add mail.blacklist.del": "acdm",
    "mail.backup.list": "acdm",
    "mailinglist.add mailinglist.del mailinglist.list mailinglist.set": "ac",
}
LETTERS = {"a": "admin", "r": "reseller", "c": "account", "d": "domain", "m": "mail", "f": "ftp"}
WRONG_LEVEL, FOREIGN = 777, 778


def may_call(client: Client, method: str, **params: Any) -> bool:
    try:
        client.call(method, **params)
    except Failure as failure:
        return failure.code != WRONG_LEVEL
    return True


@pytest.mark.parametrize("letter", list(LETTERS))
def test_table_of_levels(anybody: Client, letter: str) -> None:
    anybody.server.settings.wrong_level_code = WRONG_LEVEL
    anybody.login(LETTERS[letter])
    expected = {method: letter in levels for methods, levels in TABLE.items() for method in methods.split()}
    assert {method: may_call(anybody, method) for method in expected} == expected


def test_lenient_service_lets_everybody_manage_the_own_account(server: MailboxOrg) -> None:
    server.settings.enforce_levels = False
    server.settings.foreign_code = FOREIGN
    alice = Client(server).login("mail")
    assert len(alice.call("domain.list", account="example")) == 1
    alice.call("domain.set", domain="example.com", context_id="30112")
    with refused(FOREIGN):
        alice.call("domain.list", account="other")
    alice.http.close()


def test_account_changes_itself_since_2026(account: Client) -> None:
    account.call("account.set", account="example", memo="new")
    account.server.settings.account_sets_itself = False
    account.server.settings.wrong_level_code = WRONG_LEVEL
    with refused(WRONG_LEVEL):
        account.call("account.set", account="example", memo="newer")
    assert account.server.store.account("example").fields["memo"] == "new"


OF_OTHERS: list[tuple[str, str, dict[str, Any]]] = [
    ("account", "account.get", {"account": "other"}),
    ("account", "account.get", {"account": "reseller"}),
    ("account", "account.set", {"account": "other", "memo": "x"}),
    ("account", "context.list", {"account": "other"}),
    ("account", "domain.list", {"account": "other"}),
    ("account", "domain.get", {"domain": "example.org"}),
    ("account", "domain.set", {"domain": "example.org", "memo": "x"}),
    ("account", "domain.del", {"account": "other", "domain": "example.org"}),
    ("account", "domain.add", {"account": "example", "domain": "example.org", "password": "x"}),
    ("account", "mail.list", {"domain": "example.org"}),
    ("account", "mail.get", {"mail": "olga@example.org"}),
    ("account", "mail.set", {"mail": "olga@example.org", "memo": "x"}),
    ("account", "mail.set", {"mail": "bob@example.com", "aliases": ["bob@example.org"]}),
    ("account", "mail.del", {"mail": "olga@example.org"}),
    ("account", "mail.blacklist.list", {"mail": "olga@example.org"}),
    ("domain", "domain.get", {"domain": "example.org"}),
    ("domain", "mail.get", {"mail": "olga@example.org"}),
    ("domain", "domain.get", {"domain": "second.example"}),
    ("mail", "mail.get", {"mail": "bob@example.com"}),
    ("mail", "mail.set", {"mail": "bob@example.com", "memo": "x"}),
    ("mail", "mail.get", {"mail": "olga@example.org"}),
    ("reseller", "account.get", {"account": "stranger"}),
    ("reseller", "domain.get", {"domain": "stranger.example"}),
]


@pytest.mark.parametrize(("level", "method", "params"), OF_OTHERS)
def test_nobody_reaches_others(anybody: Client, level: str, method: str, params: dict[str, Any]) -> None:
    store = anybody.server.store
    store.add_domain("second.example", "example")
    store.add_account("stranger")
    store.add_domain("stranger.example", "stranger")
    before = repr(store)
    anybody.login(level)
    with refused(2):
        anybody.call(method, **params)
    anybody.server.settings.foreign_code = FOREIGN
    with refused(FOREIGN):
        anybody.call(method, **params)
    assert repr(store) == before


def test_reseller_reaches_the_own_customers(reseller: Client) -> None:
    assert reseller.call("account.list") == ["reseller", "example", "other"]
    assert reseller.call("domain.get", domain="example.org")["domain"] == "example.org"
    reseller.set_mail("olga@example.org", memo="by the reseller")
    assert reseller.server.store.mailbox("olga@example.org").fields["memo"] == "by the reseller"


def test_context_of_a_domain_is_a_matter_of_the_account(server: MailboxOrg) -> None:
    server.settings.wrong_level_code = WRONG_LEVEL
    domain = Client(server).login("domain")
    for params in ({"context_id": "30112"}, {"create_new_context_id": True}):
        with refused(WRONG_LEVEL):
            domain.call("domain.set", domain="example.com", memo="x", **params)
    assert server.store.domain("example.com").memo == "Head office"
    assert domain.call("domain.set", domain="example.com", memo="x")["memo"] == "x"
    domain.http.close()


@pytest.mark.parametrize(
    "params", [{"plan": "premium"}, {"active": False}, {"plan": "light", "additional_mail_quota": "1"}]
)
def test_mailbox_may_not_change_what_costs(server: MailboxOrg, params: dict[str, Any]) -> None:
    server.settings.wrong_level_code = WRONG_LEVEL
    alice = Client(server).login("mail")
    with refused(WRONG_LEVEL):
        alice.set_mail("alice@example.com", city="Bonn", **params)
    assert server.store.mailbox("alice@example.com").fields["city"] == ""
    assert alice.set_mail("alice@example.com", city="Bonn")["city"] == "Bonn"
    domain = Client(server).login("domain")
    domain.set_mail("alice@example.com", **params)
    alice.http.close()
    domain.http.close()


def test_search_and_tests_stay_within_reach(account: Client, reseller: Client) -> None:
    assert account.call("search", query="EXAMPLE") == {
        "accounts": ["example"],
        "domains": ["example.com"],
        "emails": ["alice@example.com", "bob@example.com"],
    }
    assert account.call("search", query="o") == {
        "accounts": [],
        "domains": ["example.com"],
        "emails": ["alice@example.com", "bob@example.com"],
    }
    assert account.call("search", query="bob") == {"accounts": [], "domains": [], "emails": ["bob@example.com"]}
    assert reseller.call("search", query="olga", get_account_summary=False)["emails"] == ["olga@example.org"]
    assert account.call("test.accountallowed", account="example") is True
    assert account.call("test.accountallowed", account="other") is False
    assert account.call("test.domainallowed", domain="example.com") is True
    assert account.call("test.domainallowed", domain="example.org") is False
