# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Administration rights: an account's own, those of its groups, and the strongest of both."""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_connect.store import Entity, Store

# Weakest first.
ASSIGNABLE_ROLES = ("UserRole", "Auditor", "AccountAdmin", "FullAdmin")
ADMIN_ROLES = ("Auditor", "AccountAdmin", "FullAdmin", "BuiltInAdmin")


def group_role(store: Store, user: Entity) -> dict[str, Any]:
    roles = [store.groups[group_id]["role"] for group_id in user["userGroups"] if group_id in store.groups]
    return {"userRole": _strongest("UserRole", *roles), "publicFolderRight": False, "archiveFolderRight": False}


def effective_role(store: Store, user: Entity) -> dict[str, Any]:
    own = user["role"]
    return {**own, "userRole": _strongest(own["userRole"], group_role(store, user)["userRole"])}


def _strongest(*roles: str) -> str:
    return max(roles, key=ASSIGNABLE_ROLES.index)
