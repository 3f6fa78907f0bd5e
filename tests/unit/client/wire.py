# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A JSON-RPC client that talks to a test instead of a server: requests as they would leave, and replies as worded."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client.http import Http, Reply, Target
from ansible_collections.postmaster.comms.plugins.module_utils._client.jsonrpc import (
    RUN,
    JsonRpc,
    Protocol,
    RpcError,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import PostmasterError, ServerRefusal
from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import Redactor

OVER = 253
Answer = Callable[[Any], Any]


def _translate(method: str, error: RpcError) -> PostmasterError:
    return ServerRefusal(error.message, method=method, code=error.code)


def protocol(batches: str | None = None) -> Protocol:
    return Protocol("/rpc/", frozenset({"get"}), frozenset({"auth", "deauth"}), frozenset({OVER}), _translate, batches)


def agree(request: Any) -> Any:
    """A success for each command of a request."""
    if isinstance(request, list):
        return [agree(each) for each in request]
    if request["method"] == RUN:
        return {"id": request["id"], "result": [{"result": {}} for _each in request["params"]["commandList"]]}
    return {"id": request["id"], "result": {}}


class Wire:
    """``answer`` gets each request and returns JSON or text, or raises what the HTTP client would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, batches: str | None) -> None:
        self.requests: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.as_writes: list[bool] = []
        self.answer: Answer = agree
        self.logins = 0
        monkeypatch.setattr(Http, "send", self._send)
        self.http = Http(Target("The server", "https://server.example"), Redactor())
        self.rpc = JsonRpc(self.http, protocol(batches), self._login)

    def _login(self, _rpc: JsonRpc) -> None:
        self.logins += 1

    def _send(self, _method: str, _url: str, **details: Any) -> Reply:
        self.requests.append(json.loads(json.dumps(details["json"])))
        self.headers.append(dict(details["headers"]))
        self.as_writes.append(details["is_write"])
        answer = self.answer(details["json"])
        return Reply(200, {}, answer if isinstance(answer, str) else json.dumps(answer))

    @property
    def methods(self) -> list[str]:
        return [request["method"] for request in self.requests]
