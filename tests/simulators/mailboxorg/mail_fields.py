# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of a mailbox: which of them are set where (fact sheet mailboxorg.md 2.5 and 3.3)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.parameters import (
    Kind,
    Param,
    address,
    address_or_empty,
    addresses,
    amount,
    date,
    flag,
    misplaced,
    needed,
    optional,
    text,
)

PLANS = ("light", "standard", "premium")
LEGACY_PLANS = ("MAIL", "MAILXL", "MAILXXL", "MAILXXXL", "Office", "OfficeXL", "OfficeXXL", "OfficeXXXL")
QUOTAS = ("additional_mail_quota", "additional_cloud_quota")
# What a user of the mailbox may not change of it: the sheet infers these from one badge in the table of mail.set.
ABOVE_MAIL = frozenset({"admin", "reseller", "account", "domain"})

# What both mail.add and mail.set take, by name: kind and starting value.
COMMON: dict[str, tuple[Kind, Any]] = {
    "plan": (text, "standard"),
    "first_name": (text, ""),
    "last_name": (text, ""),
    "inboxsave": (flag, True),
    "forwards": (addresses, []),
    "require_reset_password": (flag, False),
    "additional_mail_quota": (amount, 0),
    "additional_cloud_quota": (amount, 0),
    "memo": (text, ""),
    "allow_nets": (text, ""),
    "title": (text, ""),
    "birthday": (date, ""),
    "position": (text, ""),
    "department": (text, ""),
    "company": (text, ""),
    "street": (text, ""),
    "postal_code": (text, ""),
    "city": (text, ""),
    "phone": (text, ""),
    "fax": (text, ""),
    "cell_phone": (text, ""),
    "uid_extern": (text, ""),
    "language": (text, ""),
}
SET_ONLY: dict[str, tuple[Kind, Any]] = {
    "aliases": (addresses, []),
    "alternate_mail": (address_or_empty, ""),
    "active": (flag, True),
    "deletion_date": (date, ""),
    "same_password_disallowed": (flag, False),
}
ADD_ONLY: dict[str, tuple[Kind, Any]] = {
    "catchall": (flag, False),
    "create_own_context": (flag, False),
    "recover": (flag, False),
    "skip_welcome_mail": (flag, False),
    "evac_force_activation": (flag, False),
}
REQUIRED = ("plan", "first_name", "last_name", "inboxsave", "forwards")
HIDDEN = frozenset({"same_password_disallowed", "recover", "skip_welcome_mail", "evac_force_activation"})
PASSWORDS: dict[str, Param] = {"password": optional(text), "password_hash": optional(text)}

ADD_PARAMS: dict[str, Param] = {
    "mail": needed(address),
    **PASSWORDS,
    **{name: Param(kind, required=name in REQUIRED) for name, (kind, _start) in COMMON.items()},
    **{name: optional(kind) for name, (kind, _start) in ADD_ONLY.items()},
    **misplaced(*SET_ONLY),
}
SET_PARAMS: dict[str, Param] = {
    "mail": needed(text),
    **PASSWORDS,
    **{
        name: Param(kind, levels=ABOVE_MAIL if name in ("plan", "active", *QUOTAS) else None)
        for name, (kind, _start) in {**COMMON, **SET_ONLY}.items()
    },
    **misplaced(*ADD_ONLY),
}


def starting_fields(language: str) -> dict[str, Any]:
    """Values of a mailbox of which nothing was said."""
    every = {**COMMON, **SET_ONLY, **ADD_ONLY}
    fields = {name: list(start) if isinstance(start, list) else start for name, (_kind, start) in every.items()}
    return {**fields, "language": language}
