# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Session, but out of office (fact sheet kerio_connect.md 4.1)."""

from __future__ import annotations

import copy
import json
from typing import Any

from tests.simulators.framework.json_types import is_json
from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_web import ui_settings
from tests.simulators.kerio_web.wire_types import STR, Anything, invalid, zero
from tests.simulators.kerio_webmail.methods import Context, Method
from tests.simulators.kerio_webmail.store import Account
from tests.simulators.kerio_webmail.structures import API_APPLICATION, SPAM_SETTINGS, USER_INFO

LOGIN_PAGE = "/webmail/login/"
ZONES = ("Europe/Berlin", "Europe/London", "Europe/Prague", "UTC")
LANGUAGES = (
    {"name": "English", "code": "en", "shortCode": "en"},
    {"name": "Deutsch", "code": "de", "shortCode": "de"},
)


def login(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    name, password = params["userName"], params["password"]
    account = _account(context, name)
    context.check_lockout(name)
    accepted = {context.settings.master_password, account.password if account else ""} - {""}
    if account is None or not account.is_enabled or password not in accepted:
        raise context.login_refused(name)
    return {"token": context.open_session(account.id, name, token_cookie=context.settings.token_cookie).token}


def _account(context: Context, name: str) -> Account | None:
    """None also for a name of a form that this server does not take."""
    wanted = context.settings.login_names
    if wanted != "either" and (wanted == "with_domain") != ("@" in name):
        return None
    return context.store.find(name)


def logout(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return context.close_session(LOGIN_PAGE)


def who_am_i(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    account = context.caller
    details = {
        "id": account.id,
        "loginName": account.address,
        "fullName": account.full_name,
        "emails": list(account.emails),
        "preferredAddress": account.preferred_address,
        "replyToAddress": account.reply_to_address,
    }
    return {"userDetails": details}


def set_user_info(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Only the last two members can be written; the others are ignored."""
    account, details = context.caller, params["userDetails"]
    kept = context.settings.member_left_out == "kept"
    account.preferred_address = details.get("preferredAddress", account.preferred_address if kept else "")
    account.reply_to_address = details.get("replyToAddress", account.reply_to_address if kept else "")
    return {}


# Password.


def can_user_change_password(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"isEligible": context.settings.may_change_password}


def set_password(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    account, new = context.caller, params["newPassword"]
    long_enough = len(new) >= max(context.settings.minimum_password_length, 1)
    if not context.settings.may_change_password or params["currentPassword"] != account.password or not long_enough:
        raise RpcError(context.settings.password_refused_code, "The password could not be changed.")
    account.password = new
    return {}


# Quota, spam filter.


def get_quota_information(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"quotaInfo": dict(context.caller.quota)}


def get_spam_settings(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"settings": copy.deepcopy(context.caller.spam)}


def set_spam_settings(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    account = context.caller
    old = account.spam if context.settings.member_left_out == "kept" else zero(SPAM_SETTINGS)
    account.spam = {**old, **params["settings"]}
    return {}


# The web interface itself.


def get_settings(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    answer = ui_settings.selected(context.caller.ui_settings, params["query"])
    return {"settings": json.dumps(answer) if context.settings.ui_settings == "text" else answer}


def set_settings(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """An object, or the JSON text of one as the vendor's reference has it."""
    given = params["settings"]
    if is_json(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise invalid("settings", "JSON expected") from None
    if not isinstance(given, dict):
        raise invalid("settings", "object expected")
    ui_settings.merge(context.caller.ui_settings, given)
    return {}


def get_available_time_zones(_context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"zones": list(ZONES)}


def get_available_languages(_context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"languages": [dict(language) for language in LANGUAGES]}


METHODS = {
    "Session.login": Method(
        login, {"userName": STR, "password": STR, "application": API_APPLICATION}, needs_session=False
    ),
    "Session.logout": Method(logout),
    "Session.whoAmI": Method(who_am_i),
    "Session.setUserInfo": Method(set_user_info, {"userDetails": USER_INFO}, is_write=True),
    "Session.canUserChangePassword": Method(can_user_change_password),
    "Session.setPassword": Method(set_password, {"currentPassword": STR, "newPassword": STR}, is_write=True),
    "Session.getQuotaInformation": Method(get_quota_information),
    "Session.getSpamSettings": Method(get_spam_settings),
    "Session.setSpamSettings": Method(set_spam_settings, {"settings": SPAM_SETTINGS}, is_write=True),
    "Session.getSettings": Method(get_settings, {"query": Anything()}),
    "Session.setSettings": Method(set_settings, {"settings": Anything()}, is_write=True),
    "Session.getAvailableTimeZones": Method(get_available_time_zones),
    "Session.getAvailableLanguages": Method(get_available_languages),
}
