# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rate limiting by a fixed window, and the headers that tell of it (mail_api.md 1.5, 2.9)."""

from __future__ import annotations

import math
import time
from email.utils import formatdate

from tests.simulators.framework import Clock
from tests.simulators.mail_rest.settings import MailRestSettings


class RateLimiter:
    """Counts the requests of a window that starts with the first one; see MailRestSettings.rate_wait for the waits."""

    def __init__(self, clock: Clock, settings: MailRestSettings) -> None:
        self._clock = clock
        self._settings = settings
        self._used = 0
        self._window_end = 0.0
        self._short_wait_end: float | None = None  # real time; set while a refused client waits

    def admit(self) -> bool:
        """Count a request; False when it is one too many."""
        if self._settings.rate_limit is None:
            return True
        if self._short_wait_end is not None and time.time() >= self._short_wait_end:
            self._clock.advance(max(0.0, self._window_end - self._clock.now()))
        if self._clock.now() >= self._window_end:
            self._used, self._short_wait_end = 0, None
            self._window_end = self._clock.now() + self._settings.rate_window
        self._used += 1
        if self._used <= self._settings.rate_limit:
            return True
        if self._settings.rate_wait == "short" and self._short_wait_end is None:
            self._short_wait_end = math.floor(time.time()) + 1
        return False

    def headers(self, *, refused: bool) -> dict[str, str]:
        """The headers of a reply. The date is always there: a careful client measures the server's times by it."""
        now = time.time() if self._settings.rate_wait == "short" else self._clock.now()
        headers = {"Date": formatdate(now + self._settings.clock_skew, usegmt=True)}
        limit, told = self._settings.rate_limit, self._settings.rate_headers
        if limit is None or told == "none" or (told == "refusals" and not refused):
            return headers
        end = self._told_end(now)
        headers["X-RateLimit-Limit"] = str(limit)
        headers["X-RateLimit-Remaining"] = str(max(0, limit - self._used))
        headers["X-RateLimit-Reset"] = self._reset(now, end)
        if refused and self._settings.retry_after:
            headers["Retry-After"] = str(math.ceil(end - now))
        return headers

    def _told_end(self, now: float) -> float:
        """When the client may go on, in seconds since 1970 by the server's right time."""
        if self._short_wait_end is not None:
            return self._short_wait_end
        return now + max(0.0, self._window_end - self._clock.now())

    def _reset(self, now: float, end: float) -> str:
        if self._settings.rate_reset == "seconds":
            return str(math.ceil(end - now))
        whole = math.ceil(end + self._settings.clock_skew)
        return str(whole * 1000 if self._settings.rate_reset == "milliseconds" else whole)
