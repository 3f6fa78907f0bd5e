# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""additionalmailaccount.*: accounts elsewhere that webmail shows (fact sheet mailboxorg.md 2.16)."""

from __future__ import annotations

import re
from typing import Any

from tests.simulators.mailboxorg.errors import exists, not_found
from tests.simulators.mailboxorg.methods import ALL_BUT_FTP, Context, Method
from tests.simulators.mailboxorg.parameters import address, flag, needed, text

TEXTS = ("new_account_password", "primary_address", "mail_server", "transport_server")
FOLDERS = ("trash_folder", "sent_folder", "drafts_folder", "spam_folder")
FLAGS = ("mail_secure", "mail_starttls", "transport_secure", "transport_starttls")


def _port(value: Any, strict: bool) -> str:
    """A string, as working clients send it."""
    found = text(value, strict)
    if not re.fullmatch(r"\d{1,5}", found):
        raise ValueError("a string with a port")
    return found


def list_(context: Context, params: dict[str, Any]) -> dict[str, list[str]]:
    box = context.mailbox(params["parent_mail"])
    return {"additional_accounts": [row["new_account_mail"] for row in box.additional_accounts]}


def add(context: Context, params: dict[str, Any]) -> bool:
    box = context.mailbox(params["parent_mail"])
    if any(row["new_account_mail"] == params["new_account_mail"] for row in box.additional_accounts):
        raise exists(f"The account {params['new_account_mail']}")
    box.additional_accounts.append({name: value for name, value in params.items() if name != "parent_mail"})
    return True


def delete(context: Context, params: dict[str, Any]) -> bool:
    box = context.mailbox(params["parent_mail"])
    left = [row for row in box.additional_accounts if row["new_account_mail"] != params["account_mail"]]
    if len(left) == len(box.additional_accounts):
        raise not_found(f"The account {params['account_mail']}")
    box.additional_accounts = left
    return True


METHODS = {
    "additionalmailaccount.list": Method(list_, ALL_BUT_FTP, {"parent_mail": needed(text)}),
    "additionalmailaccount.add": Method(
        add,
        ALL_BUT_FTP,
        {
            "parent_mail": needed(text),
            "new_account_mail": needed(address),
            **{name: needed(text) for name in (*TEXTS, *FOLDERS)},
            **{name: needed(flag) for name in FLAGS},
            "mail_port": needed(_port),
            "transport_port": needed(_port),
        },
        is_write=True,
    ),
    "additionalmailaccount.delete": Method(
        delete, ALL_BUT_FTP, {"parent_mail": needed(text), "account_mail": needed(text)}, is_write=True
    ),
}
