# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of what travels in JSON: checking what a client sent, and the values of what it left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.framework.json_types import is_json
from tests.simulators.framework.jsonrpc import INVALID_PARAMS, RpcError


@dataclass(frozen=True)
class Plain:
    """A string, integer or boolean; JSON true is no integer and 1 no boolean."""

    python: type
    zero: Any


@dataclass(frozen=True)
class Enum:
    """One of some names, in the order of the IDL (the first is the zero value)."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class ListOf:
    item: Type


@dataclass(frozen=True)
class Member:
    """flags: ro read-only, w1 write-once, wo write-only, req needed in create, qs searched by QUICKSEARCH."""

    type: Type
    flags: str = ""

    def has(self, flag: str) -> bool:
        return flag in self.flags.split()


@dataclass(frozen=True)
class Struct:
    """needed_in_set: members that must be there when the structure is part of a set (fact sheet 2.4)."""

    name: str
    members: Mapping[str, Member]
    needed_in_set: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Nullable:
    """null stands for nothing."""

    item: Type


@dataclass(frozen=True)
class Number:
    """An integer, also as text: clients send ids back as they got them."""


@dataclass(frozen=True)
class ZeroOne:
    """A boolean that travels as 0 or 1; true and false are understood."""


@dataclass(frozen=True)
class Anything:
    """A value of which nobody knows the form; it is kept as it comes."""


Type = Plain | Enum | ListOf | Struct | Nullable | Number | ZeroOne | Anything

STR = Plain(str, "")
INT = Plain(int, 0)
BOOL = Plain(bool, False)
KID = STR


def struct(type_name: str, /, **members: Type | Member) -> Struct:
    return Struct(type_name, {key: item if isinstance(item, Member) else Member(item) for key, item in members.items()})


def whole(type_name: str, /, **members: Type | Member) -> Struct:
    """A structure of which every member is needed when it is sent in a set method."""
    made = struct(type_name, **members)
    return Struct(made.name, made.members, frozenset(made.members))


def accept(kind: Type, value: Any, where: str, *, in_set: bool = False, ordinals: bool = False) -> Any:
    """A cleaned copy of what a client sent: members that the type does not know are dropped.

    Raises RpcError -32602 for a wrong JSON type, an unknown enum name, or (in_set) an incomplete nested structure.
    `in_set` holds for nested structures only: the top-level pattern of a set method may be partial.
    """
    if isinstance(kind, Plain):
        if not is_json(value, kind.python):
            raise invalid(where, f"{kind.python.__name__} expected")
        return value
    if isinstance(kind, Enum):
        if ordinals and is_json(value, int) and 0 <= value < len(kind.names):
            return kind.names[value]
        if value not in kind.names:
            raise invalid(where, f"one of {', '.join(kind.names)} expected")
        return value
    if isinstance(kind, ListOf):
        if not isinstance(value, list):
            raise invalid(where, "list expected")
        return [
            accept(kind.item, item, f"{where}[{index}]", in_set=in_set, ordinals=ordinals)
            for index, item in enumerate(value)
        ]
    if isinstance(kind, Nullable):
        return None if value is None else accept(kind.item, value, where, in_set=in_set, ordinals=ordinals)
    if isinstance(kind, Struct):
        return _accept_struct(kind, value, where, in_set, ordinals)
    return _accept_loosely(kind, value, where)


def _accept_loosely(kind: Number | ZeroOne | Anything, value: Any, where: str) -> Any:
    if isinstance(kind, Number):
        if is_json(value, str) and value.removeprefix("-").isdecimal():
            return int(value)
        if not is_json(value, int):
            raise invalid(where, "int expected")
        return value
    if isinstance(kind, ZeroOne):
        if value not in (0, 1):
            raise invalid(where, "0 or 1 expected")
        return int(value)
    return value


def _accept_struct(kind: Struct, value: Any, where: str, in_set: bool, ordinals: bool) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid(where, f"{kind.name} expected")
    cleaned = {}
    for name, item in value.items():
        member = kind.members.get(name)
        if member is not None:
            cleaned[name] = _accept_member(member, item, f"{where}.{name}", in_set, ordinals)
    return cleaned


def _accept_member(member: Member, value: Any, where: str, in_set: bool, ordinals: bool) -> Any:
    accepted = accept(member.type, value, where, in_set=in_set, ordinals=ordinals)
    # What is read-only is dropped later on, so nothing is asked of it.
    if in_set and isinstance(member.type, Struct) and not member.has("ro"):
        missing = member.type.needed_in_set - set(accepted)
        if missing:
            raise invalid(where, f"all members of {member.type.name} are needed, missing: {', '.join(sorted(missing))}")
    return accepted


def invalid(where: str, why: str) -> RpcError:
    return RpcError(INVALID_PARAMS, f"Invalid params. {where}: {why}.")


def zero(kind: Type) -> Any:
    """The value of what was never set: "" for text, [] for lists, complete structures, an enum's first name."""
    if isinstance(kind, Plain):
        return kind.zero
    if isinstance(kind, Enum):
        return kind.names[0]
    if isinstance(kind, ListOf):
        return []
    if isinstance(kind, Nullable | Anything):
        return None
    if isinstance(kind, Number | ZeroOne):
        return 0
    return {name: zero(member.type) for name, member in kind.members.items()}


def merged(kind: Type, old: Any, new: Any) -> Any:
    """`new` laid over `old`: structures member by member, everything else replaced."""
    if not isinstance(kind, Struct):
        return new
    return {
        name: merged(member.type, old[name], new[name]) if name in new else old[name]
        for name, member in kind.members.items()
        if name in new or name in old
    }
