# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls with the level of the login in mind: what is known to be above it is refused here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._client.jsonrpc import JsonRpc
from .levels import Login, refuse_below


class Api:
    """One connection. All calls raise PostmasterError, AccessDenied among them before anything is sent."""

    def __init__(self, rpc: JsonRpc, login: Login) -> None:
        self._rpc = rpc
        self._login = login

    @property
    def login(self) -> Login:
        """Who is logged in; the first use logs in, since the level is told by the server."""
        if not self._rpc.has_session:
            self._rpc.login()
        return self._login

    def call(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        refuse_below(self.login, method)
        return self._rpc.call(method, params)

    def read_many(self, method: str, params: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The results of one read for many objects, in order; nothing is needed to read none."""
        if not params:
            return []
        refuse_below(self.login, method)
        return self._rpc.read_many(method, params)
