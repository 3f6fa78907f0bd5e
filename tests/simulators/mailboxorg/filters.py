# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mail.spamprotect.* and mail.blacklist.* (fact sheet mailboxorg.md 2.6 and 2.7)."""

from __future__ import annotations

import re
from typing import Any

from tests.simulators.framework.json_types import is_json
from tests.simulators.mailboxorg import capability_state
from tests.simulators.mailboxorg.errors import exists, not_allowed, not_found
from tests.simulators.mailboxorg.methods import NO_RESELLER, Context, Method
from tests.simulators.mailboxorg.parameters import choice, needed, text
from tests.simulators.mailboxorg.store import Mailbox

SWITCHES = ("greylist", "smtp_plausibility", "rbl", "bypass_banned_checks")


def _points(value: Any, strict: bool) -> str:
    """Text or a number, both are sent by working clients; at most one decimal."""
    given = str(value) if is_json(value, int) or is_json(value, float) else text(value, strict)
    if not re.fullmatch(r"-?\d+(\.\d)?", given):
        raise ValueError("a number with at most one decimal")
    return given


def get_spamprotect(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return _shown_spamprotect(context, _mailbox(context, params["mail"], "MAIL_SPAMPROTECTION"))


def set_spamprotect(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Every member is needed, also those that stay as they are."""
    box = _mailbox(context, params["mail"], "MAIL_SPAMPROTECTION")
    box.spamprotect = {name: params[name] for name in box.spamprotect}
    if params["killevel"] == "reject" and context.settings.spam_folder_with_reject == "cleared":
        box.spamprotect["route_to"] = ""
    return _shown_spamprotect(context, box)


def _shown_spamprotect(context: Context, box: Mailbox) -> dict[str, Any]:
    level: Any = box.spamprotect["tag2level"]
    if context.settings.spam_level == "number":
        level = float(level)
    elif context.settings.spam_level == "one_decimal":
        level = f"{float(level):.1f}"
    shown = {**box.spamprotect, "tag2level": level}
    return {**shown, "_unknown": {"since": 2027}} if context.settings.extra_members else shown


Entries = list[str] | dict[str, str]


def list_blacklist(context: Context, params: dict[str, Any]) -> Entries:
    return _shown_blacklist(context, _mailbox(context, params["mail"], "MAIL_BLACKLIST").blacklist)


def _shown_blacklist(context: Context, entries: list[str]) -> Entries:
    """The complete list. As a map it goes by numbers that have a gap, as PHP numbers what is left of a list."""
    shown = sorted(entries) if context.settings.blacklist_order == "sorted" else list(entries)
    if context.settings.blacklist_form == "map" and shown:
        return {str(number): entry for number, entry in enumerate(shown, 1)}
    return shown


def _entry(context: Context, given: str) -> str:
    return given.lower() if context.settings.blacklist_case == "lower" else given


def add_blacklist(context: Context, params: dict[str, Any]) -> Entries:
    entries = _mailbox(context, params["mail"], "MAIL_BLACKLIST").blacklist
    entry = _entry(context, params["add_address"])
    if entry not in entries:
        entries.append(entry)
    elif context.settings.blacklist_repeats == "refuse":
        raise exists(f"The entry {entry}")
    return _shown_blacklist(context, entries)


def del_blacklist(context: Context, params: dict[str, Any]) -> Entries:
    entries = _mailbox(context, params["mail"], "MAIL_BLACKLIST").blacklist
    entry = _entry(context, params["delete_address"])
    if entry in entries:
        entries.remove(entry)
    elif context.settings.blacklist_repeats == "refuse":
        raise not_found(f"The entry {entry}")
    return _shown_blacklist(context, entries)


def _mailbox(context: Context, mail: str, capability: str) -> Mailbox:
    box = context.mailbox(mail)
    if context.settings.features_need_capability and capability not in capability_state.effective(context.store, box):
        raise not_allowed(f"The mailbox {mail} lacks {capability}")
    return box


METHODS = {
    "mail.spamprotect.get": Method(get_spamprotect, NO_RESELLER, {"mail": needed(text)}),
    "mail.spamprotect.set": Method(
        set_spamprotect,
        NO_RESELLER,
        {
            "mail": needed(text),
            **{name: needed(choice("0", "1")) for name in SWITCHES},
            "tag2level": needed(_points),
            "killevel": needed(choice("reject", "route")),
            "route_to": needed(text),
        },
        is_write=True,
    ),
    "mail.blacklist.list": Method(list_blacklist, NO_RESELLER, {"mail": needed(text)}),
    "mail.blacklist.add": Method(
        add_blacklist, NO_RESELLER, {"mail": needed(text), "add_address": needed(text)}, is_write=True
    ),
    "mail.blacklist.del": Method(
        del_blacklist, NO_RESELLER, {"mail": needed(text), "delete_address": needed(text)}, is_write=True
    ),
}
