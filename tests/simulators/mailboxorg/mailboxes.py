# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mail.add, set and del, and the list of deleted addresses (fact sheet mailboxorg.md 2.4 and 2.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.simulators.mailboxorg import dates, mail_fields, passwords
from tests.simulators.mailboxorg.errors import (
    DELETED_ADDRESS,
    ApiError,
    exists,
    invalid,
    missing_parameter,
    not_allowed,
    not_found,
)
from tests.simulators.mailboxorg.mail_views import view
from tests.simulators.mailboxorg.methods import ALL_BUT_FTP, DOWN_TO_DOMAIN, NO_RESELLER_DOMAIN, Context, Method
from tests.simulators.mailboxorg.parameters import needed, text
from tests.simulators.mailboxorg.store import Mailbox


def add(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    mail = context.folded(params["mail"])
    domain = context.domain(mail.rpartition("@")[2])
    _check_free(context, mail, recover=params.get("recover", False))
    if "password" not in params and "password_hash" not in params:
        raise missing_parameter("password")
    if params.get("catchall") and any(box.fields["catchall"] for box in context.store.mailboxes_of(domain.name)):
        raise exists(f"The catch-all of {domain.name}")
    fields = {**mail_fields.starting_fields(context.settings.default_language), **_fields(params)}
    box = Mailbox(mail, domain.name, "", context.clock.now(), fields)
    _check(context, box, params)
    box.uid = str(context.store.new_number())
    _set_password(box, params)
    if params.get("create_own_context"):
        box.own_context = context.store.new_context(domain.account)
    context.store.mailboxes[mail] = box
    context.store.deleted.pop(mail, None)
    return view(context, box)


def _check_free(context: Context, mail: str, *, recover: bool) -> None:
    if mail in context.store.mailboxes:
        raise exists(f"The mailbox {mail}")
    if context.settings.address_collisions == "refuse" and _holder(context, mail) is not None:
        raise exists(f"The alias {mail}")
    if context.settings.delete_list and mail in context.store.deleted and not recover:
        raise ApiError(DELETED_ADDRESS, f"The address {mail} was deleted and is blocked")


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Members not given stay; lists are replaced. All or nothing."""
    box = context.mailbox(params["mail"])
    if not params.get("plan") and context.settings.quota_without_plan == "refuse":
        for name in mail_fields.QUOTAS:
            if name in params:
                raise not_allowed(f"{name} needs plan in the same call")
    changed = replace(box, fields={**box.fields, **_fields(params)})
    if params.get("active"):
        # The planned deletion is called off.
        changed.fields["deletion_date"] = params.get("deletion_date", "")
    _check(context, changed, params, before=box)
    box.fields = changed.fields
    _set_password(box, params)
    return view(context, box)


def _fields(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in ("mail", "password", "password_hash")}


def _check(context: Context, box: Mailbox, params: dict[str, Any], before: Mailbox | None = None) -> None:
    """Raises ApiError when a mailbox may not be as it would be; what a call does not touch is not looked at."""
    _check_passwords(context, params)
    _check_plan(context, box, before)
    reaches_nobody = not box.fields["inboxsave"] and not box.fields["forwards"]
    if (
        reaches_nobody
        and context.settings.unreachable_mailboxes == "refuse"
        and {"inboxsave", "forwards"} & set(params)
    ):
        raise not_allowed("A mailbox that keeps nothing needs a forward")
    for alias in params.get("aliases", []):
        _check_alias(context, box, alias)


def _check_alias(context: Context, box: Mailbox, alias: str) -> None:
    other = context.store.mailboxes.get(alias.lower()) or _holder(context, alias)
    if other is not None and other.mail != box.mail and context.settings.address_collisions == "refuse":
        raise exists(f"The address {alias}")
    domain = context.store.domains.get(context.folded(alias.rpartition("@")[2]))
    if domain is not None and domain.account != context.store.domains[box.domain].account:
        context.account(domain.account)  # raises for a domain of somebody else


def _check_passwords(context: Context, params: dict[str, Any]) -> None:
    if "password" in params and "password_hash" in params:
        raise not_allowed("password and password_hash exclude each other")
    if context.settings.password_policy and "password" in params and not passwords.is_strong(params["password"]):
        raise invalid("password", "stronger")


def _check_plan(context: Context, box: Mailbox, before: Mailbox | None) -> None:
    plan, settings = box.fields["plan"], context.settings
    if before is not None and plan == before.fields["plan"]:
        return
    legacy = mail_fields.LEGACY_PLANS if settings.legacy_plans and before is not None else ()
    if plan not in (*mail_fields.PLANS, *legacy):
        raise invalid("plan", f"one of {', '.join(mail_fields.PLANS)}")
    if before is not None and plan == "light" and settings.light_downgrade == "refuse":
        raise not_allowed("This mailbox cannot be put to the plan light")


def _holder(context: Context, alias: str) -> Mailbox | None:
    """The mailbox that has this alias."""
    boxes = context.store.mailboxes.values()
    return next((box for box in boxes if alias.lower() in [own.lower() for own in box.fields["aliases"]]), None)


def _set_password(box: Mailbox, params: dict[str, Any]) -> None:
    if "password" in params:
        box.password, box.password_hash = params["password"], ""
    elif "password_hash" in params:
        box.password, box.password_hash = "", params["password_hash"]


def del_(context: Context, params: dict[str, Any]) -> bool:
    """Everything in it is lost; the address goes onto the delete list."""
    box = context.mailbox(params["mail"])
    del context.store.mailboxes[box.mail]
    context.store.deleted[box.mail] = context.clock.now()
    return True


def deletelist_search(context: Context, params: dict[str, Any]) -> list[Any]:
    """The shape of its elements is unknown: objects, or addresses."""
    domain = context.domain(params["domain"]).name
    found = {mail: moment for mail, moment in context.store.deleted.items() if mail.endswith(f"@{domain}")}
    if context.settings.deletelist_form == "names":
        return list(found)
    style = context.settings.creation_date
    return [{"mail": mail, "deletion_date": dates.at(moment, style)} for mail, moment in found.items()]


def deletelist_delete(context: Context, params: dict[str, Any]) -> bool:
    mail = context.folded(params["mail"])
    context.domain(mail.rpartition("@")[2])
    if mail not in context.store.deleted:
        raise not_found(f"The deleted address {mail}")
    del context.store.deleted[mail]
    return True


METHODS = {
    "mail.add": Method(add, NO_RESELLER_DOMAIN, mail_fields.ADD_PARAMS, is_write=True),
    "mail.set": Method(set_, ALL_BUT_FTP, mail_fields.SET_PARAMS, is_write=True),
    "mail.del": Method(del_, DOWN_TO_DOMAIN, {"mail": needed(text)}, is_write=True),
    "domain.deletelist.search": Method(deletelist_search, DOWN_TO_DOMAIN, {"domain": needed(text)}),
    "domain.deletelist.delete": Method(deletelist_delete, DOWN_TO_DOMAIN, {"mail": needed(text)}, is_write=True),
}
