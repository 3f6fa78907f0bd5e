# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies whose shape nobody has described (mailboxorg.md 5.3): lists of texts, of objects, or maps; members by several
names.

What cannot be understood as a whole list is an error, since deletions depend on it.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._core.fields import UNSET
from .calls import no_list

Row = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """What rows are made of: for each member the names that the server may give to it, the likeliest first.

    ``name`` is the member that a bare text stands for, ``place`` the one that the key of a map stands for, ``wrapper``
    the member that may hold it all.
    """

    members: Mapping[str, tuple[str, ...]]
    name: str
    place: str
    wrapper: str


def rows(method: str, answer: Mapping[str, Any], shape: Shape) -> list[Row]:
    """The rows of a list under our own names of members, each with a name. Raises ProtocolError."""
    listed = answer.get("result", answer.get(shape.wrapper, answer))
    if isinstance(listed, list):
        found = [_row(item, shape) for item in listed]
    elif isinstance(listed, Mapping) and _is_map_of_rows(listed):
        found = [{**_placed(str(place), shape), **_row(item, shape)} for place, item in listed.items()]
    else:
        raise no_list(method)
    if not all(isinstance(row.get(shape.name), str) and row[shape.name] for row in found):
        raise no_list(method)
    return found


def row(answer: Mapping[str, Any], shape: Shape) -> Row:
    """One object, which may come as a list of one, or inside another one; empty where it is none."""
    found: Any = answer.get("result", answer)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    inner = found.get(shape.wrapper) if isinstance(found, Mapping) else None
    found = inner if isinstance(inner, Mapping) else found
    return _row(found, shape) if isinstance(found, Mapping) else {}


def texts(method: str, listed: Any, names: Sequence[str]) -> list[str]:
    """The texts of a list: bare, or each in an object under one of these names; or of a map by number or by the texts.

    Raises ProtocolError.
    """
    if isinstance(listed, Mapping) and (_is_numbered(listed) or all("@" in str(item) for item in listed.values())):
        listed = list(listed.values())
    elif isinstance(listed, Mapping) and all("@" in place for place in listed):
        listed = list(listed)
    if not isinstance(listed, list):
        raise no_list(method)
    found = [first(item, names) if isinstance(item, Mapping) else item for item in listed]
    if not all(isinstance(text, str) for text in found):
        raise no_list(method)
    return [text.strip() for text in found if text.strip()]


def first(held: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The value of the first of these members that is there; UNSET where none is."""
    return next((held[name] for name in names if name in held), UNSET)


def _is_map_of_rows(listed: Mapping[str, Any]) -> bool:
    """Objects by name or number, or names by number; a message is neither."""
    return _is_numbered(listed) or all(isinstance(item, Mapping) or item == [] for item in listed.values())


def _is_numbered(listed: Mapping[str, Any]) -> bool:
    return all(str(place).isdigit() for place in listed)


def _placed(place: str, shape: Shape) -> Row:
    """What the key of a map tells; the position in a list is no name."""
    return {} if place.isdigit() and shape.place == shape.name else {shape.place: place}


def _row(item: Any, shape: Shape) -> Row:
    if not isinstance(item, Mapping):
        return {} if item == [] else {shape.name: item}
    told = {member: first(item, names) for member, names in shape.members.items()}
    return {member: value for member, value in told.items() if value is not UNSET}
