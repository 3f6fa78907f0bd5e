# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Phone: what a user reads about the own telephone (fact sheet kerio_operator.md 5)."""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_operator import users
from tests.simulators.kerio_operator.methods import Access, Context, Method
from tests.simulators.kerio_operator.store import Entity
from tests.simulators.kerio_operator.structures import USER_SECRETS
from tests.simulators.kerio_web.wire_types import Number


def get_webrtc(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    """The SIP login of each of the user's lines; none where the user may not use WebRTC."""
    user = context.caller
    own = _own_extensions(context, user) if user["WEBRTC_ENABLED"] else []
    lines = [line for extension in own for line in extension["lines"]]
    return {"extensions": [{"username": line["sipUsername"], "secret": line["sipPassword"]} for line in lines]}


def get_address_book(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    book = [
        {
            "fullName": user["FULL_NAME"] or user["USERNAME"],
            "numbers": [{"telNum": extension["telNum"]} for extension in _own_extensions(context, user)],
        }
        for user in context.store.users.values()
        if user["EXTENSIONS"] and not user["DISABLED"]
    ]
    return {"addressBook": book}


def get_user_settings(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    """The content is unknown; this shows the account as the administration does."""
    row = users.row(context.store, context.caller, context.settings)
    return {"userSettings": {name: value for name, value in row.items() if name not in USER_SECRETS}}


def get_call_history(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Newest first. timeStartMax: seconds since 1970, 0 for now; limit: -1 for all."""
    own = {extension["telNum"] for extension in _own_extensions(context, context.caller)}
    latest = params.get("timeStartMax", 0) or context.clock.now()
    calls = [
        _as_seen_by_user(call, own, context)
        for call in sorted(context.store.call_history, key=lambda call: -int(call["TIMESTAMP"]))
        if own & {call["FROM_NUM"], call["TO_NUM"]} and call["TIMESTAMP"] <= latest
    ]
    limit = params.get("limit", -1)
    return {"callHistory": calls if limit < 0 else calls[:limit]}


def _as_seen_by_user(call: Entity, own: set[str], context: Context) -> Entity:
    names = {
        extension["telNum"]: user["FULL_NAME"]
        for user in context.store.users.values()
        for extension in _own_extensions(context, user)
    }
    incoming = call["TO_NUM"] in own
    return {
        "type": 1 if incoming else 2,
        "status": call["STATUS"],
        "timestamp": call["TIMESTAMP"],
        "callDuration": call["CALL_DURATION"],
        "answeredDuration": call["ANSWERED_DURATION"],
        "toNum": call["TO_NUM"],
        "toName": names.get(call["TO_NUM"], ""),
    }


def _own_extensions(context: Context, user: Entity) -> list[Entity]:
    return [context.store.extensions[entry["GUID"]] for entry in user["EXTENSIONS"]]


METHODS = {
    "UserPhone.getWebrtc": Method(get_webrtc, Access.PHONE),
    "UserPhone.getAddressBook": Method(get_address_book, Access.PHONE),
    "UserSettings.get": Method(get_user_settings, Access.PHONE),
    "UserCallHistory.get": Method(
        get_call_history,
        Access.PHONE,
        {"timeStartMax": Number(), "limit": Number()},
        optional=frozenset({"timeStartMax", "limit"}),
    ),
}
