# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces Session, Version and ProductActivation (fact sheet kerio_operator.md 1.3, 1.4, 4.7)."""

from __future__ import annotations

import copy
from typing import Any

from tests.simulators.kerio_operator.errors import access_denied, failed
from tests.simulators.kerio_operator.methods import ADMINISTRATION, ADMINISTRATORS, Access, Context, Method
from tests.simulators.kerio_operator.store import Entity
from tests.simulators.kerio_operator.structures import ADMINISTRATOR, APPLICATION
from tests.simulators.kerio_web.wire_types import STR, Anything, invalid

FIRST_ADMINISTRATOR = "Admin"


def login(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return {"token": open_session(context, params["userName"], params["password"])}


def open_session(context: Context, name: str, password: str) -> str:
    """Log in to the interface of the request -> token.

    Raises RpcError 1000 for a wrong name or password, 1004 for a user in the administration.
    """
    user = _account(context, name)
    context.check_lockout(name)
    if user is None or user["DISABLED"] or not password or user["USER_PASSWORD"] != password:
        raise context.login_refused(name)
    if context.sessions.interface is ADMINISTRATION and user["ADMINISTRATION_ROLE_ID"] not in ADMINISTRATORS:
        raise access_denied(context.settings)
    return context.open_session(str(user["GUID"]), name, token_cookie=True).token


def _account(context: Context, name: str) -> Entity | None:
    for user in context.store.users.values():
        if user["USERNAME"] == name:
            return user
        if not context.settings.login_case_sensitive and user["USERNAME"].lower() == name.lower():
            return user
    return None


def logout(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return context.close_session()


def who_am_i(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    """The content is unknown; this follows Kerio Connect."""
    user = context.caller
    details = {"id": user["GUID"], "loginName": user["USERNAME"], "fullName": user["FULL_NAME"]}
    return {"userDetails": details}


def get_settings(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """query: a list of paths, each a list of keys; only what lies below them is answered."""
    paths = params["query"]
    if not isinstance(paths, list) or not all(isinstance(path, list) and path for path in paths):
        raise invalid("query", "list of paths expected")
    kept = context.store.interface_settings.get(context.caller["GUID"], {})
    answer: Entity = {}
    for path in paths:
        value: Any = kept
        for key in path:
            value = value.get(str(key)) if isinstance(value, dict) else None
        if value is not None:
            place = answer
            for key in path[:-1]:
                place = place.setdefault(str(key), {})
            place[str(path[-1])] = copy.deepcopy(value)
    return {"settings": answer}


def set_settings(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(params["settings"], dict):
        raise invalid("settings", "object expected")
    _merge(context.store.interface_settings.setdefault(context.caller["GUID"], {}), params["settings"])
    return {}


def _merge(old: Entity, new: Entity) -> None:
    for name, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            _merge(old[name], value)
        else:
            old[name] = copy.deepcopy(value)


def get_api_version(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": context.settings.api_version}


def activate(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Sets a fresh server up, with the administrator Admin; refused on every other."""
    if context.store.activated:
        raise failed("The product is activated already.")
    start = params.get("pbxStartingNumber", "10")
    if not start.isdecimal():
        raise failed("%1 is no number to start at.", about=start)
    context.store.add_user(
        FIRST_ADMINISTRATOR,
        USER_PASSWORD=params["adminPassword"],
        EMAIL=params.get("adminEmail", ""),
        ADMINISTRATION_ROLE_ID=ADMINISTRATOR,
    )
    context.store.starting_number = int(start)
    context.store.activated = True
    return {}


METHODS = {
    "Session.login": Method(login, Access.OPEN, {"userName": STR, "password": STR, "application": APPLICATION}),
    "Session.logout": Method(logout, Access.OWN),
    "Session.whoAmI": Method(who_am_i, Access.OWN),
    "Session.getSettings": Method(get_settings, Access.OWN, {"query": Anything()}, optional=frozenset()),
    "Session.setSettings": Method(set_settings, Access.OWN_WRITE, {"settings": Anything()}),
    "Version.getApiVersion": Method(get_api_version, Access.OPEN),
    "ProductActivation.activate": Method(
        activate,
        Access.SETUP,
        {"adminPassword": STR, "adminEmail": STR, "pbxStartingNumber": STR},
        optional=frozenset({"adminEmail", "pbxStartingNumber"}),
    ),
}
