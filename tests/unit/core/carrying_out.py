# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wishes about people of the made-up server, planned and carried out in one go."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from ansible_collections.postmaster.comms.plugins.module_utils._core.verify import verify
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import PERSON

ANN, BOB, EVE = (f"{name}@example.com" for name in ("ann", "bob", "eve"))


def run(gateway: MemoryGateway, *wishes: Wish, later: float = 0) -> list[Result]:
    """Plan on what is there now, let time pass, carry out, read back."""
    steps = [plan(wish, gateway.read(wish.resource, wish.given)) for wish in wishes]
    gateway.clock.now += later
    gateway.calls.clear()
    results = execute(steps, gateway, gateway.clock)
    verify(results, lambda result: gateway.read(PERSON, result.step.values), gateway, gateway.clock)
    return results


def told(results: list[Result]) -> list[tuple[str, bool]]:
    return [(result.status, result.written) for result in results]
