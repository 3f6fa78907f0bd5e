# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a mailbox looks when it is read (fact sheet mailboxorg.md 3.3)."""

from __future__ import annotations

import re
from typing import Any

from tests.simulators.mailboxorg import capability_state, dates
from tests.simulators.mailboxorg.mail_fields import ADD_ONLY, HIDDEN, PLANS, QUOTAS
from tests.simulators.mailboxorg.methods import Context
from tests.simulators.mailboxorg.settings import MailboxOrgSettings
from tests.simulators.mailboxorg.store import Mailbox
from tests.simulators.mailboxorg.views import as_boolean

# What items of mail.list were seen to hold even without details; what else they hold then is unknown.
KNOWN_IN_LISTS = (
    "mail",
    "parent_uid",
    "domain",
    "type",
    "memo",
    "forwards",
    "aliases",
    "capabilities",
    "possible_capabilities",
    "plan",
    "creation_date",
)


def kind(box: Mailbox) -> str:
    if not box.fields["inboxsave"]:
        return "forward"
    return "inboxforward" if box.fields["forwards"] else "inbox"


def view(context: Context, box: Mailbox) -> dict[str, Any]:
    """mail.get, and what mail.add and mail.set answer."""
    settings = context.settings
    shown: dict[str, Any] = {
        "mail": box.mail,
        "uid": box.uid,
        "parent_uid": context.store.domains[box.domain].account,
        "domain": box.domain,
        "type": kind(box),
        "status": "aktiv" if box.fields["active"] else "disabled",
        "plansavailable": list(PLANS),
        "capabilities": capability_state.effective(context.store, box),
        "possible_capabilities": capability_state.possible(box),
        "creation_date": dates.at(box.created, settings.creation_date),
    }
    for name, value in box.fields.items():
        if name not in HIDDEN and (name not in ADD_ONLY or settings.show_create_only):
            shown[name] = _wire(name, value, settings)
    if not box.fields["deletion_date"]:
        del shown["deletion_date"]
    if settings.empty_text == "missing":
        shown = {name: value for name, value in shown.items() if value is not None}
    if settings.extra_members:
        shown["_unknown"] = {"since": 2027}
    return shown


def short_view(context: Context, box: Mailbox) -> dict[str, Any]:
    """An item of mail.list without details."""
    whole = view(context, box)
    return {name: whole[name] for name in KNOWN_IN_LISTS}


def _wire(name: str, value: Any, settings: MailboxOrgSettings) -> Any:
    if name == "allow_nets" and settings.allow_nets == "list":
        return [net for net in re.split(r"[\s,;]+", value) if net]
    if value == "" and name != "memo" and settings.empty_text != "text":
        return None
    if isinstance(value, bool):
        return as_boolean(value, settings)
    if name == "plan" and settings.plan_case == "capital":
        return value.capitalize()
    if name in QUOTAS:
        return value if settings.quotas == "int" else str(value)
    if name in ("birthday", "deletion_date"):
        return dates.shown(value, settings.birthday if name == "birthday" else settings.deletion_date)
    return list(value) if isinstance(value, list) else value
