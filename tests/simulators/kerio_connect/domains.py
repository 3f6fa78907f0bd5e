# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Domains (fact sheet kerio_connect.md 3.2)."""

from __future__ import annotations

import functools
import re
from typing import Any

from tests.simulators.kerio_connect import defaults, domain_removal, passwords, query
from tests.simulators.kerio_connect.accounts import find_domain
from tests.simulators.kerio_connect.errors import exists, failed, missing, not_permitted
from tests.simulators.kerio_connect.forgetting import forget
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.sizes import size_of_mail
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import DOMAIN, DOMAIN_8, DOMAIN_SETTING, SEARCH_QUERY
from tests.simulators.kerio_connect.user_rules import MAX_DAYS
from tests.simulators.kerio_connect.writing import check_needed, laid_over, writable
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, STR, ListOf, Struct

NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)
# The unsigned form of -1, as some clients send it.
UNLIMITED_UNSIGNED = 4294967295
# Members that mean something on one operating system only.
OTHER_OS = {"winNtName": "Windows", "pamRealm": "Linux"}
NO_CONFLICT = {
    "type": "clSuccess",
    "errorMessage": {"message": "", "positionalParameters": [], "plurality": 1},
    "conflictList": [],
}


def _structure(context: Context) -> Struct:
    return DOMAIN if context.settings.domain_members == "9.2" else DOMAIN_8


def _read_member(context: Context, domain: Entity, name: str) -> Any:
    if name == "service":
        # The password of the directory service is never read (inferred in the fact sheet).
        authentication = {key: value for key, value in domain[name]["authentication"].items() if key != "password"}
        return {**domain[name], "authentication": authentication}
    if name == "domainQuota":
        folders = context.store.mailboxes.items()
        messages = sum(count for key, count in folders if key.startswith(f"{domain['name'].lower()}/"))
        return {**domain[name], "consumedSize": size_of_mail(messages)}
    if name == "userMaxCount" and domain[name] < 0:
        return int(context.settings.unlimited_users)
    return domain[name]


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in context.store.domains.values() if context.only_domain in (None, row["id"])]
    value_of = functools.partial(_read_member, context)
    return query.run(rows, params["query"], _structure(context), context.settings, value_of)


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    check_needed(DOMAIN, params["domains"], "domains")
    return in_bulk(context, params["domains"], functools.partial(_create_one, context))


def _create_one(context: Context, given: Entity) -> Entity:
    if not NAME.fullmatch(given["name"]):
        raise failed("The domain name %1 is invalid.", about=given["name"])
    if find_domain(context.store, given["name"]):
        raise exists(context.settings, "Domain", given["name"])
    domain = {**defaults.domain(), "id": context.store.new_id("domain"), "name": given["name"]}
    _apply(context, domain, given, creating=True)
    context.store.domains[domain["id"]] = domain
    _keep_one_primary(context, domain)
    return domain


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(domain_id: str) -> None:
        old = _find(context, domain_id)
        changed = dict(old)
        _apply(context, changed, params["pattern"])
        if old["isPrimary"] and not changed["isPrimary"]:
            raise not_permitted("There must be a primary domain.")
        context.store.domains[domain_id] = changed
        _keep_one_primary(context, changed)

    return errors_of(context, params["domainIds"], set_one)


def _apply(context: Context, domain: Entity, given: Entity, *, creating: bool = False) -> None:
    known = {name: value for name, value in given.items() if name in _structure(context).members}
    for name, value in writable(context, DOMAIN, domain, known, creating=creating):
        if name in OTHER_OS and context.settings.server_os not in ("any", OTHER_OS[name]):
            continue
        if name == "aliasList":
            _check_alternative_names(context, domain, value)
        domain[name] = laid_over(context, DOMAIN.members[name].type, domain[name], value)
    if domain["userMaxCount"] == UNLIMITED_UNSIGNED:
        domain["userMaxCount"] = -1
    _check_numbers(domain)


def _check_numbers(domain: Entity) -> None:
    for name in ("deletedItems", "junkEmail", "sentItems", "autoDelete", "keepForRecovery"):
        _check_range(f"{name}.days", domain[name]["days"], 0, MAX_DAYS)
    for name in ("passwordExpirationDays", "passwordHistoryCount", "passwordMinimumLength"):
        _check_range(name, domain[name], 0)
    quota = domain["domainQuota"]
    for name, size in (
        ("outgoingMessageLimit", domain["outgoingMessageLimit"]),
        ("domainQuota", quota["diskSizeLimit"]),
    ):
        _check_range(name, size["limit"]["value"], 0)
    _check_range("userMaxCount", domain["userMaxCount"], -1)
    _check_range("domainQuota.warningLimit", quota["warningLimit"], 0, 100)
    _check_range("forwardingOptions.port", domain["forwardingOptions"]["port"], 0, 65535)


def _check_range(name: str, value: int, low: int, high: int | None = None) -> None:
    if value < low or (high is not None and value > high):
        raise failed("The value of %1 is out of range.", about=name)


def _check_alternative_names(context: Context, domain: Entity, names: list[str]) -> None:
    for name in names:
        if not NAME.fullmatch(name):
            raise failed("The domain name %1 is invalid.", about=name)
        other = find_domain(context.store, name)
        if other is not None and other["id"] != domain["id"]:
            raise exists(context.settings, "Domain", name)


def _keep_one_primary(context: Context, primary: Entity) -> None:
    if primary["isPrimary"]:
        for other in context.store.domains.values():
            other["isPrimary"] = other["id"] == primary["id"]


def _find(context: Context, domain_id: str) -> Entity:
    domain = context.store.domains.get(domain_id)
    if domain is None:
        raise missing(context.settings, "The domain", domain_id)
    return domain


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def remove_one(domain_id: str) -> None:
        domain = _find(context, domain_id)
        if domain["isPrimary"]:
            raise not_permitted("The primary domain %1 cannot be removed.", about=domain["name"])
        domain_removal.empty_out(context, domain)
        del context.store.domains[domain_id]
        forget(context.store, domain_id)

    return errors_of(context, params["domainIds"], remove_one)


def rename(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """The name changes when the server is restarted (Server.restart); until then only renameInfo tells of it."""
    domain, new_name = _find(context, params["domainId"]), params["newName"]
    if not NAME.fullmatch(new_name):
        raise failed("The domain name %1 is invalid.", about=new_name)
    if find_domain(context.store, new_name):
        if context.settings.rename_conflict == "in_result":
            return {"error": _conflict(new_name)}
        raise exists(context.settings, "Domain", new_name)
    domain["renameInfo"] = {"isRenamed": True, "oldName": domain["name"], "newName": new_name}
    return {"error": NO_CONFLICT}


def _conflict(name: str) -> dict[str, Any]:
    """A ClusterError about the name of a domain."""
    message = {"message": "Domain %1 already exists.", "positionalParameters": [name], "plurality": 1}
    conflict = {"type": "clDomain", "name": name, "domain": name, "homeServer": ""}
    return {"type": "clDataConflict", "errorMessage": message, "conflictList": [conflict]}


def get_settings(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"setting": context.store.server_settings}


def set_settings(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in params["setting"].items() if not DOMAIN_SETTING.members[name].has("ro")}
    context.store.server_settings = {**context.store.server_settings, **given}
    return {}


def get_user_count_info(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    domain = _find(context, params["domainId"])
    users = [user for user in context.store.users.values() if user["domainId"] == domain["id"] and user["isEnabled"]]
    own, seats = domain["userMaxCount"], context.settings.licence_seats
    by_domain = own >= 0 and (not seats or own <= seats)
    limit = own if by_domain else seats
    allowed = {
        "isUnlimited": not by_domain and not seats,
        "allowedUsers": limit,
        "limit": limit,
        "limitType": "DomainLimit" if by_domain else "LicenseLimit",
    }
    return {"countInfo": {"currentUsers": len(users), "allowedUsers": allowed}}


def generate_password(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return {"password": passwords.generate(_find(context, params["domainId"]))}


METHODS = {
    "Domains.get": Method(
        get,
        Access.READ,
        {"query": SEARCH_QUERY},
        code_without_query=lambda settings: settings.domains_get_without_query_code,
    ),
    "Domains.create": Method(create, Access.SERVER, {"domains": ListOf(DOMAIN)}),
    "Domains.set": Method(set_, Access.SERVER, {"domainIds": ListOf(KID), "pattern": DOMAIN}),
    "Domains.remove": Method(remove, Access.SERVER, {"domainIds": ListOf(KID)}),
    "Domains.rename": Method(rename, Access.SERVER, {"domainId": KID, "newName": STR}),
    "Domains.getSettings": Method(get_settings, Access.READ),
    "Domains.setSettings": Method(set_settings, Access.SERVER, {"setting": DOMAIN_SETTING}),
    "Domains.getUserCountInfo": Method(get_user_count_info, Access.READ, {"domainId": KID}),
    "Domains.generatePassword": Method(generate_password, Access.READ, {"domainId": KID}),
}
