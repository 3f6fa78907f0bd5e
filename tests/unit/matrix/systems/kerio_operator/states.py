# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random extensions and users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.simulators.kerio_operator.store import Store
from tests.unit.matrix.states import FOREIGN, TEXTS
from tests.unit.matrix.subjects import Draw

_NUMBERS = st.sampled_from(["20", "0815", "500", "00420123456789", "501", "502"])
_IDS = st.integers(0, 2**31 - 1)
_SECONDS = st.integers(0, 3600)
_CODECS = {
    "G.711 A-law": "G.711 A-law",
    "G.711 U-law": "G.711 U-law",
    "GSM Full Rate": "GSM Full Rate",
    "speex": "SpeeX",
    "ilbc": "iLBC",
    "g722": "G.722 (wideband)",
    "g726": "G.726",
}
_CODEC_LISTS = st.lists(st.sampled_from(sorted(_CODECS)), unique=True).map(
    lambda names: [{"ID": name, "SEQUENCE": n, "DESCRIPTION": _CODECS[name]} for n, name in enumerate(names, 1)]
)
_LINES = st.fixed_dictionaries(
    {
        "selectedCodecs": _CODEC_LISTS,
        "natSupport": st.booleans(),
        "secured": st.booleans(),
        "faxDetect": st.booleans(),
        "faxDetectType": _IDS,
        "dtmfMode": _IDS,
        "registered": st.integers(0, 1),
    }
)
_EXTENSIONS = st.fixed_dictionaries(
    {
        "description": TEXTS,
        "callPermission": _IDS,
        "recordInbound": st.booleans(),
        "recordOutbound": st.booleans(),
    }
)
_USERS = st.fixed_dictionaries(
    {
        "FULL_NAME": TEXTS,
        "EMAIL": FOREIGN | st.just(""),
        "DISABLED": st.integers(0, 1),
        "LDAP_ENABLED": st.integers(0, 1),
        "ADMINISTRATION_ROLE_ID": st.integers(1, 9),
        "LANGUAGE_PBX": _IDS,
        "VOICEMAIL_DISABLED": st.booleans(),
        "VOICEMAIL_PRESS0_ENABLED": st.booleans(),
        "VOICEMAIL_PRESS0_TELNUM": TEXTS,
        "WEBRTC_ENABLED": st.booleans(),
        "AMI_ENABLED": st.booleans(),
    }
)
_SETTINGS = st.fixed_dictionaries(
    {
        "IS_PRIMARY": st.booleans(),
        "RING_EXTENSION": st.booleans(),
        "RING_EXTENSION_TIMEOUT": _SECONDS,
        "BUSY_ACTION": _IDS,
        "VOICEMAIL_FALLBACK": st.booleans(),
        "VOICEMAIL_FALLBACK_TIMEOUT": _SECONDS,
        "FIND_ME_LIST": st.lists(st.fixed_dictionaries({"NUMBER": _NUMBERS}), max_size=1),
    }
)


def fill(draw: Draw, store: Store) -> None:
    """Up to three extensions with up to three lines, and up to three users who have some of them."""
    numbers = draw(st.lists(_NUMBERS, max_size=3, unique=True))
    for number in numbers:
        suffixes = draw(st.lists(st.sampled_from(["", "mobile", "-Desk.2"]), min_size=1, max_size=3, unique=True))
        lines = [{**draw(_LINES), "sipUsername": number + suffix} for suffix in suffixes]
        store.add_extension(number, lines, **draw(_EXTENSIONS))
    for name in draw(st.lists(st.sampled_from(["zoe", "Zoe.Quinn", "a-b_c", "1", "UPPER"]), max_size=3, unique=True)):
        taken = {each["telNum"] for guid, each in store.extensions.items() if guid in store.owners()}
        free = [number for number in numbers if number not in taken]
        own = draw(st.lists(st.sampled_from(free), unique=True)) if free else []
        user = store.add_user(name, extensions=own, USER_PASSWORD="nobody's", **draw(_USERS))
        for entry in user["EXTENSIONS"]:
            entry.update(draw(_SETTINGS))


def _user(name: str = "zoe", **members: Any) -> Callable[[Any], None]:
    return lambda store: store.add_user(name, **members)


def _extension(number: str = "309", **members: Any) -> Callable[[Any], None]:
    return lambda store: store.add_extension(number, **members)


# What no option could say, on servers that are newer, older or less strict than we think.
ODD: dict[str, Callable[[Any], None]] = {
    "login with a blank": _user("zoe quinn"),
    "login with a diacritic": _user("zoë"),
    "address that is none": _user(EMAIL="zoe at home"),
    "role that nobody knows": _user(ADMINISTRATION_ROLE_ID=-1),
    "number with a star": _extension("*55"),
    "unknown codec": _extension(selectedCodecs=[{"ID": "opus", "SEQUENCE": 1, "DESCRIPTION": "Opus"}]),
    "codecs out of their order": _extension(
        selectedCodecs=[
            {"ID": "g726", "SEQUENCE": 2, "DESCRIPTION": "G.726"},
            {"ID": "speex", "SEQUENCE": 1, "DESCRIPTION": "SpeeX"},
        ]
    ),
    "SIP user name with a blank": _extension(lines=["309 desk"]),
    "SIP user name of nobody among several": _extension(lines=["309", ""]),
    "negative permission": _extension(callPermission=-1),
    "number of a mode beyond what we take": _extension(dtmfMode=2**40),
    "negative time to ring": lambda store: store.user("alice")["EXTENSIONS"][0].update(RING_EXTENSION_TIMEOUT=-1),
}
