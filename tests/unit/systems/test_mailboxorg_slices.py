# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects of mailbox.org in one document: how few requests they cost, and that each gets what is its own."""

from __future__ import annotations

import pytest

from tests.unit.systems.bench import Bench, done
from tests.unit.systems.mailboxorg import held, sent, take_up
from tests.unit.systems.mailboxorg_slices import (
    ADDRESSES,
    GROUPS,
    SIZE,
    Kind,
    every_kind,
    fill,
    make,
    make_room,
    prepare,
    wire,
)


@pytest.fixture
def server(mailboxorg: Bench) -> Bench:
    """A server with room for them."""
    make_room(mailboxorg)
    return mailboxorg


@pytest.fixture
def full(mailboxorg: Bench) -> Bench:
    """A server with as many mailboxes besides its own."""
    fill(mailboxorg)
    return mailboxorg


# Writes.


@every_kind
def test_what_is_new_goes_together(server: Bench, kind: Kind) -> None:
    prepare(server, kind)
    result = done(server.config(kind.document(kind.entry)))
    assert result["summary"]["created"] == SIZE
    before = [call for call in kind.listed if " x" not in call or call == "account.get x3"]
    assert [call for call in wire(server) if not call.startswith(("domain.get", "account.get"))] == [
        *before,
        *kind.add,
        *kind.read_back,
    ]
    server.forget_requests()
    again = done(server.config(kind.document(kind.entry)))
    assert (again["changed"], wire(server)) == (False, kind.listed)


@every_kind
def test_what_changes_differently_goes_together(server: Bench, kind: Kind) -> None:
    make(server, kind)
    document = kind.document(lambda place: kind.named(place) | kind.change(place))
    result = done(server.config(document))
    assert result["summary"]["updated"] == SIZE
    assert wire(server) == [*kind.listed, *kind.set, *kind.read_back]
    server.forget_requests()
    assert done(server.config(document))["changed"] is False
    assert wire(server) == kind.listed


@every_kind
def test_what_changes_alike_goes_together(server: Bench, kind: Kind) -> None:
    make(server, kind)
    document = kind.document(lambda place: kind.named(place) | kind.alike)
    assert done(server.config(document))["summary"]["updated"] == SIZE
    members = ["mail.list"] if kind is GROUPS else []
    assert wire(server) == [*kind.listed, *members, *kind.set, *kind.read_back]
    assert server.predicted_config(document)["changed"] is False


@every_kind
def test_what_goes_goes_together(server: Bench, kind: Kind) -> None:
    make(server, kind)
    document = kind.document(lambda place: kind.named(place) | kind.removal | {"state": "absent"})
    assert done(server.config(document))["summary"]["deleted"] == SIZE
    found = [call for call in wire(server) if call.startswith(kind.delete[0].partition(" ")[0])]
    assert found == kind.delete
    assert len(wire(server)) <= len(kind.listed) + len(kind.delete) + 10
    again = server.predicted_config(document)
    assert (again["changed"], again["summary"]["unchanged"]) == (False, SIZE)


@every_kind
def test_check_mode_writes_nothing_and_says_the_same(server: Bench, kind: Kind) -> None:
    prepare(server, kind)
    for of in (kind.entry, lambda place: kind.named(place) | kind.change(place)):
        server.predicted_config(kind.document(of))
    server.predicted_config(kind.document(lambda place: kind.named(place) | kind.removal | {"state": "absent"}))


# Habits of servers.


@pytest.mark.parametrize("habit", ["batches reversed", "no batches", "short batches", "2022", "null members"])
@every_kind
def test_servers_that_answer_otherwise_come_to_the_same(server: Bench, kind: Kind, habit: str) -> None:
    prepare(server, kind)
    take_up(server, habit)
    for of in (kind.entry, lambda place: kind.named(place) | kind.change(place)):
        result = done(server.config(kind.document(of)))
        assert sum(result["summary"][name] for name in ("created", "updated")) == SIZE
        assert done(server.config(kind.document(of)))["changed"] is False


def test_a_server_without_batches_is_asked_once(full: Bench) -> None:
    """The refused request brought nothing; from then on, objects are written one after another."""
    full.sim.settings.batch = "unsupported"
    document = {"mailboxes": [{"email": address, "memo": "new"} for address in ADDRESSES]}
    done(full.config(document))
    together = [record for record in full.sim.requests if record.call == "batch"]
    assert len(together) <= 2, "one for writes and one for reads"
    assert [call for call, _params in sent(full)] == ["mail.set"] * (100 + SIZE)
    assert {held(full, address)["memo"] for address in ADDRESSES} == {"new"}
