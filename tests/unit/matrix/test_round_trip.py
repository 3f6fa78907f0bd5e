# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties over random states and random documents.

Whatever a server holds: the query's answer, fed back, changes nothing; this over real connections. Whatever a document
asks for: the server holds it afterwards, and the same document changes nothing. Examples are few and always the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

from tests.support.runner import OptionsRefused
from tests.unit.matrix.documents import Entry, changed_entries, entries
from tests.unit.matrix.paths import options_of
from tests.unit.matrix.registry import SUBJECTS
from tests.unit.matrix.running import Fleet, Running
from tests.unit.matrix.stores import State
from tests.unit.matrix.subjects import Server, Subject

QUICK = settings(
    max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
EVERY_SERVER = pytest.mark.parametrize(
    ("subject", "server"),
    [pytest.param(subject, server, id=server.name) for subject in SUBJECTS for server in subject.servers],
)


@EVERY_SERVER
@QUICK
@given(data=st.data())
def test_what_a_server_holds_is_described_and_kept(
    subject: Subject, server: Server, fleet: Fleet, data: st.DataObject
) -> None:
    running = fleet.reset(subject, server)
    subject.fill(data.draw, running.store)
    for name, choices in server.switches.items():
        setattr(running.simulator.settings, name, data.draw(st.sampled_from(choices)))
    objects = subject.count(running.store)
    info = running.runner.info()
    note(str(info))
    assert not info.get("failed"), info["msg"]
    assert sum(len(described) for described in info["config"].values()) == objects
    _changes_nothing(running, info["config"], objects)


@EVERY_SERVER
@QUICK
@given(data=st.data())
def test_what_a_document_asks_for_is_there_afterwards(
    subject: Subject, server: Server, fleet: Fleet, data: st.DataObject
) -> None:
    running = fleet.reset(subject, server)
    wanted = data.draw(entries(subject, server))
    others = data.draw(changed_entries(subject, server, wanted))
    with fleet.without_the_wire():
        held = _apply(running, wanted, [None] * len(wanted))
        _changes_nothing(running, _document(wanted), len(wanted))
        _apply(running, others, held)
        _changes_nothing(running, _document(others), len(others))


def _document(wanted: list[Entry]) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = {}
    for entry in wanted:
        options = options_of({path: sample.given for path, sample in entry.values.items()})
        document.setdefault(entry.resource.plural, []).append(options)
    return document


def _apply(running: Running, wanted: list[Entry], before: Sequence[State | None]) -> list[State]:
    """Carry the document out, and see that every object then holds what it asks for on top of what was before."""
    document = _document(wanted)
    note(str(document))
    predicted = running.runner.config(document, check=True)
    running.simulator.requests.clear()
    actual = running.runner.config(document)
    assert not actual.get("failed"), actual["msg"]
    assert (predicted["changed"], predicted["diff"]) == (actual["changed"], actual["diff"])
    assert predicted["summary"] == actual["summary"]
    assert bool(running.simulator.writes) is actual["changed"]
    return [_held(running, entry, state) for entry, state in zip(wanted, before, strict=True)]


def _held(running: Running, entry: Entry, before: State | None) -> State:
    server, kind = running.server, entry.resource.kind
    keeper = server.keepers.get(kind) or running.subject.keepers[kind]
    found = keeper.find(running.store, options_of({path: each.given for path, each in entry.key.items()}))
    assert found is not None, entry
    state, expected = keeper.state(running.store, found), keeper.after(before, entry.values)
    assert {path: state.get(path) for path in expected} == expected, entry
    return expected


def _changes_nothing(running: Running, document: dict[str, Any], objects: int) -> None:
    for check in (True, False):
        running.simulator.requests.clear()
        answer = running.runner.config(document, check=check)
        assert not answer.get("failed"), answer["msg"]
        assert answer["changed"] is False, answer["results"]
        assert answer["diff"] == []
        assert answer["summary"]["unchanged"] == objects
        assert running.simulator.writes == []
        assert running.simulator.open_sessions == 0


@EVERY_SERVER
def test_odd_things_on_a_server_do_not_spoil_its_description(subject: Subject, server: Server, fleet: Fleet) -> None:
    spoilt = []
    for name, prepare in subject.odd.items():
        running = fleet.reset(subject, server)
        prepare(running.store)
        info = running.runner.info()
        assert not info.get("failed"), info["msg"]
        running.simulator.requests.clear()
        try:
            with fleet.without_the_wire():
                answer = running.runner.config(info["config"])
        except OptionsRefused as refused:
            answer = {"failed": True, "msg": str(refused)}
        if answer.get("failed") or answer["changed"] or running.simulator.writes:
            spoilt.append(f"{name}: {answer.get('msg') or answer['results']}")
    assert not spoilt, "\n".join(spoilt)
