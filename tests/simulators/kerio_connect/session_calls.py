# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Session (fact sheet kerio_connect.md 1.3, 1.5)."""

from __future__ import annotations

from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect import rights
from tests.simulators.kerio_connect.accounts import find_account
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.sessions import COOKIE, TOKEN_COOKIE
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import API_APPLICATION, DOMAIN
from tests.simulators.kerio_connect.wire_types import STR, zero

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
    account = find_account(context.store, params["userName"])
    _check_lockout(context, params["userName"])
    if account is None or not account["isEnabled"] or account["password"] != params["password"]:
        _note_failure(context, params["userName"])
        raise RpcError(context.settings.login_failure_code, "The user name or password is wrong.")
    if account["id"] in context.store.removals:
        raise RpcError(context.settings.login_failure_code, "The user name or password is wrong.")
    builtin = context.settings.builtin_admin and params["userName"].lower() == "admin"
    if not builtin and rights.effective_role(context.store, account)["userRole"] not in rights.ADMIN_ROLES:
        raise RpcError(context.settings.no_admin_role_code, "The user has no rights to administer the server.")
    context.store.failed_logins.pop(params["userName"].lower(), None)
    session = context.sessions.open("" if builtin else account["id"], params["userName"], context.client_address)
    context.new_cookies[COOKIE] = session.cookie
    if context.settings.token_cookie:
        context.new_cookies[TOKEN_COOKIE] = session.token
    return {"token": session.token}


def _check_lockout(context: Context, name: str) -> None:
    """A locked account refuses the right password, too."""
    limit, until = context.settings.lockout_after, context.clock.now() - context.settings.lockout_seconds
    recent = [moment for moment in context.store.failed_logins.get(name.lower(), []) if moment > until]
    if limit and len(recent) >= limit:
        raise RpcError(context.settings.login_failure_code, "The account is locked.")


def _note_failure(context: Context, name: str) -> None:
    context.store.failed_logins.setdefault(name.lower(), []).append(context.clock.now())


def logout(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    context.sessions.close(context.cookie)
    return {"redirectUrl": f"{context.base_url}/admin/login"} if context.settings.logout_result == "redirect" else {}


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
