# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Structures of IP address groups, time ranges and remote administration (fact sheet kerio_connect.md, A3)."""

from __future__ import annotations

from tests.simulators.kerio_connect import enums
from tests.simulators.kerio_web.wire_types import BOOL, INT, KID, STR, ListOf, Member, struct, whole

TIME = whole("Time", hour=INT, min=INT)
DATE = whole("Date", year=INT, month=INT, day=INT)

# The vendor marks neither `id` nor `status` as read-only; the server decides both.
IP_ADDRESS_ENTRY = struct(
    "IpAddressEntry",
    id=Member(KID, "ro"),
    groupId=KID,
    sharedId=Member(KID, "ro"),
    groupName=STR,
    description=STR,
    type=enums.IP_ADDRESS_TYPE,
    enabled=BOOL,
    status=Member(enums.STORE_STATUS, "ro"),
    host=STR,
    addr1=STR,
    addr2=STR,
    childGroupId=KID,
    childGroupName=STR,
)
TIME_RANGE_ENTRY = struct(
    "TimeRangeEntry",
    id=Member(KID, "ro"),
    groupId=KID,
    sharedId=Member(KID, "ro"),
    groupName=STR,
    description=STR,
    type=enums.TIME_RANGE_TYPE,
    enabled=BOOL,
    status=Member(enums.STORE_STATUS, "ro"),
    fromTime=TIME,
    toTime=TIME,
    days=ListOf(enums.DAY),
    fromDay=enums.DAY,
    toDay=enums.DAY,
    fromDate=DATE,
    toDate=DATE,
    childGroupId=KID,
    childGroupName=STR,
)
# The members about the built-in administrator are missing: whether there is one is a switch of the simulator.
ADMINISTRATION = struct("Administration", isEnabled=BOOL, isLimited=BOOL, groupId=KID, groupName=Member(STR, "ro"))
