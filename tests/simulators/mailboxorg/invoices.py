# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""account.invoice.* (fact sheet mailboxorg.md 2.2)."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from tests.simulators.mailboxorg.errors import not_found
from tests.simulators.mailboxorg.methods import DOWN_TO_ACCOUNT, Context, Method
from tests.simulators.mailboxorg.parameters import choice, needed, text


def list_(context: Context, params: dict[str, Any]) -> list[dict[str, Any]]:
    return context.account(params["account"]).invoices


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """The document is compressed by zlib, whatever the documentation says, and then written as base64."""
    for invoice in context.account(params["account"]).invoices:
        if invoice["token"] == params["token"]:
            document = f"invoice;{invoice['invoiceNumber']};{invoice['amount']}\n".encode()
            metadata = {name: invoice[name] for name in ("invoiceNumber", "date", "amount", "status")}
            return {**metadata, "type": params["type"], "bin": base64.b64encode(zlib.compress(document)).decode()}
    raise not_found("The invoice of that token")


METHODS = {
    "account.invoice.list": Method(list_, DOWN_TO_ACCOUNT, {"account": needed(text)}),
    "account.invoice.get": Method(
        get,
        DOWN_TO_ACCOUNT,
        {"account": needed(text), "token": needed(text), "type": needed(choice("csv", "pdf", "xml"))},
    ),
}
