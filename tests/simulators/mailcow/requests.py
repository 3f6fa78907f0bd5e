# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a request to mailcow's API asks for: action, category, the rest of the path, the key, the data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Request

WRITES = ("add", "edit", "delete")


class BadJson(Exception):
    """The body is announced as JSON and is none, is empty, or is ``null``."""


@dataclass(frozen=True)
class Route:
    """``/api/v1/{action}/{category}/{rest…}``; doubled and trailing slashes do not count. Missing parts are empty."""

    action: str
    category: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Payload:
    """The attributes and the items of a write; None for what is not there."""

    attr: Any
    items: Any


def route_of(request: Request) -> Route:
    """The route of any request; outside of ``/api/v1`` everything is empty."""
    parts = [part for part in request.path.split("/") if part]
    if parts[:2] != ["api", "v1"]:
        return Route("", "", ())
    action, category, *rest = [*parts[2:], "", ""]
    return Route(action, category, tuple(part for part in rest if part))


def call_name(request: Request) -> str:
    """The request in the words of the log: ``GET /api/v1/get/mailbox/{id}``, ``POST /api/v1/add/alias``."""
    route = route_of(request)
    names = [part if part in ("all", "reduced", "tag") else "{id}" for part in route.rest[:1]]
    names += list(route.rest[1:]) if route.category == "syncjobs" else ["{domain}" for _value in route.rest[1:]]
    return f"{request.method} /api/v1/" + "/".join(filter(None, [route.action, route.category, *names]))


def key_of(request: Request) -> str | None:
    """The key with every character dropped that cannot be part of one; None when there is no key (mail_api.md 2.9)."""
    header = request.headers.get("X-API-Key")
    return None if header is None else re.sub(r"[^A-Za-z0-9-]", "", header)


def payload_of(request: Request, action: str) -> Payload:
    """What a write carries: a JSON body, or the form members ``attr`` and ``items`` as JSON. Raises BadJson."""
    if request.mimetype != "application/json":
        members = {name: _json_or_text(text) for name, text in request.form.items()}
        return Payload(members.get("attr"), members.get("items"))
    data = _json_or_text(request.get_data(as_text=True))
    if data is None or (isinstance(data, str) and not request.get_data().startswith(b'"')):
        raise BadJson
    if action == "add":
        return Payload(data, None)
    if action == "delete":
        return Payload(None, data)
    members = data if isinstance(data, dict) else {}
    return Payload(members.get("attr", {}), members.get("items", []))


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
