# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that go together: how many requests that saves, and that what is told stays true of each object."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.attempt import MAX_AGE_SECONDS
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    AccessDenied,
    Conflict,
    PostmasterError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from tests.unit.core.carrying_out import run, told
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import PERSON

DONE, LEFT = ("done", True), ("not_done", False)


@pytest.fixture
def gateway() -> MemoryGateway:
    return MemoryGateway(together=3)


def _new(count: int) -> list[Wish]:
    return [Wish(PERSON, PERSON.desire({"address": f"p{number}@example.com", "password": "x"})) for number in range(count)]


def _changed(gateway: MemoryGateway, count: int) -> list[Wish]:
    """So many people that exist, each to get another name."""
    for number in range(count):
        gateway.put(PERSON, address=f"p{number}@example.com", name="before")
    return [
        Wish(PERSON, PERSON.desire({"address": f"p{number}@example.com", "name": f"after {number}"}))
        for number in range(count)
    ]


def _carry_out(gateway: MemoryGateway, wishes: list[Wish], go_on: bool = False) -> list[Result]:
    steps = [plan(wish, gateway.read(wish.resource, wish.given)) for wish in wishes]
    gateway.calls.clear()
    return execute(steps, gateway, gateway.clock, go_on)


@pytest.mark.parametrize(("count", "requests"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_equal_steps_go_in_slices(gateway: MemoryGateway, count: int, requests: list[int]) -> None:
    assert told(run(gateway, *_new(count))) == [DONE] * count
    assert gateway.requests == requests
    assert len(gateway.objects) == count


def test_steps_without_a_change_are_in_nobody_s_way(gateway: MemoryGateway) -> None:
    same = [Wish(PERSON, PERSON.desire({"address": f"same{number}@example.com"})) for number in range(4)]
    for number in range(4):
        gateway.put(PERSON, address=f"same{number}@example.com")
    new = _new(3)
    run(gateway, same[0], new[0], same[1], same[2], new[1], new[2], same[3])
    assert gateway.requests == [3]


def test_different_actions_do_not_go_together(gateway: MemoryGateway) -> None:
    changed = _changed(gateway, 2)
    new = [Wish(PERSON, PERSON.desire({"address": f"new{n}@example.com", "password": "x"})) for n in range(2)]
    run(gateway, *new, *changed)
    assert gateway.requests == [2, 2]


def test_what_was_done_with_a_failure_in_company_is_told(gateway: MemoryGateway) -> None:
    """A slice is tried as a whole; what comes after it is left, unless the task goes on."""
    for _attempt in range(2):  # In company, and once more alone.
        gateway.on("create", ServerRefusal("no"))
    gateway._mishaps["create"].insert(0, gateway._mishaps["create"][0].__class__(processed=True))
    results = _carry_out(gateway, _new(5))
    assert told(results) == [DONE, ("failed", False), DONE, LEFT, LEFT]


@pytest.fixture(params=[True, False])
def go_on(request: pytest.FixtureRequest) -> Iterator[bool]:
    return request.param
