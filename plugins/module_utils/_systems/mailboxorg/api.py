# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls with the level of the login in mind: what is known to be above it is refused here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._client.batches import Answer, read_each, read_many, write_many
from ..._client.jsonrpc import Command, JsonRpc
from ..._core.writing import Writing
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

    def part(self, method: str, params: Mapping[str, Any]) -> Writing[dict[str, Any]]:
        """The same as a part of a change, which is sent together with those of others: a call that writes, or one that
        looks at a new object."""
        refuse_below(self.login, method)
        answer = yield Command(method, params)
        return dict(answer)

    def read_many(self, method: str, params: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The results of one read for many objects, in order; nothing is needed to read none."""
        if not params:
            return []
        refuse_below(self.login, method)
        return read_many(self._rpc, method, params)

    def read_pages(self, method: str, params: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The same for a method that lists; the result of a run tells how many pages were read."""
        self._rpc.http.usage.pages += len(params)
        return self.read_many(method, params)

    @property
    def takes_batches(self) -> bool:
        """Whether the server may take several calls in one request; True until it says no."""
        return self._rpc.takes_batches

    def send(self, commands: Sequence[Command]) -> list[Answer]:
        """What came of each command of ``part``, in order; no error is raised. Those that only look are no writes, so
        they may be repeated."""
        looks = [number for number, command in enumerate(commands) if command.method in self._rpc.reads]
        writes = [number for number, command in enumerate(commands) if command.method not in self._rpc.reads]
        answers = dict(zip(writes, write_many(self._rpc, [commands[number] for number in writes])))
        answers.update(zip(looks, read_each(self._rpc, [commands[number] for number in looks])))
        return [answers[number] for number in range(len(commands))]
