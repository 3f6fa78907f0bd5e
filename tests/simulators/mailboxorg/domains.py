# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""domain.* and context.list (fact sheet mailboxorg.md 2.3 and 2.4)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.errors import (
    NOT_EMPTY,
    ApiError,
    denied,
    exists,
    no_dns_record,
    not_allowed,
    not_found,
)
from tests.simulators.mailboxorg.methods import DOWN_TO_ACCOUNT, DOWN_TO_DOMAIN, Context, Method
from tests.simulators.mailboxorg.parameters import Param, domain_name, flag, needed, optional, text
from tests.simulators.mailboxorg.store import Domain
from tests.simulators.mailboxorg.views import as_boolean, as_map

SPF = "v=spf1 include:mailbox.org ~all"


def add(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Raises ApiError 218 with the record to create while it is missing; the same record every time."""
    account, name = context.account(params["account"]), context.folded(params["domain"])
    if (other := context.store.domains.get(name)) is not None:
        raise exists(f"The domain {name}") if context.reaches_domain(other) else denied(context.settings.foreign_code)
    _check_context(context, account.name, params)
    _check_ownership(context, account.name, name)
    context_id = _wanted_context(context, account.name, params)
    if context_id is None:
        known = [domain.context_id for domain in context.store.domains_of(account.name)]
        use_known = known and context.settings.default_context == "first"
        context_id = known[0] if use_known else context.store.new_context(account.name)
    domain = Domain(name, account.name, params["password"], context_id, params.get("memo", ""))
    context.store.domains[name] = domain
    return view(context, domain)


def _check_ownership(context: Context, account: str, name: str) -> None:
    host, txt = context.store.ownership(account, name)
    full = f"{host}.{name.lower()}"
    is_published = (full, txt) in context.store.dns
    misses = context.store.dns_misses.get((account, name), 0)
    if is_published and misses >= context.settings.dns_misses:
        return
    if is_published:
        context.store.dns_misses[(account, name)] = misses + 1
    raise no_dns_record(full if context.settings.ownership_host == "full" else host, txt)


def _check_context(context: Context, account: str, params: dict[str, Any]) -> None:
    wanted = params.get("context_id")
    if wanted is not None and params.get("create_new_context_id"):
        raise not_allowed("context_id and create_new_context_id exclude each other")
    if wanted is not None and context.store.contexts.get(wanted) != account:
        raise not_found(f"The context {wanted}")


def _wanted_context(context: Context, account: str, params: dict[str, Any]) -> str | None:
    """The id of the context asked for, made when it is to be a new one; None when nothing is said of it."""
    return context.store.new_context(account) if params.get("create_new_context_id") else params.get("context_id")


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    domain = context.domain(params["domain"])
    _check_context(context, domain.account, params)
    context_id = _wanted_context(context, domain.account, params)
    if context_id is not None:
        _move(context, domain, context_id)
    domain.password = params.get("password", domain.password)
    domain.memo = params.get("memo", domain.memo)
    return view(context, domain)


def _move(context: Context, domain: Domain, context_id: str) -> None:
    """Another context: address books, calendars and files of the mailboxes are lost, their messages stay."""
    if context_id == domain.context_id:
        return
    domain.context_id = context_id
    for box in context.store.mailboxes_of(domain.name):
        if not box.own_context:
            box.groupware_items = 0


def del_(context: Context, params: dict[str, Any]) -> bool:
    account, domain = context.account(params["account"]), context.domain(params["domain"])
    if domain.account != account.name:
        raise not_found(f"The domain {domain.name} of {account.name}")
    if context.store.mailboxes_of(domain.name):
        raise ApiError(NOT_EMPTY, f"The domain {domain.name} still has mailboxes")
    forget_domain(context, domain)
    return True


def forget_domain(context: Context, domain: Domain) -> None:
    """Remove a domain and what belongs to it."""
    for box in context.store.mailboxes_of(domain.name):
        del context.store.mailboxes[box.mail]
    for addresses in (context.store.deleted, context.store.accounts[domain.account].mailinglists):
        for address in [address for address in addresses if address.endswith(f"@{domain.name}")]:
            del addresses[address]
    del context.store.domains[domain.name]


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return view(context, context.domain(params["domain"]))


def list_(context: Context, params: dict[str, Any]) -> list[dict[str, Any]]:
    """The rule of the filter is unknown; here a name must hold its text."""
    wanted = params.get("filter", "").lower()
    found = [d for d in context.store.domains_of(context.account(params["account"]).name) if wanted in d.name.lower()]
    if context.settings.domain_list == "full":
        return [view(context, domain) for domain in found]
    return [{"domain": domain.name, "count_mails": len(context.store.mailboxes_of(domain.name))} for domain in found]


def view(context: Context, domain: Domain) -> dict[str, Any]:
    settings = context.settings
    shown: dict[str, Any] = {
        "domain": domain.name,
        "memo": domain.memo,
        "count_mails": len(context.store.mailboxes_of(domain.name)),
    }
    if settings.domain_context_id != "absent":
        shown["context_id"] = int(domain.context_id) if settings.domain_context_id == "int" else domain.context_id
    if settings.extra_members:
        shown["_unknown"] = ["since", 2027]
    return shown


def validate_spf(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    domain = context.domain(params["domain"])
    records = [value for name, value in context.store.dns if name == domain.name and value.startswith("v=spf1 ")]
    valid = len(records) == 1 and "include:mailbox.org" in records[0].split()
    return {"domain": domain.name, "spf_should": SPF, "valid": as_boolean(valid, context.settings)}


def context_list(context: Context, params: dict[str, Any]) -> Any:
    """{context id: [names of domains]}; contexts without domains are not listed."""
    found: dict[str, list[str]] = {}
    for domain in context.store.domains_of(context.account(params["account"]).name):
        found.setdefault(domain.context_id, []).append(domain.name)
    return as_map(found, context.settings)


CONTEXT_PARAMS = {
    "context_id": Param(text, levels=DOWN_TO_ACCOUNT),
    "create_new_context_id": Param(flag, levels=DOWN_TO_ACCOUNT),
}
METHODS = {
    "domain.add": Method(
        add,
        DOWN_TO_ACCOUNT,
        {
            "account": needed(text),
            "domain": needed(domain_name),
            "password": needed(text),
            "memo": optional(text),
            **CONTEXT_PARAMS,
        },
        is_write=True,
    ),
    "domain.set": Method(
        set_,
        DOWN_TO_DOMAIN,
        {"domain": needed(text), "password": optional(text), "memo": optional(text), **CONTEXT_PARAMS},
        is_write=True,
    ),
    "domain.del": Method(del_, DOWN_TO_ACCOUNT, {"account": needed(text), "domain": needed(text)}, is_write=True),
    "domain.get": Method(get, DOWN_TO_DOMAIN, {"domain": needed(text)}),
    "domain.list": Method(list_, DOWN_TO_ACCOUNT, {"account": needed(text), "filter": optional(text)}),
    "domain.validate.spf": Method(validate_spf, DOWN_TO_DOMAIN, {"domain": needed(text)}),
    "context.list": Method(context_list, DOWN_TO_ACCOUNT, {"account": needed(text)}),
}
