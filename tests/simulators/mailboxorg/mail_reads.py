# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mail.get, list and externaluid (fact sheet mailboxorg.md 2.5)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.errors import invalid, not_found
from tests.simulators.mailboxorg.mail_views import kind, short_view, view
from tests.simulators.mailboxorg.methods import ALL_BUT_FTP, DOWN_TO_ACCOUNT, DOWN_TO_DOMAIN, Context, Method
from tests.simulators.mailboxorg.parameters import choice, flag, needed, newer, text, whole
from tests.simulators.mailboxorg.store import Mailbox

SORT_FIELDS = ("mail", "first_name", "last_name", "status", "domain", "plan", "type", "creation_date")


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """What include_quota_usage adds is unknown: nothing here."""
    return view(context, context.mailbox(params["mail"]))


def list_(context: Context, params: dict[str, Any]) -> Any:
    """A list of mailboxes, or with page_size {totalHits, totalPages, results}; pages count from 1."""
    boxes = context.store.mailboxes_of(context.domain(params["domain"]).name)
    if "sort_field" in params:
        boxes.sort(key=lambda box: _sort_key(box, params["sort_field"]), reverse=params.get("sort_order") == "desc")
    elif params.get("sort_order") == "desc":
        boxes.reverse()
    whole_objects = params.get("details") or context.settings.mail_list_members == "full"
    rows = [(view if whole_objects else short_view)(context, box) for box in boxes]
    if "page" not in params and "page_size" not in params:
        return rows
    size, page = params.get("page_size", 0), params.get("page", 1)
    if size < 1:
        raise invalid("page_size", "a positive number")
    if page < 1:
        raise invalid("page", "a positive number")
    return {
        "totalHits": len(rows),
        "totalPages": -(-len(rows) // size),
        "results": rows[(page - 1) * size : page * size],
    }


def _sort_key(box: Mailbox, name: str) -> tuple[Any, str]:
    values = {"type": kind(box), "status": not box.fields["active"], "creation_date": box.created, "domain": box.domain}
    values["mail"] = box.mail
    return (values[name] if name in values else box.fields[name], box.mail)


def external_uid(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    account, wanted = context.account(params["account"]), params["uid_extern"]
    for domain in context.store.domains_of(account.name):
        for box in context.store.mailboxes_of(domain.name):
            if wanted and box.fields["uid_extern"] == wanted:
                return view(context, box)
    raise not_found(f"The external id {wanted}")


METHODS = {
    "mail.get": Method(get, ALL_BUT_FTP, {"mail": needed(text), "include_quota_usage": newer(flag)}),
    "mail.list": Method(
        list_,
        DOWN_TO_DOMAIN,
        {
            "domain": needed(text),
            "details": newer(flag),
            "page_size": newer(whole),
            "page": newer(whole),
            "sort_field": newer(choice(*SORT_FIELDS)),
            "sort_order": newer(choice("asc", "desc")),
        },
    ),
    "mail.externaluid": Method(external_uid, DOWN_TO_ACCOUNT, {"account": needed(text), "uid_extern": needed(text)}),
}
