# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Kerio Connect adds to JSON-RPC: its path, its known reads, its error codes (kerio_connect.md 1.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._client.jsonrpc import Protocol, RpcError
from ..._core.errors import AccessDenied, Conflict, NotFound, PostmasterError, ServerRefusal, Uncertain

TITLE = "Kerio Connect"
PATH = "/admin/api/jsonrpc/"
READS = frozenset(
    {
        "AccessPolicy.getGroupList",
        "CompanyContacts.get",
        "DistributedDomain.getHomeServerList",
        "Domains.get",
        "Groups.get",
        "Session.whoAmI",
        "Users.get",
    }
)
SESSION_EXPIRED = -32001
INTERNAL_ERROR = -32603


def translate(method: str, error: RpcError) -> PostmasterError:
    """The server's error in our words, decided by its code alone."""
    text = f"{TITLE} refused {method}: {error.message} (code {error.code})"
    facts: dict[str, Any] = {"method": method, "code": error.code}
    if error.code == 1001:
        return Conflict(text, **facts)
    if error.code == 1002:
        return NotFound(text, **facts)
    if error.code in (1003, 1004):
        return AccessDenied(
            f"{text}; use an account with the role account_admin or full_admin, and look at the server's licence",
            **facts,
        )
    if error.code == 4002:
        return ServerRefusal(f"{text}; the password does not meet the rules of the domain", **facts)
    if error.code == SESSION_EXPIRED:
        return AccessDenied(f"{text}; the session was refused again right after logging in anew", **facts)
    if error.code == INTERNAL_ERROR and method not in READS:
        return Uncertain(text, **facts)
    return ServerRefusal(text, **facts)


PROTOCOL = Protocol(
    path=PATH,
    reads=READS,
    session_methods=frozenset({"Session.login", "Session.logout"}),
    session_expired=frozenset({SESSION_EXPIRED}),
    translate=translate,
)
