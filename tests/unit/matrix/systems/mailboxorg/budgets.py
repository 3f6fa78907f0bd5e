# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps cost on mailbox.org. Several reads travel in one batch, where the server takes it; 2022 has none."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.matrix.budgets import Budget, Calls, Extra, Kind
from tests.unit.matrix.systems.mailboxorg.samples import CAPABILITIES

_SESSION = ("auth", "deauth")
# All domains: the accounts, and the list of each of the three.
_DOMAINS = ("account.list", "batch")
_DOMAINS_2022 = (*_DOMAINS, *("domain.list",) * 3)
# A server that does not know details in lists says so once, after which the domains are looked through.
_LIST_2022 = (*("mail.list",) * 3, *_DOMAINS_2022)

_ACCOUNT = Budget(
    found=("account.get",),
    absent=("account.get", "account.list"),
    parents=(),
    guard=(),
    create=("account.add",),
    update=("account.set",),
    delete=("account.del", "account.get", "account.list"),
    session=_SESSION,
)
_DOMAIN = Budget(
    found=("domain.list", "domain.get"),
    absent=("domain.list",),
    # Whether another account has it.
    parents=_DOMAINS,
    # Whether there are mailboxes in it.
    guard=("mail.list",),
    create=("domain.add",),
    update=("domain.set",),
    delete=("domain.del", "domain.list"),
    session=_SESSION,
)
_STATES = "mail.capabilities.get"
_MAILBOX = Budget(
    found=("mail.get", _STATES),
    absent=("mail.get", "mail.list"),
    # Whether the domain is there, if no mailbox in it has shown that.
    parents=("domain.get",),
    guard=(),
    create=("mail.add",),
    update=("mail.set",),
    delete=("mail.del", "domain.deletelist.delete", "mail.get", "mail.list"),
    session=_SESSION,
)
BUDGETS: dict[tuple[str, str, str], Budget] = {
    ("2026", "account", "object"): _ACCOUNT,
    ("2026", "account", "config"): replace(
        _ACCOUNT,
        found=("account.list", "batch"),
        absent=("account.list", "batch"),
        delete=("account.del", "account.list", "batch"),
    ),
    ("2026", "domain", "object"): _DOMAIN,
    ("2026", "domain", "config"): replace(
        _DOMAIN,
        found=(*_DOMAINS, "domain.get"),
        absent=_DOMAINS,
        parents=(),
        delete=("domain.del", *_DOMAINS),
    ),
    ("2026", "mailbox", "object"): _MAILBOX,
    # Which form capabilities have shows with the first mailbox; the others follow in a batch.
    ("2026", "mailbox", "config"): replace(
        _MAILBOX,
        found=("mail.list", _STATES, "batch"),
        absent=("mail.list", _STATES, _STATES),
        delete=("mail.del", "domain.deletelist.delete", "mail.list", "batch"),
    ),
    ("2022", "account", "object"): _ACCOUNT,
    ("2022", "domain", "object"): replace(
        _DOMAIN,
        found=("domain.list", "domain.get", "context.list"),
        parents=_DOMAINS_2022,
        guard=_LIST_2022,
    ),
    ("2022", "mailbox", "object"): replace(
        _MAILBOX,
        absent=("mail.get", *_LIST_2022),
        delete=("mail.del", "domain.deletelist.delete", "mail.get", *_LIST_2022),
    ),
}

_CREATE, _UPDATE = frozenset({Kind.CREATE}), frozenset({Kind.UPDATE})
# What the call that makes an object does not take is set afterwards (mailboxorg.md 2.2 and 2.5).
_SET_LATER: dict[tuple[str, str], tuple[str, ...]] = {
    ("account", "account.set"): (
        "telephone_password",
        "payment_type",
        "mail_forwarding",
        "av_contract_accept_name",
        "av_contract_professional_secrecy",
        "contact.mail_payment",
        "address_payment.same_as_main",
        "address_payment.company",
        "bank.iban",
        "bank.bic",
        "bank.account_owner",
    ),
    ("mailbox", "mail.set"): ("aliases", "alternate_mail", "active", "deletion_date", "same_password_disallowed"),
}


def _capabilities(calls: Calls, steps: frozenset[Kind]) -> tuple[Extra, ...]:
    return tuple(Extra("mailbox", frozenset({f"capabilities.{name}"}), calls, steps) for name in CAPABILITIES)


EXTRA = (
    *(Extra(kind, frozenset({name}), (call,), _CREATE) for (kind, call), names in _SET_LATER.items() for name in names),
    # A wish that did not stick is looked for until it has had time to settle.
    Extra("account", frozenset({"memo"}), ("account.get",) * 6, _UPDATE, "2026"),
    # The reply to the writing of capabilities tells nothing.
    *_capabilities((_STATES, "mail.capabilities.set", "mail.get", "mail.list", "batch", _STATES), _CREATE | _UPDATE),
    # Replies of 2022 do not tell the context.
    Extra(
        "domain", frozenset({"context_id"}), ("domain.list", "domain.get", "context.list"), _CREATE | _UPDATE, "2022"
    ),
)
