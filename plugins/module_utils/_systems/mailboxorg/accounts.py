# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: the customers of mailbox.org, one's own or those of a reseller (mailboxorg.md 2.2 and 3.1).

They are nested when read and flat when written. What an account is when it is made is less than what can be set.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..._core.fields import Choice, Field, Flag, Integer, NumberOr, Text, filled, secret
from ..._core.resource import Resource, Values
from ..._core.structures import Struct
from ..behaviour import UNREADABLE
from .codecs import FLAG, NUMBER, TEXT, limits, words
from .wire import Wire

RESELLER_PLAN = "reseller"
PLANS = ("basic", "profi", "profixl", RESELLER_PLAN)


def _text(name: str, doc: str, path: tuple[str, ...], parameter: str, add: bool = True) -> Field:
    """A text that is read at a path; ``add`` says whether account.add takes it too."""
    return Text(name, doc, Wire(path, parameter if add else "", parameter), TEXT)


def _main(name: str, doc: str) -> Field:
    return _text(name, doc, ("address_main", name), f"address_main_{name}")


def _payment(name: str, doc: str, add: bool = True) -> Field:
    return _text(name, doc, ("address_payment", name), f"address_payment_{name}", add)


def _bank(name: str, doc: str) -> Field:
    return _text(name, doc, ("bank", name), f"bank_{name}", add=False)


def _contact(name: str, doc: str, add: bool = True) -> Field:
    return _text(name, doc, ("contact", name), f"contact_{name}", add)


def _weakens(before: Values, after: Values) -> str | None:
    """A reseller without the plan loses the customers from view."""
    is_reseller = before.get("plan") == RESELLER_PLAN
    return "demote" if is_reseller and after.get("plan") != RESELLER_PLAN else None


ACCOUNT = Resource(
    kind="account",
    plural="accounts",
    module="mailboxorg_account",
    summary="Manage accounts of mailbox.org",
    description=(
        "Changes one's own account, or as a reseller creates, changes and deletes the accounts of customers.",
        "Options that are left out stay as they are on the server.",
        "An account changes itself; everything else needs a login of level C(reseller) or above.",
    ),
    key=("name",),
    label="{name}",
    route="account",
    is_account=True,
    settles_late=True,
    weakens=_weakens,
    unproven=("What account.set makes of settings that account.add takes as well, and of those that are never told.",),
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    fields=(
        Text(
            "name",
            "Name of the account, which is the login name of the customer.",
            Wire(("account",), "account"),
            TEXT,
            form=filled,
            immutable=True,
        ),
        secret(
            "password",
            "Password of the account. The server never returns it, so it is sent at creation only, unless "
            "O(update_password=always).",
            Wire((), "password", "password"),
            required_on_create=True,
        ),
        secret(
            "telephone_password",
            "Password by which the customer is known on the telephone. Sent when O(password) would be.",
            Wire((), "", "telephone_password"),
        ),
        Choice(
            "plan",
            "What the account pays for: V(basic), V(profi) (Professional), V(profixl) (Professional XL) or "
            "V(reseller).",
            Wire(("plan",), "plan", "plan"),
            words(PLANS),
            words=PLANS,
            required_on_create=True,
        ),
        Text(
            "memo",
            "Free text about the account. The server was seen to confirm an empty text and to keep the old one, which "
            "is reported as a failure.",
            Wire(("memo",), "memo", "memo", missing=""),
            TEXT,
        ),
        Text("company", "Name of the company.", Wire(("company",), "company", "company", missing=""), TEXT),
        Text(
            "vat_id",
            "VAT identification number.",
            Wire(("ustid",), "ustid", "ustid", missing=""),
            TEXT,
            aliases=("ustid",),
        ),
        _text("language", "Language of the account as a locale, for instance V(de_DE).", ("language",), "language"),
        Text(
            "salutation",
            "Salutation of the contact person. V(herr) and V(frau) are known.",
            Wire(("address_main", "salutation"), "address_main_salutation", "salutation"),
            TEXT,
        ),
        Struct(
            "address_main",
            "Contact person and postal address.",
            fields=(
                _main("first_name", "First name."),
                _main("last_name", "Last name."),
                _main("street", "Street and number."),
                _main("zipcode", "Postal code."),
                _main("town", "Town."),
                _main("country", "Country."),
            ),
        ),
        Struct(
            "address_payment",
            "Address for invoices.",
            fields=(
                Flag(
                    "same_as_main",
                    "Whether invoices go to O(address_main).",
                    # account.add documents true as its only value, so it is left to account.set.
                    Wire(("address_payment", "same_as_main"), "", "address_payment_same_as_main"),
                    FLAG,
                ),
                _payment("first_name", "First name."),
                _payment("last_name", "Last name."),
                _payment("company", "Name of the company.", add=False),
                _payment("street", "Street and number."),
                _payment("zipcode", "Postal code."),
                _payment("town", "Town."),
                _payment("country", "Country."),
            ),
        ),
        Struct(
            "contact",
            "Ways to reach the customer. How the server tells them is not proven on a real server.",
            fields=(
                _contact("mail", "E-mail address."),
                _contact("mail_payment", "E-mail address for invoices.", add=False),
                _contact("phone", "Telephone number."),
                _contact("fax", "Fax number."),
                _contact("mobile", "Number of the mobile telephone."),
            ),
        ),
        Struct(
            "bank",
            "Bank account. How the server tells it is not proven on a real server.",
            fields=(
                _bank("iban", "IBAN."),
                _bank("bic", "BIC."),
                _bank("account_owner", "Owner of the bank account."),
            ),
        ),
        _text(
            "payment_type",
            "How the account pays; V(invoice) is one of the words that the server knows.",
            ("payment_type",),
            "payment_type",
            add=False,
        ),
        Integer(
            "max_mailinglist",
            "Number of mailing lists that the account may have.",
            Wire(("max_mailinglist",), "max_mailinglist", "max_mailinglist"),
            NUMBER,
        ),
        Struct(
            "tariff_limits",
            "Limits by plan; what the server limits by them is not documented, and not proven on a real server.",
            Wire(("tarifflimits",), "tarifflimits", "tarifflimits"),
            limits(PLANS),
            fields=tuple(NumberOr(plan, f"Limit for the plan V({plan}), or V(unlimited) for none.") for plan in PLANS),
            aliases=("tarifflimits",),
        ),
        Text(
            "mail_forwarding",
            "Sent as it is; its meaning is not documented, and no known call returns it.",
            Wire((), "", "mail_forwarding"),
            TEXT,
            write_only=True,
        ),
        Text(
            "av_contract_accept_name",
            "Name of the person who accepts the contract about data processing. No known call returns it.",
            Wire((), "", "av_contract_accept_name"),
            TEXT,
            write_only=True,
        ),
        Flag(
            "av_contract_professional_secrecy",
            "Whether that contract covers professional secrecy. No known call returns it.",
            Wire((), "", "av_contract_professional_secrecy"),
            FLAG,
            write_only=True,
        ),
    ),
    behaviour=(UNREADABLE,),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of all domains and mailboxes of the account with all their mail, without which it is "
            "not deleted.",
            on_create=False,
        ),
    ),
)
