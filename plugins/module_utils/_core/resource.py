# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources: one kind of object on a system, declared as data, with hooks for what a declaration cannot say.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from typing import Any, Callable

from .errors import InvalidOption
from .fields import Field, Reference
from .structures import with_members
from .words import spoken

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Needed:
    """An object that another one names; unless it is ``optional``, it has to exist before a change can be made."""

    kind: str
    name: str
    option: str
    assumable: bool = False
    optional: bool = False
    mirror: bool = False

    @property
    def identity(self) -> tuple[str, str]:
        """Kind and name, to be compared without regard to case."""
        return self.kind, self.name.casefold()


def _as_wished(values: dict[str, Any]) -> dict[str, Any]:
    return values


def _nothing_to_check(values: Values, current: Values | None) -> None:
    return None


def _any_removal(given: Values, removal: Values) -> None:
    return None


def _never(values: Values) -> bool:
    return False


def _unprotected(values: Values) -> str | None:
    return None


def _no_weakening(before: Values, after: Values) -> str | None:
    return None


def _no_groupware_lost(before: Values, send: Values) -> bool:
    return False


def _in_one_way(given: Values, current: Values) -> Values:
    return current


def _as_planned(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    return send


def _all_of_it(values: Values) -> Values:
    return values


@dataclass(frozen=True, eq=False)
class Resource:
    """One kind of object.

    ``key`` names the fields that identify one object, ``label`` shows them to people; ``stand_in`` names fields that
    identify it where the key is left out. ``removal`` are the options that say what becomes of an object's contents on
    ``absent``, ``behaviour`` those that say how wishes are carried out. ``route`` tells the system's gateways how to
    address an object, and is theirs alone. Resources with the same ``namespace`` cannot hold the same key.
    ``domain_key`` tells the domain of an object, where objects belong to one. ``readable_secrets``: the gateway can
    read secrets for a comparison; ``settles_late``: the server may show the old state for a while after a write.
    ``entangled``: writing one object may change others of its kind (only one domain is the primary one).
    ``permanent`` objects come and go with the one that their key refers to (the vacation notice of a mailbox): nobody
    deletes them, and the first change of one whose owner is new counts as its creation. ``unproven`` are sentences
    about what no real server was seen to do.
    The hooks:

    - ``complete`` adds the wishes that follow from the given ones (a list of targets implies delivery), and raises
      InvalidOption for wishes that contradict each other;
    - ``check`` raises InvalidOption for wishes that do not fit the current object (None when it is to be made),
      ``check_removal`` does so for removal options that contradict each other or the object's key;
    - ``loses_mail`` tells whether a removal with these options destroys mail, ``loses_groupware`` whether an update
      that sends these values destroys calendars, contacts or files;
    - ``is_systems_own`` tells an object that the server itself keeps, which is neither shown nor pruned;
    - ``protected`` says in words why an object is never deleted (it is the primary domain), or None;
    - ``weakens`` says in words how a change takes rights from an account, or None;
    - ``at_creation`` corrects what is sent for a new object, where the values depend on each other;
    - ``in_terms_of`` shows the current object in the terms of the wishes, where it can be described in two ways;
    - ``described`` leaves out of what the server holds what no options can ask for.
    """

    kind: str
    plural: str
    module: str
    summary: str
    description: tuple[str, ...]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    label: str
    domain_key: Callable[[Values], str] | None = None
    stand_in: tuple[str, ...] = ()
    removal: tuple[Field, ...] = ()
    behaviour: tuple[Field, ...] = ()
    readable_secrets: bool = False
    settles_late: bool = False
    entangled: bool = False
    permanent: bool = False
    unproven: tuple[str, ...] = ()
    complete: Callable[[dict[str, Any]], dict[str, Any]] = _as_wished
    check: Callable[[Values, Values | None], None] = _nothing_to_check
    check_removal: Callable[[Values, Values], None] = _any_removal
    loses_mail: Callable[[Values], bool] = _never
    loses_groupware: Callable[[Values, Values], bool] = _no_groupware_lost
    weakens: Callable[[Values, Values], str | None] = _no_weakening
    at_creation: Callable[[Values, dict[str, Any]], dict[str, Any]] = _as_planned
    in_terms_of: Callable[[Values, Values], Values] = _in_one_way
    described: Callable[[Values], Values] = _all_of_it
    is_account: bool = False
    is_systems_own: Callable[[Values], bool] = _never
    protected: Callable[[Values], str | None] = _unprotected
    namespace: str = ""
    route: Any = None

    def __post_init__(self) -> None:
        unknown = [name for name in (*self.key, *self.stand_in) if name not in self.by_name]
        if unknown:
            raise TypeError(f"resource {self.kind}: the key names no field: {', '.join(unknown)}")
        taken: set[str] = set()
        options = (*self.fields, *self.removal, *self.behaviour)
        for name in (name for each in options for name in (each.name, *each.aliases)):
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

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """All references of its fields, members of structures included."""
        return tuple(each.reference for each in with_members(self.fields) if each.reference is not None)

    @cached_property
    def referring(self) -> tuple[Field, ...]:
        """The fields that refer to other objects, or have members that do."""
        return tuple(each for each in self.fields if any(part.reference for part in with_members((each,))))

    @cached_property
    def names_its_own_kind(self) -> bool:
        """Whether an object may refer to another one of the same kind."""
        return any(reference.kind == self.kind for reference in self.references)

    def key_of(self, values: Values) -> tuple[str, ...]:
        """The identity of an object, compared without regard to case; by the stand-in where the key is unknown."""
        return self._folded(self.key, values) if self.is_named(values) else self._in_its_place(values)

    def keys_of(self, values: Values) -> list[tuple[str, ...]]:
        """Every identity under which a wish may name an object with these values."""
        by_stand_in = [self._in_its_place(values)] if self._tells(values, self.stand_in) else []
        return [self._folded(self.key, values), *by_stand_in]

    def is_named(self, values: Values) -> bool:
        """Whether the values hold the key itself."""
        return self._tells(values, self.key)

    def identifying(self, values: Values) -> dict[str, Any]:
        """The values that identify an object, and no others."""
        names = self.key if self.is_named(values) else self.stand_in
        return {name: values[name] for name in names}

    def label_of(self, values: Values) -> str:
        """How people call the object among its kind: ``alice@example.com``."""
        if self.is_named(values):
            return self.label.format(**values)
        return ", ".join(f"with {name} {values[name]}" for name in self.stand_in)

    def name_of(self, values: Values) -> str:
        """What people call the object: ``user alice@example.com``."""
        return f"{spoken(self.kind)} {self.label_of(values)}".rstrip()

    def is_in(self, domains: frozenset[str] | None, values: Values) -> bool:
        """Whether an object belongs to one of the domains; None is everything."""
        return domains is None or (self.domain_key is not None and self.domain_key(values) in domains)

    def desire(self, options: Values, where: str = "") -> dict[str, Any]:
        """The canonical wishes of what a task gives; what is omitted stays out. Raises InvalidOption."""
        values = canonical_values(self.writable, options, where)
        for name in self.key:
            if name not in values and not self._tells(values, self.stand_in):
                instead = f", or {' and '.join(self.stand_in)} in its place" if self.stand_in else ""
                raise InvalidOption(where + name, f"is needed to identify the object{instead}")
        try:
            return self.complete(values)
        except InvalidOption as error:
            raise error.inside(where) from None

    @staticmethod
    def _tells(values: Values, names: tuple[str, ...]) -> bool:
        return bool(names) and all(name in values for name in names)

    @staticmethod
    def _folded(names: tuple[str, ...], values: Values) -> tuple[str, ...]:
        return tuple(str(values[name]).casefold() for name in names)

    def _in_its_place(self, values: Values) -> tuple[str, ...]:
        # The names are part of it: a number is no SIP user name, even if both read 101.
        return (*self.stand_in, *self._folded(self.stand_in, values))


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


@cache
def in_dependency_order(resources: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """Referenced resources first; resources without a relation keep the order in which they are declared.

    A late reference does not count: two resources may refer to each other.
    """
    by_kind = {resource.kind: resource for resource in resources}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for resource in by_kind.values():
        kinds = {reference.kind for reference in resource.references if not reference.late}
        sorter.add(resource.kind, *(kind for kind in kinds if kind in by_kind and kind != resource.kind))
    return tuple(by_kind[kind] for kind in sorter.static_order())
