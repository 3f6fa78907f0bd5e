# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IP address groups and time ranges have in common (fact sheet kerio_connect.md 3.7, 3.8).

Their rows are entries. A group is nothing but the id and the name that its entries carry: it comes with the first of
them and goes with the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect import query
from tests.simulators.kerio_connect.errors import failed, missing, not_permitted
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity, Store
from tests.simulators.kerio_web.wire_types import Struct

# Columns of conditions and orders that rows have under another name (fact sheet 2.3).
COLUMNS = {"name": "groupName", "item": "host"}


@dataclass(frozen=True)
class Entries:
    """One of the two interfaces. `table` is its name in the store, `id_kind` what its ids look like.

    blank: an entry in which nothing is set; values: the members that each type of entry uses; twice: the vendor's words
    for what is there already.
    """

    table: str
    id_kind: str
    struct: Struct
    blank: Callable[[], Entity]
    child_type: str
    values: Mapping[str, tuple[str, ...]]
    twice: str

    def rows(self, store: Store) -> dict[str, Entity]:
        rows: dict[str, Entity] = getattr(store, self.table)
        return rows

    def groups(self, store: Store) -> dict[str, str]:
        """Names by id."""
        return {row["groupId"]: row["groupName"] for row in self.rows(store).values()}

    @property
    def all_values(self) -> frozenset[str]:
        return frozenset(name for names in self.values.values() for name in names)


# Reading.


def get(context: Context, entries: Entries, asked: dict[str, Any]) -> dict[str, Any]:
    store, known = context.store, entries.struct.members
    conditions = [
        {**condition, "fieldName": _column(condition.get("fieldName", ""), known)}
        for condition in asked.get("conditions", [])
    ]
    orders = [
        {**order, "columnName": _column(order.get("columnName", ""), known)} for order in asked.get("orderBy", [])
    ]
    names = entries.groups(store)

    def value_of(row: Entity, name: str) -> Any:
        return names.get(row["childGroupId"], "") if name == "childGroupName" else row[name]

    translated = {**asked, "conditions": conditions, "orderBy": orders}
    rows = entries.rows(store).values()
    return query.run(rows, translated, entries.struct, context.settings, value_of, literal_like=True)


def _column(name: str, known: Mapping[str, Any]) -> str:
    column = COLUMNS.get(name, name)
    return column if column in known else name


def group_list(context: Context, entries: Entries) -> dict[str, Any]:
    """All groups, in ascending order of their names."""
    groups = [{"id": group_id, "name": name} for group_id, name in entries.groups(context.store).items()]
    return {"groups": sorted(groups, key=lambda group: group["name"].casefold())}


# Writing.


def find(context: Context, entries: Entries, entry_id: str) -> Entity:
    """Raises RpcError 1002."""
    row = entries.rows(context.store).get(entry_id)
    if row is None:
        raise missing(context.settings, "The entry", entry_id)
    return row


def new_entry(context: Context, entries: Entries, given: Entity) -> Entity:
    """An entry in its group, and not in the store yet. Raises RpcError 1000, 1001, 1002."""
    entry = {**entries.blank(), **_plain(entries, given), "id": context.store.new_id(entries.id_kind)}
    group_id, name = given.get("groupId", ""), given.get("groupName", "")
    if not group_id and context.settings.group_name_taken == "refuse" and _group_named(context.store, entries, name):
        raise _exists_already(context, entries)
    return _in_group(context, entries, entry, group_id, name)


def changed_entry(context: Context, entries: Entries, old: Entity, given: Entity) -> Entity:
    """The entry with the members of `given`, moved if they say so. Raises RpcError 1000, 1001, 1002."""
    entry = {**old, **_plain(entries, given)}
    group_id = given["groupId"] if "groupId" in given else old["groupId"]
    name = given.get("groupName", "")
    if group_id != old["groupId"]:
        return _in_group(context, entries, entry, group_id, name)
    if name and name != old["groupName"] and context.settings.group_name_in_set == "move":
        return _in_group(context, entries, entry, "", name)
    return entry


def _plain(entries: Entries, given: Entity) -> Entity:
    """What a client may decide; which group an entry belongs to is another matter."""
    apart = {"groupId", "groupName", "childGroupName"}
    return {
        name: value for name, value in given.items() if name not in apart and not entries.struct.members[name].has("ro")
    }


def _in_group(context: Context, entries: Entries, entry: Entity, group_id: str, name: str) -> Entity:
    groups = entries.groups(context.store)
    if group_id:
        if group_id not in groups:
            raise missing(context.settings, "The group", group_id)
        return {**entry, "groupId": group_id, "groupName": groups[group_id]}
    if not name.strip():
        raise failed("An entry needs a group.")
    known = _group_named(context.store, entries, name)
    group_id = known or context.store.new_id(f"{entries.id_kind}group")
    return {**entry, "groupId": group_id, "groupName": groups.get(group_id, name)}


def _group_named(store: Store, entries: Entries, name: str) -> str:
    """The id of the group, "" when there is none."""
    for group_id, other in entries.groups(store).items():
        if other.lower() == name.lower():
            return group_id
    return ""


def finished(context: Context, entries: Entries, entry: Entity) -> Entity:
    """The entry as it is stored. Raises RpcError for a child group that cannot be one, and for the same entry again."""
    used = entries.values[entry["type"]]
    if context.settings.unused_values == "clear":
        unused = entries.all_values - set(used)
        entry = {**entry, **{name: value for name, value in entries.blank().items() if name in unused}}
    if entry["type"] == entries.child_type:
        _check_child(context, entries, entry)
    values = [_comparable(entry[name]) for name in used]
    for other in entries.rows(context.store).values():
        same = other["type"] == entry["type"] and other["groupId"] == entry["groupId"] and other["id"] != entry["id"]
        if same and [_comparable(other[name]) for name in used] == values and context.settings.entry_twice == "refuse":
            raise _exists_already(context, entries)
    return entry


def _comparable(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _exists_already(context: Context, entries: Entries) -> RpcError:
    return RpcError(context.settings.exists_code, entries.twice)


def _check_child(context: Context, entries: Entries, entry: Entity) -> None:
    child = entry["childGroupId"]
    if child not in entries.groups(context.store):
        raise missing(context.settings, "The group", child)
    if entry["groupId"] in (child, *descendants(context.store, entries, child)):
        raise failed("The group %1 would contain itself.", about=entry["groupName"])


def descendants(store: Store, entries: Entries, group_id: str) -> Iterator[str]:
    """The ids of all groups inside a group; one that contains itself, as only a test can make it, ends."""
    seen, waiting = {group_id}, [group_id]
    while waiting:
        current = waiting.pop()
        for row in entries.rows(store).values():
            child = row["childGroupId"]
            if row["groupId"] == current and row["type"] == entries.child_type and child not in seen:
                seen.add(child)
                waiting.append(child)
                yield child


def save(context: Context, entries: Entries, entry: Entity, given: Entity) -> None:
    """Put a finished entry into the store. Raises RpcError 1003 when that empties a group that is in use."""
    rows = entries.rows(context.store)
    old = rows.get(entry["id"])
    if old is not None and old["groupId"] != entry["groupId"]:
        _leave_group(context, entries, old)
    rows[entry["id"]] = entry
    new_name = given.get("groupName", "")
    if old is not None and old["groupId"] == entry["groupId"] and context.settings.group_name_in_set == "rename":
        _rename(context, entries, entry["groupId"], new_name or entry["groupName"])


def _rename(context: Context, entries: Entries, group_id: str, name: str) -> None:
    if _group_named(context.store, entries, name) not in ("", group_id):
        raise _exists_already(context, entries)
    for row in entries.rows(context.store).values():
        if row["groupId"] == group_id:
            row["groupName"] = name


def remove(context: Context, entries: Entries, entry_id: str) -> None:
    """Raises RpcError 1002, and 1003 for the last entry of a group that is in use."""
    entry = find(context, entries, entry_id)
    _leave_group(context, entries, entry)
    # The group may have taken this entry along, if it was in use by itself.
    entries.rows(context.store).pop(entry_id, None)


def _leave_group(context: Context, entries: Entries, entry: Entity) -> None:
    group_id, rows = entry["groupId"], entries.rows(context.store)
    if sum(row["groupId"] == group_id for row in rows.values()) > 1 or context.settings.group_in_use == "dangle":
        return
    parents = [row for row in rows.values() if row["childGroupId"] == group_id]
    users = [row for row in _other_users(context.store) if row["groupId"] == group_id]
    if context.settings.group_in_use == "refuse" and (parents or users):
        raise not_permitted("The group %1 is in use.", about=entry["groupName"])
    for user in users:
        user["groupId"] = ""
    for parent in parents:
        remove(context, entries, parent["id"])


def _other_users(store: Store) -> list[Entity]:
    """What refers to an IP address group by `groupId`: remote administration and rules of access policies."""
    return [store.remote_administration, *(rule["rule"] for rule in store.access_policy_rules.values())]
