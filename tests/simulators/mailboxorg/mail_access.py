# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Application passwords, backups, and ways to reset a password (fact sheet mailboxorg.md 2.9, 2.10, 2.12)."""

from __future__ import annotations

import secrets
from typing import Any, Literal

from tests.simulators.mailboxorg import capability_state
from tests.simulators.mailboxorg.errors import not_found
from tests.simulators.mailboxorg.methods import ALL_BUT_FTP, ANYBODY, NO_RESELLER, Context, Method
from tests.simulators.mailboxorg.parameters import flag, needed, text, whole
from tests.simulators.mailboxorg.views import as_boolean


def list_apppasswords(context: Context, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Members other than id are unknown; the password itself is told only once."""
    return [
        {
            "id": row["id"],
            "memo": row["memo"],
            "imap_allowed": as_boolean(row["imap_allowed"], context.settings),
            "smtp_allowed": as_boolean(row["smtp_allowed"], context.settings),
        }
        for row in context.mailbox(params["mail"]).apppasswords
    ]


def add_apppassword(context: Context, params: dict[str, Any]) -> str | dict[str, Any]:
    """The same memo twice makes two of them."""
    row = {
        "id": context.store.new_number(),
        "memo": params["memo"],
        "imap_allowed": params["imap_allowed"],
        "smtp_allowed": params["smtp_allowed"],
        "password": secrets.token_urlsafe(12),
    }
    context.mailbox(params["mail"]).apppasswords.append(row)
    if context.settings.apppassword_add == "object":
        return {"id": row["id"], "password": row["password"]}
    return str(row["password"])


def del_apppassword(context: Context, params: dict[str, Any]) -> bool:
    """The id alone says which mailbox it is."""
    for box in context.store.mailboxes.values():
        for row in box.apppasswords:
            if row["id"] == params["id"] and context.reaches_mailbox(box):
                box.apppasswords.remove(row)
                return True
    raise not_found(f"The application password {params['id']}")


def list_backups(context: Context, params: dict[str, Any]) -> list[dict[str, int]] | Literal[False]:
    return list(context.mailbox(params["mail"]).backups) or False


def list_reset_methods(context: Context, params: dict[str, Any]) -> list[str]:
    """Names of ways to reset a password; which names there are is unknown. Needs no login by the documentation."""
    mail = params["mail"]
    box = context.mailbox(mail) if context.login else context.store.mailboxes.get(context.folded(mail))
    if box is None:
        raise not_found(f"The mailbox {mail}")
    may_text = "MAIL_PASSWORDRESET_SMS" in capability_state.effective(context.store, box)
    ways = {"mail": bool(box.fields["alternate_mail"]), "sms": may_text and bool(box.fields["cell_phone"])}
    return [name for name, is_open in ways.items() if is_open]


METHODS = {
    "mail.apppassword.list": Method(list_apppasswords, ALL_BUT_FTP, {"mail": needed(text)}),
    "mail.apppassword.add": Method(
        add_apppassword,
        ALL_BUT_FTP,
        {
            "mail": needed(text),
            "memo": needed(text),
            "imap_allowed": needed(flag),
            "smtp_allowed": needed(flag),
        },
        is_write=True,
    ),
    "mail.apppassword.del": Method(del_apppassword, ALL_BUT_FTP, {"id": needed(whole)}, is_write=True),
    "mail.backup.list": Method(list_backups, NO_RESELLER, {"mail": needed(text)}),
    "mail.passwordreset.listmethods": Method(
        list_reset_methods, ANYBODY, {"mail": needed(text)}, needs_login="practice"
    ),
}
