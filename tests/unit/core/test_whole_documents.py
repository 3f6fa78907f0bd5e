# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any document on any server: what check mode predicts is what a run does, and a second run changes nothing.

Holders and phones refer to each other, phones are named by number or login, and the server refuses dangling references.
"""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings, strategies as st

from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import HOLDER, PHONE
from tests.unit.core.strategies import QUICK
from tests.unit.core.tasks import Result, config

NAMES, NUMBERS, LOGINS = ["ann", "bob"], ["1", "2", "3"], ["desk", "hall"]
NOTES = st.sampled_from(["", "a", "b"])
STATES = st.sampled_from(["present", "present", "present", "absent"])


def _lists(of: st.SearchStrategy[dict[str, Any]], key: str, size: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(of, max_size=size, unique_by=lambda entry: str(entry[key]))


ASSIGNED = _lists(
    st.fixed_dictionaries({"number": st.sampled_from(NUMBERS)}, optional={"ring": st.booleans()}), "number", 2
)
LINES = _lists(
    st.fixed_dictionaries({"login": st.sampled_from(LOGINS)}, optional={"secured": st.booleans()}), "login", 2
)
SERVERS = st.tuples(
    _lists(st.fixed_dictionaries({"name": st.sampled_from(NAMES), "motto": NOTES, "phones": st.just([])}), "name", 2),
    _lists(
        st.fixed_dictionaries({"number": st.sampled_from(NUMBERS), "note": NOTES, "login": st.sampled_from(LOGINS)}),
        "number",
        3,
    ),
)
HOLDERS = _lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(NAMES), "state": STATES},
        optional={"motto": NOTES, "phones": ASSIGNED, "prune_phones": st.booleans()},
    ),
    "name",
    2,
)
WISHES: dict[str, Any] = {"note": NOTES, "holder": st.sampled_from(NAMES), "state": STATES}
BY_NUMBER = st.fixed_dictionaries(
    {"number": st.sampled_from(NUMBERS)},
    optional={**WISHES, "lines": LINES, "prune_lines": st.booleans()},
)
BY_LOGIN = st.fixed_dictionaries({"login": st.sampled_from(LOGINS)}, optional=WISHES)
PHONES = st.lists(BY_NUMBER | BY_LOGIN, max_size=3, unique_by=lambda entry: (entry.get("number"), entry.get("login")))
PRUNES = st.sets(st.sampled_from(["holders", "phones"]))


# How many objects are written together, and whether the server begins with the last of them.
WAYS = st.tuples(st.integers(1, 4), st.booleans())


def _server(started_with: tuple[list[dict[str, Any]], list[dict[str, Any]]], way: tuple[int, bool]) -> MemoryGateway:
    gateway = MemoryGateway(strict=True, filled_in={"phones": []}, together=way[0])
    gateway.mishaps.backwards = way[1]
    for resource, objects in zip((HOLDER, PHONE), started_with, strict=True):
        for each in objects:
            gateway.put(resource, **each)
    return gateway


def _told(result: Result) -> list[Any]:
    """All that a prediction and a run have to agree on."""
    without_status = [{name: item for name, item in line.items() if name != "status"} for line in result["results"]]
    return [result["changed"], result["summary"], without_status, result["diff"]]


@settings(QUICK, max_examples=150)
@given(SERVERS, HOLDERS, PHONES, PRUNES, WAYS)
def test_check_mode_is_exact_and_a_second_run_changes_nothing(
    started_with: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    holders: list[dict[str, Any]],
    phones: list[dict[str, Any]],
    prunes: set[str],
    way: tuple[int, bool],
) -> None:
    gateway = _server(started_with, way)
    document = {"holders": holders, "phones": phones}
    behaviour: dict[str, Any] = {"prune": sorted(prunes), "allow_empty": True}
    before = copy.deepcopy(gateway.objects)
    predicted = config(gateway, document, check=True, **behaviour)
    assert gateway.objects == before, "check mode wrote"
    actual = config(gateway, document, **behaviour)
    if predicted.get("failed"):
        assert actual["msg"] == predicted["msg"]
        assert gateway.objects == before, "what was refused was not tried"
        return
    if "assumed" in predicted:
        assert actual["failed"]
        assert gateway.objects == before
        return
    assert not actual.get("failed"), actual["msg"]
    assert _told(actual) == _told(predicted)
    again = config(gateway, document, **behaviour)
    assert not again.get("failed"), again["msg"]
    assert again["changed"] is False, again["results"]
