# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about spam filters (mailboxorg.md 2.6).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from ..._core.errors import NotApplied
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .calls import if_whole, unexpected
from .mailbox_part_calls import MailboxPartCalls
from .spam_protections import SPAM_PROTECTION
from .wire import read_values, set_params

_SETTINGS = tuple(field.name for field in SPAM_PROTECTION.fields if field.name not in SPAM_PROTECTION.key)


class SpamProtectionCalls(MailboxPartCalls):
    resource = SPAM_PROTECTION
    getter = "mail.spamprotect.get"
    setter = "mail.spamprotect.set"

    def values_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        values = read_values(SPAM_PROTECTION, answer)
        if not values:
            raise unexpected(self.getter, "settings of a spam filter")
        return values

    def create(self, values: Values) -> Writing[Snapshot | None]:
        """A new mailbox has settings, of which the server takes all or none."""
        wanted = {name: value for name, value in values.items() if name in _SETTINGS}
        current = yield from self.read_part(values["mailbox"])
        return (yield from self.update(current, wanted)) if wanted else current

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        after = {**current.values, **values}
        untold = [name for name in _SETTINGS if name not in after]
        if untold:
            raise NotApplied(
                f"the server takes all settings of a spam filter at once and does not tell {', '.join(untold)}; give "
                "them as well",
                method=self.setter,
            )
        address = current.values["mailbox"]
        read_at = time.monotonic()
        params = {"mail": address, **set_params(SPAM_PROTECTION, after, {})}
        answer = yield from self._api.part(self.setter, params)
        if not read_values(SPAM_PROTECTION, answer):
            return None
        return if_whole(self.snapshot(address, answer, read_at), SPAM_PROTECTION, values)

    def missing(self, step: Step) -> Iterable[str]:
        return [name for name in _SETTINGS if step.action == "update" and name not in step.values]
