# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Resources: rooms and equipment that can be reserved (fact sheet kerio_connect.md 3.6)."""

from __future__ import annotations

import functools
import re
from typing import Any

from tests.simulators.kerio_connect import defaults, principals, query
from tests.simulators.kerio_connect.addresses import check_collisions
from tests.simulators.kerio_connect.domain_rows import rows_of_domain
from tests.simulators.kerio_connect.errors import exists, failed, missing
from tests.simulators.kerio_connect.list_structures import PRINCIPAL, RESOURCE
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import SEARCH_QUERY
from tests.simulators.kerio_connect.writing import check_needed, writable
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, ListOf

NAME = re.compile(r'[^@"<>:;,\\/*?\r\n\t]{1,64}')


def _read_member(context: Context, row: Entity, name: str) -> Any:
    if name == "address":
        # How the server makes an address of a name with blanks is not known.
        return f"{row['name'].replace(' ', '')}@{context.store.domains[row['domainId']]['name']}"
    if name == "resourceUsers":
        return [principals.principal_row(context, reference) for reference in row[name]]
    if name == "manager":
        return principals.principal_row(context, row[name])
    return row[name]


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = rows_of_domain(context, context.store.resources, params["domainId"])
    return query.run(rows, params["query"], RESOURCE, context.settings, functools.partial(_read_member, context))


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    check_needed(RESOURCE, params["resources"], "resources")
    return in_bulk(context, params["resources"], functools.partial(_create_one, context))


def _create_one(context: Context, given: Entity) -> Entity:
    store, domain_id, name = context.store, given["domainId"], given["name"]
    if domain_id not in store.domains:
        raise missing(context.settings, "The domain", domain_id)
    if not NAME.fullmatch(name) or not name.strip():
        raise failed("The name %1 of a resource is invalid.", about=name)
    for other in store.resources.values():
        if other["domainId"] == domain_id and other["name"].lower() == name.lower():
            raise exists(context.settings, "Resource", name)
    check_collisions(context, domain_id, [name], "")
    row = {**defaults.resource(), "id": store.new_id("resource", domain_id)}
    if context.settings.resource_users_default == "domain":
        row["resourceUsers"] = [{"type": "AuthDomainPrincipal", "id": domain_id}]
    _apply(context, row, given, creating=True)
    store.resources[row["id"]] = row
    return row


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(resource_id: str) -> None:
        changed = dict(_find(context, resource_id))
        _apply(context, changed, params["pattern"])
        context.store.resources[resource_id] = changed

    return errors_of(context, params["resourceIds"], set_one)


def _apply(context: Context, row: Entity, given: Entity, *, creating: bool = False) -> None:
    for name, value in writable(context, RESOURCE, row, given, creating=creating):
        if name == "manager":
            row[name] = principals.accepted_principal(context, value, name)
        elif name == "resourceUsers":
            new = [principals.accepted_principal(context, item, name) for item in value]
            kept = row[name] if context.settings.referenced_lists == "merge" and not creating else []
            row[name] = [*kept, *(item for item in new if item not in kept)]
        else:
            row[name] = value


def _find(context: Context, resource_id: str) -> Entity:
    row = context.store.resources.get(resource_id)
    if row is None:
        raise missing(context.settings, "The resource", resource_id)
    return row


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def remove_one(resource_id: str) -> None:
        del context.store.resources[_find(context, resource_id)["id"]]

    return errors_of(context, params["resourceIds"], remove_one)


def get_principal_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = principals.principal_candidates(context, params["domainId"])
    return query.run(rows, params["query"], PRINCIPAL, context.settings, lambda row, name: row[name])


METHODS = {
    "Resources.get": Method(get, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
    "Resources.create": Method(create, Access.SERVER, {"resources": ListOf(RESOURCE)}),
    "Resources.set": Method(set_, Access.SERVER, {"resourceIds": ListOf(KID), "pattern": RESOURCE}),
    "Resources.remove": Method(remove, Access.SERVER, {"resourceIds": ListOf(KID)}),
    "Resources.getPrincipalList": Method(get_principal_list, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
}
