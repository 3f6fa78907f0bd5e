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
    # Whether there are mailboxes in it, or mailing lists, which are told by account.
    guard=("mail.list", "account.list", "batch"),
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


def _part(noun: str, getter: str, setters: Calls) -> Budget:
    """What belongs to a mailbox: the mailbox is looked for first, since an alias could stand for it."""
    one = ("mail.get", f"mail.{noun}.{getter}")
    return Budget(
        found=one,
        absent=(),
        parents=(),
        guard=(),
        create=(),
        update=tuple(f"mail.{noun}.{setter}" for setter in setters),
        delete=(),
        session=_SESSION,
    )


def _in_list(part: Budget) -> Budget:
    """The same in a document: which mailboxes there are is asked for by domain."""
    return replace(part, found=("mail.list", *part.found[1:]))


_VACATION = _part("vacation", "get", ("set", "get"))
_SPAM_PROTECTION = _part("spamprotect", "get", ("set",))
_BLACKLIST = _part("blacklist", "list", ("add", "del"))
_MAILING_LIST = Budget(
    found=("account.list", "batch"),
    absent=("account.list", "batch"),
    parents=("domain.get",),
    guard=(),
    # Whose domain it is, and the lists again.
    create=("mailinglist.add", "batch", "batch"),
    update=("mailinglist.set", "batch"),
    delete=("mailinglist.del", "batch"),
    session=_SESSION,
)
_GROUP = Budget(
    found=("group.list",),
    absent=("group.list",),
    parents=("account.list",),
    guard=(),
    create=("group.add", "group.list"),
    update=("group.set", "group.list"),
    delete=("group.del", "group.list"),
    session=_SESSION,
)
_GROUPS = ("account.list", "batch")
_LISTS_2022 = ("mailinglist.list",) * 3
BUDGETS: dict[tuple[str, str, str], Budget] = {
    ("2026", "vacation", "object"): _VACATION,
    ("2026", "vacation", "config"): _in_list(_VACATION),
    ("2022", "vacation", "object"): _VACATION,
    ("2026", "spam_protection", "object"): _SPAM_PROTECTION,
    ("2026", "spam_protection", "config"): _in_list(_SPAM_PROTECTION),
    ("2022", "spam_protection", "object"): _SPAM_PROTECTION,
    ("2026", "blacklist", "object"): _BLACKLIST,
    ("2026", "blacklist", "config"): _in_list(_BLACKLIST),
    ("2022", "blacklist", "object"): _BLACKLIST,
    ("2026", "mailing_list", "object"): _MAILING_LIST,
    ("2026", "mailing_list", "config"): _MAILING_LIST,
    ("2022", "mailing_list", "object"): replace(
        _MAILING_LIST,
        found=("account.list", "batch", *_LISTS_2022),
        absent=("account.list", "batch", *_LISTS_2022),
        create=("mailinglist.add", *("domain.list",) * 3, *_LISTS_2022),
        update=("mailinglist.set", *_LISTS_2022),
        delete=("mailinglist.del", *_LISTS_2022),
    ),
    ("2026", "group", "object"): _GROUP,
    # All accounts have their groups read.
    ("2026", "group", "config"): replace(
        _GROUP,
        found=_GROUPS,
        absent=_GROUPS,
        parents=(),
        create=("group.add", "batch"),
        update=("group.set", "batch"),
        delete=("group.del", "batch"),
    ),
    ("2022", "group", "object"): _GROUP,
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
        guard=("mail.list", "batch"),
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
        guard=(*_LIST_2022, *_LISTS_2022),
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
    Extra("vacation", frozenset({"active"}), ("mail.vacation.delete",), _UPDATE),
    # Entries travel one by one.
    Extra("blacklist", frozenset({"addresses"}), ("mail.blacklist.add", "mail.blacklist.del") * 2, _UPDATE),
    # Whether its members are there.
    Extra("group", frozenset({"members"}), ("mail.list",), _CREATE | _UPDATE, "2026"),
    Extra("group", frozenset({"members"}), _LIST_2022, _CREATE | _UPDATE, "2022"),
    # The reply to the writing of capabilities tells nothing.
    *_capabilities((_STATES, "mail.capabilities.set", "mail.get", "mail.list", "batch", _STATES), _CREATE | _UPDATE),
    # Replies of 2022 do not tell the context.
    Extra(
        "domain", frozenset({"context_id"}), ("domain.list", "domain.get", "context.list"), _CREATE | _UPDATE, "2022"
    ),
)
