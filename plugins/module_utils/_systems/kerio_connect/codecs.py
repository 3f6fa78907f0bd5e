# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The value types of Kerio Connect's API and what the user writes for them (kerio_connect.md 2.4).

``write`` returns the members that a wish decides; the gateway merges them with the rest of the structure, since the
server wants structures whole.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._core.fields import UNSET, Codec
from ..._core.sizes import UNLIMITED, format_size, parse_size

NEVER = "never"
# What a structure looks like before any wish: every member has to be present when it is sent (kerio_connect.md 2.4).
NO_SIZE = {"isActive": False, "limit": {"value": 0, "units": "MegaBytes"}}
NO_DAYS = {"isEnabled": False, "days": 30}
# How the server writes that there is no limit; the second one is the first without its sign (kerio_connect.md 3.2).
_NO_LIMIT = (-1, 2**32 - 1)
_MINUTES = {"minute": 1, "hour": 60, "day": 60 * 24, "week": 60 * 24 * 7}
_PERIOD = re.compile(r"([0-9]{1,6}) *(minute|hour|day|week)s?")
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


def _read_user_limit(count: int) -> Any:
    return UNLIMITED if int(count) in _NO_LIMIT else int(count)


def _read_optional_text(value: Mapping[str, Any]) -> str:
    return str(value["value"]) if value["enabled"] else ""


USER_LIMIT = Codec(_read_user_limit, lambda count: -1 if count == UNLIMITED else count)
OPTIONAL_TEXT = Codec(
    _read_optional_text, lambda text: {"enabled": True, "value": text} if text else {"enabled": False}
)


def period(text: str) -> str:
    """A time such as ``2 days``, in the largest unit that holds it exactly. Raises ValueError."""
    match = _PERIOD.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"{text!r} is no time such as 90 minutes, 6 hours, 2 days or 1 week")
    minutes = int(match[1]) * _MINUTES[match[2]]
    fitting = [unit for unit, size in _MINUTES.items() if minutes % size == 0]
    unit = fitting[-1] if minutes else fitting[0]
    count = minutes // _MINUTES[unit]
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _write_period(text: str) -> dict[str, Any]:
    count, unit = text.split()
    return {"value": int(count), "units": f"{unit.rstrip('s').capitalize()}s"}


PERIOD = Codec(lambda limit: f"{limit['value']} {str(limit['units']).lower()}", _write_period)

# How a reference is held: rows with id and name, one such row, or a bare id. See references.py for the way back.
ENTITIES = Codec(lambda entities: [entity["name"] for entity in entities])
ENTITY = Codec(lambda entity: entity.get("name", UNSET))
ENTITY_ID = Codec(str)
