# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated server keeps: entities in wire form by id, and the mail in its mailboxes.

Tests read and prepare this state directly. Two members are kept in a shorter form than they travel: `userGroups` of a
user is a list of group ids, and `accessPolicy` an id; `password` is kept as given, so that a test can see it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.kerio_connect import defaults
from tests.simulators.kerio_web.store import KerioStore

Entity = dict[str, Any]


@dataclass
class Removal:
    """A user whose removal was accepted and is not finished: listed until the time is due and the reads are used up."""

    request: dict[str, Any]
    due: float
    reads_left: int


@dataclass
class Store(KerioStore):
    domains: dict[str, Entity] = field(default_factory=dict)
    users: dict[str, Entity] = field(default_factory=dict)
    groups: dict[str, Entity] = field(default_factory=dict)
    aliases: dict[str, Entity] = field(default_factory=dict)
    access_policy_groups: dict[str, Entity] = field(default_factory=dict)
    access_policy_rules: dict[str, Entity] = field(default_factory=dict)
    company_contacts: dict[str, Entity] = field(default_factory=dict)
    # Those of a distributed domain; a server on its own has none.
    home_servers: dict[str, Entity] = field(default_factory=dict)
    # Number of messages by folder "domain/login"; a folder outlives its user when the removal keeps it.
    mailboxes: dict[str, int] = field(default_factory=dict)
    removals: dict[str, Removal] = field(default_factory=dict)
    server_settings: Entity = field(default_factory=dict)

    # Reading.

    def domain(self, name: str) -> Entity:
        """Raises KeyError when there is none; so do the others."""
        return _one([row for row in self.domains.values() if row["name"].lower() == name.lower()], name)

    def user(self, login: str, domain: str = "example.com") -> Entity:
        domain_id = self.domain(domain)["id"]
        return _one(
            [u for u in self.users.values() if u["domainId"] == domain_id and u["loginName"].lower() == login.lower()],
            f"{login}@{domain}",
        )

    def group(self, name: str, domain: str = "example.com") -> Entity:
        domain_id = self.domain(domain)["id"]
        return _one(
            [g for g in self.groups.values() if g["domainId"] == domain_id and g["name"].lower() == name.lower()], name
        )

    def access_policy_group(self, name: str) -> Entity:
        return _one([row for row in self.access_policy_groups.values() if row["name"].lower() == name.lower()], name)

    def members(self, group_id: str) -> list[str]:
        """Login names of a group's members, sorted."""
        return sorted(user["loginName"] for user in self.users.values() if group_id in user["userGroups"])

    def folder(self, user: Entity) -> str:
        """The key of a user's mailbox in `mailboxes`."""
        return f"{self.domains[user['domainId']]['name']}/{user['loginName']}".lower()

    # Preparing.

    def add_domain(self, name: str, **fields: Any) -> Entity:
        row: Entity = {**defaults.domain(), **fields, "name": name, "id": f"keriodb://domain/{uuid.uuid4()}"}
        self.domains[row["id"]] = row
        return row

    def add_user(self, login: str, domain: str = "example.com", *, messages: int = 0, **fields: Any) -> Entity:
        """`userGroups` takes group ids, `accessPolicy` an id; the rest is as on the wire."""
        domain_id = self.domain(domain)["id"]
        row = {
            **defaults.user(),
            "accessPolicy": self.default_access_policy(),
            **fields,
            "id": self.new_id("user", domain_id),
            "domainId": domain_id,
            "loginName": login,
        }
        self.users[row["id"]] = row
        self.mailboxes[self.folder(row)] = self.mailboxes.get(self.folder(row), 0) + messages
        return row

    def add_group(self, name: str, domain: str = "example.com", **fields: Any) -> Entity:
        domain_id = self.domain(domain)["id"]
        row = {
            **defaults.group(),
            **fields,
            "id": self.new_id("group", domain_id),
            "domainId": domain_id,
            "name": name,
        }
        self.groups[row["id"]] = row
        return row

    def add_alias(self, name: str, deliver_to: str, domain: str = "example.com", **fields: Any) -> Entity:
        domain_id = self.domain(domain)["id"]
        row = {
            **defaults.alias(),
            **fields,
            "id": self.new_id("alias", domain_id),
            "domainId": domain_id,
            "name": name,
            "deliverTo": deliver_to,
        }
        self.aliases[row["id"]] = row
        return row

    def add_access_policy_group(self, name: str, *, is_default: bool = False) -> Entity:
        row: Entity = {"id": f"keriodb://accesspolicygroup/{uuid.uuid4()}", "name": name, "isDefault": is_default}
        self.access_policy_groups[row["id"]] = row
        return row

    def add_company_contact(self, name: str, **fields: Any) -> Entity:
        row: Entity = {**defaults.company_contact(), **fields, "id": self.new_id("companycontact"), "name": name}
        self.company_contacts[row["id"]] = row
        return row

    def add_home_server(self, name: str) -> Entity:
        row: Entity = {"id": self.new_id("homeserver"), "name": name}
        self.home_servers[row["id"]] = row
        return row

    # For the simulator itself.

    def default_access_policy(self) -> str:
        return next(group_id for group_id, row in self.access_policy_groups.items() if row["isDefault"])

    def new_id(self, kind: str, domain_id: str = "") -> str:
        """Ids look like those seen (fact sheet 2.5) and are never used again."""
        guid = domain_id.rsplit("/", 1)[-1]
        return f"keriodb://{kind}/{guid}/{uuid.uuid4()}" if guid else f"keriodb://{kind}/{uuid.uuid4()}"


def _one(rows: list[Entity], name: str) -> Entity:
    if len(rows) != 1:
        raise KeyError(f"{name}: {len(rows)} found")
    return rows[0]
