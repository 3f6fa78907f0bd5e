# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on the server in memory, on order: single calls, whole requests, and the way to the server."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    PostmasterError,
    Uncertain,
    Unreachable,
)

FOR_EVER = math.inf
Command = Callable[[], None]


@dataclass
class Mishap:
    """What happens instead of a smooth call: ``before`` runs first, ``processed``: whether it takes effect; ``about``
    is the label of the only object whose calls it is for."""

    error: PostmasterError | None = None
    processed: bool = False
    before: Callable[[], object] | None = None
    about: str | None = None


@dataclass
class Lost:
    """A request whose answer gets lost: so many of its commands were carried out before the connection broke, and so
    many calls after it reach nobody."""

    processed: int
    gone: float


@dataclass
class Mishaps:
    """``backwards``: commands of one request are carried out last one first. ``requests`` logs how many commands each
    request had, ``in_vain`` how many calls reached nobody."""

    backwards: bool = False
    requests: list[int] = field(default_factory=list)
    in_vain: int = 0
    _of_calls: defaultdict[str, list[Mishap]] = field(default_factory=lambda: defaultdict(list))
    _of_requests: dict[int, Lost] = field(default_factory=dict)
    _gone: float = 0

    def on(self, call: str, error: PostmasterError | None = None, **details: object) -> None:
        """What becomes of the next such call, or of the next one about an object."""
        self._of_calls[call].append(Mishap(error, **details))  # type: ignore[arg-type]

    def lose(self, request: int, processed: int = 0, gone: float = 0) -> None:
        """The answer to the request with this number gets lost."""
        self._of_requests[request] = Lost(processed, gone)

    def vanish(self, calls: float = FOR_EVER) -> None:
        """From now on, so many calls reach nobody."""
        self._gone = calls

    def end(self) -> None:
        """From now on, all goes well."""
        self._of_calls.clear()
        self._of_requests.clear()
        self._gone = 0

    def reach(self) -> None:
        """A call is on its way. Raises Unreachable."""
        if self._gone > 0:
            self._gone -= 1
            self.in_vain += 1
            raise Unreachable("no route")

    def happen(self, call: str, label: str, work: Callable[[], None]) -> None:
        """A call has arrived."""
        waiting = self._of_calls[call]
        mishap = next((each for each in waiting if each.about in (None, label)), None)
        if mishap is None:
            work()
            return
        waiting.remove(mishap)
        if mishap.before is not None:
            mishap.before()
        if mishap.processed or mishap.error is None:
            work()
        if mishap.error is not None:
            raise mishap.error

    def request(self, commands: Sequence[Command]) -> list[PostmasterError | None]:
        """What came of each command of one request."""
        lost = self._of_requests.pop(len(self.requests), None)
        self.requests.append(len(commands))
        try:
            self.reach()
        except Unreachable as error:
            return [Unreachable(error.message) for _each in commands]
        order = list(enumerate(commands))
        carried_out = order[::-1] if self.backwards else order
        if lost is None:
            found = {number: _answer(command) for number, command in carried_out}
            return [found[number] for number, _command in order]
        for _number, command in carried_out[: lost.processed]:
            _answer(command)
        self._gone = lost.gone
        return [Uncertain("connection broke") for _each in commands]


def _answer(command: Command) -> PostmasterError | None:
    try:
        command()
    except PostmasterError as error:
        return error
    return None
