# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the fields of an object stand: nested when it is read, flat when it is written, and with different parameters
for the method that adds and the one that sets (mailboxorg.md 2.2, 2.4, 2.5, 3).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..._core.fields import UNSET, Field
from ..._core.resource import Resource, Values
from ..._core.snapshot import Snapshot
from .. import wire


@dataclass(frozen=True)
class Wire:
    """``read`` is the path in the object, empty for what is never told; ``add`` and ``set`` are the parameters of the
    two methods, empty where a method does not take the field. ``missing`` is what a member that the object lacks
    stands for; UNSET where that tells nothing.
    """

    read: tuple[str, ...]
    add: str = ""
    set: str = ""
    missing: Any = UNSET


def read_values(resource: Resource, row: Mapping[str, Any]) -> dict[str, Any]:
    """Canonical values of what the object tells; what it does not tell stays out."""
    return wire.read_values(resource.fields, lambda place: _find(row, place))


def add_params(resource: Resource, values: Values) -> dict[str, Any]:
    """The parameters of the method that adds."""
    return {leaf.wire.add: leaf.codec.write(value) for leaf, value in _sent(resource, values, {}) if leaf.wire.add}


def later_params(resource: Resource, values: Values) -> dict[str, Any]:
    """What a new object gets by the method that sets, since the one that adds does not take it."""
    sent = _sent(resource, values, {})
    return {leaf.wire.set: leaf.codec.write(value) for leaf, value in sent if leaf.wire.set and not leaf.wire.add}


def set_params(resource: Resource, values: Values, held: Values) -> dict[str, Any]:
    """The parameters of the method that sets; members of structures go only where they differ from what is held, since
    what is left out stays as it is."""
    return {leaf.wire.set: leaf.codec.write(value) for leaf, value in _sent(resource, values, held) if leaf.wire.set}


def tells(snapshot: Snapshot, resource: Resource, values: Values) -> bool:
    """Whether an object that came as a reply shows everything that was sent and can be read."""
    shown = snapshot.values
    return all(
        not resource.by_name[name].readable
        or (name in shown and (not isinstance(value, Mapping) or value.keys() <= shown[name].keys()))
        for name, value in values.items()
    )


def _sent(resource: Resource, values: Values, held: Values) -> Iterator[tuple[Field, Any]]:
    for field, leaf in wire.leaves(resource.fields):
        if field.name not in values:
            continue
        if field is leaf:
            yield leaf, values[field.name]
        elif leaf.name in values[field.name]:
            value, before = values[field.name][leaf.name], held.get(field.name, {})
            if leaf.name not in before or not leaf.same(value, before[leaf.name]):
                yield leaf, value


def _find(row: Mapping[str, Any], place: Wire) -> Any:
    found = _follow(row, place.read) if place.read else UNSET
    return place.missing if found is UNSET and place.read else found


def _follow(row: Any, path: tuple[str, ...]) -> Any:
    """The value at the end of a path. Inside an empty map, which PHP shows as a list, nothing is set: that is None."""
    for depth, name in enumerate(path):
        if depth and row in ([], {}, None):
            return None
        if not isinstance(row, dict) or name not in row:
            return UNSET
        row = row[name]
    return row
