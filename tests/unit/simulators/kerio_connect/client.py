# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shortest client that can talk to the simulated Kerio Connect server, and what its tests share."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.simulators import KerioConnect

APPLICATION = {"name": "test", "vendor": "nobody", "version": "0"}
ENDPOINT = "/admin/api/jsonrpc"


class Failure(Exception):
    """An error member of a reply."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code


class Client:
    """The shortest client that can hold a session."""

    def __init__(self, server: KerioConnect) -> None:
        self.server = server
        self.http = requests.Session()
        # Variables such as REQUESTS_CA_BUNDLE would replace the authority set here.
        self.http.trust_env = False
        self.http.verify = server.ca_path

    def post(self, body: Any, path: str = f"{ENDPOINT}/", **options: Any) -> requests.Response:
        return self.http.post(self.server.url + path, json=body, **options)

    def call(self, method: str, params: Any = None) -> Any:
        answer = self.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}).json()
        if "error" in answer:
            raise Failure(answer["error"]["code"], answer["error"]["message"])
        return answer["result"]

    def login(self, name: str = "admin", password: str | None = None) -> Client:
        password = self.server.admin_password if password is None else password
        params = {"userName": name, "password": password, "application": APPLICATION}
        self.http.headers["X-Token"] = self.call("Session.login", params)["token"]
        return self

    def get(self, interface: str = "Users", domain: str = "example.com", **query: Any) -> list[dict[str, Any]]:
        return list(self.page(interface, domain, **query)["list"])

    def page(self, interface: str = "Users", domain: str = "example.com", **query: Any) -> dict[str, Any]:
        params = {"query": query}
        if interface != "Domains":
            params["domainId"] = self.server.store.domain(domain)["id"]
        return dict(self.call(f"{interface}.get", params))

    def names(self, **query: Any) -> list[str]:
        return [row["loginName"] for row in self.get(fields=["loginName"], **query)]

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


def condition(column: str, comparator: str, value: str) -> dict[str, str]:
    return {"fieldName": column, "comparator": comparator, "value": value}


def refused(code: int) -> Any:
    return pytest.raises(Failure, match=rf"\({code},")


def client_with_role(server: KerioConnect, role: str, domain: str = "example.com") -> Client:
    rights = {"userRole": role, "publicFolderRight": False, "archiveFolderRight": False}
    server.store.add_user("deputy", domain, password="deputy", role=rights)
    return Client(server).login(f"deputy@{domain}", "deputy")
