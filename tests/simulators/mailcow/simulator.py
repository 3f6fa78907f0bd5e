# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailcow's own API over HTTPS: key, route, verb and data are looked at in the recorded order."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Request, Response

from tests.simulators.framework import Call, Simulator
from tests.simulators.mail_engine import Engine, Entry, MailStore, NothingDone, PhpDied, operations, starting_store
from tests.simulators.mail_engine.intruders import IntrusionGuard
from tests.simulators.mail_engine.php import json_encode, json_encode_pretty
from tests.simulators.mailcow.reads import READERS, as_configured
from tests.simulators.mailcow.requests import WRITES, BadJson, Route, call_name, key_of, payload_of, route_of
from tests.simulators.mailcow.settings import MailcowSettings

COOKIE = "MCSESSID=simulated; path=/; secure; HttpOnly; SameSite=Lax"
ACCESS = "API read/write access denied"
CATEGORIES = {"add": set(operations.ADDERS), "edit": set(operations.EDITORS), "delete": set(operations.DELETERS)}


class Mailcow(Simulator[MailcowSettings, MailStore]):
    """A mailcow server as recorded in August 2026 (mailcow_recorded.md); see MailcowSettings for the switches.

    A ban is answered with 403 and no body; a real server's firewall would not answer at all.
    """

    name = "mailcow"

    def __init__(self, settings: MailcowSettings | None = None, *, real_time: bool = False) -> None:
        super().__init__(settings, real_time=real_time)
        self.forget_sessions()

    def default_settings(self) -> MailcowSettings:
        return MailcowSettings()

    def starting_store(self) -> MailStore:
        return starting_store(self.clock.now())

    def forget_sessions(self) -> None:
        self.guard = IntrusionGuard(self.clock.now)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "MAIL_API_URL": self.url,
            "MAIL_API_KEY": self.settings.key or "",
            "MAIL_API_DIALECT": "mailcow",
            "MAIL_API_CA_PATH": self.ca_path,
        }

    def describe(self, request: Request) -> Call:
        params = request.get_json(silent=True) if request.is_json else request.get_data(as_text=True) or None
        is_write = request.method == "POST" and route_of(request).action in WRITES
        return Call(call_name(request), params, is_write=is_write)

    def handle(self, request: Request) -> Response:
        if self.guard.is_banning:
            return Response("", status=403)
        response = self._answer(request, route_of(request))
        response.headers.add("Set-Cookie", COOKIE)
        return response

    def _answer(self, request: Request, route: Route) -> Response:
        key = key_of(request)
        if key is not None and key not in (self.settings.key, self.settings.read_only_key):
            self.guard.note_failure(self.settings.ban_after)
            return self._unauthorized("authentication failed")
        if key is not None and self.settings.key_from_elsewhere:
            return self._unauthorized(f"api access denied for ip {request.remote_addr}")
        if route.action == "get":
            return self._read(request, route, has_key=key is not None)
        if route.action in WRITES:
            return self._write(request, route, key)
        return _single("error", "route not found", 404)

    def _unauthorized(self, text: str) -> Response:
        return Response(
            json_encode({"type": "error", "msg": text}), status=401, content_type="text/html; charset=utf-8"
        )

    def _read(self, request: Request, route: Route, *, has_key: bool) -> Response:
        if request.method not in ("GET", "HEAD"):
            return _single("error", "only GET method is allowed", 405)
        if not has_key:
            return _json("")
        if route.category not in READERS:
            return _single("error", "route not found", 404)
        tags = [tag for tag in request.args.get("tags", "").split(",") if tag]
        found = READERS[route.category](self.store, self.settings, list(route.rest), tags)
        return _json(json_encode_pretty(as_configured(found, self.settings) or {}))

    def _write(self, request: Request, route: Route, key: str | None) -> Response:
        if request.method not in ("GET", "POST"):
            return _single("error", "only POST method is allowed", 405)
        try:
            payload = payload_of(request, route.action)
        except BadJson:
            return _single("error", "Request body doesn't contain valid json!", 400)
        if key == self.settings.read_only_key or (key is None and route.action != "add"):
            return _single("error", ACCESS, 403)
        if route.category not in CATEGORIES[route.action]:
            return _single("error", "route not found", 404)
        if payload.attr is None and payload.items is None:
            return _single("error", "Cannot find attributes in post data", 200)
        if key is None:
            log = ["mailbox", "add", route.category, payload.attr, None]
            return _json(json_encode([{"type": "danger", "log": log, "msg": "access_denied"}]))
        try:
            return self._entries(self._carry_out(route, payload.attr, payload.items), route.category)
        except PhpDied:
            return _json("")
        except NothingDone:
            return _single("error", f"Cannot {route.action} item", 200)

    def _carry_out(self, route: Route, attr: Any, items: Any) -> list[Entry]:
        engine = Engine(self.store, self.settings.rules, self.clock.now)
        if route.action == "add":
            return operations.add(engine, route.category, attr)
        if route.action == "edit":
            return operations.edit(engine, route.category, items, attr)
        if route.category == "domain" and route.rest[:1] == ("tag",):
            return operations.remove_tags(engine, "".join(route.rest[1:2]), items)
        return operations.delete(engine, route.category, items)

    def _entries(self, entries: list[Entry], category: str) -> Response:
        if not entries:
            return _single("success", "Task completed", 200)
        if category == "mailbox" and not self.settings.rate_limit_entry_first:
            entries = [entry for entry in entries if entry.key != "rl_saved"]
        if self.settings.alias_id_in_reply == "number":
            for entry in entries:
                if entry.key == "alias_added":
                    entry.msg = [*entry.msg[:2], int(entry.msg[2])]
        return _json(json_encode([{"type": entry.type, "log": entry.log, "msg": entry.msg} for entry in entries]))


def _json(body: str) -> Response:
    return Response(body, content_type="application/json")


def _single(kind: str, text: str, status: int) -> Response:
    return Response(json_encode({"type": kind, "msg": text}), status=status, content_type="application/json")
