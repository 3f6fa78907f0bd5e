# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single calls of either dialect: a verb, a path below ``/api/v1``, and a body of JSON (mail_api.md 1.1 and 2.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..._core.errors import InvalidOption
from ..call import Answer, Call, CallRules
from .api import API, Api
from .wire import MAILCOW

# They fill tables of mailcow's own pages, and take what to look for as a body (mailcow_recorded.md, D).
_SEARCHES = frozenset({"/search/domain", "/search/mailbox"})


def prepare(options: Mapping[str, Any]) -> Call:
    """Raises InvalidOption."""
    method, body = options["method"], options["body"]
    if isinstance(body, str):
        body = _json(body)
    if method == "GET" and body is not None:
        raise InvalidOption("body", "does not travel with GET; write what to look for into path, after a question mark")
    return Call(method, body, _path(options["path"]))


def is_read(call: Call, options: Mapping[str, Any]) -> bool:
    """Every GET is a read, and so are mailcow's searches."""
    searches = options["api_dialect"] == MAILCOW and call.method == "POST"
    return call.method == "GET" or (searches and (call.path or "").rstrip("/") in _SEARCHES)


CALLS = CallRules(True, prepare, is_read)


def send(api: Api, call: Call, as_read: bool) -> Answer:
    """Raises PostmasterError, also for a failure that comes with HTTP 200."""
    exchange = api.read if as_read else api.write
    _reply, data = exchange(call.method, call.path or "", call.data)
    return Answer(data)


def _json(text: str) -> Any:
    """No call takes a bare text, but templates turn JSON into one. Raises InvalidOption."""
    try:
        return json.loads(text)
    except ValueError:
        raise InvalidOption("body", "is a text that is no JSON; write a dictionary or a list") from None


def _path(given: str) -> str:
    """The path below ``/api/v1``. Raises InvalidOption for one that would lead elsewhere."""
    text = given.strip()
    if "://" in text or "#" in text or any(letter.isspace() or not letter.isprintable() for letter in text):
        raise InvalidOption("path", f"{given!r} is no path such as domains or mailboxes/alice@example.com")
    path = "/" + text.lstrip("/")
    if path == API or path.startswith((API + "/", API + "?")):
        path = path[len(API) :]
    if ".." in urlsplit(path).path.split("/"):
        raise InvalidOption("path", f"{given!r} leads out of the API; write the path below {API}")
    if not path.strip("/"):
        raise InvalidOption("path", "is empty; write the path below " + API)
    return path
