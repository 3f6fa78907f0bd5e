# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server in memory behind the Gateway protocol, with a clock that only moves when told, and mishaps on order.

It holds canonical values and knows nothing of plans: what it holds at the end proves what the executor did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    Conflict,
    GuardRefusal,
    NotFound,
    PostmasterError,
    ServerRefusal,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.gateway import Gateway
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step
from ansible_collections.postmaster.comms.plugins.module_utils._core.references import named_by
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Needed, Resource, Values
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from ansible_collections.postmaster.comms.plugins.module_utils._core.writing import Writing, in_parts
from tests.unit.core.mishaps import Mishaps
from tests.unit.core.stored_values import secrets_of, stored, told


class FakeClock:
    """Seconds that pass by sleeping only."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


@dataclass
class Held:
    """One object on the server. ``reads_left``: it is being deleted and shows up so many times more.

    ``before`` is what reads still show (None: nothing) while ``stale_reads`` are left.
    """

    values: dict[str, Any]
    identity: str
    reads_left: int | None = None
    before: dict[str, Any] | None = None
    stale_reads: int = 0


Place = tuple[str, tuple[str, ...]]


@dataclass
class MemoryGateway(Gateway):
    """Implements ``_core.gateway.Gateway``.

    ``calls`` logs ``(call, label)``; ``ignored`` fields are confirmed and not stored, ``hidden`` ones
    (``field`` or ``field.member``) are stored and not returned; ``slow_deletion`` is how often an object is still
    listed after its deletion was accepted; ``stale_reads`` is how many reads after a write show the state before it, in
    the ``stale`` fields (None: in all).
    ``replies_whole``: creations and changes are answered with the object. ``refusal`` is what the server is known to
    refuse ahead, ``asked`` logs the plans that it was asked about. ``strict``: nothing can be sent that names an object
    which is not there. ``filled_in`` is what new objects have without being told. ``owned`` are permanent resources by
    the kind of their owners, with what a new one holds: they come and go with those. ``relations`` are the resources
    whose fields the named objects hold themselves, and take along when they go.
    ``together`` is how many objects may be written by one request, and unless it is 1, several can be read by one call;
    ``apart`` are the fields that take a call of their own after the one about the others. ``mishaps`` tells what goes
    wrong. ``dear`` fields are left out of what is told of several objects when nobody is going to look at them.
    ``effects`` logs ``(call, name)`` of what was carried out, ``idle`` what of that changed nothing.
    """

    clock: FakeClock = field(default_factory=FakeClock)
    objects: dict[Place, Held] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    others: set[tuple[str, str]] = field(default_factory=set)
    account: str | None = None
    slow_deletion: int = 0
    stale_reads: int = 0
    stale: set[str] | None = None
    replies_whole: bool = False
    strict: bool = False
    filled_in: dict[str, Any] = field(default_factory=dict)
    owned: dict[str, tuple[Resource, dict[str, Any]]] = field(default_factory=dict)
    relations: tuple[Resource, ...] = ()
    refusal: PostmasterError | None = None
    together: int = 1
    apart: frozenset[str] = frozenset()
    dear: frozenset[str] = frozenset()
    mishaps: Mishaps = field(default_factory=Mishaps)
    effects: list[tuple[str, str]] = field(default_factory=list)
    idle: list[tuple[str, str]] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    removals: list[dict[str, Any]] = field(default_factory=list)
    _made: int = 0

    # What tests prepare and look at.

    def put(self, resource: Resource, **values: Any) -> Held:
        """Somebody else makes an object; what is left out is not set."""
        self._made += 1
        canonical = {name: resource.by_name[name].canonical(value) for name, value in values.items()}
        filled_in = {name: value for name, value in self.filled_in.items() if name in resource.by_name}
        held = Held({**self._decided(resource, canonical), **filled_in, **canonical}, f"#{self._made}")
        self.objects[_place(resource, held.values)] = held
        if resource.kind in self.owned:
            part, new = self.owned[resource.kind]
            self.put(part, **{part.key[0]: resource.label_of(held.values), **new})
        return held

    def held(self, resource: Resource, *key: str) -> dict[str, Any] | None:
        found = self.objects.get((resource.kind, tuple(part.casefold() for part in key)))
        return None if found is None else found.values

    def on(self, call: str, error: PostmasterError | None = None, **details: Any) -> None:
        """What becomes of the next such call (``create``, ``update``, ``delete``, ``more`` for fields that go apart,
        ``read``, ``read_some``, ``read_all``)."""
        self.mishaps.on(call, error, **details)

    @property
    def requests(self) -> list[int]:
        """How many commands each request had."""
        return self.mishaps.requests

    def count(self, *calls: str) -> int:
        return sum(call in calls for call, _label in self.calls)

    # The protocol.

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        self._log("read", resource, key)
        self._arrive("read", resource.label_of(key))
        return self._found(resource, key)

    def read_some(
        self, resource: Resource, keys: Sequence[Values], fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        if self.together == 1:
            return super().read_some(resource, keys)
        labels = [resource.label_of(key) for key in keys]
        self.calls.append(("read_some", ", ".join(labels)))
        self._arrive("read_some", labels[0])
        found = (self._found(resource, key) for key in keys)
        return [self._without_dear(each, fields) for each in found if each is not None]

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        self.calls.append(("read_all", resource.plural))
        self._arrive("read_all", resource.plural)
        found = [self._snapshot(resource, place) for place in list(self.objects) if place[0] == resource.kind]
        return [
            self._without_dear(each, fields)
            for each in found
            if each is not None and resource.is_in(domains, each.values)
        ]

    def exists(self, needed: Needed, values: Values) -> bool:
        self.calls.append(("exists", f"{needed.kind} {needed.name}"))
        return self._is_there(needed) or (needed.kind, needed.name) in self.others

    def refuse(self, steps: Sequence[Step]) -> None:
        self.asked.append([step.name for step in steps])
        if self.refusal is not None:
            raise self.refusal

    def create(self, resource: Resource, values: Values) -> Writing[Snapshot | None]:
        self._log("create", resource, values)
        yield from in_parts(self._creation(resource, values))
        return self._reply(resource, values)

    def update(self, resource: Resource, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        self._log("update", resource, current.values)
        yield from in_parts(self._change(resource, current, values))
        return self._reply(resource, {**current.values, **values})

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> Writing[None]:
        self._log("delete", resource, current.values)
        label = resource.label_of(current.values)
        yield lambda: self.mishaps.happen("delete", label, lambda: self._delete(resource, current, removal))

    def send(self, commands: Sequence[Callable[[], None]]) -> list[PostmasterError | None]:
        return self.mishaps.request(commands)

    def most_together(self, step: Step) -> int:
        return self.together

    def account_in_use(self, resource: Resource) -> str | None:
        self.calls.append(("account_in_use", resource.kind))
        return self.account

    def secrets(self, resource: Resource, current: Snapshot, given: Values) -> Values:
        self._log("secrets", resource, current.values)
        held = self._by_identity(current).values
        found = {name: secrets_of(resource.by_name[name], held[name]) for name in given if name in held}
        return {name: value for name, value in found.items() if value is not None}

    # How it works.

    def _log(self, call: str, resource: Resource, values: Values) -> None:
        self.calls.append((call, resource.label_of(values)))

    def _arrive(self, call: str, label: str) -> None:
        self.mishaps.reach()
        self.mishaps.happen(call, label, lambda: None)

    def _found(self, resource: Resource, key: Values) -> Snapshot | None:
        found = [place for place in self.objects if place[0] == resource.kind and self._means(resource, place, key)]
        if len(found) > 1:
            raise GuardRefusal(f"{resource.name_of(key)} may mean several")
        return self._snapshot(resource, found[0]) if found else None

    def _without_dear(self, found: Snapshot, fields: frozenset[str] | None) -> Snapshot:
        left_out = frozenset[str]() if fields is None else self.dear - fields
        return replace(found, values={name: value for name, value in found.values.items() if name not in left_out})

    def _creation(self, resource: Resource, values: Values) -> Iterator[Writing[None]]:
        first, more = self._split(values)
        yield self._call("create", resource, values, lambda: self._create(resource, first))
        if more:
            yield self._call("more", resource, values, lambda: self._add(resource, values, more))

    def _change(self, resource: Resource, current: Snapshot, values: Values) -> Iterator[Writing[None]]:
        for call, part in zip(("update", "more"), self._split(values), strict=True):
            if part:
                yield self._call(call, resource, current.values, partial(self._update, resource, current, part))

    def _call(self, call: str, resource: Resource, values: Values, work: Callable[[], None]) -> Writing[None]:
        label = resource.label_of(values)
        yield lambda: self.mishaps.happen(call, label, work)

    def _split(self, values: Values) -> tuple[dict[str, Any], dict[str, Any]]:
        """What goes first, and what takes a call of its own."""
        more = {name: value for name, value in values.items() if name in self.apart}
        return {name: value for name, value in values.items() if name not in more}, more

    def _add(self, resource: Resource, values: Values, more: Values) -> None:
        """The second call about an object that the first one made."""
        current = self._found(resource, values)
        if current is None:
            raise NotFound(f"{resource.name_of(values)} is gone", method="more", code=404)
        self._update(resource, current, more)

    def _reply(self, resource: Resource, values: Values) -> Snapshot | None:
        if not self.replies_whole:
            return None
        (place,) = [each for each in self.objects if each[0] == resource.kind and self._means(resource, each, values)]
        return self._snapshot(resource, place)

    def _means(self, resource: Resource, place: Place, values: Values) -> bool:
        """Whether these values name the object: by its key, or by what stands in for it."""
        return resource.key_of(values) in resource.keys_of(self.objects[place].values)

    def _decided(self, resource: Resource, values: Values) -> dict[str, Any]:
        """What the server chooses: the next number that is free."""
        decided = {}
        for each in resource.fields:
            if each.server_decides and each.name not in values:
                taken = [held.values.get(each.name) for held in self.objects.values()]
                candidates = (each.canonical(number) for number in count(self._made))
                decided[each.name] = next(number for number in candidates if number not in taken)
        return decided

    def _create(self, resource: Resource, values: Values) -> None:
        found = self.objects.get(_place(resource, values))
        if found is not None and resource.permanent:
            # It came with its owner, after the plan was made.
            self._update(resource, Snapshot(found.values, found.identity, {}, 0.0), values)
            return
        if found is not None:
            raise Conflict(f"{resource.name_of(values)} exists", method="create", code=409)
        self._refuse_dangling(resource, values, values)
        self.sent.append(dict(values))
        held = self.put(resource, **{name: value for name, value in values.items() if name not in self.ignored})
        self.effects.append(("create", resource.name_of(held.values)))
        self._hide_for_a_while(held, None)

    def _update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        held = self._by_identity(current)
        self._refuse_dangling(resource, values, held.values)
        self.sent.append(dict(values))
        before = dict(held.values)
        # What the wish describes in other terms is no longer described in the old ones.
        kept = dict(resource.in_terms_of(values, before))
        held.values = kept | {
            name: stored(resource.by_name[name], before.get(name), value)
            for name, value in values.items()
            if name not in self.ignored
        }
        effect = ("update", resource.name_of(held.values))
        self.effects.append(effect)
        self.idle += [effect] if held.values == before else []
        self._hide_for_a_while(held, before)

    def _refuse_dangling(self, resource: Resource, values: Values, of: Values) -> None:
        for needed in named_by(resource.fields, values, of) if self.strict else ():
            if not needed.optional and not self._is_there(needed):
                raise ServerRefusal(f"there is no {needed.kind} {needed.name}", code=400)

    def _is_there(self, needed: Needed) -> bool:
        """Objects are called by their key, or by its parts with an @ between them."""
        return any(kind == needed.kind and "@".join(key) == needed.name.casefold() for kind, key in self.objects)

    def _hide_for_a_while(self, held: Held, before: dict[str, Any] | None) -> None:
        held.before, held.stale_reads = before, self.stale_reads

    def _delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        held = self._by_identity(current)
        self.removals.append(dict(removal))
        self.effects.append(("delete", resource.name_of(held.values)))
        held.reads_left = self.slow_deletion
        self._finish_deletions(resource)

    def _by_identity(self, current: Snapshot) -> Held:
        found = next((held for held in self.objects.values() if held.identity == current.identity), None)
        if found is None or found.reads_left is not None:
            raise NotFound(f"nothing is called {current.identity}", method="update", code=404)
        return found

    def _snapshot(self, resource: Resource, place: Place) -> Snapshot | None:
        held = self.objects.get(place)
        if held is None:
            return None
        if held.reads_left is not None:
            held.reads_left -= 1
            self._finish_deletions(resource)
        values = self._as_shown(held)
        if values is None:
            return None
        shown = {
            name: told(resource.by_name[name], value, self.hidden)
            for name, value in values.items()
            if name not in self.hidden and resource.by_name[name].readable
        }
        return Snapshot(shown, held.identity, dict(held.values), self.clock.monotonic())

    def _as_shown(self, held: Held) -> dict[str, Any] | None:
        """What a read finds, which may be the state before the last write."""
        if held.stale_reads == 0:
            return held.values
        held.stale_reads -= 1
        if self.stale is None:
            return held.before
        before = held.before or {}
        return {**held.values, **{name: before[name] for name in self.stale if name in before}}

    def _finish_deletions(self, resource: Resource) -> None:
        for place, held in list(self.objects.items()):
            if place[0] == resource.kind and held.reads_left is not None and held.reads_left <= 0:
                del self.objects[place]
                self._take_along(resource, resource.label_of(held.values).casefold())

    def _take_along(self, owner: Resource, label: str) -> None:
        """What belongs to an object that is gone, and its relations, are gone with it."""
        if owner.kind in self.owned:
            self.objects.pop((self.owned[owner.kind][0].kind, (label,)), None)
        for resource in self.relations:
            for each in resource.fields:
                if each.reference is None or not each.reference.mirror or each.reference.kind != owner.kind:
                    continue
                for held in (held for place, held in self.objects.items() if place[0] == resource.kind):
                    names = held.values.get(each.name, [])
                    full = {f"{name}@{held.values[each.reference.within]}".casefold(): name for name in names}
                    held.values[each.name] = [name for whole, name in full.items() if whole != label]


def _place(resource: Resource, values: Values) -> Place:
    return resource.kind, resource.key_of(values)


def steps_of(results: Iterable[Any]) -> list[tuple[str, str]]:
    """Action and name of each result's step, for readable assertions."""
    return [(result.step.action, result.step.name) for result in results]
