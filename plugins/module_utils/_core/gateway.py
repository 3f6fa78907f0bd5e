# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the executor and the runners need of a system: one small interface, implemented once per system or dialect.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from .errors import PostmasterError
from .plan import Step
from .resource import Needed, Resource, Values
from .snapshot import Snapshot
from .writing import Writing, carry_out, carry_out_together


class Gateway(ABC):
    """The objects of one server. Everything raises PostmasterError; names of objects are in the user's words."""

    @abstractmethod
    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        """One object by its key fields, by the narrowest call, never from memory; None when there is none."""

    @abstractmethod
    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        """All objects, or those of some domains. Complete, or an error: pruning depends on it.

        ``fields`` are those that are going to be compared, None is all: of the others, what takes calls of its own to
        read, and what no hook of the resource looks at, may be left out.
        """

    def read_some(
        self, resource: Resource, keys: Sequence[Values], fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        """The objects with these keys, of a resource whose objects are dear to read; those that do not exist are left
        out. ``fields`` as above."""
        del fields  # One object is read whole.
        return [found for found in (self.read(resource, key) for key in keys) if found is not None]

    @abstractmethod
    def exists(self, needed: Needed, values: Values) -> bool:
        """Whether the object that a wish refers to is there."""

    def refuse(self, steps: Sequence[Step]) -> None:
        """Raises PostmasterError for steps that the server would refuse, as far as reading can tell: before the first
        write, and in check mode too."""
        del steps  # Most servers tell nothing ahead.

    @abstractmethod
    def create(self, resource: Resource, values: Values) -> Writing[Snapshot | None]:
        """Make an object with these values. Returns it where the server's reply holds it whole."""

    @abstractmethod
    def update(self, resource: Resource, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        """Change these values of an object; what the protocol wants whole is merged with what the server holds.
        Returns the object where the server's reply holds it whole."""

    @abstractmethod
    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> Writing[None]:
        """Delete an object; ``removal`` says what becomes of its contents."""

    @abstractmethod
    def send(self, commands: Sequence[Any]) -> Sequence[Any]:
        """Answers to commands that these three yield, or errors, in their order; none is raised."""

    def write(self, step: Step) -> Snapshot | None:
        """Carry out one step, without the fields that have to wait. Returns the object if the reply shows it."""
        return carry_out(self._writing(step), self.send)

    def most_together(self, step: Step) -> int:
        """How many steps like this one may be carried out together."""
        del step  # Where a server takes one at a time, that is so for all.
        return 1

    def write_many(self, steps: Sequence[Step]) -> list[Snapshot | PostmasterError | None]:
        """What came of each of several steps of one resource and one action of which none needs another one. Each is
        tried, whatever becomes of the others, in an order that is the server's."""
        return carry_out_together([self._writing(step) for step in steps], self.send)

    def _writing(self, step: Step) -> Writing[Snapshot | None]:
        if step.current is None:
            return self.create(step.resource, step.first_part)
        if step.action == "update":
            return self.update(step.resource, step.current, step.first_part)
        return self.delete(step.resource, step.current, step.wish.removal)

    def account_in_use(self, resource: Resource) -> str | None:
        """The identity of the object that we are logged in as, if this resource holds accounts."""
        return None

    def secrets(self, resource: Resource, current: Snapshot, given: Values) -> Values:
        """What the server holds of the secrets in these wishes, by field, for one comparison: only called for
        resources with ``readable_secrets``, and only when a task asks for it."""
        return {}
