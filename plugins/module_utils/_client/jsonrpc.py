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

from .._core.errors import PostmasterError, ProtocolError, Uncertain
from .http import Http, Reply, unusable_reply

# How a server takes several commands in one request: as the list that JSON-RPC 2.0 describes, or as the params of a
# method of Kerio's (kerio_connect.md 1.8).
ARRAYS, RUN = "arrays", "Batch.run"
# The request itself was refused, so nothing in it was carried out; the last one says that there are too many commands.
REFUSED_AS_A_WHOLE = frozenset({-32700, -32600, -32601, -32602, -32606})


@dataclass(frozen=True)
class Command:
    """One call of a method. ``many`` names the param that is a list of what it is to happen to, if there is one: calls
    that are equal otherwise may share it where a server tells by their place in the list what came of each."""

    method: str
    params: Mapping[str, Any]
    many: str | None = None


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
    ``session_expired`` is the code that says so. ``batches``: ARRAYS, RUN, or None for a server that takes none.
    """

    path: str
    reads: frozenset[str]
    session_methods: frozenset[str]
    session_expired: frozenset[int]
    translate: Callable[[str, RpcError], PostmasterError]
    batches: str | None = None


class JsonRpc:
    """Calls by method name. ``login`` is a function that opens a session and sets ``headers``."""

    def __init__(self, http: Http, protocol: Protocol, login: Callable[[JsonRpc], None]) -> None:
        self.http = http
        self.headers: dict[str, str] = {}
        self._protocol = protocol
        self._login = login
        self._next_id = 0
        self._logged_in = False
        self._batches = protocol.batches

    def call(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The result of a method, logging in first where needed. Raises PostmasterError."""
        return _as_members(self.result(method, params))

    def result(self, method: str, params: Mapping[str, Any] | None = None, *, as_read: bool = False) -> Any:
        """The same, as the server gives it. ``as_read``: others say that this method only reads, known or not."""
        if not self._logged_in:
            self.login()
        answer = self._exchange(method, params, as_read)
        if self._is_expired(answer):
            # The refused call was not processed, so it may be repeated in a new session, once.
            self.login()
            answer = self._exchange(method, params, as_read)
        if isinstance(answer, RpcError):
            raise self.translate(method, answer)
        return answer

    @property
    def reads(self) -> frozenset[str]:
        """The methods that are known to change nothing."""
        return self._protocol.reads

    @property
    def takes_batches(self) -> bool:
        """Whether the server may take several commands in one request: so it seems until it was asked."""
        return self._batches is not None

    def batch(self, commands: Sequence[Command], is_write: bool) -> dict[int, dict[str, Any] | RpcError] | None:
        """What one request with several commands brought, by their position; what the server leaves out is missing.

        None when the server does not take such requests, which is asked once, and carried out none of the commands.
        Raises PostmasterError; after Uncertain the fate of all is unknown.
        """
        if self._batches is None:
            return None
        if not self._logged_in:
            self.login()
        answers = self._exchange_many(commands, is_write)
        expired = [number for number, answer in (answers or {}).items() if self._is_expired(answer)]
        if answers is None or not expired:
            return answers
        # As with single calls: what was refused was not processed, and is repeated in a new session, once.
        self.login()
        again = self._exchange_many([commands[number] for number in expired], is_write) or {}
        return {**answers, **{expired[number]: answer for number, answer in again.items()}}

    def _exchange_many(
        self, commands: Sequence[Command], is_write: bool
    ) -> dict[int, dict[str, Any] | RpcError] | None:
        exchange = self._exchange_array if self._batches == ARRAYS else self._exchange_run
        answers = exchange(commands, is_write)
        if isinstance(answers, RpcError):
            if self._is_expired(answers):
                return dict.fromkeys(range(len(commands)), answers)
            if is_write and answers.code not in REFUSED_AS_A_WHOLE:
                raise self._unknown_fate(commands, f"refused it: {answers.message} (code {answers.code})")
            self._batches = None
            return None
        if answers is None:
            self._batches = None
            if is_write:
                raise self._unknown_fate(commands, "answered with something else than a list")
            return None
        return {
            number: self._answer_of(answer)
            for number, answer in answers.items()
            if isinstance(answer, dict) and ("result" in answer or isinstance(answer.get("error"), dict))
        }

    def _exchange_array(self, commands: Sequence[Command], is_write: bool) -> dict[int, Any] | RpcError | None:
        """The answers by the position of their commands, an error about all of them, or None for neither."""
        requests = [self._request(each.method, each.params) for each in commands]
        reply = self._send(_many(commands), requests, is_write, is_session=False)
        try:
            answers = json.loads(reply.text)
        except ValueError:
            return None
        if isinstance(answers, dict) and isinstance(answers.get("error"), dict):
            return rpc_error(answers["error"], self.http.redactor.text)
        if not isinstance(answers, list):
            return None
        position = {str(request["id"]): number for number, request in enumerate(requests)}
        return {
            position[str(answer["id"])]: answer
            for answer in answers
            if isinstance(answer, dict) and str(answer.get("id")) in position
        }

    def _exchange_run(self, commands: Sequence[Command], is_write: bool) -> dict[int, Any] | RpcError | None:
        """The same by the method that takes commands."""
        listed = [{"method": each.method, "params": each.params} for each in commands]
        request = self._request(RUN, {"commandList": listed})
        reply = self._send(_many(commands), request, is_write, is_session=False)
        try:
            answers = self._open(_many(commands), reply, request["id"], is_write)
        except (ProtocolError, Uncertain):
            return None
        if isinstance(answers, RpcError):
            return answers
        return dict(enumerate(answers[: len(commands)])) if isinstance(answers, list) else None

    def _answer_of(self, answer: Mapping[str, Any]) -> dict[str, Any] | RpcError:
        error = answer.get("error")
        return rpc_error(error, self.http.redactor.text) if isinstance(error, dict) else _as_members(answer["result"])

    def _is_expired(self, answer: Any) -> bool:
        return isinstance(answer, RpcError) and answer.code in self._protocol.session_expired

    def _unknown_fate(self, commands: Sequence[Command], what: str) -> Uncertain:
        call = _many(commands)
        return Uncertain(f"{self.http.target.title} got {call} and {what}", method=commands[0].method)

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


def _many(commands: Sequence[Command]) -> str:
    """What messages call a request with several commands."""
    methods = " and ".join(dict.fromkeys(each.method for each in commands))
    return f"{methods} ({len(commands)} commands in one request)"


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
