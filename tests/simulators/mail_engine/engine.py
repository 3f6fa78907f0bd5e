# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every rule of the server works with: the store, the switches, the time, and the entries of a reply."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .objects import Alias, Domain, Mailbox, SyncJob
from .store import MailStore

MEGABYTE = 1_048_576
ACCESS_DENIED = "access_denied"  # what the server says when an object is absent, and of many another mistake


@dataclass
class Rules:
    """Where servers of this kind differ from the recorded one (first values), and where a facade mends what it does.

    hostname: the server's own name; no domain may be called so.
    room_for_all: what the mailboxes of a domain take together is not counted: with thousands of them, that takes too
        long for each new or changed one. For those who leave enough room.
    password_min_length: characters that a mailbox password needs at least.
    edit_ignores_empty: an edit to ``""`` or 0 is dropped with success (mail_api.md 2.8).
    edit_ignores_tls: ``tls_enforce_*`` in an edit of a mailbox is dropped with success (mail_api.md 2.8).
    edit_ignores: attributes that every edit drops with success, for servers that drop more than was seen.
    omitted_alias_flags: what ``active``, ``sogo_visible`` and ``sender_allowed`` become when an alias is made without.
    """

    hostname: str = "mail.example.net"
    room_for_all: bool = False
    password_min_length: int = 6
    edit_ignores_empty: bool = True
    edit_ignores_tls: bool = True
    edit_ignores: frozenset[str] = frozenset()
    omitted_alias_flags: int = 0


@dataclass
class Entry:
    """One message of a reply: ``msg`` is a key, or a list of the key and its arguments.

    ``log`` is None where the log is that of the whole call (see operations.py).
    """

    type: str
    msg: str | list[Any]
    log: list[Any] | None = None

    @property
    def key(self) -> str:
        return self.msg if isinstance(self.msg, str) else str(self.msg[0])


class NothingDone(Exception):
    """The server gave up without any message; its reply is "cannot … item"."""


@dataclass
class Engine:
    """The mail server without HTTP: ``now`` returns Unix seconds."""

    store: MailStore
    rules: Rules
    now: Callable[[], float]

    @contextlib.contextmanager
    def changing(self, thing: Domain | Mailbox | Alias | SyncJob) -> Iterator[None]:
        """Set ``modified`` when the block really changed the object, as the database does."""
        before = dataclasses.replace(thing)
        yield
        if thing != before:
            thing.modified = self.now()


def success(*msg: Any, log: list[Any] | None = None) -> Entry:
    """A message of success: key and arguments, or the key alone."""
    return Entry("success", msg[0] if len(msg) == 1 else list(msg), log)


def danger(*msg: Any, log: list[Any] | None = None) -> Entry:
    """A refusal: key and arguments, or the key alone."""
    return Entry("danger", msg[0] if len(msg) == 1 else list(msg), log)
