# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated server keeps: entities in wire form by id, and the mail in its mailboxes.

Tests read and prepare this state directly. What refers to other entities is kept in a shorter form than it travels:
`userGroups` of a user is a list of group ids, `accessPolicy` an id, `resourceUsers` and `manager` of a resource are
{type, id}, `archiveReaderList` of a mailing list holds {kind, readerId}. Computed members are worked out when they are
read. `password` is kept as given, so that a test can see it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
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
    public_folders: dict[str, Entity] = field(default_factory=dict)
    mailing_lists: dict[str, Entity] = field(default_factory=dict)
    # Members and moderators by the id of their list, as {userId, emailAddress, fullName, kind}: `userId` for accounts
    # of this server, the address and the name for everybody else.
    mailing_list_members: dict[str, list[Entity]] = field(default_factory=dict)
    resources: dict[str, Entity] = field(default_factory=dict)
    # Of IP address groups and time ranges there are only entries; each carries the id and the name of its group.
    ip_address_entries: dict[str, Entity] = field(default_factory=dict)
    time_range_entries: dict[str, Entity] = field(default_factory=dict)
    access_policy_groups: dict[str, Entity] = field(default_factory=dict)
    access_policy_rules: dict[str, Entity] = field(default_factory=dict)
    company_contacts: dict[str, Entity] = field(default_factory=dict)
    # Those of a distributed domain; a server on its own has none.
    home_servers: dict[str, Entity] = field(default_factory=dict)
    # Number of messages by folder "domain/login"; a folder outlives its user when the removal keeps it.
    mailboxes: dict[str, int] = field(default_factory=dict)
    removals: dict[str, Removal] = field(default_factory=dict)
    # Domain id and lower-case login name of every account there ever was, for servers with so many users that it takes
    # too long to look at all of them for each new one. Only for those who change no rows behind the server's back.
    logins: set[tuple[str, str]] | None = None
    server_settings: Entity = field(default_factory=dict)
    # Who may reach the administration interface: everybody, nobody, or with isLimited an IP address group.
    remote_administration: Entity = field(
        default_factory=lambda: {"isEnabled": True, "isLimited": False, "groupId": ""}
    )

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
        return self._of_domain(self.groups, name, domain)

    def mailing_list(self, name: str, domain: str = "example.com") -> Entity:
        return self._of_domain(self.mailing_lists, name, domain)

    def list_members(self, name: str, domain: str = "example.com", kind: str = "Member") -> list[str]:
        """Login names and addresses, sorted. kind: Member or Moderator."""
        rows = self.mailing_list_members[self.mailing_list(name, domain)["id"]]
        return sorted(
            self.users[row["userId"]]["loginName"] if row["userId"] else row["emailAddress"]
            for row in rows
            if row["kind"] == kind
        )

    def resource(self, name: str, domain: str = "example.com") -> Entity:
        return self._of_domain(self.resources, name, domain)

    def ip_address_group(self, name: str) -> list[Entity]:
        """The entries of a group, [] when there is none of that name."""
        return [row for row in self.ip_address_entries.values() if row["groupName"].lower() == name.lower()]

    def time_range(self, name: str) -> list[Entity]:
        """The entries of a group, [] when there is none of that name."""
        return [row for row in self.time_range_entries.values() if row["groupName"].lower() == name.lower()]

    def _of_domain(self, table: dict[str, Entity], name: str, domain: str) -> Entity:
        domain_id = self.domain(domain)["id"]
        return _one(
            [r for r in table.values() if r["domainId"] == domain_id and r["name"].lower() == name.lower()], name
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
        self.put_user(row)
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

    def add_public_folder(self, name: str, domain: str = "example.com") -> Entity:
        domain_id = self.domain(domain)["id"]
        row: Entity = {"id": self.new_id("publicfolder", domain_id), "domainId": domain_id, "name": name}
        self.public_folders[row["id"]] = row
        return row

    def add_mailing_list(
        self,
        name: str,
        domain: str = "example.com",
        *,
        members: Iterable[str] = (),
        moderators: Iterable[str] = (),
        **fields: Any,
    ) -> Entity:
        """Members and moderators are login names of the same domain, or addresses."""
        domain_id = self.domain(domain)["id"]
        row = {
            **defaults.mailing_list(),
            **fields,
            "id": self.new_id("mailinglist", domain_id),
            "domainId": domain_id,
            "name": name,
        }
        self.mailing_lists[row["id"]] = row
        self.mailing_list_members[row["id"]] = [
            {
                "userId": "" if "@" in who else self.user(who, domain)["id"],
                "emailAddress": who if "@" in who else "",
                "fullName": "",
                "kind": kind,
            }
            for kind, people in (("Member", members), ("Moderator", moderators))
            for who in people
        ]
        return row

    def add_resource(self, name: str, domain: str = "example.com", **fields: Any) -> Entity:
        """`resourceUsers` takes a list of {type, id}, `manager` one of them."""
        domain_id = self.domain(domain)["id"]
        row = {
            **defaults.resource(),
            **fields,
            "id": self.new_id("resource", domain_id),
            "domainId": domain_id,
            "name": name,
        }
        self.resources[row["id"]] = row
        return row

    def add_ip_group_entry(self, group: str, host: str = "", **fields: Any) -> Entity:
        """One entry, of type Host unless said otherwise; the group is made with its first entry."""
        row = {**defaults.ip_address_entry(), "host": host, **fields}
        return self._add_entry(self.ip_address_entries, "ipaddress", group, row)

    def add_time_range(self, group: str, **fields: Any) -> Entity:
        """One entry, of type TimeRangeDaily unless said otherwise; the group is made with its first entry."""
        return self._add_entry(self.time_range_entries, "timerange", group, {**defaults.time_range_entry(), **fields})

    def _add_entry(self, table: dict[str, Entity], kind: str, group: str, row: Entity) -> Entity:
        known = [entry for entry in table.values() if entry["groupName"].lower() == group.lower()]
        owner = known[0] if known else {"groupId": self.new_id(f"{kind}group"), "groupName": group}
        row = {**row, "id": self.new_id(kind), "groupId": owner["groupId"], "groupName": owner["groupName"]}
        table[row["id"]] = row
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

    def put_user(self, row: Entity) -> None:
        """Keep a new or changed user."""
        self.users[row["id"]] = row
        if self.logins is not None:
            self.logins.add((row["domainId"], row["loginName"].lower()))

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
