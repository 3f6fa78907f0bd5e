# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway of Kerio Connect: objects by name, references by name, ids only in here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import MissingReference, ProtocolError
from ..._core.gateway import Gateway
from ..._core.resource import Needed, Resource, Values
from ..._core.snapshot import Snapshot
from .. import kerio_web
from .directory import Directory
from .lists import read_list
from .references import with_ids, with_names
from .users import USER
from .wire import members, read_values, write_values


class KerioConnectGateway(Gateway):
    """Implements ``_core.gateway.Gateway`` for one server."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._directory = Directory(rpc)
        self._account: str | None = None

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        if key["domain"] not in self._directory.domains:
            return None
        # Whether Eq looks at case is unknown, so a name that it does not find is looked for once more, tolerantly.
        for comparator in ("Eq", "Like"):
            found = self._list(
                resource, key["domain"], kerio_web.condition(resource.route.name_member, comparator, key["name"])
            )
            for snapshot in found:
                if resource.key_of(snapshot.values) == resource.key_of(key):
                    return snapshot
        return None

    def read_all(self, resource: Resource, domains: frozenset[str] | None) -> list[Snapshot]:
        names = [name for name in self._directory.domains if domains is None or name in domains]
        return [snapshot for name in names for snapshot in self._list(resource, name)]

    def exists(self, needed: Needed, values: Values) -> bool:
        if needed.kind == USER.kind:
            return self._user(needed.name) is not None
        return needed.name.casefold() in self._directory.rows(needed.kind, values.get("domain", ""))

    def create(self, resource: Resource, values: Values) -> None:
        body = self._body(resource, values, values["domain"], {})
        body["domainId"] = self._directory.domain_id(values["domain"])
        kerio_web.write(self._rpc, f"{resource.route.name}.create", {resource.route.entities: [body]})

    def update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        pattern = self._body(resource, values, current.values["domain"], current.raw)
        kerio_web.write(
            self._rpc, f"{resource.route.name}.set", {resource.route.ids: [current.identity], "pattern": pattern}
        )

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        heir = self._heir(removal["move_to"]) if "move_to" in removal else ""
        kerio_web.write(
            self._rpc, f"{resource.route.name}.remove", resource.route.removal(current.identity, heir, removal)
        )

    def account_in_use(self, resource: Resource) -> str | None:
        """The id of our own account; empty, and so equal to no user's, for the built-in administrator."""
        if self._account is None:
            details = self._rpc.call("Session.whoAmI").get("userDetails")
            if not isinstance(details, dict):
                raise ProtocolError("Kerio Connect did not say who is logged in", method="Session.whoAmI")
            self._account = str(details.get("id") or "")
        return self._account

    def _list(self, resource: Resource, domain: str, *conditions: Mapping[str, str]) -> list[Snapshot]:
        """The objects of one domain; rows of other domains, from a server that does not filter, are left out."""
        domain_id = self._directory.domain_id(domain)
        fields = ("id", "domainId", *members(resource))
        read_at = time.monotonic()
        rows = read_list(
            self._rpc,
            f"{resource.route.name}.get",
            fields,
            resource.route.name_member,
            conditions,
            domainId=domain_id,
        )
        return [
            self._snapshot(resource, domain, row, read_at)
            for row in rows
            if row.get("domainId", domain_id) == domain_id
        ]

    def _snapshot(self, resource: Resource, domain: str, row: Mapping[str, Any], read_at: float) -> Snapshot:
        named = with_names(resource, row, domain, self._directory)
        values = {**read_values(resource, named), "domain": domain}
        return Snapshot(resource.route.after_read(values), str(row["id"]), row, read_at)

    def _body(self, resource: Resource, values: Values, domain: str, held: Mapping[str, Any]) -> dict[str, Any]:
        body = write_values(resource, values, held)
        with_ids(resource, body, values, domain, self._directory)
        return body

    def _user(self, address: str) -> Snapshot | None:
        name, _at, domain = address.rpartition("@")
        return self.read(USER, {"name": name, "domain": domain})

    def _heir(self, address: str) -> str:
        """The id of the user who receives the mail. Raises MissingReference, also for one that vanished just now."""
        user = self._user(address)
        if user is None:
            raise MissingReference(USER.kind, address, "name a user that exists in move_to")
        return user.identity
