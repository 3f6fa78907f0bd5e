# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all objects of a domain have in common: they are listed by domain, and written by name of their interface.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import PostmasterError
from ..._core.resource import Resource, Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .. import kerio_web
from ..calls import Calls
from .directory import Directory
from .lists import Conditions, read_lists
from .references import with_ids, with_names
from .service import Service
from .wire import members, read_values, write_values

# No condition.
EVERYTHING: Sequence[Conditions] = ((),)


class DomainObjects(Calls):
    """The calls about a resource whose key is name and domain. ``more_members`` are read beside those of its fields."""

    more_members: tuple[str, ...] = ()

    def __init__(self, rpc: JsonRpc, directory: Directory, resource: Resource) -> None:
        self._rpc = rpc
        self._directory = directory
        self._resource = resource
        self._service: Service = resource.route

    def read(self, key: Values) -> Snapshot | None:
        return next(iter(self.read_some([key])), None)

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        by_domain: dict[str, list[Values]] = {}
        for key in keys:
            by_domain.setdefault(key["domain"], []).append(key)
        known = [domain for domain in by_domain if domain in self._directory.domains]
        return [found for domain in known for found in self._named(domain, by_domain[domain])]

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        names = [name for name in self._directory.domains if domains is None or name in domains]
        return [snapshot for name in names for snapshot in self._list(name, EVERYTHING)]

    def create(self, values: Values) -> Writing[None]:
        yield from self._create(values)

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        pattern = self._body(values, current.values["domain"], current.raw)
        yield from self._write("set", self._service.ids, current.identity, pattern=pattern)

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        yield from self._write("remove", self._service.ids, current.identity)

    def _create(self, values: Values) -> Writing[str]:
        """Make the object. Returns its id, or an empty text when the server does not tell it."""
        body = self._body(values, values["domain"], {})
        body["domainId"] = self._directory.domain_id(values["domain"])
        answer = yield from self._write("create", self._service.entities, body)
        made = answer.get("result")
        return str(made[0].get("id", "")) if isinstance(made, list) and made and isinstance(made[0], dict) else ""

    def _write(self, action: str, many: str, item: Any, **params: Any) -> Writing[dict[str, Any]]:
        """Call a method of the interface for one item of the list that it takes as the param ``many``."""
        return kerio_web.write(self._rpc, f"{self._service.name}.{action}", {many: [item], **params}, many)

    def _named(self, domain: str, keys: Sequence[Values]) -> Iterable[Snapshot]:
        """Those of a domain with these keys."""
        found: dict[tuple[str, ...], Snapshot] = {}
        wanted = {self._resource.key_of(key): str(key["name"]) for key in keys}
        # Whether Eq looks at case is unknown, so a name that it does not find is looked for once more, tolerantly.
        for comparator in ("Eq", "Like"):
            names = [name for key, name in wanted.items() if key not in found]
            column = self._service.name_member
            for each in self._list(domain, [[kerio_web.condition(column, comparator, name)] for name in names]):
                key = self._resource.key_of(each.values)
                if key in wanted:
                    found.setdefault(key, each)
        return found.values()

    def _list(self, domain: str, conditions_of_each: Sequence[Conditions]) -> list[Snapshot]:
        """The objects of one domain that meet all of some conditions, for several sets of those."""
        read_at = time.monotonic()
        return [self._snapshot(domain, row, read_at) for row in self._rows(domain, conditions_of_each)]

    def _rows(self, domain: str, conditions_of_each: Sequence[Conditions]) -> list[dict[str, Any]]:
        """Rows of other domains, from a server that does not filter, are left out."""
        domain_id = self._directory.domain_id(domain)
        lists = read_lists(
            self._rpc,
            f"{self._service.name}.get",
            ("id", "domainId", *self.more_members, *members(self._resource)),
            self._service.name_member,
            conditions_of_each,
            domainId=domain_id,
        )
        rows = [row for rows in lists for row in rows if row.get("domainId", domain_id) == domain_id]
        if conditions_of_each is EVERYTHING:
            self._directory.learn(self._resource.kind, domain, rows)
        return rows

    def _snapshot(self, domain: str, row: Mapping[str, Any], read_at: float) -> Snapshot:
        named = with_names(self._resource, row, domain, self._directory)
        values = {**read_values(self._resource, named), "domain": domain}
        return Snapshot(self._service.after_read(values), str(row["id"]), row, read_at)

    def _body(self, values: Values, domain: str, held: Mapping[str, Any]) -> dict[str, Any]:
        body = write_values(self._resource, values, held)
        with_ids(self._resource, body, values, domain, self._directory)
        return body


@contextmanager
def after_its_creation() -> Iterator[None]:
    """What fails here leaves an object of ours behind."""
    try:
        yield
    except PostmasterError as error:
        error.partly_written = True
        raise
