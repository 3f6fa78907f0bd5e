# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailinglist.*: lists of an account; their members cannot be read or set (fact sheet mailboxorg.md 2.14)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.errors import LIMIT_REACHED, ApiError, exists, not_found
from tests.simulators.mailboxorg.methods import NO_RESELLER_ACCOUNT, Context, Method
from tests.simulators.mailboxorg.parameters import Param, address, needed, optional, text


def list_(context: Context, params: dict[str, Any]) -> list[Any]:
    """The shape of its elements is unknown: objects, or names."""
    rows = context.account(params["account"]).mailinglists
    if context.settings.mailinglist_list == "names":
        return list(rows)
    return [_view(name, row) for name, row in rows.items()]


def get(context: Context, params: dict[str, Any]) -> dict[str, str]:
    name = context.folded(params["mailinglist"])
    return _view(name, _find(context, params))


def add(context: Context, params: dict[str, Any]) -> bool:
    account, name = context.account(params["account"]), context.folded(params["mailinglist"])
    if name in account.mailinglists or name in context.store.mailboxes:
        raise exists(f"The address {name}")
    if context.domain(name.rpartition("@")[2]).account != account.name:
        raise not_found(f"The domain of {name} in {account.name}")
    if len(account.mailinglists) >= account.fields["max_mailinglist"]:
        raise ApiError(LIMIT_REACHED, f"The account {account.name} has all the mailing lists that it may have")
    account.mailinglists[name] = {"password": params["password"], "adminmail": params.get("adminmail", "")}
    return True


def set_(context: Context, params: dict[str, Any]) -> bool:
    row = _find(context, params)
    row.update({name: params[name] for name in ("password", "adminmail") if name in params})
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


def _view(name: str, row: dict[str, str]) -> dict[str, str]:
    return {"mailinglist": name, "adminmail": row["adminmail"]}


KEY: dict[str, Param] = {"mailinglist": needed(address), "account": needed(text)}
METHODS = {
    "mailinglist.list": Method(list_, NO_RESELLER_ACCOUNT, {"account": needed(text)}),
    "mailinglist.get": Method(get, NO_RESELLER_ACCOUNT, KEY),
    "mailinglist.add": Method(
        add, NO_RESELLER_ACCOUNT, {**KEY, "password": needed(text), "adminmail": optional(address)}, is_write=True
    ),
    "mailinglist.set": Method(
        set_, NO_RESELLER_ACCOUNT, {**KEY, "password": optional(text), "adminmail": optional(address)}, is_write=True
    ),
    "mailinglist.del": Method(del_, NO_RESELLER_ACCOUNT, KEY, is_write=True),
}
