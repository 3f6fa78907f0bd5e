# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an object holds when nobody said anything: values that clients were seen to send, else those of a new form."""

from __future__ import annotations

import secrets
import string
from typing import Any

from tests.simulators.kerio_operator.structures import CODECS, ORDINARY_USER

FIRST_CODECS = ("G.711 A-law", "G.711 U-law", "GSM Full Rate")


def extension() -> dict[str, Any]:
    return {"description": "", "callPermission": 1, "recordInbound": False, "recordOutbound": False}


def line() -> dict[str, Any]:
    """Without sipUsername. The password is 16 letters and digits (fact sheet 3.3)."""
    return {
        "sipPassword": "".join(secrets.choice(string.ascii_letters + string.digits) for _place in range(16)),
        "selectedCodecs": codecs(*FIRST_CODECS),
        "natSupport": False,
        "secured": False,
        "faxDetect": False,
        "faxDetectType": 0,
        "dtmfMode": 0,
        "registered": 0,
    }


def codecs(*ids: str) -> list[dict[str, Any]]:
    """As they travel, in order of preference."""
    return [{"ID": name, "SEQUENCE": place, "DESCRIPTION": CODECS[name]} for place, name in enumerate(ids, 1)]


def user() -> dict[str, Any]:
    return {
        "USERNAME": "",
        "USER_PASSWORD": "",
        "FULL_NAME": "",
        "EMAIL": "",
        "PIN": "",
        "DISABLED": 0,
        "LDAP_ENABLED": 0,
        "ADMINISTRATION_ROLE_ID": ORDINARY_USER,
        "LANGUAGE_PBX": 1,
        "VOICEMAIL_DISABLED": False,
        "VOICEMAIL_PRESS0_ENABLED": False,
        "VOICEMAIL_PRESS0_TELNUM": "",
        "WEBRTC_ENABLED": False,
        "AMI_ENABLED": False,
        "AMI_PASSWORD": "",
        "EXTENSIONS": [],
    }


def entry(guid: int, *, primary: bool) -> dict[str, Any]:
    """One extension among the EXTENSIONS of a user; number and description are those of the extension."""
    return {
        "GUID": guid,
        "IS_PRIMARY": primary,
        "RING_EXTENSION": True,
        "RING_EXTENSION_TIMEOUT": 30,
        "BUSY_ACTION": 1,
        "VOICEMAIL_FALLBACK": True,
        "VOICEMAIL_FALLBACK_TIMEOUT": 30,
        "FIND_ME_LIST": [],
    }
