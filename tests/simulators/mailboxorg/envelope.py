# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON-RPC envelope as this service understands it (fact sheet mailboxorg.md 1.1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.simulators.framework import jsonrpc
from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.mailboxorg.errors import GERMAN, NO_CALL, NO_JSON, ApiError, invalid
from tests.simulators.mailboxorg.settings import MailboxOrgSettings


@dataclass(frozen=True)
class Envelope:
    """is_notification: the member id is missing; an id of null is an id."""

    method: str
    params: dict[str, Any]
    id: Any
    is_notification: bool


def decode(body: bytes) -> Any:
    """Raises ApiError for what is no JSON."""
    try:
        return json.loads(body)
    except ValueError:
        raise ApiError(NO_JSON, "This is no JSON") from None


def parse(data: Any) -> Envelope:
    """Raises ApiError for what is no call. The content type and the version are not looked at."""
    if not isinstance(data, dict) or not isinstance(data.get("method"), str):
        raise ApiError(NO_CALL, "This is no call")
    try:
        params = jsonrpc.named(data.get("params"))
    except RpcError:
        raise invalid("params", "an object") from None
    return Envelope(data["method"], params, data.get("id"), "id" not in data)


def id_of(data: Any) -> Any:
    """The id of a call that is broken in other ways."""
    return data.get("id") if isinstance(data, dict) else None


def success(call_id: Any, result: Any, settings: MailboxOrgSettings) -> dict[str, Any]:
    answer = jsonrpc.success(call_id, result)
    return {**answer, "error": None} if settings.null_members else answer


def failure(call_id: Any, error: ApiError, settings: MailboxOrgSettings) -> dict[str, Any]:
    answer = jsonrpc.failure(call_id, error)
    if settings.message_language == "de" and error.code in GERMAN:
        answer["error"]["message"] = GERMAN[error.code]
    return {**answer, "result": None} if settings.null_members else answer
