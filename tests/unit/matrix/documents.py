# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random documents: a few objects of each resource of a server, each with some of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field, Integer, NumberOr, Size, Text
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from tests.unit.matrix.dialects import Server
from tests.unit.matrix.limits import IGNORED, unknown
from tests.unit.matrix.samples import MIB, MINIMAL, NAMED, Leaf, Path, Sample, leaves
from tests.unit.matrix.states import TEXTS

Values = dict[Path, Sample]
_UNITS = {"K": 1024, "M": MIB, "G": 1024 * MIB, "T": 1024**2 * MIB}
# What of these depends on other fields is left to the matrix.
_DEPENDENT = {
    ("user", "forwarding.mode"),
    ("alias", "action"),
    ("mailbox", "force_pw_update"),
    ("mailbox", "auth_source"),
}


@dataclass(frozen=True, repr=False)
class Entry:
    """One object of a document: the values of its options."""

    resource: Resource
    values: Mapping[Path, Sample]

    def __repr__(self) -> str:
        given = {".".join(path): sample.given for path, sample in self.values.items()}
        return f"{self.resource.kind} {given}"

    @property
    def key(self) -> Values:
        return {path: sample for path, sample in self.values.items() if path[0] in self.resource.key}

    def overlaid(self, other: Entry) -> Entry:
        """What is known of the object after this entry and then the other."""
        return Entry(self.resource, {**self.values, **other.values})


@st.composite
def entries(draw: st.DrawFn, server: Server) -> list[Entry]:
    """One to three new objects, each with the least that it needs and some more."""
    made = []
    for resource in server.system.declared:
        keys = [leaf for leaf in leaves(resource) if leaf.is_key]
        for sample in draw(st.lists(st.sampled_from(keys[0].samples), max_size=2, unique_by=id)):
            values = {**MINIMAL[resource.kind], keys[0].path: sample}
            values |= {leaf.path: draw(_samples(leaf)) for leaf in keys[1:]}
            made.append(Entry(resource, {**values, **draw(_some(server, resource))}))
    return made


@st.composite
def changed_entries(draw: st.DrawFn, server: Server, before: list[Entry]) -> list[Entry]:
    """The same objects with other values of some fields, as far as the server changes them."""
    return [Entry(each.resource, {**each.key, **draw(_some(server, each.resource, change=True))}) for each in before]


@st.composite
def _some(draw: st.DrawFn, server: Server, resource: Resource, change: bool = False) -> Values:
    dropped = {name for kind, name, _value in IGNORED.get(server.name, ()) if kind == resource.kind}
    possible = [
        leaf
        for leaf in leaves(resource)
        if not leaf.is_key
        and not unknown(server.dialect, leaf)
        and (leaf.resource.kind, leaf.name) not in _DEPENDENT
        and not (change and (leaf.name in dropped or leaf.field.secret or leaf.field.create_only))
    ]
    chosen = draw(st.lists(st.sampled_from(possible), max_size=6, unique_by=lambda leaf: leaf.path))
    if not chosen:
        return {}
    return {leaf.path: draw(_samples(leaf)) for leaf in chosen}


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
    free = _free(leaf.field) if (leaf.resource.kind, leaf.name) not in NAMED or leaf.name == "name" else None
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
