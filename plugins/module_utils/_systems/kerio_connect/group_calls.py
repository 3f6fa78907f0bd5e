# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups: their own members come and go by calls of their own (kerio_connect.md 3.3).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing, in_parts
from .. import kerio_web
from ..owned_lists import only_in
from .directory import Directory
from .domain_objects import Asked, DomainObjects, after_its_creation
from .groups import GROUP
from .lists import Conditions
from .users import DIRECTORY, USER


class GroupCalls(DomainObjects):
    """The calls about groups."""

    more_members = ("itemSource",)

    def __init__(self, rpc: JsonRpc, directory: Directory) -> None:
        super().__init__(rpc, directory, GROUP)

    def create(self, values: Values) -> Writing[None]:
        told = yield from self._create(values)
        if values.get("members"):
            with after_its_creation():
                yield from self._add(told or self._identity(values), values["domain"], values["members"])

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        domain = current.values["domain"]
        held, wished = current.values["members"], values.get("members", current.values["members"])
        new, gone = only_in(wished, held), only_in(held, wished)
        parts: list[Writing[Any]] = []
        if values.keys() - {"members"}:
            parts.append(super().update(current, values))
        if new:
            parts.append(self._add(current.identity, domain, new))
        if gone:
            parts.append(self._take_out(current.identity, domain, gone))
        yield from in_parts(parts)

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        # What a mode means for a group of the server's own is not known; deleting it is what is wanted.
        is_mapped = current.raw.get("itemSource") == "DSLDAPSource"
        mode = DIRECTORY[removal["directory_account"] if is_mapped else "delete"]
        yield from self._write("remove", "requests", {"groupId": current.identity, "mode": mode})

    def _list(self, asked: Sequence[Asked]) -> list[Snapshot]:
        """The groups, each with its members, which only the users tell."""
        read_at = time.monotonic()
        found = super()._list(asked)
        members = self._members(found)
        return [
            replace(each, values={**each.values, "members": members.get(each.identity, [])}, read_at=read_at)
            for each in found
        ]

    def _members(self, groups: Iterable[Snapshot]) -> dict[str, list[str]]:
        """Login names by the id of a group. For several groups of a domain, all of its users are read."""
        by_domain: dict[str, list[Snapshot]] = {}
        for each in groups:
            by_domain.setdefault(each.values["domain"], []).append(each)
        asked = [(domain, _of_one_group(some)) for domain, some in by_domain.items()]
        lists = self._rows("Users.get", ("id", "domainId", "loginName", "userGroups"), "loginName", asked)
        members: dict[str, list[str]] = {}
        for (domain, conditions), rows in zip(asked, lists):
            if not conditions:
                self._directory.learn(USER.kind, domain, rows)
            for row in rows:
                for group in row.get("userGroups") or ():
                    members.setdefault(str(group["id"]), []).append(str(row["loginName"]))
        return {identity: GROUP.by_name["members"].canonical(names) for identity, names in members.items()}

    def _add(self, group_id: str, domain: str, names: Iterable[str]) -> Writing[None]:
        yield from self._change("Groups.addMemberList", "userList", group_id, domain, names)

    def _take_out(self, group_id: str, domain: str, names: Iterable[str]) -> Writing[None]:
        yield from self._change("Groups.removeMemberList", "userIds", group_id, domain, names)

    def _change(self, method: str, many: str, group_id: str, domain: str, names: Iterable[str]) -> Writing[None]:
        ids = [self._directory.find(USER.kind, domain, name)["id"] for name in names]
        yield from kerio_web.write(self._rpc, method, {"groupId": group_id, many: ids}, many)

    def _identity(self, values: Values) -> str:
        """The id of a group that was made just now, from a server that does not tell it."""
        return str(self._directory.find(GROUP.kind, values["domain"], values["name"])["id"])


def _of_one_group(groups: Sequence[Snapshot]) -> Conditions:
    return [kerio_web.condition("userGroups", "Eq", groups[0].identity)] if len(groups) == 1 else []
