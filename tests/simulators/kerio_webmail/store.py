# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated server keeps: mailbox users, each with filters and an out-of-office message of their own.

Tests read and prepare this state directly; filters and the message are in wire form.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.kerio_web.store import KerioStore
from tests.simulators.kerio_web.wire_types import zero
from tests.simulators.kerio_webmail.structures import FILTER_RULE, OUT_OF_OFFICE, QUOTA_INFO, SPAM_SETTINGS

Entity = dict[str, Any]

FIRST_STAMP = 1
# Names of the folders that a new mailbox has; the paths that a real server wants in FaFileInto are not known.
FIRST_FOLDERS = ("INBOX", "Drafts", "Sent Items", "Deleted Items", "Junk E-mail")


@dataclass
class Account:
    """scripts: by id of a rule, for those that were written by hand and are no conditions and actions."""

    id: str
    name: str
    domain: str
    password: str
    full_name: str = ""
    is_enabled: bool = True
    emails: list[str] = field(default_factory=list)
    preferred_address: str = ""
    reply_to_address: str = ""
    out_of_office: Entity = field(default_factory=lambda: zero(OUT_OF_OFFICE))
    filters: list[Entity] = field(default_factory=list)
    scripts: dict[str, str] = field(default_factory=dict)
    data_stamp: int = FIRST_STAMP
    spam: Entity = field(default_factory=lambda: zero(SPAM_SETTINGS))
    quota: Entity = field(default_factory=lambda: zero(QUOTA_INFO))
    folders: list[str] = field(default_factory=lambda: list(FIRST_FOLDERS))
    ui_settings: Entity = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The primary one; also the name of the login."""
        return f"{self.name}@{self.domain}"


@dataclass
class Store(KerioStore):
    """understood: the rule behind each script that this server made, so that it knows them when they come back."""

    primary_domain: str = "example.com"
    accounts: dict[str, Account] = field(default_factory=dict)
    understood: dict[str, Entity] = field(default_factory=dict)

    # Reading and preparing. A user is named by the local part in the primary domain, or by the whole address.

    def user(self, name: str) -> Account:
        """Raises KeyError when there is none; so do the others."""
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found

    def filters_of(self, name: str) -> list[Entity]:
        """In order, in wire form; the list is the server's own."""
        return self.user(name).filters

    def out_of_office_of(self, name: str) -> Entity:
        return self.user(name).out_of_office

    def add_user(self, name: str, password: str, domain: str = "", **fields: Any) -> Account:
        """`fields`: those of Account. Raises ValueError for a name that is taken."""
        domain = domain or self.primary_domain
        if self.find(f"{name}@{domain}") is not None:
            raise ValueError(f"{name}@{domain} is there already")
        account = Account(self.new_id("user", domain), name, domain, password, **fields)
        account.emails = [account.address, *account.emails]
        account.preferred_address = account.preferred_address or account.address
        self.accounts[account.id] = account
        return account

    def add_filter(self, name: str, description: str, **members: Any) -> Entity:
        """A rule at the end of a user's list; `members` as on the wire. The stamp moves on."""
        account = self.user(name)
        rule: Entity = {
            **zero(FILTER_RULE),
            "isEnabled": True,
            **members,
            "id": self.new_id("filter", account.domain),
            "description": description,
        }
        account.filters.append(rule)
        account.data_stamp += 1
        return rule

    # For the simulator itself.

    def find(self, name: str) -> Account | None:
        local, _at, domain = name.lower().partition("@")
        for account in self.accounts.values():
            if (account.name.lower(), account.domain.lower()) == (local, domain or self.primary_domain):
                return account
        return None

    def new_id(self, kind: str, domain: str) -> str:
        """No id of the client interface's users and filters was ever seen; these follow its other ids (2.5)."""
        return f"keriostorage://{kind}/{domain}/{uuid.uuid4()}"
