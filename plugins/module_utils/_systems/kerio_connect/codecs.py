# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The value types of Kerio Connect's API and what the user writes for them (kerio_connect.md 2.4).

``write`` returns the members that a wish decides; the gateway merges them with the rest of the structure, since the
server wants structures whole.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._core.fields import UNSET, Codec
from ..._core.sizes import UNLIMITED, format_size, parse_size

NEVER = "never"
_BYTE_UNITS = ("Bytes", "KiloBytes", "MegaBytes", "GigaBytes", "TeraBytes", "PetaBytes")


def words(pairs: Mapping[str, str]) -> Codec:
    """An enumeration: the user's words to the server's names. A name that we do not know is kept as it is."""
    names = {wire: word for word, wire in pairs.items()}
    return Codec(lambda name: names.get(name, name), lambda word: pairs.get(word, word))


def read_bytes(value: Mapping[str, Any]) -> int:
    """A ByteValueWithUnits in bytes; the server may answer in another unit than it was given."""
    return int(value["value"]) * int(1024 ** _BYTE_UNITS.index(value["units"]))


def write_bytes(size: int) -> dict[str, Any]:
    """Bytes in the largest unit that holds them exactly."""
    power = 0
    while size and size % 1024 == 0 and power < len(_BYTE_UNITS) - 1:
        size, power = size // 1024, power + 1
    return {"value": size, "units": _BYTE_UNITS[power]}


def _read_size_limit(limit: Mapping[str, Any]) -> Any:
    return format_size(read_bytes(limit["limit"])) if limit["isActive"] else UNLIMITED


def _write_size_limit(size: str) -> dict[str, Any]:
    return {"isActive": False} if size == UNLIMITED else {"isActive": True, "limit": write_bytes(parse_size(size))}


def _write_item_limit(count: int | str) -> dict[str, Any]:
    return {"isActive": False} if count == UNLIMITED else {"isActive": True, "limit": count}


def _write_days(days: int | str) -> dict[str, Any]:
    return {"isEnabled": False} if days == NEVER else {"isEnabled": True, "days": days}


SIZE_LIMIT = Codec(_read_size_limit, _write_size_limit)
ITEM_LIMIT = Codec(lambda limit: int(limit["limit"]) if limit["isActive"] else UNLIMITED, _write_item_limit)
DAYS = Codec(lambda action: int(action["days"]) if action["isEnabled"] else NEVER, _write_days)

# How a reference is held: rows with id and name, one such row, or a bare id. See references.py for the way back.
ENTITIES = Codec(lambda entities: [entity["name"] for entity in entities])
ENTITY = Codec(lambda entity: entity.get("name", UNSET))
ENTITY_ID = Codec(str)
