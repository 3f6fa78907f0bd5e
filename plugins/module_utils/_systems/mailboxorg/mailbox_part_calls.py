# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every mailbox has of something – an automatic reply, a spam filter, a blacklist – read for one mailbox, or for
all that the login sees.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from ..._client.batches import MOST_READS
from ..._core.addresses import domain_of
from ..._core.errors import AccessDenied, PostmasterError, ServerRefusal
from ..._core.plan import Step
from ..._core.resource import Resource, Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .api import Api
from .calls import Calls
from .capabilities import NAMES
from .mailbox_calls import MailboxCalls
from .protocol import REFUSALS


class MailboxPartCalls(Calls):
    """``resource`` is what a mailbox has, ``getter`` the method that tells it, ``setter`` the one that changes it."""

    resource: ClassVar[Resource]
    getter: ClassVar[str]
    setter: ClassVar[str]

    def __init__(self, api: Api, mailboxes: MailboxCalls) -> None:
        self._api = api
        self._mailboxes = mailboxes
        self._unread: dict[str, PostmasterError] = {}

    @abstractmethod
    def values_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """What a reply tells, apart from the mailbox. Raises ProtocolError where it is not what was asked for."""

    def read(self, key: Values) -> Snapshot | None:
        """The reply does not name the mailbox, which an alias may stand for: so that one is looked for first."""
        address = key["mailbox"]
        if not self._mailboxes.has(address):
            return None
        read_at = time.monotonic()
        try:
            return self.snapshot(address, self._get(address), read_at)
        except REFUSALS:
            if self._mailboxes.has(address):
                raise
            return None

    def read_part(self, address: str) -> Writing[Snapshot]:
        """What a mailbox has that is there, read as a part of a change."""
        read_at = time.monotonic()
        with self._advice():
            answer = yield from self._api.part(self.getter, {"mail": address})
        return self.snapshot(address, answer, read_at)

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        """Mailboxes that the server refuses to tell about are left out; see ``unread``."""
        return self._read_parts(self._mailboxes.seen(domains))

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        asked = [key["mailbox"] for key in keys]
        there = set(self._mailboxes.seen(frozenset(map(domain_of, asked))))
        return self._read_parts([address for address in asked if address in there])

    def _read_parts(self, addresses: list[str]) -> list[Snapshot]:
        found = []
        for start in range(0, len(addresses), MOST_READS):
            part = addresses[start : start + MOST_READS]
            read_at = time.monotonic()
            found += [self.snapshot(address, answer, read_at) for address, answer in self._answers(part)]
        return found

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        """Never called: what a mailbox has goes with it."""
        raise NotImplementedError

    def methods(self, step: Step) -> Iterable[str]:
        return [self.setter]

    def unread(self, step: Step) -> PostmasterError | None:
        return self._unread.get(step.values["mailbox"]) if step.action == "create" else None

    def snapshot(self, address: str, answer: Mapping[str, Any], read_at: float) -> Snapshot:
        return Snapshot({"mailbox": address, **self.values_of(answer)}, address, answer, read_at)

    def _answers(self, addresses: list[str]) -> list[tuple[str, Mapping[str, Any]]]:
        """One refusal says nothing about the neighbours, unless the login may not ask at all."""
        self._unread = {each: error for each, error in self._unread.items() if each not in addresses}
        try:
            return list(zip(addresses, self._api.read_many(self.getter, [{"mail": each} for each in addresses])))
        except REFUSALS:
            return list(self._one_by_one(addresses))

    def _one_by_one(self, addresses: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for number, address in enumerate(addresses):
            answer = self._get_or_refusal(address)
            if not isinstance(answer, PostmasterError):
                yield address, answer
                continue
            self._unread[address] = answer
            if isinstance(answer, AccessDenied) and self._api.login.may_lack(self.getter):
                self._unread.update(dict.fromkeys(addresses[number:], answer))
                return

    def _get_or_refusal(self, address: str) -> dict[str, Any] | PostmasterError:
        try:
            return self._get(address)
        except REFUSALS as refused:
            return refused

    def _get(self, address: str) -> dict[str, Any]:
        with self._advice():
            return self._api.call(self.getter, {"mail": address})

    @contextmanager
    def _advice(self) -> Iterator[None]:
        """A refusal says what may be missing."""
        try:
            yield
        except ServerRefusal as refused:
            if self.resource.kind not in NAMES:
                raise
            raise ServerRefusal(
                f"{refused.message}; the mailbox may need the capability {self.resource.kind}, which is an option of "
                "mailboxes",
                method=refused.method,
                code=refused.code,
            ) from None
