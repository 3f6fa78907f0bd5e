# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of every writable field, on every server, through both modules: created without and with it, left out,
changed, cleared, deleted. The fields come from the definitions, the values from samples.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.unit.matrix.backgrounds import background
from tests.unit.matrix.conftest import Fleet, Tally
from tests.unit.matrix.dialects import SERVERS, Server
from tests.unit.matrix.limits import ignored, unknown
from tests.unit.matrix.samples import Leaf, Sample, leaves
from tests.unit.matrix.walk import CONFIG, OBJECT, Fails, Walk


@dataclass(frozen=True)
class Case:
    """One cell of the matrix."""

    server: Server
    leaf: Leaf

    def __str__(self) -> str:
        return f"{self.server.name}-{self.leaf.resource.kind}.{self.leaf.name}"


CASES = [Case(server, leaf) for server in SERVERS for each in server.system.declared for leaf in leaves(each)]


@pytest.mark.parametrize("way", [OBJECT, CONFIG])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_life_of_a_field(case: Case, way: str, fleet: Fleet, tally: Tally) -> None:
    walk = Walk(fleet[case.server], case.leaf, way)
    _live(walk, case)
    tally(case.server.name, case.leaf, walk)
    assert walk.cases
    assert not walk.mismatches, "\n".join(walk.mismatches)


def _live(walk: Walk, case: Case) -> None:
    leaf = case.leaf
    if unknown(case.server.dialect, leaf):
        for sample in leaf.samples:
            walk.create({**leaf.base, leaf.path: sample}, Fails(leaf.name, calls=False))
    elif leaf.is_key:
        _live_as_key(walk, leaf)
    elif leaf.field.secret:
        _live_as_secret(walk, case)
    elif leaf.field.create_only:
        _live_unchangeable(walk, leaf)
    else:
        _live_without_and_with(walk, case)
        _live_through_values(walk, case)


def _live_as_key(walk: Walk, leaf: Leaf) -> None:
    """Another key is another object; other spellings of it are the same."""
    for sample in leaf.samples:
        walk.create({**leaf.base, leaf.path: sample})
        walk.unchanged({})
        for spelling in sample.spellings:
            walk.unchanged({leaf.path: Sample(spelling)}, "other spelling")
        walk.round_trip()
        walk.delete()


def _live_as_secret(walk: Walk, case: Case) -> None:
    """Sent at creation, and later only when asked to, each time."""
    leaf = case.leaf
    if leaf.field.required_on_create:
        walk.create(_but(leaf.base, leaf), Fails(leaf.name))
    for first, second in (leaf.samples, leaf.samples[::-1]):
        walk.create({**_with_others(case), leaf.path: first})
        walk.unchanged({leaf.path: first})
        walk.unchanged({leaf.path: second}, "on_create")
        walk.unchanged({}, "omit")
        walk.update({leaf.path: second}, update_password="always")
        walk.update({leaf.path: second}, update_password="always")
        walk.round_trip()
        walk.delete()


def _live_unchangeable(walk: Walk, leaf: Leaf) -> None:
    """Taken at creation and never again."""
    walk.create(leaf.base)
    walk.unchanged({leaf.path: leaf.samples[0]}, "create only")
    walk.delete()
    for sample in leaf.samples:
        walk.create({**leaf.base, leaf.path: sample})
        for other in leaf.samples:
            walk.unchanged({leaf.path: other}, "create only")
        walk.unchanged({}, "omit")
        walk.round_trip()
        walk.delete()


def _live_without_and_with(walk: Walk, case: Case) -> None:
    """Created without the field, which is then set; created with it and with all others, for what follows."""
    leaf, first = case.leaf, case.leaf.samples[0]
    if leaf.field.required_on_create:
        walk.create(_but(leaf.base, leaf), Fails(leaf.name))
    walk.create(leaf.base)
    walk.unchanged(_but(leaf.base, leaf, *leaf.apart))
    if not ignored(case.server.name, leaf, first.given):
        walk.update({leaf.path: first})
    walk.delete()
    walk.create({**_with_others(case), leaf.path: first})
    walk.unchanged({leaf.path: first})
    walk.unchanged({}, "omit")
    walk.round_trip()


def _live_through_values(walk: Walk, case: Case) -> None:
    """Changed to each of its values and back to the first, in every spelling."""
    leaf = case.leaf
    first, *others = leaf.samples
    for sample in (*others, first):
        if sample.refused is not None:
            walk.update({leaf.path: sample}, Fails(sample.refused))
            continue
        if ignored(case.server.name, leaf, sample.given):
            walk.update({leaf.path: sample}, Fails(leaf.name, writes=True))
            walk.delete()
            walk.create({**_with_others(case), leaf.path: sample})
        else:
            walk.update({leaf.path: sample})
        walk.unchanged({leaf.path: sample})
        for spelling in sample.spellings:
            walk.unchanged({leaf.path: Sample(spelling, shown=sample.shown, beside=sample.beside)}, "other spelling")
        walk.round_trip()
    walk.unchanged({}, "omit")
    walk.delete()


def _with_others(case: Case) -> dict[tuple[str, ...], Sample]:
    """What the object needs, and something else than the default in every other field."""
    leaf = case.leaf
    return {**background(leaf, case.server.dialect), **_but(leaf.base, leaf, *leaf.apart)}


def _but(values: dict[tuple[str, ...], Sample], leaf: Leaf, *paths: tuple[str, ...]) -> dict[tuple[str, ...], Sample]:
    """The values without those of this field and of these paths."""
    return {path: sample for path, sample in values.items() if path != leaf.path and path not in paths}
