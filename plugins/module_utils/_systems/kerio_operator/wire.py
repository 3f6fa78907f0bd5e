# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From Operator's rows to canonical values and back. ``wire`` of a field is the name of the member; old interfaces
write theirs in capitals, newer ones in lower camel case, and a row may have both (kerio_operator.md 2.4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..._core.fields import UNSET, Codec, Field
from ..._core.resource import Values
from .. import wire

Row = Mapping[str, Any]

# SDP names of the codecs, and what Operator calls them: ID and DESCRIPTION (kerio_operator.md 3.3).
CODECS = {
    "pcma": ("G.711 A-law", "G.711 A-law"),
    "pcmu": ("G.711 U-law", "G.711 U-law"),
    "gsm": ("GSM Full Rate", "GSM Full Rate"),
    "speex": ("speex", "SpeeX"),
    "ilbc": ("ilbc", "iLBC"),
    "g722": ("g722", "G.722 (wideband)"),
    "g726": ("g726", "G.726"),
}


def read_values(fields: Iterable[Field], row: Row) -> dict[str, Any]:
    """Canonical values of what the row tells; null tells nothing."""
    return wire.read_values(fields, lambda name: UNSET if row.get(name) is None else row[name])


def write_values(fields: Iterable[Field], values: Values) -> dict[str, Any]:
    """The members to send for these values."""
    return {
        field.wire: field.codec.write(values[field.name])
        for field in fields
        if field.wire is not None and field.name in values
    }


def _flag(value: Any) -> Any:
    """Operator answers with booleans in one place and with 0 and 1 in another (kerio_operator.md 6.6)."""
    words = {"true": True, "1": True, "false": False, "0": False}
    return words.get(str(value).strip().lower(), UNSET)


def _opposite(value: Any) -> Any:
    flag = _flag(value)
    return UNSET if flag is UNSET else not flag


def _read_codecs(rows: Any) -> Any:
    """Names in the order of preference; a codec that we do not know keeps its own."""
    if not isinstance(rows, list):
        return UNSET
    names = {wire: name for name, (wire, _shown) in CODECS.items()}
    chosen = sorted((row for row in rows if isinstance(row, Mapping)), key=lambda row: int(row.get("SEQUENCE") or 0))
    return [names.get(str(row.get("ID")), str(row.get("ID"))) for row in chosen]


def _write_codecs(names: list[str]) -> list[dict[str, Any]]:
    return [
        {"ID": CODECS[name][0], "SEQUENCE": number, "DESCRIPTION": CODECS[name][1]}
        for number, name in enumerate(names, start=1)
    ]


def number(value: Any) -> Any:
    """Ids and numbers come as numbers or as text; they go back as numbers."""
    return int(value) if str(value).isdigit() else value


FLAG = Codec(_flag)
NUMERIC_OPPOSITE = Codec(_opposite, lambda flag: int(not flag))
OPPOSITE = Codec(_opposite, lambda flag: not flag)
CODEC_LIST = Codec(_read_codecs, _write_codecs)
