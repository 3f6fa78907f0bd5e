# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailinglist.*: lists of an account; their members cannot be read or set (fact sheet mailboxorg.md 2.14)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.errors import LIMIT_REACHED, ApiError, exists, invalid, not_found
from tests.simulators.mailboxorg.methods import NO_RESELLER_ACCOUNT, Context, Method
from tests.simulators.mailboxorg.parameters import ADDRESS, Param, address_or_empty, needed, optional, text
from tests.simulators.mailboxorg.settings import MailboxOrgSettings
from tests.simulators.mailboxorg.store import Account
from tests.simulators.mailboxorg.views import as_map


def list_(context: Context, params: dict[str, Any]) -> Any:
    """The shape is unknown: objects, names, or objects by name."""
    rows = context.account(params["account"]).mailinglists
    if context.settings.mailinglist_list == "names":
        return list(rows)
    views = {name: _view(name, row, context.settings) for name, row in rows.items()}
    return as_map(views, context.settings) if context.settings.mailinglist_list == "map" else list(views.values())


def get(context: Context, params: dict[str, Any]) -> Any:
    view = _view(context.folded(params["mailinglist"]), _find(context, params), context.settings)
    return [view] if context.settings.mailinglist_get == "list" else view


def add(context: Context, params: dict[str, Any]) -> bool:
    account, name = context.account(params["account"]), context.folded(params["mailinglist"])
    _check_name(context, account, name)
    if name in account.mailinglists or name in context.store.mailboxes:
        raise exists(f"The address {name}")
    if len(account.mailinglists) >= account.fields["max_mailinglist"]:
        raise ApiError(LIMIT_REACHED, f"The account {account.name} has all the mailing lists that it may have")
    account.mailinglists[name] = {"password": params["password"], "adminmail": params.get("adminmail", "")}
    return True


def _check_name(context: Context, account: Account, name: str) -> None:
    """Raises ApiError unless it is an address in a domain of the account, or any text will do."""
    if context.settings.mailinglist_names == "any" and "@" not in name:
        return
    if not ADDRESS.fullmatch(name):
        raise invalid("mailinglist", "an e-mail address")
    if context.domain(name.rpartition("@")[2]).account != account.name:
        raise not_found(f"The domain of {name} in {account.name}")


def set_(context: Context, params: dict[str, Any]) -> bool:
    row = _find(context, params)
    given: dict[str, str] = {name: params[name] for name in ("password", "adminmail") if name in params}
    if given.get("adminmail") == "" and context.settings.mailinglist_adminmail_cleared != "taken":
        if context.settings.mailinglist_adminmail_cleared == "refused":
            raise invalid("adminmail", "an e-mail address")
        del given["adminmail"]
    elif "adminmail" not in given and context.settings.mailinglist_left_out == "cleared":
        given["adminmail"] = ""
    row.update(given)
    return True


def del_(context: Context, params: dict[str, Any]) -> bool:
    _find(context, params)
    del context.account(params["account"]).mailinglists[context.folded(params["mailinglist"])]
    return True


def _find(context: Context, params: dict[str, Any]) -> dict[str, str]:
    row = context.account(params["account"]).mailinglists.get(context.folded(params["mailinglist"]))
    if row is None:
        raise not_found(f"The mailing list {params['mailinglist']}")
    return row


def _view(name: str, row: dict[str, str], settings: MailboxOrgSettings) -> dict[str, Any]:
    view: dict[str, Any] = {settings.mailinglist_name_member: name, "adminmail": row["adminmail"]}
    hides_empty = settings.mailinglist_adminmail == "empty_absent" and not row["adminmail"]
    if settings.mailinglist_adminmail == "absent" or hides_empty:
        del view["adminmail"]
    if settings.mailinglist_password == "shown":
        view["password"] = row["password"]
    return {**view, "_unknown": {"since": 2027}} if settings.extra_members else view


KEY: dict[str, Param] = {"mailinglist": needed(text), "account": needed(text)}
ADMINMAIL: dict[str, Param] = {"adminmail": optional(address_or_empty)}
METHODS = {
    "mailinglist.list": Method(list_, NO_RESELLER_ACCOUNT, {"account": needed(text)}),
    "mailinglist.get": Method(get, NO_RESELLER_ACCOUNT, KEY),
    "mailinglist.add": Method(add, NO_RESELLER_ACCOUNT, {**KEY, **ADMINMAIL, "password": needed(text)}, is_write=True),
    "mailinglist.set": Method(
        set_, NO_RESELLER_ACCOUNT, {**KEY, **ADMINMAIL, "password": optional(text)}, is_write=True
    ),
    "mailinglist.del": Method(del_, NO_RESELLER_ACCOUNT, KEY, is_write=True),
}
