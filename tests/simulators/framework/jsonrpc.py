# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON-RPC 2.0 envelope as the Kerio servers understand it (fact sheet kerio_connect.md 1.2 and 1.7)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
SESSION_EXPIRED = -32001


class RpcError(Exception):
    """An error to answer with. `message` may hold %1, %2 … for the `parameters`."""

    def __init__(self, code: int, message: str, *parameters: str) -> None:
        super().__init__(code, message, parameters)
        self.code = code
        self.message = message
        self.parameters = parameters

    @property
    def message_parameters(self) -> dict[str, Any]:
        return {"positionalParameters": list(self.parameters), "plurality": 1}

    def as_member(self) -> dict[str, Any]:
        """The value of the envelope's member `error`."""
        return {
            "code": self.code,
            "message": self.message,
            "data": {"messageParameters": self.message_parameters},
        }


@dataclass(frozen=True)
class RpcCall:
    id: Any
    method: str
    params: dict[str, Any]
    token: str | None


def parse(body: bytes) -> RpcCall:
    """Raises RpcError for what is no JSON or no call. Extra members are ignored; the content type is not looked at."""
    try:
        data = json.loads(body)
    except ValueError:
        raise RpcError(PARSE_ERROR, "Parse error.") from None
    if not isinstance(data, dict) or not isinstance(data.get("method"), str):
        raise RpcError(INVALID_REQUEST, "Invalid request.")
    token = data.get("token")
    return RpcCall(data.get("id"), data["method"], named(data.get("params")), token if isinstance(token, str) else None)


def named(params: Any) -> dict[str, Any]:
    """Working clients send no parameters as a missing member, {}, [] or "" (fact sheet 1.2)."""
    if params in (None, [], ""):
        return {}
    if not isinstance(params, dict):
        raise RpcError(INVALID_PARAMS, "Invalid params.")
    return params


def success(call_id: Any, result: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": call_id, "result": result}


def failure(call_id: Any, error: RpcError) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": call_id, "error": error.as_member()}
