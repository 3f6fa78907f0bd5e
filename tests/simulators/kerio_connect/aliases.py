# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Aliases (fact sheet kerio_connect.md 3.4)."""

from __future__ import annotations

import functools
import re
from typing import Any

from tests.simulators.kerio_connect import addresses, defaults, query
from tests.simulators.kerio_connect.domain_rows import rows_of_domain
from tests.simulators.kerio_connect.errors import exists, failed, missing
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import ALIAS, ALIAS_TARGET, SEARCH_QUERY
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, STR, ListOf, invalid

# The left side of an address, with * and ? as wildcards.
NAME = re.compile(r'[^\s@"<>:;,\\/]{1,64}')


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = rows_of_domain(context, context.store.aliases, params["domainId"])
    return query.run(rows, params["query"], ALIAS, context.settings, lambda row, name: row[name])


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    for index, given in enumerate(params["aliases"]):
        for name in ("domainId", "name", "deliverTo"):
            if not given.get(name):
                raise invalid(f"aliases[{index}].{name}", "missing")
    return in_bulk(context, params["aliases"], functools.partial(_create_one, context))


def _create_one(context: Context, given: Entity) -> Entity:
    domain_id = given["domainId"]
    if domain_id not in context.store.domains:
        raise missing(context.settings, "The domain", domain_id)
    context.check_domain(domain_id)
    alias = {**defaults.alias(), "id": context.store.new_id("alias", domain_id), "domainId": domain_id}
    _apply(context, alias, given)
    context.store.aliases[alias["id"]] = alias
    return alias


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(alias_id: str) -> None:
        changed = dict(_find(context, alias_id))
        _apply(context, changed, params["pattern"])
        context.store.aliases[alias_id] = changed

    return errors_of(context, params["aliasIds"], set_one)


def _apply(context: Context, alias: Entity, given: Entity) -> None:
    """One name may lead to several targets by several aliases; the same pair twice makes no sense."""
    for name, value in given.items():
        if name != "domainId" and not ALIAS.members[name].has("ro"):
            alias[name] = value
    if not NAME.fullmatch(alias["name"]):
        raise failed("The alias name %1 is invalid.", about=alias["name"])
    if not alias["deliverTo"]:
        raise failed("The alias %1 needs a target.", about=alias["name"])
    for other in context.store.aliases.values():
        same = all(other[key].lower() == alias[key].lower() for key in ("domainId", "name", "deliverTo"))
        if same and other["id"] != alias["id"]:
            raise exists(context.settings, "Alias", alias["name"])
    if "name" in given:
        others = {row["name"].lower() for row in context.store.aliases.values() if row["domainId"] == alias["domainId"]}
        if alias["name"].lower() not in others:
            addresses.check_collisions(context, alias["domainId"], [alias["name"]], alias["id"])


def _find(context: Context, alias_id: str) -> Entity:
    alias = context.store.aliases.get(alias_id)
    if alias is None:
        raise missing(context.settings, "The alias", alias_id)
    context.check_domain(alias["domainId"])
    return alias


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def remove_one(alias_id: str) -> None:
        del context.store.aliases[_find(context, alias_id)["id"]]

    return errors_of(context, params["aliasIds"], remove_one)


def check(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return {"result": addresses.expand(context.store, params["checkString"])}


def get_target_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Users and groups of a domain; names of groups stand in square brackets."""
    store, domain_id = context.store, params["domainId"]
    no_server = {"id": "", "name": ""}
    targets = [
        {
            **{name: user[name] for name in ("id", "fullName", "description", "isEnabled", "itemSource")},
            "type": "TypeUser",
            "name": user["loginName"],
            "emailAddress": f"{user['loginName']}@{store.domains[user['domainId']]['name']}",
            "homeServer": no_server,
        }
        for user in rows_of_domain(context, store.users, domain_id)
    ]
    targets += [
        {
            **{name: group[name] for name in ("id", "description", "itemSource")},
            "type": "TypeGroup",
            "name": f"[{group['name']}]",
            "fullName": "",
            "isEnabled": True,
            "emailAddress": next(iter(group["emailAddresses"]), ""),
            "homeServer": no_server,
        }
        for group in rows_of_domain(context, store.groups, domain_id)
    ]
    return query.run(targets, params["query"], ALIAS_TARGET, context.settings, lambda row, name: row[name])


METHODS = {
    "Aliases.get": Method(get, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
    "Aliases.create": Method(create, Access.ACCOUNTS, {"aliases": ListOf(ALIAS)}),
    "Aliases.set": Method(set_, Access.ACCOUNTS, {"aliasIds": ListOf(KID), "pattern": ALIAS}),
    "Aliases.remove": Method(remove, Access.ACCOUNTS, {"aliasIds": ListOf(KID)}),
    "Aliases.check": Method(check, Access.READ, {"checkString": STR}),
    "Aliases.getTargetList": Method(get_target_list, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
}
