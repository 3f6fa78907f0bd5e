# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time, as those who wait need it.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Time as the executor needs it, in seconds."""

    def monotonic(self) -> float:
        """Seconds since some moment; only differences mean something."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
