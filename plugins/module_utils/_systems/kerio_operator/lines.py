# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one SIP registration of an extension has, a "line" (kerio_operator.md 3.1 and 3.3).

The same fields stand in the entries of ``lines`` and, for an extension with one line, beside the extension's own.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re

from ..._core.fields import Flag, Integer, Text, TextList, secret
from .wire import CODEC_LIST, CODECS, FLAG

_SIP_USERNAME = re.compile(r"[^\s@:;<>\"]+")


def _sip_username(text: str) -> str:
    if not _SIP_USERNAME.fullmatch(text):
        raise ValueError(f"{text!r} is not a SIP user name")
    return text


LINE_FIELDS = (
    Text(
        "sip_username",
        "User name with which a phone registers. Usually the number of the extension.",
        "sipUsername",
        form=_sip_username,
    ),
    secret(
        "sip_password",
        "Password with which a phone registers.",
        "sipPassword",
    ),
    TextList(
        "codecs",
        "Codecs in the order of preference. What the server chooses by itself is not known.",
        "selectedCodecs",
        CODEC_LIST,
        words=tuple(CODECS),
    ),
    Flag("nat_support", "Whether the phone is reached through NAT.", "natSupport", FLAG, on_create=False),
    Flag("secured", "Whether signalling and speech are encrypted.", "secured", FLAG, on_create=False),
    Integer(
        "dtmf_mode",
        "How tones are sent, as the number that Operator uses. What the numbers mean is not known; "
        "clients of real servers send V(0).",
        "dtmfMode",
        on_create=0,
    ),
    Flag("fax_detect", "Whether faxes are detected.", "faxDetect", FLAG, on_create=False),
    Integer(
        "fax_detect_type",
        "How faxes are detected, as the number that Operator uses. What the numbers mean is not known; "
        "clients of real servers send V(0).",
        "faxDetectType",
        on_create=0,
    ),
)
LINE_NAMES = tuple(each.name for each in LINE_FIELDS)
