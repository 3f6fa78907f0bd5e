# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Login and logout of Kerio Connect's administration interface (kerio_connect.md 1.3 to 1.6).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from ..._client import logins
from ..._client.http import Http, Target
from ..._client.jsonrpc import JsonRpc, RpcError
from ..._core.errors import LoginRefused, PostmasterError, ProtocolError
from ..._core.redact import Redactor
from ..system import Session
from .gateway import KerioConnectGateway
from .protocol import PROTOCOL, TITLE

APPLICATION = {"name": "postmaster.comms", "vendor": "postmaster.comms contributors", "version": "1"}


@contextmanager
def connect(target: Target, options: Mapping[str, Any]) -> Iterator[Session]:
    """A gateway whose session is opened by its first call and closed here, also after a failure."""
    redactor = Redactor()
    redactor.learn(options["api_password"])
    http = Http(target, redactor)
    rpc = JsonRpc(http, PROTOCOL, lambda client: _login(client, options["api_username"], options["api_password"]))
    try:
        yield Session(KerioConnectGateway(rpc), http)
    finally:
        if rpc.has_session:
            _logout(rpc)
        http.close()


def _login(rpc: JsonRpc, username: str, password: str) -> None:
    url = rpc.http.target.url
    logins.refuse_if_known(url, username, password)
    answer = rpc.session_call("Session.login", {"userName": username, "password": password, "application": APPLICATION})
    if isinstance(answer, RpcError):
        message = (
            f"{TITLE} at {url} refused the login of {username!r}: {answer.message} (code {answer.code}); check "
            "api_username and api_password, and that the account has an administration role"
        )
        logins.remember(message, url, username, password)
        raise LoginRefused(message, method="Session.login", code=answer.code)
    token = answer.get("token")
    if not isinstance(token, str) or not token:
        raise ProtocolError(f"{TITLE} at {url} confirmed the login without a token", method="Session.login")
    rpc.http.redactor.learn(token, *rpc.http.cookies().values())
    rpc.headers["X-Token"] = token


def _logout(rpc: JsonRpc) -> None:
    """Best effort: the work is done, and what a lost logout leaves behind expires."""
    with suppress(PostmasterError):
        rpc.session_call("Session.logout")
    rpc.forget_session()
