# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""account.add, del, get, list and set (fact sheet mailboxorg.md 2.2)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.account_fields import ADD_PARAMS, FIELDS, NAMES_IN_ADD, SET_PARAMS
from tests.simulators.mailboxorg.domains import forget_domain
from tests.simulators.mailboxorg.errors import denied, exists
from tests.simulators.mailboxorg.methods import DOWN_TO_ACCOUNT, DOWN_TO_RESELLER, Context, Method
from tests.simulators.mailboxorg.parameters import flag, needed, optional, text
from tests.simulators.mailboxorg.settings import MailboxOrgSettings
from tests.simulators.mailboxorg.store import Account
from tests.simulators.mailboxorg.views import as_boolean, as_map


def add(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    name = params["account"]
    if name in context.store.accounts:
        raise exists(f"The account {name}")
    owner = context.login.account if context.login else ""
    account = context.store.add_account(name, owner=owner, password=params["password"])
    given = {NAMES_IN_ADD.get(key, key): value for key, value in params.items()}
    account.fields.update({key: value for key, value in given.items() if key in FIELDS})
    return view(account, context.settings)


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    if context.level == "account" and not context.settings.account_sets_itself:
        raise denied(context.settings.wrong_level_code)
    account = context.account(params["account"])
    if params.get("memo") == "" and not context.settings.account_memo_clears:
        del params["memo"]
    account.password = params.get("password", account.password)
    account.fields.update({key: value for key, value in params.items() if key in FIELDS})
    return view(account, context.settings)


def del_(context: Context, params: dict[str, Any]) -> bool:
    """All its domains and mailboxes go with it."""
    account = context.account(params["account"])
    for domain in context.store.domains_of(account.name):
        forget_domain(context, domain)
    for context_id in [key for key, owner in context.store.contexts.items() if owner == account.name]:
        del context.store.contexts[context_id]
    del context.store.accounts[account.name]
    return True


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return view(context.account(params["account"]), context.settings)


def list_(context: Context, params: dict[str, Any]) -> list[Any]:
    """The shape of its elements is unknown: names, or objects."""
    wanted = params.get("query", "").lower()
    found = [
        account
        for account in context.store.accounts.values()
        if context.reaches_account(account) and wanted in account.name.lower()
    ]
    if params.get("extended_results") or context.settings.account_list == "objects":
        return [view(account, context.settings) for account in found]
    return [account.name for account in found]


def view(account: Account, settings: MailboxOrgSettings) -> dict[str, Any]:
    """account.get: nested, without passwords. The values of invoice_type are unknown."""
    shown: dict[str, Any] = {
        "account": account.name,
        "type": "BMBO",
        "status": "aktiv",
        "plan": account.fields["plan"],
        "old_customer": as_boolean(False, settings),
        "monthly_fee": 25,
        "invoice_type": "",
        "dta_allowed": as_boolean(False, settings),
        "address_main": {"birthday": ""},
        "bank": {"name": ""},
        "av_contract": {"signed": as_boolean(bool(account.fields["av_contract_accept_name"]), settings)},
    }
    for name, field in FIELDS.items():
        if field.path:
            *outer, last = field.path
            holder = shown.setdefault(outer[0], {}) if outer else shown
            holder[last] = _wire(account.fields[name], settings)
    if settings.extra_members:
        shown["_unknown"] = {"since": 2027}
    return shown


def _wire(value: Any, settings: MailboxOrgSettings) -> Any:
    if isinstance(value, bool):
        return as_boolean(value, settings)
    return as_map(value, settings) if isinstance(value, dict) else value


METHODS = {
    "account.add": Method(add, frozenset({"reseller"}), ADD_PARAMS, is_write=True),
    "account.set": Method(set_, DOWN_TO_ACCOUNT, SET_PARAMS, is_write=True),
    "account.del": Method(del_, DOWN_TO_RESELLER, {"account": needed(text)}, is_write=True),
    "account.get": Method(get, DOWN_TO_ACCOUNT, {"account": needed(text)}),
    "account.list": Method(list_, DOWN_TO_RESELLER, {"query": optional(text), "extended_results": optional(flag)}),
}
