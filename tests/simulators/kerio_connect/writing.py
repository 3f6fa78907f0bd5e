# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client may write of an entity, and how nested structures are laid over the old ones (fact sheet 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.simulators.kerio_connect.errors import not_permitted
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_web.wire_types import Struct, Type, invalid, zero


def check_needed(kind: Struct, entities: list[Entity], parameter: str) -> None:
    """Raises RpcError -32602 when an entity to create lacks one of the members marked `req`."""
    for index, given in enumerate(entities):
        for name, member in kind.members.items():
            if member.has("req") and not given.get(name):
                raise invalid(f"{parameter}[{index}].{name}", "missing")


def writable(
    context: Context, kind: Struct, entity: Entity, given: Entity, *, creating: bool = False
) -> Iterator[tuple[str, Any]]:
    """(name, value) of the members that count: read-only ones are ignored, write-once ones as the settings say.

    Raises RpcError 1003 for a write-once member that would change, with `write_once="refuse"`.
    """
    for name, value in given.items():
        member = kind.members[name]
        if member.has("ro"):
            continue
        if member.has("w1") and not creating:
            if context.settings.write_once == "refuse" and value != entity[name]:
                raise not_permitted("%1 cannot be changed.", about=name)
            continue
        yield name, value


def laid_over(context: Context, kind: Type, old: Any, new: Any) -> Any:
    """`new` over `old`: what is no structure is replaced, a structure member by member.

    Members of a structure that were left out stay, or become zero with `partial_structures="zero"`; read-only and
    write-only ones always stay.
    """
    if not isinstance(kind, Struct):
        return new
    result = {}
    for name, member in kind.members.items():
        if name in new and not member.has("ro"):
            result[name] = laid_over(context, member.type, old.get(name, zero(member.type)), new[name])
        elif context.settings.partial_structures == "zero" and not (member.has("ro") or member.has("wo")):
            result[name] = zero(member.type)
        elif name in old:
            result[name] = old[name]
    return result
