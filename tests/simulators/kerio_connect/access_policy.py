# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface AccessPolicy: groups of rules, and the rules (fact sheet kerio_connect.md, appendix A1 and A3)."""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_connect import query
from tests.simulators.kerio_connect.enums import SERVICE_TYPE
from tests.simulators.kerio_connect.errors import exists, missing, not_permitted
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import ACCESS_POLICY_GROUP, ACCESS_POLICY_RULE, SEARCH_QUERY
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, ListOf, invalid, merged, zero


def get_group_list(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"groups": list(context.store.access_policy_groups.values())}


def create_group_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def create_one(given: Entity) -> Entity:
        _check_name(context, given.get("name", ""), "")
        return context.store.add_access_policy_group(given["name"])

    return in_bulk(context, params["groups"], create_one)


def set_group_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(given: Entity) -> None:
        group = _find(context, context.store.access_policy_groups, given.get("id", ""))
        if "name" in given:
            _check_name(context, given["name"], group["id"])
            group["name"] = given["name"]

    return errors_of(context, params["groups"], set_one)


def remove_group_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Accounts of a group that goes fall back to the default group, which cannot go."""

    def remove_one(group_id: str) -> None:
        store = context.store
        group = _find(context, store.access_policy_groups, group_id)
        if group["isDefault"]:
            raise not_permitted("The default access policy cannot be removed.")
        del store.access_policy_groups[group_id]
        for rule in [rule for rule in store.access_policy_rules.values() if rule["groupId"] == group_id]:
            del store.access_policy_rules[rule["id"]]
        for user in store.users.values():
            if user["accessPolicy"] == group_id:
                user["accessPolicy"] = store.default_access_policy()

    return errors_of(context, params["groupIds"], remove_one)


def _check_name(context: Context, name: str, own_id: str) -> None:
    if not name:
        raise invalid("name", "missing")
    for other in context.store.access_policy_groups.values():
        if other["name"].lower() == name.lower() and other["id"] != own_id:
            raise exists(context.settings, "Access policy", name)


def _find(context: Context, table: dict[str, Entity], identifier: str) -> Entity:
    if identifier not in table:
        raise missing(context.settings, "The access policy", identifier)
    return table[identifier]


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = context.store.access_policy_rules.values()
    return query.run(rows, params["query"], ACCESS_POLICY_RULE, context.settings, lambda row, name: row[name])


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def create_one(given: Entity) -> Entity:
        rule: Entity = merged(ACCESS_POLICY_RULE, zero(ACCESS_POLICY_RULE), given)
        _find(context, context.store.access_policy_groups, rule["groupId"])
        rule["id"] = context.store.new_id("accesspolicyrule")
        context.store.access_policy_rules[rule["id"]] = rule
        return rule

    return in_bulk(context, params["rules"], create_one)


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(given: Entity) -> None:
        old = _find(context, context.store.access_policy_rules, given.get("id", ""))
        changed: Entity = merged(ACCESS_POLICY_RULE, old, given)
        _find(context, context.store.access_policy_groups, changed["groupId"])
        context.store.access_policy_rules[old["id"]] = changed

    return errors_of(context, params["rules"], set_one)


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def remove_one(rule_id: str) -> None:
        del context.store.access_policy_rules[_find(context, context.store.access_policy_rules, rule_id)["id"]]

    return errors_of(context, params["ruleIds"], remove_one)


def get_service_list(_context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    names = SERVICE_TYPE.names
    return {"services": [{"service": name, "description": name.removeprefix("Service")} for name in names]}


METHODS = {
    "AccessPolicy.getGroupList": Method(get_group_list, Access.READ),
    "AccessPolicy.createGroupList": Method(create_group_list, Access.SERVER, {"groups": ListOf(ACCESS_POLICY_GROUP)}),
    "AccessPolicy.setGroupList": Method(set_group_list, Access.SERVER, {"groups": ListOf(ACCESS_POLICY_GROUP)}),
    "AccessPolicy.removeGroupList": Method(remove_group_list, Access.SERVER, {"groupIds": ListOf(KID)}),
    "AccessPolicy.get": Method(get, Access.READ, {"query": SEARCH_QUERY}),
    "AccessPolicy.create": Method(create, Access.SERVER, {"rules": ListOf(ACCESS_POLICY_RULE)}),
    "AccessPolicy.set": Method(set_, Access.SERVER, {"rules": ListOf(ACCESS_POLICY_RULE)}),
    "AccessPolicy.remove": Method(remove, Access.SERVER, {"ruleIds": ListOf(KID)}),
    "AccessPolicy.getServiceList": Method(get_service_list, Access.READ),
}
