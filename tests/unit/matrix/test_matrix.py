# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of every writable field, on every server, through both modules: created without and with it, left out,
changed, cleared, deleted. The fields come from the definitions, the values from samples.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Texts
from tests.unit.matrix.backgrounds import with_others, without
from tests.unit.matrix.conftest import Tally
from tests.unit.matrix.paths import Path
from tests.unit.matrix.registry import SUBJECTS
from tests.unit.matrix.running import Fleet
from tests.unit.matrix.samples import Sample, Values
from tests.unit.matrix.subjects import Leaf, Server
from tests.unit.matrix.walk import Fails, Walk


@dataclass(frozen=True)
class Case:
    """One cell of the matrix."""

    server: Server
    leaf: Leaf

    def __str__(self) -> str:
        return f"{self.server.name}-{self.leaf.resource.module}.{self.leaf.name}"


CASES = [
    Case(server, leaf)
    for subject in SUBJECTS
    for server in subject.servers
    for resource in subject.system.declared
    for leaf in subject.leaves(resource)
]
WAYS = [(case, way) for case in CASES for way in case.server.ways]


@pytest.mark.parametrize(("case", "way"), WAYS, ids=str)
def test_life_of_a_field(case: Case, way: str, fleet: Fleet, tally: Tally) -> None:
    walk = Walk(fleet.reset(case.leaf.subject, case.server), case.leaf, way)
    with fleet.without_the_wire():
        _live(walk, case)
    tally(case.server, case.leaf, walk)
    assert walk.cases
    assert not walk.mismatches, "\n".join(walk.mismatches)


def _live(walk: Walk, case: Case) -> None:
    leaf = case.leaf
    if leaf.lacking(case.server):
        for sample in leaf.samples:
            walk.create({**leaf.base, leaf.path: sample}, Fails(leaf.name, calls=False))
    elif leaf.is_key:
        _live_as_key(walk, leaf)
    elif leaf.path[-1] == leaf.entry:
        _live_as_entries(walk, case)
    elif leaf.field.secret:
        _live_as_secret(walk, case)
    elif leaf.field.create_only:
        _live_unchangeable(walk, leaf)
    elif not leaf.told(case.server):
        _live_untold(walk, case)
    else:
        _live_without_and_with(walk, case)
        _live_through_values(walk, case)
        if leaf.append_option:
            _live_with_additions(walk, case)
    if leaf.name in leaf.resource.stand_in:
        _live_in_place_of_the_key(walk, leaf)


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
        walk.create(without(leaf.base, leaf), Fails(leaf.name))
    for first, second in (leaf.samples, leaf.samples[::-1]):
        walk.create({**with_others(leaf, case.server), leaf.path: first})
        walk.unchanged({leaf.path: first})
        walk.unchanged({leaf.path: second}, "on_create")
        walk.unchanged({}, "omit")
        walk.update({leaf.path: second}, update_password="always")
        walk.update({leaf.path: second}, update_password="always")
        if leaf.resource.readable_secrets:
            walk.unchanged({leaf.path: second}, "on_change", update_password="on_change")
            walk.update({leaf.path: first}, update_password="on_change")
            walk.unchanged({leaf.path: first}, "on_change", update_password="on_change")
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
        walk.create(without(leaf.base, leaf), Fails(leaf.name))
    walk.create(leaf.base)
    walk.unchanged(without(leaf.base, leaf, *leaf.apart))
    if not leaf.dropped(case.server, first.given):
        walk.update({leaf.path: first})
    walk.delete()
    if leaf.path[1:] and not leaf.instead:
        # Without the other members of its structure or entry.
        walk.create({**leaf.base, leaf.path: first})
        walk.delete()
    walk.create({**with_others(leaf, case.server), leaf.path: first})
    walk.unchanged({leaf.path: first})
    walk.unchanged({}, "omit")
    walk.round_trip()


def _live_through_values(walk: Walk, case: Case) -> None:
    """Changed to each of its values and back to the first, in every spelling."""
    leaf = case.leaf
    held, *others = leaf.samples
    for sample in (*others, held):
        if sample.refused is not None or leaf.refused(case.server, sample.given):
            walk.update({leaf.path: sample}, Fails(sample.refused or leaf.name, calls=not sample.offline))
            continue
        if leaf.dropped(case.server, sample.given):
            walk.update({leaf.path: sample}, Fails(leaf.name, writes=True))
            walk.delete()
            walk.create({**with_others(leaf, case.server), leaf.path: sample})
        else:
            walk.update({leaf.path: sample})
        walk.unchanged({leaf.path: sample})
        for spelling in sample.spellings:
            walk.unchanged({leaf.path: Sample(spelling, shown=sample.shown, beside=sample.beside)}, "other spelling")
        walk.round_trip()
        held = sample
    walk.unchanged({}, "omit")
    if held.keeps is None:
        walk.delete()
    else:
        walk.keep(held.keeps)


def _live_with_additions(walk: Walk, case: Case) -> None:
    """What is added stays beside what is there, and what is there is not added again. Without the option, the list is
    the whole list again.
    """
    leaf = case.leaf
    adds: dict[str, Any] = {leaf.append_option: True}
    first, added = leaf.samples[0], leaf.addition
    walk.create({**with_others(leaf, case.server), leaf.path: first})
    walk.update({leaf.path: added}, **adds)
    for known in (added.given, *first.spellings, *([[]] if isinstance(leaf.field, Texts) else [])):
        walk.unchanged({leaf.path: Sample(known, shown=added.shown)}, "added", **adds)
    walk.round_trip()
    walk.update({leaf.path: first})
    walk.delete()
    # A new object has nothing to add to.
    walk.create({**with_others(leaf, case.server), leaf.path: first}, **adds)
    walk.unchanged({leaf.path: first})
    walk.delete()


def _live_untold(walk: Walk, case: Case) -> None:
    """What the server does not tell is sent at creation, along with another change, or each time when that is asked
    for: it is listed as unverified, and never an eternal change.
    """
    leaf = case.leaf
    first, *others = leaf.samples
    walk.create(leaf.base)
    walk.update({leaf.path: first}, update_unreadable="always")
    walk.delete()
    walk.create({**with_others(leaf, case.server), leaf.path: first})
    walk.unchanged({leaf.path: first})
    for sample in (*others, first):
        walk.unchanged({leaf.path: sample}, "untold")
        walk.update({leaf.path: sample}, update_unreadable="always")
        walk.update({leaf.path: sample}, update_unreadable="always")
    path, another = _told_change(case)
    walk.update({leaf.path: others[0], path: another})
    walk.unchanged({leaf.path: first, path: another}, "untold")
    walk.unchanged({}, "omit")
    walk.round_trip()
    walk.delete()


def _told_change(case: Case) -> tuple[Path, Sample]:
    """A change that the server tells, of another field than this one."""
    held = with_others(case.leaf, case.server)
    return next(
        (other.path, sample)
        for other in case.leaf.subject.leaves(case.leaf.resource)
        if other.told(case.server) and other.path in held and not other.is_key and other.field.reference is None
        if not other.apart & held.keys()
        for sample in other.samples
        if sample.stored != held[other.path].stored
    )


def _live_as_entries(walk: Walk, case: Case) -> None:
    """Entries come by being listed, stay when they are not, and go only when that is asked for."""
    leaf, field = case.leaf, case.leaf.entries
    first, second = leaf.entry_paths
    pruned: dict[str, Any] = {field.prune_option: True}
    walk.create(without(leaf.base, leaf))
    for path in (first, second):
        walk.update({path: Sample(None)})
        walk.unchanged({path: Sample(None)})
    walk.unchanged({first: Sample(None), second: Sample(None)}, "both")
    walk.unchanged({}, "omit")
    walk.round_trip()
    walk.update({first: Sample(None)}, **pruned)
    walk.unchanged({first: Sample(None)}, **pruned)
    walk.update({second: Sample(None)}, **pruned)
    walk.round_trip()
    empty: Values = {(field.name,): Sample([])}
    if leaf.keeps_one:
        walk.update(empty, Fails(field.name, calls=False), **pruned)
    else:
        walk.unchanged(empty, "nothing listed")
        walk.update(empty, **pruned)
        walk.round_trip()
    walk.delete()
    walk.create({**with_others(leaf, case.server), first: Sample(None), second: Sample(None)})
    walk.unchanged({first: Sample(None), second: Sample(None)})
    walk.round_trip()
    walk.delete()


def _live_in_place_of_the_key(walk: Walk, leaf: Leaf) -> None:
    """Without its key: the server chooses one, and the object is found by what stands in for it."""
    base: Values = {path: sample for path, sample in leaf.base.items() if path[0] not in leaf.resource.key}
    for sample in leaf.subject.stand_ins[leaf.option]:
        walk.create({**base, leaf.path: sample})
        walk.unchanged({})
        for spelling in sample.spellings:
            walk.unchanged({leaf.path: Sample(spelling)}, "other spelling")
        walk.round_trip()
        walk.delete()
