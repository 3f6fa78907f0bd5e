# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Aliases: one object here, one row for each target on the server (kerio_connect.md 3.4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import MissingReference
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing, in_parts
from .. import kerio_web
from ..calls import Calls
from ..owned_lists import only_in
from .aliases import ALIAS, whole_addresses
from .directory import Directory
from .lists import read_list

ADDRESS, FOLDER = "TypeEmailAddress", "TypePublicFolder"
_FIELDS = ("id", "domainId", "name", "deliverTo", "deliverToId", "type", "description")

Row = Mapping[str, Any]


class AliasCalls(Calls):
    """The calls about aliases."""

    def __init__(self, rpc: JsonRpc, directory: Directory) -> None:
        self._rpc = rpc
        self._directory = directory
        self._folders: dict[str, dict[str, str]] = {}

    def read(self, key: Values) -> Snapshot | None:
        return next(iter(self.read_some([key])), None)

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        # The names hold wildcards, and what Eq and Like make of them is unknown: all rows are looked at.
        wanted = {ALIAS.key_of(key) for key in keys}
        found = self.read_all(frozenset(key["domain"] for key in keys))
        return [each for each in found if ALIAS.key_of(each.values) in wanted]

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        names = [name for name in self._directory.domains if domains is None or name in domains]
        return [snapshot for name in names for snapshot in self._list(name)]

    def create(self, values: Values) -> Writing[None]:
        yield from self._make(values, self._targets(values), values.get("description", ""))

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        after = {**current.values, **values}
        wished = self._targets(after)
        rows = [(_target(row, after["domain"]), str(row["id"])) for row in current.raw["rows"]]
        held = {target for target, _identity in rows}
        kept = [identity for target, identity in rows if target in wished]
        gone = [identity for target, identity in rows if target not in wished]
        new = [target for target in wished if target not in held]
        parts: list[Writing[Any]] = []
        if new:
            parts.append(self._make(after, new, after["description"]))
        if "description" in values and kept:
            parts.append(self._write("set", "aliasIds", kept, pattern={"description": values["description"]}))
        if gone:
            # Last, so that mail has a way to go at every moment.
            parts.append(self._write("remove", "aliasIds", gone))
        yield from in_parts(parts)

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        yield from self._write("remove", "aliasIds", [str(row["id"]) for row in current.raw["rows"]])

    def _list(self, domain: str) -> list[Snapshot]:
        domain_id = self._directory.domain_id(domain)
        read_at = time.monotonic()
        rows = read_list(self._rpc, "Aliases.get", _FIELDS, "name", domainId=domain_id)
        by_name: dict[str, list[Row]] = {}
        for row in rows:
            if row.get("domainId", domain_id) == domain_id:
                by_name.setdefault(str(row["name"]).casefold(), []).append(row)
        return [_snapshot(domain, group, read_at) for group in by_name.values()]

    def _targets(self, values: Values) -> list[tuple[str, str]]:
        """Type and folded name of every target."""
        return [
            *((ADDRESS, name.casefold()) for name in values.get("targets", ())),
            *((FOLDER, name.casefold()) for name in values.get("public_folders", ())),
        ]

    def _make(self, values: Values, targets: Iterable[tuple[str, str]], description: str) -> Writing[None]:
        domain = values["domain"]
        spelling = {name.casefold(): name for name in (*values.get("targets", ()), *values.get("public_folders", ()))}
        rows = [
            {
                "domainId": self._directory.domain_id(domain),
                "name": values["name"],
                "deliverTo": spelling[name],
                "deliverToId": self._folder_id(domain, spelling[name]) if kind == FOLDER else "",
                "type": kind,
                "description": description,
            }
            for kind, name in targets
        ]
        yield from self._write("create", "aliases", rows)

    def _write(self, action: str, many: str, items: list[Any], **params: Any) -> Writing[dict[str, Any]]:
        return kerio_web.write(self._rpc, f"Aliases.{action}", {many: items, **params}, many)

    def refuse(self, steps: Iterable[Step]) -> None:
        """Raises MissingReference for a public folder that is not there: no task can make one."""
        for step in steps:
            if step.resource is ALIAS and step.action in ("create", "update"):
                held = [] if step.current is None else step.current.values["public_folders"]
                for name in only_in(step.send.get("public_folders", ()), held):
                    self._folder_id(step.values["domain"], name)

    def _folder_id(self, domain: str, name: str) -> str:
        """Raises MissingReference."""
        if domain not in self._folders:
            self._folders[domain] = self._read_folders(domain)
        if name.casefold() not in self._folders[domain]:
            raise MissingReference("public folder", name, "create it in a mail client, or correct public_folders")
        return self._folders[domain][name.casefold()]

    def _read_folders(self, domain: str) -> dict[str, str]:
        """Ids by name; a domain that is yet to be made has no folders."""
        if domain not in self._directory.domains:
            return {}
        method = "Aliases.getMailPublicFolderList"
        answer = self._rpc.call(method, {"domainId": self._directory.domain_id(domain)})
        rows = kerio_web.rows_of(self._rpc, method, answer, "publicFolderList", lambda row: "id" in row)
        return {str(row.get("name", "")).casefold(): str(row["id"]) for row in rows}


def _target(row: Row, domain: str) -> tuple[str, str]:
    name = str(row["deliverTo"])
    if row.get("type") == FOLDER:
        return FOLDER, name.casefold()
    return ADDRESS, whole_addresses([name], domain)[0].casefold()


def _once(names: Iterable[str]) -> list[str]:
    """Names that differ in nothing but case are one target."""
    return list({name.casefold(): name for name in names}.values())


def _snapshot(domain: str, rows: list[Row], read_at: float) -> Snapshot:
    """One alias; descriptions that differ are told together, so that any wish for one makes them the same."""
    name = str(rows[0]["name"])
    addresses = [str(row["deliverTo"]) for row in rows if row.get("type") != FOLDER]
    folders = [str(row["deliverTo"]) for row in rows if row.get("type") == FOLDER]
    descriptions = dict.fromkeys(str(row.get("description") or "") for row in rows)
    values = {
        "name": name,
        "domain": domain,
        "targets": _once(whole_addresses(addresses, domain)),
        "public_folders": _once(sorted(folders, key=str.casefold)),
        "description": " | ".join(descriptions),
    }
    return Snapshot(values, f"{name.casefold()}@{domain}", {"rows": rows}, read_at)
