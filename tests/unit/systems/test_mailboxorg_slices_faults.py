# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong while many objects of mailbox.org are written together: nothing is done twice, each is told honestly,
and a second run finishes the rest."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, Result, done
from tests.unit.systems.mailboxorg import BOB, CAROL, held, log_in_as
from tests.unit.systems.mailboxorg_slices import (
    ADDRESSES,
    MAILBOXES,
    MAILING_LISTS,
    SIZE,
    Kind,
    Part,
    every_kind,
    every_part,
    fill,
    make_room,
    prepare,
    wire,
)

NEW = MAILBOXES.document(MAILBOXES.entry)
ODD = ADDRESSES[17]
both_ways = pytest.mark.parametrize("on_error", ["stop", "continue"])


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


def statuses(result: Result) -> dict[str, str]:
    return {line["object"].rpartition(" ")[2]: line["status"] for line in result["results"]}


def failed(result: Result) -> list[str]:
    return [name for name, status in statuses(result).items() if status == "failed"]


def changed(**values: Any) -> dict[str, list[dict[str, Any]]]:
    return {"mailboxes": [{"email": address, **values} for address in ADDRESSES]}


def is_honest(bench: Bench, result: Result) -> None:
    """What is told as done is there, and what was not tried is not; what may be there counts as changed."""
    for address, status in statuses(result).items():
        there = address in bench.store.mailboxes
        assert there or status != "done", address
        assert not there or status != "not_done", address
    made = sum(address in bench.store.mailboxes for address in ADDRESSES)
    assert (result["changed"] or made == 0, result["failed"]) == (True, True)
    assert result["summary"]["created"] == list(statuses(result).values()).count("done")


def is_finished_later(bench: Bench, document: dict[str, list[dict[str, Any]]]) -> None:
    """The next run does what is left, and nothing else."""
    bench.sim.faults.clear()
    bench.predicted_config(document)
    assert bench.predicted_config(document)["changed"] is False
    assert {bench.store.mailbox(address).password for address in ADDRESSES} == {
        entry["password"] for entry in NEW["mailboxes"]
    }


# One of many.


@both_ways
@pytest.mark.parametrize("call", ["mail.add", "mail.set"])
def test_one_that_is_refused_leaves_its_neighbours_alone(server: Bench, call: str, on_error: str) -> None:
    server.sim.faults.add(Fault("rpc_error", call, times=9, about=ODD, code=90013, message="no room"))
    result = server.config(NEW, on_error=on_error)
    assert (failed(result), result["changed"]) == ([ODD], True)
    assert "no room" in result["msg"]
    assert result["failure"]["object"] == f"mailbox {ODD}"
    # What goes together is tried together; the next ones only if that is wished.
    assert result["summary"]["created"] == (99 if on_error == "stop" else SIZE - 1)
    assert (ODD in server.store.mailboxes) is (call == "mail.set")
    is_finished_later(server, NEW)


@pytest.mark.parametrize("times", [1, 2])
def test_one_that_is_refused_is_tried_once_more_alone(server: Bench, times: int) -> None:
    server.sim.faults.add(Fault("rpc_error", "mail.add", times=times, about=ODD, code=90013, message="busy"))
    result = server.config(NEW)
    assert failed(result) == ([ODD] if times == 2 else [])
    assert server.sim.faults.pending == []
    assert [
        record.batched for record in server.sim.writes if record.call == "mail.add" and ODD in str(record.params)
    ] == [
        True,
        False,
    ]


@both_ways
def test_somebody_else_makes_one_first(server: Bench, on_error: str) -> None:
    server.before("batch", lambda: server.store.add_mailbox(ODD, memo="theirs"))
    result = done(server.config(NEW, on_error=on_error))
    assert statuses(result)[ODD] == "done"
    assert (held(server, ODD)["last_name"], held(server, ODD)["memo"]) == ("N17", "theirs")
    assert server.predicted_config(NEW)["changed"] is False


def test_somebody_else_deletes_one_first(full: Bench) -> None:
    full.before("batch", lambda: full.store.mailboxes.pop(ODD))
    result = full.config(changed(memo="new"), on_error="continue")
    assert failed(result) == [ODD]
    assert result["summary"]["updated"] == SIZE - 1
    gone = full.predicted_config(changed(state="absent", allow_mail_loss=True))
    assert gone["summary"]["deleted"] == SIZE - 1


def test_an_address_moves_from_one_mailbox_to_another(full: Bench) -> None:
    """In whatever order the server works, one of them comes too early, and is tried once more."""
    for order in ("same", "reversed"):
        first, second = ADDRESSES[:2] if order == "same" else ADDRESSES[1::-1]
        full.store.mailbox(second).fields["aliases"] = ["desk@example.com"]
        document = changed(memo=order)
        for entry in document["mailboxes"]:
            entry["aliases"] = ["desk@example.com"] if entry["email"] == first else []
        assert full.predicted_config(document)["summary"]["failed"] == 0
        assert held(full, first)["aliases"] == ["desk@example.com"]
        full.store.mailbox(first).fields["aliases"] = []


@both_ways
def test_a_limit_is_reached_on_the_way(server: Bench, on_error: str) -> None:
    """Which ones find room is the server's choice; that the others were refused does not cost hundreds of requests."""
    server.store.account("example").fields["max_mailinglist"] = 50
    lists = MAILING_LISTS.document(MAILING_LISTS.entry)
    result = server.config(lists, on_error=on_error)
    made = server.store.account("example").mailinglists
    assert (len(made), result["summary"]["created"], result["changed"]) == (50, 50, True)
    assert "max_mailinglist" in result["msg"]
    assert {name for name, status in statuses(result).items() if status == "done"} == set(made)
    if on_error == "stop":
        assert len(wire(server)) < 12
    server.store.account("example").fields["max_mailinglist"] = SIZE
    assert server.predicted_config(lists)["summary"]["created"] == SIZE - 50
    assert server.predicted_config(lists)["changed"] is False


@every_kind
def test_what_is_refused_as_one_is_looked_into_as_one(server: Bench, kind: Kind) -> None:
    prepare(server, kind)
    call = kind.add[0].partition(" ")[0]
    server.sim.faults.add(Fault("rpc_error", call, times=999, code=90013, message="out of order"))
    result = server.config(kind.document(kind.entry))
    assert (result["changed"], result["summary"]["created"]) == (False, 0)
    assert Counter(line["status"] for line in result["results"]) == {"failed": 100, "not_done": SIZE - 100}
    assert len(wire(server)) < 12
    server.sim.faults.clear()
    assert server.predicted_config(kind.document(kind.entry))["summary"]["created"] == SIZE


def test_who_may_not_do_it_is_told_once(server: Bench) -> None:
    log_in_as(server, "reseller")
    server.store.account("example").owner = "reseller"
    result = server.config({"mailboxes": [{**CAROL, "email": "carol@example.com"}, *NEW["mailboxes"]]})
    assert result["failed"]
    assert result["changed"] is False
    assert len(wire(server)) < 12


def test_a_domain_without_its_record_does_not_hold_up_the_others(mailboxorg: Bench) -> None:
    names = [f"d{place}.example" for place in range(5)]
    for name in names[1:]:
        mailboxorg.store.publish_ownership("example", name)
    domains = [{"name": name, "account": "example", "password": "D0main-secret!"} for name in names]
    document = {"domains": domains, "mailboxes": [{**CAROL, "email": f"carol@{name}"} for name in names]}
    result = done(mailboxorg.config(document, when_unverified="pending"))
    assert Counter(statuses(result).values()) == {"done": 8, "pending": 2}
    assert statuses(result)["d0.example"] == statuses(result)["carol@d0.example"] == "pending"
    (line,) = [line for line in result["results"] if "dns_record" in line]
    assert line["object"] == "domain d0.example"
    result = mailboxorg.config(document)
    assert failed(result) == ["d0.example"]
    assert result["failure"]["object"] == "domain d0.example"


# Halves.


def test_one_that_is_half_made_is_told_and_finished_later(server: Bench) -> None:
    entries = [dict(entry) for entry in NEW["mailboxes"]]
    entries[17]["aliases"] = ["bob@example.com"]
    result = server.config({"mailboxes": entries}, on_error="continue")
    assert failed(result) == [ODD]
    assert result["failure"]["method"] == "mail.set"
    assert ODD in server.store.mailboxes
    is_finished_later(server, NEW)


def test_one_address_that_is_not_freed_is_told(full: Bench) -> None:
    refusal = Fault("rpc_error", "domain.deletelist.delete", times=9, about=ODD, code=90013, message="not now")
    full.sim.faults.add(refusal)
    gone = changed(state="absent", allow_mail_loss=True, free_address=True)
    result = full.config(gone, on_error="continue")
    assert (failed(result), list(full.store.deleted)) == ([ODD], [ODD])
    assert "not now" in result["msg"]
    assert not set(ADDRESSES) & full.store.mailboxes.keys()


@every_part
def test_one_part_that_is_refused_leaves_its_neighbours_alone(full: Bench, part: Part) -> None:
    call = {"vacations": "mail.vacation.set", "spam_protections": "mail.spamprotect.set"}
    method = call.get(part.plural, "mail.blacklist.add")
    full.sim.faults.add(Fault("rpc_error", method, times=9, about=ODD, code=90013, message="no"))
    result = full.config(part.document(), on_error="continue")
    assert (failed(result), result["summary"]["updated"]) == ([ODD], SIZE - 1)
    full.sim.faults.clear()
    assert full.predicted_config(part.document())["summary"]["updated"] == 1
    assert full.predicted_config(part.document())["changed"] is False


# Requests that are lost.


LOST: dict[str, tuple[str, dict[str, Any]]] = {
    "dropped before": ("drop_before", {}),
    "dropped after": ("drop_after", {}),
    "cut": ("truncated", {}),
    "cut and dropped": ("half_then_drop", {}),
    "page before": ("html", {}),
    "page after": ("html", {"processed": True}),
    "nothing before": ("empty", {}),
    "nothing after": ("empty", {"processed": True}),
    "502 before": ("status", {"status": 502}),
    "502 after": ("status", {"status": 502, "processed": True}),
    "unknown error": ("rpc_error", {"code": -32603}),
    "another list": ("status", {"status": 200, "body": "[]", "processed": True}),
    "no list": ("status", {"status": 200, "body": '{"result": true}', "processed": True}),
}
every_loss = pytest.mark.parametrize("lost", list(LOST))


def lose(bench: Bench, lost: str, **more: Any) -> None:
    kind, details = LOST[lost]
    bench.sim.faults.add(Fault(kind, "batch", **details, **more))


@every_loss
@pytest.mark.parametrize("after", [0, 1, 2])
def test_mailboxes_are_made_once_and_whole(server: Bench, lost: str, after: int) -> None:
    """The request that is lost adds the first hundred, completes them, or adds the others."""
    lose(server, lost, after=after)
    before = server.store.last_number
    result = done(server.config(NEW))
    assert server.sim.faults.pending == []
    assert set(statuses(result).values()) == {"done"}
    assert server.store.last_number == before + SIZE, "each was made once"
    assert [held(server, address)["aliases"] for address in ADDRESSES] == [
        [f"a{place}@example.com"] for place in range(SIZE)
    ]
    assert server.predicted_config(NEW)["changed"] is False


@every_loss
def test_mailboxes_are_changed_and_deleted_whatever_is_lost(full: Bench, lost: str) -> None:
    lose(full, lost)
    assert done(full.config(changed(memo="new")))["summary"]["updated"] == SIZE
    assert {held(full, address)["memo"] for address in ADDRESSES} == {"new"}
    # What the diff of a deletion shows is read before, in three requests.
    lose(full, lost, after=3)
    result = done(full.config(changed(state="absent", allow_mail_loss=True)))
    assert result["summary"]["deleted"] == SIZE
    assert not set(ADDRESSES) & full.store.mailboxes.keys()


@every_loss
@every_part
def test_parts_are_there_whatever_is_lost(full: Bench, part: Part, lost: str) -> None:
    lose(full, lost, after=len(part.read))
    result = done(full.config(part.document()))
    assert full.sim.faults.pending == []
    assert result["summary"]["updated"] == SIZE
    assert full.predicted_config(part.document())["changed"] is False
    for address in ADDRESSES:
        entries = full.store.mailbox(address).blacklist
        assert len(entries) == len(set(entries))


@both_ways
@every_loss
def test_what_stays_lost_is_told_honestly(server: Bench, lost: str, on_error: str) -> None:
    """After the first hundred were added, nothing comes back any more."""
    kind, details = LOST[lost]
    server.sim.faults.add(Fault(kind, after=2, times=999, **details))
    result = server.config(NEW, on_error=on_error)
    is_honest(server, result)
    assert set(statuses(result).values()) <= {"failed", "not_done"}
    # A server that answers is asked about each of them, even if it refuses everything.
    assert len(wire(server)) < 20 or lost == "unknown error"
    is_finished_later(server, NEW)


@pytest.mark.parametrize("kind", ["wrong_id", "replace_result"])
def test_an_answer_that_is_missing_is_found_out(server: Bench, kind: str) -> None:
    more: dict[str, Any] = {"result": {"mail": "somebody@else.example"}} if kind == "replace_result" else {}
    server.sim.faults.add(Fault(kind, "mail.add", about=ODD, **more))
    before = server.store.last_number
    # It was made, so that what was left to do of it was a change.
    summary = done(server.config(NEW))["summary"]
    assert (summary["created"] + summary["updated"], summary["failed"]) == (SIZE, 0)
    assert server.store.last_number == before + SIZE
    assert server.predicted_config(NEW)["changed"] is False


@pytest.mark.parametrize("processed", [True, False])
@pytest.mark.parametrize("code", [-32603, 500])
def test_an_error_inside_the_server_is_found_out(server: Bench, code: int, processed: bool) -> None:
    server.sim.faults.add(Fault("rpc_error", "mail.add", about=ODD, code=code, processed=processed))
    before = server.store.last_number
    summary = done(server.config(NEW))["summary"]
    assert (summary["created"], summary["updated"]) == (SIZE - processed, int(processed))
    assert server.store.last_number == before + SIZE
    assert server.predicted_config(NEW)["changed"] is False


# Sessions.


@pytest.mark.parametrize("call", ["mail.add", "mail.set"])
@pytest.mark.parametrize("place", [0, 17, 99, 110])
def test_a_session_that_ends_inside_a_request_is_renewed_once(server: Bench, place: int, call: str) -> None:
    """What came before it was done, and what came after it was refused, so that is sent again."""
    server.sim.faults.add(Fault("expire_session", call, about=f'"{ADDRESSES[place]}"'))
    before = server.store.last_number
    result = done(server.config(NEW))
    assert (result["summary"]["created"], server.logins) == (SIZE, 2)
    assert server.store.last_number == before + SIZE
    sent = Counter(record.params["mail"] for record in server.sim.writes if record.call == call)
    again = {address for address, count in sent.items() if count == 2}
    assert again == set(ADDRESSES[place : 100 if place < 100 else SIZE])
    assert server.predicted_config(NEW)["changed"] is False


def test_a_session_that_ends_before_a_request_is_renewed_once(server: Bench) -> None:
    server.sim.faults.add(Fault("expire_session", "batch"))
    assert done(server.config(NEW))["summary"]["created"] == SIZE
    assert server.logins == 2


def test_a_session_that_ends_for_good_is_told_honestly(server: Bench) -> None:
    server.sim.faults.add(Fault("expire_session", "mail.add", times=999, about=f'"{ADDRESSES[50]}"'))
    result = server.config(NEW, on_error="continue")
    assert (result["failed"], result["changed"]) == (True, True)
    assert "session was refused again" in result["msg"]
    assert server.logins <= 3
    is_honest(server, result)
    is_finished_later(server, NEW)


def test_a_login_that_is_refused_when_it_is_renewed_ends_it(server: Bench) -> None:
    def lock_out() -> None:
        server.sim.sessions.clear()  # type: ignore[attr-defined]
        server.store.account("example").password = "Another-1!"

    server.before("batch", lock_out, number=2)
    result = server.config(NEW, on_error="continue")
    assert result["failed"]
    assert "login" in result["msg"]
    assert server.logins == 2, "never twice with a password that was refused"
    assert Counter(statuses(result).values())["done"] == 0
    assert BOB["email"] in server.store.mailboxes


# Servers that take less.


@both_ways
def test_more_than_a_server_takes_at_once(server: Bench, on_error: str) -> None:
    server.sim.settings.batch_limit = 99
    before = server.store.last_number
    assert done(server.config(NEW, on_error=on_error))["summary"]["created"] == SIZE
    assert server.store.last_number == before + SIZE


def test_a_server_without_batches_stops_at_the_first_failure(full: Bench) -> None:
    """As soon as it is known, one goes after another."""
    full.sim.settings.batch = "unsupported"
    full.sim.faults.add(Fault("rpc_error", "mail.set", times=9, about=ADDRESSES[105], code=90013, message="no"))
    result = full.config(changed(memo="new"))
    assert failed(result) == [ADDRESSES[105]]
    assert list(statuses(result).values()) == ["done"] * 105 + ["failed"] + ["not_done"] * 14
    assert [held(full, address)["memo"] for address in ADDRESSES[106:]] == [""] * 14
