# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How one kind of object is addressed in either dialect.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._core.resource import Values

Body = dict[str, Any]
ADDED, MODIFIED, REMOVED = "added", "modified", "removed"


def _as_written(body: Body, changed: Values, before: Values | None) -> Body:
    return body


def _as_read(values: dict[str, Any]) -> dict[str, Any]:
    return values


@dataclass(frozen=True)
class Call:
    """One write to mailcow. ``confirmation`` is the key of the message that says that it was done, ``advice`` what to
    look at when mailcow denies access without a reason.

    With an ``item``, ``body`` are the attributes that it gets, or None for its deletion; calls that are equal otherwise
    may share a request. ``name`` is what the message may call the object instead of that. Without an item, ``body`` is
    what is sent.
    """

    path: str
    body: Any
    confirmation: str
    advice: str = ""
    item: str | None = None
    name: str = ""


@dataclass(frozen=True)
class OwnEdit:
    """Fields that mailcow changes by calls of their own; ``after_creation``: a new object does not take them either.

    ``calls`` are given the identity of the object, the values to send of these fields, and all values before.
    """

    fields: tuple[str, ...]
    calls: Callable[[str, Values, Values], Iterable[Call]]
    after_creation: bool = False


@dataclass(frozen=True)
class Route:
    """Names of one resource.

    ``path`` is its list in the REST dialect, empty where the server is said to have none; ``single`` tells whether one
    object can be asked for there, ``hint`` what to do when the server does not know the path, ``guessed`` that it need
    not. ``noun`` is mailcow's name for it, ``shown_at`` where mailcow shows objects if not at ``/get/<noun>``, with
    ``{}`` for the first part of their key or ``all``; ``confirmations`` are the keys of its messages where they are
    not ``<noun>_added`` and so on, ``advice`` is that of `Call`. ``identity`` is the field that addresses one object.

    ``before_write`` turns a body into what the server takes, given the values that are sent and those before, None for
    a new object; ``after_read`` corrects values that depend on each other.
    """

    path: str
    noun: str
    identity: str
    single: bool = False
    hint: str = ""
    guessed: bool = False
    advice: str = ""
    shown_at: str = ""
    confirmations: Mapping[str, str] = field(default_factory=dict)
    own_edits: tuple[OwnEdit, ...] = ()
    before_write: Callable[[Body, Values, Values | None], Body] = _as_written
    after_read: Callable[[dict[str, Any]], dict[str, Any]] = _as_read

    def shown(self, segment: str) -> str:
        """Where mailcow shows the objects of one key, or ``all``; the segment is percent-encoded."""
        return (self.shown_at or f"/get/{self.noun}/{{}}").format(segment)

    def confirmation(self, done: str) -> str:
        """The key of mailcow's message that an object was added, modified or removed."""
        return self.confirmations.get(done, f"{self.noun}_{done}")
