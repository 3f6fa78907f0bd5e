# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON-RPC 2.0 over HTTP: the envelope, the check of the id, sessions that are renewed once, and errors by code.

The body is read for any HTTP status, since real servers disagree about it (kerio_connect.md 1.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable

from .._core.errors import PostmasterError
from .http import Http, Reply, unusable_reply


@dataclass(frozen=True)
class RpcError:
    """The ``error`` member of a reply, or one entry of a bulk reply's ``errors``."""

    code: int
    message: str


@dataclass(frozen=True)
class Protocol:
    """What a JSON-RPC system adds to the standard.

    ``reads`` are the only methods that check mode lets through; ``translate`` words an error of the server;
    ``session_expired`` is the code that says so.
    """

    path: str
    reads: frozenset[str]
    session_methods: frozenset[str]
    session_expired: frozenset[int]
    translate: Callable[[str, RpcError], PostmasterError]


class JsonRpc:
    """Calls by method name. ``login`` is a function that opens a session and sets ``headers``."""

    def __init__(self, http: Http, protocol: Protocol, login: Callable[[JsonRpc], None]) -> None:
        self.http = http
        self.headers: dict[str, str] = {}
        self._protocol = protocol
        self._login = login
        self._next_id = 0
        self._logged_in = False

    def call(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The result of a method, logging in first where needed. Raises PostmasterError."""
        if not self._logged_in:
            self.login()
        answer = self._exchange(method, params)
        if isinstance(answer, RpcError) and answer.code in self._protocol.session_expired:
            # The refused call was not processed, so it may be repeated in a new session, once.
            self.login()
            answer = self._exchange(method, params)
        if isinstance(answer, RpcError):
            raise self._protocol.translate(method, answer)
        return answer

    def login(self) -> None:
        self._logged_in = False
        self.headers.clear()
        self.http.drop_cookies()
        self._login(self)
        self.http.usage.logins += 1
        self._logged_in = True

    def session_call(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any] | RpcError:
        """A call that is part of logging in or out: no session is needed, errors are returned."""
        return self._exchange(method, params)

    @property
    def has_session(self) -> bool:
        return self._logged_in

    def forget_session(self) -> None:
        self._logged_in = False

    def _exchange(self, method: str, params: Mapping[str, Any] | None) -> dict[str, Any] | RpcError:
        is_session = method in self._protocol.session_methods
        is_write = not is_session and method not in self._protocol.reads
        self._next_id += 1
        request: dict[str, Any] = {"jsonrpc": "2.0", "id": self._next_id, "method": method}
        if params:
            request["params"] = params
        reply = self.http.send(
            "POST",
            self.http.target.url + self._protocol.path,
            call=method,
            is_write=is_write,
            is_session=is_session,
            json=request,
            headers=self.headers,
        )
        return self._open(method, reply, request["id"], is_write)

    def _open(self, method: str, reply: Reply, request_id: int, is_write: bool) -> dict[str, Any] | RpcError:
        title = self.http.target.title
        try:
            answer = json.loads(reply.text)
        except ValueError:
            reason = "an empty body" if not reply.text.strip() else "something that is not JSON"
            raise unusable_reply(title, method, reply, is_write, reason) from None
        if not isinstance(answer, dict) or not ("result" in answer or isinstance(answer.get("error"), dict)):
            raise unusable_reply(title, method, reply, is_write, "JSON that is no JSON-RPC reply")
        error = answer.get("error")
        if str(answer.get("id")) != str(request_id) and not (error and answer.get("id") is None):
            raise unusable_reply(title, method, reply, is_write, "the reply to another call")
        if isinstance(error, dict):
            return rpc_error(error, self.http.redactor.text)
        result = answer["result"]
        # Some methods answer with a list or a number; callers ask for members, so those are kept under one name.
        return result if isinstance(result, dict) else {"result": result}


def rpc_error(error: Mapping[str, Any], redact: Callable[[str], str]) -> RpcError:
    """The code and the message, with its placeholders filled in (kerio_connect.md 1.7)."""
    message = str(error.get("message") or "no reason given")
    details = error.get("data") if isinstance(error.get("data"), dict) else error
    parameters = details.get("messageParameters") if isinstance(details, dict) else None
    values = parameters.get("positionalParameters") if isinstance(parameters, dict) else None
    for number, value in enumerate(values or (), start=1):
        message = message.replace(f"%{number}", str(value))
    code = error.get("code")
    return RpcError(code if isinstance(code, int) else 0, redact(message))
