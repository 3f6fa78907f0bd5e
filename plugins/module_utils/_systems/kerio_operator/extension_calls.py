# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls about extensions and their lines (kerio_operator.md 3.2).

What concerns the number goes to the id of the extension, what concerns a registration to the id of its line. Which
of the two the server would take for the other's fields is not known, so neither is ever sent to the other.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import PostmasterError, ProtocolError, Uncertain
from ..._core.fields import UNSET
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing, in_parts, in_spite_of
from .. import kerio_web
from .extension_list import ExtensionList
from .extensions import EXTENSION, LINES
from .lines import LINE_FIELDS, LINE_NAMES
from .rows import Extension
from .unproven import Unproven, next_valid_number
from .wire import read_values, write_values

OWN_FIELDS = tuple(
    each for each in EXTENSION.fields if each.name not in (*LINE_NAMES, "lines", "user") and each.name != "number"
)


class ExtensionCalls:
    """Extensions of one server. ``listed`` is to forget what it holds whenever something is sent."""

    def __init__(self, rpc: JsonRpc, listed: ExtensionList, unproven: Unproven) -> None:
        self._rpc = rpc
        self._list = listed
        self._unproven = unproven

    def read_all(self) -> list[Snapshot]:
        read_at = time.monotonic()
        return [_snapshot(each, read_at) for each in self._list.read()]

    def create(self, values: Values, user: int | None) -> Writing[None]:
        """Make an extension with its first line, then its other lines."""
        lines = sorted(values.get("lines", [values]), key=lambda line: "sip_password" not in line)
        telephone_number = values.get("number") or next_valid_number(self._rpc)
        own = write_values(OWN_FIELDS, values)
        detail = {"telNum": telephone_number, "userGuid": user, **own, **write_values(LINE_FIELDS, lines[0])}
        make = kerio_web.write(self._rpc, "Extensions.create", {"detail": detail})
        yield from in_parts([make, *(self._add_line(telephone_number, line) for line in lines[1:])])

    def update(self, current: Snapshot, values: Values, user: int | None) -> Writing[None]:
        """Change the extension, its only line, or several lines: each with a call of its own."""
        extension: Extension = current.raw["extension"]
        own = write_values(OWN_FIELDS, values)
        if "user" in values:
            own["userGuid"] = user
        details = [(extension.identity, own)]
        if any(name in values for name in LINE_NAMES):
            (only_line,) = extension.line_ids.values()
            details.append((only_line, write_values(LINE_FIELDS, values)))
        calls = [self._set(identity, detail) for identity, detail in details if detail]
        yield from in_parts([*calls, *self._line_calls(extension, current.values, values)])

    def delete(self, current: Snapshot) -> Writing[None]:
        extension: Extension = current.raw["extension"]
        return self._unproven.remove_extension(dict.fromkeys((extension.listed_id, extension.identity)))

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

    def _line_calls(self, extension: Extension, current: Values, values: Values) -> Iterator[Writing[Any]]:
        """What leads from the lines that the server holds to those that are wanted; new ones before others go."""
        if "lines" not in values:
            return
        held = {line["sip_username"].casefold(): line for line in current["lines"]}
        wanted = {line["sip_username"].casefold(): line for line in values["lines"]}
        ids = extension.line_ids
        for name, line in wanted.items():
            if name not in held:
                yield self._add_line(extension.number, line)
                continue
            changed = {member: value for member, value in line.items() if held[name].get(member, UNSET) != value}
            if changed:
                yield self._set(ids[name], write_values(LINE_FIELDS, changed))
        for name in held:
            if name not in wanted:
                yield self._unproven.remove_extension([ids[name]])

    def _add_line(self, telephone_number: str, line: Values) -> Writing[None]:
        """The server invents name and password of a new line; both are then replaced (kerio_operator.md 3.2).

        A line that could not be given its name is deleted again, since nobody would know what it is for.
        """
        identity = yield from self._make_line(self._list.listed(telephone_number))
        try:
            yield from self._set(identity, write_values(LINE_FIELDS, line))
        except PostmasterError as error:
            if (
                isinstance(error, Uncertain)
                and self._list.listed(telephone_number).line_id(line["sip_username"]) == identity
            ):
                return
            yield from in_spite_of(error, self._unproven.remove_extension([identity]))
            raise

    def _make_line(self, extension: Extension) -> Writing[int]:
        """The id of a new line: from the list, since replies differ. Lists before and after are the same ones for all
        extensions that get a line together, each of which has its own. Raises ProtocolError, Uncertain."""
        method = "Extensions.createLine"
        error: PostmasterError = ProtocolError("Kerio Operator does not list the line that it made", method=method)
        error.partly_written = True
        try:
            yield from kerio_web.write(self._rpc, method, {"guid": extension.identity, "detail": {}})
        except Uncertain as lost:
            error = lost
        new = set(self._list.listed(extension.number).line_ids.values()) - set(extension.line_ids.values())
        if len(new) != 1:
            raise error
        return new.pop()

    def _set(self, identity: int, detail: Mapping[str, Any]) -> Writing[Any]:
        return kerio_web.write(self._rpc, "Extensions.set", {"guids": [identity], "detail": detail}, many="guids")

    def _password(self, line: int) -> str:
        """What the server holds, kept no longer than the comparison takes."""
        method = "Extensions.getSipPassword"
        password = self._rpc.call(method, {"guid": line}).get("password")
        if not isinstance(password, str):
            raise ProtocolError("Kerio Operator did not tell the password of a line", method=method)
        self._rpc.http.redactor.learn(password)
        return password


def _snapshot(extension: Extension, read_at: float) -> Snapshot:
    """An extension with one line in its own terms, one with several as a list of lines."""
    values = read_values((EXTENSION.by_name["number"], EXTENSION.by_name["user"], *OWN_FIELDS), extension.row)
    lines = LINES.as_told(extension.line_values())
    values.update(lines[0] if len(lines) == 1 else {"lines": lines})
    return Snapshot(values, str(extension.identity), {"extension": extension}, read_at)
