# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Groups (fact sheet kerio_connect.md 3.3)."""

from __future__ import annotations

import functools
from typing import Any

from tests.simulators.kerio_connect import defaults, query
from tests.simulators.kerio_connect.addresses import accepted_addresses, check_collisions
from tests.simulators.kerio_connect.domain_rows import rows_of_domain
from tests.simulators.kerio_connect.errors import exists, failed, missing, not_permitted
from tests.simulators.kerio_connect.forgetting import forget
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.rights import ASSIGNABLE_ROLES
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import GROUP, GROUP_REMOVAL_REQUEST, SEARCH_QUERY
from tests.simulators.kerio_connect.user_rules import check_role
from tests.simulators.kerio_connect.writing import check_needed, writable
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, ListOf


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = rows_of_domain(context, context.store.groups, params["domainId"])
    return query.run(rows, params["query"], GROUP, context.settings, lambda row, name: row[name])


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    check_needed(GROUP, params["groups"], "groups")
    return in_bulk(context, params["groups"], functools.partial(_create_one, context))


def _create_one(context: Context, given: Entity) -> Entity:
    domain_id = given["domainId"]
    if domain_id not in context.store.domains:
        raise missing(context.settings, "The domain", domain_id)
    context.check_domain(domain_id)
    group = {**defaults.group(), "id": context.store.new_id("group", domain_id), "domainId": domain_id}
    _apply(context, group, given, creating=True)
    context.store.groups[group["id"]] = group
    return group


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(group_id: str) -> None:
        changed = dict(_find(context, group_id))
        _apply(context, changed, params["pattern"])
        context.store.groups[group_id] = changed

    return errors_of(context, params["groupIds"], set_one)


def _find(context: Context, group_id: str) -> Entity:
    group = context.store.groups.get(group_id)
    if group is None:
        raise missing(context.settings, "The group", group_id)
    context.check_domain(group["domainId"])
    return group


def _apply(context: Context, group: Entity, given: Entity, *, creating: bool = False) -> None:
    for name, value in writable(context, GROUP, group, given, creating=creating):
        if name == "name":
            group[name] = _name(context, group, value)
        elif name == "emailAddresses":
            group[name] = accepted_addresses(context, group["domainId"], value)
            check_collisions(context, group["domainId"], group[name], group["id"])
        elif name == "role":
            if value not in ASSIGNABLE_ROLES:
                raise not_permitted("The role %1 cannot be assigned.", about=value)
            check_role(context, value)
            group[name] = value
        else:
            group[name] = value


def _name(context: Context, group: Entity, name: str) -> str:
    old = str(group["name"])
    if not name.strip():
        raise failed("A group needs a name.")
    if old and name != old and context.settings.group_name_change != "rename":
        if context.settings.group_name_change == "refuse":
            raise not_permitted("%1 cannot be changed.", about="name")
        return old
    for other in context.store.groups.values():
        same = other["domainId"] == group["domainId"] and other["name"].lower() == name.lower()
        if same and other["id"] != group["id"]:
            raise exists(context.settings, "Group", name)
    return name


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def remove_one(request: dict[str, Any]) -> None:
        group = _find(context, request.get("groupId", ""))
        check_role(context, group["role"])
        del context.store.groups[group["id"]]
        forget(context.store, group["id"])

    return errors_of(context, params["requests"], remove_one)


def add_members(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    group = _find(context, params["groupId"])
    check_role(context, group["role"])

    def add_one(user_id: str) -> None:
        user = _member(context, group, user_id)
        if group["id"] not in user["userGroups"]:
            user["userGroups"] = [*user["userGroups"], group["id"]]
        elif context.settings.member_twice == "refuse":
            raise exists(context.settings, "The member", user["loginName"])

    return errors_of(context, params["userList"], add_one)


def remove_members(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    group = _find(context, params["groupId"])
    check_role(context, group["role"])

    def remove_one(user_id: str) -> None:
        user = _member(context, group, user_id)
        if group["id"] not in user["userGroups"] and context.settings.no_member == "refuse":
            raise missing(context.settings, "The member", user["loginName"])
        user["userGroups"] = [group_id for group_id in user["userGroups"] if group_id != group["id"]]

    return errors_of(context, params["userIds"], remove_one)


def _member(context: Context, group: Entity, user_id: str) -> Entity:
    user = context.store.users.get(user_id)
    if user is None or user["domainId"] != group["domainId"]:
        raise missing(context.settings, "The user", user_id)
    return user


METHODS = {
    "Groups.get": Method(get, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
    "Groups.create": Method(create, Access.ACCOUNTS, {"groups": ListOf(GROUP)}),
    "Groups.set": Method(set_, Access.ACCOUNTS, {"groupIds": ListOf(KID), "pattern": GROUP}),
    "Groups.remove": Method(remove, Access.ACCOUNTS, {"requests": ListOf(GROUP_REMOVAL_REQUEST)}),
    # The names of the list differ, as they do on the real server.
    "Groups.addMemberList": Method(add_members, Access.ACCOUNTS, {"groupId": KID, "userList": ListOf(KID)}),
    "Groups.removeMemberList": Method(remove_members, Access.ACCOUNTS, {"groupId": KID, "userIds": ListOf(KID)}),
}
