# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all objects of a domain have in common: they are listed by domain, and written by name of their interface.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.resource import Resource, Values
from ..._core.snapshot import Snapshot
from .. import kerio_web
from ..calls import Calls
from .directory import Directory
from .lists import read_list
from .references import with_ids, with_names
from .service import Service
from .wire import members, read_values, write_values


class DomainObjects(Calls):
    """The calls about a resource whose key is name and domain. ``more_members`` are read beside those of its fields."""

    more_members: tuple[str, ...] = ()

    def __init__(self, rpc: JsonRpc, directory: Directory, resource: Resource) -> None:
        self._rpc = rpc
        self._directory = directory
        self._resource = resource
        self._service: Service = resource.route

    def read(self, key: Values) -> Snapshot | None:
        if key["domain"] not in self._directory.domains:
            return None
        # Whether Eq looks at case is unknown, so a name that it does not find is looked for once more, tolerantly.
        for comparator in ("Eq", "Like"):
            name = kerio_web.condition(self._service.name_member, comparator, key["name"])
            for snapshot in self._list(key["domain"], name):
                if self._resource.key_of(snapshot.values) == self._resource.key_of(key):
                    return snapshot
        return None

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        names = [name for name in self._directory.domains if domains is None or name in domains]
        return [snapshot for name in names for snapshot in self._list(name)]

    def create(self, values: Values) -> None:
        self._create(values)

    def update(self, current: Snapshot, values: Values) -> None:
        pattern = self._body(values, current.values["domain"], current.raw)
        params = {self._service.ids: [current.identity], "pattern": pattern}
        kerio_web.write(self._rpc, f"{self._service.name}.set", params)

    def delete(self, current: Snapshot, removal: Values) -> None:
        self._remove({self._service.ids: [current.identity]})

    def _create(self, values: Values) -> str:
        """Make the object. Returns its id, or an empty text when the server does not tell it."""
        body = self._body(values, values["domain"], {})
        body["domainId"] = self._directory.domain_id(values["domain"])
        answer = kerio_web.write(self._rpc, f"{self._service.name}.create", {self._service.entities: [body]})
        made = answer.get("result")
        return str(made[0].get("id", "")) if isinstance(made, list) and made and isinstance(made[0], dict) else ""

    def _remove(self, params: Mapping[str, Any]) -> None:
        kerio_web.write(self._rpc, f"{self._service.name}.remove", params)

    def _list(self, domain: str, *conditions: Mapping[str, str]) -> list[Snapshot]:
        """The objects of one domain; rows of other domains, from a server that does not filter, are left out."""
        read_at = time.monotonic()
        return [self._snapshot(domain, row, read_at) for row in self._rows(domain, *conditions)]

    def _rows(self, domain: str, *conditions: Mapping[str, str]) -> list[dict[str, Any]]:
        domain_id = self._directory.domain_id(domain)
        rows = read_list(
            self._rpc,
            f"{self._service.name}.get",
            ("id", "domainId", *self.more_members, *members(self._resource)),
            self._service.name_member,
            conditions,
            domainId=domain_id,
        )
        return [row for row in rows if row.get("domainId", domain_id) == domain_id]

    def _snapshot(self, domain: str, row: Mapping[str, Any], read_at: float) -> Snapshot:
        named = with_names(self._resource, row, domain, self._directory)
        values = {**read_values(self._resource, named), "domain": domain}
        return Snapshot(self._service.after_read(values), str(row["id"]), row, read_at)

    def _body(self, values: Values, domain: str, held: Mapping[str, Any]) -> dict[str, Any]:
        body = write_values(self._resource, values, held)
        with_ids(self._resource, body, values, domain, self._directory)
        return body
