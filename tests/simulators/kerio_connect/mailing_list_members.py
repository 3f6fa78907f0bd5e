# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members and moderators of mailing lists (fact sheet kerio_connect.md 3.5).

A person is an account (hasId and userId) or an address, and may be there twice: as a member and as a moderator.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from tests.simulators.kerio_connect import mailing_lists, query
from tests.simulators.kerio_connect.accounts import find_account
from tests.simulators.kerio_connect.errors import exists, failed, missing
from tests.simulators.kerio_connect.list_structures import USER_OR_EMAIL
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import SEARCH_QUERY
from tests.simulators.kerio_web.bulk import errors_of
from tests.simulators.kerio_web.wire_types import KID, ListOf, zero

ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def _read_member(context: Context, row: Entity, name: str) -> Any:
    if name == "hasId":
        return bool(row["userId"])
    user = context.store.users.get(row["userId"])
    if name == "fullName" and user:
        return user["fullName"]
    if name == "emailAddress" and user and context.settings.list_member_address == "always":
        return f"{user['loginName']}@{context.store.domains[user['domainId']]['name']}"
    return row[name]


def get_ml_user_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Of the query only the order counts, unless the settings say otherwise (fact sheet 2.3)."""
    row = mailing_lists.find(context, params["mlId"])
    asked = params["query"]
    if context.settings.list_members_query == "order_only":
        asked = {name: value for name, value in asked.items() if name == "orderBy"}
    members = context.store.mailing_list_members[row["id"]]
    return query.run(members, asked, USER_OR_EMAIL, context.settings, functools.partial(_read_member, context))


def add_ml_user_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    list_id = mailing_lists.find(context, params["mlId"])["id"]

    def add_one(given: Entity) -> None:
        new = _accepted(context, given)
        members = context.store.mailing_list_members[list_id]
        if any(_person(other) == _person(new) for other in members):
            if context.settings.list_member_twice == "refuse":
                raise exists(context.settings, "The member", new["emailAddress"] or new["userId"])
            return
        context.store.mailing_list_members[list_id] = [*members, new]

    return errors_of(context, params["members"], add_one)


def remove_ml_user_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    list_id = mailing_lists.find(context, params["mlId"])["id"]

    def remove_one(given: Entity) -> None:
        # An account that is gone is no error of its own: nobody of that id is a member.
        person = _person(_resolved(context, {**zero(USER_OR_EMAIL), **given}))
        members = context.store.mailing_list_members[list_id]
        kept = [other for other in members if _person(other) != person]
        if len(kept) == len(members):
            raise missing(context.settings, "The member", given.get("emailAddress") or given.get("userId", ""))
        context.store.mailing_list_members[list_id] = kept

    return errors_of(context, params["members"], remove_one)


def _accepted(context: Context, given: Entity) -> Entity:
    """-> a row as the store keeps it. Raises RpcError 1002 for an unknown account, 1000 for what is no address."""
    new = _resolved(context, {**zero(USER_OR_EMAIL), **given})
    if given.get("hasId", False):
        if new["userId"] not in context.store.users or new["userId"] in context.store.removals:
            raise missing(context.settings, "The user", new["userId"])
    elif not new["userId"] and not ADDRESS.fullmatch(new["emailAddress"]):
        raise failed("The address %1 is invalid.", about=new["emailAddress"])
    return new


def _resolved(context: Context, given: Entity) -> Entity:
    """{userId, emailAddress, fullName, kind} with an id or an address, never both."""
    user_id = given["userId"] if given["hasId"] else ""
    if not given["hasId"] and context.settings.list_local_address == "resolve":
        account = find_account(context.store, given["emailAddress"])
        user_id = account["id"] if account else ""
    only_id = given["hasId"] or bool(user_id)
    return {
        "userId": user_id,
        "emailAddress": "" if only_id else given["emailAddress"],
        "fullName": "" if only_id else given["fullName"],
        "kind": given["kind"],
    }


def _person(row: Entity) -> tuple[str, str, str]:
    return row["kind"], row["userId"], row["emailAddress"].lower()


METHODS = {
    "MailingLists.getMlUserList": Method(get_ml_user_list, Access.READ, {"query": SEARCH_QUERY, "mlId": KID}),
    "MailingLists.addMlUserList": Method(
        add_ml_user_list, Access.ACCOUNTS, {"members": ListOf(USER_OR_EMAIL), "mlId": KID}
    ),
    "MailingLists.removeMlUserList": Method(
        remove_ml_user_list, Access.ACCOUNTS, {"members": ListOf(USER_OR_EMAIL), "mlId": KID}
    ),
}
