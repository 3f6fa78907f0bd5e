# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that hold other fields: one structure, or a list of entries that are known by one of their members.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Callable, ClassVar

from .fields import UNSET, Field


@dataclass(frozen=True, eq=False)
class Nested(Field):
    """What all fields with members have in common."""

    fields: tuple[Field, ...] = ()

    @property
    def members(self) -> dict[str, Field]:
        return {leaf.name: leaf for leaf in self.fields}

    @property
    def sent_at_creation(self) -> dict[str, Any]:
        return {leaf.name: leaf.on_create for leaf in self.fields if leaf.on_create is not UNSET}

    def canonical_members(self, value: Mapping[str, Any]) -> dict[str, Any]:
        result = {}
        for name, item in value.items():
            if item is None:
                continue
            try:
                result[name] = self.members[name].canonical(item)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
        return result

    def same_members(self, wish: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """A member that the server did not return cannot differ; a secret in a wish is there to be sent."""
        for leaf in self.fields:
            if leaf.name not in wish:
                continue
            if leaf.secret or (leaf.name in current and not leaf.same(wish[leaf.name], current[leaf.name])):
                return False
        return True


@dataclass(frozen=True, eq=False)
class Struct(Nested):
    """Fields that belong together. What a wish leaves out of the structure stays as it is."""

    option_type: ClassVar[str] = "dict"

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(leaf.secret for leaf in self.fields):
            raise TypeError(f"field {self.name}: a structure cannot hold a secret, since it is compared as a whole")
        if self.sent_at_creation:
            object.__setattr__(self, "on_create", self.sent_at_creation)

    def canonical(self, value: Any) -> dict[str, Any]:
        return self.canonical_members(value)

    def same(self, wish: dict[str, Any], current: dict[str, Any]) -> bool:
        return self.same_members(wish, current)

    def merged(self, current: dict[str, Any], wish: dict[str, Any], only: bool = False) -> dict[str, Any]:
        return {**current, **wish}

    def new(self, wish: dict[str, Any]) -> dict[str, Any]:
        return {**self.sent_at_creation, **wish}


@dataclass(frozen=True, eq=False)
class Entries(Nested):
    """A list of structures without order, each known by its member ``entry_key``.

    Entries that a wish does not list stay, unless the behaviour option ``prune_option`` says otherwise; what a wish
    leaves out of an entry stays as it is. A new entry gets the values that its members send at creation.
    """

    entry_key: str = ""
    prune_option: str = ""

    option_type: ClassVar[str] = "list"
    elements: ClassVar[str | None] = "dict"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.entry_key not in self.members:
            raise TypeError(f"field {self.name}: entry_key {self.entry_key!r} is no member of its entries")

    def canonical(self, value: Any) -> list[dict[str, Any]]:
        entries: dict[str, dict[str, Any]] = {}
        for item in value:
            entry = self.canonical_members(item)
            if self.entry_key not in entry:
                raise ValueError(f"{self.entry_key} is needed to identify an entry")
            if self._key(entry) in entries:
                raise ValueError(f"{entry[self.entry_key]} is listed twice")
            entries[self._key(entry)] = entry
        return [entries[key] for key in sorted(entries)]

    def as_told(self, entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """What a server tells, in order and once each; its members may be more than an option takes."""
        told = self.by_key([entry for entry in entries if self.entry_key in entry])
        return [told[key] for key in sorted(told)]

    def by_key(self, entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {self._key(entry): entry for entry in entries}

    def same(self, wish: list[dict[str, Any]], current: list[dict[str, Any]]) -> bool:
        wanted, held = self.by_key(wish), self.by_key(current)
        if wanted.keys() != held.keys():
            return False
        return all(self.same_members({**entry, **self._name(held[key])}, held[key]) for key, entry in wanted.items())

    def merged(
        self, current: list[dict[str, Any]], wish: list[dict[str, Any]], only: bool = False
    ) -> list[dict[str, Any]]:
        wanted, held = self.by_key(wish), self.by_key(current)
        after = {} if only else dict(held)
        for key, entry in wanted.items():
            # The server keeps its own spelling of what identifies an entry.
            name = self._name(held.get(key, entry))
            after[key] = self._ordered({**held.get(key, self.sent_at_creation), **entry, **name})
        return [after[key] for key in sorted(after)]

    def new(self, wish: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self.merged([], wish)

    def names(self, value: Any) -> list[str]:
        return [entry[self.entry_key] for entry in value]

    def _ordered(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Members in the order in which they are declared."""
        return {name: entry[name] for name in self.members if name in entry}

    def _name(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        return {self.entry_key: entry[self.entry_key]}

    def _key(self, entry: Mapping[str, Any]) -> str:
        return str(entry[self.entry_key]).casefold()


def _any_entry(entry: dict[str, Any]) -> dict[str, Any]:
    return entry


@dataclass(frozen=True, eq=False)
class Structs(Nested):
    """What lists and sets of whole structures have in common.

    ``form`` brings one entry into canonical form, and raises ValueError for one whose members do not fit together.
    """

    form: Callable[[dict[str, Any]], dict[str, Any]] = _any_entry

    option_type: ClassVar[str] = "list"
    elements: ClassVar[str | None] = "dict"

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(not leaf.readable for leaf in self.fields):
            raise TypeError(f"field {self.name}: what is compared as a whole holds what is given and read back")

    def entries(self, value: Iterable[Any]) -> list[dict[str, Any]]:
        """The entries in canonical form and in their order. Raises ValueError, naming the entry."""
        return [self._entry(number, entry) for number, entry in enumerate(value, start=1)]

    def _entry(self, number: int, entry: Any) -> dict[str, Any]:
        # What a server tells may be more than an option takes, or something else.
        if not isinstance(entry, Mapping) or not entry.keys() <= self.members.keys():
            raise ValueError(f"entry {number} is {entry!r}, which has more than {', '.join(self.members)}")
        try:
            given = self.form(self.canonical_members(entry))
        except ValueError as error:
            raise ValueError(f"entry {number}: {error}") from None
        return {name: given[name] for name in self.members if name in given}


@dataclass(frozen=True, eq=False)
class StructList(Structs):
    """A list of structures whose order counts, and which is wished for and compared as a whole."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.sent_at_creation:
            raise TypeError(f"field {self.name}: an entry of a list that is compared as a whole is what is given of it")

    def canonical(self, value: Any) -> list[dict[str, Any]]:
        return self.entries(value)


@dataclass(frozen=True, eq=False)
class StructSet(Structs):
    """Structures without order, each known by all that it says, apart from its attributes.

    Attributes are the members that a new entry gets by itself (``on_create``): what a wish leaves out of them stays as
    it is. A wish is the whole set, unless the behaviour option ``append_option`` says that it is added to the others.
    """

    append_option: str = ""

    @property
    def attributes(self) -> frozenset[str]:
        return frozenset(self.sent_at_creation)

    def canonical(self, value: Any) -> list[dict[str, Any]]:
        found: dict[tuple[str, ...], dict[str, Any]] = {}
        for number, entry in enumerate(self.entries(value), start=1):
            if found.setdefault(self.key(entry), entry) != entry:
                raise ValueError(
                    f"entry {number} is listed before, with another {' or '.join(sorted(self.attributes))}"
                )
        return [found[key] for key in sorted(found)]

    def key(self, entry: Mapping[str, Any]) -> tuple[str, ...]:
        """What an entry is known by, compared without regard to case."""
        return tuple(str(entry.get(name, "")).casefold() for name in self.members if name not in self.attributes)

    def by_key(self, entries: Iterable[dict[str, Any]]) -> dict[tuple[str, ...], dict[str, Any]]:
        return {self.key(entry): entry for entry in entries}

    def same(self, wish: list[dict[str, Any]], current: list[dict[str, Any]]) -> bool:
        wanted, held = self.by_key(wish), self.by_key(current)
        return wanted.keys() == held.keys() and not any(
            self.differing(entry, held[key]) for key, entry in wanted.items()
        )

    def differing(self, wish: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes of a wish that the current entry has otherwise; one that the server did not tell has none."""
        return {
            name: wish[name]
            for name in self.members
            if name in self.attributes
            and name in wish
            and name in current
            and not self.members[name].same(wish[name], current[name])
        }

    def merged(
        self, current: list[dict[str, Any]], wish: list[dict[str, Any]], only: bool = False
    ) -> list[dict[str, Any]]:
        held = self.by_key(current)
        after = {} if only else dict(held)
        for key, entry in self.by_key(wish).items():
            # What identifies an entry that is there stays as the server spells it.
            given = entry if key not in held else {name: entry[name] for name in self.attributes & entry.keys()}
            merged = {**held.get(key, self.sent_at_creation), **given}
            after[key] = {name: merged[name] for name in self.members if name in merged}
        return [after[key] for key in sorted(after)]

    def new(self, wish: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self.merged([], wish)


def with_members(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields, and the members of those that have some."""
    for each in fields:
        yield each
        if isinstance(each, Nested):
            yield from with_members(each.fields)


def secret_values(field: Field, value: Any) -> Iterator[str]:
    """All secrets inside a value of this field."""
    if field.secret:
        yield value
    elif isinstance(field, Nested):
        for entry in value if isinstance(value, list) else [value]:
            for name, item in entry.items():
                yield from secret_values(field.members[name], item)


def secret_options(fields: Iterable[Field]) -> list[str]:
    """The options that are secret, as ``password`` or ``lines[].sip_password``."""
    names = []
    for field in fields:
        if field.secret:
            names.append(field.name)
        elif isinstance(field, Nested):
            mark = "[]" if isinstance(field, Entries) else ""
            names += [f"{field.name}{mark}.{name}" for name in secret_options(field.fields)]
    return names


def without_secrets(field: Field, value: Any, marker: str | None = None) -> Any:
    """The value with its secrets left out, or with a marker in their place."""
    if isinstance(field, Entries):
        return [_members_without_secrets(field, entry, marker) for entry in value]
    return _members_without_secrets(field, value, marker) if isinstance(field, Struct) else value


def _members_without_secrets(field: Nested, value: Mapping[str, Any], marker: str | None) -> dict[str, Any]:
    shown = {name: item for name, item in value.items() if not field.members[name].secret}
    hidden = [name for name in value if name not in shown]
    return shown if marker is None else {**shown, **dict.fromkeys(hidden, marker)}


def unreadable(field: Field, value: Any) -> list[str]:
    """What of a value that is sent no server returns, as ``password`` or ``lines[101].sip_password``."""
    if not field.readable:
        return [field.name]
    return [
        f"{place}.{name}"
        for place, members in _parts(field, value)
        for name in members
        if isinstance(field, Nested) and not field.members[name].readable
    ]


def sent_secrets(field: Field, value: Any) -> list[str]:
    """The places of the secrets in a value that is sent."""
    return [
        f"{place}.{name}"
        for place, members in _parts(field, value)
        for name in members
        if isinstance(field, Nested) and field.members[name].secret
    ]


def _parts(field: Field, value: Any) -> list[tuple[str, dict[str, Any]]]:
    """The structures inside a value, each with its place."""
    if isinstance(field, Entries):
        return [(f"{field.name}[{entry[field.entry_key]}]", entry) for entry in value]
    return [(field.name, value)] if isinstance(field, Struct) else []


def untold_members(field: Field, given: Any, current: Any) -> list[str]:
    """The members of a wish that the server did not return, as ``clean_out.sent_items`` or ``lines[101].secured``."""
    if isinstance(field, Entries):
        held = field.by_key(current)
        return [
            f"{field.name}[{entry[field.entry_key]}].{name}"
            for key, entry in field.by_key(given).items()
            if key in held
            for name in entry
            if name not in held[key] and not field.members[name].secret
        ]
    if isinstance(field, Struct) and isinstance(current, Mapping):
        return [f"{field.name}.{name}" for name in given if name not in current]
    return []
