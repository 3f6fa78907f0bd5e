# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pruning: what a document does not name and what is deleted for it, within limits.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from .errors import GuardRefusal, InvalidOption
from .order import names
from .plan import Step, Wish
from .references import named_in
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
        some = ", ".join(wish.resource.name_of(wish.given) for wish in pruning[:5])
        more = ", ..." if len(pruning) > 5 else ""
        raise GuardRefusal(
            f"pruning would delete {len(pruning)} objects ({some}{more}), more than max_deletions allows ({limit}); "
            "nothing was changed; look at the list in check mode, then raise max_deletions if it is right"
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
