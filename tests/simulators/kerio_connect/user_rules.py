# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server checks and keeps when members of a user are written (fact sheet kerio_connect.md 3.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.simulators.kerio_connect.accounts import find_login
from tests.simulators.kerio_connect.addresses import accepted_addresses, check_collisions
from tests.simulators.kerio_connect.errors import access_denied, exists, failed, missing, not_permitted
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.rights import ASSIGNABLE_ROLES
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import USER
from tests.simulators.kerio_connect.writing import laid_over, writable
from tests.simulators.kerio_web.wire_types import merged

MAX_DAYS = 24855
LOGIN_NAME = re.compile(r'[^\s@"<>:;,\\/]{1,64}')


def apply_members(context: Context, user: Entity, given: Entity, *, creating: bool) -> None:
    """Write checked members into `user`; read-only ones are ignored. Raises RpcError for what is refused."""
    for name, value in writable(context, USER, user, given, creating=creating):
        special = _SPECIAL.get(name)
        kind = USER.members[name].type
        user[name] = special(context, user, value) if special else laid_over(context, kind, user[name], value)
    _check_numbers(user)


def _login_name(context: Context, user: Entity, name: str) -> str:
    if not LOGIN_NAME.fullmatch(name):
        raise failed("The user name %1 is invalid.", about=name)
    old = str(user["loginName"])
    if not old:
        check_collisions(context, user["domainId"], [name], user["id"])
        return name
    if name == old or context.settings.login_name_change == "ignore":
        return old
    if context.settings.login_name_change == "refuse":
        raise not_permitted("%1 cannot be changed.", about="loginName")
    other = find_login(context.store, user["domainId"], name)
    if other is not None and other["id"] != user["id"]:
        raise exists(context.settings, "User", name)
    return name


def _role(context: Context, user: Entity, role: Entity) -> Entity:
    complete: Entity = merged(USER.members["role"].type, user["role"], role)
    if complete["userRole"] not in ASSIGNABLE_ROLES:
        raise not_permitted("The role %1 cannot be assigned.", about=complete["userRole"])
    if complete["userRole"] != user["role"]["userRole"]:
        check_role(context, complete["userRole"])
    return complete


def check_role(context: Context, role: str) -> None:
    """Raises RpcError 1004 when the caller has not the power to give or take away this role."""
    if role == "FullAdmin" and context.role == "AccountAdmin":
        raise access_denied()


def _groups(context: Context, user: Entity, groups: list[Entity]) -> list[str]:
    ids = [group.get("id", "") for group in groups]
    for group_id in ids:
        group = context.store.groups.get(group_id)
        if group is None or group["domainId"] != user["domainId"]:
            raise missing(context.settings, "The group", group_id)
        check_role(context, group["role"])
    kept = user["userGroups"] if context.settings.referenced_lists == "merge" else []
    return list(dict.fromkeys([*kept, *ids]))


def _access_policy(context: Context, user: Entity, policy: Entity) -> str:
    policy_id = str(policy.get("id", ""))
    if policy_id and policy_id not in context.store.access_policy_groups:
        raise missing(context.settings, "The access policy", policy_id)
    return policy_id or context.store.default_access_policy()


def _company_contact(context: Context, user: Entity, contact_id: str) -> str:
    if contact_id and contact_id not in context.store.company_contacts:
        raise missing(context.settings, "The company contact", contact_id)
    return contact_id


def _home_server(context: Context, user: Entity, server: Entity) -> Entity:
    """Only the id counts; both members are empty outside of distributed domains."""
    server_id = str(server.get("id", ""))
    if server_id and server_id not in context.store.home_servers:
        raise missing(context.settings, "The home server", server_id)
    return dict(context.store.home_servers.get(server_id, {"id": "", "name": ""}))


def _addresses(context: Context, user: Entity, addresses: list[str]) -> list[str]:
    accepted = accepted_addresses(context, user["domainId"], addresses)
    check_collisions(context, user["domainId"], accepted, user["id"])
    return accepted


def _forwarding(context: Context, user: Entity, forwarding: Entity) -> Entity:
    complete: Entity = merged(USER.members["emailForwarding"].type, user["emailForwarding"], forwarding)
    if complete["mode"] != "UForwardNone" and not complete["emailAddresses"]:
        raise failed("Forwarding needs an address.")
    return complete


_SPECIAL: dict[str, Callable[[Context, Entity, Any], Any]] = {
    "loginName": _login_name,
    "role": _role,
    "userGroups": _groups,
    "accessPolicy": _access_policy,
    "companyContactId": _company_contact,
    "homeServer": _home_server,
    "emailAddresses": _addresses,
    "emailForwarding": _forwarding,
}


def _check_numbers(user: Entity) -> None:
    for name in ("deletedItems", "junkEmail", "sentItems", "autoDelete"):
        if not 0 <= user["cleanOutItems"][name]["days"] <= MAX_DAYS:
            raise failed("The number of days of %1 is out of range.", about=name)
    for name in ("diskSizeLimit", "outMessageLimit"):
        if user[name]["limit"]["value"] < 0:
            raise failed("The limit %1 is out of range.", about=name)
    if user["itemLimit"]["limit"] < 0:
        raise failed("The limit %1 is out of range.", about="itemLimit")
