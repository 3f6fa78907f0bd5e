# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all floors share: the document, slices, JSON-RPC calls."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import requests

SLICE = 100
Row = dict[str, Any]


def document() -> dict[str, list[Row]]:
    """The document that the command line names."""
    read: dict[str, list[Row]] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["document"]
    return read


def slices(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A hundred at a time."""
    return (rows[start : start + SLICE] for start in range(0, len(rows), SLICE))


def session(prefix: str) -> tuple[requests.Session, str]:
    """A session, and the address of the server that the environment names."""
    http = requests.Session()
    http.verify = os.environ[f"{prefix}_CA_PATH"]
    return http, os.environ[f"{prefix}_URL"]


class Rpc:
    """JSON-RPC calls to one address."""

    def __init__(self, prefix: str, path: str) -> None:
        self.http, address = session(prefix)
        self._url = address + path
        self.login = os.environ[f"{prefix}_USERNAME"], os.environ[f"{prefix}_PASSWORD"]

    def call(self, method: str, params: Row | None = None) -> Any:
        answer = self._post(request(method, params))
        return answer["result"]

    def together(self, calls: Sequence[tuple[str, Row]]) -> None:
        """Several calls in one array."""
        answers = self._post([request(method, params, number) for number, (method, params) in enumerate(calls)])
        assert not [answer["error"] for answer in answers if answer.get("error")], answers[0]

    def _post(self, body: Any) -> Any:
        reply = self.http.post(self._url, json=body)
        reply.raise_for_status()
        return reply.json()


def request(method: str, params: Row | None, number: int = 1) -> Row:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params or {}}


class Kerio(Rpc):
    """A session of one of the Kerio servers."""

    def __enter__(self) -> Kerio:
        user, password = self.login
        application = {"name": "floor", "vendor": "floor", "version": "1"}
        token = self.call("Session.login", {"userName": user, "password": password, "application": application})
        self.http.headers["X-Token"] = token["token"]
        return self

    def __exit__(self, *_: object) -> None:
        self.call("Session.logout")

    def batch(self, method: str, params: Sequence[Row]) -> None:
        """The same method with different parameters, a hundred at a time."""
        for part in slices(params):
            answers = self.call("Batch.run", {"commandList": [{"method": method, "params": each} for each in part]})
            assert all("result" in answer and not answer["result"].get("errors") for answer in answers)
