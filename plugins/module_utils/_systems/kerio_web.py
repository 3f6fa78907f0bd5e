# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all Kerio products share: their common web library's login, error codes and lists (kerio_connect.md 1 and 2,
kerio_operator.md 1 and 2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import copy
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, Callable

from .._client.batches import Answer, read_many, write_many
from .._client.jsonrpc import REFUSED_AS_A_WHOLE, RUN, Command, JsonRpc, Protocol, RpcError, rpc_error
from .._core.errors import AccessDenied, Conflict, NotFound, PostmasterError, ProtocolError, ServerRefusal, Uncertain
from .._core.writing import Writing
from .rpc_session import sign_in

# Of the administration interfaces.
PATH = "/admin/api/jsonrpc/"
LOGIN, LOGOUT = "Session.login", "Session.logout"
# A page size that asks for all rows at once.
EVERYTHING = -1
SESSION_EXPIRED = -32001
INTERNAL_ERROR = -32603
ADMINISTRATOR = ", and that the account has an administration role"
APPLICATION = {"name": "postmaster.comms", "vendor": "postmaster.comms contributors", "version": "1"}


def login(rpc: JsonRpc, username: str, password: str, advice: str = ADMINISTRATOR) -> None:
    """Open a session: the token travels in a header, the cookies by themselves. Raises LoginRefused, ProtocolError.

    ``advice`` says what else to look at after a refusal.
    """
    params = {"userName": username, "password": password, "application": APPLICATION}
    answer = sign_in(rpc, LOGIN, params, username, password, advice)
    token = answer.get("token")
    if not isinstance(token, str) or not token:
        target = rpc.http.target
        raise ProtocolError(f"{target.title} at {target.url} confirmed the login without a token", method=LOGIN)
    rpc.http.redactor.keep(token, *rpc.http.cookies().values())
    rpc.headers["X-Token"] = token


def protocol(
    title: str,
    reads: frozenset[str],
    rights: str,
    advice: Mapping[int, str] | None = None,
    path: str = PATH,
    batches: str | None = RUN,
) -> Protocol:
    """The protocol of one product. ``rights`` says what an account needs, ``advice`` what to do about other codes."""

    def translate(method: str, error: RpcError) -> PostmasterError:
        """The server's error in our words, decided by its code alone."""
        text = f"{title} refused {method}: {error.message} (code {error.code})"
        facts: dict[str, Any] = {"method": method, "code": error.code}
        if error.code == 1001:
            return Conflict(text, **facts)
        if error.code == 1002:
            return NotFound(text, **facts)
        if error.code in (1003, 1004):
            return AccessDenied(f"{text}; {rights}", **facts)
        if error.code == SESSION_EXPIRED:
            return AccessDenied(f"{text}; the session was refused again right after logging in anew", **facts)
        if error.code == INTERNAL_ERROR and method not in reads:
            return Uncertain(text, **facts)
        hint = (advice or {}).get(error.code)
        return ServerRefusal(f"{text}; {hint}" if hint else text, **facts)

    return Protocol(
        path=path,
        reads=reads,
        session_methods=frozenset({LOGIN, LOGOUT}),
        session_expired=frozenset({SESSION_EXPIRED}),
        translate=translate,
        batches=batches,
    )


def write(
    rpc: JsonRpc, method: str, params: Mapping[str, Any], many: str | None = None, items: int = 1
) -> Writing[dict[str, Any]]:
    """Call a method that may report errors per item, for the items of one object: those that the param ``many`` lists,
    or so many. The first error is the object's, and says whether some of the items were carried out."""
    answer = yield Command(method, params, many)
    errors = answer.get("errors")
    if isinstance(errors, list) and errors:
        error = rpc.translate(method, rpc_error(errors[0], rpc.http.redactor.text))
        error.partly_written = len(errors) < (len(params[many]) if many else items)
        raise error
    return dict(answer)


def send_joined(rpc: JsonRpc, commands: Sequence[Command]) -> list[Answer]:
    """The answers to commands of ``write``: those that may share a list go as one call, and different ones together."""
    groups: dict[str, list[int]] = {}
    for number, command in enumerate(commands):
        groups.setdefault(_shared(number, command), []).append(number)
    answers = write_many(rpc, [_join([commands[number] for number in group]) for group in groups.values()])
    shares = zip(groups.values(), answers)
    told = {
        number: share
        for group, answer in shares
        for number, share in zip(group, _shares([commands[number] for number in group], answer))
    }
    return [told[number] for number in range(len(commands))]


def _shared(number: int, command: Command) -> str:
    """What is equal for the commands that may go as one call."""
    if command.many is None:
        return str(number)
    rest = {name: value for name, value in command.params.items() if name != command.many}
    return json.dumps([command.method, command.many, rest], sort_keys=True)


def _join(commands: Sequence[Command]) -> Command:
    first = commands[0]
    if first.many is None or len(commands) == 1:
        return first
    items = [item for command in commands for item in command.params[first.many]]
    return Command(first.method, {**first.params, first.many: items}, first.many)


def _shares(commands: Sequence[Command], answer: Answer) -> list[Answer]:
    """What an answer about many items says of each command (kerio_connect.md 1.7). An error that names no item leaves
    the fate of all to be found out."""
    if len(commands) == 1:
        return [answer]
    if isinstance(answer, PostmasterError):
        return [_of_all(commands[0], answer) for _each in commands]
    ends = list(accumulate(len(command.params[str(command.many)]) for command in commands))
    shares: list[dict[str, Any]] = [{"errors": [], "result": []} for _each in commands]
    for member in ("errors", "result"):
        found = answer.get(member)
        rows: list[Any] = found if isinstance(found, list) else []
        for place, row in enumerate(rows):
            index = _index(row, place if member == "result" and len(rows) == ends[-1] else None)
            owner = bisect_right(ends, index) if index is not None and index >= 0 else len(ends)
            if owner < len(ends):
                shares[owner][member].append(row)
            elif member == "errors":
                error = Uncertain("the server says that some items failed, and not which", method=commands[0].method)
                return [_of_all(commands[0], error) for _each in commands]
    return list(shares)


def _index(row: Any, place: int | None) -> int | None:
    """The place of an item in the list that was sent."""
    index = row.get("inputIndex") if isinstance(row, dict) else None
    return int(index) if isinstance(index, (int, str)) and str(index).isdigit() else place


def _of_all(command: Command, error: PostmasterError) -> PostmasterError:
    """An error of a call that was about many objects, for one of them: a server may have carried out some of a call
    that it refuses, unless it did not understand it."""
    if not isinstance(error, (ServerRefusal, AccessDenied)) or error.code in REFUSED_AS_A_WHOLE:
        return copy.copy(error)
    return Uncertain(error.message, method=command.method, code=error.code)


def read_list(
    rpc: JsonRpc,
    method: str,
    query: Mapping[str, Any],
    page_size: int,
    is_row: Callable[[Any], bool],
    identity: Callable[[Mapping[str, Any]], Any],
    member: str = "list",
    **params: Any,
) -> list[dict[str, Any]]:
    """All rows, page by page to the end. Raises ProtocolError when the list is not one, or ends before its total.

    ``page_size`` of -1 asks for everything at once; ``identity`` tells rows apart; ``member`` holds the rows.
    """
    (rows,) = read_lists(rpc, method, [{**params, "query": query}], page_size, is_row, identity, member)
    return rows


def read_lists(
    rpc: JsonRpc,
    method: str,
    questions: Sequence[Mapping[str, Any]],
    page_size: int,
    is_row: Callable[[Any], bool],
    identity: Callable[[Mapping[str, Any]], Any],
    member: str = "list",
) -> list[list[dict[str, Any]]]:
    """The same for several questions, in their order, whose first pages are asked for together. Each question holds the
    params of the method, with a ``query`` that says nothing of pages."""

    def page(question: Mapping[str, Any], start: int) -> dict[str, Any]:
        return {**question, "query": {**question["query"], "start": start, "limit": page_size}}

    def whole(question: Mapping[str, Any], answer: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows: dict[Any, dict[str, Any]] = {}
        start = 0
        while True:
            found, total = rows_of(rpc, method, answer, member, is_row), _total(rpc, method, answer)
            rows.update((identity(row), row) for row in found)
            start += len(found)
            if start >= total or not found:
                break
            answer = rpc.call(method, page(question, start))
        _refuse_incomplete(rpc, method, start, len(rows), total)
        return list(rows.values())

    answers = read_many(rpc, method, [page(question, 0) for question in questions])
    return [whole(question, answer) for question, answer in zip(questions, answers)]


def _refuse_incomplete(rpc: JsonRpc, method: str, read: int, different: int, total: int) -> None:
    """Raises ProtocolError."""
    title = rpc.http.target.title
    if read < total:
        raise ProtocolError(
            f"{title} returned {read} of {total} rows for {method}; the list is incomplete", method=method
        )
    if different < total:
        raise ProtocolError(
            f"{title} returned {different} different rows of {total} for {method}: the list changed while it was read; "
            "run the task again",
            method=method,
        )


def rows_of(
    rpc: JsonRpc, method: str, answer: Mapping[str, Any], member: str, is_row: Callable[[Any], bool]
) -> list[dict[str, Any]]:
    """The rows of one reply, a page of a list. Raises ProtocolError when they are none."""
    rpc.http.usage.pages += 1
    rows = answer.get(member)
    if not isinstance(rows, list) or not all(isinstance(row, dict) and is_row(row) for row in rows):
        raise _no_list(rpc, method)
    return rows


def ascending(column: str) -> list[dict[str, str]]:
    """The ``orderBy`` of a query."""
    return [{"columnName": column, "direction": "Asc"}]


def condition(field_name: str, comparator: str, value: str) -> dict[str, str]:
    return {"fieldName": field_name, "comparator": comparator, "value": value}


def _total(rpc: JsonRpc, method: str, answer: Mapping[str, Any]) -> int:
    total = answer.get("totalItems")
    total = int(total) if isinstance(total, str) and total.isdigit() else total
    if not isinstance(total, int):
        raise _no_list(rpc, method)
    return total


def _no_list(rpc: JsonRpc, method: str) -> ProtocolError:
    return ProtocolError(f"{rpc.http.target.title} answered {method} with something that is no list", method=method)
