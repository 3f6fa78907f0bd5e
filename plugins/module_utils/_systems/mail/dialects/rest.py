# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Email Management API: plural paths, verbs, a bearer key (mail_api.md sections 1 and 2).

An update sends the whole object, the current values with the wishes on top, which is right whether the server merges or
replaces (mail_api.md 2.5).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable
from urllib.parse import urljoin, urlsplit

from ...._client.http import Http, Reply
from ...._client.rest import path_segment
from ...._core.errors import NotFound, PostmasterError, ProtocolError, ServerRefusal
from ...._core.resource import Needed, Resource, Values
from ...._core.snapshot import Snapshot
from ...._core.writing import Writing
from ..api import Api, bearer
from ..domains import DOMAIN
from ..gateway import MailGateway
from ..mailboxes import MAILBOX
from ..snapshots import snapshot
from ..wire import write_values

MAX_PAGES = 10000


@dataclass(frozen=True)
class Request:
    """One write: a verb, a path below ``/api/v1``, and a body, if there is one."""

    verb: str
    path: str
    body: Any = None


class RestGateway(MailGateway):
    """Implements ``_core.gateway.Gateway`` for the Email Management API."""

    def __init__(self, http: Http, api_key: str) -> None:
        super().__init__(Api(http, api_key, bearer(api_key)))
        self._domains: frozenset[str] | None = None

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        """One object; where the API has no call for one, from the list. A server that lists all is understood too."""
        route = resource.route
        read_at = time.monotonic()
        if route.single:
            found = self._one(resource, f"{route.path}/{path_segment(key[resource.key[0]])}")
        else:
            found = self._list(resource)
        return self.the_one(resource, (snapshot(resource, row, read_at) for row in found), key)

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        read_at = time.monotonic()
        found = [snapshot(resource, row, read_at) for row in self._list(resource)]
        return [each for each in found if resource.is_in(domains, each.values)]

    def is_there(self, needed: Needed) -> bool:
        if needed.kind == MAILBOX.kind:
            return self.read(MAILBOX, {"email": needed.name}) is not None
        if self._domains is None:
            # The API has no call for one domain, so all are asked for once.
            self._domains = frozenset(str(each.values["name"]).lower() for each in self.read_all(DOMAIN, None))
        return needed.name in self._domains

    def create(self, resource: Resource, values: Values) -> Writing[None]:
        self.forget(resource, values, is_going=False)
        body = resource.route.before_write(write_values(resource, values), values, None)
        try:
            yield Request("POST", resource.route.path, body)
        except NotFound as error:
            raise _with_hint(error, resource) from None

    def update(self, resource: Resource, current: Snapshot, values: Values) -> Writing[None]:
        after = {**current.values, **values}
        known = {name: value for name, value in after.items() if not resource.by_name[name].read_only}
        body = resource.route.before_write(write_values(resource, known), known, current.values)
        yield Request("PUT", self._path(resource, current), body)

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> Writing[None]:
        self.forget(resource, current.values, is_going=True)
        yield Request("DELETE", self._path(resource, current))

    def send(self, commands: Sequence[Request]) -> list[PostmasterError | None]:
        """One after another: no path of the API takes several objects, so nobody asks to write some together."""
        return [self._send(each) for each in commands]

    def _send(self, request: Request) -> PostmasterError | None:
        try:
            self._api.write(request.verb, request.path, request.body)
        except PostmasterError as error:
            return error
        return None

    def forget_domains(self) -> None:
        self._domains = None

    def _path(self, resource: Resource, current: Snapshot) -> str:
        if not current.identity:
            name = resource.name_of(current.values)
            raise ServerRefusal(f"{self._api.title} lists {name} without an id, so it cannot be addressed")
        return f"{resource.route.path}/{path_segment(current.identity)}"

    def _one(self, resource: Resource, path: str) -> list[dict[str, Any]]:
        try:
            _reply, data = self._api.get(path)
        except NotFound:
            return []
        return self._api.objects(resource, data, path)

    def _list(self, resource: Resource) -> list[dict[str, Any]]:
        path = resource.route.path
        if not path:
            return []
        try:
            return self._pages(path, lambda data: self._api.objects(resource, data, path))
        except ServerRefusal as error:
            if error.code not in (404, 405):
                raise
            if resource.route.guessed:
                return []
            raise _with_hint(error, resource) from None

    def _pages(self, path: str, open_page: Callable[[Any], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """All pages of a list. Raises ProtocolError when it cannot be read to its end (mail_api.md 2.1)."""
        call = f"GET {path}"
        found: list[dict[str, Any]] = []
        seen: set[str] = set()
        following: str | None = path
        while following is not None:
            if following in seen or len(seen) >= MAX_PAGES:
                raise ProtocolError(f"{self._api.title} leads in circles through the pages of {call}", method=call)
            seen.add(following)
            reply, data = self._api.page(following)
            found += open_page(data)
            following = _next_page(reply, data, path, len(found), call, self._api.url + path)
        return found


def _with_hint(error: ServerRefusal, resource: Resource) -> ServerRefusal:
    """The error that there is nothing at a path, with what can be done about it."""
    hint = resource.route.hint
    return NotFound(f"{error.message}; {hint}", method=error.method, code=error.code) if hint else error


def _next_page(reply: Reply, data: Any, path: str, count: int, call: str, url: str) -> str | None:
    """The address of the next page, None at the end, an error when the list says that it is longer than what we got."""
    following = _link_next(reply.headers.get("Link", ""))
    meta = data if isinstance(data, dict) else {}
    inner = meta.get("meta")
    meta = {**meta, **inner} if isinstance(inner, dict) else meta
    if following is None and isinstance(meta.get("next"), str) and meta["next"]:
        following = meta["next"]
    if following is not None:
        address = urljoin(url, following)
        if urlsplit(address)[:2] != urlsplit(url)[:2]:
            raise ProtocolError(
                f"the next page of {call} is on another server: {urlsplit(address).netloc}", method=call
            )
        return address
    page, last = meta.get("current_page", meta.get("page")), meta.get("last_page")
    total = meta.get("total")
    if isinstance(page, int) and (
        (isinstance(last, int) and page < last) or (isinstance(total, int) and count < total)
    ):
        return f"{path}?page={page + 1}"
    if isinstance(total, int) and count < total:
        raise ProtocolError(f"{call} returned {count} of {total} objects and no way to the rest", method=call)
    return None


def _link_next(header: str) -> str | None:
    for part in header.split(","):
        address, _semicolon, attributes = part.partition(";")
        if 'rel="next"' in attributes or "rel=next" in attributes:
            return address.strip().strip("<>")
    return None
