# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The time that a simulator believes in."""

from __future__ import annotations

import threading
import time


class Clock:
    """Seconds since 1970. It starts at the real time, so that the timestamps a client sees make sense, and then stands
    still until a test advances it; with `real_time` it also goes on by itself (for people who try their own playbooks).
    """

    def __init__(self, *, real_time: bool = False) -> None:
        self._real_time = real_time
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        with self._lock:
            self._start = time.time()
            self._started = time.monotonic()
            self._advanced = 0.0

    def now(self) -> float:
        with self._lock:
            passed = time.monotonic() - self._started if self._real_time else 0.0
            return self._start + passed + self._advanced

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("a clock is never turned back")
        with self._lock:
            self._advanced += seconds
