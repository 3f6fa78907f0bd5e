# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mail.vacation.* (fact sheet mailboxorg.md 2.11)."""

from __future__ import annotations

import re
from typing import Any

from tests.simulators.mailboxorg import dates
from tests.simulators.mailboxorg.errors import invalid, missing_parameter
from tests.simulators.mailboxorg.methods import ALL_BUT_FTP, Context, Method
from tests.simulators.mailboxorg.parameters import addresses, iso_date, needed, optional, text
from tests.simulators.mailboxorg.settings import MailboxOrgSettings

NONE_ACTIVE = "no automatic mail response active"
# Members that a set may leave out, and what they are then.
LEFT_OUT: dict[str, Any] = {"body": "", "additional_mail_addresses": []}


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Without a response this is no error, but a message."""
    settings, kept = context.settings, context.mailbox(params["mail"]).vacation
    if kept is None or not _is_active(kept, settings, dates.at(context.clock.now(), "iso")):
        return {"message": NONE_ACTIVE}
    shown = {**kept, **{name: dates.shown(kept[name], settings.vacation_dates) for name in ("start_date", "end_date")}}
    if settings.vacation_addresses == "absent":
        del shown["additional_mail_addresses"]
    elif settings.vacation_addresses == "text":
        shown["additional_mail_addresses"] = ",".join(kept["additional_mail_addresses"])
    return {**shown, "_unknown": {"since": 2027}} if settings.extra_members else shown


def _is_active(kept: dict[str, Any], settings: MailboxOrgSettings, today: str) -> bool:
    """ISO dates compare as text; the last day counts."""
    begun = settings.vacation_active != "within_range" or kept["start_date"] <= today
    return begun and (settings.vacation_active == "while_set" or today <= kept["end_date"])


def set_(context: Context, params: dict[str, Any]) -> bool:
    settings, box = context.settings, context.mailbox(params["mail"])
    if settings.vacation_body == "required" and "body" not in params:
        raise missing_parameter("body")
    if settings.vacation_reversed == "refuse" and params["end_date"] < params["start_date"]:
        raise invalid("end_date", "no earlier than start_date")
    old = box.vacation if settings.vacation_left_out == "kept" and box.vacation else LEFT_OUT
    left_out = {name: params.get(name, old[name]) for name in LEFT_OUT}
    box.vacation = {name: params[name] for name in ("subject", "start_date", "end_date")} | left_out
    box.vacation["body"] = _body(left_out["body"], settings)
    return True


def _body(given: str, settings: MailboxOrgSettings) -> str:
    if settings.vacation_text == "crlf":
        return re.sub("\r\n|\r|\n", "\r\n", given)
    return given.strip() if settings.vacation_text == "stripped" else given


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
