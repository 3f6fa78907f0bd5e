# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of extensions, and who is who in it (kerio_operator.md 3.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import ProtocolError
from .. import kerio_web
from .rows import Extension, extensions_of


@dataclass
class _Held:
    """Extensions by number, and numbers by the SIP user names of their lines, in lower case; the first one counts."""

    by_number: dict[str, Extension] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)


class ExtensionList:
    """What a server lists. Single extensions are looked up in what was read last, until it is to be forgotten."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._held: _Held | None = None

    def read(self) -> list[Extension]:
        """All extensions; a few hundred rows, so that no filter of the server has to be trusted."""
        found = self._read()
        self._held = _index(found)
        return found

    def forget(self) -> None:
        """Something was written since."""
        self._held = None

    def by_number(self, telephone_number: str) -> Extension | None:
        return self._known().by_number.get(telephone_number)

    def listed(self, telephone_number: str) -> Extension:
        """Raises ProtocolError when the list does not show what the server confirmed."""
        extension = self.by_number(telephone_number)
        if extension is None:
            raise ProtocolError(f"Kerio Operator does not list extension {telephone_number}", method="Extensions.get")
        return extension

    def holder_of(self, sip_username: str) -> str | None:
        """The number of the extension that has a line with this SIP user name."""
        return self._known().holders.get(sip_username.casefold())

    def _known(self) -> _Held:
        if self._held is None:
            self._held = _index(self._read())
        return self._held

    def _read(self) -> list[Extension]:
        rows = kerio_web.read_list(
            self._rpc,
            "Extensions.get",
            {"orderBy": kerio_web.ascending("telNum")},
            kerio_web.EVERYTHING,
            is_row=lambda row: "guid" in row and "telNum" in row,
            identity=lambda row: str(row["guid"]),
            member="sipExtensionList",
        )
        return extensions_of(rows)


def _index(found: Iterable[Extension]) -> _Held:
    held = _Held()
    for each in found:
        held.by_number.setdefault(each.number, each)
        for name in each.line_ids:
            held.holders.setdefault(name, each.number)
    return held
