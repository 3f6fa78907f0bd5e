# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of that which a removed domain holds. The fact sheet does not say; it is the switch `domain_removal`."""

from __future__ import annotations

from tests.simulators.kerio_connect.errors import not_permitted
from tests.simulators.kerio_connect.forgetting import forget
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity, Store


def empty_out(context: Context, domain: Entity) -> None:
    """Remove everything inside. Raises RpcError 1003 when the settings refuse that for what is there."""
    store, refuse = context.store, context.settings.domain_removal
    users = _inside(store.users, domain)
    if users and refuse != "cascade":
        raise not_permitted("The domain %1 still has users.", about=domain["name"])
    if refuse == "refuse_all" and any(_inside(table, domain) for table in _tables(store)):
        raise not_permitted("The domain %1 is not empty.", about=domain["name"])
    for user in users:
        # With the domain goes its folder on the disk, and all mail in it.
        store.mailboxes.pop(store.folder(user), None)
        store.removals.pop(user["id"], None)
        context.sessions.close_of_user(user["id"])
    for table in (store.users, *_tables(store)):
        for row in _inside(table, domain):
            del table[row["id"]]
            store.mailing_list_members.pop(row["id"], None)
            forget(store, row["id"])


def _tables(store: Store) -> list[dict[str, Entity]]:
    """All that belongs to a domain but users."""
    return [store.groups, store.aliases, store.mailing_lists, store.resources, store.public_folders]


def _inside(table: dict[str, Entity], domain: Entity) -> list[Entity]:
    return [row for row in table.values() if row["domainId"] == domain["id"]]
