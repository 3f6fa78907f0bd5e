# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls of the out-of-office reply (kerio_connect.md 4.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..._client.jsonrpc import Command, JsonRpc
from ..._core.errors import ProtocolError
from ..._core.fields import UNSET
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .. import wire
from .codecs import read_flag
from .out_of_office_replies import OUT_OF_OFFICE, RANGE

_IN_RANGE = "isTimeRangeEnabled"
_TIMES = tuple(OUT_OF_OFFICE.by_name[name].wire for name in RANGE)


def read(rpc: JsonRpc) -> Snapshot:
    """The reply of the user who is logged in. Raises PostmasterError."""
    read_at = time.monotonic()
    method = "Session.getOutOfOffice"
    settings = rpc.call(method).get("settings")
    if not isinstance(settings, dict):
        raise ProtocolError(f"{rpc.http.target.title} answered {method} without settings", method=method)
    values = wire.read_values(OUT_OF_OFFICE.fields, lambda member: _told(settings, member))
    return Snapshot(values, OUT_OF_OFFICE.kind, settings, read_at)


def update(current: Snapshot, values: Values) -> Writing[None]:
    """Everything that the server told goes back with the changes, since nobody knows what it makes of a part."""
    changes = {each.wire: each.codec.write(values[each.name]) for each in OUT_OF_OFFICE.fields if each.name in values}
    ends = [values[name] for name in RANGE if name in values]
    if ends:
        changes[_IN_RANGE] = all(ends)
    settings = {**current.raw, **changes}
    # A time that there never was is none that the server could read.
    sent = {member: value for member, value in settings.items() if member not in _TIMES or value}
    yield Command("Session.setOutOfOffice", {"settings": sent})


def _told(settings: Mapping[str, Any], member: str) -> Any:
    """What the server says; the ends of a range that is switched off are remembered there, and mean nothing."""
    if member in _TIMES:
        in_range = read_flag(settings.get(_IN_RANGE))
        if in_range is not True:
            return "" if in_range is False else UNSET
    value = settings.get(member)
    return UNSET if value is None else value
