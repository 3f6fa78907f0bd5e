# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Users but for removal (fact sheet kerio_connect.md 3.1)."""

from __future__ import annotations

import functools
from typing import Any

from tests.simulators.kerio_connect import defaults, query, rights, user_removal
from tests.simulators.kerio_connect.accounts import check_room_for_enabled, find_login
from tests.simulators.kerio_connect.domain_rows import rows_of_domain
from tests.simulators.kerio_connect.errors import access_denied, exists, failed, missing
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.passwords import check_password
from tests.simulators.kerio_connect.sizes import size_of_mail
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import REMOVAL_REQUEST, SEARCH_QUERY, USER
from tests.simulators.kerio_connect.user_rules import apply_members, check_role
from tests.simulators.kerio_connect.writing import check_needed
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, ListOf, invalid


def read_member(context: Context, user: Entity, name: str) -> Any:
    """A member as it travels: computed ones worked out, references with their names."""
    store = context.store
    if name == "userGroups":
        members = ("id", "name", "description", "itemSource")
        groups = [store.groups[group_id] for group_id in user["userGroups"] if group_id in store.groups]
        return [{member: group[member] for member in members} for group in groups]
    if name == "accessPolicy":
        policy = store.access_policy_groups.get(user["accessPolicy"], {"id": "", "name": ""})
        return {"id": policy["id"], "name": policy["name"]}
    if name == "groupRole":
        return rights.group_role(store, user)
    if name == "effectiveRole":
        return rights.effective_role(store, user)
    if name == "isWritableByMe":
        return _is_writable(context, user)
    if name == "consumedItems":
        return store.mailboxes.get(store.folder(user), 0)
    if name == "consumedSize":
        return size_of_mail(store.mailboxes.get(store.folder(user), 0))
    return user[name]


def _is_writable(context: Context, user: Entity) -> bool:
    if context.role == "AccountAdmin":
        strong = rights.effective_role(context.store, user)["userRole"] == "FullAdmin"
        return not strong and context.only_domain in (None, user["domainId"])
    return context.role in ("FullAdmin", "BuiltInAdmin")


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = rows_of_domain(context, context.store.users, params["domainId"])
    value_of = functools.partial(read_member, context)
    found = query.run(rows, params["query"], USER, context.settings, value_of)
    user_removal.note_listing(context.store)
    return found


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    check_needed(USER, params["users"], "users")
    return in_bulk(context, params["users"], functools.partial(_create_one, context))


def _create_one(context: Context, given: Entity) -> Entity:
    store = context.store
    domain = store.domains.get(given["domainId"])
    if domain is None:
        raise missing(context.settings, "The domain", given["domainId"])
    context.check_domain(domain["id"])
    if find_login(store, domain["id"], given["loginName"]):
        raise exists(context.settings, "User", given["loginName"])
    user = {
        **defaults.user(context.settings.create_defaults),
        "accessPolicy": store.default_access_policy(),
        "id": store.new_id("user", domain["id"]),
        "domainId": domain["id"],
        "loginName": "",
    }
    apply_members(context, user, given, creating=True)
    if user["isEnabled"]:
        check_room_for_enabled(context, domain["id"])
    if "password" in given:
        check_password(given["password"], user, domain, context.settings)
    elif user["authType"] == "UInternalAuth" and context.settings.password_required:
        raise failed("The user %1 needs a password.", about=user["loginName"])
    store.put_user(user)
    store.mailboxes.setdefault(store.folder(user), 0)
    return user


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return errors_of(context, params["userIds"], lambda user_id: _set_one(context, user_id, params["pattern"]))


def _set_one(context: Context, user_id: str, pattern: Entity) -> None:
    user = find(context, user_id)
    changed = dict(user)
    apply_members(context, changed, pattern, creating=False)
    if changed["isEnabled"] and not user["isEnabled"]:
        check_room_for_enabled(context, user["domainId"], besides=user_id)
    if "password" in pattern:
        check_password(pattern["password"], changed, context.store.domains[user["domainId"]], context.settings)
    old_folder, new_folder = context.store.folder(user), context.store.folder(changed)
    if old_folder != new_folder:
        context.store.mailboxes[new_folder] = context.store.mailboxes.pop(old_folder, 0)
    context.store.put_user(changed)


def find(context: Context, user_id: str) -> Entity:
    """An account that the caller may change. Raises RpcError 1002 or 1004."""
    user = context.store.users.get(user_id)
    if user is None or user_id in context.store.removals:
        raise missing(context.settings, "The user", user_id)
    context.check_domain(user["domainId"])
    if not _is_writable(context, user):
        raise access_denied()
    return user


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    for index, request in enumerate(params["requests"]):
        for name in ("userId", "method"):
            if name not in request:
                raise invalid(f"requests[{index}].{name}", "missing")

    def remove_one(request: dict[str, Any]) -> None:
        user = find(context, request["userId"])
        check_role(context, rights.effective_role(context.store, user)["userRole"])
        user_removal.request_removal(context, user, request)

    return errors_of(context, params["requests"], remove_one)


def get_mailbox_count(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    users = context.store.users.values()
    count = {"active": sum(user["isEnabled"] for user in users), "total": len(users)}
    return {"count": count} if context.settings.mailbox_count_shape == "count" else count


def get_effective_user_rights(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """-> {errors, result: [{userId, hasDomainRestriction}]}; a restricted group restricts its members."""
    rows: list[Entity] = []

    def read_one(user_id: str) -> None:
        user = context.store.users.get(user_id)
        if user is None:
            raise missing(context.settings, "The user", user_id)
        groups = [context.store.groups[group_id] for group_id in user["userGroups"] if group_id in context.store.groups]
        restricted = user["hasDomainRestriction"] or any(group["hasDomainRestriction"] for group in groups)
        rows.append({"userId": user_id, "hasDomainRestriction": restricted})

    return {**errors_of(context, params["userIds"], read_one), "result": rows}


METHODS = {
    "Users.get": Method(get, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
    "Users.create": Method(create, Access.ACCOUNTS, {"users": ListOf(USER)}),
    "Users.set": Method(set_, Access.ACCOUNTS, {"userIds": ListOf(KID), "pattern": USER}),
    "Users.remove": Method(remove, Access.ACCOUNTS, {"requests": ListOf(REMOVAL_REQUEST)}),
    "Users.getMailboxCount": Method(get_mailbox_count, Access.READ),
    "Users.getEffectiveUserRights": Method(get_effective_user_rights, Access.READ, {"userIds": ListOf(KID)}),
}
