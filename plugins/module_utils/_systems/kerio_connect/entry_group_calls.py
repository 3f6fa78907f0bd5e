# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups whose entries travel one by one: IP address groups and time ranges (kerio_connect.md 3.7, 3.8).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..._client.batches import Answer, read_each
from ..._client.jsonrpc import Command, JsonRpc, rpc_error
from ..._core.errors import AccessDenied, MissingReference, PostmasterError, ServerRefusal
from ..._core.resource import Resource, Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing, in_parts
from .. import kerio_web
from ..calls import Calls
from .entry_groups import GROUP, UNDESCRIBED, Entry, EntryService, Row, entries_of

_COMMON = ("id", "groupId", "groupName", "description", "type", "enabled", "childGroupId", "childGroupName")
# What only the server decides.
_ITS_OWN = ("id", "sharedId", "status")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Changes:
    """What leads from the rows of a group to its wished entries: entries to add, whole rows to set by id, and ids to
    remove."""

    new: list[Entry]
    changed: Mapping[str, Row]
    gone: list[str]


class EntryGroupCalls(Calls):
    """The calls about one of the two resources."""

    def __init__(self, rpc: JsonRpc, resource: Resource) -> None:
        self._rpc = rpc
        self.resource = resource
        self._service: EntryService = resource.route
        self._entries = self._service.entries
        self._ids: dict[str, str] | None = None
        self._listed: list[Snapshot] | None = None

    def read(self, key: Values) -> Snapshot | None:
        column = self._service.name_column
        found = self._list(kerio_web.condition(column, "Like", key["name"])) if column else []
        # A condition that finds nothing may not have been understood as it was meant.
        for each in found or self._list():
            if self.resource.key_of(each.values) == self.resource.key_of(key):
                return each
        return None

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        wanted = {self.resource.key_of(key) for key in keys}
        return [each for each in self._list() if self.resource.key_of(each.values) in wanted]

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        return self._list()

    @property
    def warns(self) -> bool:
        """Whether the server can be asked for objections."""
        return self._service.warns

    def exists(self, name: str) -> bool:
        return name.casefold() in self._group_ids()

    def create(self, values: Values) -> Writing[None]:
        first, *others = values["entries"]
        # The reply tells the id of the entry, so that of the new group has to be asked for.
        parts = [self._add([first], "", values["name"])]
        if others:
            parts.append(self._add_to(values["name"], others))
        yield from in_parts(parts)

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        changes = self.changes(current, values)
        parts: list[Writing[Any]] = []
        if changes.new:
            parts.append(self._add(changes.new, current.identity, current.values["name"]))
        parts += [self._write("set", self._service.ids, [each], details=row) for each, row in changes.changed.items()]
        if changes.gone:
            # Last, so that a group in use is never empty in between.
            parts.append(self._write("remove", self._service.ids, changes.gone))
        yield from in_parts(parts)

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        yield from self._write("remove", self._service.ids, self.removal(current).gone)

    def removal(self, current: Snapshot) -> Changes:
        """What a deletion does."""
        return Changes([], {}, [str(row["id"]) for row in current.raw["rows"]])

    def changes(self, current: Snapshot, values: Values) -> Changes:
        """What an update with these values does. Rows that no option describes are no part of it."""
        wished = self._entries.by_key(values.get("entries", current.values["entries"]))
        names = self._child_names(current.raw["rows"])
        changed, gone, held = {}, [], set()
        for row in current.raw["rows"]:
            found, _strange = entries_of(self._entries, [row], partial(self._read, names=names))
            if not found:
                continue
            key = self._entries.key(found[0])
            held.add(key)
            if key not in wished:
                gone.append(str(row["id"]))
            elif attributes := self._entries.differing(wished[key], found[0]):
                changed[str(row["id"])] = {**self._whole(row), **attributes}
        return Changes([entry for key, entry in wished.items() if key not in held], changed, gone)

    def objections(self, changes: Sequence[Changes]) -> list[list[PostmasterError]]:
        """What the server has against changing and removing the rows of each group, asked without doing it."""
        questions = [self._questions(each) for each in changes]
        together = [question for each in questions for question in each]
        # What is about one group is asked call by call, as the server's own administration does.
        parts = [together] if len(changes) > 1 else [[each] for each in together]
        answers = iter([answer for part in parts for answer in read_each(self._rpc, part)])
        return [[error for asked in each for error in self._errors(asked, next(answers))] for each in questions]

    def _questions(self, changes: Changes) -> list[Command]:
        name, ids = self._service.name, self._service.ids
        removal = [Command(f"{name}.validateRemove", {ids: changes.gone})] if changes.gone else []
        changed = changes.changed.items()
        return [*removal, *(Command(f"{name}.validateSet", {ids: [each], "details": row}) for each, row in changed)]

    def _errors(self, asked: Command, answer: Answer) -> list[PostmasterError]:
        """Raises PostmasterError for an answer that is none."""
        if isinstance(answer, (AccessDenied, ServerRefusal)):
            return [answer]
        if isinstance(answer, PostmasterError):
            raise answer
        found = answer.get("errors")
        errors = found if isinstance(found, list) else []
        return [self._rpc.translate(asked.method, rpc_error(each, self._rpc.http.redactor.text)) for each in errors]

    # Reading.

    def _list(self, *conditions: Mapping[str, str]) -> list[Snapshot]:
        """The groups that these conditions find, or all."""
        method = f"{self._service.name}.get"
        query = {"fields": [*_COMMON, *self._service.members], "conditions": list(conditions), "combining": "And"}
        read_at = time.monotonic()
        rows = kerio_web.read_list(
            self._rpc,
            method,
            query,
            # Which columns order the rows is not known for both, and pages without an order may repeat rows.
            kerio_web.EVERYTHING,
            is_row=lambda row: "id" in row and "groupName" in row and "groupId" in row,
            identity=lambda row: str(row["id"]),
        )
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(str(row["groupName"]).casefold(), []).append(row)
        names = self._child_names(rows)
        found = [self._snapshot(group, names, read_at) for group in groups.values()]
        if not conditions:
            self._ids = {name: str(group[0]["groupId"]) for name, group in groups.items()}
            self._listed = found
        return found

    def known(self) -> list[Snapshot]:
        """All groups as they were last read, for what need not be younger than our own last write."""
        return self._list() if self._listed is None else self._listed

    def _snapshot(self, rows: list[Row], names: Mapping[str, str], read_at: float) -> Snapshot:
        found, strange = entries_of(self._entries, rows, partial(self._read, names=names))
        values: dict[str, Any] = {"name": str(rows[0]["groupName"]), "entries": found}
        if strange:
            values[UNDESCRIBED] = True
        return Snapshot(values, str(rows[0]["groupId"]), {"rows": rows}, read_at)

    def _read(self, row: Row, names: Mapping[str, str]) -> Entry:
        if row["type"] == self._service.child_type:
            entry = {"type": GROUP, "group": names[str(row["childGroupId"])]}
        else:
            entry = self._service.read(row)
        enabled = _FLAGS.get(str(row.get("enabled")).lower())
        told = {} if enabled is None else {"enabled": enabled}
        return {**entry, "description": str(row.get("description") or ""), **told}

    def _child_names(self, rows: Iterable[Row]) -> dict[str, str]:
        """Names of other groups by id: the rows carry them for display, which not every server need do."""
        children = [row for row in rows if row.get("type") == self._service.child_type]
        names = {str(row["childGroupId"]): str(row.get("childGroupName") or "") for row in children}
        if not all(names.values()):
            spelled = {str(row["id"]): str(row["name"]) for row in self._group_rows()}
            names = {identity: name or spelled.get(identity, "") for identity, name in names.items()}
        return {identity: name for identity, name in names.items() if name}

    def _group_ids(self) -> dict[str, str]:
        """Ids of all groups by name; read once, and again after a change."""
        if self._ids is None:
            self._ids = {str(row["name"]).casefold(): str(row["id"]) for row in self._group_rows()}
        return self._ids

    def _group_rows(self) -> list[dict[str, Any]]:
        method = f"{self._service.name}.getGroupList"
        answer = self._rpc.call(method)
        return kerio_web.rows_of(self._rpc, method, answer, "groups", lambda row: "id" in row and "name" in row)

    def _id_of(self, name: str) -> str:
        """Raises MissingReference."""
        found = self._group_ids().get(name.casefold())
        if found is None:
            raise MissingReference(self.resource.kind, name, "create it first, or correct the name")
        return found

    def forget_changed(self, methods: Set[str]) -> None:
        """Read the groups anew when they are asked for again, if these writes were about some."""
        if any(method.startswith(f"{self._service.name}.") for method in methods):
            self._ids = self._listed = None

    # Writing.

    def _add_to(self, name: str, entries: Iterable[Entry]) -> Writing[None]:
        yield from self._add(entries, self._id_of(name), name)

    def _add(self, entries: Iterable[Entry], group_id: str, name: str) -> Writing[None]:
        """Make entries in a group; without an id, the first one makes the group."""
        rows = [{**self._members(entry), "groupId": group_id, "groupName": name} for entry in entries]
        yield from self._write("create", self._service.entities, rows)

    def _write(self, action: str, many: str, items: list[Any], **params: Any) -> Writing[dict[str, Any]]:
        return kerio_web.write(self._rpc, f"{self._service.name}.{action}", {many: items, **params}, many)

    def _members(self, entry: Entry) -> dict[str, Any]:
        if entry["type"] == GROUP:
            members = {"type": self._service.child_type, "childGroupId": self._id_of(entry["group"])}
        else:
            members = self._service.write(entry)
        return {**members, "description": entry["description"], "enabled": entry["enabled"]}

    def _whole(self, row: Row) -> dict[str, Any]:
        """All that a row holds: what is left out of it may become zero (kerio_connect.md 3.8)."""
        return {name: value for name, value in row.items() if name not in _ITS_OWN and value is not None}
