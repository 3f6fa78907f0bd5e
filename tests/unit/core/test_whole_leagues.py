# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any document about towns, players, teams and plaques, with lists that are owned or added to, pruning, and failures.

What check mode predicts is what a run does, a second run changes nothing, and after failures a re-run does the rest.
"""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import ServerRefusal, Uncertain
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import TOWN
from tests.unit.core.strategies import QUICK
from tests.unit.core.tasks import Result, config, info
from tests.unit.core.teams import BARE, COLOURS, PLAQUE, PLAYER, TEAM

Document = dict[str, list[dict[str, Any]]]

TOWNS, PLAYERS, TEAMS = ["a.example", "b.example"], ["ann", "bob"], ["reds", "blues", "champions"]
ADDRESSES = [f"{name}@{town}" for name in PLAYERS for town in TOWNS]
MOTTOS = st.sampled_from(["", "x"])
STATES = st.sampled_from(["present", "present", "absent"])
KEYS = st.fixed_dictionaries({"town": st.sampled_from(TOWNS)})
ROUNDS = st.lists(
    st.fixed_dictionaries(
        {"against": st.sampled_from([f"{name}@{town}" for name in TEAMS[:2] for town in TOWNS])},
        optional={"week": st.integers(1, 2), "home": st.booleans()},
    ),
    max_size=2,
    unique_by=lambda entry: (entry["against"], entry.get("week")),
)


def _entries(required: dict[str, Any], optional: dict[str, Any], size: int) -> st.SearchStrategy[Any]:
    names = ("name", "town", "player")
    return st.lists(
        st.fixed_dictionaries(required, optional=optional),
        max_size=size,
        unique_by=lambda entry: tuple(entry.get(name) for name in names),
    )


def _in_town(names: list[str]) -> dict[str, Any]:
    return {"name": st.sampled_from(names), "town": st.sampled_from(TOWNS)}


APPEND = {"append": st.booleans()}
DOCUMENTS = st.fixed_dictionaries(
    {
        "towns": _entries({"name": st.sampled_from(TOWNS)}, {"motto": MOTTOS, "state": STATES}, 2),
        "players": _entries(_in_town(PLAYERS), {"motto": MOTTOS, "state": STATES}, 3),
        "teams": _entries(
            _in_town(TEAMS),
            {
                **APPEND,
                "motto": MOTTOS,
                "members": st.lists(st.sampled_from(PLAYERS), max_size=2),
                "rounds": ROUNDS,
                "staff": st.fixed_dictionaries({}, optional={"trainer": st.sampled_from(["", *ADDRESSES])}),
                "state": STATES,
            },
            3,
        ),
        "plaques": _entries(
            {"player": st.sampled_from(ADDRESSES)},
            {**APPEND, "title": MOTTOS, "colours": st.lists(st.sampled_from(COLOURS), max_size=3, unique=True)},
            2,
        ),
    }
)
PRUNES = st.sets(st.sampled_from(["towns", "players", "teams"]))
# Towns, their players, and teams with members, a trainer and rounds.
SERVERS = st.tuples(
    st.sampled_from([set(TOWNS), set(TOWNS), {"a.example"}, set[str]()]),
    st.sampled_from([set(PLAYERS), {"bob"}, set[str]()]),
    st.sets(st.sampled_from(TEAMS)),
    st.booleans(),
)


# How many objects are written together, and whether the server begins with the last of them.
WAYS = st.tuples(st.integers(1, 4), st.booleans())


def _server(
    towns: set[str], players: set[str], teams: set[str], full: bool, way: tuple[int, bool] = (1, False)
) -> MemoryGateway:
    gateway = MemoryGateway(strict=True, owned={"player": (PLAQUE, BARE)}, relations=(TEAM,), together=way[0])
    gateway.mishaps.backwards = way[1]
    gateway.filled_in = {"members": [], "rounds": [], "staff": {"trainer": ""}}
    for town in sorted(towns):
        gateway.put(TOWN, name=town, motto="")
        for name in sorted(players):
            gateway.put(PLAYER, name=name, town=town, motto="")
        for name in sorted(teams):
            more: dict[str, Any] = {"members": sorted(players)} if full else {}
            if full and players:
                more["staff"] = {"trainer": f"{min(players)}@{town}"}
            gateway.put(TEAM, name=name, town=town, motto="", **more)
    return gateway


def _told(result: Result) -> list[Any]:
    """All that a prediction and a run have to agree on."""
    without_status = [{name: item for name, item in line.items() if name != "status"} for line in result["results"]]
    return [result["changed"], result["summary"], without_status, result["diff"]]


@settings(QUICK, max_examples=200)
@given(SERVERS, DOCUMENTS, PRUNES, WAYS)
def test_check_mode_is_exact_and_a_second_run_changes_nothing(
    server: tuple[set[str], set[str], set[str], bool], document: Document, prunes: set[str], way: tuple[int, bool]
) -> None:
    gateway = _server(*server, way)
    behaviour: dict[str, Any] = {"prune": sorted(prunes), "allow_empty": True, "max_deletions": 99}
    before = copy.deepcopy(gateway.objects)
    predicted = config(gateway, document, check=True, **behaviour)
    assert gateway.objects == before, "check mode wrote"
    actual = config(gateway, document, **behaviour)
    if predicted.get("failed") or "assumed" in predicted:
        assert actual["failed"]
        assert gateway.objects == before, "what was refused was not tried"
        # What check mode assumes to be coming, a run misses before anything else.
        assert "assumed" in predicted or actual["msg"] == predicted["msg"] or "create it first" in actual["msg"]
        return
    assert not actual.get("failed"), actual["msg"]
    assert _told(actual) == _told(predicted)
    again = config(gateway, document, **behaviour)
    assert not again.get("failed"), again["msg"]
    assert again["changed"] is False, again["results"]
    told = info(gateway)["config"]
    assert config(gateway, told)["changed"] is False
    named = {f"player {entry['name']}@{entry['town']}" for entry in document["players"]}
    trainers = {f"player {team['staff'].get('trainer')}" for team in told["teams"]}
    assert trainers.isdisjoint(_gone(actual) - named), "what is still named was pruned"


def _gone(result: Result) -> set[str]:
    return {line["object"] for line in result["results"] if line["action"] == "delete"}


@settings(QUICK, max_examples=100)
@given(SERVERS, DOCUMENTS, PRUNES, st.sets(st.integers(0, 5), min_size=1), WAYS)
def test_after_failures_a_re_run_does_the_rest(
    server: tuple[set[str], set[str], set[str], bool],
    document: Document,
    prunes: set[str],
    failing: set[int],
    way: tuple[int, bool],
) -> None:
    """Any of the first writes is refused, others go on; what is told as done is done, and nothing is done twice."""
    behaviour: dict[str, Any] = {"prune": sorted(prunes), "allow_empty": True, "max_deletions": 99}
    smooth = _server(*server)
    expected = config(smooth, document, **behaviour)
    if expected.get("failed"):
        return
    gateway = _server(*server, way)
    for call in ("create", "update", "delete"):
        for number in range(6):
            gateway.on(call, ServerRefusal("no", code=400) if number in failing else None)
    result = config(gateway, document, on_error="continue", **behaviour)
    broken = [line for line in result["results"] if line["status"] in ("failed", "not_done", "unfinished")]
    assert bool(broken) == bool(result.get("failed"))
    missing = {line["object"] for line in expected["results"]} - {line["object"] for line in result["results"]}
    assert all(name.startswith("plaque ") for name in missing), "a refused one may say what is wished by itself"
    assert all("error" in line for line in broken if line["status"] == "failed")
    assert all("blocked_by" in line for line in broken if line["status"] == "not_done"), broken
    _assert_true(result, gateway)
    for _each in range(2):  # mishaps may be left for the second run
        gateway.mishaps.end()
        result = config(gateway, document, on_error="continue", **behaviour)
        assert not result.get("failed"), result["msg"]
    assert result["changed"] is False
    assert _needless(gateway) == []
    assert _values(gateway) == _values(smooth)


@settings(QUICK, max_examples=100)
@given(SERVERS, DOCUMENTS, PRUNES, st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)), WAYS)
def test_in_company_a_document_comes_to_the_same_as_one_by_one(
    server: tuple[set[str], set[str], set[str], bool],
    document: Document,
    prunes: set[str],
    refused: set[int],
    unsure: set[int],
    way: tuple[int, bool],
) -> None:
    """Some objects are refused every time, of others the fate is not known at first: others go on, on both servers."""
    behaviour: dict[str, Any] = {"prune": sorted(prunes), "allow_empty": True, "max_deletions": 99}
    predicted = config(_server(*server), document, check=True, **behaviour)
    if predicted.get("failed") or "assumed" in predicted:
        return
    labels = [line["object"].split(" ", 1)[1] for line in predicted["results"]]
    found = []
    company = _server(*server, way)
    company.dear = frozenset({"motto", "title", "colours"})
    for gateway in (_server(*server), company):
        for number, label in enumerate(labels):
            for call in ("create", "update", "delete"):
                if number in unsure:
                    gateway.on(call, Uncertain("lost"), processed=number % 2 == 0, about=label)
                for _each in range(4 if number in refused else 0):
                    gateway.on(call, ServerRefusal(f"no {label}"), about=label)
        result = config(gateway, document, on_error="continue", **behaviour)
        _assert_true(result, gateway)
        assert _needless(gateway) == []
        found.append((result["results"], result["summary"], result["changed"], _values(gateway)))
    assert found[0] == found[1]


@settings(QUICK, max_examples=80)
@given(SERVERS, DOCUMENTS, PRUNES, st.sets(st.sampled_from(["motto", "title", "colours"]), min_size=1), WAYS)
def test_what_nobody_looks_at_need_not_be_told(
    server: tuple[set[str], set[str], set[str], bool],
    document: Document,
    prunes: set[str],
    dear: set[str],
    way: tuple[int, bool],
) -> None:
    """A server that leaves out fields which no entry names gets the same changes, and the task the same result."""
    behaviour: dict[str, Any] = {"prune": sorted(prunes), "allow_empty": True, "max_deletions": 99}
    plain, sparing = _server(*server, way), _server(*server, way)
    sparing.dear = frozenset(dear)
    for check in (True, False, False):
        assert config(sparing, document, check=check, **behaviour) == config(plain, document, check=check, **behaviour)
    assert _values(sparing) == _values(plain)


def _assert_true(result: Result, gateway: MemoryGateway) -> None:
    """What is told of each object agrees with what the server did."""
    carried_out = {name for _call, name in gateway.effects}
    for line in result["results"]:
        if line["status"] == "not_done":
            assert line["object"] not in carried_out, line
        elif line["status"] in ("done", "unfinished") and line["action"] != "none":
            assert line["object"] in carried_out, line


def _needless(gateway: MemoryGateway) -> list[str]:
    """What was sent and was there already. What a new plaque says by itself, nobody knows before."""
    return [name for _call, name in gateway.idle if not name.startswith("plaque ")]


def _values(gateway: MemoryGateway) -> dict[Any, Any]:
    return {place: held.values for place, held in gateway.objects.items()}
