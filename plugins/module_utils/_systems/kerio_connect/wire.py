# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the server's object to canonical values and back, along the ``wire`` paths of the fields.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._core.fields import UNSET
from ..._core.resource import Resource, Values
from .. import wire


def members(resource: Resource) -> tuple[str, ...]:
    """The members of the server's object that carry fields which can be read."""
    names = {leaf.wire[0]: None for _field, leaf in wire.leaves(resource.fields) if leaf.readable}
    return tuple(names)


def read_values(resource: Resource, row: Mapping[str, Any]) -> dict[str, Any]:
    """Canonical values of what the row tells; null tells nothing."""
    return wire.read_values(resource.fields, lambda path: _follow(row, path))


def write_values(resource: Resource, values: Values, held: Mapping[str, Any]) -> dict[str, Any]:
    """The members to send for these values: structures are whole, merged with what the server holds."""
    body: dict[str, Any] = {}
    structures = resource.route.structures
    for field, leaf in wire.leaves(resource.fields):
        value = values.get(field.name, UNSET)
        if field is not leaf and value is not UNSET:
            value = value.get(leaf.name, UNSET)
        if value is UNSET:
            continue
        top = leaf.wire[0]
        if top not in body and top in structures:
            body[top] = _merge(structures[top], held.get(top) or {})
        nested = leaf.codec.write(value)
        for name in reversed(leaf.wire[1:]):
            nested = {name: nested}
        body[top] = _merge(body.get(top, {}), nested) if isinstance(nested, dict) else nested
    return body


def _follow(row: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if not isinstance(row, dict) or name not in row:
            return UNSET
        row = row[name]
    return UNSET if row is None else row


def _merge(base: Any, change: Any) -> Any:
    """``change`` on top of ``base``, neither of which is touched; lists are replaced."""
    if not isinstance(base, Mapping) or not isinstance(change, Mapping):
        return change
    return {**base, **{name: _merge(base.get(name, {}), value) for name, value in change.items()}}
