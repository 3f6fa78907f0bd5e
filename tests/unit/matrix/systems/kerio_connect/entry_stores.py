# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated Kerio Connect keeps IP address groups and time ranges (kerio_connect.md 3.7, 3.8): rows that
carry the name of their group.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.simulators.kerio_connect.store import Entity, Store
from tests.unit.matrix.stores import Keeper, Place, as_json, plain
from tests.unit.matrix.systems.kerio_connect.values import without

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_order(entries: list[Entity]) -> list[Entity]:
    """Whatever order is meant."""
    return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))


def _address(row: Entity, child: str) -> Entity:
    if row["type"] == "Network":
        network = ipaddress.ip_network(f"{row['addr1']}/{_length(row['addr2'])}")
        return {"type": "network", "network": str(network)}
    if row["type"] == "Range":
        return {"type": "range", "from": row["addr1"], "to": row["addr2"]}
    return {
        "Host": {"type": "host", "host": row["host"]},
        "IpPrefix": {"type": "prefix", "prefix": row["host"]},
        "ThisMachine": {"type": "this_machine"},
        "ChildGroup": {"type": "group", "group": child},
    }[row["type"]]


def _length(mask: str) -> int:
    """The number of bits that are set."""
    return f"{int(ipaddress.ip_address(mask)):b}".count("1")


def _time(row: Entity, child: str) -> Entity:
    hours = {name: "{hour:02}:{min:02}".format(**row[f"{name}Time"]) for name in ("from", "to")}
    if row["type"] == "TimeRangeDaily":
        return {"type": "daily", **hours, "days": [day.lower() for day in _WEEK if day in row["days"]]}
    if row["type"] == "TimeRangeWeekly":
        return {"type": "weekly", **hours, "from_day": row["fromDay"].lower(), "to_day": row["toDay"].lower()}
    if row["type"] == "TimeRangeAbsolute":
        return {"type": "absolute", **hours, "from_date": _date(row["fromDate"]), "to_date": _date(row["toDate"])}
    return {"type": "group", "group": child}


def _date(value: Entity) -> str:
    """Months count from 0."""
    return f"{value['year']:04}-{value['month'] + 1:02}-{value['day']:02}"


def _keeper(table: str, entry: Callable[[Entity, str], Entity]) -> Keeper:
    def rows(store: Store) -> dict[str, Entity]:
        found: dict[str, Entity] = getattr(store, table)
        return found

    def find(store: Store, key: Mapping[str, Any]) -> list[Entity] | None:
        name = key["name"].strip().lower()
        return [row for row in rows(store).values() if row["groupName"].lower() == name] or None

    def rest(store: Store, own: Any) -> str:
        return as_json({**vars(store), table: without(rows(store), *(row["id"] for row in own or ()))})

    def read(value: list[Entity], store: Store) -> list[Entity]:
        names = {row["groupId"]: row["groupName"] for row in rows(store).values()}
        return in_order(
            [
                {
                    **entry(row, names.get(row["childGroupId"], "")),
                    "description": row["description"],
                    "enabled": row["enabled"],
                }
                for row in value
            ]
        )

    return Keeper(
        find=find,
        raw=lambda _store, found: {"name": found[0]["groupName"], "id": found[0]["groupId"], "entries": found},
        rest=rest,
        rows=lambda found: {json.dumps(entry(row, row["childGroupId"])): row["id"] for row in found},
        places={("name",): plain("name"), ("entries",): Place(("entries",), read)},
        defaults={},
    )


IP_ADDRESS_GROUP = _keeper("ip_address_entries", _address)
TIME_RANGE = _keeper("time_range_entries", _time)
