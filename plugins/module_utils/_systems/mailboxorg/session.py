# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of mailbox.org's API: a text in a header, good for 20 minutes after each use (mailboxorg.md 1.3, 1.4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from ..._client.http import Target
from ..._client.jsonrpc import JsonRpc
from ..._core.errors import ProtocolError
from ..rpc_session import rpc_session, sign_in
from ..system import Session
from .api import Api
from .gateway import MailboxOrgGateway
from .levels import TITLE, Login
from .protocol import LOGIN, LOGOUT, protocol

HEADER = "HPLS-AUTH"


def connect(target: Target, options: Mapping[str, Any]) -> AbstractContextManager[Session]:
    """A gateway whose session is opened by its first call and closed at the end."""
    login = Login(options["api_username"])

    def open_session(rpc: JsonRpc, username: str, password: str) -> None:
        """Raises LoginRefused, ProtocolError."""
        answer = sign_in(rpc, LOGIN, {"user": username, "pass": password}, username, password, "")
        session = answer.get("session")
        if not isinstance(session, str) or not session:
            raise ProtocolError(f"{TITLE} at {target.url} confirmed the login without a session", method=LOGIN)
        rpc.http.redactor.keep(session)
        rpc.headers[HEADER] = session
        login.level = str(answer.get("level") or "")

    return rpc_session(
        target, options, protocol(login), open_session, LOGOUT, lambda rpc: MailboxOrgGateway(Api(rpc, login))
    )
