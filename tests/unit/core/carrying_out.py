# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wishes about people of the made-up server, planned and carried out in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.order import with_late_fields
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from ansible_collections.postmaster.comms.plugins.module_utils._core.verify import verify
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import PERSON, new_person, no_person, person

ANN, BOB, EVE = (f"{name}@example.com" for name in ("ann", "bob", "eve"))
# What is written one by one has to come to the same as what goes together.
TOGETHER = (1, 2, 5)
# What a result says of one object.
DONE, NEEDLESS, LEFT, FAILED, PERHAPS = (
    ("done", True),
    ("done", False),
    ("not_done", False),
    ("failed", False),
    ("failed", True),
)
LETTERS = "abcdefghij"


def run(gateway: MemoryGateway, *wishes: Wish, later: float = 0) -> list[Result]:
    """Plan on what is there now, let time pass, carry out, read back."""
    steps = [plan(wish, gateway.read(wish.resource, wish.given)) for wish in wishes]
    gateway.clock.now += later
    gateway.calls.clear()
    results = execute(steps, gateway, gateway.clock)
    verify(results, lambda result: gateway.read(PERSON, result.step.values), gateway, gateway.clock)
    return results


def carry_out(
    gateway: MemoryGateway,
    *wishes: Wish,
    go_on: bool = False,
    later: float = 0,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Result]:
    """Plan on what is there now, let time pass and things happen, and carry out; nothing is read back."""
    steps = planned(gateway, *wishes)
    gateway.clock.now += later
    meanwhile()
    gateway.calls.clear()
    return execute(steps, gateway, gateway.clock, go_on)


def planned(gateway: MemoryGateway, *wishes: Wish) -> list[Step]:
    """The steps in the order in which they are given, with the fields that have to wait."""
    return with_late_fields([plan(wish, gateway.read(wish.resource, wish.given)) for wish in wishes])


def told(results: list[Result]) -> list[tuple[str, bool]]:
    return [(result.status, result.written) for result in results]


def alike(gateway: MemoryGateway, action: str, count: int, **options: Any) -> list[Wish]:
    """So many wishes about people a, b, c, ... that all come to this action."""
    letters = LETTERS[:count]
    if action == "create":
        return [new_person(letter, **options) for letter in letters]
    for letter in letters:
        gateway.put(PERSON, address=f"{letter}@example.com", full_name="before", tags=[])
    if action == "delete":
        return [no_person(letter) for letter in letters]
    return [person(letter, **{"full_name": f"{letter} after", **options}) for letter in letters]


def is_done(gateway: MemoryGateway, action: str, letter: str) -> bool:
    """Whether the server holds what such a wish asks for."""
    held = gateway.held(PERSON, f"{letter}@example.com")
    if action == "update":
        return held is not None and held["full_name"] == f"{letter} after"
    return (held is not None) == (action == "create")
