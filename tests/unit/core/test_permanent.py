# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that come and go with another one: nobody makes or deletes them, and their first change may be foreseen."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import (
    Option,
    config_options,
    info_options,
    object_options,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import plan
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.memory_system import memory_system
from tests.unit.core.samples import TOWN
from tests.unit.core.tasks import config, info, lines, task
from tests.unit.core.teams import BARE, PLAQUE, PLAYER, plaque

ANN = "ann@example.com"
ANN_PLAYS: dict[str, Any] = {"name": "ann", "town": "example.com"}


@pytest.fixture
def gateway() -> MemoryGateway:
    found = MemoryGateway(strict=True, owned={"player": (PLAQUE, BARE)})
    found.put(TOWN, name="example.com")
    return found


def _held(gateway: MemoryGateway) -> dict[str, Any]:
    return gateway.held(PLAQUE, ANN) or {}


# Plans.


def test_the_first_change_of_one_whose_owner_is_yet_to_come_counts_as_its_creation() -> None:
    step = plan(plaque(title="Captain"), None)
    assert (step.action, dict(step.send)) == ("create", {"player": ANN, "title": "Captain"})
    assert [needed.name for needed in step.needs()] == [ANN]


def test_where_nothing_is_wanted_of_it_nothing_is_done() -> None:
    step = plan(plaque(), None)
    assert (step.action, dict(step.send), step.needs()) == ("none", {}, ())


def test_an_existing_one_is_changed_like_any_other(gateway: MemoryGateway) -> None:
    gateway.put(PLAYER, **ANN_PLAYS)
    current = gateway.read(PLAQUE, {"player": ANN})
    assert plan(plaque(title="Captain"), current).action == "update"
    assert plan(plaque(title="", colours=[]), current).action == "none"


# Options.


def _choices(options: tuple[Option, ...], name: str) -> tuple[str, ...]:
    (option,) = [each for each in options if each.name == name]
    return option.choices


def test_it_has_no_state_and_cannot_be_pruned() -> None:
    system = memory_system(MemoryGateway())
    assert "state" not in {option.name for option in object_options(PLAQUE)}
    assert "state" in {option.name for option in object_options(PLAYER)}
    (document,) = [option for option in config_options(system) if option.name == "config"]
    (entries,) = [option for option in document.suboptions if option.name == "plaques"]
    assert "state" not in {option.name for option in entries.suboptions}
    prunable = _choices(config_options(system), "prune")
    assert set(prunable) == {resource.plural for resource in system.declared} - {"plaques"}
    assert "plaques" in _choices(info_options(system), "resources")


# Tasks.


def test_a_task_about_one_needs_its_owner(gateway: MemoryGateway) -> None:
    options = {"player": ANN, "title": "Captain"}
    predicted = task(gateway, PLAQUE, options, check=True)
    assert predicted["assumed"] == [f"player {ANN}"]
    refused = task(gateway, PLAQUE, options)
    assert refused["failed"]
    assert f"player '{ANN}' does not exist on the server; create it first, or correct player" in refused["msg"]
    gateway.put(PLAYER, **ANN_PLAYS)
    made = task(gateway, PLAQUE, options)
    assert made["changed"] is True
    assert made["plaque"] == {**predicted["plaque"], **BARE, "title": "Captain"}
    assert task(gateway, PLAQUE, options)["changed"] is False


@pytest.mark.parametrize("wish", [{"title": "Captain"}, {"colours": ["red"], "append": True}])
def test_owner_and_change_in_one_document(gateway: MemoryGateway, wish: dict[str, Any]) -> None:
    document = {"players": [ANN_PLAYS], "plaques": [{"player": ANN, **wish}]}
    predicted = config(gateway, document, check=True)
    assert "assumed" not in predicted
    assert gateway.held(PLAYER, "ann", "example.com") is None
    actual = config(gateway, document)
    assert lines(actual) == [(f"player {ANN}", "create", "done"), (f"plaque {ANN}", "create", "done")]
    assert (actual["summary"], actual["diff"]) == (predicted["summary"], predicted["diff"])
    assert {name: _held(gateway)[name] for name in wish if name != "append"} == {
        name: value for name, value in wish.items() if name != "append"
    }
    assert config(gateway, document)["changed"] is False


def test_an_entry_that_wants_nothing_is_no_change_whether_the_owner_comes_or_not(gateway: MemoryGateway) -> None:
    result = config(gateway, {"players": [ANN_PLAYS], "plaques": [{"player": ANN}]})
    assert lines(result) == [(f"player {ANN}", "create", "done")]
    assert result["summary"]["unchanged"] == 1
    assert config(gateway, {"plaques": [{"player": "nobody@example.com"}]})["changed"] is False


def test_it_goes_with_its_owner_and_is_not_counted(gateway: MemoryGateway) -> None:
    gateway.put(PLAYER, **ANN_PLAYS)
    gateway.objects["plaque", (ANN,)].values["title"] = "Captain"
    result = config(gateway, {}, prune=["players"], allow_empty=True, max_deletions=1)
    assert lines(result) == [(f"player {ANN}", "delete", "done")]
    assert _held(gateway) == {}


def test_a_document_does_not_change_one_whose_owner_it_deletes(gateway: MemoryGateway) -> None:
    gateway.put(PLAYER, **ANN_PLAYS)
    document = {"players": [{**ANN_PLAYS, "state": "absent"}], "plaques": [{"player": ANN, "title": "Captain"}]}
    for check in (True, False):
        result = config(gateway, document, check=check)
        assert f"config.plaques[0].player: player {ANN} is deleted by the same run" in result["msg"]
    assert gateway.held(PLAYER, "ann", "example.com")


def test_a_query_shows_every_one_and_a_document_takes_it_back(gateway: MemoryGateway) -> None:
    gateway.put(PLAYER, **ANN_PLAYS)
    gateway.put(PLAYER, **{**ANN_PLAYS, "name": "bob"})
    shown = info(gateway)["config"]
    assert [entry["player"] for entry in shown["plaques"]] == [ANN, "bob@example.com"]
    assert config(gateway, shown)["changed"] is False
