# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls about extensions and their lines (kerio_operator.md 3.2).

What concerns the number goes to the id of the extension, what concerns a registration to the id of its line. Which
of the two the server would take for the other's fields is not known, so neither is ever sent to the other.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import PostmasterError, ProtocolError, Uncertain
from ..._core.fields import UNSET
from ..._core.gateway import in_parts, in_spite_of
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from .. import kerio_web
from . import unproven
from .extensions import EXTENSION, LINES
from .lines import LINE_FIELDS, LINE_NAMES
from .rows import Extension, extensions_of
from .wire import read_values, write_values

OWN_FIELDS = tuple(
    each for each in EXTENSION.fields if each.name not in (*LINE_NAMES, "lines", "user") and each.name != "number"
)


class ExtensionCalls:
    """Extensions of one server."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._held: list[Extension] | None = None

    def read_all(self) -> list[Snapshot]:
        """All extensions; a few hundred rows, so that no filter of the server has to be trusted."""
        read_at = time.monotonic()
        return [_snapshot(each, read_at) for each in self._read()]

    def by_number(self, telephone_number: str) -> Extension | None:
        return next((each for each in self._known() if str(each.row["telNum"]) == telephone_number), None)

    def holder_of(self, sip_username: str) -> str | None:
        """The number of the extension that has a line with this SIP user name."""
        found = (str(each.row["telNum"]) for each in self._known() if each.line_id(sip_username) is not None)
        return next(found, None)

    def create(self, values: Values, user: int | None) -> None:
        """Make an extension with its first line, then its other lines."""
        lines = sorted(values.get("lines", [values]), key=lambda line: "sip_password" not in line)
        telephone_number = values.get("number") or unproven.next_valid_number(self._rpc)
        own = write_values(OWN_FIELDS, values)
        detail = {"telNum": telephone_number, "userGuid": user, **own, **write_values(LINE_FIELDS, lines[0])}
        make = functools.partial(self._write, "Extensions.create", {"detail": detail})
        in_parts([make, *(functools.partial(self._add_line, telephone_number, line) for line in lines[1:])])

    def update(self, current: Snapshot, values: Values, user: int | None) -> None:
        """Change the extension, its only line, or several lines: each with a call of its own."""
        extension: Extension = current.raw["extension"]
        own = write_values(OWN_FIELDS, values)
        if "user" in values:
            own["userGuid"] = user
        details = [(extension.identity, own)]
        if any(name in values for name in LINE_NAMES):
            (only_line,) = extension.line_ids.values()
            details.append((only_line, write_values(LINE_FIELDS, values)))
        calls = [functools.partial(self._set, identity, detail) for identity, detail in details if detail]
        in_parts([*calls, *self._line_calls(extension, current.values, values)])

    def delete(self, current: Snapshot) -> None:
        extension: Extension = current.raw["extension"]
        self._remove(dict.fromkeys((extension.listed_id, extension.identity)))

    def secrets(self, current: Snapshot, given: Values) -> Values:
        """The SIP passwords of the lines that the wishes give passwords for."""
        extension: Extension = current.raw["extension"]
        if "sip_password" in given:
            ids = list(extension.line_ids.values())
            return {"sip_password": self._password(ids[0])} if len(ids) == 1 else {}
        wanted = [line["sip_username"] for line in given.get("lines", []) if "sip_password" in line]
        return {
            "lines": [
                {"sip_username": username, "sip_password": self._password(identity)}
                for username in wanted
                if (identity := extension.line_id(username)) is not None
            ]
        }

    def _line_calls(self, extension: Extension, current: Values, values: Values) -> Iterator[Callable[[], None]]:
        """What leads from the lines that the server holds to those that are wanted; new ones before others go."""
        if "lines" not in values:
            return
        held = {line["sip_username"].casefold(): line for line in current["lines"]}
        wanted = {line["sip_username"].casefold(): line for line in values["lines"]}
        ids = extension.line_ids
        for name, line in wanted.items():
            if name not in held:
                yield functools.partial(self._add_line, str(extension.row["telNum"]), line)
                continue
            changed = {member: value for member, value in line.items() if held[name].get(member, UNSET) != value}
            if changed:
                yield functools.partial(self._set, ids[name], write_values(LINE_FIELDS, changed))
        for name in held.keys() - wanted.keys():
            yield functools.partial(self._remove, [ids[name]])

    def _add_line(self, telephone_number: str, line: Values) -> None:
        """The server invents name and password of a new line; both are then replaced (kerio_operator.md 3.2).

        A line that could not be given its name is deleted again, since nobody would know what it is for.
        """
        identity = self._make_line(self._listed(telephone_number))
        try:
            self._set(identity, write_values(LINE_FIELDS, line))
        except PostmasterError as error:
            if (
                isinstance(error, Uncertain)
                and self._listed(telephone_number).line_id(line["sip_username"]) == identity
            ):
                return
            with in_spite_of(error):
                self._remove([identity])
            raise

    def _make_line(self, extension: Extension) -> int:
        """The id of a new line: from the list, since replies differ. Raises ProtocolError, Uncertain."""
        method = "Extensions.createLine"
        error: PostmasterError = ProtocolError("Kerio Operator does not list the line that it made", method=method)
        error.partly_written = True
        try:
            self._write(method, {"guid": extension.identity, "detail": {}})
        except Uncertain as lost:
            error = lost
        new = set(self._listed(str(extension.row["telNum"])).line_ids.values()) - set(extension.line_ids.values())
        if len(new) != 1:
            raise error
        return new.pop()

    def _set(self, identity: int, detail: Mapping[str, Any]) -> None:
        self._write("Extensions.set", {"guids": [identity], "detail": detail})

    def _remove(self, ids: Iterable[int]) -> None:
        self._held = None
        unproven.remove_extension(self._rpc, ids)

    def _write(self, method: str, params: Mapping[str, Any]) -> None:
        self._held = None
        kerio_web.write(self._rpc, method, params)

    def _password(self, line: int) -> str:
        """What the server holds, kept no longer than the comparison takes."""
        method = "Extensions.getSipPassword"
        password = self._rpc.call(method, {"guid": line}).get("password")
        if not isinstance(password, str):
            raise ProtocolError("Kerio Operator did not tell the password of a line", method=method)
        self._rpc.http.redactor.learn(password)
        return password

    def _listed(self, telephone_number: str) -> Extension:
        """Raises ProtocolError when the list does not show what the server confirmed."""
        extension = self.by_number(telephone_number)
        if extension is None:
            raise ProtocolError(f"Kerio Operator does not list extension {telephone_number}", method="Extensions.get")
        return extension

    def _known(self) -> list[Extension]:
        """The extensions as they were read last; read anew after a write."""
        return self._read() if self._held is None else self._held

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
        self._held = extensions_of(rows)
        return self._held


def _snapshot(extension: Extension, read_at: float) -> Snapshot:
    """An extension with one line in its own terms, one with several as a list of lines."""
    values = read_values((EXTENSION.by_name["number"], EXTENSION.by_name["user"], *OWN_FIELDS), extension.row)
    lines = LINES.as_told(extension.line_values())
    values.update(lines[0] if len(lines) == 1 else {"lines": lines})
    return Snapshot(values, str(extension.identity), {"extension": extension}, read_at)
