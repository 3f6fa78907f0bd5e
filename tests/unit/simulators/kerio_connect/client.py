# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows its way about the simulated Kerio Connect server."""

from __future__ import annotations

from typing import Any

from tests.simulators import KerioConnect
from tests.unit.simulators.kerio_web import APPLICATION, ENDPOINT, Failure, KerioClient, condition, refused

__all__ = ["APPLICATION", "ENDPOINT", "Client", "Failure", "client_with_role", "codes", "condition", "refused"]

SERVER_WIDE = ("Domains", "IpAddressGroups", "TimeRanges")


class Client(KerioClient[KerioConnect]):
    def login(self, name: str = "admin", password: str | None = None) -> Client:
        self.open_session(name, self.server.admin_password if password is None else password)
        return self

    def get(self, interface: str = "Users", domain: str = "example.com", **query: Any) -> list[dict[str, Any]]:
        return list(self.page(interface, domain, **query)["list"])

    def page(self, interface: str = "Users", domain: str = "example.com", **query: Any) -> dict[str, Any]:
        params = {"query": query}
        if interface not in SERVER_WIDE:
            params["domainId"] = self.server.store.domain(domain)["id"]
        return dict(self.call(f"{interface}.get", params))

    def names(self, **query: Any) -> list[str]:
        return [row["loginName"] for row in self.get(fields=["loginName"], **query)]

    def domain(self, name: str = "example.com") -> str:
        return str(self.server.store.domain(name)["id"])

    def user(self, login: str) -> str:
        return str(self.server.store.user(login)["id"])

    def set_user(self, login: str, **pattern: Any) -> list[dict[str, Any]]:
        params = {"userIds": [self.server.store.user(login)["id"]], "pattern": pattern}
        return list(self.call("Users.set", params)["errors"])

    def create_user(self, login: str, domain: str = "example.com", **fields: Any) -> dict[str, Any]:
        domain_id = self.server.store.domain(domain)["id"]
        user = {"loginName": login, "domainId": domain_id, "password": "a-New-Secret-1", **fields}
        return dict(self.call("Users.create", {"users": [user]}))

    def remove_user(self, login: str, method: str, **request: Any) -> list[dict[str, Any]]:
        request = {"userId": self.server.store.user(login)["id"], "method": method, **request}
        return list(self.call("Users.remove", {"requests": [request]})["errors"])


def client_with_role(server: KerioConnect, role: str, domain: str = "example.com") -> Client:
    rights = {"userRole": role, "publicFolderRight": False, "archiveFolderRight": False}
    server.store.add_user("deputy", domain, password="deputy", role=rights)
    return Client(server).login(f"deputy@{domain}", "deputy")


def codes(answer: dict[str, Any]) -> list[tuple[int, int]]:
    """(inputIndex, code) of each error of a result."""
    return [(error["inputIndex"], error["code"]) for error in answer["errors"]]
