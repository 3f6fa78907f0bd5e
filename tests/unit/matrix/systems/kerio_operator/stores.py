# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated Kerio Operator keeps each value (kerio_operator.md 3.1, 3.3 and 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.simulators.kerio_operator.store import Store
from tests.unit.matrix.paths import Entry, Path
from tests.unit.matrix.stores import Keeper, Place, State, Table, as_json, flag, opposite, plain
from tests.unit.matrix.systems.kerio_operator.samples import LINE_OPTIONS

# Codecs by the ids that travel.
_CODECS = {
    "G.711 A-law": "pcma",
    "G.711 U-law": "pcmu",
    "GSM Full Rate": "gsm",
    "speex": "speex",
    "ilbc": "ilbc",
    "g722": "g722",
    "g726": "g726",
}


def _extension(store: Store, key: Mapping[str, Any]) -> dict[str, Any] | None:
    """By number, or by the SIP user name of one of its lines."""
    for extension in store.extensions.values():
        usernames = [line["sipUsername"] for line in extension["lines"]]
        if extension["telNum"] == key.get("number") or ("number" not in key and key["sip_username"] in usernames):
            return extension
    return None


def _user(store: Store, key: Mapping[str, Any]) -> dict[str, Any] | None:
    wanted = key["name"].lower()
    return next((user for user in store.users.values() if user["USERNAME"].lower() == wanted), None)


def _with_owner(store: Store, extension: dict[str, Any]) -> dict[str, Any]:
    """Whose an extension is stands with the user."""
    owner = store.owners().get(extension["guid"])
    return {**extension, "owner": "" if owner is None else owner["USERNAME"]}


def _rest(store: Store, own: Any) -> str:
    """Without what counts objects, and without the extension in the lists of users."""
    counters = ("last_guid", "last_user_guid", "last_other_guid")
    tables: dict[str, Any] = {name: table for name, table in vars(store).items() if name not in counters}
    tables["extensions"] = [each for each in store.extensions.values() if each is not own]
    guid = None if own is None else own.get("guid")
    tables["users"] = [
        {**user, "EXTENSIONS": [entry for entry in user["EXTENSIONS"] if entry["GUID"] != guid]}
        for user in store.users.values()
        if user is not own
    ]
    return as_json(tables)


def _codecs(value: list[dict[str, Any]], _store: Store) -> list[str]:
    return [_CODECS[row["ID"]] for row in sorted(value, key=lambda row: int(row["SEQUENCE"]))]


def _number_of(guid: int, store: Store) -> str:
    return str(store.extensions[guid]["telNum"])


def _in_lines(expected: State, given: State) -> tuple[State, State]:
    """An extension always has lines in the store; a wish may speak of the only one without naming it. That line is
    named like the number unless the wish says otherwise.
    """
    own = {path: value for path, value in given.items() if path[0] in LINE_OPTIONS}
    if not own:
        return expected, given
    held = expected.get(("lines",), [])
    name = own.pop(("sip_username",), None) or (held[0] if held else given[("number",)])
    line: Path = ("lines", Entry("sip_username", name))
    renamed = {(*line, *path[2:]) if path[0] == "lines" and path[1:] else path: v for path, v in expected.items()}
    renamed[("lines",)] = [name for _old in held]
    others = {path: value for path, value in given.items() if path[0] not in LINE_OPTIONS}
    return renamed, {**others, line: None, **{(*line, *path): value for path, value in own.items()}}


def _first_is_primary(expected: State, given: State) -> tuple[State, State]:
    """The only extension of a new user is the primary one, unless the wish says otherwise."""
    entries = {path[:2] for path in given if path[0] == "extensions" and path[1:]}
    if ("name",) in expected or len(entries) != 1:
        return expected, given
    (only,) = entries
    return expected, {(*only, "primary"): True, **given}


EXTENSION = Keeper(
    find=_extension,
    raw=_with_owner,
    rest=_rest,
    places={
        ("number",): plain("telNum"),
        ("description",): plain("description"),
        ("user",): plain("owner"),
        ("call_permission",): plain("callPermission"),
        ("record_inbound",): plain("recordInbound"),
        ("record_outbound",): plain("recordOutbound"),
    },
    # What clients were seen to send for a new extension (kerio_operator.md 3.3).
    defaults={
        ("description",): "",
        ("user",): "",
        ("call_permission",): 1,
        ("record_inbound",): False,
        ("record_outbound",): False,
        ("lines",): [],
    },
    tables={
        "lines": Table(
            path=("lines",),
            key="sip_username",
            places={
                "sip_username": plain("sipUsername"),
                "sip_password": plain("sipPassword"),
                "codecs": Place(("selectedCodecs",), _codecs),
                "nat_support": plain("natSupport"),
                "secured": plain("secured"),
                "dtmf_mode": plain("dtmfMode"),
                "fax_detect": plain("faxDetect"),
                "fax_detect_type": plain("faxDetectType"),
            },
            defaults={
                "nat_support": False,
                "secured": False,
                "dtmf_mode": 0,
                "fax_detect": False,
                "fax_detect_type": 0,
            },
        )
    },
    elsewhere=dict.fromkeys(LINE_OPTIONS, "lines"),
    translate=_in_lines,
)
USER = Keeper(
    find=_user,
    raw=lambda _store, user: user,
    rest=_rest,
    places={
        ("name",): plain("USERNAME"),
        ("full_name",): plain("FULL_NAME"),
        ("email",): plain("EMAIL"),
        ("password",): plain("USER_PASSWORD"),
        ("pin",): plain("PIN"),
        ("enabled",): Place(("DISABLED",), opposite),
        ("role_id",): plain("ADMINISTRATION_ROLE_ID"),
        ("language_id",): plain("LANGUAGE_PBX"),
        ("voicemail_enabled",): Place(("VOICEMAIL_DISABLED",), opposite),
        ("voicemail_press0_enabled",): plain("VOICEMAIL_PRESS0_ENABLED"),
        ("voicemail_press0_number",): plain("VOICEMAIL_PRESS0_TELNUM"),
        ("webrtc_enabled",): plain("WEBRTC_ENABLED"),
        ("ami_enabled",): plain("AMI_ENABLED"),
        ("ami_password",): plain("AMI_PASSWORD"),
    },
    # What clients were seen to send for a new user (kerio_operator.md 4.1).
    defaults={
        ("full_name",): "",
        ("email",): "",
        ("enabled",): True,
        ("role_id",): 2,
        ("language_id",): 1,
        ("voicemail_enabled",): True,
        ("voicemail_press0_enabled",): False,
        ("voicemail_press0_number",): "",
        ("webrtc_enabled",): True,
        ("ami_enabled",): False,
        ("extensions",): [],
    },
    tables={
        "extensions": Table(
            path=("EXTENSIONS",),
            key="number",
            places={
                "number": Place(("GUID",), _number_of),
                "primary": Place(("IS_PRIMARY",), flag),
                "ring": Place(("RING_EXTENSION",), flag),
                "ring_timeout": plain("RING_EXTENSION_TIMEOUT"),
                "busy_action": plain("BUSY_ACTION"),
                "voicemail_fallback": Place(("VOICEMAIL_FALLBACK",), flag),
                "voicemail_fallback_timeout": plain("VOICEMAIL_FALLBACK_TIMEOUT"),
            },
            defaults={
                "primary": False,
                "ring": True,
                "ring_timeout": 30,
                "busy_action": 1,
                "voicemail_fallback": False,
                "voicemail_fallback_timeout": 30,
            },
        )
    },
    translate=_first_is_primary,
)
KEEPERS = {"extension": EXTENSION, "user": USER}
