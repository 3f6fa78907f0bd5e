# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The REST server over HTTPS: who may ask, how often, and which route answers."""

from __future__ import annotations

import dataclasses
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.simulators.framework import Call, Simulator
from tests.simulators.mail_engine import MailStore, starting_store
from tests.simulators.mail_engine.intruders import IntrusionGuard
from tests.simulators.mail_rest.envelopes import error
from tests.simulators.mail_rest.limiter import RateLimiter
from tests.simulators.mail_rest.resources import Collection
from tests.simulators.mail_rest.settings import FAULTS, MailRestSettings

BASE = "/api/v1/"
PLACEHOLDERS = {"domains": "{domain}", "mailboxes": "{email}", "aliases": "{id}", "syncjobs": "{id}"}
READS = ("GET", "HEAD")


class MailRest(Simulator[MailRestSettings, MailStore]):
    """The Email Management API as its document has it, with a switch for whatever the document leaves open.

    A ban is answered with 403 and no body; a real server's firewall would not answer at all.
    """

    name = "mail_rest"

    def __init__(self, settings: MailRestSettings | None = None, *, real_time: bool = False) -> None:
        # A copy: whoever starts from one of PROFILES may flip switches without changing the profile.
        super().__init__(dataclasses.replace(settings) if settings else None, real_time=real_time)
        self.forget_sessions()
        self._add_faults()

    def default_settings(self) -> MailRestSettings:
        return MailRestSettings()

    def starting_store(self) -> MailStore:
        return starting_store(self.clock.now())

    def forget_sessions(self) -> None:
        self.guard = IntrusionGuard(self.clock.now)
        self.limiter = RateLimiter(self.clock, self.settings)

    def reset(self) -> None:
        super().reset()
        self._add_faults()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "MAIL_API_URL": self.url,
            "MAIL_API_KEY": self.settings.key or "",
            "MAIL_API_DIALECT": "rest",
            "MAIL_API_CA_PATH": self.ca_path,
        }

    def describe(self, request: Request) -> Call:
        params = request.get_json(silent=True) if request.is_json else request.get_data(as_text=True) or None
        name, identifier = self._route(request)
        path = BASE + self._path_of(name) if name else request.path
        if identifier is not None:
            path += "/" + PLACEHOLDERS[name]
        return Call(f"{request.method} {path}", params, is_write=request.method not in READS)

    def handle(self, request: Request) -> Response:
        if self.guard.is_banning:
            return Response("", status=403)
        refused = self._refuse_key(request)
        if refused is None and not self.limiter.admit():
            refused = error(429, "Too many requests")
        response = refused or self._answer(request)
        response.headers.update(self.limiter.headers(refused=response.status_code == 429))
        return response

    def _refuse_key(self, request: Request) -> Response | None:
        kind, _space, key = request.headers.get("Authorization", "").partition(" ")
        given = key.strip() if kind == "Bearer" else ""
        if not given or given not in (self.settings.key, self.settings.read_only_key):
            if given:
                self.guard.note_failure(self.settings.ban_after)
            return error(401, "Invalid credentials")
        if given == self.settings.read_only_key and request.method not in READS:
            return error(403, "API read/write access denied")
        return None

    def _answer(self, request: Request) -> Response:
        name, identifier = self._route(request)
        if not name:
            return error(404, "Resource doesn't exist")
        collection = Collection(name, self.store, self.settings, self.clock.now)
        if identifier is None:
            methods: dict[str, Any] = {"GET": collection.list_all, "POST": collection.create}
            work = methods.get(request.method)
            return work(request) if work else error(405, "Method not allowed")
        if request.method == "GET":
            return collection.get_one(identifier)
        if request.method == "PUT":
            return collection.update(identifier, request)
        if request.method == "DELETE":
            return collection.delete(identifier)
        return error(405, "Method not allowed")

    def _route(self, request: Request) -> tuple[str, str | None]:
        """Name of the collection ("" for none) and the identifier after it (None for the collection itself)."""
        rest = request.path.removeprefix(BASE).rstrip("/") if request.path.startswith(BASE) else ""
        for name in PLACEHOLDERS:
            path = self._path_of(name)
            if path and rest == path:
                return name, None
            if path and rest.startswith(path + "/"):
                return name, rest[len(path) + 1 :]
        return "", None

    def _path_of(self, name: str) -> str:
        return (self.settings.syncjobs_path or "") if name == "syncjobs" else name

    def _add_faults(self) -> None:
        self.faults.add(*(FAULTS[name]() for name in self.settings.faults))
