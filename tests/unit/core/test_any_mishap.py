# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any changes of people, with any mishaps, in slices of any size: what is told is true, and nothing is done twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hypothesis import event, given, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.attempt import MAX_AGE_SECONDS
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    AccessDenied,
    Conflict,
    NotFound,
    PostmasterError,
    ProtocolError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from tests.unit.core.carrying_out import carry_out, told
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.mishaps import FOR_EVER
from tests.unit.core.samples import PERSON, new_person, no_person, person
from tests.unit.core.strategies import QUICK

LETTERS = "abcdef"
CALLS = ("create", "update", "delete", "more")
REFUSALS: dict[str, type[PostmasterError]] = {
    each.__name__: each for each in (ServerRefusal, Conflict, NotFound, AccessDenied, Unreachable, ProtocolError)
}
# What becomes of a call: its error, and whether it is carried out all the same.
MISHAPS = st.tuples(st.sampled_from([*REFUSALS]), st.just(False)) | st.tuples(st.just("Uncertain"), st.booleans())


@dataclass
class Trouble:
    """``calls``: what happens to the first calls about somebody, ``requests``: how much of some requests is carried
    out before their answer is lost, and for how many calls the server is gone then."""

    calls: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    requests: dict[int, tuple[int, float]] = field(default_factory=dict)


TROUBLES = st.builds(
    Trouble,
    calls=st.dictionaries(st.sampled_from(LETTERS), st.lists(MISHAPS, min_size=1, max_size=3), max_size=4),
    requests=st.dictionaries(
        st.integers(0, 3), st.tuples(st.integers(0, 5), st.sampled_from([0, 0, 1, FOR_EVER])), max_size=2
    ),
)
# Who is there, who is to be there with which name and level, and who is to go.
PEOPLE = st.dictionaries(st.sampled_from(LETTERS), st.sampled_from(["", "x"]))
FIELDS: dict[str, Any] = {
    "full_name": st.sampled_from(["x", "y"]),
    "level": st.integers(1, 2),
}
WISHES = st.dictionaries(st.sampled_from(LETTERS), st.none() | st.fixed_dictionaries({}, optional=FIELDS))


def _gateway(people: dict[str, str], together: int, backwards: bool) -> MemoryGateway:
    gateway = MemoryGateway(together=together, apart=frozenset({"level"}), filled_in={"level": 0})
    gateway.mishaps.backwards = backwards
    for letter, name in sorted(people.items()):
        gateway.put(PERSON, address=f"{letter}@example.com", full_name=name)
    return gateway


def _wishes(wanted: dict[str, dict[str, Any] | None], there: dict[str, str]) -> list[Wish]:
    """In the order of a plan: who goes, who is new, who changes."""
    gone = [no_person(letter) for letter, options in sorted(wanted.items()) if options is None]
    staying = [(letter, options) for letter, options in sorted(wanted.items()) if options is not None]
    new = [new_person(letter, **options) for letter, options in staying if letter not in there]
    return [*gone, *new, *(person(letter, **options) for letter, options in staying if letter in there)]


def _prepare(gateway: MemoryGateway, trouble: Trouble) -> None:
    for letter, mishaps in trouble.calls.items():
        for name, processed in mishaps:
            for call in CALLS:
                error = Uncertain("lost") if name == "Uncertain" else REFUSALS[name](f"no {letter}")
                gateway.on(call, error, about=f"{letter}@example.com", processed=processed)
    for number, (how_much, gone) in trouble.requests.items():
        gateway.mishaps.lose(number, how_much, gone)


def _assert_true(results: list[Result], gateway: MemoryGateway) -> None:
    """What is told of each object agrees with what the server did."""
    carried_out = {name for _call, name in gateway.effects}
    for result in results:
        name = result.step.name
        assert result.written or name not in carried_out, f"{name} was changed, and nobody is told: {result}"
        if result.status == "not_done":
            assert not result.written
            assert result.error is None
        elif result.status == "done":
            assert result.error is None
            assert not result.written or name in carried_out, f"{name} was not changed, and is told as done: {result}"
        else:
            assert result.status == "failed"
            assert result.error is not None
            assert result.error.object == name
    assert gateway.idle == [], "something was sent that was there already"
    assert max(Counter(gateway.effects).values(), default=0) <= 2, "a change has two calls at most"
    assert max(Counter(each for each in gateway.effects if each[0] != "update").values(), default=0) <= 1


@settings(QUICK, max_examples=250)
@given(
    people=PEOPLE,
    wanted=WISHES,
    trouble=TROUBLES,
    together=st.integers(1, 6),
    backwards=st.booleans(),
    go_on=st.booleans(),
    is_stale=st.booleans(),
)
def test_what_is_told_is_true_and_a_re_run_does_the_rest(
    people: dict[str, str],
    wanted: dict[str, dict[str, Any] | None],
    trouble: Trouble,
    together: int,
    backwards: bool,
    go_on: bool,
    is_stale: bool,
) -> None:
    smooth = _gateway(people, 1, False)
    carry_out(smooth, *_wishes(wanted, people))
    gateway = _gateway(people, together, backwards)
    wishes = _wishes(wanted, people)
    _prepare(gateway, trouble)
    later = MAX_AGE_SECONDS + 1 if is_stale else 0
    results = carry_out(gateway, *wishes, go_on=go_on, later=later)
    assert [result.step.wish for result in results] == wishes
    _assert_true(results, gateway)
    event("all done" if all(result.status == "done" for result in results) else "something failed")
    effects = list(gateway.effects)
    gateway.mishaps.end()
    gateway.mishaps.requests.clear()
    again = carry_out(gateway, *wishes, go_on=go_on)
    assert {result.status for result in again} <= {"done"}
    assert _values(gateway) == _values(smooth)
    assert gateway.idle == []
    assert all(effects.count(each) == 0 for each in gateway.effects[len(effects) :] if each[0] != "update")
    assert told(carry_out(gateway, *wishes)) == [("done", False)] * len(wishes)


@settings(QUICK, max_examples=120)
@given(
    people=PEOPLE,
    wanted=WISHES,
    refused=st.sets(st.sampled_from(LETTERS)),
    unsure=st.dictionaries(st.sampled_from(LETTERS), st.booleans()),
    together=st.integers(2, 6),
    backwards=st.booleans(),
)
def test_in_company_all_comes_to_the_same_as_alone(
    people: dict[str, str],
    wanted: dict[str, dict[str, Any] | None],
    refused: set[str],
    unsure: dict[str, bool],
    together: int,
    backwards: bool,
) -> None:
    """Where a task goes on: who is refused is refused every time, and of others the fate is not known at first."""
    found = []
    for gateway in (_gateway(people, 1, False), _gateway(people, together, backwards)):
        for letter in LETTERS:
            for call in CALLS:
                if letter in unsure:
                    error = Uncertain("lost")
                    gateway.on(call, error, about=f"{letter}@example.com", processed=unsure[letter])
                for _each in range(3 if letter in refused else 0):
                    gateway.on(call, ServerRefusal(f"no {letter}"), about=f"{letter}@example.com")
        results = carry_out(gateway, *_wishes(wanted, people), go_on=True)
        _assert_true(results, gateway)
        errors = [None if result.error is None else str(result.error) for result in results]
        actions = [(result.step.name, result.step.action, result.step.changed_fields) for result in results]
        found.append((told(results), errors, actions, _values(gateway)))
    assert found[0] == found[1]


def _values(gateway: MemoryGateway) -> dict[Any, Any]:
    """What the server holds, but for the numbers that it gives in its own order."""
    return {
        place: {name: value for name, value in held.values.items() if name != "id"}
        for place, held in gateway.objects.items()
    }
