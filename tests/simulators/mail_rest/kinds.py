# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The four kinds of objects: their members, which of them are required, and what a body may hold.

Domains and mailboxes are those of the API document (mail_api.md 1.3, 1.4); aliases and sync jobs, of which it says
nothing, take mailcow's names (mail_api.md 3.1, 3.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.simulators.framework.json_types import is_json
from tests.simulators.mail_rest.settings import MailRestSettings

TARGETS = "targets"  # text with commas, or a list: which of them is a setting
STATE = "state"  # true, false, or the number 2 (mail is taken, logging in refused), which reads show and so take back
SPECIAL_FLAGS = ("goto_null", "goto_spam", "goto_ham")


@dataclass(frozen=True)
class Kind:
    """One kind. ``members``: name -> bool, int, str, TARGETS or STATE. ``defaults``: what a missing optional one is
    when a PUT replaces the whole object. ``create_only``: required for a POST, without effect in a PUT.
    ``keys``: the member that a map of such objects goes by, under the document's name and under mailcow's.
    """

    category: str
    label: str
    members: dict[str, Any]
    required: tuple[str, ...]
    create_only: tuple[str, ...]
    defaults: dict[str, Any]
    keys: tuple[str, str]


KINDS: dict[str, Kind] = {
    "domains": Kind(
        category="domain",
        label="Domain",
        members={
            "domain": str,
            "active": bool,
            "aliases": int,
            "backupmx": bool,
            "defquota": int,
            "description": str,
            "mailboxes": int,
            "maxquota": int,
            "quota": int,
        },
        required=("domain", "active", "aliases", "defquota", "mailboxes", "maxquota", "quota"),
        create_only=(),
        defaults={"backupmx": False, "description": ""},
        keys=("domain", "domain_name"),
    ),
    "mailboxes": Kind(
        category="mailbox",
        label="Mailbox",
        members={
            "active": STATE,
            "domain": str,
            "local_part": str,
            "name": str,
            "password": str,
            "quota": int,
            "force_pw_update": bool,
            "tls_enforce_in": bool,
            "tls_enforce_out": bool,
        },
        required=("active", "domain", "local_part", "name", "password", "quota"),
        create_only=("domain", "local_part", "password"),
        defaults={"force_pw_update": False, "tls_enforce_in": False, "tls_enforce_out": False},
        keys=("email", "username"),
    ),
    "aliases": Kind(
        category="alias",
        label="Alias",
        members={
            "address": str,
            "goto": TARGETS,
            "active": bool,
            "sogo_visible": bool,
            "internal": bool,
            "sender_allowed": bool,
            "public_comment": str,
            "private_comment": str,
            **dict.fromkeys(SPECIAL_FLAGS, bool),
        },
        required=("address", "goto"),
        create_only=(),
        defaults={
            "active": True,
            "sogo_visible": True,
            "internal": False,
            "sender_allowed": True,
            "public_comment": "",
            "private_comment": "",
        },
        keys=("id", "id"),
    ),
    "syncjobs": Kind(
        category="syncjob",
        label="Sync job",
        members={
            "username": str,
            "host1": str,
            "port1": int,
            "user1": str,
            "password1": str,
            "enc1": str,
            "mins_interval": int,
            "subfolder2": str,
            "exclude": str,
            "custom_params": str,
            "maxage": int,
            "maxbytespersecond": int,
            "timeout1": int,
            "timeout2": int,
            "active": bool,
            "automap": bool,
            "delete1": bool,
            "delete2": bool,
            "delete2duplicates": bool,
            "skipcrossduplicates": bool,
            "subscribeall": bool,
            "dry": bool,
        },
        required=("username", "host1", "port1", "user1", "password1", "enc1", "mins_interval"),
        create_only=("username", "password1"),
        defaults={
            "subfolder2": "",
            "exclude": "",
            "custom_params": "",
            "maxage": 0,
            "maxbytespersecond": 0,
            "timeout1": 600,
            "timeout2": 600,
            "active": False,
            "automap": False,
            "delete1": False,
            "delete2": False,
            "delete2duplicates": False,
            "skipcrossduplicates": False,
            "subscribeall": False,
            "dry": False,
        },
        keys=("id", "id"),
    ),
}


def complaint(kind: Kind, body: Any, settings: MailRestSettings, *, is_create: bool) -> str | None:
    """What is wrong with a body before any rule of the mail server is looked at; None when nothing is."""
    if not isinstance(body, dict):
        return "the body is not an object"
    missing = sorted(set(_wanted(kind, body, settings, is_create=is_create)) - set(body))
    if missing:
        return f"missing: {', '.join(missing)}"
    unknown = sorted(set(body) - set(kind.members))
    if unknown and settings.unknown_members == "refused":
        return f"unknown: {', '.join(unknown)}"
    if not settings.check_types:
        return None
    wrong = [name for name, value in body.items() if not _has_type(value, kind.members.get(name), settings)]
    return f"wrong type: {', '.join(wrong)}" if wrong else None


def _wanted(kind: Kind, body: dict[str, Any], settings: MailRestSettings, *, is_create: bool) -> list[str]:
    required = [name for name in kind.required if name != "goto" or not any(body.get(flag) for flag in SPECIAL_FLAGS)]
    if is_create:
        return required if settings.check_types else []
    return [name for name in required if name not in kind.create_only] if settings.put_mode == "strict" else []


def _has_type(value: Any, wanted: Any, settings: MailRestSettings) -> bool:
    """Whether a value may stand for a member; unknown members (``wanted`` None) may be anything."""
    if wanted == TARGETS:
        is_list = isinstance(value, list) and all(isinstance(target, str) for target in value)
        return (is_list and settings.goto_write != "text") or (
            isinstance(value, str) and settings.goto_write != "array"
        )
    if wanted == STATE:
        return isinstance(value, bool) or value == 2
    return wanted is None or is_json(value, wanted)
