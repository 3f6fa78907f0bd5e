# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard that bans whoever tries too many wrong keys (mail_api.md 2.9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class IntrusionGuard:
    """Counts wrong keys: so many within ``window`` seconds lead to a ban of ``ban_seconds``. ``now``: Unix seconds."""

    now: Callable[[], float]
    window: float = 600.0
    ban_seconds: float = 1800.0
    failures: list[float] = field(default_factory=list)
    banned_until: float = 0.0

    def note_failure(self, limit: int | None) -> None:
        """Note a wrong key; ``limit`` None means that nobody guards."""
        now = self.now()
        self.failures = [moment for moment in self.failures if moment > now - self.window] + [now]
        if limit is not None and len(self.failures) >= limit:
            self.banned_until = now + self.ban_seconds

    @property
    def is_banning(self) -> bool:
        """Whether nothing is answered now, right keys included."""
        return self.now() < self.banned_until
