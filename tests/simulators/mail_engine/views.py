# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects as a mailcow server shows them: sizes in bytes, flags as 1 and 0, attributes as text.

Members, their order and their types are those of the recorded replies (mailcow_recorded.md section D).
"""

from __future__ import annotations

import time
from typing import Any

from .addresses import unicode_domain
from .engine import MEGABYTE
from .mailboxes import largest_quota
from .objects import PROTOCOLS, Alias, Domain, Mailbox, SyncJob
from .store import Usage

NEARLY_FULL, FULL = 75, 90  # per cent; from these on the class is "warning" and "danger"


def when(seconds: float | None) -> str | None:
    """A time as the database writes it: no zone, None stays None."""
    return None if seconds is None else time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))


def domain_view(domain: Domain, used: Usage) -> dict[str, Any]:
    """A domain. ``*_new_mailbox_quota`` shrink as the domain fills; counts in use stand beside the limits."""
    free = min(domain.maxquota, domain.quota - used.quota)
    view: dict[str, Any] = {
        "max_new_mailbox_quota": free * MEGABYTE,
        "def_new_mailbox_quota": min(domain.defquota, free) * MEGABYTE,
        "quota_used_in_domain": str(used.quota * MEGABYTE),
        # Sums come from the database as text, and as the number 0 when there is nothing to add up.
        "bytes_total": str(used.bytes) if used.bytes else 0,
        "msgs_total": str(used.messages) if used.messages else 0,
        "mboxes_in_domain": used.mailboxes,
        "mboxes_left": domain.mailboxes - used.mailboxes,
        "domain_name": domain.name,
        "domain_h_name": unicode_domain(domain.name),
        "description": domain.description,
        "max_num_aliases_for_domain": domain.aliases,
        "max_num_mboxes_for_domain": domain.mailboxes,
        "def_quota_for_mbox": domain.defquota * MEGABYTE,
        "max_quota_for_mbox": domain.maxquota * MEGABYTE,
        "max_quota_for_domain": domain.quota * MEGABYTE,
        "relayhost": domain.relayhost,
        "backupmx": domain.backupmx,
        "backupmx_int": domain.backupmx,
        "gal": domain.gal,
        "gal_int": domain.gal,
        "rl": dict(domain.rl) if domain.rl else False,
        "active": domain.active,
        "active_int": domain.active,
        "relay_all_recipients": domain.relay_all_recipients,
        "relay_all_recipients_int": domain.relay_all_recipients,
        "relay_unknown_only": domain.relay_unknown_only,
        "relay_unknown_only_int": domain.relay_unknown_only,
        "created": when(domain.created),
        "modified": when(domain.modified),
        "aliases_in_domain": used.aliases,
        "aliases_left": domain.aliases - used.aliases,
        "domain_admins": "-",
    }
    return {**view, "tags": list(domain.tags)} if domain.tags else view


def mailbox_view(mailbox: Mailbox, domain: Domain, used: Usage, *, reduced: bool = False) -> dict[str, Any]:
    """A mailbox of a domain that uses so much; ``reduced`` is the shorter form of the list ``reduced``."""
    in_use, used_class = _percentage(mailbox)
    view: dict[str, Any] = {
        "username": mailbox.username,
        "active": mailbox.active,
        "active_int": mailbox.active,
        "domain": mailbox.domain,
        "name": mailbox.name,
        "local_part": mailbox.local_part,
        "quota": mailbox.quota * MEGABYTE,
        "messages": mailbox.messages,
        "attributes": _attributes(mailbox),
        "custom_attributes": [],
        "quota_used": mailbox.bytes_used,
        "percent_in_use": in_use,
        "created": when(mailbox.created),
        "modified": when(mailbox.modified),
        "authsource": mailbox.authsource,
        "percent_class": used_class,
        "last_imap_login": 0,
        "last_smtp_login": 0,
        "last_pop3_login": 0,
        "last_sso_login": 0,
    }
    if reduced:
        return view
    view |= {
        "max_new_quota": largest_quota(domain, used.quota, mailbox) * MEGABYTE,
        "spam_aliases": 0,
        "pushover_active": 0,
        "rl": dict(domain.rl) if domain.rl else False,
        "rl_scope": "domain",
        "is_relayed": domain.backupmx,
        "sender_acl": [],
    }
    return {**view, "tags": list(mailbox.tags)} if mailbox.tags else view


def alias_view(alias: Alias) -> dict[str, Any]:
    """An alias; the targets are one text with commas and no blanks."""
    return {
        "in_primary_domain": "",
        "id": alias.id,
        "domain": alias.domain,
        "public_comment": alias.public_comment,
        "private_comment": alias.private_comment,
        "goto": ",".join(alias.goto),
        "address": alias.address,
        "is_catch_all": int(alias.address.startswith("@")),
        "internal": alias.internal,
        "active": alias.active,
        "active_int": alias.active,
        "sogo_visible": alias.sogo_visible,
        "sogo_visible_int": alias.sogo_visible,
        "sender_allowed": alias.sender_allowed,
        "created": when(alias.created),
        "modified": when(alias.modified),
    }


def syncjob_view(job: SyncJob, *, with_password: bool = False) -> dict[str, Any]:
    """A sync job; the password only when it is asked for (and then to everybody, mailcow_recorded.md A2)."""
    return {
        "id": job.id,
        "user2": job.user2,
        "host1": job.host1,
        "authmech1": "PLAIN",
        "regextrans2": "",
        "authmd51": 0,
        "domain2": "",
        "subfolder2": job.subfolder2,
        "user1": job.user1,
        **({"password1": job.password1} if with_password else {}),
        "exclude": job.exclude,
        "maxage": job.maxage,
        "mins_interval": job.mins_interval,
        "maxbytespersecond": job.maxbytespersecond,
        "port1": job.port1,
        "enc1": job.enc1,
        "delete2duplicates": job.delete2duplicates,
        "delete1": job.delete1,
        "delete2": job.delete2,
        "automap": job.automap,
        "skipcrossduplicates": job.skipcrossduplicates,
        "custom_params": job.custom_params,
        "timeout1": job.timeout1,
        "timeout2": job.timeout2,
        "subscribeall": job.subscribeall,
        "dry": job.dry,
        "is_running": 0,
        "last_run": when(job.last_run),
        "success": job.success,
        "exit_status": None,
        "created": when(job.created),
        "modified": when(job.modified),
        "active": job.active,
        "log": "",
    }


def _attributes(mailbox: Mailbox) -> dict[str, Any]:
    return {
        "force_pw_update": str(mailbox.force_pw_update),
        "force_tfa": str(mailbox.force_tfa),
        "tls_enforce_in": str(mailbox.tls_enforce_in),
        "tls_enforce_out": str(mailbox.tls_enforce_out),
        "sogo_access": str(mailbox.sogo_access),
        **{f"{protocol}_access": str(int(protocol in mailbox.protocol_access)) for protocol in PROTOCOLS},
        "relayhost": mailbox.relayhost,
        "passwd_update": when(mailbox.password_changed),
        "mailbox_format": "maildir:",
        "quarantine_notification": mailbox.quarantine_notification,
        "quarantine_category": mailbox.quarantine_category,
        "attribute_hash": "",
        **({"recovery_email": None} if mailbox.was_edited else {}),
    }


def _percentage(mailbox: Mailbox) -> tuple[int | str, str]:
    """How full the mailbox is, and the colour for it; ``"- "`` when its quota is unlimited."""
    if mailbox.quota == 0:
        return "- ", "info"
    per_cent = round(100 * mailbox.bytes_used / (mailbox.quota * MEGABYTE))
    return per_cent, "danger" if per_cent >= FULL else "warning" if per_cent >= NEARLY_FULL else "success"
