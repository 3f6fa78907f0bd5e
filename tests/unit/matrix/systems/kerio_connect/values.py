# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How values lie in the store of the simulated Kerio Connect (kerio_connect.md 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.simulators.kerio_connect.store import Entity, Store
from tests.unit.matrix.stores import Place

_BYTE_UNITS = ("Bytes", "KiloBytes", "MegaBytes", "GigaBytes", "TeraBytes", "PetaBytes")
_MINUTES = {"Minutes": 1, "Hours": 60, "Days": 1440, "Weeks": 10080}


def limit(value: Any, _store: Any) -> Any:
    """ItemCountLimit or SizeLimit; a size in bytes."""
    if not value["isActive"]:
        return "unlimited"
    held = value["limit"]
    return held["value"] << (10 * _BYTE_UNITS.index(held["units"])) if isinstance(held, dict) else held


def days(value: Any, _store: Any) -> Any:
    return value["days"] if value["isEnabled"] else "never"


def minutes(value: Any, _store: Any) -> Any:
    return value["value"] * _MINUTES[value["units"]]


def unicode_name(domain: str) -> str:
    plain = domain.strip().rstrip(".").lower()
    return plain.encode().decode("idna") if plain.isascii() else plain


domain_of = Place(("domainId",), lambda value, store: store.domains[value]["name"])


def address_of(store: Store, row: Entity) -> str:
    """login@domain of a user, name@domain of a group."""
    name = row["loginName"] if "loginName" in row else row["name"]
    return f"{name}@{store.domains[row['domainId']]['name']}".lower()


def in_domain(store: Store, table: Mapping[str, Entity], key: Mapping[str, Any]) -> list[Entity]:
    """The rows of this name in this domain."""
    name = key["name"].strip().lower()
    return [
        row
        for row in table.values()
        if row["name"].lower() == name and store.domains[row["domainId"]]["name"] == unicode_name(key["domain"])
    ]


def without(table: Mapping[str, Entity], *ids: str) -> dict[str, Entity]:
    return {identity: row for identity, row in table.items() if identity not in ids}
