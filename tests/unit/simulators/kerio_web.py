# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shortest client that can talk to a simulated Kerio server; it shares no code with the collection."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import pytest
import requests

from tests.simulators import Simulator

ServerT = TypeVar("ServerT", bound=Simulator[Any, Any])

APPLICATION = {"name": "test", "vendor": "nobody", "version": "0"}
ENDPOINT = "/admin/api/jsonrpc"


class Failure(Exception):
    """An error member of a reply."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code


class KerioClient(Generic[ServerT]):
    """Holds one session on one interface of a server."""

    def __init__(self, server: ServerT, endpoint: str = ENDPOINT) -> None:
        self.server = server
        self.endpoint = endpoint
        self.http = requests.Session()
        # Variables such as REQUESTS_CA_BUNDLE would replace the authority set here.
        self.http.trust_env = False
        self.http.verify = server.ca_path

    def post(self, body: Any, path: str | None = None, **options: Any) -> requests.Response:
        return self.http.post(self.server.url + (f"{self.endpoint}/" if path is None else path), json=body, **options)

    def call(self, method: str, params: Any = None) -> Any:
        answer = self.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}).json()
        if "error" in answer:
            raise Failure(answer["error"]["code"], answer["error"]["message"])
        return answer["result"]

    def open_session(self, name: str, password: str) -> None:
        params = {"userName": name, "password": password, "application": APPLICATION}
        self.http.headers["X-Token"] = self.call("Session.login", params)["token"]


def condition(column: str, comparator: str, value: str) -> dict[str, str]:
    return {"fieldName": column, "comparator": comparator, "value": value}


def refused(code: int) -> Any:
    return pytest.raises(Failure, match=rf"\({code},")
