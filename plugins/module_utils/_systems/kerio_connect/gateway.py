# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway of Kerio Connect: users by name, references by name, ids only in here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..._client.jsonrpc import JsonRpc, rpc_error
from ..._core.errors import ProtocolError
from ..._core.gateway import Snapshot
from ..._core.resource import Needed, Resource, Values
from .directory import Directory
from .lists import condition, read_list
from .protocol import translate
from .users import DIRECTORY, MAILBOX, USER, without_domain
from .wire import members, read_values, write_values


class KerioConnectGateway:
    """Implements ``_core.gateway.Gateway`` for the users of one server."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._directory = Directory(rpc)
        self._account: str | None = None

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        domain = key["domain"]
        if domain not in self._directory.domains:
            return None
        # Whether Eq looks at case is unknown, so a name that it does not find is looked for once more, tolerantly.
        for comparator in ("Eq", "Like"):
            found = self._list(resource, domain, condition("loginName", comparator, key["name"]))
            for snapshot in found:
                if resource.key_of(snapshot.values) == resource.key_of(key):
                    return snapshot
        return None

    def read_all(self, resource: Resource, domains: frozenset[str] | None) -> list[Snapshot]:
        names = [name for name in self._directory.domains if domains is None or name in domains]
        return [snapshot for name in names for snapshot in self._list(resource, name)]

    def exists(self, needed: Needed, values: Values) -> bool:
        if needed.kind == "user":
            name, _at, domain = needed.name.rpartition("@")
            return self.read(USER, {"name": name, "domain": domain}) is not None
        return needed.name.casefold() in self._directory.rows(needed.kind, values["domain"])

    def create(self, resource: Resource, values: Values) -> None:
        self._bulk("Users.create", {"users": [self._body(resource, values, values["domain"], {})]})

    def update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        pattern = self._body(resource, values, current.values["domain"], current.raw)
        self._bulk("Users.set", {"userIds": [current.identity], "pattern": pattern})

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        request = {
            "userId": current.identity,
            "method": MAILBOX[removal["mailbox"]],
            "targetUserId": self._user_id(removal["move_to"]) if "move_to" in removal else "",
            "removeReferences": removal["remove_references"],
            "mode": DIRECTORY[removal["directory_account"]],
        }
        self._bulk("Users.remove", {"requests": [request]})

    def account_in_use(self, resource: Resource) -> str | None:
        """The id of our own account; empty, and so equal to no user's, for the built-in administrator."""
        if self._account is None:
            details = self._rpc.call("Session.whoAmI").get("userDetails")
            if not isinstance(details, dict):
                raise ProtocolError("Kerio Connect did not say who is logged in", method="Session.whoAmI")
            self._account = str(details.get("id") or "")
        return self._account

    def _list(self, resource: Resource, domain: str, *conditions: Mapping[str, str]) -> list[Snapshot]:
        """The users of one domain; rows of other domains, from a server that does not filter, are left out."""
        domain_id = self._directory.domain_id(domain)
        fields = ("id", "domainId", *members(resource))
        read_at = time.monotonic()
        rows = read_list(self._rpc, "Users.get", fields, "loginName", conditions, domainId=domain_id)
        return [
            self._snapshot(resource, domain, row, read_at)
            for row in rows
            if row.get("domainId", domain_id) == domain_id
        ]

    def _snapshot(self, resource: Resource, domain: str, row: Mapping[str, Any], read_at: float) -> Snapshot:
        named = dict(row)
        if row.get("companyContactId"):
            contacts = self._directory.company_contacts.values()
            names = [contact["name"] for contact in contacts if contact["id"] == row["companyContactId"]]
            named["companyContactId"] = names[0] if names else row["companyContactId"]
        policy = row.get("accessPolicy")
        if isinstance(policy, dict) and not policy.get("name"):
            policies = self._directory.access_policies.values()
            named["accessPolicy"] = next((each for each in policies if each["id"] == policy.get("id")), {})
        values = {**read_values(resource, named), "domain": domain}
        if "email_addresses" in values:
            values["email_addresses"] = without_domain(values["email_addresses"], domain)
        return Snapshot(values, str(row["id"]), row, read_at)

    def _body(self, resource: Resource, values: Values, domain: str, held: Mapping[str, Any]) -> dict[str, Any]:
        """The members to send, with ids in the place of names."""
        body = write_values(resource, values, held)
        if not held:
            body["domainId"] = self._directory.domain_id(domain)
        if "userGroups" in body:
            body["userGroups"] = [dict(self._directory.find("group", domain, name)) for name in values["groups"]]
        for member, option, kind in (
            ("accessPolicy", "access_policy", "access policy"),
            ("homeServer", "home_server", "home server"),
        ):
            if member in body:
                row = self._directory.find(kind, domain, values[option])
                body[member] = {"id": row["id"], "name": row["name"]}
        if body.get("companyContactId"):
            row = self._directory.find("company contact", domain, values["company_contact"])
            body["companyContactId"] = row["id"]
        return body

    def _user_id(self, address: str) -> str:
        name, _at, domain = address.rpartition("@")
        snapshot = self.read(USER, {"name": name, "domain": domain})
        # The reference was checked before the first write; a user that vanished since is the server's to refuse.
        return "" if snapshot is None else snapshot.identity

    def _bulk(self, method: str, params: Mapping[str, Any]) -> None:
        """A method that reports per item; we send one item, so its first error is ours."""
        errors = self._rpc.call(method, params).get("errors")
        if errors:
            raise translate(method, rpc_error(errors[0], self._rpc.http.redactor.text))
