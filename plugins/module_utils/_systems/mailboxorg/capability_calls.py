# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about capabilities. Which form a server speaks is found out by asking one mailbox, once in a session.

The object of a mailbox may hold the list of what is on in both forms; only the map tells what the account decides.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from ..._core.errors import ServerRefusal
from ..._core.resource import Values
from ..._core.writing import Writing
from .api import Api
from .capabilities import INHERIT, NAMES, as_list, as_map, from_list, from_map
from .protocol import REFUSALS

GET, SET = "mail.capabilities.get", "mail.capabilities.set"


class CapabilityCalls:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._has_maps: bool | None = None

    def read_many(self, rows: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The states of mailboxes, whose objects are given by address; empty where nothing tells them."""
        maps = {address: self._probe(address) for address in [*rows][:1] if self._has_maps is None}
        if self._has_maps:
            others = [address for address in rows if address not in maps]
            maps.update(zip(others, self._maps(others)))
        return [maps.get(address) or _in_object(row) for address, row in rows.items()]

    def has_maps(self, address: str) -> bool:
        """Whether the server tells a map; asks this mailbox unless it is known."""
        if self._has_maps is None:
            self._probe(address)
        return bool(self._has_maps)

    def set(self, address: str, wanted: Values, before: Values, row: Mapping[str, Any]) -> Writing[None]:
        """``wanted`` are the states after the change, ``before`` those before it, ``row`` the mailbox as it was read.

        A server that tells a map takes one. Of one that tells none the list is more likely, but not certain: when the
        likely form is refused there, the other one is tried, once.
        """
        as_states = as_map({member: state for member, state in wanted.items() if before.get(member) != state})
        listed = None if self.has_maps(address) else _list_form(wanted, row)
        if listed is None:
            yield from self._send(address, as_states)
            return
        try:
            yield from self._send(address, listed)
        except ServerRefusal as refused:
            try:
                yield from self._send(address, as_states)
            except ServerRefusal as again:
                raise ServerRefusal(
                    f"{refused.message}; in the other form of capabilities: {again.message}",
                    method=SET,
                    code=refused.code,
                ) from None
            self._has_maps = True

    def _send(self, address: str, capabilities: Any) -> Writing[None]:
        yield from self._api.part(SET, {"mail": address, "capabilities": capabilities})

    def _probe(self, address: str) -> dict[str, Any]:
        """The map of one mailbox, which shows whether the server has any."""
        states = self._map(address) if self._api.login.may_call(GET) else {}
        self._has_maps = bool(states)
        return states

    def _maps(self, addresses: Sequence[str]) -> list[dict[str, Any]]:
        try:
            return [from_map(answer) for answer in self._api.read_many(GET, [{"mail": each} for each in addresses])]
        except REFUSALS:
            # One of them may just have been deleted; its neighbours are none the worse for it.
            return [self._map(address) for address in addresses]

    def _map(self, address: str) -> dict[str, Any]:
        """The map of one mailbox, empty where the server refuses to tell it."""
        with suppress(*REFUSALS):
            return from_map(self._api.call(GET, {"mail": address}))
        return {}


def _in_object(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the object of a mailbox tells."""
    held = row.get("capabilities")
    if isinstance(held, Mapping):
        return from_map(held)
    return from_list(held) if isinstance(held, list) else {}


def _list_form(wanted: Values, row: Mapping[str, Any]) -> list[str] | None:
    """The whole list, or None where it would be incomplete, or could not say what is wanted."""
    held = row.get("capabilities")
    states = {**(from_list(held) if isinstance(held, list) else {}), **wanted}
    if INHERIT in states.values() or states.keys() != NAMES.keys():
        return None
    return as_list(states, held if isinstance(held, list) else ())
