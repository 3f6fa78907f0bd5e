# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a server's object to canonical values, the same way for every system: only where a value stands differs.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Callable

from .._core.fields import UNSET, Field, as_read
from .._core.structures import Struct


def read_values(fields: Iterable[Field], find: Callable[[Any], Any]) -> dict[str, Any]:
    """Canonical values of what the server tells; what it does not tell stays out.

    ``find`` takes the ``wire`` of a field and returns the server's value, or UNSET where that tells nothing.
    """
    values: dict[str, Any] = {}
    for field, leaf in leaves(tuple(fields)):
        found = find(leaf.wire) if leaf.readable else UNSET
        value = UNSET if found is UNSET else leaf.codec.read(found)
        if value is UNSET:
            continue
        if field is leaf:
            values[field.name] = as_read(leaf, value)
        else:
            values.setdefault(field.name, {})[leaf.name] = as_read(leaf, value)
    return values


@lru_cache(maxsize=256)  # Asked for each object, of a few resources.
def leaves(fields: tuple[Field, ...]) -> tuple[tuple[Field, Field], ...]:
    """What travels by itself: fields, and in place of a structure that does not travel whole, its members; each with
    the field that it belongs to."""
    return tuple(_leaves(fields))


def _leaves(fields: tuple[Field, ...]) -> Iterator[tuple[Field, Field]]:
    for field in fields:
        if field.wire is not None:
            yield field, field
        elif isinstance(field, Struct):
            yield from ((field, leaf) for leaf in field.fields if leaf.wire is not None)
