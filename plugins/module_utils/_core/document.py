# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole documents: from the wishes of all resources of a system to one ordered list of steps, pruning included.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any, Callable

from .errors import GuardRefusal, InvalidOption
from .fields import Field
from .plan import Step, Wish, plan
from .references import named_by
from .resource import Needed, Resource, Values
from .snapshot import Snapshot
from .structures import with_members
from .words import spoken


@dataclass(frozen=True)
class Prune:
    """What may be deleted although nobody named it, and how much.

    ``resources`` are plural names, ``domains`` the scope (None is everything), ``protect`` names or shell patterns of
    objects, ``removal`` the removal options by plural name.
    """

    resources: tuple[str, ...] = ()
    domains: frozenset[str] | None = None
    protect: tuple[str, ...] = ()
    max_deletions: int = 10
    allow_empty: bool = False
    removal: Mapping[str, Values] | None = None
    force: bool = False


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
    for wish in wishes:
        keys = wish.resource.keys_of(wish.given)[1:] if wish.resource.is_named(wish.given) else [wish.key]
        mine, others = (by_key, in_its_place) if wish.resource.is_named(wish.given) else (in_its_place, by_key)
        for key in keys:
            mine[wish.resource.kind, key] = wish
            first = others.get((wish.resource.kind, key))
            if first is not None:
                reason = f"describes {first.resource.name_of(first.given)} again, as {first.where.rstrip('.')} does"
                raise InvalidOption(wish.where.rstrip("."), f"{reason}; keep one of them")


def refuse_outside_scope(wishes: Iterable[Wish], domains: frozenset[str] | None) -> None:
    """An entry outside the scope shows that scope and document do not belong together. Raises InvalidOption."""
    for wish in wishes:
        if wish.resource.domain_key is None or wish.resource.is_in(domains, wish.given):
            continue
        domain = wish.resource.domain_key(wish.given)
        raise InvalidOption(
            wish.where.rstrip("."),
            f"{wish.resource.name_of(wish.given)} is outside the scope; add the domain {domain} to scope.domains",
        )


def refuse_empty_prune(wishes: Sequence[Wish], prune: Prune) -> None:
    """Pruning against an empty list deletes everything. Raises InvalidOption."""
    described = {wish.resource.plural for wish in wishes if wish.present}
    for plural in prune.resources:
        if plural not in described and not prune.allow_empty:
            raise InvalidOption(
                "prune",
                f"the document has no {plural}, so pruning would delete all of them; set allow_empty if that is meant",
            )


def refuse_prune_beside_scope(resources: Iterable[Resource], prune: Prune) -> None:
    """A scope of domains leaves nothing to prune of what belongs to none. Raises InvalidOption."""
    for resource in resources:
        if prune.domains is not None and resource.plural in prune.resources and resource.domain_key is None:
            raise InvalidOption(
                "prune",
                f"{spoken(resource.plural)} belong to no domain, so nothing of them is inside scope.domains; prune "
                "them in a task without a scope",
            )


def pruned(wishes: Sequence[Wish], resource: Resource, current: Iterable[Snapshot], prune: Prune) -> list[Wish]:
    """The wishes for absence that pruning adds for one resource."""
    described = {wish.key for wish in wishes if wish.resource is resource}
    removal = (prune.removal or {}).get(resource.plural, {})
    return [
        Wish(
            resource, dict(each.values), present=False, removal=removal, force=prune.force, where="prune: ", pruned=True
        )
        for each in current
        if described.isdisjoint(resource.keys_of(each.values))
        and not resource.is_systems_own(each.values)
        and resource.protected(each.values) is None
        and resource.is_in(prune.domains, each.values)
        and not any(protects(pattern, resource, each) for pattern in prune.protect)
    ]


def protects(pattern: str, resource: Resource, each: Snapshot) -> bool:
    return fnmatchcase(resource.label_of(each.values).casefold(), pattern.casefold())


def idle_patterns(prune: Prune, current: Mapping[Resource, Sequence[Snapshot]]) -> list[str]:
    """The patterns that match no object: probably mistyped, so they are worth a warning."""
    watched = [
        (resource, each) for resource, found in current.items() for each in found if resource.plural in prune.resources
    ]
    return [
        pattern for pattern in prune.protect if not any(protects(pattern, resource, each) for resource, each in watched)
    ]


def refuse_too_many(pruning: Sequence[Wish], limit: int) -> None:
    """Raises GuardRefusal when pruning deletes more than was agreed."""
    if len(pruning) > limit:
        names = ", ".join(wish.resource.name_of(wish.given) for wish in pruning[:5])
        more = ", ..." if len(pruning) > 5 else ""
        raise GuardRefusal(
            f"pruning would delete {len(pruning)} objects ({names}{more}), more than max_deletions allows ({limit}); "
            "nothing was changed; look at the list in check mode, then raise max_deletions if it is right"
        )


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


def with_late_fields(steps: Iterable[Step]) -> list[Step]:
    """The same steps, each with the fields that have to wait for what another step makes."""
    steps = list(steps)
    coming = names(steps, "create")

    def waits(step: Step, each: Field) -> bool:
        is_late = each.reference is not None and each.reference.late and each.name in step.send
        return is_late and bool(coming & _identities(named_by((each,), step.send, step.values)))

    return [
        replace(step, late=frozenset(each.name for each in step.resource.fields if waits(step, each))) for step in steps
    ]


def in_order(steps: Iterable[Step], resources: Sequence[Resource]) -> list[Step]:
    """The steps in the order of ``plan_document``."""
    rank = {resource.kind: number for number, resource in enumerate(resources)}
    steps = list(steps)
    coming = names(steps, "create")
    unnamed = {step.resource for step in steps if step.action == "create" and not step.resource.is_named(step.values)}
    early = _before_deletions(steps)
    turn = _turns(steps)

    def place(step: Step) -> tuple[int, int, bool, int]:
        if step.action == "delete":
            # A name that is to be gone must not be the one that the server chooses for something new.
            stays_longer = coming & _identities(step.names()) or (step.resource in unnamed and not step.wish.pruned)
            return (3 if stays_longer else 1, -rank[step.resource.kind], False, turn[_identity(step)])
        first = 0 if _identity(step) in early else 2
        # What the server is to choose must not be what another entry asks for, so that one goes first.
        return (first, rank[step.resource.kind], not step.resource.is_named(step.values), turn[_identity(step)])

    return sorted(steps, key=place)


def _before_deletions(steps: Sequence[Step]) -> set[tuple[str, str]]:
    """What still refers to an object that goes is led elsewhere first, else the server takes it away with it; and what
    it is led to is made before that, where it has to be there."""
    going = names(steps, "delete")
    early = [step for step in steps if step.action != "delete" and going & _identities(_held(step))]
    found = {_identity(step) for step in early}
    while early:
        wanted = {identity for step in early if not step.late for identity in _identities(step.needs())} - found
        early = [step for step in steps if step.action == "create" and _identity(step) in wanted]
        found |= {_identity(step) for step in early}
    return found


def _turns(steps: Sequence[Step]) -> dict[tuple[str, str], int]:
    """The place of each object among its kind: after those that it names, or before them when it goes; else as listed.
    Objects that name each other in a circle stay as they are listed."""
    first: dict[tuple[str, str], list[tuple[str, str]]] = {_identity(step): [] for step in steps}
    for step in steps:
        mine = _identity(step)
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
        take(_identity(step))
    return turns


def names(steps: Iterable[Step], action: str) -> set[tuple[str, str]]:
    """Kind and name of what the plan itself makes or deletes, so that others may refer to it, or may not."""
    return {_identity(step) for step in steps if step.action == action}


def _identity(step: Step) -> tuple[str, str]:
    return step.resource.kind, step.resource.label_of(step.values).casefold()


def _held(step: Step) -> tuple[Needed, ...]:
    """What the object of a step refers to before it."""
    return () if step.current is None else named_in(step.resource, step.current.values)


def named_in(resource: Resource, values: Values) -> tuple[Needed, ...]:
    """Everything that an object with these values refers to."""
    return named_by(resource.fields, values, values)


def _identities(needed: Iterable[Needed]) -> set[tuple[str, str]]:
    return {each.identity for each in needed}


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


def may_name(resource: Resource, kinds: Collection[str], from_elsewhere: bool = False) -> bool:
    """Whether objects of this resource can keep others of these kinds from being pruned; ``from_elsewhere``: also such
    in other domains."""
    return not resource.permanent and any(
        each.reference is not None
        and each.reference.kind in kinds
        and not each.reference.mirror
        and not (from_elsewhere and (each.name in resource.key or each.reference.within))
        for each in with_members(resource.fields)
    )


def refuse_referenced(steps: Sequence[Step], current: Mapping[Resource, Sequence[Snapshot]]) -> None:
    """Pruning takes nothing away from under objects that stay and name it. Raises GuardRefusal."""
    pruned_away = names((step for step in steps if step.wish.pruned), "delete")
    if not pruned_away:
        return
    steps_of = {(step.resource.kind, step.current.identity): step for step in steps if step.current is not None}
    for resource, found in current.items():
        for each in found if not resource.permanent else ():
            step = steps_of.get((resource.kind, each.identity))
            if step is not None and step.action == "delete":
                continue
            values = each.values if step is None else {**each.values, **step.send}
            for needed in named_in(resource, values):
                if needed.identity in pruned_away and not needed.mirror:
                    raise _still_named(resource.name_of(values), needed)


def _still_named(name: str, needed: Needed) -> GuardRefusal:
    error = GuardRefusal(
        f"pruning would delete {spoken(needed.kind)} {needed.name}, which {name} still names as {needed.option}; "
        "nothing was changed; let the document change or delete that one too, or protect what it names"
    )
    error.object = f"{spoken(needed.kind)} {needed.name}"
    return error
