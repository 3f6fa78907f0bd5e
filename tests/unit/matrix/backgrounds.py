# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other fields of an object while one of them changes: none at its default, so that a reset of any is seen."""

from __future__ import annotations

from tests.unit.matrix.limits import unknown
from tests.unit.matrix.samples import Leaf, Path, Sample, leaves
from tests.unit.matrix.stores import KEEPERS

# Looked up at every reading, which would hide a call too many.
_COSTLY = frozenset({("company_contact",)})


def background(leaf: Leaf, dialect: str) -> dict[Path, Sample]:
    """A value for each other field that goes together with this one and with what the object needs."""
    chosen: dict[Path, Sample] = {}
    for other in leaves(leaf.resource):
        needed = {*leaf.base, leaf.path, *chosen}
        if other.path in {*needed, *leaf.apart, *_COSTLY} or other.is_key or unknown(dialect, other):
            continue
        if not other.apart & needed:
            chosen |= {other.path: _other_than_default(other), **other.companions}
    return chosen


def _other_than_default(leaf: Leaf) -> Sample:
    default = KEEPERS[leaf.resource.kind].defaults.get(leaf.path)
    return next(sample for sample in leaf.samples if sample.stored != default and sample.refused is None)
