# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From mailcow's message keys to the statuses of the API document (mail_api.md 2.7)."""

from __future__ import annotations

from werkzeug.wrappers import Response

from tests.simulators.mail_engine import Entry
from tests.simulators.mail_rest.envelopes import danger_reply, error, json_reply
from tests.simulators.mail_rest.settings import MailRestSettings

CONFLICTS = frozenset(
    {"domain_exists", "object_exists", "is_alias", "is_alias_or_mailbox", "is_spam_alias", "domain_not_empty"}
)
# What mailcow says of a new object in a domain that does not exist. Elsewhere access_denied has other reasons.
NO_SUCH_DOMAIN = {("mailbox", "access_denied"), ("alias", "domain_not_found")}
INTERNAL_ERROR = "Server encountered an error"


def refusal(entries: list[Entry], category: str, settings: MailRestSettings, how: str | None = None) -> Response:
    """The answer to a write of which at least one part was refused; the first refusal decides, unless ``how`` does."""
    first = next(entry for entry in entries if entry.type == "danger")
    if how is not None:
        return _as_set(how, entries, first, settings)
    if first.key in CONFLICTS:
        return _as_set(settings.conflict, entries, first, settings)
    if (category, first.key) in NO_SUCH_DOMAIN and settings.invalid != "danger":
        return error(404, f"Resource doesn't exist: {text_of(first)}")
    return _as_set(settings.invalid, entries, first, settings)


def text_of(entry: Entry) -> str:
    """A message as one line: key and arguments."""
    return entry.msg if isinstance(entry.msg, str) else " ".join(str(part) for part in entry.msg)


def _as_set(how: str, entries: list[Entry], first: Entry, settings: MailRestSettings) -> Response:
    if how != "danger":
        return error(int(how), text_of(first))
    if settings.write_reply == "list":
        return danger_reply(entries)
    return json_reply({"type": "danger", "msg": text_of(first)})
