# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the two mail dialects answer, read tolerantly where it is harmless and strictly where deletions depend on it.

Sources: mail_api.md 2.1 and 2.7, mailcow_recorded.md section A.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from ..._client import logins
from ..._client.http import Http, Reply
from ..._core.errors import (
    AccessDenied,
    Conflict,
    LoginRefused,
    NotFound,
    PostmasterError,
    ProtocolError,
    ServerRefusal,
)

_LIST_NAMES = ("data", "items", "results", "domains", "mailboxes", "aliases", "syncjobs", "sync_jobs")
_GOOD_TYPES = frozenset({"success", "info", "warning"})
_CONFLICT_KEYS = frozenset({"object_exists", "is_alias", "is_alias_or_mailbox", "is_spam_alias", "domain_exists"})


@dataclass(frozen=True)
class Entry:
    """One entry of a write reply: its type, the key of its message, the message for people, and what it is about."""

    kind: str
    key: str
    text: str
    about: str = ""

    @property
    def good(self) -> bool:
        return self.kind in _GOOD_TYPES


def entries(data: Any) -> list[Entry]:
    """The entries of a reply to a write, whether it is a list, one object, or an error of another make."""
    found = data if isinstance(data, list) else [data]
    return [_entry(item) for item in found if isinstance(item, dict)]


def _entry(item: dict[str, Any]) -> Entry:
    # Only the message is looked at: "log" echoes the request, secrets included.
    message = item.get("msg", item.get("message", item.get("error", item.get("errors", ""))))
    parts = [str(part) for part in message] if isinstance(message, list) else [str(message)]
    failed = "error" in item or "errors" in item
    kind = str(item.get("type") or ("error" if failed else "success"))
    return Entry(kind, parts[0] if parts else "", " ".join(parts), parts[1] if len(parts) > 1 else "")


def rows(data: Any, has_key: Callable[[dict[str, Any]], bool], call: str, title: str) -> list[dict[str, Any]]:
    """The objects of a list reply. Raises ProtocolError for what cannot be understood as a list.

    Bare lists, lists under a known name, ``{}`` and null for none, objects by id, and a single object are understood.
    """
    if data is None or data == {} or data == []:
        return []
    if isinstance(data, dict):
        named = next((data[name] for name in _LIST_NAMES if isinstance(data.get(name), (list, dict))), None)
        data = data if named is None else named
    if isinstance(data, dict):
        data = [data] if has_key(data) else list(data.values())
    if not isinstance(data, list) or not all(isinstance(row, dict) and has_key(row) for row in data):
        raise ProtocolError(
            f"{title} answered {call} with something that is no list of the objects asked for", method=call
        )
    return data


def is_message(data: Any) -> bool:
    """Whether a reply holds no object but a message (``{"type": "error", "msg": ...}``)."""
    sample = data[0] if isinstance(data, list) and data else data
    return isinstance(sample, dict) and "type" in sample and "msg" in sample


def refuse(http: Http, reply: Reply, data: Any, call: str, key: str) -> None:
    """Raise what a reply says, if it says that the call failed. ``key`` is the API key that was used."""
    found = entries(data)
    bad = [entry for entry in found if reply.status >= 300 or not entry.good]
    if reply.status < 300 and not bad:
        return
    said = "; ".join(entry.text for entry in bad) or reply.text.strip() or "no reason given"
    text = f"{http.target.title} refused {call}: {http.redactor.text(said)[:200]} (HTTP {reply.status})"
    if reply.status == 401:
        _refuse_key(http, key, text)
    error = _error(reply.status, bad, text, call)
    error.partly_written = len(bad) < len(found)
    raise error


def _error(status: int, bad: list[Entry], text: str, call: str) -> PostmasterError:
    if status == 403:
        return AccessDenied(f"{text}; use a key with read and write access", method=call, code=status)
    if status == 404:
        return NotFound(f"{text}; check api_url and api_dialect, unless it is the object", method=call, code=status)
    if status == 409 or any(entry.key in _CONFLICT_KEYS for entry in bad):
        return Conflict(text, method=call, code=status)
    return ServerRefusal(text, method=call, code=bad[0].key if status < 300 else status)


def _refuse_key(http: Http, key: str, text: str) -> None:
    """A refused key is never tried again: a few refusals make the server ban our address (mail_api.md 2.9)."""
    message = f"{text}; check api_key, api_dialect, and that the key may be used from this address"
    error = LoginRefused(message, code=401)
    logins.remember(error, http.target.url, key)
    raise error
