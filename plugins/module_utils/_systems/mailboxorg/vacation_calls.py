# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about automatic replies (mailboxorg.md 2.11).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from ..._core.errors import PostmasterError
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .api import Api
from .calls import unexpected
from .mailbox_calls import MailboxCalls
from .mailbox_part_calls import MailboxPartCalls
from .vacations import NOTHING, VACATION
from .wire import read_values, set_params

DELETE = "mail.vacation.delete"
# Reads after a write that may be late.
_LATE_READS = 4


class VacationCalls(MailboxPartCalls):
    resource = VACATION
    getter = "mail.vacation.get"
    setter = "mail.vacation.set"

    def __init__(self, api: Api, mailboxes: MailboxCalls) -> None:
        super().__init__(api, mailboxes)
        self._out_of_sight: dict[str, int] = {}

    def snapshot(self, address: str, answer: Mapping[str, Any], read_at: float) -> Snapshot:
        """A reply that was just set and whose days are not now may be there, and not be told: when it does not show
        after some reads either, nothing is known."""
        found = super().snapshot(address, answer, read_at)
        if found.values["active"] is True or address not in self._out_of_sight:
            return found
        self._out_of_sight[address] += 1
        return found if self._out_of_sight[address] <= _LATE_READS else replace(found, values={"mailbox": address})

    def values_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """That there is no reply is told by a message, which is no error; its words decide nothing."""
        if "message" in answer and not answer.get("subject"):
            return {"active": False}
        if "subject" not in answer:
            raise unexpected(self.getter, "an automatic reply")
        return {"active": True, **read_values(VACATION, answer)}

    def create(self, values: Values) -> Writing[Snapshot | None]:
        return self._set(values["mailbox"], values)

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        """The server takes the reply as a whole."""
        return self._set(current.values["mailbox"], {**current.values, **values})

    def methods(self, step: Step) -> Iterable[str]:
        return [self.setter if step.values.get("active") else DELETE]

    def missing(self, step: Step) -> Iterable[str]:
        return [name for name in NOTHING if step.values.get("active") and name not in step.values]

    def _set(self, address: str, values: Values) -> Writing[Snapshot | None]:
        self._out_of_sight.pop(address, None)
        if values.get("active"):
            yield from self._api.part(self.setter, {"mail": address, **set_params(VACATION, values, {})})
            if not _is_certainly_now(values):
                self._out_of_sight[address] = 0
        elif "active" in values:
            yield from self._api.part(DELETE, {"mail": address})
        # The replies tell nothing. A read that fails is no failure of the write, and is tried again later.
        with suppress(PostmasterError):
            return (yield from self.read_part(address))
        return None


def _is_certainly_now(values: Values) -> bool:
    """Whether today is one of the days, wherever on earth the server is."""
    today = datetime.now(timezone.utc).date().isoformat()
    return bool(values["start_date"] < today < values["end_date"])
