# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the matrix has to be told about a system, beyond its definitions: servers, values, stores, calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from typing import Any

from hypothesis import strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Entries, Nested, Struct
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.support.runner import AnySimulator
from tests.unit.matrix.budgets import Budget, Extra
from tests.unit.matrix.paths import Entry, Path, name_of
from tests.unit.matrix.samples import Sample, Values, derived
from tests.unit.matrix.stores import Keeper

OBJECT, CONFIG = "object", "config"
# A resource's kind and the name of one of its options.
Option = tuple[str, str]
Draw = Callable[[st.SearchStrategy[Any]], Any]
ANY: Any = object()


class _Brief:
    """Shown by hypothesis without its tables, which would fill pages."""

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(f"<{type(self).__name__}>")


@dataclass(frozen=True)
class Server(_Brief):
    """One column of the matrix: a server with its own ways, all of which are data.

    ``dialect`` decides about calls, ``lacks`` are options that it does not know: refused before the first call, in
    check mode too. ``drops`` are wishes that it confirms and forgets when an object is changed, ``tells`` the only
    options whose values it tells, where it does not tell all. ``switches`` are ways to answer that no wish depends on.
    """

    name: str
    dialect: str
    make: Callable[[], AnySimulator]
    lacks: frozenset[Option] = frozenset()
    drops: tuple[tuple[str, str, Any], ...] = ()
    tells: frozenset[Option] | None = None
    # (kind, option, value): refused once it is read what the server knows.
    refuses: tuple[tuple[str, str, Any], ...] = ()
    connection: Mapping[str, Any] = dataclass_field(default_factory=dict)
    # The login where it is not the simulator's usual one, and stores that keep something in another form.
    login: Callable[[Any], Mapping[str, Any]] = lambda _simulator: {}
    keepers: Mapping[str, Keeper] = dataclass_field(default_factory=dict)
    switches: Mapping[str, tuple[Any, ...]] = dataclass_field(default_factory=dict)
    ways: tuple[str, ...] = (OBJECT, CONFIG)


@dataclass(frozen=True)
class EntryNames:
    """Names of entries that a list may have; ``keeps_one``: the list cannot be empty."""

    names: tuple[str, str]
    keeps_one: bool = False


@dataclass(frozen=True)
class Subject(_Brief):
    """One system. The tables are by kind, or by kind and option where a field's type does not tell enough."""

    system: System
    servers: tuple[Server, ...]
    # Adds to a fresh store what the samples name.
    prepare: Callable[[Any], None]
    # Random objects beside those of the starting state, and how many objects a document describes then.
    fill: Callable[[Draw, Any], None]
    count: Callable[[Any], int]
    keepers: Mapping[str, Keeper]
    # By (dialect, kind, way).
    budgets: Mapping[tuple[str, str, str], Budget]
    # The least that a task says to make an object.
    minimal: Mapping[str, Values]
    extra: tuple[Extra, ...] = ()
    named: Mapping[Option, tuple[Sample, ...]] = dataclass_field(default_factory=dict)
    # What a member needs beside it, so that the server takes it.
    companions: Mapping[Option, Values] = dataclass_field(default_factory=dict)
    # What cannot be given, or is not kept, together with a field, and what is given in its place.
    apart: Mapping[Option, frozenset[Path]] = dataclass_field(default_factory=dict)
    instead: Mapping[Option, Values] = dataclass_field(default_factory=dict)
    # What a wish says without words, and the diff shows.
    implied: Mapping[Option, frozenset[str]] = dataclass_field(default_factory=dict)
    # What is added to the first value of a list that can be added to: as it is given, and the whole list after that.
    appended: Mapping[Option, Sample] = dataclass_field(default_factory=dict)
    # Which entries of a list are walked.
    entries: Mapping[Option, EntryNames] = dataclass_field(default_factory=dict)
    # Values that identify an object without its key.
    stand_ins: Mapping[Option, tuple[Sample, ...]] = dataclass_field(default_factory=dict)
    # What a removal has to consent to.
    removal: Mapping[str, Mapping[str, Any]] = dataclass_field(default_factory=dict)
    # Options that would cost a call at each step, or change other objects: no other field has them beside it.
    costly: frozenset[Option] = frozenset()
    # Options that depend on others, which random documents know nothing of.
    dependent: frozenset[Option] = frozenset()
    # What no option could say, with a name for each.
    odd: Mapping[str, Callable[[Any], None]] = dataclass_field(default_factory=dict)

    def leaves(self, resource: Resource) -> Iterator[Leaf]:
        """Every writable field of a resource; a structure, and the entries of a list, are their members."""
        for field in resource.writable:
            if isinstance(field, Struct):
                yield from (Leaf(self, resource, member, (field.name, member.name)) for member in field.fields)
            elif isinstance(field, Entries):
                entry = Entry(field.entry_key, self.entries[resource.kind, field.name].names[0])
                for member in field.fields:
                    path: Path = (
                        (field.name, entry) if member.name == field.entry_key else (field.name, entry, member.name)
                    )
                    yield Leaf(self, resource, member, path)
            else:
                yield Leaf(self, resource, field, (field.name,))


@dataclass(frozen=True)
class Leaf:
    """A writable field, or a member of a structure or of an entry, with the path of its option."""

    subject: Subject
    resource: Resource
    field: Field
    path: Path

    @property
    def name(self) -> str:
        return name_of(self.path)

    @property
    def option(self) -> Option:
        return self.resource.kind, self.name

    @property
    def base(self) -> Values:
        """The values of an object without this field, as far as it can be without."""
        return {**self.subject.minimal[self.resource.kind], **self.companions}

    @property
    def companions(self) -> Values:
        """What this field needs beside it."""
        return self.subject.companions.get(self.option, {})

    @property
    def apart(self) -> frozenset[Path]:
        """What does not go together with this field."""
        return self.subject.apart.get(self.option, frozenset())

    @property
    def instead(self) -> Values:
        """What is given in place of what does not go together with it."""
        return self.subject.instead.get(self.option, {})

    @property
    def is_key(self) -> bool:
        return self.path[0] in self.resource.key

    @property
    def entry(self) -> Entry | None:
        """The entry of a list that this is a member of."""
        return next((step for step in self.path if isinstance(step, Entry)), None)

    @property
    def samples(self) -> tuple[Sample, ...]:
        return self.subject.named.get(self.option) or tuple(derived(self.field))

    @property
    def append_option(self) -> str:
        """The behaviour option with which the list is added to; empty where it is always the whole list."""
        return str(getattr(self.field, "append_option", ""))

    @property
    def addition(self) -> Sample:
        """What is added to the first value of the list."""
        return self.subject.appended[self.option]

    @property
    def entries(self) -> Entries:
        """The list that this is a member of the entries of."""
        field = self.resource.by_name[str(self.path[0])]
        assert isinstance(field, Entries)
        return field

    @property
    def entry_paths(self) -> list[Path]:
        """Two entries of that list."""
        names = self.subject.entries[self.resource.kind, self.entries.name].names
        return [(self.entries.name, Entry(self.entries.entry_key, name)) for name in names]

    @property
    def keeps_one(self) -> bool:
        """Whether that list cannot be empty."""
        return self.subject.entries[self.resource.kind, self.entries.name].keeps_one

    def told(self, server: Server) -> bool:
        """Whether the server's value can be compared with a wish."""
        return self.field.readable and (server.tells is None or self.option in server.tells)

    def lacking(self, server: Server) -> bool:
        """Whether the server's dialect does not know the option."""
        return self.option in server.lacks

    def refused(self, server: Server, value: Any) -> bool:
        """Whether this server is known not to hold the value."""
        return (*self.option, value) in server.refuses

    def keeper(self, server: Server) -> Keeper:
        """How the server's store keeps the resource."""
        return server.keepers.get(self.resource.kind) or self.subject.keepers[self.resource.kind]

    def dropped(self, server: Server, value: Any) -> bool:
        """Whether this server forgets the value when an object is changed."""
        return any((kind, name) == self.option and gone in (ANY, value) for kind, name, gone in server.drops)


def field_at(resource: Resource, path: Path) -> Field:
    """The field that a path leads to: of an entry as such, the list."""
    field = resource.by_name[str(path[0])]
    for step in path[1:]:
        if not isinstance(step, Entry):
            assert isinstance(field, Nested)
            field = field.members[step]
    return field
