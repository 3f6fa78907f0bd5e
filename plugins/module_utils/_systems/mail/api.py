# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls below ``/api/v1`` as both dialects make them: with a key, and with replies that are checked before use.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..._client.http import Http, Reply
from ..._client.rest import Rest
from ..._core.resource import Resource
from .replies import is_message, refuse, rows
from .wire import tells

API = "/api/v1"


def bearer(api_key: str) -> dict[str, str]:
    """The header by which the REST dialect knows us (mail_api.md 1.1)."""
    return {"Authorization": f"Bearer {api_key}"}


def key_header(api_key: str) -> dict[str, str]:
    """The header by which mailcow knows us; it understands no other (mailcow_recorded.md, B)."""
    return {"X-API-Key": api_key}


class Api:
    """One server and one key. Paths are given without ``/api/v1``, or as whole URLs for further pages."""

    def __init__(self, http: Http, api_key: str, headers: Mapping[str, str]) -> None:
        self.title = http.target.title
        self.url = http.target.url + API
        self._http = http
        self._key = api_key
        self._rest = Rest(http, dict(headers))

    def get(self, path: str) -> tuple[Reply, Any]:
        """The reply and its JSON. Raises PostmasterError, also for a failure that comes with HTTP 200."""
        return self.read("GET", path)

    def read(self, method: str, path: str, body: Any = None) -> tuple[Reply, Any]:
        """The same for a verb that usually writes."""
        call = f"{method} {urlsplit(path).path}"
        reply, data = self._rest.read(method, path if "://" in path else API + path, call, body)
        if reply.status >= 300 or is_message(data):
            refuse(self._http, reply, data, call, self._key)
        return reply, data

    def page(self, path: str) -> tuple[Reply, Any]:
        """One page of a list."""
        self._http.usage.pages += 1
        return self.get(path)

    def write(self, method: str, path: str, body: Any = None) -> tuple[Reply, Any]:
        """The reply and its JSON. Raises PostmasterError for whatever is not a success."""
        call = f"{method} {urlsplit(path).path}"
        reply, data = self._rest.write(method, API + path, call, body)
        refuse(self._http, reply, data, call, self._key)
        return reply, data

    def write_many(self, method: str, path: str, body: Any) -> tuple[Reply, Any]:
        """The same for a write to several objects, some of which a successful reply may refuse: raises PostmasterError
        only for what concerns them all."""
        call = f"{method} {urlsplit(path).path}"
        reply, data = self._rest.write(method, API + path, call, body)
        if reply.status >= 300:
            refuse(self._http, reply, data, call, self._key)
        return reply, data

    def objects(self, resource: Resource, data: Any, path: str) -> list[dict[str, Any]]:
        """The objects of a resource in a reply. Raises ProtocolError when it holds something else."""
        key = resource.by_name[resource.key[0]]
        return rows(data, lambda row: tells(row, key), f"GET {path}", self.title)
