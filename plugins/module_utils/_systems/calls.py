# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A gateway in parts: the calls about each resource in a class of their own.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from .._client.batches import MOST_WRITES
from .._core.gateway import Gateway
from .._core.plan import Step
from .._core.resource import Resource, Values
from .._core.snapshot import Snapshot
from .._core.writing import Writing


class Calls(ABC):
    """The calls about one resource; everything raises PostmasterError. See Gateway for what each is to do."""

    @abstractmethod
    def read(self, key: Values) -> Snapshot | None:
        """One object, or None. That there is none is decided by a list, never by an error."""

    @abstractmethod
    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        """All objects that the login sees, or those of some domains."""

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        """The objects with these keys that exist."""
        return [found for found in map(self.read, keys) if found is not None]

    def most_together(self, step: Step) -> int:
        """How many objects may be written together with this step."""
        del step  # Objects that do not name each other rarely get into each other's way.
        return MOST_WRITES

    @abstractmethod
    def create(self, values: Values) -> Writing[Snapshot | None]:
        """Make an object; returns it where the reply shows all that was sent."""

    @abstractmethod
    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        """Change an object; returns it where the reply shows all that was sent."""

    @abstractmethod
    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        """Delete an object."""


CallsT = TypeVar("CallsT", bound=Calls)


class GatewayOfCalls(Gateway, Generic[CallsT]):
    """A gateway that hands each resource to its calls."""

    def __init__(self, calls: Mapping[str, CallsT]) -> None:
        """``calls`` by the kind of their resource."""
        self._calls = calls

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        return self._calls[resource.kind].read(key)

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        return self._calls[resource.kind].read_all(domains)

    def read_some(
        self, resource: Resource, keys: Sequence[Values], fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        return self._calls[resource.kind].read_some(keys)

    def create(self, resource: Resource, values: Values) -> Writing[Snapshot | None]:
        return self._calls[resource.kind].create(values)

    def update(self, resource: Resource, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        return self._calls[resource.kind].update(current, values)

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> Writing[None]:
        return self._calls[resource.kind].delete(current, removal)

    def most_together(self, step: Step) -> int:
        return self._calls[step.resource.kind].most_together(step)
