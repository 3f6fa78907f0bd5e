# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a value stands in the objects of the Email Management API and of mailcow.

Both families of names are looked for in either dialect, since a REST layer may pass mailcow's objects through
(mail_api.md 2.2); mailcow's name wins when both are there.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._core.fields import UNSET, Codec, Field
from ..._core.resource import Resource, Values
from .. import wire as from_server

REST, MAILCOW = "rest", "mailcow"
MIB = 1024**2


@dataclass(frozen=True)
class Wire:
    """``write`` is the name in bodies that we send, None for what travels in the path; ``read`` are the paths to look
    at, first come first served.

    ``dialects`` are those that know the field at all.
    """

    write: str | None
    read: tuple[tuple[str, ...], ...]
    dialects: frozenset[str] = frozenset({REST, MAILCOW})


def wire(name: str, *read: str, mailcow_only: bool = False) -> Wire:
    """``read`` are dotted paths that come before the plain name."""
    paths = tuple(tuple(path.split(".")) for path in (*read, name))
    return Wire(name, paths, frozenset({MAILCOW}) if mailcow_only else frozenset({REST, MAILCOW}))


def in_dialect(resource: Resource, dialect: str, codecs: Mapping[str, Codec]) -> Resource:
    """The resource as one dialect knows it: without fields that it lacks, with its codecs where they differ."""
    fields = (
        dataclasses.replace(field, codec=codecs[field.name]) if field.name in codecs else field
        for field in resource.fields
        if field.wire is None or dialect in field.wire.dialects
    )
    return dataclasses.replace(resource, fields=tuple(fields))


def read_values(fields: Iterable[Field], row: Mapping[str, Any]) -> dict[str, Any]:
    """Canonical values of what a row tells; null tells nothing, unless the codec says otherwise."""
    return from_server.read_values(fields, lambda place: _first(row, place.read))


def write_values(resource: Resource, values: Values) -> dict[str, Any]:
    """The body members for these values."""
    return {
        field.wire.write: field.codec.write(values[field.name])
        for field in resource.fields
        if field.wire is not None and field.wire.write is not None and field.name in values
    }


def tells(row: Mapping[str, Any], field: Field) -> bool:
    """Whether a row says anything of a field."""
    return _first(row, field.wire.read) not in (UNSET, None, "")


def _first(row: Any, paths: tuple[tuple[str, ...], ...]) -> Any:
    for path in paths:
        value = row
        for name in path:
            # Rows are JSON.
            value = value.get(name, UNSET) if isinstance(value, dict) else UNSET
        if value is not UNSET:
            return value
    return UNSET
