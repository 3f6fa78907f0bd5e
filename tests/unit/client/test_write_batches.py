# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many writes in one request, as a JSON-RPC array or by Batch.run: each command has an answer or an error of its own,
none is sent twice, and what is not known to have failed is not said to have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client.batches import (
    MOST_READS,
    MOST_WRITES,
    read_each,
    write_many,
)
from ansible_collections.postmaster.comms.plugins.module_utils._client.jsonrpc import ARRAYS, RUN, Command
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    PostmasterError,
    ServerRefusal,
    Uncertain,
)
from tests.unit.client.wire import OVER, Wire, agree

Members = dict[str, Any]


class BatchWire(Wire):
    """The same for both styles: what a request holds, and a reply of these members to its commands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, style: str) -> None:
        super().__init__(monkeypatch, style)
        self.style = style

    def inside(self, request: Any) -> list[Members] | None:
        """The commands of a request, None for a call that stands alone."""
        if isinstance(request, list):
            return request
        commands: list[Members] | None = request["params"].get("commandList")
        return commands

    def reply(self, request: Any, members: Sequence[Members | None]) -> Any:
        """An answer with these members to each command; None leaves one out, or says nothing of it."""
        if self.style == ARRAYS:
            both = zip(request, members, strict=True)
            return [{"id": each["id"], **answer} for each, answer in both if answer is not None]
        return {"id": request["id"], "result": [answer or {} for answer in members]}

    def refuse(self, request: Any, code: int, message: str = "no") -> Any:
        """An error about the request as a whole."""
        return {"id": None if isinstance(request, list) else request["id"], "error": {"code": code, "message": message}}

    @property
    def sent(self) -> list[Any]:
        """The numbers of the commands of each request: in a list for several, by itself for one alone."""
        numbers: list[Any] = []
        for request in self.requests:
            inside = self.inside(request)
            alone = request if inside is None else None
            numbers.append([each["params"]["n"] for each in inside or ()] if alone is None else alone["params"]["n"])
        return numbers


@pytest.fixture(params=[ARRAYS, RUN])
def wire(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> BatchWire:
    return BatchWire(monkeypatch, request.param)


def commands(count: int, method: str = "set") -> list[Command]:
    return [Command(method, {"n": number}) for number in range(count)]


def error(code: int, message: str = "no") -> Members:
    return {"error": {"code": code, "message": message}}


def result(value: Any) -> Members:
    return {"result": value}


# What goes together.


@pytest.mark.parametrize(
    ("count", "sent"),
    [
        (0, []),
        (1, [0]),
        (2, [[0, 1]]),
        (MOST_WRITES, [list(range(MOST_WRITES))]),
        (MOST_WRITES + 1, [list(range(MOST_WRITES)), MOST_WRITES]),
        (2 * MOST_WRITES, [list(range(MOST_WRITES)), list(range(MOST_WRITES, 2 * MOST_WRITES))]),
    ],
)
def test_at_most_a_hundred_go_together_and_one_goes_alone(wire: BatchWire, count: int, sent: list[Any]) -> None:
    assert MOST_WRITES == 100, "what the servers allow"
    assert write_many(wire.rpc, commands(count)) == [{}] * count
    assert wire.sent == sent
    assert all(wire.as_writes)
    assert wire.logins == (1 if count else 0)


def test_answers_and_errors_go_to_their_own_commands(wire: BatchWire) -> None:
    members = [result({"id": 7}), error(5, "taken"), result([1]), error(6)]
    wire.answer = lambda request: wire.reply(request, members)
    first, second, third, fourth = write_many(
        wire.rpc,
        [Command("make", {"n": 0}), Command("set", {"n": 1}), Command("set", {"n": 2}), Command("del", {"n": 3})],
    )
    assert (first, third) == ({"id": 7}, {"result": [1]})
    assert isinstance(second, ServerRefusal)
    assert (second.method, second.code, second.message) == ("set", 5, "taken")
    assert isinstance(fourth, ServerRefusal)
    assert (fourth.method, fourth.code) == ("del", 6)
    assert wire.sent == [[0, 1, 2, 3]]


def test_answers_of_an_array_may_come_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = BatchWire(monkeypatch, ARRAYS)
    wire.answer = lambda request: [{"id": each["id"], "result": {"n": each["params"]["n"]}} for each in request[::-1]]
    assert write_many(wire.rpc, commands(5)) == [{"n": number} for number in range(5)]


def test_a_system_without_batches_gets_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire(monkeypatch, None)
    assert write_many(wire.rpc, commands(3)) == [{}] * 3
    assert wire.methods == ["set"] * 3


# What is not known.


@pytest.mark.parametrize("told", [None, {}, {"result": {}, "error": None}, {"error": "words"}])
def test_a_command_of_which_nothing_is_said_is_uncertain_and_the_others_are_not(
    wire: BatchWire, told: Members | None
) -> None:
    wire.answer = lambda request: wire.reply(request, [result({}), told, error(5)])
    first, second, third = write_many(wire.rpc, commands(3))
    assert first == {}
    if told and "result" in told:
        assert second == {}
    else:
        assert isinstance(second, Uncertain)
        assert "did not say what came of set" in second.message
    assert isinstance(third, ServerRefusal)
    assert not isinstance(third, Uncertain)
    assert wire.sent == [[0, 1, 2]]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_list_of_another_length_is_read_as_far_as_it_belongs(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    wire = BatchWire(monkeypatch, RUN)
    wire.answer = lambda request: {"id": request["id"], "result": [{"result": {"n": n}} for n in range(count)]}
    answers = write_many(wire.rpc, commands(3))
    assert answers[: min(count, 3)] == [{"n": number} for number in range(min(count, 3))]
    assert all(isinstance(each, Uncertain) for each in answers[count:])
    assert wire.sent == [[0, 1, 2]]


@pytest.mark.parametrize(
    "reply", ["", "<html>busy</html>", "7", "null", '"welcome"', '{"result": 1}', '[{"result": {}']
)
def test_after_garbage_all_are_uncertain_and_nothing_is_sent_again(wire: BatchWire, reply: str) -> None:
    wire.answer = lambda request: reply
    answers = write_many(wire.rpc, commands(3))
    assert all(isinstance(each, Uncertain) for each in answers)
    assert wire.sent == [[0, 1, 2]]
    wire.answer = agree
    assert write_many(wire.rpc, commands(2)) == [{}, {}]
    assert wire.sent[1:] == [0, 1], "it is not asked for a batch again"


@pytest.mark.parametrize("result_", [{"result": 1}, None, "done", 3])
def test_batch_run_that_answers_with_no_list(monkeypatch: pytest.MonkeyPatch, result_: Any) -> None:
    wire = BatchWire(monkeypatch, RUN)
    wire.answer = lambda request: {"id": request["id"], "result": result_}
    assert all(isinstance(each, Uncertain) for each in write_many(wire.rpc, commands(2)))
    assert wire.sent == [[0, 1]]


@pytest.mark.parametrize("code", [-32603, 1000, 1003, 413])
def test_an_error_about_all_leaves_all_uncertain(wire: BatchWire, code: int) -> None:
    """Nobody says whether some were carried out before the server gave up."""
    wire.answer = lambda request: wire.refuse(request, code, "out of order")
    first, second = write_many(wire.rpc, commands(2))
    assert isinstance(first, Uncertain)
    assert isinstance(second, Uncertain)
    assert "out of order" in first.message
    assert wire.sent == [[0, 1]]


@pytest.mark.parametrize("told", [Uncertain("the connection was lost"), ServerRefusal("the server is away")])
def test_what_the_http_client_raises_is_said_of_each(wire: BatchWire, told: PostmasterError) -> None:
    def answer(request: Any) -> Any:
        raise told

    wire.answer = answer
    answers = write_many(wire.rpc, commands(3))
    assert all(type(each) is type(told) and str(each) == str(told) for each in answers)
    assert len({id(each) for each in answers}) == 3, "each is going to name its own object"


# Servers that take no batches.


@pytest.mark.parametrize("code", [-32700, -32600, -32601, -32602, -32606])
def test_a_server_that_takes_no_batches_gets_one_after_another(wire: BatchWire, code: int) -> None:
    wire.answer = lambda request: agree(request) if wire.inside(request) is None else wire.refuse(request, code)
    for _time in range(2):
        assert write_many(wire.rpc, commands(3)) == [{}] * 3
    assert wire.sent == [[0, 1, 2], *[0, 1, 2] * 2], "it is asked once"


def test_of_those_that_go_alone_none_is_sent_after_the_connection_is_gone(wire: BatchWire) -> None:
    away = ServerRefusal("the server is away")
    away.about_one_object = False

    def answer(request: Any) -> Any:
        if wire.inside(request) is not None:
            return wire.refuse(request, -32601)
        if request["params"]["n"] == 0:
            return {"id": request["id"], **error(5)}
        raise away

    wire.answer = answer
    answers = write_many(wire.rpc, commands(4))
    assert [str(each) for each in answers] == ["no", *["the server is away"] * 3]
    assert wire.sent == [[0, 1, 2, 3], 0, 1]


# Sessions.


def test_a_session_that_is_over_before_a_batch_is_renewed_and_all_is_sent_again(wire: BatchWire) -> None:
    wire.answer = lambda request: wire.refuse(request, OVER) if len(wire.requests) == 1 else agree(request)
    assert write_many(wire.rpc, commands(3)) == [{}] * 3
    assert wire.sent == [[0, 1, 2]] * 2
    assert wire.logins == 2


def test_of_a_session_that_ends_inside_a_batch_only_what_was_refused_is_sent_again(wire: BatchWire) -> None:
    def answer(request: Any) -> Any:
        if len(wire.requests) > 1:
            return agree(request)
        return wire.reply(request, [result({"first": True}), error(5), error(OVER), error(OVER)])

    wire.answer = answer
    answers = write_many(wire.rpc, commands(4))
    assert answers[0] == {"first": True}
    assert isinstance(answers[1], ServerRefusal)
    assert answers[2:] == [{}, {}]
    assert wire.sent == [[0, 1, 2, 3], [2, 3]]
    assert wire.logins == 2


@pytest.mark.parametrize("inside", [True, False])
def test_a_session_that_does_not_last_is_renewed_once(wire: BatchWire, inside: bool) -> None:
    wire.answer = lambda request: wire.reply(request, [error(OVER)] * 2) if inside else wire.refuse(request, OVER)
    answers = write_many(wire.rpc, commands(2))
    assert [each.code for each in answers if isinstance(each, ServerRefusal)] == [OVER, OVER]
    assert wire.logins == 2
    assert wire.sent == [[0, 1]] * 2


# Reads with errors of their own.


def test_several_reads_have_an_answer_or_an_error_each(wire: BatchWire) -> None:
    def answer(request: Any) -> Any:
        if wire.inside(request) is not None:
            return wire.reply(request, [result({"n": 0}), error(5), None])
        return {"id": request["id"], **(error(5, "never") if request["params"]["n"] == 1 else result({"n": 2}))}

    wire.answer = answer
    first, second, third = read_each(wire.rpc, commands(3, "get"))
    assert (first, third) == ({"n": 0}, {"n": 2})
    assert isinstance(second, ServerRefusal)
    assert second.message == "never"
    assert wire.sent == [[0, 1, 2], 1, 2], "what a batch refuses or leaves out is asked for alone"
    assert not any(wire.as_writes)


def test_reads_go_in_smaller_parts(wire: BatchWire) -> None:
    count = MOST_READS + 2
    assert read_each(wire.rpc, commands(count, "get")) == [{}] * count
    assert wire.sent == [list(range(MOST_READS)), [MOST_READS, MOST_READS + 1]]


def test_reads_end_with_the_connection(wire: BatchWire) -> None:
    def answer(request: Any) -> Any:
        raise ServerRefusal("the server is away")

    wire.answer = answer
    answers = read_each(wire.rpc, commands(MOST_READS + 5, "get"))
    assert [str(each) for each in answers] == ["the server is away"] * (MOST_READS + 5)
    assert len({id(each) for each in answers}) == MOST_READS + 5
    assert len(wire.requests) == 1
