# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""group.*: groups of mailboxes of an account. Shapes of the results are unknown (fact sheet mailboxorg.md 2.15)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.errors import exists, missing_parameter, not_found
from tests.simulators.mailboxorg.methods import DOWN_TO_ACCOUNT, Context, Method
from tests.simulators.mailboxorg.parameters import Param, addresses, needed, optional, text, whole
from tests.simulators.mailboxorg.store import Account


def list_(context: Context, params: dict[str, Any]) -> list[dict[str, Any]]:
    account = context.own_account(params.get("account"))
    return [_view(context, group_id, row) for group_id, row in account.groups.items()]


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return _view(context, params["group_id"], _find(context, params))


def add(context: Context, params: dict[str, Any]) -> bool:
    """The id is not told: it must be looked up by name."""
    account = context.own_account(params.get("account"))
    if any(row["name"] == params["name"] for row in account.groups.values()):
        raise exists(f"The group {params['name']}")
    members = _checked(context, account, params["mail_addresses_to_add"])
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
    row["display_name"] = params["display_name"]
    row["members"] = [mail for mail in dict.fromkeys([*row["members"], *added]) if mail not in removed]
    return True


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
    found = [context.mailbox(mail) for mail in mails]
    for box in found:
        if context.store.domains[box.domain].account != account.name:
            raise not_found(f"The mailbox {box.mail} in {account.name}")
    return list(dict.fromkeys(box.mail for box in found))


def _view(context: Context, group_id: int, row: dict[str, Any]) -> dict[str, Any]:
    shown_id = str(group_id) if context.settings.group_id == "text" else group_id
    return {
        "group_id": shown_id,
        "name": row["name"],
        "display_name": row["display_name"],
        "mail_addresses": [mail for mail in row["members"] if mail in context.store.mailboxes],
    }


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
