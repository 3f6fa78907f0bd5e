# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated Kerio Connect keeps groups and aliases (kerio_connect.md 3.3, 3.4): members in the rows of users,
an alias in one row for each of its targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.simulators.kerio_connect.store import Entity, Store
from tests.unit.matrix.stores import Keeper, Place, as_json, plain, without_case, words
from tests.unit.matrix.systems.kerio_connect.values import domain_of, in_domain, without


def _group(store: Store, key: Mapping[str, Any]) -> Entity | None:
    found = in_domain(store, store.groups, key)
    return found[0] if found else None


def _rest_of_groups(store: Store, own: Any) -> str:
    """Which users belong to a group is a part of the group."""
    identity = own["id"] if own else ""
    users = {
        key: {**user, "userGroups": [each for each in user["userGroups"] if each != identity]}
        for key, user in store.users.items()
    }
    return as_json({**vars(store), "users": users, "groups": without(store.groups, identity)})


GROUP = Keeper(
    find=_group,
    raw=lambda store, group: {**group, "members": store.members(group["id"])},
    rest=_rest_of_groups,
    places={
        ("name",): plain("name"),
        ("domain",): domain_of,
        ("description",): plain("description"),
        ("email_addresses",): Place(("emailAddresses",), without_case),
        ("members",): Place(("members",), without_case),
        ("role",): Place(
            ("role",),
            words(none="UserRole", auditor="Auditor", account_admin="AccountAdmin", full_admin="FullAdmin"),
        ),
        ("domain_restriction",): plain("hasDomainRestriction"),
        ("publish_in_gal",): plain("publishInGal"),
    },
    defaults={
        ("description",): "",
        ("email_addresses",): [],
        ("members",): [],
        ("role",): "none",
        ("domain_restriction",): False,
        ("publish_in_gal",): True,
    },
)


def _alias(store: Store, key: Mapping[str, Any]) -> list[Entity] | None:
    """All rows of one name."""
    return in_domain(store, store.aliases, key) or None


def _raw_alias(_store: Store, rows: list[Entity]) -> dict[str, Any]:
    return {
        "name": rows[0]["name"],
        "domainId": rows[0]["domainId"],
        "targets": [row["deliverTo"] for row in rows if row["type"] == "TypeEmailAddress"],
        "folders": [row["deliverTo"] for row in rows if row["type"] == "TypePublicFolder"],
        "description": " | ".join(sorted({row["description"] for row in rows})),
    }


def _rest_of_aliases(store: Store, own: Any) -> str:
    return as_json({**vars(store), "aliases": without(store.aliases, *(row["id"] for row in own or ()))})


ALIAS = Keeper(
    find=_alias,
    raw=_raw_alias,
    rest=_rest_of_aliases,
    rows=lambda rows: {f"{row['type']} {row['deliverTo']}": row["id"] for row in rows},
    places={
        ("name",): plain("name"),
        ("domain",): domain_of,
        ("targets",): Place(("targets",), without_case),
        ("public_folders",): Place(("folders",), without_case),
        ("description",): plain("description"),
    },
    defaults={("targets",): [], ("public_folders",): [], ("description",): ""},
)
