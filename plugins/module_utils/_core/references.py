# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who names whom: the objects that the values of another one refer to.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .fields import Field
from .resource import Needed, Resource, Values
from .structures import Nested


def named_by(fields: Iterable[Field], values: Values, of: Values) -> tuple[Needed, ...]:
    """What these values name, members of structures included. ``of`` are all values of the object: they complete
    names that are told without their domain."""
    return tuple(
        needed
        for each in fields
        if each.name in values and values[each.name] is not None
        for needed in _named_by_field(each, each.name, values[each.name], of)
    )


def named_in(resource: Resource, values: Values) -> tuple[Needed, ...]:
    """Everything that an object with these values refers to."""
    return named_by(resource.referring, values, values)


def _named_by_field(each: Field, option: str, value: Any, of: Values) -> Iterator[Needed]:
    reference = each.reference
    if reference is not None:
        for name in each.names(value):
            full = f"{name}@{of.get(reference.within, '')}" if reference.within else name
            yield Needed(reference.kind, full, option, reference.assumable, reference.optional, reference.mirror)
    if isinstance(each, Nested):
        for entry in value if isinstance(value, list) else [value]:
            for leaf in each.fields:
                if leaf.name in entry:
                    yield from _named_by_field(leaf, f"{option}.{leaf.name}", entry[leaf.name], of)
