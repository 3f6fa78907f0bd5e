# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties over random states and random documents.

Whatever a server holds: the query's answer, fed back, changes nothing. Whatever a document asks for: the server holds
it afterwards, and the same document changes nothing. Examples are few and always the same.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

from tests.simulators.kerio_connect.store import Store as KerioStore
from tests.unit.matrix.conftest import Fleet
from tests.unit.matrix.dialects import SERVERS, Running, Server
from tests.unit.matrix.documents import Entry, changed_entries, entries
from tests.unit.matrix.samples import options_of
from tests.unit.matrix.states import fill_kerio, fill_mail
from tests.unit.matrix.stores import KEEPERS

QUICK = settings(
    max_examples=20, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
EVERY_SERVER = pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)


@EVERY_SERVER
@QUICK
@given(data=st.data())
def test_what_a_server_holds_is_described_and_kept(server: Server, fleet: Fleet, data: st.DataObject) -> None:
    running = fleet[server]
    store = running.store
    (fill_kerio if isinstance(store, KerioStore) else fill_mail)(data.draw, store)
    _vary(server, running, data)
    objects = len(store.users) if isinstance(store, KerioStore) else len(store.mailboxes) + len(store.aliases)
    info = running.runner.info()
    note(str(info))
    assert not info.get("failed"), info["msg"]
    assert sum(len(described) for described in info["config"].values()) == objects
    _changes_nothing(running, info["config"], objects)


def _vary(server: Server, running: Running, data: st.DataObject) -> None:
    """Ways to answer in which servers of one kind differ."""
    switches: dict[str, list[Any]] = {
        "kerio_connect": [("normalise_byte_units", [True, False]), ("unasked_fields", ["none", "id", "all"])],
        "rest": [("bool_read", ["json", "int", "string", "mixed"]), ("goto_read", ["text", "array"])],
        "mailcow": [("flags_as", ["number", "text"])],
    }
    for name, choices in switches[server.dialect]:
        setattr(running.simulator.settings, name, data.draw(st.sampled_from(choices)))


@EVERY_SERVER
@QUICK
@given(data=st.data())
def test_what_a_document_asks_for_is_there_afterwards(server: Server, fleet: Fleet, data: st.DataObject) -> None:
    running = fleet[server]
    wanted = data.draw(entries(server))
    _apply(running, wanted)
    _holds(running, wanted)
    _changes_nothing(running, _document(wanted), len(wanted))
    others = data.draw(changed_entries(server, wanted))
    _apply(running, others)
    _holds(running, [before.overlaid(after) for before, after in zip(wanted, others, strict=True)])
    _changes_nothing(running, _document(others), len(others))


def _document(wanted: list[Entry]) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = {}
    for entry in wanted:
        options = options_of({path: sample.given for path, sample in entry.values.items()})
        document.setdefault(entry.resource.plural, []).append(options)
    return document


def _apply(running: Running, wanted: list[Entry]) -> None:
    document = _document(wanted)
    note(str(document))
    predicted = running.runner.config(document, check=True)
    running.simulator.requests.clear()
    actual = running.runner.config(document)
    assert not actual.get("failed"), actual["msg"]
    assert (predicted["changed"], predicted["diff"]) == (actual["changed"], actual["diff"])
    assert predicted["summary"] == actual["summary"]
    assert bool(running.simulator.writes) is actual["changed"]


def _holds(running: Running, wanted: list[Entry]) -> None:
    for entry in wanted:
        keeper = KEEPERS[entry.resource.kind]
        found = keeper.find(running.store, options_of({path: each.given for path, each in entry.key.items()}))
        assert found is not None, entry
        state = keeper.state(running.store, found)
        for path, sample in entry.values.items():
            assert state[path] == sample.stored, (entry.resource.kind, path)


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
