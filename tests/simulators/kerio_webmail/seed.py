# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state in which every simulated server starts."""

from __future__ import annotations

from tests.simulators.kerio_webmail.store import Store

USER = "alice"
MEGABYTE = 1024**2


def starting_store(password: str) -> Store:
    """Alice with two filters, Bob without any, Olga in the second domain, nobody out of office."""
    store = Store()
    store.add_user(USER, password, full_name="Alice Example", emails=["alice.example@example.com"])
    store.add_user("bob", "bob-2-Secret", full_name="Bob Example")
    store.add_user("olga", "olga-3-Secret", "example.org", full_name="Olga Example")
    alice = store.user(USER)
    alice.folders.append("Lists")
    alice.quota.update(messagesUsed=120, spaceUsed=48 * MEGABYTE, spaceLimit=1024 * MEGABYTE, percentLimitForWarning=90)
    store.add_filter(
        USER,
        "Announcements",
        conditions=[{"testedTarget": "CtSubject", "comparator": "CcContain", "parameters": ["[announce]"]}],
        actions=[{"type": "FaFileInto", "parameters": ["Lists"]}, {"type": "FaStop", "parameters": []}],
    )
    store.add_filter(
        USER,
        "Large messages",
        isEnabled=False,
        conditions=[{"testedTarget": "CtSize", "comparator": "CcOver", "parameters": [str(20 * MEGABYTE)]}],
        actions=[{"type": "FaNotify", "parameters": ["alice@example.org", "Large", "A large message has come."]}],
        evaluationMode="EmAllOf",
    )
    return store
