# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removing accounts: what becomes of the mailbox, of references, and when it is finished (fact sheet 3.1)."""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_connect.addresses import local_part
from tests.simulators.kerio_connect.errors import failed, missing
from tests.simulators.kerio_connect.forgetting import forget
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity, Removal, Store
from tests.simulators.kerio_web.sessions import Sessions


def request_removal(context: Context, user: Entity, request: dict[str, Any]) -> None:
    """Accept a removal and carry it out, at once or when the settings say. Raises RpcError 1002, 1000."""
    if request["method"] == "UMoveFolder":
        target = request.get("targetUserId", "")
        if target == user["id"]:
            raise failed("Mail cannot be moved into the mailbox that is removed.")
        if target not in context.store.users or target in context.store.removals:
            raise missing(context.settings, "The user", target)
    settings = context.settings
    due = context.clock.now() + settings.removal_delay_seconds
    context.store.removals[user["id"]] = Removal(request, due, settings.removal_delay_reads)
    finish_removals(context.store, context.sessions, context.clock.now())


def note_listing(store: Store) -> None:
    """An account on its way out was listed once more."""
    for removal in store.removals.values():
        removal.reads_left -= 1


def finish_removals(store: Store, sessions: Sessions, now: float) -> None:
    for user_id, removal in list(store.removals.items()):
        if removal.due <= now and removal.reads_left <= 0:
            del store.removals[user_id]
            _remove(store, store.users[user_id], removal.request)
            sessions.close_of_user(user_id)


def _remove(store: Store, user: Entity, request: dict[str, Any]) -> None:
    folder = store.folder(user)
    if request["method"] == "UDeleteFolder":
        store.mailboxes.pop(folder, None)
    elif request["method"] == "UMoveFolder":
        target = store.users.get(request["targetUserId"])
        if target is not None:  # else it went in the meantime, and the mail stays where it is
            inbox = store.folder(target)
            store.mailboxes[inbox] = store.mailboxes.get(inbox, 0) + store.mailboxes.pop(folder, 0)
    if request.get("removeReferences", False):
        _remove_references(store, user)
    del store.users[user["id"]]
    forget(store, user["id"])


def _remove_references(store: Store, user: Entity) -> None:
    """What names the account by an address: aliases, forwarding, mailing lists. References by id go in any case."""
    own = {user["loginName"].lower(), *(address.lower() for address in user["emailAddresses"])}

    def leads_here(address: str) -> bool:
        return local_part(store, user["domainId"], address) in own

    for alias in list(store.aliases.values()):
        if alias["domainId"] == user["domainId"] and leads_here(alias["deliverTo"]):
            del store.aliases[alias["id"]]
    for list_id, members in store.mailing_list_members.items():
        store.mailing_list_members[list_id] = [
            row for row in members if not ("@" in row["emailAddress"] and leads_here(row["emailAddress"]))
        ]
    for other in store.users.values():
        forwarding = other["emailForwarding"]
        kept = [address for address in forwarding["emailAddresses"] if not ("@" in address and leads_here(address))]
        if kept != forwarding["emailAddresses"]:
            mode = forwarding["mode"] if kept else "UForwardNone"
            other["emailForwarding"] = {"mode": mode, "emailAddresses": kept}
