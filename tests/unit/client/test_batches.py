# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many reads in one request: complete and in order, whatever the server makes of JSON-RPC arrays; never a write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client.batches import MOST_READS, read_many
from ansible_collections.postmaster.comms.plugins.module_utils._client.http import Http, Target
from ansible_collections.postmaster.comms.plugins.module_utils._client.jsonrpc import (
    ARRAYS,
    JsonRpc,
    Protocol,
    RpcError,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    PostmasterError,
    ServerRefusal,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import Redactor
from tests.simulators import Fault, MailboxOrg
from tests.unit.client.servers import Trial

READ, SINGLE, MANY = "mail.get", "mail.get", "batch"
PROTOCOL = Protocol(
    path="/v1/",
    reads=frozenset({READ}),
    session_methods=frozenset({"auth", "deauth"}),
    session_expired=frozenset({253}),
    translate=lambda method, error: ServerRefusal(error.message, method=method, code=error.code),
    batches=ARRAYS,
)


class Bench:
    """A client for one server with many mailboxes, and what went over the wire."""

    def __init__(self, sim: MailboxOrg, *, read_only: bool = False) -> None:
        self.sim = sim
        self.http = Http(Target("The server", sim.url, ca_path=sim.ca_path, read_only=read_only), Redactor())
        self.rpc = JsonRpc(self.http, PROTOCOL, self._login)

    def _login(self, rpc: JsonRpc) -> None:
        user, password = self.sim.credentials()
        answer = rpc.session_call("auth", {"user": user, "pass": password})
        assert not isinstance(answer, RpcError)
        rpc.headers["HPLS-AUTH"] = answer["session"]

    def people(self, count: int) -> list[str]:
        """So many addresses that exist."""
        names = [f"p{number}@example.com" for number in range(count)]
        for name in names:
            self.sim.store.add_mailbox(name, password="x", memo=f"memo of {name}")
        return names

    def read(self, names: list[str]) -> list[str]:
        """The memos of some mailboxes, which tell whose they are."""
        return [row["memo"] for row in read_many(self.rpc, READ, [{"mail": name} for name in names])]

    @property
    def calls(self) -> list[str]:
        """Requests on the wire, logins apart."""
        return [record.call for record in self.sim.requests if record.call != "auth" and not record.batched]


@pytest.fixture
def bench(mailboxorg: Trial) -> Iterator[Bench]:
    found = Bench(mailboxorg.sim)
    yield found
    found.http.close()


def _memos(names: list[str]) -> list[str]:
    return [f"memo of {name}" for name in names]


@pytest.mark.parametrize(
    ("count", "requests"),
    [
        (0, []),
        (1, [SINGLE]),
        (2, [MANY]),
        (MOST_READS, [MANY]),
        (MOST_READS + 1, [MANY, SINGLE]),
        (2 * MOST_READS + 2, [MANY, MANY, MANY]),
    ],
)
def test_reads_are_packed_into_few_requests(bench: Bench, count: int, requests: list[str]) -> None:
    names = bench.people(count)
    assert bench.read(names) == _memos(names)
    assert bench.calls == requests
    assert bench.http.usage.calls == len(requests) + bench.http.usage.logins
    assert bench.http.usage.logins == (1 if count else 0)
    assert bench.http.usage.writes == 0


def test_no_batch_is_larger_than_fifty(bench: Bench) -> None:
    names = bench.people(2 * MOST_READS + 7)
    bench.read(names)
    batched = [record.params["mail"] for record in bench.sim.requests if record.batched]
    assert MOST_READS == 50
    assert batched == names


@pytest.mark.parametrize("order", ["same", "reversed"])
def test_answers_may_come_in_any_order(bench: Bench, order: str) -> None:
    bench.sim.settings.batch = order  # type: ignore[assignment]
    names = bench.people(MOST_READS + 3)[::-1]
    assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY, MANY]


def test_what_is_asked_for_twice_is_answered_twice(bench: Bench) -> None:
    (name,) = bench.people(1)
    assert bench.read([name, name, name]) == _memos([name] * 3)


@pytest.mark.parametrize("members", [True, False])
def test_members_that_do_not_apply_may_be_null(bench: Bench, members: bool) -> None:
    bench.sim.settings.null_members = members
    names = bench.people(3)
    assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY]


# Servers that take no batches, or answer them oddly.


def test_a_server_that_takes_no_batches_is_asked_singly_and_never_again_for_one(bench: Bench) -> None:
    bench.sim.settings.batch = "unsupported"
    names = bench.people(4)
    for _time in range(2):
        assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY, *[SINGLE] * 8]


ODD: dict[str, tuple[str, dict[str, Any]]] = {
    "one object": ("status", {"status": 200, "body": '{"jsonrpc": "2.0", "id": 1, "result": {"memo": "whose?"}}'}),
    "an error": ("status", {"status": 200, "body": '{"id": null, "error": {"code": -32600, "message": "no batches"}}'}),
    "nothing": ("empty", {}),
    "HTML": ("html", {}),
    "half a list": ("truncated", {}),
    "a text": ("status", {"status": 200, "body": '"welcome"'}),
    "null": ("status", {"status": 200, "body": "null"}),
    "an error of HTTP": ("status", {"status": 400, "body": "<html>Bad Request</html>"}),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_list_ends_the_batches_and_nothing_is_lost(bench: Bench, odd: str) -> None:
    kind, details = ODD[odd]
    names = bench.people(MOST_READS + 2)
    bench.sim.faults.add(Fault(kind, MANY, **details))
    assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY, *[SINGLE] * (MOST_READS + 2)]


ENTRIES: dict[str, Any] = {
    "an empty list": [],
    "answers without an id": [{"result": {"memo": "whose?"}}, {"id": None, "result": {"memo": "whose?"}}],
    "answers to other calls": [{"id": 999_999, "result": {"memo": "whose?"}}],
    "things that are no answers": [7, None, "x", [], {"jsonrpc": "2.0"}],
    "nothing but an error": [{"id": None, "error": {"code": 5, "message": "no"}}],
}


@pytest.mark.parametrize("entries", ENTRIES)
def test_answers_that_belong_to_no_call_are_not_taken_for_one(bench: Bench, entries: str) -> None:
    """What a list leaves unanswered is asked for singly; the server does take batches, so the next one is sent."""
    names = bench.people(3)
    bench.sim.faults.add(Fault("status", MANY, status=200, body=json.dumps(ENTRIES[entries])))
    assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY, *[SINGLE] * 3]
    assert bench.read(names) == _memos(names)
    assert bench.calls[4:] == [MANY]


def test_ids_may_come_back_as_text(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    names = bench.people(3)
    original = bench.http.send

    def send(*arguments: Any, **named: Any) -> Any:
        reply = original(*arguments, **named)
        answers = json.loads(reply.text)
        if isinstance(answers, list):
            texts = [{**answer, "id": str(answer["id"])} for answer in answers]
            return type(reply)(reply.status, reply.headers, json.dumps(texts))
        return reply

    monkeypatch.setattr(bench.http, "send", send)
    assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY]


def test_results_that_are_no_objects_are_kept_under_one_name(bench: Bench) -> None:
    bench.people(2)
    body = json.dumps([{"id": number, "result": [number]} for number in (2, 3)])
    bench.sim.faults.add(Fault("status", MANY, status=200, body=body))
    rows = read_many(bench.rpc, READ, [{"mail": "p0@example.com"}, {"mail": "p1@example.com"}])
    assert rows == [{"result": [2]}, {"result": [3]}]


# Errors inside a batch.


def test_what_a_batch_refuses_is_asked_for_singly(bench: Bench) -> None:
    names = bench.people(5)
    bench.sim.faults.add(Fault("rpc_error", READ, code=5, message="try again", after=2))
    assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY, SINGLE]
    single = [record for record in bench.sim.requests if record.call == READ and not record.batched]
    assert [record.params["mail"] for record in single] == [names[2]]


def test_a_refusal_that_stays_is_worded_like_any_other(bench: Bench) -> None:
    names = [*bench.people(2), "nobody@example.com"]
    with pytest.raises(ServerRefusal) as caught:
        bench.read(names)
    assert caught.value.method == READ
    assert bench.calls == [MANY, SINGLE]


def test_a_session_that_expires_inside_a_batch_is_renewed_once(bench: Bench) -> None:
    names = bench.people(4)
    bench.read(names[:1])
    bench.sim.faults.add(Fault("expire_session", READ, after=1))
    assert bench.read(names) == _memos(names)
    assert bench.http.usage.logins == 2


def test_a_session_that_expired_before_the_batch_is_renewed_once(bench: Bench) -> None:
    names = bench.people(4)
    bench.read(names[:1])
    bench.sim.sessions.clear()
    assert bench.read(names) == _memos(names)
    assert bench.http.usage.logins == 2
    assert bench.sim.open_sessions == 1


# On the way.


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_batch_is_repeated_like_any_read(bench: Bench, kind: str) -> None:
    names = bench.people(3)
    bench.sim.faults.add(Fault(kind, MANY, times=2))
    assert bench.read(names) == _memos(names)
    assert bench.calls == [MANY] * 3


def test_a_batch_that_never_comes_through_is_an_error(bench: Bench) -> None:
    names = bench.people(3)
    bench.sim.faults.add(Fault("drop_before", MANY, times=99))
    with pytest.raises(PostmasterError) as caught:
        bench.read(names)
    assert caught.value.retryable
    assert READ in str(caught.value)


def test_a_batch_waits_as_long_as_the_server_says(bench: Bench, pauses: list[float]) -> None:
    names = bench.people(3)
    bench.sim.faults.add(Fault("status", MANY, status=429, headers={"Retry-After": "7"}, body=""))
    assert bench.read(names) == _memos(names)
    assert pauses == [7]


# Reads only.


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("method", ["mail.set", "mail.del", "mail.new_things"])
def test_only_known_reads_are_taken(mailboxorg: Trial, method: str, count: int, read_only: bool) -> None:
    """Anything else would pass by the gate of check mode, and be repeated after a failure. It would be our mistake."""
    bench = Bench(mailboxorg.sim, read_only=read_only)
    params = [{"mail": "alice@example.com"}, {"mail": "bob@example.com"}][:count]
    with pytest.raises(ValueError, match="is no known read"):
        read_many(bench.rpc, method, params)
    bench.http.close()
    assert bench.calls == []
    assert len(bench.sim.store.mailboxes) == 3


def test_reads_are_sent_in_check_mode(mailboxorg: Trial) -> None:
    bench = Bench(mailboxorg.sim, read_only=True)
    names = bench.people(3)
    assert bench.read(names) == _memos(names)
    bench.http.close()
