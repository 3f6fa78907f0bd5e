# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which steps go together, how many requests that takes, and what each object is told to have become."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from ansible_collections.postmaster.comms.plugins.module_utils._core.slices import slices
from tests.unit.core.carrying_out import (
    DONE,
    LETTERS,
    NEEDLESS,
    alike,
    carry_out,
    is_done,
    planned,
    run,
    told,
)
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import HOLDER, phone
from tests.unit.core.samples import CLUB, PERSON, TOWN, new_person, no_person, person
from tests.unit.core.sites import guest, site
from tests.unit.core.teams import TEAM, player, team

WAITING = {"when_unverified": "wait", "wait_timeout": 40}
EVERY_ACTION = pytest.mark.parametrize("action", ["create", "update", "delete"])


@pytest.fixture
def gateway() -> MemoryGateway:
    return MemoryGateway(together=3)


def _town(name: str) -> Wish:
    return Wish(TOWN, {"name": f"{name}.example"})


def _club(name: str) -> Wish:
    return Wish(CLUB, {"name": name})


def _parts(gateway: MemoryGateway, *wishes: Wish, most: int = 9) -> list[list[str]]:
    """How the steps of these wishes are cut, by the names of their objects."""
    results = [Result(step) for step in planned(gateway, *wishes)]
    return [[result.step.name for result in part] for part in slices(results, lambda step: most)]


# How many requests.


@EVERY_ACTION
@pytest.mark.parametrize(("count", "requests"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_equal_steps_go_in_slices(gateway: MemoryGateway, action: str, count: int, requests: list[int]) -> None:
    assert told(run(gateway, *alike(gateway, action, count))) == [DONE] * count
    assert gateway.requests == requests
    assert all(is_done(gateway, action, letter) for letter in LETTERS[:count])
    assert len(gateway.effects) == count


def test_where_a_server_takes_one_at_a_time_each_goes_alone() -> None:
    gateway = MemoryGateway()
    assert told(run(gateway, *alike(gateway, "create", 4))) == [DONE] * 4
    assert gateway.requests == [1, 1, 1, 1]


def test_changes_of_different_fields_go_together(gateway: MemoryGateway) -> None:
    alike(gateway, "update", 3)
    wishes = [person("a", tags=["x"]), person("b", full_name="B"), person("c", full_name="C", tags=["z"])]
    assert told(run(gateway, *wishes)) == [DONE] * 3
    assert gateway.requests == [3]
    assert gateway.sent == [{"tags": ["x"]}, {"full_name": "B"}, {"full_name": "C", "tags": ["z"]}]


def test_changes_of_several_calls_go_together_call_by_call(gateway: MemoryGateway) -> None:
    """Those without a second call are not in the second request."""
    gateway.apart = frozenset({"tags"})
    tags: list[dict[str, Any]] = [{"tags": ["x"]}, {}, {"tags": ["y"]}]
    alike(gateway, "update", 3)
    wishes = [person(letter, full_name="new", **more) for letter, more in zip("abc", tags, strict=True)]
    assert told(run(gateway, *wishes)) == [DONE] * 3
    assert gateway.requests == [3, 2]
    assert (gateway.held(PERSON, "c@example.com") or {})["tags"] == ["y"]


def test_steps_without_a_change_are_in_nobody_s_way(gateway: MemoryGateway) -> None:
    for number in range(4):
        gateway.put(PERSON, address=f"same{number}@example.com")
    same = [person(f"same{number}") for number in range(4)]
    new = alike(gateway, "create", 3)
    results = run(gateway, same[0], new[0], same[1], same[2], new[1], new[2], same[3])
    assert told(results) == [NEEDLESS, DONE, NEEDLESS, NEEDLESS, DONE, DONE, NEEDLESS]
    assert gateway.requests == [3]


def test_nothing_is_left_out_and_the_order_stays(gateway: MemoryGateway) -> None:
    gateway.put(PERSON, address="same@example.com")
    wishes = [*alike(gateway, "create", 4), person("same"), _town("t"), _town("u"), new_person("z")]
    results = carry_out(gateway, *wishes)
    assert [result.step.wish for result in results] == wishes
    assert gateway.requests == [3, 1, 2, 1]


def test_how_many_is_asked_of_each_step() -> None:
    """No step is in larger company than it takes: the towns c and f go with one other at most, h with two."""
    gateway = MemoryGateway()
    most = {"town a.example": 1, "town c.example": 2, "town f.example": 2, "town h.example": 3}
    steps = planned(gateway, *(_town(name) for name in "abcdefghijk"), _club("a"), _club("b"))
    parts = slices(map(Result, steps), lambda step: most.get(step.name, 4))
    assert [[result.step.name.removesuffix(".example") for result in part] for part in parts] == [
        ["town a"],
        ["town b", "town c"],
        ["town d", "town e"],
        ["town f", "town g"],
        ["town h", "town i", "town j"],
        ["town k"],
        ["club a", "club b"],
    ]


def test_no_step_is_no_part() -> None:
    assert list(slices([], lambda step: 9)) == []


# What may not go together.


def test_different_actions_and_resources_do_not_go_together(gateway: MemoryGateway) -> None:
    changed = alike(gateway, "update", 2)
    new = [new_person("x"), new_person("y")]
    run(gateway, *new, *changed, no_person("j"), _town("t"))
    assert gateway.requests == [2, 2, 1]


def test_what_another_one_names_goes_before_it(gateway: MemoryGateway) -> None:
    """Late and optional names count as well: among themselves, the steps of a slice are carried out in any order."""
    assert _parts(gateway, guest("a"), guest("b"), guest("c", host="A@example.com"), guest("d")) == [
        ["guest a@example.com", "guest b@example.com"],
        ["guest c@example.com", "guest d@example.com"],
    ]
    rounds = [{"against": "reds@example.com"}]
    assert _parts(gateway, team("reds"), team("blues", rounds=rounds)) == [
        ["team reds@example.com"],
        ["team blues@example.com"],
    ]


def test_what_names_another_one_that_comes_later_goes_before_it(gateway: MemoryGateway) -> None:
    assert len(_parts(gateway, guest("a", host="b@example.com"), guest("b"))) == 2


def test_what_names_itself_is_in_nobody_s_way(gateway: MemoryGateway) -> None:
    assert len(_parts(gateway, guest("a", host="a@example.com"), guest("b"))) == 1


def test_what_both_name_keeps_nobody_apart(gateway: MemoryGateway) -> None:
    gateway.put(TOWN, name="example.com")
    assert len(_parts(gateway, player("ann"), player("bob"))) == 1


def test_a_name_that_a_change_takes_away_counts_too(gateway: MemoryGateway) -> None:
    """The object that a guest named until now may only go when it is no longer named."""
    guests = ("a", "b", "c")
    for name in guests:
        gateway.put(guest().resource, address=f"{name}@example.com", motto="", host="c@example.com")
    changes = [guest(name, host="z@example.com") for name in ("a", "b")]
    assert len(_parts(gateway, *changes, guest("c", host="z@example.com"))) == 2


def test_deletions_of_objects_that_name_each_other_do_not_go_together(gateway: MemoryGateway) -> None:
    gateway.put(TEAM, name="reds", town="example.com", rounds=[{"against": "blues@example.com"}], members=[])
    for name in ("blues", "greens"):
        gateway.put(TEAM, name=name, town="example.com", rounds=[], members=[])
    gone = [team(name, present=False) for name in ("reds", "blues", "greens")]
    assert _parts(gateway, *gone) == [
        ["team reds@example.com"],
        ["team blues@example.com", "team greens@example.com"],
    ]
    assert _parts(gateway, *gone[::-1]) == [
        ["team greens@example.com", "team blues@example.com"],
        ["team reds@example.com"],
    ]


def test_the_heir_of_what_goes_does_not_go_with_it(gateway: MemoryGateway) -> None:
    alike(gateway, "delete", 3)
    wishes = [no_person("a", heir="c@example.com"), no_person("b"), no_person("c")]
    assert [len(part) for part in _parts(gateway, *wishes)] == [2, 1]


def test_what_may_have_to_wait_goes_alone(gateway: MemoryGateway) -> None:
    """Else the patience for one would be the patience of all."""
    waiting = [site(f"{name}.example", behaviour=WAITING) for name in "ab"]
    assert [len(part) for part in _parts(gateway, site("x.example"), site("y.example"), *waiting)] == [2, 1, 1]
    assert [len(part) for part in _parts(gateway, waiting[0], site("x.example"), site("y.example"))] == [1, 2]


@pytest.mark.parametrize("backwards", [False, True])
def test_what_the_server_chooses_is_chosen_when_the_rest_is_there(backwards: bool) -> None:
    """A number that the server chooses must not be one that another entry asks for, in whatever order it works."""
    gateway = MemoryGateway(together=5)
    gateway.mishaps.backwards = backwards
    wishes = [phone("2"), phone("1"), phone(None, login="desk"), phone(None, login="hall")]
    results = carry_out(gateway, *wishes)
    assert [result.status for result in results] == ["done"] * 4, results[-1].error
    assert len(gateway.objects) == 4, "two entries came to be one object"
    assert {held.values["number"] for held in gateway.objects.values()} > {"1", "2"}


# What is told of each.


def test_each_object_has_its_own_result(gateway: MemoryGateway) -> None:
    """With the values that the server answered, and what it does not tell of each."""
    gateway.replies_whole = True
    wishes = [new_person("a", hint="h"), new_person("b"), new_person("c", tags=["t"])]
    results = run(gateway, *wishes)
    assert told(results) == [DONE] * 3
    shown = [result.now.values["address"] for result in results if result.now is not None]
    assert shown == [f"{letter}@example.com" for letter in "abc"]
    assert len({result.now.values["id"] for result in results if result.now is not None}) == 3
    assert ["hint" in result.unverified for result in results] == [True, False, False]
    assert gateway.count("read", "read_some", "read_all") == 0, "the answers have told it"


def test_results_are_right_when_the_server_works_backwards(gateway: MemoryGateway) -> None:
    gateway.replies_whole, gateway.mishaps.backwards = True, True
    results = run(gateway, *alike(gateway, "create", 3))
    assert gateway.effects == [("create", f"person {letter}@example.com") for letter in "cba"]
    shown = [result.now.values["address"] for result in results if result.now is not None]
    assert shown == [f"{letter}@example.com" for letter in "abc"]


def test_late_fields_follow_when_what_they_name_is_there() -> None:
    """Holders go together without their phones, then the phones, then what the holders still lack."""
    gateway = MemoryGateway(together=5, strict=True, filled_in={"phones": []})
    numbers = ("1", "2", "3")
    holders = [Wish(HOLDER, HOLDER.desire({"name": f"h{n}", "phones": [{"number": n}]})) for n in numbers]
    results = carry_out(gateway, *holders, *(phone(number) for number in numbers))
    assert told(results) == [DONE] * 6
    assert gateway.requests[:2] == [3, 3]
    assert sum(gateway.requests) == 9
    for number in numbers:
        assert [entry["number"] for entry in (gateway.held(HOLDER, f"h{number}") or {})["phones"]] == [number]


def test_a_change_of_nothing_but_late_fields_sends_nothing_with_the_others() -> None:
    gateway = MemoryGateway(together=5, strict=True, filled_in={"phones": []})
    gateway.put(HOLDER, name="h1", motto="")
    gateway.put(HOLDER, name="h2", motto="")
    holders = [
        Wish(HOLDER, HOLDER.desire({"name": "h1", "phones": [{"number": "1"}]})),
        Wish(HOLDER, HOLDER.desire({"name": "h2", "motto": "new"})),
    ]
    assert told(carry_out(gateway, *holders, phone("1"))) == [DONE] * 3
    assert gateway.requests == [1, 1, 1]
    assert [label for call, label in gateway.calls if call == "update"] == ["h2", "h1"]


def test_how_far_it_is_is_told_slice_by_slice(gateway: MemoryGateway) -> None:
    told_of: list[tuple[int, int]] = []
    gateway.put(PERSON, address="same@example.com")
    steps = planned(gateway, *alike(gateway, "create", 4), person("same"), _town("t"))
    execute(steps, gateway, gateway.clock, tell=lambda done, total: told_of.append((done, total)))
    assert told_of == [(3, 5), (4, 5), (5, 5)]
