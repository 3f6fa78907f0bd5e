# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""group.*: groups of mailboxes of an account. Shapes of the results are unknown (fact sheet mailboxorg.md 2.15)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.errors import exists, missing_parameter, not_allowed, not_found
from tests.simulators.mailboxorg.methods import DOWN_TO_ACCOUNT, Context, Method
from tests.simulators.mailboxorg.parameters import Param, addresses, needed, optional, text, whole
from tests.simulators.mailboxorg.store import Account
from tests.simulators.mailboxorg.views import as_map


def list_(context: Context, params: dict[str, Any]) -> Any:
    """The shape is unknown: objects, names by id, or objects by id."""
    account, settings = context.own_account(params.get("account")), context.settings
    if settings.group_list == "names":
        return as_map({str(group_id): row["name"] for group_id, row in account.groups.items()}, settings)
    views = {str(group_id): _view(context, group_id, row) for group_id, row in account.groups.items()}
    if not settings.group_list_members:
        for view in views.values():
            del view[settings.group_members_member]
    return as_map(views, settings) if settings.group_list == "map" else list(views.values())


def get(context: Context, params: dict[str, Any]) -> Any:
    view = _view(context, params["group_id"], _find(context, params))
    return [view] if context.settings.group_get == "list" else view


def add(context: Context, params: dict[str, Any]) -> bool:
    """The id is not told: it must be looked up by name."""
    account = context.own_account(params.get("account"))
    if any(row["name"] == params["name"] for row in account.groups.values()):
        raise exists(f"The group {params['name']}")
    members = _checked(context, account, params["mail_addresses_to_add"])
    _check_not_empty(context, members)
    group_id = context.store.new_number()
    account.groups[group_id] = {"name": params["name"], "display_name": params["display_name"], "members": members}
    return True


def set_(context: Context, params: dict[str, Any]) -> bool:
    """Members are added and removed, not replaced."""
    account, row = context.own_account(params.get("account")), _find(context, params)
    if "mail_addresses_to_add" not in params and "mail_addresses_to_remove" not in params:
        raise missing_parameter("mail_addresses_to_add")
    added = _checked(context, account, params.get("mail_addresses_to_add", []))
    removed = {context.folded(mail) for mail in params.get("mail_addresses_to_remove", [])}
    if context.settings.group_repeats == "refuse":
        _check_repeats(row["members"], added, removed)
    members = [mail for mail in dict.fromkeys([*row["members"], *added]) if mail not in removed]
    _check_not_empty(context, members)
    row.update(display_name=params["display_name"], members=members)
    return True


def _check_repeats(members: list[str], added: list[str], removed: set[str]) -> None:
    if again := set(added) & set(members):
        raise exists(f"The member {min(again)}")
    if missing := removed - set(members):
        raise not_found(f"The member {min(missing)}")


def _check_not_empty(context: Context, members: list[str]) -> None:
    if not members and context.settings.group_empty == "refuse":
        raise not_allowed("A group has at least one member")


def del_(context: Context, params: dict[str, Any]) -> bool:
    _find(context, params)
    del context.own_account(params.get("account")).groups[params["group_id"]]
    return True


def _find(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    row = context.own_account(params.get("account")).groups.get(params["group_id"])
    if row is None:
        raise not_found(f"The group {params['group_id']}")
    return row


def _checked(context: Context, account: Account, mails: list[str]) -> list[str]:
    """Addresses of mailboxes of the account, each once."""
    if context.settings.group_outsiders == "accept":
        return list(dict.fromkeys(context.folded(mail) for mail in mails))
    found = [context.mailbox(mail) for mail in mails]
    for box in found:
        if context.store.domains[box.domain].account != account.name:
            raise not_found(f"The mailbox {box.mail} in {account.name}")
    return list(dict.fromkeys(box.mail for box in found))


def _view(context: Context, group_id: int, row: dict[str, Any]) -> dict[str, Any]:
    settings = context.settings
    view = {
        settings.group_id_member: str(group_id) if settings.group_id == "text" else group_id,
        "name": row["name"],
        "display_name": row["display_name"],
        settings.group_members_member: _shown_members(context, row["members"]),
    }
    return {**view, "_unknown": {"since": 2027}} if settings.extra_members else view


def _shown_members(context: Context, members: list[str]) -> Any:
    """Mailboxes that are gone are no members any more; outsiders are not looked for."""
    boxes, form = context.store.mailboxes, context.settings.group_members
    shown = [mail for mail in members if mail in boxes or context.settings.group_outsiders == "accept"]
    if form == "objects":
        return [{"mail": mail} for mail in shown]
    if form == "map":
        return as_map({boxes[mail].uid if mail in boxes else mail: mail for mail in shown}, context.settings)
    return ",".join(shown) if form == "text" else shown


ACCOUNT: dict[str, Param] = {"account": optional(text)}
KEY: dict[str, Param] = {"group_id": needed(whole), **ACCOUNT}
METHODS = {
    "group.list": Method(list_, DOWN_TO_ACCOUNT, ACCOUNT),
    "group.get": Method(get, DOWN_TO_ACCOUNT, KEY),
    "group.add": Method(
        add,
        DOWN_TO_ACCOUNT,
        {
            "name": needed(text),
            "display_name": needed(text),
            "mail_addresses_to_add": needed(addresses),
            **ACCOUNT,
        },
        is_write=True,
    ),
    "group.set": Method(
        set_,
        DOWN_TO_ACCOUNT,
        {
            **KEY,
            "display_name": needed(text),
            "mail_addresses_to_add": optional(addresses),
            "mail_addresses_to_remove": optional(addresses),
        },
        is_write=True,
    ),
    "group.del": Method(del_, DOWN_TO_ACCOUNT, KEY, is_write=True),
}
