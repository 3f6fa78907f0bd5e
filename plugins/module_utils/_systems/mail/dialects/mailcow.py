# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailcow's own API: verbs in the path, typed entries in the reply (mail_api.md section 2, mailcow_recorded.md).

Edits are partial. The item's key never goes into ``attr``, where it would redirect the edit to another object (A4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from ...._client.http import Http
from ...._client.rest import path_segment
from ...._core.errors import NotFound, Uncertain
from ...._core.gateway import Gateway, in_parts
from ...._core.resource import Needed, Resource, Values
from ...._core.snapshot import Snapshot
from ..api import Api
from ..codecs import QUOTA
from ..replies import entries, rows
from ..snapshots import snapshot
from ..wire import write_values

# mailcow writes megabytes and reads bytes, always.
CODECS = {"quota": QUOTA["bytes"]}


class MailcowGateway(Gateway):
    """Implements ``_core.gateway.Gateway`` for mailcow."""

    def __init__(self, http: Http, api_key: str) -> None:
        self._api = Api(http, api_key, {"X-API-Key": api_key})
        self._domains: dict[str, bool] = {}
        self._alias_domains: frozenset[str] | None = None

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        wanted = resource.key_of(key)
        found = self._get(resource, f"/get/{resource.kind}/{path_segment(key[resource.key[0]])}")
        return next((each for each in found if resource.key_of(each.values) == wanted), None)

    def read_all(self, resource: Resource, domains: frozenset[str] | None) -> list[Snapshot]:
        """All objects, filtered here: the server's filter returns everything for an absent domain (A3)."""
        found = self._get(resource, f"/get/{resource.kind}/all")
        return [each for each in found if resource.is_in(domains, each.values)]

    def exists(self, needed: Needed, values: Values) -> bool:
        """A domain, or for an alias also the domain that is an alias of one."""
        if needed.name not in self._domains:
            found = self._rows(f"/get/domain/{path_segment(needed.name)}", "domain_name")
            self._domains[needed.name] = any(str(row["domain_name"]).lower() == needed.name for row in found)
        return self._domains[needed.name] or ("address" in values and needed.name in self._read_alias_domains())

    def create(self, resource: Resource, values: Values) -> None:
        noun = resource.route.noun
        body = resource.route.before_write(write_values(resource, values), values, None)
        self._write(f"/add/{noun}", _with_password_twice(body), f"{noun}_added")

    def update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        """One edit, or several where mailcow has routes of their own for some fields."""
        done = f"{resource.route.noun}_modified"
        in_parts(
            partial(self._write, path, {"items": [current.identity], "attr": attributes}, done)
            for path, attributes in self._edits(resource, current, values)
        )

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        noun = resource.route.noun
        self._write(f"/delete/{noun}", [current.identity], f"{noun}_removed")

    def _edits(self, resource: Resource, current: Snapshot, values: Values) -> Iterator[tuple[str, dict[str, Any]]]:
        route = resource.route
        apart = {name for names in route.own_edits.values() for name in names}
        common = {name: value for name, value in values.items() if name not in apart}
        body = route.before_write(write_values(resource, common), common, current.values)
        if body:
            yield f"/edit/{route.noun}", _with_password_twice(body)
        for path, names in route.own_edits.items():
            own = write_values(resource, {name: value for name, value in values.items() if name in names})
            if own:
                yield path, own

    def _read_alias_domains(self) -> frozenset[str]:
        if self._alias_domains is None:
            try:
                found = self._rows("/get/alias-domain/all", "alias_domain")
            except NotFound:
                # The route is known from clients of mailcow only; a server without it has no alias domains to tell.
                found = []
            self._alias_domains = frozenset(str(row["alias_domain"]).lower() for row in found)
        return self._alias_domains

    def _get(self, resource: Resource, path: str) -> list[Snapshot]:
        read_at = time.monotonic()
        _reply, data = self._api.get(path)
        return [snapshot(resource, row, read_at) for row in self._api.objects(resource, data, path)]

    def _rows(self, path: str, key: str) -> list[dict[str, Any]]:
        _reply, data = self._api.get(path)
        return rows(data, lambda row: key in row, f"GET {path}", self._api.title)

    def _write(self, route: str, body: Any, confirmation: str) -> None:
        """Raises ServerRefusal, or Uncertain when nothing in the reply says that it was done (A22)."""
        reply, data = self._api.write("POST", route, body)
        if not any(entry.key == confirmation for entry in entries(data)):
            call = f"POST {route}"
            raise Uncertain(
                f"{self._api.title} answered {call} without confirming it; the server ignores what it does not "
                f"understand",
                method=call,
                code=reply.status,
            )


def _with_password_twice(body: dict[str, Any]) -> dict[str, Any]:
    """mailcow wants a password repeated, and calls a missing repetition a weak password (A23)."""
    return {**body, "password2": body["password"]} if "password" in body else body
