# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains: listed by themselves, not by domain (kerio_connect.md 3.2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Sequence, Set

from ..._client.jsonrpc import JsonRpc
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .. import kerio_web
from ..calls import Calls
from .directory import Directory
from .domains import DOMAIN
from .lists import read_list
from .wire import members, read_values, write_values


class DomainCalls(Calls):
    """The calls about domains."""

    def __init__(self, rpc: JsonRpc, directory: Directory) -> None:
        self._rpc = rpc
        self._directory = directory
        self._listed: list[Snapshot] | None = None

    def read(self, key: Values) -> Snapshot | None:
        return next(iter(self.read_some([key])), None)

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        # Domains are few, and what the server makes of international names in conditions is not known.
        wanted = {DOMAIN.key_of(key) for key in keys}
        return [each for each in self._list() if DOMAIN.key_of(each.values) in wanted]

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        return [each for each in self._list() if DOMAIN.is_in(domains, each.values)]

    def create(self, values: Values) -> Writing[None]:
        params = {"domains": [write_values(DOMAIN, values, {})]}
        yield from kerio_web.write(self._rpc, "Domains.create", params, "domains")

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        # The server takes the mark from a primary domain when another one gets it; it is never just taken away.
        sent = {name: value for name, value in values.items() if (name, value) != ("is_primary", False)}
        pattern = write_values(DOMAIN, sent, current.raw)
        if pattern:
            params = {"domainIds": [current.identity], "pattern": pattern}
            yield from kerio_web.write(self._rpc, "Domains.set", params, "domainIds")

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        yield from kerio_web.write(self._rpc, "Domains.remove", {"domainIds": [current.identity]}, "domainIds")

    def _list(self) -> list[Snapshot]:
        fields = ("id", "renameInfo", *members(DOMAIN))
        read_at = time.monotonic()
        rows = read_list(self._rpc, "Domains.get", fields, "name")
        self._directory.learn_domains(rows)
        self._listed = [Snapshot(read_values(DOMAIN, row), str(row["id"]), row, read_at) for row in rows]
        return self._listed

    def known(self) -> list[Snapshot]:
        """All domains as they were last read, for what need not be younger than our own last write."""
        return self._list() if self._listed is None else self._listed

    def forget_changed(self, methods: Set[str]) -> None:
        """Read the domains anew when they are asked for again, if these writes were about some."""
        if any(method.startswith("Domains.") for method in methods):
            self._listed = None
