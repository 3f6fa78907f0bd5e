# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which steps may go to the server together: neighbours of one resource and one action that do not need each other.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .order import mentions
from .plan import WAIT, WHEN_UNVERIFIED, Step
from .result import Result


def slices(results: Iterable[Result], most_together: Callable[[Step], int]) -> Iterator[list[Result]]:
    """All results in their order, cut where steps can no longer be carried out in any order among themselves.

    ``most_together`` says how many steps like one a slice may hold. Steps without a change are in nobody's way.
    """
    part: list[Result] = []
    changes: list[Step] = []
    most = 0
    own: set[tuple[str, str]] = set()
    mentioned: set[tuple[str, str]] = set()
    for result in results:
        step = result.step
        if step.changes:
            mine, others = step.identity, mentions(step)
            fits = not changes or (
                _alike(changes[0], step)
                and len(changes) < min(most, most_together(step))
                and mine not in mentioned
                and not others & own
            )
            if not fits:
                yield part
                part, changes, own, mentioned = [], [], set(), set()
            most = min(most, most_together(step)) if changes else most_together(step)
            changes.append(step)
            own.add(mine)
            mentioned |= others
        part.append(result)
    if part:
        yield part


def _alike(first: Step, step: Step) -> bool:
    """Whether two steps ask for the same kind of call; what may have to wait for something goes alone, and what the
    server is to name does not go with what others name."""
    same = first.resource is step.resource and first.action == step.action
    same = same and step.resource.is_named(first.values) == step.resource.is_named(step.values)
    return same and not any(each.wish.behaviour.get(WHEN_UNVERIFIED) == WAIT for each in (first, step))
