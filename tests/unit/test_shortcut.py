# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that take the shortcut past the wire really take it, and those that are about the wire do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from requests.adapters import HTTPAdapter

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM
from tests.simulators import Fault, KerioConnect
from tests.support.runner import Runner
from tests.support.shortcut import in_this_process


@pytest.fixture
def simulator() -> Iterator[KerioConnect]:
    with KerioConnect() as running, in_this_process({running.url: running}):
        yield running


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The URLs of what goes over the wire."""
    urls: list[str] = []
    usual = HTTPAdapter.send

    def send(adapter: HTTPAdapter, request: Any, *given: Any, **options: Any) -> Any:
        urls.append(request.url)
        return usual(adapter, request, *given, **options)

    monkeypatch.setattr(HTTPAdapter, "send", send)
    return urls


def test_nothing_goes_over_the_wire(simulator: KerioConnect, sent: list[str]) -> None:
    result = Runner(SYSTEM, simulator).info()
    assert result["config"]["users"]
    assert len(simulator.requests) > 2, "login, logout and lists"
    assert not sent


def test_a_run_that_meets_a_fault_does(simulator: KerioConnect, sent: list[str]) -> None:
    simulator.faults.add(Fault("html", call="Users.get"))
    result = Runner(SYSTEM, simulator).info()
    assert result["failed"]
    assert sent


@pytest.fixture
def over_the_wire(simulator: KerioConnect, tmp_path: Path) -> Runner:
    """Trust that is not said in the usual way."""
    copy = tmp_path / "authority.pem"
    copy.write_text(Path(simulator.ca_path).read_text())
    return Runner(SYSTEM, simulator, ca_path=str(copy))


def test_a_run_with_authorities_of_its_own_does(
    simulator: KerioConnect, over_the_wire: Runner, sent: list[str]
) -> None:
    assert over_the_wire.info()["config"]["users"]
    assert len(sent) == sum(not record.batched for record in simulator.requests)


def test_both_ways_come_to_the_same(simulator: KerioConnect, over_the_wire: Runner, sent: list[str]) -> None:
    past_the_wire = Runner(SYSTEM, simulator).info()
    past = [(record.call, record.params) for record in simulator.requests]
    assert not sent
    simulator.requests.clear()
    assert over_the_wire.info() == past_the_wire
    assert [(record.call, record.params) for record in simulator.requests] == past
    assert sent
