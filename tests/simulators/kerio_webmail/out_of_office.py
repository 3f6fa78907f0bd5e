# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The out-of-office message of the user who is logged in (fact sheet kerio_connect.md 4.1).

There is one text for everybody who writes, and one range of time; the sheet knows no more members.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_web.wire_types import invalid, zero
from tests.simulators.kerio_webmail import stamps
from tests.simulators.kerio_webmail.methods import Context, Method
from tests.simulators.kerio_webmail.settings import KerioWebmailSettings
from tests.simulators.kerio_webmail.store import Entity
from tests.simulators.kerio_webmail.structures import OUT_OF_OFFICE

TIMES = ("timeRangeStart", "timeRangeEnd")
TIME = re.compile(r"\d{8}T\d{6}[+-]\d{4}")
TIME_FORMAT = "%Y%m%dT%H%M%S%z"


def get_out_of_office(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    kept, settings = context.caller.out_of_office, context.settings
    if settings.range_over == "switched_off" and _is_over(kept, context.clock.now()):
        kept["isEnabled"] = False
    times = {name: _as_read(kept[name], settings) for name in TIMES}
    return {"settings": {**kept, **times}}


def set_out_of_office(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    account, settings, given = context.caller, context.settings, params["settings"]
    moments = {name: _moment(name, given[name], settings) for name in TIMES if given.get(name)}
    old = account.out_of_office if settings.out_of_office_left_out == "kept" else zero(OUT_OF_OFFICE)
    new = {**old, **given, **{name: moment.strftime(TIME_FORMAT) for name, moment in moments.items()}}
    new["text"] = _text(new["text"], settings)
    if settings.times_without_range == "cleared" and not new["isTimeRangeEnabled"]:
        new.update(dict.fromkeys(TIMES, ""))
    _check(new, settings)
    account.out_of_office = new
    if settings.out_of_office_moves_stamp:
        stamps.advance(account, settings)
    return {}


def _moment(name: str, value: str, settings: KerioWebmailSettings) -> datetime:
    """Raises RpcError -32602 for what is no time in the form of the fact sheet (2.4, UtcDateTime)."""
    try:
        moment = datetime.strptime(value, TIME_FORMAT) if TIME.fullmatch(value) else None
    except ValueError:
        moment = None
    if moment is None:
        raise invalid(f"settings.{name}", "time like 20250701T080000+0200 expected")
    if settings.time_precision == "minute":
        return moment.replace(second=0)
    return moment.replace(hour=0, minute=0, second=0) if settings.time_precision == "day" else moment


def _text(text: str, settings: KerioWebmailSettings) -> str:
    if settings.text_form == "crlf":
        return re.sub("\r\n|\r|\n", "\r\n", text)
    return text.strip() if settings.text_form == "stripped" else text


def _check(new: Entity, settings: KerioWebmailSettings) -> None:
    if settings.empty_text_code and new["isEnabled"] and not new["text"]:
        raise RpcError(settings.empty_text_code, "The text is empty.")
    start, end = (_parsed(new[name]) for name in TIMES)
    if settings.reversed_range_code and new["isTimeRangeEnabled"] and start and end and start >= end:
        raise RpcError(settings.reversed_range_code, "The range ends before it begins.")


def _is_over(kept: Entity, now: float) -> bool:
    end = _parsed(kept["timeRangeEnd"])
    return bool(kept["isTimeRangeEnabled"] and end and end.timestamp() <= now)


def _as_read(value: str, settings: KerioWebmailSettings) -> str:
    moment = _parsed(value)
    if moment is None:
        return settings.unset_time
    if settings.time_zone == "as_sent":
        return value
    offset = settings.server_utc_offset_minutes if settings.time_zone == "server" else 0
    return moment.astimezone(timezone(timedelta(minutes=offset))).strftime(TIME_FORMAT)


def _parsed(value: str) -> datetime | None:
    return datetime.strptime(value, TIME_FORMAT) if value else None


METHODS = {
    "Session.getOutOfOffice": Method(get_out_of_office),
    "Session.setOutOfOffice": Method(set_out_of_office, {"settings": OUT_OF_OFFICE}, is_write=True),
}
