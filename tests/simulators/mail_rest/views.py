# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects as the REST server shows them: names, units, flags and targets by its settings (mail_api.md 2.2–2.4)."""

from __future__ import annotations

from typing import Any

from tests.simulators.framework.json_types import is_json
from tests.simulators.mail_engine import MEGABYTE, Alias, Domain, Mailbox, MailStore, SyncJob, Usage
from tests.simulators.mail_engine.syncjobs import FLAGS as SYNCJOB_FLAGS
from tests.simulators.mail_engine.views import alias_view, domain_view, mailbox_view, syncjob_view
from tests.simulators.mail_rest.settings import MailRestSettings

View = dict[str, Any]

ALIAS_FLAGS = ("active", "sogo_visible", "internal", "sender_allowed")
PLAIN_ALIAS = ("id", "address", "goto", "active")
FLAGS = frozenset(
    f"{name}{suffix}"
    for name in (
        *("active", "backupmx", "gal", "relay_all_recipients", "relay_unknown_only"),
        *("force_pw_update", "force_tfa", "tls_enforce_in", "tls_enforce_out"),
        *("sogo_visible", "internal", "sender_allowed", "is_catch_all"),
        *SYNCJOB_FLAGS,
    )
    for suffix in ("", "_int")
)


def show_domain(domain: Domain, used: Usage, settings: MailRestSettings) -> View:
    """A domain as the settings want it."""
    seed = {
        "domain": domain.name,
        "active": domain.active,
        "aliases": domain.aliases,
        "backupmx": domain.backupmx,
        "defquota": _size(domain.defquota, settings),
        "description": domain.description,
        "mailboxes": domain.mailboxes,
        "maxquota": _size(domain.maxquota, settings),
        "quota": _size(domain.quota, settings),
    }
    return _finish(seed, domain_view(domain, used), settings)


def show_mailbox(mailbox: Mailbox, store: MailStore, usage: dict[str, Usage], settings: MailRestSettings) -> View:
    """A mailbox as the settings want it. ``quota`` has one name on both sides, so it follows ``quota_read_unit``."""
    quota = _size(mailbox.quota, settings)
    seed = {
        "email": mailbox.username,
        "local_part": mailbox.local_part,
        "domain": mailbox.domain,
        "name": mailbox.name,
        "active": mailbox.active,
        "quota": quota,
        "force_pw_update": mailbox.force_pw_update,
        "tls_enforce_in": mailbox.tls_enforce_in,
        "tls_enforce_out": mailbox.tls_enforce_out,
    }
    mailcow = mailbox_view(mailbox, store.domains[mailbox.domain], usage[mailbox.domain])
    return _finish(seed, {**mailcow, "quota": quota}, settings)


def show_alias(alias: Alias, settings: MailRestSettings) -> View:
    """An alias as the settings want it."""
    goto = list(alias.goto) if settings.goto_read == "array" else ",".join(alias.goto)
    seed = {
        "id": alias.id,
        "address": alias.address,
        "goto": goto,
        **{flag: getattr(alias, flag) for flag in ALIAS_FLAGS},
        "public_comment": alias.public_comment,
        "private_comment": alias.private_comment,
    }
    view = _finish(seed, {**alias_view(alias), "goto": goto}, settings)
    return view if settings.alias_read == "full" else {name: view[name] for name in PLAIN_ALIAS}


def show_syncjob(job: SyncJob, settings: MailRestSettings) -> View:
    """A sync job as the settings want it; the mailbox is ``username`` as in writes, and ``user2`` with mailcow."""
    mailcow = syncjob_view(job, with_password=settings.syncjob_password == "sent")
    seed = {name: value for name, value in mailcow.items() if name != "user2"}
    return _finish({"username": job.user2, **seed}, mailcow, settings)


def _finish(seed: View, mailcow: View, settings: MailRestSettings) -> View:
    view = {"seed": seed, "mailcow": mailcow, "both": {**mailcow, **seed}}[settings.read_fields]
    return _formed(view, settings, settings.bool_read)


def _formed(view: View, settings: MailRestSettings, flags: str) -> View:
    """The view with its flags and numbers in the wanted form; nested objects (a mailbox's attributes) too."""
    shown: View = {}
    for name, value in view.items():
        if isinstance(value, dict):
            shown[name] = _formed(value, settings, "string" if flags == "mixed" else flags)
        elif name in FLAGS:
            shown[name] = _flag(value, flags)
        else:
            shown[name] = str(value) if settings.int_read == "text" and _is_number(name, value) else value
    return shown


def _is_number(name: str, value: Any) -> bool:
    return name != "id" and is_json(value, int)


def _flag(value: Any, form: str) -> Any:
    number = int(value)
    if form == "string":
        return str(number)
    return bool(number) if form == "json" and number in (0, 1) else number


def _size(megabytes: int, settings: MailRestSettings) -> int:
    return megabytes * MEGABYTE if settings.quota_read_unit == "bytes" else megabytes
