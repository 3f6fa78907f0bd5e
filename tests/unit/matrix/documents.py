# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random documents: a few objects of each resource of a server, each with some of its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field, Integer, NumberOr, Size, Text
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from tests.unit.matrix.paths import Path, place_of
from tests.unit.matrix.samples import MIB, Sample, Values
from tests.unit.matrix.states import TEXTS
from tests.unit.matrix.subjects import Leaf, Server, Subject

_UNITS = {"K": 1024, "M": MIB, "G": 1024 * MIB, "T": 1024**2 * MIB}


@dataclass(frozen=True, repr=False)
class Entry:
    """One object of a document: the values of its options."""

    resource: Resource
    values: Values

    def __repr__(self) -> str:
        given = {place_of(path): sample.given for path, sample in self.values.items()}
        return f"{self.resource.kind} {given}"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))

    @property
    def has_entries(self) -> bool:
        """Whether entries of a list are among the values."""
        return any(len(path) > 2 for path in self.values)

    @property
    def key(self) -> dict[Path, Sample]:
        return {path: sample for path, sample in self.values.items() if path[0] in self.resource.key}


@st.composite
def entries(draw: st.DrawFn, subject: Subject, server: Server) -> list[Entry]:
    """Up to two new objects of each resource, each with the least that it needs and some more."""
    made = []
    for resource in subject.system.declared:
        keys = [leaf for leaf in subject.leaves(resource) if leaf.is_key]
        if not keys:
            # There is just one.
            made.append(Entry(resource, draw(_some(subject, server, resource, with_entries=True))))
            continue
        for place, sample in enumerate(draw(st.lists(st.sampled_from(keys[0].samples), max_size=2, unique_by=id))):
            values = {**subject.minimal[resource.kind], keys[0].path: sample}
            values |= {leaf.path: draw(_samples(leaf)) for leaf in keys[1:]}
            made.append(Entry(resource, {**values, **draw(_some(subject, server, resource, with_entries=not place))}))
    return made


@st.composite
def changed_entries(draw: st.DrawFn, subject: Subject, server: Server, before: list[Entry]) -> list[Entry]:
    """The same objects with other values of some fields, as far as the server changes them."""
    return [
        Entry(each.resource, {**each.key, **draw(_some(subject, server, each.resource, each.has_entries, change=True))})
        for each in before
    ]


@st.composite
def _some(
    draw: st.DrawFn, subject: Subject, server: Server, resource: Resource, with_entries: bool, change: bool = False
) -> dict[Path, Sample]:
    """``with_entries``: entries name other objects, which belong to one object at a time."""
    dropped = {name for kind, name, _value in (*server.drops, *server.refuses) if kind == resource.kind}
    possible = [
        leaf
        for leaf in subject.leaves(resource)
        if not leaf.is_key
        and not leaf.lacking(server)
        and leaf.option not in subject.dependent
        and (with_entries or leaf.entry is None)
        and not (change and (leaf.name in dropped or not leaf.told(server)))
    ]
    chosen = draw(st.lists(st.sampled_from(possible), max_size=6, unique_by=lambda leaf: leaf.path)) if possible else []
    needed = {path: sample for leaf in chosen for path, sample in leaf.companions.items()}
    return {**needed, **{leaf.path: draw(_samples(leaf)) for leaf in chosen}}


def _samples(leaf: Leaf) -> st.SearchStrategy[Sample]:
    """The matrix's own values, and random ones where a type has many."""
    # Whole addresses belong to one domain, and the objects of a document to several.
    usual = st.sampled_from(
        [
            each
            for each in leaf.samples
            if each.refused is None and not (leaf.name == "email_addresses" and _whole(each))
        ]
    )
    free = _free(leaf.field) if leaf.option not in leaf.subject.named or leaf.name == "name" else None
    return usual if free is None or leaf.is_key else usual | free


def _free(field: Field) -> st.SearchStrategy[Sample] | None:
    if field.secret:
        return None
    if isinstance(field, Text) and field.name == "name":
        # Servers strip the brackets around a name.
        return TEXTS.map(lambda text: Sample(text, stored=text.lstrip("<").rstrip(">")))
    if isinstance(field, Text):
        return TEXTS.filter(lambda text: len(text.encode()) <= (field.max_bytes or 1024)).map(Sample)
    if isinstance(field, (NumberOr, Integer)):
        return st.integers(field.minimum, field.maximum).map(Sample)
    if isinstance(field, Size):
        units = sorted(unit for unit, size in _UNITS.items() if size % field.unit == 0 and size <= 1024 * MIB)
        # What a mailbox may have on the servers of the matrix ends at 10 GiB.
        numbers = st.integers(1, 5)
        return st.builds(lambda n, unit: Sample(f"{n}{unit}", stored=n * _UNITS[unit]), numbers, st.sampled_from(units))
    return None


def _whole(addresses: Sample) -> bool:
    return any("@" in address for address in addresses.given)
