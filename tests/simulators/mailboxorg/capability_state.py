# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities of mailboxes: what holds, and changes that take effect later (fact sheet mailboxorg.md 2.2 and 2.8)."""

from __future__ import annotations

from tests.simulators.mailboxorg.methods import Context
from tests.simulators.mailboxorg.store import CapabilityChange, Mailbox, Store

CAPABILITIES = ("MAIL_SPAMPROTECTION", "MAIL_OTP", "MAIL_BLACKLIST", "MAIL_BACKUPRECOVER", "MAIL_PASSWORDRESET_SMS")
STATES = ("on", "off", "inherit")


def possible(box: Mailbox) -> list[str]:
    """The plan light supports none."""
    return [] if box.fields["plan"].lower() == "light" else list(box.possible_capabilities)


def effective(store: Store, box: Mailbox) -> list[str]:
    """What a mailbox may do: its own setting, else that of its account unless it is an exception there."""
    account = store.accounts[store.domains[box.domain].account]
    held = []
    for name in possible(box):
        state = box.capabilities.get(name, "inherit")
        if state == "inherit":
            excepted = box.mail in account.exceptions.get(name, [])
            state = "off" if excepted else account.capabilities.get(name, "inherit")
        if state == "on":
            held.append(name)
    return held


def change(
    context: Context, account: str, mail: str, capabilities: dict[str, str], exceptions: dict[str, list[str]]
) -> None:
    """Accept a change; it takes effect at once unless the settings delay it."""
    settings = context.settings
    due = context.clock.now() + settings.capabilities_seconds
    context.store.capability_changes.append(
        CapabilityChange(account, mail, capabilities, exceptions, due, settings.capabilities_reads)
    )
    apply_due(context.store, context.clock.now())


def apply_due(store: Store, now: float) -> None:
    """Let the changes take effect whose time has come and whose reads are used up, in the order of their coming."""
    waiting: list[CapabilityChange] = []
    for one in store.capability_changes:
        if one.due > now or one.reads_left > 0 or waiting:
            waiting.append(one)
        else:
            _apply(store, one)
    store.capability_changes = waiting


def count_read(store: Store) -> None:
    for one in store.capability_changes:
        one.reads_left -= 1


def _apply(store: Store, one: CapabilityChange) -> None:
    if not one.mail and one.account in store.accounts:
        account = store.accounts[one.account]
        account.capabilities.update(one.capabilities)
        account.exceptions.update(one.exceptions)
    elif one.mail in store.mailboxes:
        store.mailboxes[one.mail].capabilities.update(one.capabilities)
