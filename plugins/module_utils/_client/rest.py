# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST and REST-like HTTP with JSON bodies: the check of what came back, before anybody looks into it.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from .http import Http, Reply, unusable_reply


def path_segment(text: str) -> str:
    """One segment of a path, fully percent-encoded: ``@`` included (mail_api.md 2.9)."""
    return quote(text, safe="")


class Rest:
    """Calls by verb and path; a GET is a read, other verbs are when the caller knows it."""

    def __init__(self, http: Http, headers: dict[str, str]) -> None:
        self.http = http
        self._headers = {"Accept": "application/json", **headers}

    def get(self, path: str, call: str) -> tuple[Reply, Any]:
        """The reply and its JSON. An empty body is no empty list but an error: pruning depends on it."""
        return self.read("GET", path, call)

    def read(self, method: str, path: str, call: str, body: Any = None) -> tuple[Reply, Any]:
        """The same for a verb that usually writes, with which some servers take what to look for."""
        reply = self.http.send(method, self._url(path), call=call, is_write=False, json=body, headers=self._headers)
        return reply, self._parse(call, reply, is_write=False)

    def write(self, method: str, path: str, call: str, body: Any = None) -> tuple[Reply, Any]:
        """The reply and its JSON. An empty body or a server error leaves the fate of the write to a read: Uncertain."""
        reply = self.http.send(method, self._url(path), call=call, is_write=True, json=body, headers=self._headers)
        return reply, self._parse(call, reply, is_write=True)

    def _url(self, path: str) -> str:
        return path if path.startswith(("https://", "http://")) else self.http.target.url + path

    def _parse(self, call: str, reply: Reply, is_write: bool) -> Any:
        """The body as JSON; None where there is none by design (204), and for a refusal (4xx) that is no JSON, since a
        proxy may write anything into it.

        Only a 404 has to be the API's own: a wrong address or a proxy must not look like an object that is absent.
        """
        if is_write and reply.status == 204:
            return None
        try:
            data = json.loads(reply.text)
        except ValueError:
            empty = not reply.text.strip()
            if 400 <= reply.status < 500 and (reply.status != 404 or empty):
                return None
            if is_write and empty and reply.status < 300:
                reason = "an empty body, so whether it was carried out is not known"
            else:
                reason = "an empty body" if empty else "something that is not JSON"
            lost = is_write and reply.status != 404
            raise unusable_reply(self.http.target.title, call, reply, lost, reason) from None
        if reply.status >= 500:
            raise unusable_reply(self.http.target.title, call, reply, is_write, self._server_error(data))
        return data

    def _server_error(self, data: Any) -> str:
        text = data.get("msg") or data.get("error") if isinstance(data, dict) else data
        return f"a server error: {self.http.redactor.text(str(text))[:200]}"
