# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state in which the simulated mail servers start: two domains, two mailboxes with mail in them, one alias."""

from __future__ import annotations

from .objects import Alias, DkimKey, Domain, Mailbox
from .store import MailStore

LIMITS = {"aliases": 400, "mailboxes": 100, "defquota": 1024, "maxquota": 10240, "quota": 102400}
# What the mailboxes hold: a test that deletes one by accident loses these.
CONTENTS = {"alice@example.com": ("Alice Example", 120, 7_340_032), "bob@example.com": ("Bob Example", 35, 2_097_152)}


def starting_store(now: float) -> MailStore:
    """A new store; ``now`` (Unix seconds) is when everything in it was made."""
    store = MailStore()
    for name in ("example.com", "example.org"):
        store.domains[name] = Domain(name, description=name, created=now)
        for limit, value in LIMITS.items():
            setattr(store.domains[name], limit, value)
        store.dkim_keys[name] = DkimKey(2048, "dkim")
    for username, (display_name, messages, size) in CONTENTS.items():
        store.mailboxes[username] = Mailbox(
            username,
            name=display_name,
            password="a password nobody knows",
            quota=1024,
            messages=messages,
            bytes_used=size,
            created=now,
            modified=now,
            password_changed=now,
        )
        store.take_alias_id()
    alias = Alias(store.take_alias_id(), "info@example.com", ["alice@example.com"], created=now)
    store.aliases[alias.id] = alias
    return store
