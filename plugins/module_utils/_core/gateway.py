# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the executor and the runners need of a system: one small interface, implemented once per system or dialect.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from .errors import PostmasterError
from .plan import Step
from .resource import Needed, Resource, Values
from .snapshot import Snapshot


class Gateway(ABC):
    """The objects of one server. Everything raises PostmasterError; names of objects are in the user's words."""

    @abstractmethod
    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        """One object by its key fields, by the narrowest call, never from memory; None when there is none."""

    @abstractmethod
    def read_all(self, resource: Resource, domains: frozenset[str] | None) -> list[Snapshot]:
        """All objects, or those of some domains. Complete, or an error: pruning depends on it."""

    def read_some(self, resource: Resource, keys: Sequence[Values]) -> list[Snapshot]:
        """The objects with these keys, of a resource whose objects are dear to read; those that do not exist are left
        out."""
        return [found for found in (self.read(resource, key) for key in keys) if found is not None]

    @abstractmethod
    def exists(self, needed: Needed, values: Values) -> bool:
        """Whether the object that a wish refers to is there."""

    def refuse(self, steps: Sequence[Step]) -> None:
        """Raises PostmasterError for steps that the server would refuse, as far as reading can tell: before the first
        write, and in check mode too."""
        del steps  # Most servers tell nothing ahead.

    @abstractmethod
    def create(self, resource: Resource, values: Values) -> Snapshot | None:
        """Make an object with these values. Returns it where the server's reply holds it whole."""

    @abstractmethod
    def update(self, resource: Resource, current: Snapshot, values: Values) -> Snapshot | None:
        """Change these values of an object; what the protocol wants whole is merged with what the server holds.
        Returns the object where the server's reply holds it whole."""

    @abstractmethod
    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        """Delete an object; ``removal`` says what becomes of its contents."""

    def account_in_use(self, resource: Resource) -> str | None:
        """The identity of the object that we are logged in as, if this resource holds accounts."""
        return None

    def secrets(self, resource: Resource, current: Snapshot, given: Values) -> Values:
        """What the server holds of the secrets in these wishes, by field, for one comparison: only called for
        resources with ``readable_secrets``, and only when a task asks for it."""
        return {}


def in_parts(calls: Iterable[Callable[[], object]]) -> None:
    """Carry out the calls that make up one change; the error of one that fails after another says so."""
    written = False
    for call in calls:
        try:
            call()
        except PostmasterError as error:
            error.partly_written = error.partly_written or written
            raise
        written = True


@contextmanager
def in_spite_of(error: PostmasterError) -> Iterator[None]:
    """Clean up after an error that stays the one to tell; if that fails too, something of ours is left behind."""
    try:
        yield
    except PostmasterError:
        error.partly_written = True
