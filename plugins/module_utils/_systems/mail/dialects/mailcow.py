# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailcow's own API: verbs in the path, typed entries in the reply (mail_api.md section 2, mailcow_recorded.md).

Edits are partial. The item's key never goes into ``attr``, where it would redirect the edit to another object (A4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...._client.http import Http, Reply
from ...._client.rest import path_segment
from ...._core.errors import NotFound
from ...._core.plan import Step
from ...._core.resource import Needed, Resource, Values
from ...._core.snapshot import Snapshot
from ...._core.writing import Writing, in_parts
from ..api import Api, key_header
from ..domains import DOMAIN
from ..gateway import MailGateway
from ..mailboxes import MAILBOX
from ..refusals import refuse_ignored, refuse_used_limits
from ..replies import rows
from ..routes import ADDED, MODIFIED, REMOVED, Call
from ..sending import Outcome, send_calls
from ..snapshots import snapshot
from ..wire import write_values

# As many as an edit or a deletion may name, so that a reply stays of moderate size.
MOST_ITEMS = 100


class MailcowGateway(MailGateway):
    """Implements ``_core.gateway.Gateway`` for mailcow."""

    def __init__(self, http: Http, api_key: str) -> None:
        super().__init__(Api(http, api_key, key_header(api_key)))
        self._alias_domains: frozenset[str] | None = None

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        found = self._rows(resource, resource.route.shown(path_segment(key[resource.key[0]])), self._api.get)
        return self.the_one(resource, found, key)

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        """All objects, filtered here: the server's filter returns everything for an absent domain (A3)."""
        found = self._rows(resource, resource.route.shown("all"), self._api.page)
        return [each for each in found if resource.is_in(domains, each.values)]

    def exists(self, needed: Needed, values: Values) -> bool:
        """A domain or mailbox, or for an alias also the domain that is an alias of one."""
        is_alias = needed.kind == DOMAIN.kind and "address" in values
        return super().exists(needed, values) or (is_alias and needed.name in self._read_alias_domains())

    def is_there(self, needed: Needed) -> bool:
        if needed.kind == MAILBOX.kind:
            return self.read(MAILBOX, {"email": needed.name}) is not None
        return self.read(DOMAIN, {"name": needed.name}) is not None

    def refuse(self, steps: Sequence[Step]) -> None:
        super().refuse(steps)
        refuse_ignored(steps)
        refuse_used_limits(steps, self.read_all)

    def create(self, resource: Resource, values: Values) -> Writing[None]:
        """One call, or more for fields that a new object does not take."""
        self.forget(resource, values, is_going=False)
        yield from in_parts(_write(call) for call in _creation(resource, values))

    def update(self, resource: Resource, current: Snapshot, values: Values) -> Writing[None]:
        """One edit, or several where mailcow has calls of their own for some fields."""
        yield from in_parts(_write(call) for call in _edits(resource, current, values))

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> Writing[None]:
        self.forget(resource, current.values, is_going=True)
        route = resource.route
        name = _name(resource, current)
        yield Call(f"/delete/{route.noun}", None, route.confirmation(REMOVED), item=current.identity, name=name)

    def send(self, commands: Sequence[Call]) -> list[Outcome]:
        return send_calls(self._api, commands)

    def most_together(self, step: Step) -> int:
        """New objects go one by one."""
        return 1 if step.current is None else MOST_ITEMS

    def _read_alias_domains(self) -> frozenset[str]:
        if self._alias_domains is None:
            path = "/get/alias-domain/all"
            try:
                _reply, data = self._api.page(path)
            except NotFound:
                # The route is known from clients of mailcow only; a server without it has no alias domains to tell.
                data = []
            found = rows(data, lambda row: "alias_domain" in row, f"GET {path}", self._api.title)
            self._alias_domains = frozenset(str(row["alias_domain"]).lower() for row in found)
        return self._alias_domains

    def _rows(self, resource: Resource, path: str, get: Callable[[str], tuple[Reply, Any]]) -> list[Snapshot]:
        read_at = time.monotonic()
        _reply, data = get(path)
        return [snapshot(resource, row, read_at) for row in self._api.objects(resource, data, path)]


def _write(call: Call) -> Writing[None]:
    yield call


def _name(resource: Resource, current: Snapshot) -> str:
    """What messages call an object."""
    return str(current.values[resource.key[0]])


def _creation(resource: Resource, values: Values) -> Iterator[Call]:
    route = resource.route
    later = {name for own in route.own_edits if own.after_creation for name in own.fields}
    at_once = {name: value for name, value in values.items() if name not in later}
    body = route.before_write(write_values(resource, at_once), at_once, None)
    yield Call(f"/add/{route.noun}", _with_password_twice(body), route.confirmation(ADDED), route.advice)
    rest = {name: value for name, value in values.items() if name in later}
    if rest:
        yield from _own_edits(resource, str(values[route.identity]), rest, {})


def _edits(resource: Resource, current: Snapshot, values: Values) -> Iterator[Call]:
    route = resource.route
    apart = {name for own in route.own_edits for name in own.fields}
    common = {name: value for name, value in values.items() if name not in apart}
    body = route.before_write(write_values(resource, common), common, current.values)
    if body:
        attributes = _with_password_twice(body)
        name = _name(resource, current)
        yield Call(
            f"/edit/{route.noun}", attributes, route.confirmation(MODIFIED), route.advice, current.identity, name
        )
    yield from _own_edits(resource, current.identity, values, current.values)


def _own_edits(resource: Resource, identity: str, values: Values, before: Values) -> Iterator[Call]:
    for own in resource.route.own_edits:
        given = {name: values[name] for name in own.fields if name in values}
        if given:
            yield from own.calls(identity, given, before)


def _with_password_twice(body: dict[str, Any]) -> dict[str, Any]:
    """mailcow wants a password repeated, and calls a missing repetition a weak password (A23)."""
    return {**body, "password2": body["password"]} if "password" in body else body
