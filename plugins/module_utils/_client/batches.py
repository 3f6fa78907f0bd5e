# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many commands in few requests, where the server takes that; the answers are the same where it does not.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Union

from .._core.errors import PostmasterError, Uncertain
from .jsonrpc import Command, JsonRpc, RpcError

Answer = Union[dict[str, Any], PostmasterError]

# Few enough for a reply of moderate size, many enough to make round trips negligible.
MOST_READS = 50
# What Kerio's servers allow (kerio_connect.md 1.8).
MOST_WRITES = 100


def read_many(rpc: JsonRpc, method: str, params: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The results of one read for many objects, in order.

    What a batch leaves unanswered is asked for singly, and so is what it refuses, so that errors and lost sessions are
    handled in one place. Raises ValueError for a method that is no known read, since what is read may be asked for
    again.
    """
    if method not in rpc.reads:
        raise ValueError(f"{method} is no known read")
    results: list[dict[str, Any]] = []
    for start in range(0, len(params), MOST_READS):
        commands = [Command(method, each) for each in params[start : start + MOST_READS]]
        answers = _answered(rpc, commands)
        results += [
            answers[number] if number in answers else rpc.call(method, command.params)
            for number, command in enumerate(commands)
        ]
    return results


def read_each(rpc: JsonRpc, commands: Sequence[Command]) -> list[Answer]:
    """The same for several reads that do not depend on each other: each has an answer, or an error of its own."""
    answers: list[Answer] = []
    for start in range(0, len(commands), MOST_READS):
        part = commands[start : start + MOST_READS]
        try:
            found = _answered(rpc, part)
        except PostmasterError as error:
            return [*answers, *(copy.copy(error) for _each in commands[start:])]
        answers += _each_alone(rpc, part, found)
    return answers


def _answered(rpc: JsonRpc, commands: Sequence[Command]) -> dict[int, dict[str, Any]]:
    """What one request told of several reads, by their position; the others are to be asked for singly."""
    found = rpc.batch(commands, is_write=False) if len(commands) > 1 else None
    return {number: answer for number, answer in (found or {}).items() if not isinstance(answer, RpcError)}


def write_many(rpc: JsonRpc, commands: Sequence[Command]) -> list[Answer]:
    """What came of each command, in order: an answer, or an error of its own. Never raises PostmasterError.

    Uncertain is a command whose fate the server does not tell, and each of those that it refused together in a way that
    does not say whether some were carried out.
    """
    answers: list[Answer] = []
    for start in range(0, len(commands), MOST_WRITES):
        answers += _written(rpc, commands[start : start + MOST_WRITES])
    return answers


def _written(rpc: JsonRpc, commands: Sequence[Command]) -> list[Answer]:
    try:
        found = rpc.batch(commands, is_write=True) if len(commands) > 1 else None
    except PostmasterError as error:
        # Each command is about another object, which its error is going to name.
        return [copy.copy(error) for _each in commands]
    if found is None:
        return _each_alone(rpc, commands, {})
    return [_told(rpc, each, found.get(number)) for number, each in enumerate(commands)]


def _each_alone(rpc: JsonRpc, commands: Sequence[Command], told: Mapping[int, dict[str, Any]]) -> list[Answer]:
    """The answers that are there, and those to the other commands, sent one by one until the connection is gone."""
    answers: list[Answer] = []
    gone: PostmasterError | None = None
    for number, command in enumerate(commands):
        if number in told:
            answers.append(told[number])
        elif gone is not None:
            answers.append(copy.copy(gone))
        else:
            answer = _alone(rpc, command)
            gone = answer if isinstance(answer, PostmasterError) and not answer.about_one_object else None
            answers.append(answer)
    return answers


def _alone(rpc: JsonRpc, command: Command) -> Answer:
    try:
        return rpc.call(command.method, command.params)
    except PostmasterError as error:
        return error


def _told(rpc: JsonRpc, command: Command, answer: dict[str, Any] | RpcError | None) -> Answer:
    if answer is None:
        title = rpc.http.target.title
        return Uncertain(f"{title} did not say what came of {command.method}", method=command.method)
    return rpc.translate(command.method, answer) if isinstance(answer, RpcError) else answer
