# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mail.vacation.* (fact sheet mailboxorg.md 2.11)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.methods import ALL_BUT_FTP, Context, Method
from tests.simulators.mailboxorg.parameters import addresses, iso_date, needed, optional, text

NONE_ACTIVE = "no automatic mail response active"


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Without a response this is no error, but a message."""
    return context.mailbox(params["mail"]).vacation or {"message": NONE_ACTIVE}


def set_(context: Context, params: dict[str, Any]) -> bool:
    context.mailbox(params["mail"]).vacation = {
        "subject": params["subject"],
        "start_date": params["start_date"],
        "end_date": params["end_date"],
        "body": params.get("body", ""),
        "additional_mail_addresses": params.get("additional_mail_addresses", []),
    }
    return True


def delete(context: Context, params: dict[str, Any]) -> bool:
    context.mailbox(params["mail"]).vacation = None
    return True


METHODS = {
    "mail.vacation.get": Method(get, ALL_BUT_FTP, {"mail": needed(text)}),
    "mail.vacation.set": Method(
        set_,
        ALL_BUT_FTP,
        {
            "mail": needed(text),
            "subject": needed(text),
            "start_date": needed(iso_date),
            "end_date": needed(iso_date),
            "body": optional(text),
            "additional_mail_addresses": optional(addresses),
        },
        is_write=True,
    ),
    "mail.vacation.delete": Method(delete, ALL_BUT_FTP, {"mail": needed(text)}, is_write=True),
}
