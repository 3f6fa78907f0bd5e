# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets of structures: each known by what it says, apart from the attributes that may change."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Flag, Integer, Text, secret
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, not_applied, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import StructSet

STOPS = StructSet(
    "stops",
    "Stops.",
    append_option="append",
    fields=(
        Text("place", "Place.", form=str.strip),
        Integer("minute", "Minute."),
        Text("note", "Note.", on_create=""),
        Flag("open", "Whether it counts.", on_create=True),
    ),
)
ROUTE = Resource(
    kind="route",
    plural="routes",
    module="sample_route",
    summary="Routes",
    description=("Routes.",),
    key=("name",),
    label="{name}",
    fields=(Text("name", "Name.", immutable=True), STOPS),
)
INN: dict[str, Any] = {"place": "Inn", "minute": 5, "note": "", "open": True}
FORD: dict[str, Any] = {"place": "Ford", "minute": 5, "note": "wet", "open": False}
HELD = STOPS.canonical([INN, FORD])


def _wish(*stops: dict[str, Any], append: bool = False) -> Wish:
    return Wish(ROUTE, ROUTE.desire({"name": "North", "stops": list(stops)}), behaviour={"append": append})


def _current(stops: list[dict[str, Any]]) -> Snapshot:
    return Snapshot({"name": "North", "stops": stops}, "1", {}, 0.0)


def _after(*stops: dict[str, Any], append: bool = False) -> Any:
    """The stops that are sent for a wish; None when nothing is."""
    return plan(_wish(*stops, append=append), _current(HELD)).send.get("stops")


@pytest.mark.parametrize(
    "stops",
    [
        [FORD, INN],
        [{"minute": "5", "place": " INN "}, {"place": "ford", "minute": 5, "open": False}],
        [INN, INN, FORD],
    ],
)
def test_order_spelling_repetition_and_what_is_left_out_make_no_difference(stops: list[dict[str, Any]]) -> None:
    assert _after(*stops) is None


def test_a_wish_is_the_whole_set_unless_it_is_added() -> None:
    assert _after(INN) == [INN]
    assert _after(INN, append=True) is None
    mill = {"place": "Mill"}
    new = {"place": "Mill", "note": "", "open": True}
    assert _after(mill) == [new]
    assert _after(mill, append=True) == [FORD, INN, new]


def test_attributes_change_and_the_server_keeps_its_spelling_of_the_rest() -> None:
    assert _after({"place": "INN", "minute": 5, "note": "warm"}, FORD) == [FORD, {**INN, "note": "warm"}]
    assert STOPS.differing({**INN, "note": "warm", "open": True}, INN) == {"note": "warm"}
    assert STOPS.differing({"note": "warm"}, {"place": "Inn"}) == {}


def test_another_value_that_identifies_is_another_entry() -> None:
    """A member that one entry leaves out makes a difference too."""
    later, never = {**INN, "minute": 6}, {"place": "Inn", "note": "", "open": True}
    assert _after(later, never) == [never, later]


def test_what_did_not_stick_is_found() -> None:
    step = plan(_wish({**INN, "open": False}, append=True), _current(HELD))
    assert not_applied(step, _current(HELD)) == ["stops"]
    assert not_applied(step, _current(list(step.send["stops"]))) == []
    whole = plan(_wish(INN), _current(HELD))
    assert not_applied(whole, _current(HELD)) == ["stops"]


@pytest.mark.parametrize(
    ("stops", "reason"),
    [
        ([INN, {**INN, "open": False}], "entry 2 is listed before, with another note or open"),
        ([INN, {"place": "Inn", "minute": "x"}], "entry 2: minute: 'x' is not a whole number"),
        ([{"place": "Inn", "depth": 1}], "entry 1 is"),
    ],
)
def test_a_refusal_names_the_entry(stops: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        STOPS.canonical(stops)


def test_there_is_nothing_secret_in_it() -> None:
    with pytest.raises(TypeError, match="compared as a whole"):
        StructSet("stops", "Stops.", fields=(secret("pin", "PIN."),))
