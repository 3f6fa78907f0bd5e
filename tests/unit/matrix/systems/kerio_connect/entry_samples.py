# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of IP address groups and time ranges: sets of entries of all types, in any order and spelling.

Entries that two values have in common say all that they are, so that one may follow the other.
"""

from __future__ import annotations

from typing import Any

from tests.unit.matrix.samples import Sample, Values
from tests.unit.matrix.systems.kerio_connect.entry_stores import in_order

Entry = dict[str, Any]


def _whole(entry: Entry) -> Entry:
    """With what a new entry gets by itself."""
    return {"description": "", "enabled": True, **entry}


def _entries(given: list[Entry], held: list[Entry], *spellings: list[Entry]) -> Sample:
    """``held``: in the order in which results show them."""
    whole = [_whole(entry) for entry in held]
    return Sample(given, stored=in_order(whole), shown=whole, spellings=spellings)


_HOST: Entry = {"type": "host", "host": "192.0.2.1", "description": "", "enabled": True}
_BARE: Entry = {"type": "host", "host": "192.0.2.1"}
_NETWORK: Entry = {"type": "network", "network": "10.1.0.0/16"}
_ADDRESSES = (
    # Every type.
    _entries(
        [
            {**_HOST, "description": "Desk 'ä'", "enabled": False},
            {"type": "this_machine"},
            {"type": "range", "from": "198.51.100.1", "to": "198.51.100.9", "description": "Guests"},
            {"type": "prefix", "prefix": "203.0.113", "enabled": False},
            {"type": "network", "network": "10.1.2.3/255.255.0.0"},
            {"type": "group", "group": "Local clients"},
        ],
        [
            {"type": "group", "group": "Local clients"},
            {**_HOST, "description": "Desk 'ä'", "enabled": False},
            _NETWORK,
            {"type": "prefix", "prefix": "203.0.113", "enabled": False},
            {"type": "range", "from": "198.51.100.1", "to": "198.51.100.9", "description": "Guests"},
            {"type": "this_machine"},
        ],
        # What is left out of an entry stays.
        [
            {"type": "network", "network": "10.1.0.0/16"},
            {"type": "host", "host": "192.0.2.1"},
            {"type": "prefix", "prefix": "203.0.113"},
            {"type": "group", "group": "LOCAL clients"},
            {"type": "range", "from": "198.51.100.1", "to": "198.51.100.9"},
            {"type": "this_machine"},
        ],
    ),
    # One of those with other attributes, and then with others again.
    _entries([_HOST], [_HOST], [{"type": "host", "host": " 192.0.2.1 "}], [_BARE, _BARE]),
    _entries([{**_HOST, "description": "Only this"}], [{**_HOST, "description": "Only this"}], [_BARE]),
    _entries(
        [{**_HOST, "description": "Only this", "enabled": False}],
        [{**_HOST, "description": "Only this", "enabled": False}],
    ),
    # Others of each type.
    _entries(
        [
            {"type": "host", "host": "Mail.Example.COM", "description": "By name"},
            {"type": "network", "network": "2001:DB8::/32"},
            {"type": "range", "from": "2001:db8::1", "to": "2001:DB8:0::f"},
            {"type": "prefix", "prefix": "192.168."},
            {"type": "group", "group": "Offices"},
        ],
        [
            {"type": "group", "group": "Offices"},
            {"type": "host", "host": "mail.example.com", "description": "By name"},
            {"type": "network", "network": "2001:db8::/32"},
            {"type": "prefix", "prefix": "192.168."},
            {"type": "range", "from": "2001:db8::1", "to": "2001:db8::f"},
        ],
    ),
)

_DAILY: Entry = {"type": "daily", "from": "08:00", "to": "17:30", "days": ["monday", "friday"]}
_EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_TIMES = (
    _entries(
        [
            {**_DAILY, "description": "Shop", "enabled": False},
            {"type": "weekly", "from_day": "friday", "from": "18:00", "to_day": "monday", "to": "06:00"},
            {
                "type": "absolute",
                "from_date": "2026-12-24",
                "from": "12:00",
                "to_date": "2027-01-31",
                "to": "7:05",
                "description": "Closed",
            },
            {"type": "group", "group": "Holidays", "enabled": False},
        ],
        [
            {
                "type": "absolute",
                "from": "12:00",
                "to": "07:05",
                "from_date": "2026-12-24",
                "to_date": "2027-01-31",
                "description": "Closed",
            },
            {**_DAILY, "description": "Shop", "enabled": False},
            {"type": "group", "group": "Holidays", "enabled": False},
            {"type": "weekly", "from": "18:00", "to": "06:00", "from_day": "friday", "to_day": "monday"},
        ],
        [
            {"type": "group", "group": "HOLIDAYS"},
            {"type": "weekly", "from_day": "friday", "from": "18:00", "to_day": "monday", "to": "6:00"},
            {"type": "daily", "from": "08:00", "to": "17:30", "days": ["friday", "monday"]},
            {"type": "absolute", "from_date": "2026-12-24", "from": "12:00", "to_date": "2027-01-31", "to": "07:05"},
        ],
    ),
    _entries(
        [{**_DAILY, "description": "", "enabled": True}],
        [_DAILY],
        [{"type": "daily", "from": "8:00", "to": "17:30", "days": ["friday", "monday", "friday"]}],
    ),
    _entries([{**_DAILY, "description": "", "enabled": False}], [{**_DAILY, "enabled": False}]),
    # Days in any order, and every day as the first and the last one.
    _entries(
        [
            {"type": "daily", "from": "00:00", "to": "23:59", "days": _EVERY_DAY[::-1]},
            *(
                {"type": "weekly", "from_day": day, "from": "00:00", "to_day": _EVERY_DAY[6 - place], "to": "23:59"}
                for place, day in enumerate(_EVERY_DAY)
            ),
            {"type": "absolute", "from_date": "2024-02-29", "from": "00:00", "to_date": "2024-02-29", "to": "23:59"},
            {"type": "group", "group": "Nights"},
        ],
        [
            {"type": "absolute", "from": "00:00", "to": "23:59", "from_date": "2024-02-29", "to_date": "2024-02-29"},
            {"type": "daily", "from": "00:00", "to": "23:59", "days": _EVERY_DAY},
            {"type": "group", "group": "Nights"},
            *(
                {"type": "weekly", "from": "00:00", "to": "23:59", "from_day": day, "to_day": opposite}
                for day, opposite in sorted(zip(_EVERY_DAY, _EVERY_DAY[::-1], strict=True))
            ),
        ],
    ),
)
NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("ip_address_group", "name"): (
        Sample("Office", spellings=("office", " OFFICE ")),
        Sample("Büro 'Süd' %", spellings=("büro 'süd' %",)),
    ),
    ("ip_address_group", "entries"): _ADDRESSES,
    ("time_range", "name"): (
        Sample("Opening hours", spellings=("opening HOURS", " Opening hours ")),
        Sample("Öffnungs 'zeiten' %", spellings=("öffnungs 'ZEITEN' %",)),
    ),
    ("time_range", "entries"): _TIMES,
}
_OWN_HOST: Entry = {"type": "host", "host": "192.0.2.77"}
_OWN_TIME: Entry = {"type": "daily", "from": "01:00", "to": "02:00", "days": ["sunday"]}
MINIMAL: dict[str, Values] = {
    "ip_address_group": {("name",): Sample("Office"), ("entries",): _entries([_OWN_HOST], [_OWN_HOST])},
    "time_range": {("name",): Sample("Opening hours"), ("entries",): _entries([_OWN_TIME], [_OWN_TIME])},
}


def _added_to(first: Sample, new: Entry, changed: Entry, place: int) -> Sample:
    """A new entry, of which results show that it comes at this place, and another attribute of one that is there."""
    named = {name: value for name, value in changed.items() if name not in ("description", "enabled")}
    held = [{**entry, **changed} if entry.items() >= named.items() else entry for entry in first.shown]
    return _entries([new, changed], [*held[:place], new, *held[place:]])


APPENDED: dict[tuple[str, str], Sample] = {
    ("ip_address_group", "entries"): _added_to(
        _ADDRESSES[0], {"type": "host", "host": "192.0.2.9"}, {**_BARE, "description": "Door"}, 2
    ),
    ("time_range", "entries"): _added_to(
        _TIMES[0], {"type": "group", "group": "Nights", "enabled": False}, {**_DAILY, "enabled": True}, 3
    ),
}
