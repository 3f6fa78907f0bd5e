# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an entity holds when nobody said anything.

For users that is what the vendor's interface fills in (fact sheet kerio_connect.md 3.1).
"""

from __future__ import annotations

import json
from typing import Any

from tests.simulators.kerio_connect import entry_structures, list_structures, structures
from tests.simulators.kerio_web.wire_types import zero

_NO_SIZE = {"isActive": False, "limit": {"value": 0, "units": "MegaBytes"}}
_USER_ZERO = {**zero(structures.USER), "accessPolicy": "", "userGroups": []}
_USER_UI = {
    **_USER_ZERO,
    "isEnabled": True,
    "isPasswordReversible": True,
    "allowPasswordChange": True,
    "hasDefaultSpamRule": True,
    "diskSizeLimit": _NO_SIZE,
    "outMessageLimit": _NO_SIZE,
    "publishInGal": True,
    "cleanOutItems": {
        "isUsedDomain": True,
        "deletedItems": {"isEnabled": False, "days": 30},
        "junkEmail": {"isEnabled": False, "days": 30},
        "sentItems": {"isEnabled": False, "days": 30},
        "autoDelete": {"isEnabled": False, "days": 1095},
    },
}
_DOMAIN = {
    **zero(structures.DOMAIN),
    "userMaxCount": -1,
    "outgoingMessageLimit": _NO_SIZE,
    "autoDelete": {"isEnabled": False, "days": 1095},
    "isInstantMessagingEnabled": True,
}
# Kept as text: reading it again is the fastest way to a copy that shares nothing.
_USER_TEXTS = {"ui": json.dumps(_USER_UI), "zero": json.dumps(_USER_ZERO)}
_DOMAIN_TEXT = json.dumps(_DOMAIN)
# The principal that stands for nothing, in the short form in which the store keeps principals.
NOBODY = {"type": "NonePrincipal", "id": ""}


def user(kind: str = "ui") -> dict[str, Any]:
    """`kind`: the switch `create_defaults`."""
    return dict(json.loads(_USER_TEXTS[kind]))


def group() -> dict[str, Any]:
    return {**zero(structures.GROUP), "publishInGal": True}


def alias() -> dict[str, Any]:
    # The sample of the vendor leaves the type out for an alias to an address.
    return {**zero(structures.ALIAS), "type": "TypeEmailAddress"}


def mailing_list() -> dict[str, Any]:
    return dict(zero(list_structures.MAILING_LIST))


def resource() -> dict[str, Any]:
    return {**zero(list_structures.RESOURCE), "isEnabled": True, "manager": dict(NOBODY)}


def ip_address_entry() -> dict[str, Any]:
    return {**zero(entry_structures.IP_ADDRESS_ENTRY), "enabled": True}


def time_range_entry() -> dict[str, Any]:
    # There is no day 0.
    date = {"year": 1970, "month": 0, "day": 1}
    dates = {"fromDate": date, "toDate": dict(date)}
    return {**zero(entry_structures.TIME_RANGE_ENTRY), "enabled": True, **dates}


def company_contact() -> dict[str, Any]:
    return dict(zero(structures.COMPANY_CONTACT))


def domain() -> dict[str, Any]:
    return dict(json.loads(_DOMAIN_TEXT))
