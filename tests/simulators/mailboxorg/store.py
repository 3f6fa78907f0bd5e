# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated service keeps. Tests read and prepare this state directly.

`fields` of accounts and mailboxes go by the names in account.set and mail.set; quotas are numbers, passwords are kept
as given, so that a test can see them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.mailboxorg import account_fields, mail_fields

# In the order in which the real service was seen to list them; MAIL_OTP was not among them.
POSSIBLE_CAPABILITIES = ("MAIL_BLACKLIST", "MAIL_SPAMPROTECTION", "MAIL_PASSWORDRESET_SMS", "MAIL_BACKUPRECOVER")
SPAMPROTECT_START = {
    "greylist": "1",
    "smtp_plausibility": "1",
    "rbl": "1",
    "bypass_banned_checks": "0",
    "tag2level": "5.5",
    "killevel": "route",
    "route_to": "Spam",
}


@dataclass
class Account:
    """owner: the reseller. capabilities: on, off or inherit by name. exceptions: addresses by capability."""

    name: str
    password: str
    owner: str = ""
    fields: dict[str, Any] = field(default_factory=account_fields.starting_fields)
    capabilities: dict[str, str] = field(default_factory=dict)
    exceptions: dict[str, list[str]] = field(default_factory=dict)
    invoices: list[dict[str, Any]] = field(default_factory=list)
    mailinglists: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: dict[int, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Domain:
    """capabilities cannot be set on it: they are those of its mailboxes."""

    name: str
    account: str
    password: str
    context_id: str
    memo: str = ""


@dataclass
class Mailbox:
    """messages: in its folders. groupware_items: contacts, appointments and files, lost when its context changes.

    own_context: the context made for it alone, empty when it uses its domain's.
    """

    mail: str
    domain: str
    uid: str
    created: float
    fields: dict[str, Any]
    password: str = ""
    password_hash: str = ""
    messages: int = 0
    groupware_items: int = 0
    own_context: str = ""
    capabilities: dict[str, str] = field(default_factory=dict)
    possible_capabilities: list[str] = field(default_factory=lambda: list(POSSIBLE_CAPABILITIES))
    spamprotect: dict[str, str] = field(default_factory=lambda: dict(SPAMPROTECT_START))
    blacklist: list[str] = field(default_factory=list)
    vacation: dict[str, Any] | None = None
    apppasswords: list[dict[str, Any]] = field(default_factory=list)
    backups: list[dict[str, int]] = field(default_factory=list)
    additional_accounts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class CapabilityChange:
    """An accepted change that has not reached the mailboxes. `mail` is empty when it is one of the whole account."""

    account: str
    mail: str
    capabilities: dict[str, str]
    exceptions: dict[str, list[str]]
    due: float
    reads_left: int


@dataclass
class Store:
    admin_password: str = ""
    accounts: dict[str, Account] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    # Account by context id; a context stays when its last domain leaves it.
    contexts: dict[str, str] = field(default_factory=dict)
    ftp_logins: dict[str, str] = field(default_factory=dict)
    # Time of deletion by address.
    deleted: dict[str, float] = field(default_factory=dict)
    # TXT records of the whole world: (name, value).
    dns: set[tuple[str, str]] = field(default_factory=set)
    # How often the record of (account, domain) was looked for in vain though it is there.
    dns_misses: dict[tuple[str, str], int] = field(default_factory=dict)
    capability_changes: list[CapabilityChange] = field(default_factory=list)
    last_number: int = 30111

    # Reading.

    def account(self, name: str) -> Account:
        """Raises KeyError when there is none; so do the others."""
        return self.accounts[name]

    def domain(self, name: str) -> Domain:
        return self.domains[name.lower()]

    def mailbox(self, mail: str) -> Mailbox:
        return self.mailboxes[mail.lower()]

    def mailboxes_of(self, domain: str) -> list[Mailbox]:
        return [box for box in self.mailboxes.values() if box.domain == domain]

    def domains_of(self, account: str) -> list[Domain]:
        return [domain for domain in self.domains.values() if domain.account == account]

    def mailinglist(self, name: str, account: str = "example") -> dict[str, str]:
        """password and adminmail"""
        return self.accounts[account].mailinglists[name.lower()]

    def group(self, name: str, account: str = "example") -> dict[str, Any]:
        """name, display_name and members"""
        found = [row for row in self.accounts[account].groups.values() if row["name"] == name]
        if not found:
            raise KeyError(name)
        return found[0]

    def ownership(self, account: str, domain: str) -> tuple[str, str]:
        """Label and value of the TXT record that proves to whom a domain belongs: two stable digests for each account
        (fact sheet 2.4)."""
        host, txt = (
            hashlib.sha1(f"{part} {account} {domain.lower()}".encode()).hexdigest() for part in ("host", "txt")
        )
        return host, txt

    # Preparing.

    def publish_ownership(self, account: str, domain: str) -> None:
        """Put the ownership record into the DNS."""
        host, txt = self.ownership(account, domain)
        self.dns.add((f"{host}.{domain.lower()}", txt))

    def add_account(self, name: str, *, owner: str = "", password: str = "", **fields: Any) -> Account:
        """`fields` by the names in account.set."""
        _check_names(fields, account_fields.FIELDS)
        account = Account(name, password, owner)
        account.fields.update(fields)
        self.accounts[name] = account
        return account

    def add_domain(
        self, name: str, account: str = "example", *, context_id: str = "", password: str = "", memo: str = ""
    ) -> Domain:
        """A domain without a `context_id` gets a new context."""
        context_id = context_id or self.new_context(account)
        self.contexts[context_id] = account
        domain = Domain(name.lower(), account, password, context_id, memo)
        self.domains[domain.name] = domain
        return domain

    def add_mailbox(
        self,
        mail: str,
        *,
        password: str = "",
        password_hash: str = "",
        messages: int = 0,
        groupware_items: int = 0,
        created: float = 1_700_000_000,
        language: str = "de_DE",
        **fields: Any,
    ) -> Mailbox:
        """A mailbox in a domain of the store; `fields` by the names in mail.add and mail.set."""
        starting = mail_fields.starting_fields(language)
        _check_names(fields, starting)
        box = Mailbox(
            mail.lower(),
            self.domain(mail.rpartition("@")[2]).name,
            str(self.new_number()),
            created,
            {**starting, **fields},
            password,
            password_hash,
            messages,
            groupware_items,
        )
        self.mailboxes[box.mail] = box
        return box

    def add_mailinglist(
        self, name: str, account: str = "example", *, password: str = "", adminmail: str = ""
    ) -> dict[str, str]:
        row = {"password": password, "adminmail": adminmail}
        self.accounts[account].mailinglists[name.lower()] = row
        return row

    def add_group(self, name: str, *members: str, account: str = "example", display_name: str = "") -> int:
        """-> the id"""
        group_id = self.new_number()
        row = {"name": name, "display_name": display_name or name, "members": [mail.lower() for mail in members]}
        self.accounts[account].groups[group_id] = row
        return group_id

    def set_vacation(
        self, mail: str, subject: str, start_date: str, end_date: str, body: str = "", *further: str
    ) -> dict[str, Any]:
        """Dates as YYYY-MM-DD; `further`: other addresses that it answers for."""
        box = self.mailbox(mail)
        box.vacation = {"subject": subject, "start_date": start_date, "end_date": end_date, "body": body}
        box.vacation["additional_mail_addresses"] = list(further)
        return box.vacation

    # For the simulator itself.

    def new_number(self) -> int:
        """Numbers of contexts, mailboxes, groups and passwords; none is used twice."""
        self.last_number += 1
        return self.last_number

    def new_context(self, account: str) -> str:
        context_id = str(self.new_number())
        self.contexts[context_id] = account
        return context_id


def _check_names(fields: dict[str, Any], known: dict[str, Any]) -> None:
    if unknown := set(fields) - set(known):
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
