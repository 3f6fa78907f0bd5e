# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shortest client that can talk to the simulated mailbox.org, and what its tests share."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.simulators import MailboxOrg

PASSWORD = "a-New-Secret-1"


class Failure(Exception):
    """An error member of a reply."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(code, message, data)
        self.code = code
        self.data = data


class Client:
    def __init__(self, server: MailboxOrg) -> None:
        self.server = server
        self.http = requests.Session()
        # Variables such as REQUESTS_CA_BUNDLE would replace the authority set here.
        self.http.trust_env = False
        self.http.verify = server.ca_path

    def post(self, body: Any, path: str = "/v1/", **options: Any) -> requests.Response:
        return self.http.post(self.server.url + path, json=body, **options)

    def call(self, method: str, /, **params: Any) -> Any:
        answer = self.post({"jsonrpc": "2.0", "id": "1", "method": method, "params": params}).json()
        if answer.get("error") is not None:
            error = answer["error"]
            raise Failure(error["code"], error["message"], error.get("data"))
        return answer["result"]

    def login(self, level: str = "account") -> Client:
        user, password = self.server.credentials(level)
        return self.login_as(user, password)

    def login_as(self, user: str, password: str) -> Client:
        answer = self.call("auth", user=user, **{"pass": password})
        self.http.headers["HPLS-AUTH"] = answer["session"]
        return self

    def add_mail(self, mail: str, /, **params: Any) -> dict[str, Any]:
        needed = {
            "password": PASSWORD,
            "plan": "standard",
            "first_name": "Carol",
            "last_name": "Example",
            "inboxsave": True,
            "forwards": [],
        }
        return dict(self.call("mail.add", mail=mail, **{**needed, **params}))

    def set_mail(self, mail: str, /, **params: Any) -> dict[str, Any]:
        return dict(self.call("mail.set", mail=mail, **params))

    def get_mail(self, mail: str) -> dict[str, Any]:
        return dict(self.call("mail.get", mail=mail))

    def addresses(self, domain: str = "example.com", **params: Any) -> list[str]:
        answer = self.call("mail.list", domain=domain, **params)
        return [row["mail"] for row in (answer["results"] if isinstance(answer, dict) else answer)]


def refused(code: int | None = None) -> Any:
    """The call is answered with an error of this code; None where nobody knows the code of the real service."""
    return pytest.raises(Failure, match=r"\(9\d{4}," if code is None else rf"\({code},")
