# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailing lists of an account (mailboxorg.md 2.14). The API has no way to see or change who is on a list.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.addresses import domain_of, mailbox_address
from ..._core.fields import Flag, Reference, Text, secret
from ..._core.resource import Resource, Values
from ..behaviour import UNREADABLE
from .codecs import TEXT, address_or_none
from .wire import Wire


def _new_list(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    """A new list has no such address, which need not be said in a form that the server might refuse."""
    return {name: value for name, value in send.items() if (name, value) != ("admin_mail", "")}


def _unnameable(values: Values) -> str | None:
    """What no option can name must not be deleted because no option names it."""
    return None if "@" in values["address"] else "its name is no address, which is how options name mailing lists"


MAILING_LIST = Resource(
    kind="mailing_list",
    plural="mailing_lists",
    module="mailboxorg_mailing_list",
    summary="Manage mailing lists of mailbox.org",
    description=(
        "Creates, changes and deletes the mailing lists of an account.",
        "Who is on a list is managed on its own pages; the API of mailbox.org neither tells nor changes that.",
        "Options that are left out stay as they are on the server.",
        "Mailing lists need a login of level C(account) or above.",
        "The documentation of mailbox.org does not name C(reseller) among the levels that may manage them.",
    ),
    key=("address",),
    label="{address}",
    domain_key=lambda values: domain_of(values["address"]),
    route="mailinglist",
    settles_late=True,
    at_creation=_new_list,
    protected=_unnameable,
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    behaviour=(UNREADABLE,),
    unproven=(
        "That the name of a mailing list is an address in one of the domains of its account.",
        "The form in which mailbox.org tells mailing lists, and whether it tells admin_mail.",
        "Whether an empty admin_mail removes the address.",
        "Whether max_mailinglist of the account is what limits the number of mailing lists.",
    ),
    fields=(
        Text(
            "address",
            "Address of the mailing list.",
            Wire(("mailinglist",), "mailinglist"),
            TEXT,
            form=mailbox_address,
            immutable=True,
            reference=Reference("domain", assumable=True, part=domain_of),
        ),
        secret(
            "password",
            "Password of those who run the list. The server never returns it, so it is sent at creation only, unless "
            "O(update_password=always).",
            Wire((), "password", "password"),
            required_on_create=True,
        ),
        Text(
            "admin_mail",
            "Address of who runs the list; an empty text for none. Whether the server tells it is not proven; see "
            "O(update_unreadable).",
            Wire(("adminmail",), "adminmail", "adminmail"),
            TEXT,
            form=address_or_none,
            aliases=("adminmail",),
        ),
    ),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of who is on the list, which nothing brings back, and of its archive, without which "
            "it is not deleted.",
            on_create=False,
        ),
    ),
)
