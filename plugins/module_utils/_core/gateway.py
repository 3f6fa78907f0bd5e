# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the executor and the runners need of a system: one small interface, implemented once per system or dialect.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .resource import Needed, Resource, Values


@dataclass(frozen=True)
class Snapshot:
    """One object as the server had it at one moment.

    ``values`` are canonical and hold only what the server told; a missing member is unknown, not empty.
    ``identity`` is the server's own id; ``raw`` its own form, kept for writes that send a structure whole.
    ``read_at`` is the reading of a monotonic clock, in seconds.
    """

    values: Values
    identity: str
    raw: Mapping[str, Any]
    read_at: float


class Gateway(Protocol):
    """The objects of one server. Everything raises PostmasterError; names of objects are in the user's words."""

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        """One object by its key fields, by the narrowest call, never from memory; None when there is none."""

    def read_all(self, resource: Resource, domains: frozenset[str] | None) -> list[Snapshot]:
        """All objects, or those of some domains. Complete, or an error: pruning depends on it."""

    def exists(self, needed: Needed, values: Values) -> bool:
        """Whether the object that a wish refers to is there."""

    def create(self, resource: Resource, values: Values) -> None:
        """Make an object with these values."""

    def update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        """Change these values of an object; what the protocol wants whole is merged with what the server holds."""

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        """Delete an object; ``removal`` says what becomes of its contents."""

    def account_in_use(self, resource: Resource) -> str | None:
        """The identity of the object that we are logged in as, if this resource holds accounts."""
