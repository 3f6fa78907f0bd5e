# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources: one kind of object on a system, declared as data, with hooks for what a declaration cannot say.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any, Callable

from .errors import InvalidOption
from .fields import Field

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Needed:
    """An object that has to exist before a change can be made."""

    kind: str
    name: str
    option: str
    assumable: bool = False


def _as_wished(values: dict[str, Any]) -> dict[str, Any]:
    return values


def _nothing_to_check(values: Values, current: Values | None) -> None:
    return None


def _any_removal(given: Values, removal: Values) -> None:
    return None


def _no_parents(values: Values) -> tuple[Needed, ...]:
    return ()


def _never(values: Values) -> bool:
    return False


def _no_weakening(before: Values, after: Values) -> str | None:
    return None


@dataclass(frozen=True, eq=False)
class Resource:
    """One kind of object.

    ``key`` names the fields that identify one object, ``label`` shows them to people. ``removal`` are the options that
    say what becomes of an object's contents on ``absent``. ``route`` tells the system's gateways how to address an
    object, and is theirs alone. Resources with the same ``namespace`` cannot hold the same key. The hooks:

    - ``complete`` adds the wishes that follow from the given ones (a list of targets implies delivery), and raises
      InvalidOption for wishes that contradict each other;
    - ``check`` raises InvalidOption for wishes that do not fit the current object (None when it is to be made),
      ``check_removal`` does so for removal options that contradict each other or the object's key;
    - ``parents`` names what has to exist before an object is created;
    - ``refers_to`` names what an object needs in order not to vanish with it;
    - ``loses_mail`` tells whether a removal with these options destroys mail;
    - ``is_systems_own`` tells an object that the server itself keeps, which is neither shown nor pruned;
    - ``weakens`` says in words how a change takes rights from an account, or None.
    """

    kind: str
    plural: str
    module: str
    summary: str
    description: tuple[str, ...]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    label: str
    domain_key: Callable[[Values], str]
    removal: tuple[Field, ...] = ()
    complete: Callable[[dict[str, Any]], dict[str, Any]] = _as_wished
    check: Callable[[Values, Values | None], None] = _nothing_to_check
    check_removal: Callable[[Values, Values], None] = _any_removal
    parents: Callable[[Values], tuple[Needed, ...]] = _no_parents
    loses_mail: Callable[[Values], bool] = _never
    weakens: Callable[[Values, Values], str | None] = _no_weakening
    is_account: bool = False
    is_systems_own: Callable[[Values], bool] = _never
    namespace: str = ""
    refers_to: Callable[[Values], tuple[Needed, ...]] = _no_parents
    route: Any = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.key if name not in self.by_name]
        if unknown:
            raise TypeError(f"resource {self.kind}: the key names no field: {', '.join(unknown)}")
        taken: set[str] = set()
        for name in (name for each in (*self.fields, *self.removal) for name in (each.name, *each.aliases)):
            if name in taken:
                raise TypeError(f"resource {self.kind}: {name} is declared twice")
            taken.add(name)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    @cached_property
    def writable(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if not each.read_only)

    @cached_property
    def secrets(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.secret)

    def key_of(self, values: Values) -> tuple[str, ...]:
        """The identity of an object, compared without regard to case."""
        return tuple(str(values[name]).casefold() for name in self.key)

    def name_of(self, values: Values) -> str:
        """What people call the object: ``user alice@example.com``."""
        return f"{self.kind} {self.label.format(**values)}"

    def desire(self, options: Values, where: str = "") -> dict[str, Any]:
        """The canonical wishes of what a task gives; what is omitted stays out. Raises InvalidOption."""
        values = canonical_values(self.writable, options, where)
        for name in self.key:
            if name not in values:
                raise InvalidOption(where + name, "is needed to identify the object")
        try:
            return self.complete(values)
        except InvalidOption as error:
            raise error.inside(where) from None


def canonical_values(fields: Iterable[Field], options: Values, where: str = "") -> dict[str, Any]:
    """The given ones of these fields in canonical form. Raises InvalidOption, naming the option."""
    values = {}
    for each in fields:
        given = options.get(each.name)
        if given is None:
            continue
        try:
            values[each.name] = each.canonical(given)
        except ValueError as error:
            raise InvalidOption(where + each.name, str(error)) from None
    return values


def in_dependency_order(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Referenced resources first; resources without a relation keep the order in which they are declared."""
    by_kind = {resource.kind: resource for resource in resources}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for resource in by_kind.values():
        kinds = {each.reference.kind for each in resource.fields if each.reference is not None}
        sorter.add(resource.kind, *(kind for kind in kinds if kind in by_kind and kind != resource.kind))
    return tuple(by_kind[kind] for kind in sorter.static_order())
