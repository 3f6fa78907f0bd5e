# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows its way about the simulated Kerio Operator server."""

from __future__ import annotations

from typing import Any

from tests.simulators import KerioOperator
from tests.unit.simulators.kerio_web import KerioClient

PHONE_ENDPOINT = "/myphone/api/jsonrpc"
ADMINISTRATOR, ORDINARY_USER, READ_ONLY = 1, 2, 3

Row = dict[str, Any]


class Client(KerioClient[KerioOperator]):
    def login(self, name: str = "Admin", password: str | None = None) -> Client:
        self.open_session(name, self.server.admin_password if password is None else password)
        return self

    # Extensions.

    def extensions(self, **query: Any) -> list[Row]:
        return list(self.call("Extensions.get", {"query": query})["sipExtensionList"])

    def rows(self, number: str) -> list[Row]:
        return [row for row in self.extensions() if row["telNum"] == number]

    def group(self, number: str) -> int:
        """guidGroup"""
        return int(self.server.store.extension(number)["guid"])

    def line(self, sip_username: str) -> int:
        """guidLine"""
        return int(self.server.store.line(sip_username)["guid"])

    def create_extension(self, number: str, **detail: Any) -> Any:
        return self.call("Extensions.create", {"detail": {"telNum": number, **detail}})

    def set_extension(self, *guids: int, **detail: Any) -> Any:
        return self.call("Extensions.set", {"guids": list(guids), "detail": detail})

    def remove_extension(self, *guids: int) -> Any:
        return self.call("Extensions.remove", {"guids": list(guids)})

    # Users.

    def users(self, **query: Any) -> list[Row]:
        return list(self.call("Users.get", {"query": query})["userList"])

    def user(self, name: str) -> Row:
        return next(row for row in self.users() if row["USERNAME"] == name)

    def guid(self, name: str) -> int:
        return int(self.server.store.user(name)["GUID"])

    def create_user(self, name: str, **detail: Any) -> Any:
        return self.call("Users.create", {"detail": {"USERNAME": name, "USER_PASSWORD": "a-New-1", **detail}})

    def set_user(self, name: str, **detail: Any) -> Any:
        return self.call("Users.set", {"guids": [self.guid(name)], "detail": detail})


def codes(answer: Any) -> list[int]:
    """Codes of the failures of single items."""
    return [error["code"] for error in answer["errors"]]
