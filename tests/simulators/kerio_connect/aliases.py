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
from tests.simulators.kerio_connect.structures import ALIAS, ALIAS_TARGET, PUBLIC_FOLDER, SEARCH_QUERY
from tests.simulators.kerio_connect.writing import check_needed, writable
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, STR, ListOf

# The left side of an address, with * and ? as wildcards.
NAME = re.compile(r'[^\s@"<>:;,\\/]{1,64}')


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = rows_of_domain(context, context.store.aliases, params["domainId"])
    return query.run(rows, params["query"], ALIAS, context.settings, lambda row, name: row[name])


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    check_needed(ALIAS, params["aliases"], "aliases")
    return in_bulk(context, params["aliases"], functools.partial(_create_one, context))


def _create_one(context: Context, given: Entity) -> Entity:
    domain_id = given["domainId"]
    if domain_id not in context.store.domains:
        raise missing(context.settings, "The domain", domain_id)
    context.check_domain(domain_id)
    alias = {**defaults.alias(), "id": context.store.new_id("alias", domain_id), "domainId": domain_id}
    _apply(context, alias, given, creating=True)
    context.store.aliases[alias["id"]] = alias
    return alias


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(alias_id: str) -> None:
        changed = dict(_find(context, alias_id))
        _apply(context, changed, params["pattern"])
        context.store.aliases[alias_id] = changed

    return errors_of(context, params["aliasIds"], set_one)


def _apply(context: Context, alias: Entity, given: Entity, *, creating: bool = False) -> None:
    for name, value in writable(context, ALIAS, alias, given, creating=creating):
        alias[name] = value
    if not NAME.fullmatch(alias["name"]):
        raise failed("The alias name %1 is invalid.", about=alias["name"])
    if not alias["deliverTo"]:
        raise failed("The alias %1 needs a target.", about=alias["name"])
    if alias["type"] == "TypePublicFolder":
        alias["deliverToId"] = _public_folder(context, alias)["id"]
    else:
        alias["deliverToId"] = ""
        if context.settings.alias_target == "completed":
            alias["deliverTo"] = addresses.in_domain(alias["deliverTo"], context.store.domains[alias["domainId"]])
    _check_others(context, alias)
    if "name" in given:
        others = {row["name"].lower() for row in _same_domain(context, alias)}
        if alias["name"].lower() not in others:
            addresses.check_collisions(context, alias["domainId"], [alias["name"]], alias["id"])


def _public_folder(context: Context, alias: Entity) -> Entity:
    """Raises RpcError 1002 when the domain has no such folder."""
    for folder in context.store.public_folders.values():
        if folder["domainId"] != alias["domainId"]:
            continue
        by_name = context.settings.alias_folder_by == "either" and not alias["deliverToId"]
        if folder["id"] == alias["deliverToId"] or (by_name and folder["name"] == alias["deliverTo"]):
            return folder
    raise missing(context.settings, "The public folder", alias["deliverTo"])


def _check_others(context: Context, alias: Entity) -> None:
    """One name may lead to several targets by several aliases; the same pair twice makes no sense."""
    for other in _same_domain(context, alias):
        if other["id"] == alias["id"] or other["name"].lower() != alias["name"].lower():
            continue
        twice = other["deliverTo"].lower() == alias["deliverTo"].lower()
        if context.settings.alias_names == "unique" or (twice and context.settings.alias_twice == "refuse"):
            raise exists(context.settings, "Alias", alias["name"])


def _same_domain(context: Context, alias: Entity) -> list[Entity]:
    return [row for row in context.store.aliases.values() if row["domainId"] == alias["domainId"]]


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


def get_mail_public_folder_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = rows_of_domain(context, context.store.public_folders, params["domainId"])
    return {"publicFolderList": [{name: row[name] for name in PUBLIC_FOLDER.members} for row in rows]}


METHODS = {
    "Aliases.get": Method(get, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
    "Aliases.create": Method(create, Access.ACCOUNTS, {"aliases": ListOf(ALIAS)}),
    "Aliases.set": Method(set_, Access.ACCOUNTS, {"aliasIds": ListOf(KID), "pattern": ALIAS}),
    "Aliases.remove": Method(remove, Access.ACCOUNTS, {"aliasIds": ListOf(KID)}),
    "Aliases.check": Method(check, Access.READ, {"checkString": STR}),
    "Aliases.getTargetList": Method(get_target_list, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
    "Aliases.getMailPublicFolderList": Method(get_mail_public_folder_list, Access.READ, {"domainId": KID}),
}
