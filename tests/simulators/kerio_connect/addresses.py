# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail addresses: who owns one, what it expands to, and collisions (fact sheet kerio_connect.md 3.4)."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator

from tests.simulators.kerio_connect.accounts import find_domain, primary_domain
from tests.simulators.kerio_connect.errors import exists, failed
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity, Store

Owner = tuple[str, Entity, str]


def local_part(store: Store, domain_id: str, address: str) -> str | None:
    """The lower-case local part of an address of this domain, None for other domains' addresses."""
    local, at, domain_name = address.lower().partition("@")
    if not at:
        return local
    domain = find_domain(store, domain_name)
    return local if domain is not None and domain["id"] == domain_id else None


def owners(store: Store, domain_id: str) -> Iterator[Owner]:
    """(kind, entity, lower-case local part) for each address of a domain."""
    for user in store.users.values():
        if user["domainId"] == domain_id:
            for address in (user["loginName"], *user["emailAddresses"]):
                yield "EntityUser", user, address.lower()
    for group in store.groups.values():
        if group["domainId"] == domain_id:
            for address in group["emailAddresses"]:
                yield "EntityGroup", group, address.lower()
    for alias in store.aliases.values():
        if alias["domainId"] == domain_id:
            yield "EntityAlias", alias, alias["name"].lower()
    for kind, table in (("EntityMailingList", store.mailing_lists), ("EntityResource", store.resources)):
        for row in table.values():
            if row["domainId"] == domain_id:
                yield kind, row, row["name"].lower()


def accepted_addresses(context: Context, domain_id: str, addresses: list[str]) -> list[str]:
    """Local parts to store. Raises RpcError for what the settings refuse."""
    accepted = []
    for address in addresses:
        local = address
        if "@" in address and context.settings.full_addresses != "accept":
            stripped = local_part(context.store, domain_id, address)
            if context.settings.full_addresses == "refuse" or stripped is None:
                raise failed("The address %1 is invalid.", about=address)
            local = stripped
        if not local or any(character.isspace() for character in local):
            raise failed("The address %1 is invalid.", about=address)
        accepted.append(local)
    return accepted


def check_collisions(context: Context, domain_id: str, addresses: list[str], own_id: str) -> None:
    """Raises RpcError 1001 when another entity has one of the addresses and the settings forbid it."""
    if context.settings.address_collisions == "allow":
        return
    wanted = {address.lower() for address in addresses}
    for _kind, entity, local in owners(context.store, domain_id):
        if local in wanted and entity["id"] != own_id:
            raise exists(context.settings, "The address", local)


def expand(store: Store, address: str) -> list[str]:
    """The mailboxes and foreign addresses that mail to an address reaches, sorted."""
    return sorted(_expanded(store, address, frozenset()))


def _expanded(store: Store, address: str, seen: frozenset[str]) -> set[str]:
    local, at, domain_name = address.lower().partition("@")
    domain = find_domain(store, domain_name) if at else primary_domain(store)
    if domain is None:
        return {address}
    full = f"{local}@{domain['name']}"
    if full in seen:
        return set()
    targets: set[str] = set()
    for kind, entity, own in owners(store, domain["id"]):
        if kind == "EntityAlias" and fnmatch.fnmatchcase(local, own):
            if entity["type"] == "TypePublicFolder":
                targets.add(entity["deliverTo"])
                continue
            targets |= _expanded(store, in_domain(entity["deliverTo"], domain), seen | {full})
        elif kind == "EntityMailingList" and own == local:
            targets |= _members(store, entity, seen | {full})
        elif kind == "EntityResource" and own == local:
            targets.add(full)
        elif kind == "EntityUser" and own == local:
            targets.add(f"{entity['loginName']}@{domain['name']}")
        elif kind == "EntityGroup" and own == local:
            targets |= {
                f"{user['loginName']}@{store.domains[user['domainId']]['name']}"
                for user in store.users.values()
                if entity["id"] in user["userGroups"]
            }
    return targets


def _members(store: Store, mailing_list: Entity, seen: frozenset[str]) -> set[str]:
    """What mail to a mailing list reaches; moderators get none."""
    targets: set[str] = set()
    for row in store.mailing_list_members[mailing_list["id"]]:
        if row["kind"] == "Member" and row["userId"]:
            user = store.users[row["userId"]]
            targets.add(f"{user['loginName']}@{store.domains[user['domainId']]['name']}")
        elif row["kind"] == "Member":
            targets |= _expanded(store, row["emailAddress"], seen)
    return targets


def in_domain(address: str, domain: Entity) -> str:
    """The address itself, or a bare name completed with the domain."""
    return address if "@" in address else f"{address}@{domain['name']}"
