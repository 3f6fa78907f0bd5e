# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON-RPC 2.0 over HTTP: the envelope, the check of the id, sessions that are renewed once, and errors by code.

The body is read for any HTTP status, since real servers disagree about it (kerio_connect.md 1.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Callable

from .._core.errors import PostmasterError
from .http import Http, Reply, unusable_reply

# Reads in one batch: few enough for a reply of moderate size, many enough to make round trips negligible.
BATCH = 50


@dataclass(frozen=True)
class RpcError:
    """The ``error`` member of a reply, or one entry of a bulk reply's ``errors``; ``data`` are its details."""

    code: int
    message: str
    data: Mapping[str, Any] = field(default_factory=dict)


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
        self._takes_batches = True

    def call(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The result of a method, logging in first where needed. Raises PostmasterError."""
        return _as_members(self.result(method, params))

    def result(self, method: str, params: Mapping[str, Any] | None = None, *, as_read: bool = False) -> Any:
        """The same, as the server gives it. ``as_read``: others say that this method only reads, known or not."""
        if not self._logged_in:
            self.login()
        answer = self._exchange(method, params, as_read)
        if isinstance(answer, RpcError) and answer.code in self._protocol.session_expired:
            # The refused call was not processed, so it may be repeated in a new session, once.
            self.login()
            answer = self._exchange(method, params, as_read)
        if isinstance(answer, RpcError):
            raise self.translate(method, answer)
        return answer

    def read_many(self, method: str, params: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The results of one read for many objects, in order: in batches where the server takes them.

        A server that does not answer a batch with a list is not sent another one; what a batch leaves unanswered is
        asked for singly, and so is what it refuses, so that errors and lost sessions are handled in one place. Raises
        ValueError for a method that is no known read, since what is read may be asked for again.
        """
        if method not in self._protocol.reads:
            raise ValueError(f"{method} is no known read")
        results: list[dict[str, Any]] = []
        for start in range(0, len(params), BATCH):
            part = params[start : start + BATCH]
            answers = self._batch(method, part) if len(part) > 1 and self._takes_batches else {}
            results += [
                answers[number] if number in answers else self.call(method, each) for number, each in enumerate(part)
            ]
        return results

    def _batch(self, method: str, params: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
        """The results that one batch brought, by position."""
        if not self._logged_in:
            self.login()
        requests = [self._request(method, each) for each in params]
        reply = self._send(method, requests, is_write=False, is_session=False)
        try:
            answers = json.loads(reply.text)
        except ValueError:
            answers = None
        if not isinstance(answers, list):
            self._takes_batches = False
            return {}
        position = {str(request["id"]): number for number, request in enumerate(requests)}
        return {
            position[str(answer["id"])]: _as_members(answer["result"])
            for answer in answers
            if isinstance(answer, dict)
            and str(answer.get("id")) in position
            and "result" in answer
            and answer.get("error") is None
        }

    def login(self) -> None:
        self._logged_in = False
        self.headers.clear()
        self.http.drop_cookies()
        self._login(self)
        self.http.usage.logins += 1
        self._logged_in = True

    def session_call(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any] | RpcError:
        """A call that is part of logging in or out: no session is needed, errors are returned."""
        answer = self._exchange(method, params)
        return answer if isinstance(answer, RpcError) else _as_members(answer)

    def translate(self, method: str, error: RpcError) -> PostmasterError:
        """An error of the server in the system's words."""
        return self._protocol.translate(method, error)

    @property
    def has_session(self) -> bool:
        return self._logged_in

    def forget_session(self) -> None:
        self._logged_in = False

    def _exchange(self, method: str, params: Mapping[str, Any] | None, as_read: bool = False) -> Any:
        """The result, or an RpcError."""
        is_session = method in self._protocol.session_methods
        is_write = not (is_session or as_read or method in self._protocol.reads)
        request = self._request(method, params)
        return self._open(method, self._send(method, request, is_write, is_session), request["id"], is_write)

    def _request(self, method: str, params: Mapping[str, Any] | None) -> dict[str, Any]:
        self._next_id += 1
        return {"jsonrpc": "2.0", "id": self._next_id, "method": method, "params": params or {}}

    def _send(self, method: str, body: Any, is_write: bool, is_session: bool) -> Reply:
        return self.http.send(
            "POST",
            self.http.target.url + self._protocol.path,
            call=method,
            is_write=is_write,
            is_session=is_session,
            json=body,
            headers=self.headers,
        )

    def _open(self, method: str, reply: Reply, request_id: int, is_write: bool) -> Any:
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
        return answer["result"]


def _as_members(result: Any) -> dict[str, Any]:
    """Some methods answer with a list or a number; callers ask for members, so those are kept under one name."""
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
    # The server may repeat what was sent.
    data = json.loads(redact(json.dumps(error.get("data"))))
    return RpcError(code if isinstance(code, int) else 0, redact(message), data if isinstance(data, dict) else {})
