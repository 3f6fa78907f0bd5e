# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order in which the steps of a plan can be carried out: what others need comes first, and goes last.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .fields import Field
from .plan import Step
from .references import named_by, named_in
from .resource import Needed, Resource


def in_order(steps: Iterable[Step], resources: Sequence[Resource]) -> list[Step]:
    """The steps in the order of ``plan_document``."""
    rank = {resource.kind: number for number, resource in enumerate(resources)}
    steps = list(steps)
    coming = names(steps, "create")
    choosing = {step.resource for step in steps if step.action == "create" and not step.resource.is_named(step.values)}
    early = _before_deletions(steps)
    turn = _turns(steps)

    def place(step: Step) -> tuple[int, int, bool, bool, int]:
        if step.action == "delete":
            # A name that is to be gone must not be the one that the server chooses for something new.
            stays_longer = coming & _identities(step.names()) or (step.resource in choosing and not step.wish.pruned)
            return (3 if stays_longer else 1, -rank[step.resource.kind], False, False, turn[step.identity])
        first = 0 if step.identity in early else 2
        # What the server is to choose must not be what another entry asks for, so that one goes first.
        unnamed = not step.resource.is_named(step.values)
        # Steps of one kind and action can go together; changes go first, since they may free what new objects take.
        waits = step.action == "create" and not step.resource.names_its_own_kind
        return (first, rank[step.resource.kind], unnamed, waits, turn[step.identity])

    return sorted(steps, key=place)


def _before_deletions(steps: Sequence[Step]) -> set[tuple[str, str]]:
    """What still refers to an object that goes is led elsewhere first, else the server takes it away with it; and what
    it is led to is made before that, where it has to be there."""
    going = names(steps, "delete")
    if not going:
        return set()
    early = [step for step in steps if step.action != "delete" and going & _identities(_held(step))]
    found = {step.identity for step in early}
    while early:
        wanted = {identity for step in early if not step.late for identity in _identities(step.needs())} - found
        early = [step for step in steps if step.action == "create" and step.identity in wanted]
        found |= {step.identity for step in early}
    return found


def _turns(steps: Sequence[Step]) -> dict[tuple[str, str], int]:
    """The place of each object among its kind: after those that it names, or before them when it goes; else as listed.
    Objects that name each other in a circle stay as they are listed."""
    first: dict[tuple[str, str], list[tuple[str, str]]] = {step.identity: [] for step in steps}
    for step in (step for step in steps if step.resource.names_its_own_kind):
        mine = step.identity
        named = _identities(_held(step) if step.action == "delete" else step.names()) & first.keys()
        for other in sorted(each for each in named if each[0] == mine[0]):
            if step.action == "delete":
                first[other].append(mine)
            else:
                first[mine].append(other)
    turns: dict[tuple[str, str], int] = {}
    begun: set[tuple[str, str]] = set()

    def take(identity: tuple[str, str]) -> None:
        if identity not in begun:
            begun.add(identity)
            for each in first[identity]:
                take(each)
            turns[identity] = len(turns)

    for step in steps:
        take(step.identity)
    return turns


def with_late_fields(steps: Iterable[Step]) -> list[Step]:
    """The same steps, each with the fields that have to wait for what another step makes."""
    steps = list(steps)
    coming = names(steps, "create")

    def waits(step: Step, each: Field) -> bool:
        is_late = each.reference is not None and each.reference.late and each.name in step.send
        return is_late and bool(coming & _identities(named_by((each,), step.send, step.values)))

    def with_late(step: Step) -> Step:
        late = frozenset(each.name for each in step.resource.referring if waits(step, each))
        return replace(step, late=late) if late else step

    return [with_late(step) for step in steps] if coming else steps


def names(steps: Iterable[Step], action: str) -> set[tuple[str, str]]:
    """Kind and name of what the plan itself makes or deletes, so that others may refer to it, or may not."""
    return {step.identity for step in steps if step.action == action}


def _identities(needed: Iterable[Needed]) -> set[tuple[str, str]]:
    return {each.identity for each in needed}


def mentions(step: Step) -> set[tuple[str, str]]:
    """The objects that a step names, and those that its object named before."""
    return _identities(step.names()) | _identities(_held(step))


def _held(step: Step) -> tuple[Needed, ...]:
    """What the object of a step refers to before it."""
    return () if step.current is None else named_in(step.resource, step.current.values)
