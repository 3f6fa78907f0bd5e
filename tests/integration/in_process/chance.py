# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same start for both ways: what chance and the clock decide in the stores of simulators is repeated."""

from __future__ import annotations

import random
import string
import time
import uuid
from collections.abc import Mapping
from typing import Any

import pytest

from tests.simulators import Simulator

# Where simulators ask chance for something that they keep. What they ask for sessions stays random.
KEPT = (
    "tests.simulators.kerio_connect.seed.uuid",
    "tests.simulators.kerio_connect.store.uuid",
    "tests.simulators.kerio_connect.passwords.secrets",
    "tests.simulators.kerio_operator.defaults.secrets",
    "tests.simulators.kerio_webmail.stamps.secrets",
    "tests.simulators.kerio_webmail.store.uuid",
    "tests.simulators.mailboxorg.mail_access.secrets",
)
# Where they ask for the time at which they start.
TIMED = ("tests.simulators.framework.clock.time", "tests.simulators.kerio_operator.store.time")


class Seeded:
    """Stands in for the modules ``uuid`` and ``secrets``, as far as simulators use them."""

    def __init__(self) -> None:
        self.begin("")

    def begin(self, place: str) -> None:
        """From here on everything comes again that came after the same place, and nothing else does."""
        self._random = random.Random(place)
        self.choice = self._random.choice
        self.randbelow = self._random.randrange

    def uuid4(self) -> uuid.UUID:
        return uuid.UUID(int=self._random.getrandbits(128), version=4)

    def token_urlsafe(self, length: int) -> str:
        return "".join(self._random.choices(string.ascii_letters, k=length))


class StandingStill:
    """Stands in for the module ``time``: the same time until the end of the test."""

    def __init__(self) -> None:
        now = time.time()
        self.time = lambda: now
        self.monotonic = time.monotonic


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> Seeded:
    seeded, clock = Seeded(), StandingStill()
    for place in KEPT:
        monkeypatch.setattr(place, seeded)
    for place in TIMED:
        monkeypatch.setattr(place, clock)
    return seeded


def same_start(servers: Mapping[str, Simulator[Any, Any]], chance: Seeded) -> None:
    """Every server in its starting state."""
    for name, server in servers.items():
        chance.begin(name)
        server.reset()
    chance.begin("after the start")
