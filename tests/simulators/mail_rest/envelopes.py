# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lists are wrapped in, and what writes and errors answer."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.simulators.mail_engine import Entry
from tests.simulators.mail_engine.php import json_encode
from tests.simulators.mail_rest.settings import MailRestSettings


def json_reply(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A reply with a JSON body."""
    body = json.dumps(value, ensure_ascii=False)
    return Response(body, status=status, headers=headers, content_type="application/json")


def error(status: int, text: str) -> Response:
    """The error body of the API document."""
    return json_reply({"type": "error", "msg": text}, status)


def list_reply(request: Request, objects: list[dict[str, Any]], key: str, settings: MailRestSettings) -> Response:
    """The objects in the envelope that the settings name; ``key`` is the member that a map goes by."""
    form = settings.list_envelope
    if form == "data":
        return json_reply({"data": objects})
    if form == "by_id":
        return json_reply({str(one[key]): one for one in objects})
    if form == "empty_object":
        return json_reply(objects or {})
    return _page(request, objects, settings) if form in ("paged", "paged_meta") else json_reply(objects)


def write_reply(text: str, entries: list[Entry], status: int, settings: MailRestSettings) -> Response:
    """The answer to a write that the server takes for a success; mailcow's form may hold refusals all the same."""
    if settings.write_reply == "empty":
        return Response("", status=status, content_type="application/json")
    if settings.write_reply == "list" and entries:
        return danger_reply(entries, status)
    return json_reply({"type": "success", "msg": text}, status)


def danger_reply(entries: list[Entry], status: int = 200) -> Response:
    """mailcow's own list of messages, passed through with the log and what secrets it echoes."""
    body = json_encode([{"type": entry.type, "log": entry.log, "msg": entry.msg} for entry in entries])
    return Response(body, status=status, content_type="application/json")


def _page(request: Request, objects: list[dict[str, Any]], settings: MailRestSettings) -> Response:
    size = settings.page_size
    last = max(1, -(-len(objects) // size))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isdigit() else 1
    page = objects[(number - 1) * size : number * size]
    following = f"{request.base_url}?page={number + 1}" if number < last else None
    if settings.list_envelope == "paged_meta":
        meta = {"current_page": number, "last_page": last, "per_page": size, "total": len(objects)}
        return json_reply({"data": page, "meta": meta, "next": following})
    return json_reply(page, headers={"Link": f'<{following}>; rel="next"'} if following else None)
