# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailcow's own API: verbs in the path, typed entries in the reply (mail_api.md section 2, mailcow_recorded.md).

Edits are partial. The item's key never goes into ``attr``, where it would redirect the edit to another object (A4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from typing import Any

from ...._client.http import Http
from ...._client.rest import path_segment
from ...._core.addresses import domain_of
from ...._core.errors import PostmasterError, Uncertain
from ...._core.gateway import Snapshot
from ...._core.resource import Needed, Resource, Values
from ..aliases import DELIVER, write_delivery
from ..api import Api
from ..codecs import QUOTA
from ..replies import entries, rows
from ..snapshots import snapshot
from ..wire import write_values

# mailcow writes megabytes and reads bytes, always.
CODECS = {"quota": QUOTA["bytes"]}
# These change by a route of their own only; the mailbox route confirms and ignores them (A, section 2).
TLS_POLICY = ("tls_enforce_in", "tls_enforce_out")
CREATED = {"mailbox": "mailbox_added", "alias": "alias_added"}
MODIFIED = {"mailbox": "mailbox_modified", "alias": "alias_modified"}
REMOVED = {"mailbox": "mailbox_removed", "alias": "alias_removed"}


class MailcowGateway:
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
        return [each for each in found if domains is None or resource.domain_key(each.values) in domains]

    def exists(self, needed: Needed, values: Values) -> bool:
        """A domain, or for an alias also the domain that is an alias of one."""
        if needed.name not in self._domains:
            found = self._rows(f"/get/domain/{path_segment(needed.name)}", "domain_name")
            self._domains[needed.name] = any(str(row["domain_name"]).lower() == needed.name for row in found)
        return self._domains[needed.name] or ("address" in values and needed.name in self._read_alias_domains())

    def create(self, resource: Resource, values: Values) -> None:
        body = write_delivery(write_values(resource, values), values.get("action"))
        if resource.kind == "mailbox":
            address = values["email"]
            body = {**body, "local_part": address.partition("@")[0], "domain": domain_of(address)}
            body["password2"] = values["password"]
        self._write(f"/add/{resource.kind}", body, CREATED[resource.kind])

    def update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        policy = {name: value for name, value in values.items() if name in TLS_POLICY}
        others = {name: value for name, value in values.items() if name not in TLS_POLICY}
        edits = (
            (f"/edit/{resource.kind}", self._attributes(resource, current, others), MODIFIED[resource.kind]),
            ("/edit/tls_policy", write_values(resource, policy), MODIFIED["mailbox"]),
        )
        written = False
        for route, attributes, confirmation in edits:
            if not attributes:
                continue
            try:
                self._write(route, {"items": [current.identity], "attr": attributes}, confirmation)
            except PostmasterError as error:
                error.partly_written = error.partly_written or written
                raise
            written = True

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        self._write(f"/delete/{resource.kind}", [current.identity], REMOVED[resource.kind])

    def account_in_use(self, resource: Resource) -> str | None:
        """Keys belong to no mailbox."""
        return None

    def _attributes(self, resource: Resource, current: Snapshot, values: Values) -> dict[str, Any]:
        attributes = write_values(resource, values)
        if "password" in values:
            attributes["password2"] = values["password"]
        if resource.kind == "alias" and attributes:
            # A special action has to be repeated, else the server takes its target for a bad address and skips all.
            action = {**current.values, **values}.get("action", DELIVER)
            return write_delivery(attributes, action)
        return write_delivery(attributes, values.get("action"))

    def _read_alias_domains(self) -> frozenset[str]:
        if self._alias_domains is None:
            found = self._rows("/get/alias-domain/all", "alias_domain")
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
