# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Session (fact sheet kerio_connect.md 1.3, 1.5)."""

from __future__ import annotations

from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect import rights
from tests.simulators.kerio_connect.accounts import find_account
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import API_APPLICATION, DOMAIN
from tests.simulators.kerio_web.wire_types import STR, zero

BUILTIN_ROLE = {"userRole": "BuiltInAdmin", "publicFolderRight": True, "archiveFolderRight": True}
DOMAIN_MEMBERS = (
    "id",
    "name",
    "displayName",
    "description",
    "passwordExpirationEnabled",
    "passwordExpirationDays",
    "passwordHistoryCount",
    "passwordComplexityEnabled",
    "passwordMinimumLength",
)


def login(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    name = params["userName"]
    account = find_account(context.store, name)
    context.check_lockout(name)
    if account is None or not account["isEnabled"] or account["password"] != params["password"]:
        raise context.login_refused(name)
    if account["id"] in context.store.removals:
        raise context.login_refused(name)
    builtin = context.settings.builtin_admin and name.lower() == "admin"
    if not builtin and rights.effective_role(context.store, account)["userRole"] not in rights.ADMIN_ROLES:
        raise RpcError(context.settings.no_admin_role_code, "The user has no rights to administer the server.")
    user_id = "" if builtin else account["id"]
    return {"token": context.open_session(user_id, name, token_cookie=context.settings.token_cookie).token}


def logout(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return context.close_session()


def who_am_i(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    caller = context.caller
    if caller is None:
        details = {"id": "", "domainId": "", "loginName": "Admin", "fullName": "", "effectiveRole": BUILTIN_ROLE}
    else:
        details = {name: caller[name] for name in ("id", "domainId", "loginName", "fullName")}
        details["effectiveRole"] = rights.effective_role(context.store, caller)
    return {"userDetails": details}


def get_domain(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    caller = context.caller
    domain: Entity = context.store.domains[caller["domainId"]] if caller else zero(DOMAIN)
    shown = {**domain, "displayName": domain["name"]}
    return {"domain": {name: shown[name] for name in DOMAIN_MEMBERS}}


METHODS = {
    "Session.login": Method(login, Access.OPEN, {"userName": STR, "password": STR, "application": API_APPLICATION}),
    "Session.logout": Method(logout, Access.OWN),
    "Session.whoAmI": Method(who_am_i, Access.OWN),
    "Session.getDomain": Method(get_domain, Access.OWN),
}
