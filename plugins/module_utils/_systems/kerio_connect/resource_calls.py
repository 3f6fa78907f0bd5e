# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources: who may reserve and manage them travels as principals, by type and id (kerio_connect.md 3.6).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.fields import as_read
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from .directory import Directory
from .domain_objects import DomainObjects
from .people import BY_ID, People
from .resources import RESERVABLE_BY, RESOURCE

Row = Mapping[str, Any]

# Principals that are one thing, by the option that they are.
_FLAGS = {"anyone": "AnyonePrincipal", "all_users": "AuthUserPrincipal"}
# Principals that name something, by the option that lists them.
_NAMED = {"domains": "AuthDomainPrincipal", "users": "UserPrincipal", "groups": "GroupPrincipal"}
_KINDS = {"domains": "domain", "users": "user", "groups": "group"}
_MANAGERS = {"manager": "users", "manager_group": "groups"}
_NOBODY = "NonePrincipal"


class ResourceCalls(DomainObjects):
    """The calls about resources."""

    more_members = ("resourceUsers", "manager")

    def __init__(self, rpc: JsonRpc, directory: Directory) -> None:
        super().__init__(rpc, directory, RESOURCE)
        self._people = People(directory)

    def _snapshot(self, domain: str, row: Row, read_at: float) -> Snapshot:
        found = super()._snapshot(domain, row, read_at)
        values: dict[str, Any] = dict(found.values)
        if isinstance(row.get("resourceUsers"), list):
            values["reservable_by"] = self._reservable_by(row["resourceUsers"], domain)
        if isinstance(row.get("manager"), Mapping):
            values |= self._manager(row["manager"], domain)
        return replace(found, values=values)

    def _body(self, values: Values, domain: str, held: Row) -> dict[str, Any]:
        body = super()._body(values, domain, held)
        if "reservable_by" in values:
            body["resourceUsers"] = [*self._principals(values["reservable_by"]), *_others(held)]
        if _MANAGERS.keys() & values.keys():
            # A wish for one manager comes with the wish that the other one is none.
            named = [(option, values[name]) for name, option in _MANAGERS.items() if values.get(name)]
            body["manager"] = self._principal(*named[0]) if named else {"type": _NOBODY, "id": ""}
        return body

    def _reservable_by(self, rows: Iterable[Row], domain: str) -> dict[str, Any]:
        rows = [row for row in rows if isinstance(row, Mapping)]
        flags = {name: any(row.get("type") == wire for row in rows) for name, wire in _FLAGS.items()}
        names = {name: self._names(name, rows, domain) for name in _NAMED}
        return {name: as_read(each, {**flags, **names}[name]) for name, each in RESERVABLE_BY.members.items()}

    def _manager(self, row: Row, domain: str) -> dict[str, str]:
        told = {name: "".join(self._names(option, [row], domain)) for name, option in _MANAGERS.items()}
        kind = row.get("type") or _NOBODY
        # What no option can ask for must not look like nobody; no login name has a blank.
        odd = {} if any(told.values()) or kind == _NOBODY else {"manager": f"principal {kind}"}
        return {name: as_read(RESOURCE.by_name[name], text) for name, text in {**told, **odd}.items()}

    def _names(self, option: str, rows: Iterable[Row], domain: str) -> list[str]:
        """The names of the principals that this option lists."""
        ids = [str(row.get("id") or "") for row in rows if row.get("type") == _NAMED[option]]
        if option == "domains":
            known = self._directory.domain_names if ids else {}
        else:
            known = self._people.names(_KINDS[option], ids, domain)
        return [known.get(identity, f"{BY_ID}{identity}") for identity in ids]

    def _principals(self, reservable_by: Values) -> list[dict[str, str]]:
        flags = [{"type": wire, "id": ""} for name, wire in _FLAGS.items() if reservable_by.get(name)]
        return [*flags, *(self._principal(option, text) for option in _NAMED for text in reservable_by.get(option, ()))]

    def _principal(self, option: str, text: str) -> dict[str, str]:
        """Raises MissingReference."""
        if option == "domains" and not text.startswith(BY_ID):
            identity = self._directory.domain_id(text)
        else:
            identity = self._people.existing(_KINDS[option], text)
        return {"type": _NAMED[option], "id": identity}


def _others(held: Row) -> list[dict[str, Any]]:
    """Principals of kinds that no option can ask for: what we do not know is not ours to remove."""
    known = {*_FLAGS.values(), *_NAMED.values(), _NOBODY}
    rows = held.get("resourceUsers")
    return [dict(row) for row in rows if row.get("type") not in known] if isinstance(rows, list) else []
