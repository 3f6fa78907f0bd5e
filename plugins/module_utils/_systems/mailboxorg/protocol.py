# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What mailbox.org adds to JSON-RPC: its reads, its session, and its errors by code (mailboxorg.md 1.3 to 1.5).

Three codes are known, and more that mean a failure inside the server by convention; what the server says beside the
code is passed on, and decides nothing.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json

from ..._client.jsonrpc import ARRAYS, Protocol, RpcError
from ..._core.errors import AccessDenied, PostmasterError, ProtocolError, ServerRefusal, Uncertain
from .levels import TITLE, Login, explanation

PATH = "/v1/"
LOGIN, LOGOUT = "auth", "deauth"
READS = frozenset(
    {
        "account.get",
        "account.list",
        "context.list",
        "domain.get",
        "domain.list",
        "group.get",
        "group.list",
        "mail.blacklist.list",
        "mail.capabilities.get",
        "mail.get",
        "mail.list",
        "mail.spamprotect.get",
        "mail.vacation.get",
        "mailinglist.get",
        "mailinglist.list",
    }
)
ACCESS_DENIED = 2
OWNERSHIP_UNPROVEN = 218
SESSION_EXPIRED = 253
INTERNAL_ERROR = -32603
# How the server says no; nothing else of an error tells whether an object exists.
REFUSALS = (ServerRefusal, AccessDenied)
_LONGEST_DATA = 300


class OwnershipUnproven(PostmasterError):
    """A domain is not added before a TXT record shows whose it is: ``host`` and ``txt`` as the server tells them."""

    def __init__(self, message: str, host: str, txt: str, *, method: str, code: int) -> None:
        super().__init__(message, method=method, code=code)
        self.host = host
        self.txt = txt


def protocol(login: Login) -> Protocol:
    """The protocol of one session."""
    return Protocol(
        path=PATH,
        reads=READS,
        session_methods=frozenset({LOGIN, LOGOUT}),
        session_expired=frozenset({SESSION_EXPIRED}),
        translate=lambda method, error: _translate(login, method, error),
        batches=ARRAYS,
    )


def _translate(login: Login, method: str, error: RpcError) -> PostmasterError:
    """The server's error in our words, decided by its code alone."""
    text = f"{TITLE} refused {method}: {error.message} (code {error.code})"
    if error.code == OWNERSHIP_UNPROVEN and error.data.get("host") and error.data.get("txt"):
        return OwnershipUnproven(text, str(error.data["host"]), str(error.data["txt"]), method=method, code=error.code)
    text += _details(error)
    if error.code == SESSION_EXPIRED:
        text += "; the session was refused again right after logging in anew"
        return ProtocolError(text, method=method, code=error.code)
    if error.code == ACCESS_DENIED:
        advice = explanation(login, method) or (
            f"; either {login.name!r}, of level {login.level}, may not do this, or the object belongs to somebody else"
        )
        return AccessDenied(text + advice, method=method, code=error.code)
    if method not in READS and (error.code == INTERNAL_ERROR or 500 <= error.code <= 599):
        return Uncertain(text, method=method, code=error.code)
    return ServerRefusal(text + explanation(login, method), method=method, code=error.code)


def _details(error: RpcError) -> str:
    """What the server adds to a message."""
    return f" {json.dumps(dict(error.data), ensure_ascii=False)[:_LONGEST_DATA]}" if error.data else ""
