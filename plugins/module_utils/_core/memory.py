# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a loop knows of a server: its first object is looked up, then all of its kind are listed, once.

A write puts what is known of its object in doubt, until it is read back.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Optional

from .gateway import Gateway
from .resource import Resource, Values
from .snapshot import Snapshot

# Kind and domain.
Place = tuple[str, Optional[str]]
Key = tuple[str, ...]


class Memory:
    """The objects of one server as they were read. Everything raises PostmasterError."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._begun: set[Place] = set()
        self._lists: dict[Place, dict[Key, list[Snapshot]]] = {}
        self._doubtful: set[tuple[Place, Key]] = set()
        self._read_back: dict[tuple[Place, Key], Snapshot | None] = {}

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        """One object by its key, as it is known; by the narrowest call where nothing is known of it."""
        place, wanted = _place(resource, key), resource.key_of(key)
        known = None if resource.permanent else self._known(resource, place)
        if known is None or len(known.get(wanted, [])) > 1 or (place, wanted) in self._doubtful:
            return self._gateway.read(resource, key)
        found = known.get(wanted)
        return found[0] if found else None

    def doubt(self, resource: Resource, key: Values) -> None:
        """An object is about to be written: what is known of it, and of all that depends on it, is no longer so."""
        if resource.entangled or resource.stand_in:
            self._lists = {place: known for place, known in self._lists.items() if place[0] != resource.kind}
        self._doubtful.add((_place(resource, key), resource.key_of(key)))
        self._read_back.clear()

    def read_back(self, resource: Resource, key: Values) -> Snapshot | None:
        """An object that was written, by the narrowest call; what it tells is in doubt until it is trusted."""
        found = self._gateway.read(resource, key)
        self._read_back[_place(resource, key), resource.key_of(key)] = found
        return found

    def trust(self, resource: Resource, key: Values, *, present: bool) -> None:
        """The write is confirmed. What was read back, if it was, is the object as it stays, unless it was read too
        early: a server may take its time."""
        place, wanted = one = _place(resource, key), resource.key_of(key)
        known = self._lists.get(place)
        if one not in self._read_back or known is None or resource.settles_late:
            return
        found = self._read_back.pop(one)
        if (found is not None) is present:
            known[wanted] = [] if found is None else [found]
            self._doubtful.discard(one)

    def _known(self, resource: Resource, place: Place) -> dict[Key, list[Snapshot]] | None:
        """The objects of a place by all their keys, listed when the second one is asked for."""
        if place not in self._begun:
            self._begun.add(place)
            return None
        if place not in self._lists:
            listed: dict[Key, list[Snapshot]] = {}
            for each in self._gateway.read_all(resource, None if place[1] is None else frozenset({place[1]})):
                for key in resource.keys_of(each.values):
                    listed.setdefault(key, []).append(each)
            self._lists[place] = listed
            self._doubtful = {doubt for doubt in self._doubtful if doubt[0] != place}
        return self._lists[place]


def _place(resource: Resource, key: Values) -> Place:
    """Where an object is listed; a domain stands beside the others."""
    domain = None if resource.domain_key is None else resource.domain_key(key)
    return resource.kind, None if resource.key_of(key)[:1] == (domain,) else domain
