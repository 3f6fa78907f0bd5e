# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a simulator's store is read: where each value lies, how it is understood, and what a new object holds.

The places themselves stand with their system. Nothing there uses a codec or a name of the code under test but the
options' own: a shared mistake would prove nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.unit.matrix.paths import Entry, Path
from tests.unit.matrix.samples import Values

State = dict[Path, Any]


@dataclass(frozen=True)
class Place:
    """A value's place: the path in the store's object, and how to understand what lies there."""

    path: tuple[str, ...]
    read: Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Table:
    """A list of entries inside an object: where it lies, the member that tells entries apart, where its other members
    lie inside an entry, and what a new entry holds.
    """

    path: tuple[str, ...]
    key: str
    places: Mapping[str, Place]
    defaults: Mapping[str, Any]

    def state(self, option: str, raw: Any, store: Any) -> State:
        """Every value of every entry; the names of the entries stand under the option itself."""
        state: State = {}
        names = []
        for row in follow(raw, self.path):
            values = {member: place.read(follow(row, place.path), store) for member, place in self.places.items()}
            names.append(values.pop(self.key))
            state |= {(option, Entry(self.key, names[-1]), member): value for member, value in values.items()}
        return {**state, (option,): sorted(names)}


def _stays(found: Any) -> None:
    """What is deleted need not be put back."""


def _as_they_are(expected: State, given: State) -> tuple[State, State]:
    return expected, given


def _undivided(_found: Any) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Keeper:
    """One resource in one store: ``find`` an object by the options of its key, see it ``raw`` (nested dicts), and the
    ``rest`` of the store, which no step may touch, as JSON.

    ``translate`` changes what is expected of an object and what a wish gives into the terms of the store, where there
    are several ways to say the same; ``elsewhere`` are the options that only exist in the terms of wishes. ``renew``
    puts a permanent object, which nobody can delete, back to how its owner came with it. ``rows`` are the ids of what
    an object consists of in the store, by what each says: what stays has to stay the same one.
    """

    find: Callable[[Any, Mapping[str, Any]], Any]
    raw: Callable[[Any, Any], dict[str, Any]]
    rest: Callable[[Any, Any], str]
    places: Mapping[Path, Place]
    defaults: State
    tables: Mapping[str, Table] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    translate: Callable[[State, State], tuple[State, State]] = _as_they_are
    renew: Callable[[Any], None] = _stays
    rows: Callable[[Any], dict[str, str]] = _undivided
    # Members that change by themselves.
    restless: frozenset[str] = frozenset()

    def state(self, store: Any, found: Any) -> State:
        """Every value of an object, by the path of its option."""
        raw = self.raw(store, found)
        state = {path: place.read(follow(raw, place.path), store) for path, place in self.places.items()}
        for option, table in self.tables.items():
            state |= table.state(option, raw, store)
        return state

    def default(self, path: Path) -> Any:
        """What a new object, or a new entry of one, holds there; None where that is the server's choice."""
        option, last = str(path[0]), path[-1]
        table = self.tables.get(self.elsewhere.get(option, option))
        return self.defaults.get(path) if table is None else table.defaults.get(str(last))

    def member(self, path: Path) -> tuple[str, ...]:
        """Where a value lies in the raw object; for members of entries, the whole list."""
        option = self.elsewhere.get(str(path[0]), str(path[0]))
        return self.tables[option].path if option in self.tables else self.places[path].path

    def after(self, before: State | None, values: Values, only: bool = False) -> State:
        """What the store holds after a wish; ``before`` is None for a new object. ``only``: entries that the wish does
        not list are gone.
        """
        expected = dict(self.defaults if before is None else before)
        for sample in values.values():
            expected |= sample.brings
        expected, given = self.translate(expected, {path: sample.stored for path, sample in values.items()})
        if only:
            self._drop_unlisted(expected, given)
        for path, value in given.items():
            self._expect(expected, path, value)
        return expected

    def _expect(self, expected: State, path: Path, value: Any) -> None:
        option = str(path[0])
        if option not in self.tables:
            expected[path] = value
            return
        if len(path) == 1:
            # A list without entries, which changes nothing by itself.
            return
        entry = path[1]
        assert isinstance(entry, Entry)
        names = expected.get((option,), [])
        if entry.value not in names:
            expected[(option,)] = sorted([*names, entry.value])
            expected |= {(option, entry, member): held for member, held in self.tables[option].defaults.items()}
        if path[2:]:
            expected[path] = value

    def _drop_unlisted(self, expected: State, given: State) -> None:
        """Take the entries out that a wish for the only ones does not list."""
        for option in {str(path[0]) for path in given} & set(self.tables):
            listed = _entries(path for path in given if path[0] == option)
            for path in [path for path in expected if path[0] == option and not _entries([path]) <= listed]:
                del expected[path]
            expected[(option,)] = [name for name in expected.get((option,), []) if name in listed]


def _entries(paths: Iterable[Path]) -> set[str]:
    return {step.value for path in paths for step in path if isinstance(step, Entry)}


def follow(raw: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        raw = raw[name]
    return raw


def as_json(tables: Any) -> str:
    """Tables of a store in a form that can be compared, much faster than a deep copy."""
    return json.dumps(tables, default=lambda value: sorted(value) if isinstance(value, set) else vars(value))


# Ways to understand a value. The second argument is the store.


def as_is(value: Any, _store: Any) -> Any:
    return value


def plain(*path: str) -> Place:
    """A value that lies there as it is."""
    return Place(path, as_is)


def words(**names: str) -> Callable[[Any, Any], Any]:
    """Wire names (values) to the words of the options (names)."""
    by_wire = {wire: word for word, wire in names.items()}
    return lambda value, _store: by_wire[value]


def without_case(value: Any, _store: Any) -> list[str]:
    """Texts without order and case."""
    return sorted(str(item).lower() for item in value)


def flag(value: Any, _store: Any) -> bool:
    return {0: False, 1: True}[value]


def opposite(value: Any, _store: Any) -> bool:
    return {0: True, 1: False}[value]
