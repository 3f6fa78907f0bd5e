# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server in memory behind the Gateway protocol, with a clock that only moves when told, and mishaps on order.

It holds canonical values and knows nothing of plans: what it holds at the end proves what the executor did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import Conflict, NotFound, PostmasterError
from ansible_collections.postmaster.comms.plugins.module_utils._core.gateway import Gateway
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Needed, Resource, Values
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot


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
class Mishap:
    """What happens instead of a smooth call: ``before`` runs first, ``processed``: whether it takes effect."""

    error: PostmasterError | None = None
    processed: bool = False
    before: Callable[[], None] | None = None


@dataclass
class Held:
    """One object on the server. ``reads_left``: it is being deleted and shows up so many times more."""

    values: dict[str, Any]
    identity: str
    reads_left: int | None = None


Place = tuple[str, tuple[str, ...]]


@dataclass
class MemoryGateway(Gateway):
    """Implements ``_core.gateway.Gateway``.

    ``calls`` logs ``(call, label)``; ``ignored`` fields are confirmed and not stored, ``hidden`` ones are stored and
    not returned; ``slow_deletion`` is how often an object is still listed after its deletion was accepted.
    """

    clock: FakeClock = field(default_factory=FakeClock)
    objects: dict[Place, Held] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    others: set[tuple[str, str]] = field(default_factory=set)
    account: str | None = None
    slow_deletion: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    removals: list[dict[str, Any]] = field(default_factory=list)
    _mishaps: defaultdict[str, list[Mishap]] = field(default_factory=lambda: defaultdict(list))
    _made: int = 0

    # What tests prepare and look at.

    def put(self, resource: Resource, **values: Any) -> Held:
        """Somebody else makes an object; what is left out is not set."""
        self._made += 1
        canonical = {name: resource.by_name[name].canonical(value) for name, value in values.items()}
        decided = {each.name: self._made for each in resource.fields if each.server_decides}
        held = Held({**canonical, **decided}, f"#{self._made}")
        self.objects[_place(resource, canonical)] = held
        return held

    def held(self, resource: Resource, *key: str) -> dict[str, Any] | None:
        found = self.objects.get((resource.kind, tuple(part.casefold() for part in key)))
        return None if found is None else found.values

    def on(self, call: str, error: PostmasterError | None = None, **details: Any) -> None:
        """What becomes of the next such call (``create``, ``update``, ``delete``, ``read``, ``read_all``)."""
        self._mishaps[call].append(Mishap(error, **details))

    def count(self, *calls: str) -> int:
        return sum(call in calls for call, _label in self.calls)

    # The protocol.

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        self._log("read", resource, key)
        self._happen("read", lambda: None)
        return self._snapshot(resource, _place(resource, key))

    def read_all(self, resource: Resource, domains: frozenset[str] | None) -> list[Snapshot]:
        self.calls.append(("read_all", resource.plural))
        self._happen("read_all", lambda: None)
        found = [self._snapshot(resource, place) for place in list(self.objects) if place[0] == resource.kind]
        return [each for each in found if each is not None and resource.is_in(domains, each.values)]

    def exists(self, needed: Needed, values: Values) -> bool:
        self.calls.append(("exists", f"{needed.kind} {needed.name}"))
        return (needed.kind, (needed.name.casefold(),)) in self.objects or (needed.kind, needed.name) in self.others

    def create(self, resource: Resource, values: Values) -> None:
        self._log("create", resource, values)
        self._happen("create", lambda: self._create(resource, values))

    def update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        self._log("update", resource, current.values)
        self._happen("update", lambda: self._update(resource, current, values))

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        self._log("delete", resource, current.values)
        self._happen("delete", lambda: self._delete(resource, current, removal))

    def account_in_use(self, resource: Resource) -> str | None:
        self.calls.append(("account_in_use", resource.kind))
        return self.account

    # How it works.

    def _log(self, call: str, resource: Resource, values: Values) -> None:
        self.calls.append((call, resource.label_of(values)))

    def _happen(self, call: str, work: Callable[[], None]) -> None:
        waiting = self._mishaps[call]
        mishap = waiting.pop(0) if waiting else Mishap(processed=True)
        if mishap.before is not None:
            mishap.before()
        if mishap.processed or mishap.error is None:
            work()
        if mishap.error is not None:
            raise mishap.error

    def _create(self, resource: Resource, values: Values) -> None:
        if _place(resource, values) in self.objects:
            raise Conflict(f"{resource.name_of(values)} exists", method="create", code=409)
        self.sent.append(dict(values))
        kept = {name: value for name, value in values.items() if name not in self.ignored}
        self.put(resource, **kept)

    def _update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        held = self._by_identity(current)
        self.sent.append(dict(values))
        held.values.update({name: value for name, value in values.items() if name not in self.ignored})

    def _delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        held = self._by_identity(current)
        self.removals.append(dict(removal))
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
        shown = {
            name: value
            for name, value in held.values.items()
            if name not in self.hidden and resource.by_name[name].readable
        }
        return Snapshot(shown, held.identity, dict(held.values), self.clock.monotonic())

    def _finish_deletions(self, resource: Resource) -> None:
        for place, held in list(self.objects.items()):
            if place[0] == resource.kind and held.reads_left is not None and held.reads_left <= 0:
                del self.objects[place]


def _place(resource: Resource, values: Values) -> Place:
    return resource.kind, resource.key_of(values)


def steps_of(results: Iterable[Any]) -> list[tuple[str, str]]:
    """Action and name of each result's step, for readable assertions."""
    return [(result.step.action, result.step.name) for result in results]
