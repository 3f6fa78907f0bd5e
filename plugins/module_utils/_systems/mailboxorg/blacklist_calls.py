# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about blacklists, whose entries come and go one by one (mailboxorg.md 2.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from ..._core.fields import as_read
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing, in_parts
from ..owned_lists import only_in
from .blacklists import BLACKLIST
from .mailbox_part_calls import MailboxPartCalls
from .shapes import texts

ADD, DELETE = "mail.blacklist.add", "mail.blacklist.del"
_ADDRESSES = BLACKLIST.by_name["addresses"]
# An entry in an object, by the names that it might have.
_MEMBERS = ("address", "mail", "mail_address", "email", "add_address", "sender")


class BlacklistCalls(MailboxPartCalls):
    resource = BLACKLIST
    getter = "mail.blacklist.list"
    setter = ADD

    def values_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {"addresses": as_read(_ADDRESSES, self._entries(answer))}

    def create(self, values: Values) -> Writing[Snapshot | None]:
        """A new mailbox should refuse nobody, but that is for the server to tell."""
        current = yield from self.read_part(values["mailbox"])
        return (yield from self.update(current, values)) if "addresses" in values else current

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        """What goes is named as the server names it; every reply is the whole list."""
        address, wanted = current.values["mailbox"], values["addresses"]
        held = {_canonical(entry): entry for entry in self._entries(current.raw)}
        going = [held[entry] for entry in only_in(held, wanted)]
        coming = only_in(wanted, held)
        answers: list[dict[str, Any]] = []

        def call(method: str, **entry: str) -> Writing[None]:
            answers.append((yield from self._api.part(method, {"mail": address, **entry})))

        read_at = time.monotonic()
        yield from in_parts(
            [
                *(call(DELETE, delete_address=entry) for entry in going),
                *(call(ADD, add_address=entry) for entry in coming),
            ]
        )
        return self.snapshot(address, answers[-1], read_at) if answers else None

    def methods(self, step: Step) -> Iterable[str]:
        return [ADD, DELETE]

    def _entries(self, answer: Mapping[str, Any]) -> list[str]:
        return texts(self.getter, answer.get("result", answer.get("blacklist", answer)), _MEMBERS)


def _canonical(entry: str) -> str:
    (form,) = as_read(_ADDRESSES, [entry])
    return str(form)
