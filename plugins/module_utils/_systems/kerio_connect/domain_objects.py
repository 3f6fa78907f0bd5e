# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all objects of a domain have in common: they are listed by domain, and written by name of their interface.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
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

# A domain, and the conditions for its objects.
Asked = tuple[str, Conditions]


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
        wanted = {self._resource.key_of(key): key for key in keys if key["domain"] in self._directory.domains}
        found: dict[tuple[str, ...], Snapshot] = {}
        # Whether Eq looks at case is unknown, so a name that it does not find is looked for once more, tolerantly.
        for comparator in ("Eq", "Like"):
            missing = [key for name, key in wanted.items() if name not in found]
            for each in self._list([(key["domain"], [self._named(comparator, key)]) for key in missing]):
                name = self._resource.key_of(each.values)
                if name in wanted:
                    found.setdefault(name, each)
        return list(found.values())

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        # One after another: a list may be long, and a broken reply must stay an error.
        names = [name for name in self._directory.domains if domains is None or name in domains]
        return [snapshot for name in names for snapshot in self._list([(name, ())])]

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

    def _named(self, comparator: str, key: Values) -> Mapping[str, str]:
        return kerio_web.condition(self._service.name_member, comparator, key["name"])

    def _list(self, asked: Sequence[Asked]) -> list[Snapshot]:
        """What is asked for of each domain. Rows of other domains, from a server that does not filter, are left out."""
        read_at = time.monotonic()
        columns = ("id", "domainId", *self.more_members, *members(self._resource))
        lists = self._rows(f"{self._service.name}.get", columns, self._service.name_member, asked)
        for (domain, conditions), rows in zip(asked, lists):
            if not conditions:
                self._directory.learn(self._resource.kind, domain, rows)
        return [
            self._snapshot(domain, row, read_at) for (domain, _conditions), rows in zip(asked, lists) for row in rows
        ]

    def _rows(
        self, method: str, columns: Sequence[str], order_by: str, asked: Sequence[Asked]
    ) -> list[list[dict[str, Any]]]:
        ids = [self._directory.domain_id(domain) for domain, _conditions in asked]
        questions = [(conditions, {"domainId": each}) for each, (_domain, conditions) in zip(ids, asked)]
        lists = read_lists(self._rpc, method, columns, order_by, questions)
        return [[row for row in rows if row.get("domainId", each) == each] for each, rows in zip(ids, lists)]

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
