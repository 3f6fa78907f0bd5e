# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding accounts by name, and counting them against the limits."""

from __future__ import annotations

from tests.simulators.kerio_connect.errors import not_permitted
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity, Store


def find_domain(store: Store, name: str) -> Entity | None:
    """By its name or one of its alternative names."""
    wanted = name.lower()
    for domain in store.domains.values():
        if wanted in (domain["name"].lower(), *(alias.lower() for alias in domain["aliasList"])):
            return domain
    return None


def primary_domain(store: Store) -> Entity:
    return next(domain for domain in store.domains.values() if domain["isPrimary"])


def find_account(store: Store, name: str) -> Entity | None:
    """`jdoe` is looked for in the primary domain, `jdoe@other.example` in the other (fact sheet 1.3)."""
    login, _at, domain_name = name.lower().partition("@")
    domain = find_domain(store, domain_name) if domain_name else primary_domain(store)
    if domain is None:
        return None
    return find_login(store, domain["id"], login)


def find_login(store: Store, domain_id: str, login: str) -> Entity | None:
    wanted = login.lower()
    if store.logins is not None and (domain_id, wanted) not in store.logins:
        return None
    for user in store.users.values():
        if user["domainId"] == domain_id and user["loginName"].lower() == wanted:
            return user
    return None


def check_room_for_enabled(context: Context, domain_id: str, besides: str = "") -> None:
    """Raises RpcError 1003 when one more enabled account is one too many for the licence or the domain.

    `besides`: the id of an account that is not counted. Disabled accounts never count (fact sheet 3.1).
    """
    limit = context.store.domains[domain_id]["userMaxCount"]
    if not context.settings.licence_seats and limit < 0:
        return
    enabled = [user for user in context.store.users.values() if user["isEnabled"] and user["id"] != besides]
    if context.settings.licence_seats and len(enabled) >= context.settings.licence_seats:
        raise not_permitted("The number of users exceeds the licence.")
    if limit >= 0 and sum(user["domainId"] == domain_id for user in enabled) >= limit:
        raise not_permitted("The number of users exceeds the limit of the domain.")
