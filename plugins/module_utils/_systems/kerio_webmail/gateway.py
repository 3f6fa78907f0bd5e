# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway of the client interface: one out-of-office reply, and the list of rules.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._client.batches import Answer, write_many
from ..._client.jsonrpc import Command, JsonRpc
from ..._core.gateway import Gateway
from ..._core.plan import Step
from ..._core.resource import Needed, Resource, Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from . import out_of_office_calls
from .filter_calls import FilterCalls
from .filters import FILTER


class WebmailGateway(Gateway):
    """Implements the gateway for the user who is logged in."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._filters = FilterCalls(rpc)

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        return self._filters.read(key) if resource is FILTER else out_of_office_calls.read(self._rpc)

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        return self._filters.read_all() if resource is FILTER else [out_of_office_calls.read(self._rpc)]

    def exists(self, needed: Needed, values: Values) -> bool:
        """Nothing here refers to anything."""
        return False

    def refuse(self, steps: Sequence[Step]) -> None:
        self._filters.refuse([step for step in steps if step.resource is FILTER])

    def create(self, resource: Resource, values: Values) -> Writing[None]:
        return self._filters.create(values)

    def update(self, resource: Resource, current: Snapshot, values: Values) -> Writing[None]:
        if resource is FILTER:
            return self._filters.update(current, values)
        return out_of_office_calls.update(current, values)

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> Writing[None]:
        """Only rules come and go: the reply is there as long as its user."""
        return self._filters.delete(current)

    def send(self, commands: Sequence[Command]) -> list[Answer]:
        return write_many(self._rpc, commands)
