# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of an account: flat when written, nested when read (fact sheet mailboxorg.md 2.2 and 3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.simulators.mailboxorg.parameters import (
    Kind,
    Param,
    choice,
    flag,
    mapping,
    needed,
    optional,
    text,
    whole,
)

PLANS = ("basic", "profi", "profixl", "reseller")


@dataclass(frozen=True)
class AccountField:
    """path: where account.get shows it, empty when it is never shown. in_add: account.add takes it, too."""

    path: tuple[str, ...]
    kind: Kind = text
    start: Any = ""
    in_add: bool = False


def _shown(*path: str, in_add: bool = False) -> AccountField:
    return AccountField(path, in_add=in_add)


# By the name in account.set.
FIELDS: dict[str, AccountField] = {
    "plan": AccountField(("plan",), choice(*PLANS), "basic"),
    "memo": _shown("memo", in_add=True),
    "company": _shown("company", in_add=True),
    "ustid": _shown("ustid", in_add=True),
    "language": AccountField(("language",), start="de_DE", in_add=True),
    "max_mailinglist": AccountField(("max_mailinglist",), whole, 0, in_add=True),
    "tarifflimits": AccountField(("tarifflimits",), mapping(choice(*PLANS), whole), {}, in_add=True),
    "payment_type": AccountField(("payment_type",), start="invoice"),
    "salutation": _shown("address_main", "salutation"),
    **{
        f"address_main_{name}": _shown("address_main", name, in_add=True)
        for name in ("first_name", "last_name", "street", "zipcode", "town", "country")
    },
    "address_payment_same_as_main": AccountField(("address_payment", "same_as_main"), flag, True, in_add=True),
    **{
        f"address_payment_{name}": _shown("address_payment", name, in_add=name != "company")
        for name in ("first_name", "last_name", "company", "street", "zipcode", "town", "country")
    },
    **{f"contact_{name}": _shown("contact", name, in_add=True) for name in ("mail", "phone", "fax", "mobile")},
    "contact_mail_payment": _shown("contact", "mail_payment"),
    "bank_iban": _shown("bank", "iban"),
    "bank_bic": _shown("bank", "bic"),
    "bank_account_owner": _shown("bank", "account_owner"),
    # Nobody has seen these when read; of the contract only that it was signed is known.
    "av_contract_accept_name": AccountField(()),
    "av_contract_professional_secrecy": AccountField((), flag, False),
    "mail_forwarding": AccountField(()),
    "telephone_password": AccountField(()),
}
# One name differs between account.add and account.set.
NAMES_IN_ADD = {"address_main_salutation": "salutation"}

ADD_PARAMS: dict[str, Param] = {
    "account": needed(text),
    "password": needed(text),
    "plan": needed(FIELDS["plan"].kind),
    **{name: optional(field.kind) for name, field in FIELDS.items() if field.in_add},
    **{name: optional(FIELDS[stored].kind) for name, stored in NAMES_IN_ADD.items()},
}
SET_PARAMS: dict[str, Param] = {
    "account": needed(text),
    "password": optional(text),
    **{name: optional(field.kind) for name, field in FIELDS.items()},
}


def starting_fields() -> dict[str, Any]:
    return {name: field.start for name, field in FIELDS.items()}
