# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other fields of an object while one of them changes: none at its default, so that a reset of any is seen."""

from __future__ import annotations

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import Sample, Values
from tests.unit.matrix.subjects import Leaf, Server


def with_others(leaf: Leaf, server: Server) -> dict[Path, Sample]:
    """What the object needs, and something else than the default in every other field that goes together with this one
    and with what the object needs.
    """
    needed = {**without(leaf.base, leaf, *leaf.apart), **leaf.instead}
    chosen: dict[Path, Sample] = {}
    for other in leaf.subject.leaves(leaf.resource):
        taken = {*needed, leaf.path, *chosen}
        if other.path in {*taken, *leaf.apart} or other.is_key or other.lacking(server):
            continue
        if other.option not in leaf.subject.costly and not other.apart & taken:
            chosen |= {other.path: _other_than_default(other, server), **other.companions}
    return {**chosen, **needed}


def without(values: Values, leaf: Leaf, *paths: Path) -> dict[Path, Sample]:
    """The values without those of this field and of these paths."""
    return {path: sample for path, sample in values.items() if path != leaf.path and path not in paths}


def _other_than_default(leaf: Leaf, server: Server) -> Sample:
    default = leaf.keeper(server).default(leaf.path)
    return next(sample for sample in leaf.samples if sample.stored != default and sample.refused is None)
