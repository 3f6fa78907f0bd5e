# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IP address groups and time ranges have in common (kerio_connect.md 3.7, 3.8).

The rows of both interfaces are entries; a group is nothing but the name that its entries carry. Here a group with all
its entries is one object.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._core.errors import InvalidOption
from ..._core.fields import Field, Flag, Reference, Text, filled
from ..._core.resource import Values
from ..._core.structures import StructSet
from ..._core.words import spoken

Row = Mapping[str, Any]
Entry = Mapping[str, Any]

# The word for an entry that stands for another group of the same kind.
GROUP = "group"
# Set among the values of groups with rows that no option describes.
UNDESCRIBED = "undescribed"
ALLOW_LOCKOUT = Flag(
    "allow_lockout",
    "Whether to change IP address groups without asking the server first whether that cuts this login off from the "
    "administration. A task that does cut itself off fails when it reads back what it did. Deletions by pruning are "
    "asked about in any case.",
    on_create=False,
)


@dataclass(frozen=True)
class EntryService:
    """The interface, the names of its parameters (those of ``create``, and of ``set`` and ``remove``), and its rows.

    ``entries`` is the field that holds the rows of a group. ``members`` are the members of a row that hold what an
    entry is about; ``read`` and ``write`` bring them into the user's words and back, for all types but ``child_type``,
    which names another group. ``read`` raises ValueError, KeyError or TypeError for what no option describes.
    ``name_column`` finds groups by name, where the server is known to take it in a condition; ``warns``: it can be
    asked ahead whether a change cuts us off.
    """

    name: str
    entries: StructSet
    entities: str
    ids: str
    child_type: str
    members: tuple[str, ...]
    read: Callable[[Row], dict[str, Any]]
    write: Callable[[Entry], dict[str, Any]]
    name_column: str = ""
    warns: bool = False


def name_field(of: str) -> Text:
    return Text("name", f"Name of the {of}. Compared without regard to case.", form=_name, immutable=True)


def _name(text: str) -> str:
    return filled(text.strip())


def child_group(kind: str) -> Text:
    """The member of an entry that names another group."""
    return Text(
        "group",
        f"Name of another {spoken(kind)} whose entries belong to this one too, for V(group).",
        form=_name,
        reference=Reference(kind, assumable=True),
    )


def attributes() -> tuple[Field, ...]:
    """What may change of an entry that stays the same one."""
    return (
        Text("description", "Free text about the entry.", on_create=""),
        Flag("enabled", "Whether the entry counts.", on_create=True),
    )


def fitting(entry: dict[str, Any], makes: Mapping[str, tuple[str, ...]]) -> str:
    """The type of an entry, with exactly the members that ``makes`` wants for it. Raises ValueError."""
    made = entry.get("type")
    if made is None:
        raise ValueError(f"type is needed: one of {', '.join(makes)}")
    for name in makes[made]:
        if name not in entry:
            raise ValueError(f"{name} is needed with type {made}")
    for name in entry:
        if name not in (*makes[made], "type", "description", "enabled"):
            raise ValueError(f"{name} does not go with type {made}; leave it out")
    return str(made)


def complete(values: dict[str, Any]) -> dict[str, Any]:
    """Raises InvalidOption for groups that cannot be."""
    entries = values.get("entries")
    if entries == []:
        raise InvalidOption(
            "entries", "is empty, and a group without entries cannot exist; to delete it, set state: absent"
        )
    if any(entry.get("group", "").casefold() == values["name"].casefold() for entry in entries or ()):
        raise InvalidOption("entries", f"group: {values['name']} would contain itself")
    return values


def protected(values: Values) -> str | None:
    """Nothing could have described these groups, so that nobody can have meant them."""
    if not values["name"].strip():
        return "it has no name"
    return "it has entries that no option describes" if values.get(UNDESCRIBED) else None


def described(values: Values) -> Values:
    """A list of entries is the whole list, so one that is not whole is no description."""
    return {name: value for name, value in values.items() if name != "entries"} if values.get(UNDESCRIBED) else values


def entries_of(
    field: StructSet, rows: list[Row], read: Callable[[Row], Entry]
) -> tuple[list[dict[str, Any]], list[Row]]:
    """The entries of these rows in canonical form, and the rows that no option describes.

    Rows that say the same are one entry; where their attributes differ, any wish for one makes them the same.
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    strange = []
    for row in rows:
        try:
            (entry,) = field.entries([read(row)])
        except (ValueError, KeyError, TypeError):
            strange.append(row)
            continue
        first = found.setdefault(field.key(entry), entry)
        found[field.key(entry)] = {**first, **_together(first, entry)}
    return [found[key] for key in sorted(found)], strange


def _together(first: Entry, second: Entry) -> dict[str, Any]:
    """The attributes of two rows that say the same: one that counts is enough."""
    both: dict[str, Any] = {}
    if "enabled" in first and "enabled" in second:
        both["enabled"] = first["enabled"] or second["enabled"]
    if first["description"] != second["description"]:
        both["description"] = f"{first['description']} | {second['description']}"
    return both
