# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a long run is doing, now and then, for whoever waits for it.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from typing import Callable

from .._core.clock import Clock

# Of a run that is over before that, nothing is told but its result.
INTERVAL_SECONDS = 5.0


def _nobody(text: str) -> None:
    """An ordinary module has no way to say anything before its result."""


class Progress:
    """Says at most one line in every interval; counts and kinds of objects, never their names."""

    def __init__(self, say: Callable[[str], None] = _nobody, clock: Clock = time) -> None:
        self._say = say
        self._clock = clock
        self._doing = ""
        self._due = clock.monotonic() + INTERVAL_SECONDS

    def doing(self, what: str) -> None:
        """From now on, the run does this."""
        self._doing = what
        self.tick()

    def made(self, done: int, total: int) -> None:
        """So many changes are made."""
        self.doing(f"{done} of {total} changes made")

    def tick(self) -> None:
        """Time has passed; said is what is being done."""
        now = self._clock.monotonic()
        if self._doing and now >= self._due:
            self._due = now + INTERVAL_SECONDS
            self._say(self._doing)
