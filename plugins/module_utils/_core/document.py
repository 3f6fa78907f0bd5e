# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole documents: from the wishes of all resources of a system to one ordered list of steps.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Callable

from .errors import InvalidOption
from .order import in_order, names, with_late_fields
from .plan import Step, Wish, plan
from .pruning import Prune, pruned, refuse_too_many
from .references import named_in
from .resource import Resource
from .snapshot import Snapshot
from .words import spoken


def refuse_duplicates(wishes: Iterable[Wish]) -> None:
    """Two entries about one object contradict each other, and so do two that need the same name.

    Raises InvalidOption.
    """
    seen: dict[tuple[Any, ...], Wish] = {}
    wishes = list(wishes)
    for wish in wishes:
        name = wish.resource.name_of(wish.given)
        first = seen.setdefault((wish.resource.kind, wish.key), wish)
        if first is not wish:
            reason = f"describes {name} again, as {first.where.rstrip('.')} does; keep one of them"
            raise InvalidOption(wish.where.rstrip("."), reason)
        if not wish.present or not wish.resource.namespace:
            continue
        other = seen.setdefault((wish.resource.namespace, wish.key), wish)
        if other is not wish:
            reason = f"{name} cannot exist beside {other.resource.name_of(other.given)} ({other.where.rstrip('.')})"
            raise InvalidOption(wish.where.rstrip("."), f"{reason}, since both have the same address; keep one of them")
    _refuse_twice_named([wish for wish in wishes if wish.present])


def _refuse_twice_named(wishes: Sequence[Wish]) -> None:
    """One entry names an object by its key, another one by what stands in for it. Raises InvalidOption."""
    by_key: dict[tuple[Any, ...], Wish] = {}
    in_its_place: dict[tuple[Any, ...], Wish] = {}
    for wish in (wish for wish in wishes if wish.resource.stand_in):
        keys = wish.resource.keys_of(wish.given)[1:] if wish.resource.is_named(wish.given) else [wish.key]
        mine, others = (by_key, in_its_place) if wish.resource.is_named(wish.given) else (in_its_place, by_key)
        for key in keys:
            mine[wish.resource.kind, key] = wish
            first = others.get((wish.resource.kind, key))
            if first is not None:
                reason = f"describes {first.resource.name_of(first.given)} again, as {first.where.rstrip('.')} does"
                raise InvalidOption(wish.where.rstrip("."), f"{reason}; keep one of them")


def plan_document(
    wishes: Sequence[Wish],
    current: Mapping[Resource, Sequence[Snapshot]],
    resources: Sequence[Resource],
    prune: Prune,
    look: Callable[[Wish, Snapshot | None], Snapshot | None] = lambda wish, found: found,
) -> list[Step]:
    """One step per wish and per pruned object, in an order that can be carried out. Raises PostmasterError.

    ``look`` has a closer look at the object of a wish, where the list of objects does not tell enough.
    ``resources`` are in dependency order. Deletes go before creations and in reverse order, since they free names and
    limits; a delete that needs an object of this very plan (mail that moves into a new mailbox) goes last.
    """
    index = Index(current)
    pruning = [
        wish
        for resource in resources
        if resource.plural in prune.resources
        for wish in pruned(wishes, resource, current[resource], prune)
    ]
    refuse_too_many(pruning, prune.max_deletions)
    steps = [plan(wish, look(wish, index.current(wish))) for wish in (*wishes, *pruning)]
    refuse_vanishing(steps)
    return in_order(with_late_fields(steps), resources)


class Index:
    """What the server holds, by every identity that a wish may use."""

    def __init__(self, current: Mapping[Resource, Sequence[Snapshot]]) -> None:
        self._found: dict[tuple[Any, ...], list[Snapshot]] = {}
        self._described: dict[tuple[Any, ...], Wish] = {}
        for resource, found in current.items():
            for each in found:
                for key in resource.keys_of(each.values):
                    self._found.setdefault((resource.kind, key), []).append(each)

    def current(self, wish: Wish) -> Snapshot | None:
        """The object that a wish is about. Raises InvalidOption where that is not one, or is described already."""
        found = self._found.get((wish.resource.kind, wish.key), [])
        if len(found) > 1:
            raise InvalidOption(wish.where.rstrip("."), _ambiguity(wish, found))
        for each in found:
            first = self._described.setdefault((wish.resource.kind, each.identity), wish)
            if first is not wish:
                reason = f"describes {wish.resource.name_of(each.values)} again, as {first.where.rstrip('.')} does"
                raise InvalidOption(wish.where.rstrip("."), f"{reason}; keep one of them")
        return found[0] if found else None


def _ambiguity(wish: Wish, found: Sequence[Snapshot]) -> str:
    resource = wish.resource
    if resource.is_named(wish.given):
        return (
            f"means {len(found)} {spoken(resource.plural)}, since the server has so many called "
            f"{resource.label_of(wish.given)}, and nothing tells them apart; give each its own name there"
        )
    return f"may mean {' and '.join(resource.name_of(each.values) for each in found)}; name one by {resource.key[0]}"


def refuse_vanishing(steps: Sequence[Step]) -> None:
    """What the document wants must not refer to what it deletes. Raises InvalidOption."""
    going = names(steps, "delete")
    for step in steps if going else ():
        wanted = named_in(step.resource, step.wish.given) if step.wish.present else ()
        for needed in (*step.names(), *wanted):
            if needed.identity in going:
                raise InvalidOption(
                    step.wish.where + needed.option,
                    f"{spoken(needed.kind)} {needed.name} is deleted by the same run; name another one, or keep it",
                )
