# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: from a wish and what the server says to one step. Pure: no clock, no calls, no defaults from elsewhere.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from .errors import InvalidOption
from .fields import UNSET, Field, Texts
from .references import named_by
from .resource import Needed, Resource, Values, canonical_values
from .snapshot import Snapshot
from .structures import Entries, StructSet, sent_secrets, unreadable, untold_members, without_secrets

ALWAYS, ON_CREATE, ON_CHANGE = "always", "on_create", "on_change"
# A behaviour option of resources whose server does not tell every field.
UPDATE_UNREADABLE = "update_unreadable"
# Behaviour options of resources whose server may want something done elsewhere first (errors.Prerequisite).
WHEN_UNVERIFIED, WAIT_TIMEOUT = "when_unverified", "wait_timeout"
FAIL, PENDING, WAIT = "fail", "pending", "wait"


@dataclass(frozen=True)
class Wish:
    """What a task or one entry of a document says about one object.

    ``given`` are the canonical wishes, ``behaviour`` the options that say how to carry them out, ``where`` is the place
    in the document (``users[2].``) for messages, ``pruned`` says that nobody named the object, so that pruning deletes
    it.
    """

    resource: Resource
    given: Values
    present: bool = True
    update_password: str = ON_CREATE
    removal: Values = field(default_factory=dict)
    behaviour: Values = field(default_factory=dict)
    force: bool = False
    where: str = ""
    pruned: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        return self.resource.key_of(self.given)

    def only(self, each: Field) -> bool:
        """Whether what the wish does not list is to go."""
        if isinstance(each, Entries):
            return bool(self.behaviour.get(each.prune_option))
        return isinstance(each, (Texts, StructSet)) and not self.behaviour.get(each.append_option)

    def sends_secret(self, given: str, held: Any) -> bool:
        """Whether the secret of an object that exists is to be sent; ``held`` is UNSET where it could not be read."""
        if self.update_password == ON_CHANGE and self.resource.readable_secrets:
            return bool(held is UNSET or held != given)
        return self.update_password == ALWAYS


@dataclass(frozen=True)
class Step:
    """What one wish comes to: ``action`` is ``none``, ``create``, ``update`` or ``delete``.

    ``send`` are the values that go to the server, secrets included. ``unverified`` names wishes that cannot be compared
    with the server, since it does not return them. ``late`` are the fields that can only be sent when what they name
    exists, which comes later in the same run; the step that sends them is the ``rest_of`` the first one.
    """

    wish: Wish
    action: str
    current: Snapshot | None = None
    send: Mapping[str, Any] = field(default_factory=dict)
    unverified: tuple[str, ...] = ()
    late: frozenset[str] = frozenset()
    rest_of: Step | None = None

    @property
    def resource(self) -> Resource:
        return self.wish.resource

    @property
    def changes(self) -> bool:
        return self.action != "none"

    @property
    def first_part(self) -> Values:
        """What can be sent at once."""
        return {name: value for name, value in self.send.items() if name not in self.late}

    @property
    def writes_at_once(self) -> bool:
        return self.action in ("create", "delete") or (self.action == "update" and bool(self.first_part))

    @cached_property
    def identity(self) -> tuple[str, str]:
        """Kind and name of the object, as others refer to it."""
        return self.resource.kind, self.resource.label_of(self.values).casefold()

    @cached_property
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
        shown = {
            each.name: without_secrets(each, after[each.name])
            for each in self.resource.fields
            if each.name in after and each.readable
        }
        decided = {each.name: shown.get(each.name) for each in self.resource.fields if each.server_decides}
        return {**shown, **decided}

    def names(self) -> tuple[Needed, ...]:
        """The objects that this step needs, or may need."""
        if self.action == "delete":
            return named_by(self.resource.removal, self.wish.removal, self.values)
        # Of entries, only those that the wish lists: others may go in the same run.
        given = {name: self.wish.given.get(name, value) for name, value in self.send.items()}
        return named_by(self.resource.referring, given, self.values)

    def needs(self) -> tuple[Needed, ...]:
        """The objects that have to exist for this step."""
        return tuple(needed for needed in self.names() if not needed.optional)


def plan(wish: Wish, current: Snapshot | None) -> Step:
    """The step that leads from what the server holds to the wish. Raises InvalidOption for a wish that cannot be."""
    if not wish.present:
        return Step(wish, "none") if current is None else Step(wish, "delete", current)
    wish = _without_empty_additions(wish)
    current = None if current is None else in_terms_of(wish, current)
    try:
        wish.resource.check(wish.given, None if current is None else current.values)
        return _plan_create(wish) if current is None else _plan_update(wish, current)
    except InvalidOption as error:
        raise error.inside(wish.where) from None


def _without_empty_additions(wish: Wish) -> Wish:
    """The same wish without lists that are to be added to what is there, and are empty: they ask for nothing."""
    fields = wish.resource.by_name
    empty = [name for name, value in wish.given.items() if value == [] and isinstance(fields[name], (Texts, StructSet))]
    adding = {name for name in empty if not wish.only(fields[name])}
    if not adding:
        return wish
    return replace(wish, given={name: value for name, value in wish.given.items() if name not in adding})


def in_terms_of(wish: Wish, current: Snapshot) -> Snapshot:
    """Some objects can be described in two ways: the wish decides which one is compared with."""
    return replace(current, values=wish.resource.in_terms_of(wish.given, current.values))


def _plan_create(wish: Wish) -> Step:
    send: dict[str, Any] = {}
    for each in wish.resource.writable:
        if each.name in wish.given:
            send[each.name] = each.new(wish.given[each.name])
        elif each.required_on_create:
            raise InvalidOption(
                each.name, f"is required to create {wish.resource.name_of(wish.given)}, which does not exist"
            )
        elif each.on_create is not UNSET:
            send[each.name] = each.on_create
    send = wish.resource.at_creation(wish.given, send)
    if wish.resource.permanent and send.keys() <= set(wish.resource.key):
        # Its owner is yet to come, and nothing is wanted of it.
        return Step(wish, "none")
    unverified = [
        name for each in wish.resource.writable if each.name in send for name in unreadable(each, send[each.name])
    ]
    return Step(wish, "create", None, send, tuple(unverified))


def _plan_update(wish: Wish, current: Snapshot) -> Step:
    """What the server does not tell is no reason for a change unless the task says so, and goes along when there is
    one: a server that replaces objects whole would lose it otherwise."""
    send: dict[str, Any] = {}
    untold: dict[str, Any] = {}
    unverified: list[str] = []
    identifying = wish.resource.identifying(wish.given)
    for each in wish.resource.writable:
        if each.name not in wish.given or each.name in identifying or each.create_only:
            continue
        given = wish.given[each.name]
        if each.secret:
            if wish.sends_secret(given, current.secrets.get(each.name, UNSET)):
                send[each.name] = given
                unverified.append(each.name)
            continue
        if each.name not in current.values:
            untold[each.name] = given
            unverified.append(each.name)
            continue
        held = current.values[each.name]
        target = each.merged(held, _due(wish, each, given, current), wish.only(each))
        hidden = untold_members(each, given, held)
        unverified += hidden
        if not each.same(target, held):
            if each.immutable:
                raise InvalidOption(each.name, "cannot be changed once the object exists")
            send[each.name] = target
            unverified += sent_secrets(each, target)
        elif hidden:
            untold[each.name] = target
    if not send and (not untold or wish.behaviour.get(UPDATE_UNREADABLE) != ALWAYS):
        return Step(wish, "none", current, {}, tuple(unverified))
    return Step(wish, "update", current, {**untold, **send}, tuple(unverified))


def second_part(step: Step, current: Snapshot | None) -> Step:
    """What is left of a step when what its late fields name is there: all that was planned for them, unless the server
    tells that it has come about by itself."""
    if current is None:
        return plan(step.wish, None)
    current = in_terms_of(step.wish, current)
    send = {}
    for name in step.late & step.send.keys():
        each, held = step.resource.by_name[name], current.values.get(name, UNSET)
        wished = _wished(each, step)
        target = step.send[name] if held is UNSET else each.merged(held, wished, step.wish.only(each))
        if held is UNSET or not each.same(target, held) or untold_members(each, wished, held):
            send[name] = target
    return Step(step.wish, "update" if send else "none", current, send, rest_of=step)


def plan_again(step: Step, current: Snapshot | None) -> Step:
    """The same step by what the server holds now. Raises InvalidOption."""
    if step.rest_of is not None:
        return second_part(step.rest_of, current)
    return replace(plan(step.wish, current), late=step.late)


def _due(wish: Wish, each: Field, given: Any, current: Snapshot) -> Any:
    """The wish without the secrets of entries that exist and are not to be sent again."""
    if not isinstance(each, Entries):
        return given
    held = each.by_key(current.values[each.name])
    told = each.by_key(current.secrets.get(each.name, []))

    def stays(key: str, name: str, value: Any) -> bool:
        is_new = key not in held
        return not each.members[name].secret or is_new or wish.sends_secret(value, told.get(key, {}).get(name, UNSET))

    return [
        {name: value for name, value in entry.items() if stays(key, name, value)}
        for key, entry in each.by_key(given).items()
    ]


def not_applied(step: Step, now: Snapshot | None) -> list[str]:
    """The fields that the server confirmed and does not hold; ``now`` is in the terms of the wish."""
    if now is None:
        return step.changed_fields
    return [
        name
        for name in step.changed_fields
        if name in now.values and not _holds(step.resource.by_name[name], step, now.values[name])
    ]


def _holds(each: Field, step: Step, now: Any) -> bool:
    return each.same(each.merged(now, without_secrets(each, _wished(each, step)), step.wish.only(each)), now)


def _wished(each: Field, step: Step) -> Any:
    """What was sent for a field; where others may stay beside what the wish lists, that alone: they may have gone in
    the same run."""
    sent = step.send[each.name]
    if not isinstance(each, Entries):
        return sent if step.wish.only(each) else step.wish.given.get(each.name, sent)
    listed = each.by_key(step.wish.given.get(each.name, sent))
    return [entry for key, entry in each.by_key(sent).items() if key in listed]


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


def behaviour_values(resource: Resource, options: Values, where: str = "") -> dict[str, Any]:
    """The behaviour options in canonical form, with their defaults. Raises InvalidOption."""
    defaults = {each.name: each.on_create for each in resource.behaviour if each.on_create is not UNSET}
    return {**defaults, **canonical_values(resource.behaviour, options, where)}
