# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a simulator notes about each request that reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """What a request asks for, in the system's own words.

    name: the JSON-RPC method (`Users.get`), or method and route of a REST request (`GET /api/v1/mailboxes/{email}`).
    is_write: the call can change what is stored; session calls are not writes, nor is the envelope of a batch.
    commands: the calls inside a batch, in order.
    """

    name: str
    params: Any = None
    is_write: bool = False
    login: bool = False
    logout: bool = False
    commands: tuple[Call, ...] = ()

    @property
    def is_session(self) -> bool:
        return self.login or self.logout


@dataclass
class Record:
    """One request, or one command inside a batch (`batched`).

    params: what the client sent, passwords included: this log never leaves the test process.
    status: HTTP status of the reply; None while it is being worked on and when no reply was sent.
    processed: False when an injected fault stopped the request before it could change anything.
    """

    method: str
    path: str
    call: str
    params: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    is_write: bool = False
    login: bool = False
    logout: bool = False
    batched: bool = False
    processed: bool = False
