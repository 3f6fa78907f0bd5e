# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a step may cost: the calls, by name. Measured once, then kept: a call more is a mismatch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum

Calls = tuple[str, ...]


class Kind(Enum):
    """What a step comes to."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    UNCHANGED = "unchanged"
    ABSENT = "absent"


@dataclass(frozen=True)
class Budget:
    """``found`` and ``absent`` are the reads for an object that is there or not, ``parents`` those before it is made,
    ``guard`` those before it is deleted; the others are a write with what it takes to read it back.
    """

    found: Calls
    absent: Calls
    parents: Calls
    guard: Calls
    create: Calls
    update: Calls
    delete: Calls
    session: Calls = ()

    def allowed(self, kind: Kind, *, check: bool) -> Counter[str]:
        """The calls of a step of this kind."""
        reads = {
            Kind.CREATE: self.absent + self.parents,
            Kind.UPDATE: self.found,
            Kind.DELETE: self.found + self.guard,
            Kind.UNCHANGED: self.found,
            Kind.ABSENT: self.absent,
        }[kind]
        writes = {Kind.CREATE: self.create, Kind.UPDATE: self.update, Kind.DELETE: self.delete}.get(kind, ())
        return Counter(self.session + reads + (() if check else writes))


@dataclass(frozen=True)
class Extra:
    """What some options cost beyond the budget when all of them are given, in steps of these kinds: the list of the
    names in it, the account that it could harm. ``options`` are names as ``lines.codecs``, entries as ``lines[201]``,
    options about the run as ``update_password=on_change``, and ``without number`` for a key that is left out.
    """

    kind: str
    options: frozenset[str]
    calls: Calls
    steps: frozenset[Kind] = frozenset(Kind)
    dialect: str | None = None

    def applies(self, dialect: str, kind: str, step: Kind, given: set[str]) -> bool:
        return self.kind == kind and self.dialect in (None, dialect) and step in self.steps and self.options <= given
