# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls about users, and the extensions that they have (kerio_operator.md 4.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import MissingReference
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .. import kerio_web
from .extension_list import ExtensionList
from .rows import Extension
from .unproven import Unproven
from .users import EXTENSIONS, USER
from .wire import Row, number, read_values, write_values

OWN_FIELDS = tuple(each for each in USER.fields if each is not EXTENSIONS)
# What the server's own form sends for a new account that no directory service keeps.
LOCAL_ACCOUNT = {"LDAP_ENABLED": 0}


class UserCalls:
    """Users of one server. Ids are kept until ``forget``."""

    def __init__(self, rpc: JsonRpc, extensions: ExtensionList, unproven: Unproven) -> None:
        self._rpc = rpc
        self._extensions = extensions
        self._unproven = unproven
        self._ids: dict[str, int] | None = None

    def read_all(self) -> list[Snapshot]:
        read_at = time.monotonic()
        return [_snapshot(row, read_at) for row in self._read()]

    def forget(self) -> None:
        """There may be others by now."""
        self._ids = None

    def identity(self, name: str) -> int | None:
        """The id of a user by login name."""
        if self._ids is None:
            self._read()
        return (self._ids or {}).get(name.casefold())

    def find(self, name: str) -> int:
        """The same. Raises MissingReference."""
        identity = self.identity(name)
        if identity is None:
            raise MissingReference(USER.kind, name, "create it first, or correct the name")
        return identity

    def create(self, values: Values) -> Writing[None]:
        detail = {**LOCAL_ACCOUNT, **write_values(OWN_FIELDS, values), "EXTENSIONS": self._entries(values, [])}
        yield from kerio_web.write(self._rpc, "Users.create", {"detail": detail})

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        detail = write_values(OWN_FIELDS, values)
        if "extensions" in values:
            detail["EXTENSIONS"] = self._entries(values, current.raw.get("EXTENSIONS") or [])
        yield from self._unproven.set_user(number(current.identity), detail)

    def delete(self, current: Snapshot) -> Writing[None]:
        return self._unproven.remove_user(number(current.identity))

    def _entries(self, values: Values, held: list[Row]) -> list[dict[str, Any]]:
        """The whole list, as the server wants it: what it told of an entry goes back unless a wish changes it.

        An extension that the user had and that is gone meanwhile is left out. Raises MissingReference for a new one
        that does not exist.
        """
        known = {str(row.get("TEL_NUM")): row for row in held}
        entries = []
        for entry in values.get("extensions", []):
            extension = self._extensions.by_number(entry["number"])
            if extension is not None:
                base = known.get(entry["number"]) or _new_entry(extension)
                entries.append({**base, **write_values(EXTENSIONS.fields, entry)})
            elif entry["number"] not in known:
                raise MissingReference("extension", entry["number"], "create it first, or correct the number")
        return entries

    def _read(self) -> list[dict[str, Any]]:
        rows = kerio_web.read_list(
            self._rpc,
            "Users.get",
            {"orderBy": kerio_web.ascending("USERNAME")},
            kerio_web.EVERYTHING,
            is_row=lambda row: "GUID" in row and "USERNAME" in row,
            identity=lambda row: str(row["GUID"]),
            member="userList",
        )
        self._ids = {str(row["USERNAME"]).casefold(): number(row["GUID"]) for row in rows}
        return rows


def _new_entry(extension: Extension) -> dict[str, Any]:
    """What the server's own form sends besides the settings of an extension that a user gets."""
    description = str(extension.row.get("description") or "")
    return {"GUID": extension.identity, "DESCRIPTION": description, "FIND_ME_LIST": []}


def _snapshot(row: Mapping[str, Any], read_at: float) -> Snapshot:
    values = read_values(OWN_FIELDS, row)
    # A user without extensions has an empty list, or null (kerio_operator.md 4.1).
    if "EXTENSIONS" in row:
        values["extensions"] = EXTENSIONS.as_told(
            read_values(EXTENSIONS.fields, entry) for entry in row["EXTENSIONS"] or []
        )
    return Snapshot(values, str(row["GUID"]), row, read_at)
