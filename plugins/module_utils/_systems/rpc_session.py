# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of a system that speaks JSON-RPC: opened by the first call, closed at the end, also after a failure.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Callable

from .._client import logins
from .._client.http import Http, Target
from .._client.jsonrpc import JsonRpc, Protocol, RpcError
from .._core.errors import LoginRefused, PostmasterError
from .._core.gateway import Gateway
from .._core.redact import Redactor
from .call import Answer, Call
from .system import Session


def _always_a_success(rpc: JsonRpc, call: Call, result: Any) -> PostmasterError | None:
    return None


@contextmanager
def rpc_session(
    target: Target,
    options: Mapping[str, Any],
    protocol: Protocol,
    login: Callable[[JsonRpc, str, str], None],
    logout: str,
    gateway: Callable[[JsonRpc], Gateway],
    failure: Callable[[JsonRpc, Call, Any], PostmasterError | None] = _always_a_success,
) -> Iterator[Session]:
    """``login`` opens a session with user name and password, ``logout`` is the method that ends it; ``failure`` finds
    the one that a result tells of."""
    username, password = options["api_username"], options["api_password"]
    redactor = Redactor()
    redactor.keep(password)
    http = Http(target, redactor)
    rpc = JsonRpc(http, protocol, lambda client: login(client, username, password))

    def send(call: Call, as_read: bool) -> Answer:
        result = rpc.result(call.method, call.data, as_read=as_read)
        return Answer(result, failure(rpc, call, result))

    try:
        yield Session(lambda: gateway(rpc), http, send)
    finally:
        if rpc.has_session:
            # Best effort: the work is done, and what a lost logout leaves behind expires.
            with suppress(PostmasterError):
                rpc.session_call(logout)
            rpc.forget_session()
        http.close()


def sign_in(
    rpc: JsonRpc, method: str, params: Mapping[str, Any], username: str, password: str, advice: str
) -> dict[str, Any]:
    """The result of the method that logs in. Raises LoginRefused, without a call for what was refused before."""
    url = rpc.http.target.url
    logins.refuse_if_known(url, username, password)
    answer = rpc.session_call(method, params)
    if isinstance(answer, RpcError):
        message = (
            f"{rpc.http.target.title} at {url} refused the login of {username!r}: {answer.message} (code "
            f"{answer.code}); check api_username and api_password{advice}"
        )
        error = LoginRefused(message, method=method, code=answer.code)
        logins.remember(error, url, username, password)
        raise error
    return answer
