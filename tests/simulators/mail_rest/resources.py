# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listing, reading, making, changing and removing objects of one kind: from REST to the rules of the mail server."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

from werkzeug.wrappers import Request, Response

from tests.simulators.mail_engine import (
    Alias,
    Domain,
    Engine,
    Entry,
    Mailbox,
    MailStore,
    NothingDone,
    PhpDied,
    Rules,
    Usage,
    operations,
)
from tests.simulators.mail_engine.addresses import ascii_domain, is_address
from tests.simulators.mail_rest.envelopes import error, json_reply, list_reply, write_reply
from tests.simulators.mail_rest.kinds import KINDS, complaint
from tests.simulators.mail_rest.refusals import INTERNAL_ERROR, refusal
from tests.simulators.mail_rest.settings import MailRestSettings
from tests.simulators.mail_rest.views import View, show_alias, show_domain, show_mailbox, show_syncjob

# The two texts that the API document shows; the others are in their style.
CREATED = {
    "domains": "Domain has been added to system",
    "mailboxes": "Mailbox has been added",
    "aliases": "Alias has been added",
    "syncjobs": "Sync job has been added",
}
ABSENT = "Resource doesn't exist"
NAMES_IN_BODY = ("domain", "username", "id")  # members that would make mailcow edit another object


class Collection:
    """The objects of one kind on one server; ``now`` returns Unix seconds."""

    def __init__(self, name: str, store: MailStore, settings: MailRestSettings, now: Callable[[], float]) -> None:
        self._name = name
        self._kind = KINDS[name]
        self._store = store
        self._settings = settings
        rules = Rules(
            edit_ignores_empty=settings.empty_on_put == "ignored",
            edit_ignores_tls=settings.tls_on_put == "ignored",
            edit_ignores=settings.ignored_on_put,
            omitted_alias_flags=int(settings.alias_omitted_flags),
            room_for_all=settings.room_for_all,
        )
        self._engine = Engine(store, rules, now)

    def list_all(self, request: Request) -> Response:
        """All objects."""
        key = self._kind.keys[1 if self._settings.read_fields == "mailcow" else 0]
        return list_reply(request, [self._show(one) for one in self._objects()], key, self._settings)

    def get_one(self, identifier: str) -> Response:
        """One object, where the server has such a route."""
        single = self._settings.single_get_domain_alias
        if self._name != "mailboxes" and single != "supported":
            return error(int(single), "Method not allowed" if single == "405" else ABSENT)
        identity = self._identity(identifier)
        if identity is None:
            return error(404, ABSENT) if self._settings.absent_get == "404" else json_reply({})
        return json_reply(self._show(self._table()[identity]))

    def create(self, request: Request) -> Response:
        """A new object; a POST never changes one that is there."""
        body: Any = request.get_json(silent=True)
        if text := complaint(self._kind, body, self._settings, is_create=True):
            return error(400, f"Invalid parameters: {text}")
        attr = self._attributes(body)
        refused_as = None
        if self._name == "syncjobs" and self._settings.check_types:
            attr.setdefault("exclude", "")  # mailcow wants it, which a server that checks its requests makes good
            mailbox = attr["username"].lower()
            if is_address(mailbox) and mailbox not in self._store.mailboxes and self._settings.invalid != "danger":
                refused_as = "404"  # mailcow's own refusal is the same as that of a bad port
        status = self._settings.create_status
        return self._carry_out(CREATED[self._name], status, refused_as, operations.add, attr)

    def update(self, identifier: str, request: Request) -> Response:
        """Change an object, by the rule that ``put_mode`` names."""
        identity = self._identity(identifier)
        if identity is None and self._settings.absent_put == "404":
            return error(404, ABSENT)
        body: Any = request.get_json(silent=True)
        if text := complaint(self._kind, body, self._settings, is_create=False):
            return error(400, f"Invalid parameters: {text}")
        if self._settings.put_mode == "replace":
            body = {**self._kind.defaults, **body}
        attr = self._attributes(body)
        if not self._settings.body_names_object:
            if self._name == "domains" and ascii_domain(attr.get("domain", identifier)) != ascii_domain(identifier):
                return error(400, "Invalid parameters: the domain in the body is not that of the path")
            attr = {name: value for name, value in attr.items() if name not in NAMES_IN_BODY}
        items = [identifier if identity is None else identity]
        refused_as = self._settings.absent_put if identity is None else None
        return self._carry_out(f"{self._kind.label} has been updated", 200, refused_as, operations.edit, items, attr)

    def delete(self, identifier: str) -> Response:
        """Remove an object."""
        identity = self._identity(identifier)
        done = f"{self._kind.label} has been removed"
        if identity is None and self._settings.absent_delete == "404":
            return error(404, ABSENT)
        if identity is None and self._settings.absent_delete == "success":
            return write_reply(done, [], 200, self._settings)
        if self._name == "domains" and self._settings.full_domain == "emptied":
            boxes = self._store.mailboxes_of(str(identity))
            operations.delete(self._engine, "mailbox", [box.username for box in boxes])
        items = [identifier if identity is None else identity]
        refused_as = "danger" if identity is None else None
        return self._carry_out(done, 200, refused_as, operations.delete, items)

    def _carry_out(
        self, done: str, status: int, refused_as: str | None, operation: Callable[..., list[Entry]], *data: Any
    ) -> Response:
        """Let the rules of the mail server do the work and answer with what they say."""
        try:
            entries = operation(self._engine, self._kind.category, *data)
        except PhpDied:
            if self._settings.write_reply == "list":
                return Response("", content_type="application/json")
            return error(500, INTERNAL_ERROR)
        except NothingDone:
            return error(404, ABSENT)
        if any(entry.type == "danger" for entry in entries):
            return refusal(entries, self._kind.category, self._settings, refused_as)
        return write_reply(done, entries, status, self._settings)

    def _table(self) -> dict[Any, Any]:
        return cast("dict[Any, Any]", getattr(self._store, self._name))

    def _objects(self) -> list[Any]:
        """The objects in the order of a list."""
        if self._name == "aliases":
            return self._store.aliases_by_domain()
        return [one for _key, one in sorted(self._table().items())]

    def _identity(self, identifier: str) -> str | int | None:
        """Under what the store keeps the object that a path names; None when it is absent."""
        identity: str | int = identifier.lower()
        if self._name == "domains":
            identity = ascii_domain(identifier)
        elif self._name in ("aliases", "syncjobs") and identifier.isascii() and identifier.isdigit():
            identity = int(identifier)
        return identity if identity in self._table() else None

    def _show(self, one: Any) -> View:
        if isinstance(one, Domain):
            return show_domain(one, self._usage[one.name], self._settings)
        if isinstance(one, Mailbox):
            return show_mailbox(one, self._store, self._usage, self._settings)
        return show_alias(one, self._settings) if isinstance(one, Alias) else show_syncjob(one, self._settings)

    def _attributes(self, body: dict[str, Any]) -> dict[str, Any]:
        """A body in mailcow's words: the password twice, and targets as one text where lists are welcome."""
        drops = self._settings.unknown_members == "ignored"
        attr = {name: value for name, value in body.items() if not drops or name in self._kind.members}
        if isinstance(attr.get("goto"), list) and self._settings.goto_write != "text":
            attr["goto"] = ",".join(map(str, attr["goto"]))
        if "password" in attr:
            attr["password2"] = attr["password"]
        return attr

    @functools.cached_property
    def _usage(self) -> dict[str, Usage]:
        return self._store.usage_by_domain()
