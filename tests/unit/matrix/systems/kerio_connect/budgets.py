# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps cost on Kerio Connect."""

from __future__ import annotations

from tests.unit.matrix.budgets import Budget, Extra, Kind

_SESSION = ("Session.login", "Session.logout")
_CREATE, _UPDATE, _DELETE = (frozenset({kind}) for kind in (Kind.CREATE, Kind.UPDATE, Kind.DELETE))


def _both_ways(kind: str, budget: Budget) -> dict[tuple[str, str, str], Budget]:
    return {("kerio_connect", kind, way): budget for way in ("object", "config")}


BUDGETS: dict[tuple[str, str, str], Budget] = {
    ("kerio_connect", "user", "object"): Budget(
        found=("Domains.get", "Users.get"),
        # Whether the server's comparison looks at case is unknown: what is not found is looked for once more.
        absent=("Domains.get", "Users.get", "Users.get"),
        parents=(),
        guard=("Session.whoAmI",),
        create=("Users.create", "Users.get"),
        update=("Users.set", "Users.get"),
        delete=("Users.remove", "Users.get", "Users.get"),
        session=_SESSION,
    ),
    ("kerio_connect", "user", "config"): Budget(
        found=("Domains.get", "Users.get"),
        absent=("Domains.get", "Users.get"),
        parents=(),
        guard=("Session.whoAmI",),
        create=("Users.create", "Users.get"),
        update=("Users.set", "Users.get"),
        delete=("Users.remove", "Users.get"),
        session=_SESSION,
    ),
}
for _kind in ("domain", "group", "alias", "mailing_list", "resource", "ip_address_group", "time_range"):
    BUDGETS |= _both_ways(_kind, Budget((), (), (), (), (), (), (), _SESSION))
EXTRA = (
    Extra("user", frozenset({"groups"}), ("Groups.get",)),
    Extra("user", frozenset({"access_policy"}), ("AccessPolicy.getGroupList",)),
    Extra("user", frozenset({"company_contact"}), ("CompanyContacts.get",)),
    Extra("user", frozenset({"home_server"}), ("DistributedDomain.getHomeServerList",)),
    Extra("user", frozenset({"enabled"}), ("Session.whoAmI",)),
    Extra("user", frozenset({"role"}), ("Session.whoAmI",)),
)
