# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""References travel as ids and are shown as names; here one becomes the other, by the codec of the field.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..._core.fields import Field
from ..._core.resource import Resource, Values
from .codecs import ENTITIES, ENTITY, ENTITY_ID
from .directory import Directory

Row = Mapping[str, Any]

# What goes over the wire for the rows that a field refers to.
_AS_SENT: dict[Any, Callable[[list[Row]], Any]] = {
    ENTITIES: lambda rows: [dict(row) for row in rows],
    ENTITY: lambda rows: {"id": rows[0]["id"], "name": rows[0]["name"]} if rows else {"id": "", "name": ""},
    ENTITY_ID: lambda rows: rows[0]["id"] if rows else "",
}


def _references(resource: Resource) -> Iterable[tuple[Field, str]]:
    return (
        (field, field.reference.kind)
        for field in resource.fields
        if field.reference is not None and field.codec in _AS_SENT
    )


def with_ids(resource: Resource, body: dict[str, Any], values: Values, domain: str, directory: Directory) -> None:
    """Put ids in the place of names, in a body that is about to be sent. Raises MissingReference."""
    for field, kind in _references(resource):
        if field.name in values:
            given = values[field.name]
            names = given if isinstance(given, list) else [given]
            rows = [directory.find(kind, domain, name) for name in names if name]
            body[field.wire[0]] = _AS_SENT[field.codec](rows)


def with_names(resource: Resource, row: Row, domain: str, directory: Directory) -> dict[str, Any]:
    """Put names in the place of ids that came without one; an id that nothing is known of stays."""
    named = dict(row)
    for field, kind in _references(resource):
        member = field.wire[0]
        held = row.get(member)
        if field.codec is ENTITY_ID and held:
            named[member] = _name(held, directory.rows(kind, domain)) or held
        elif field.codec is ENTITY and isinstance(held, Mapping) and held.get("id") and not held.get("name"):
            named[member] = {**held, "name": _name(held["id"], directory.rows(kind, domain)) or held["id"]}
    return named


def _name(identity: Any, rows: Mapping[str, Row]) -> str | None:
    return next((str(row["name"]) for row in rows.values() if row["id"] == identity), None)
