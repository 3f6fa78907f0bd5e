# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: from a wish and what the server says to one step. Pure: no clock, no calls, no defaults from elsewhere.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import InvalidOption
from .fields import UNSET, Field, Struct
from .gateway import Snapshot
from .resource import Needed, Resource, Values, canonical_values

ALWAYS, ON_CREATE = "always", "on_create"


@dataclass(frozen=True)
class Wish:
    """What a task or one entry of a document says about one object.

    ``given`` are the canonical wishes, ``where`` is the place in the document (``users[2].``) for messages, ``pruned``
    says that nobody named the object, so that pruning deletes it.
    """

    resource: Resource
    given: Values
    present: bool = True
    update_password: str = ON_CREATE
    removal: Values = field(default_factory=dict)
    force: bool = False
    where: str = ""
    pruned: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        return self.resource.key_of(self.given)


@dataclass(frozen=True)
class Step:
    """What one wish comes to: ``action`` is ``none``, ``create``, ``update`` or ``delete``.

    ``send`` are the values that go to the server, secrets included. ``unverified`` names wishes that cannot be compared
    with the server, since it does not return them.
    """

    wish: Wish
    action: str
    current: Snapshot | None = None
    send: Mapping[str, Any] = field(default_factory=dict)
    unverified: tuple[str, ...] = ()

    @property
    def resource(self) -> Resource:
        return self.wish.resource

    @property
    def changes(self) -> bool:
        return self.action != "none"

    @property
    def values(self) -> Values:
        """All that is known of the object after the step: the wishes on top of what the server holds."""
        known = {} if self.current is None else self.current.values
        return {**known, **self.wish.given, **self.send}

    @property
    def name(self) -> str:
        return self.resource.name_of(self.values)

    @property
    def changed_fields(self) -> list[str]:
        """The options whose value changes; for a delete there are none."""
        return [each.name for each in self.resource.fields if each.name in self.send]

    def outcome(self) -> dict[str, Any] | None:
        """The object after the step, without secrets; None when it is absent. What the server decides is null."""
        if self.action == "delete" or not self.wish.present:
            return None
        known = {} if self.current is None else self.current.values
        after = {**known, **self.send}
        shown = {each.name: after[each.name] for each in self.resource.fields if each.name in after and each.readable}
        decided = {each.name: shown.get(each.name) for each in self.resource.fields if each.server_decides}
        return {**shown, **decided}

    def needs(self) -> tuple[Needed, ...]:
        """The objects that have to exist for this step."""
        if self.action == "delete":
            return references(self.resource.removal, self.wish.removal)
        parents = self.resource.parents(self.values) if self.action == "create" else ()
        return parents + references(self.resource.fields, self.send)


def references(fields: tuple[Field, ...], values: Values) -> tuple[Needed, ...]:
    """What the given values refer to by name."""
    needed = []
    for each in fields:
        if each.reference is None or each.name not in values:
            continue
        names = values[each.name] if isinstance(values[each.name], list) else [values[each.name]]
        needed += [Needed(each.reference.kind, name, each.name, each.reference.assumable) for name in names if name]
    return tuple(needed)


def plan(wish: Wish, current: Snapshot | None) -> Step:
    """The step that leads from what the server holds to the wish. Raises InvalidOption for a wish that cannot be."""
    if not wish.present:
        return Step(wish, "none") if current is None else Step(wish, "delete", current)
    try:
        wish.resource.check(wish.given, None if current is None else current.values)
        return _plan_create(wish) if current is None else _plan_update(wish, current)
    except InvalidOption as error:
        raise error.inside(wish.where) from None


def _plan_create(wish: Wish) -> Step:
    send: dict[str, Any] = {}
    for each in wish.resource.writable:
        if each.name in wish.given:
            send[each.name] = _whole(each, wish.given[each.name])
        elif each.required_on_create:
            raise InvalidOption(
                each.name, f"is required to create {wish.resource.name_of(wish.given)}, which does not exist"
            )
        elif each.on_create is not UNSET:
            send[each.name] = each.on_create
    return Step(wish, "create", None, send, tuple(name for name in send if not wish.resource.by_name[name].readable))


def _whole(each: Field, given: Any) -> Any:
    """A structure that is given in part is completed by what is sent at creation."""
    return {**each.on_create, **given} if isinstance(each, Struct) and each.on_create is not UNSET else given


def _plan_update(wish: Wish, current: Snapshot) -> Step:
    """What the server does not tell is no reason for a change, and goes along when there is one: a server that
    replaces objects whole would lose it otherwise."""
    send: dict[str, Any] = {}
    untold: dict[str, Any] = {}
    unverified: list[str] = []
    for each in wish.resource.writable:
        if each.name not in wish.given or each.name in wish.resource.key or each.create_only:
            continue
        given = wish.given[each.name]
        if each.secret:
            if wish.update_password == ALWAYS:
                send[each.name] = given
                unverified.append(each.name)
            continue
        if each.name not in current.values:
            untold[each.name] = given
            unverified.append(each.name)
        elif not each.same(given, current.values[each.name]):
            if each.immutable:
                raise InvalidOption(each.name, "cannot be changed once the object exists")
            send[each.name] = each.merged(current.values[each.name], given)
        unverified += unknown_members(each, given, current.values.get(each.name))
    if not send:
        return Step(wish, "none", current, {}, tuple(unverified))
    return Step(wish, "update", current, {**send, **untold}, tuple(unverified))


def unknown_members(each: Field, given: Any, current: Any) -> list[str]:
    """The members of a structure that the server did not return."""
    if not isinstance(each, Struct) or not isinstance(current, Mapping):
        return []
    return [f"{each.name}.{member}" for member in given if member not in current]


def not_applied(step: Step, now: Snapshot | None) -> list[str]:
    """The fields that the server confirmed and does not hold."""
    if now is None:
        return step.changed_fields
    return [
        name
        for name in step.changed_fields
        if name in now.values and not step.resource.by_name[name].same(step.send[name], now.values[name])
    ]


def removal_values(resource: Resource, given: Values, options: Values, where: str = "") -> dict[str, Any]:
    """The options of a removal in canonical form, with their defaults. Raises InvalidOption.

    ``given`` are the wishes for the object, none for the removals that pruning plans.
    """
    defaults = {each.name: each.on_create for each in resource.removal if each.on_create is not UNSET}
    removal = {**defaults, **canonical_values(resource.removal, options, where)}
    try:
        resource.check_removal(given, removal)
    except InvalidOption as error:
        raise error.inside(where) from None
    return removal
