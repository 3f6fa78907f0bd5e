# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dial plan: every number that something answers to, and what that is (kerio_operator.md 4.4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._client.jsonrpc import JsonRpc
from .. import kerio_web

KINDS = {
    1: "an extension",
    2: "an interface",
    3: "an outbound route",
    4: "a conference",
    5: "a call queue",
    6: "an auto attendant script",
    7: "the voicemail",
    8: "an emergency number",
    9: "a ringing group",
    10: "the echo service",
    11: "the music service",
    12: "an external service",
    13: "the dial-by-name service",
    14: "the time service",
    15: "the audio recording service",
    16: "the pickup service",
    17: "the call pickup service",
    18: "a speed dial",
    19: "the call parking service",
    20: "an extension with several lines",
}


class DialPlan:
    """Who has which number. It is read once; that a number is taken is never said from memory, since it may be free
    by now."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._owners: dict[str, str] | None = None

    def owners_of(self, numbers: Sequence[str]) -> dict[str, str]:
        """What answers to those of the numbers that are taken, in words: ``a call queue (Support)``."""
        if not numbers:
            return {}
        if self._owners is None or any(number in self._owners for number in numbers):
            self._owners = _owners(self._rpc)
        return {number: self._owners[number] for number in numbers if number in self._owners}


def _owners(rpc: JsonRpc) -> dict[str, str]:
    rows = kerio_web.read_list(
        rpc,
        "Server.getInternalDirectoryList",
        {"orderBy": kerio_web.ascending("TEL_NUM")},
        kerio_web.EVERYTHING,
        is_row=lambda row: "TEL_NUM" in row,
        identity=id,
        member="numberList",
        onlyExtensions=False,
    )
    return {str(row["TEL_NUM"]): _in_words(row.get("EXTENSION_TYPE_ID"), row.get("DESCRIPTION")) for row in rows}


def _in_words(kind: object, description: object) -> str:
    words = KINDS.get(int(str(kind))) if str(kind).isdigit() else None
    return f"{words or 'something else'} ({description})" if description else words or "something else"
