# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any document on any server: what check mode predicts is what a run does, and a second run changes nothing.

Holders and phones refer to each other, phones are named by number or login, and the server refuses dangling references.
"""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import ServerRefusal, Uncertain
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


@settings(QUICK, max_examples=80)
@given(
    SERVERS,
    HOLDERS,
    st.lists(BY_NUMBER, max_size=3, unique_by=lambda entry: entry["number"]),
    st.sets(st.integers(0, 5)),
    st.sets(st.integers(0, 5)),
    WAYS,
)
def test_in_company_a_document_comes_to_the_same_as_one_by_one(
    started_with: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    holders: list[dict[str, Any]],
    phones: list[dict[str, Any]],
    refused: set[int],
    unsure: set[int],
    way: tuple[int, bool],
) -> None:
    """With fields that have to wait: some objects are refused every time, of others the fate is not known at first."""
    document = {"holders": holders, "phones": phones}
    predicted = config(_server(started_with, (1, False)), document, check=True)
    if predicted.get("failed") or "assumed" in predicted:
        return
    labels = [line["object"].split(" ", 1)[1] for line in predicted["results"]]
    found = []
    for gateway in (_server(started_with, (1, False)), _server(started_with, way)):
        for number, label in enumerate(labels):
            for call in ("create", "update", "delete"):
                if number in unsure:
                    gateway.on(call, Uncertain("lost"), processed=number % 2 == 0, about=label)
                for _each in range(6 if number in refused else 0):
                    gateway.on(call, ServerRefusal(f"no {label}"), about=label)
        result = config(gateway, document, on_error="continue")
        gateway.mishaps.end()
        again = config(gateway, document, on_error="continue")
        assert not again.get("failed"), again["msg"]
        found.append((_told(result), [line["status"] for line in result["results"]], _told(again), _values(gateway)))
    assert found[0] == found[1]


def _values(gateway: MemoryGateway) -> dict[Any, Any]:
    return {place: held.values for place, held in gateway.objects.items()}
