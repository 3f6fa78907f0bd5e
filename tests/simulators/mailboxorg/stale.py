# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads that still show what was before a write (fact sheet mailboxorg.md 4: seen to last for seconds)."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from tests.simulators.mailboxorg.settings import MailboxOrgSettings
from tests.simulators.mailboxorg.store import Store


@dataclass
class _Before:
    """The state before a write, shown until the time is due and the reads are used up."""

    store: Store
    due: float
    reads_left: int


class OldStates:
    def __init__(self, settings: MailboxOrgSettings) -> None:
        self._settings = settings
        self._waiting: list[_Before] = []

    def clear(self) -> None:
        self._waiting.clear()

    def remember(self, store: Store, now: float) -> None:
        """To be called before a write."""
        if self._settings.stale_seconds or self._settings.stale_reads:
            due = now + self._settings.stale_seconds
            self._waiting.append(_Before(copy.deepcopy(store), due, self._settings.stale_reads))

    def seen_by_read(self, store: Store, now: float) -> Store:
        """What a read shows: the state before the oldest write that is not visible, else the present one."""
        self._waiting = [old for old in self._waiting if now < old.due or old.reads_left > 0]
        for old in self._waiting:
            old.reads_left -= 1
        return self._waiting[0].store if self._waiting else store
