# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all Kerio products share: their common web library's login, error codes and lists (kerio_connect.md 1 and 2,
kerio_operator.md 1 and 2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable

from .._client.jsonrpc import JsonRpc, Protocol, RpcError, rpc_error
from .._core.errors import AccessDenied, Conflict, NotFound, PostmasterError, ProtocolError, ServerRefusal, Uncertain
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
    rpc.http.redactor.learn(token, *rpc.http.cookies().values())
    rpc.headers["X-Token"] = token


def protocol(
    title: str, reads: frozenset[str], rights: str, advice: Mapping[int, str] | None = None, path: str = PATH
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
    )


def write(rpc: JsonRpc, method: str, params: Mapping[str, Any], items: int = 1) -> dict[str, Any]:
    """Call a method that may report errors per item, for so many items of one object; the first error is the object's,
    and says whether some of the items were carried out."""
    answer = rpc.call(method, params)
    errors = answer.get("errors")
    if isinstance(errors, list) and errors:
        error = rpc.translate(method, rpc_error(errors[0], rpc.http.redactor.text))
        error.partly_written = len(errors) < items
        raise error
    return answer


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
    title = rpc.http.target.title
    rows: dict[Any, dict[str, Any]] = {}
    start = 0
    while True:
        answer = rpc.call(method, {"query": {**query, "start": start, "limit": page_size}, **params})
        page, total = rows_of(rpc, method, answer, member, is_row), _total(rpc, method, answer)
        rows.update((identity(row), row) for row in page)
        start += len(page)
        if start >= total:
            break
        if not page:
            raise ProtocolError(
                f"{title} returned {start} of {total} rows for {method}; the list is incomplete", method=method
            )
    if len(rows) < total:
        raise ProtocolError(
            f"{title} returned {len(rows)} different rows of {total} for {method}: the list changed while it was read; "
            "run the task again",
            method=method,
        )
    return list(rows.values())


def rows_of(
    rpc: JsonRpc, method: str, answer: Mapping[str, Any], member: str, is_row: Callable[[Any], bool]
) -> list[dict[str, Any]]:
    """The rows of one reply. Raises ProtocolError when they are none."""
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
