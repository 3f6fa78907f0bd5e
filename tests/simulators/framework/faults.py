# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that a test asks for: which request they meet, and what they do to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection
from typing import Any

from tests.simulators.framework.records import Call

# What each kind takes beside call, times and after; a name with "!" must be given.
# The first eight concern HTTP and work on every simulator, the others need a system that knows what they mean.
KINDS: dict[str, frozenset[str]] = {
    "status": frozenset({"status!", "body", "headers", "processed"}),
    "drop_before": frozenset(),
    "drop_after": frozenset(),
    "html": frozenset({"processed"}),
    "empty": frozenset({"processed"}),
    "truncated": frozenset(),
    "half_then_drop": frozenset(),
    "slow": frozenset({"seconds!"}),
    "wrong_id": frozenset(),
    "expire_session": frozenset(),
    "rpc_error": frozenset({"code!", "message", "processed"}),
    "replace_result": frozenset({"result!"}),
}
HTTP_KINDS = frozenset({"status", "drop_before", "drop_after", "html", "empty", "truncated", "half_then_drop", "slow"})


class Fault:
    """One fault. It lets `after` matching requests pass and acts on the next `times` of them.

    call: the name of the call it waits for (Record.call); None is any call but login and logout.
    about: a text that the parameters hold; without it they do not matter.
    details: what the kind needs, see KINDS. "status", "html", "empty" and "rpc_error" answer without processing the
    request; with processed=True the request is carried out first and only its answer is lost.
    Raises ValueError for an unknown kind or detail, so that a typing error cannot make a test pass.
    """

    def __init__(
        self,
        kind: str,
        call: str | None = None,
        times: int = 1,
        after: int = 0,
        about: str | None = None,
        **details: Any,
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"unknown kind of fault {kind!r}, known: {', '.join(sorted(KINDS))}")
        needed = {name[:-1] for name in KINDS[kind] if name.endswith("!")}
        known = {name.rstrip("!") for name in KINDS[kind]}
        if unknown := set(details) - known:
            raise ValueError(f"a fault of kind {kind} takes no {', '.join(sorted(unknown))}")
        if missing := needed - set(details):
            raise ValueError(f"a fault of kind {kind} needs {', '.join(sorted(missing))}")
        self.kind = kind
        self.call = call
        self.times = times
        self.after = after
        self.about = about
        self.details = details

    def matches(self, call: Call) -> bool:
        params = [each.params for each in (call, *call.commands)]
        if self.about is not None and self.about not in json.dumps(params, default=str):
            return False
        return not call.is_session if self.call is None else self.call == call.name

    def __repr__(self) -> str:
        where = f"call={self.call!r}, times={self.times}, after={self.after}, about={self.about!r}"
        return f"Fault({self.kind!r}, {where}, {self.details})"


class Faults:
    """The faults that are still to come. A request meets at most one: the oldest that matches it."""

    def __init__(self, kinds: Collection[str]) -> None:
        self._kinds = frozenset(kinds)
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(self, *faults: Fault) -> None:
        for fault in faults:
            if fault.kind not in self._kinds:
                raise ValueError(f"this simulator cannot do {fault.kind}, only {', '.join(sorted(self._kinds))}")
        with self._lock:
            self._waiting.extend(faults)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    @property
    def pending(self) -> list[Fault]:
        """Faults that have not acted as often as asked: empty when a test met all that it set up."""
        with self._lock:
            return list(self._waiting)

    def take(self, call: Call, kinds: Collection[str] | None = None) -> Fault | None:
        """The fault that acts on this call now, used up by one; `kinds` limits the search."""
        with self._lock:
            for fault in self._waiting:
                if (kinds is not None and fault.kind not in kinds) or not fault.matches(call):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
