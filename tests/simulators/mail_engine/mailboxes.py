# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes: checks in the order of mail_api.md 3.4, as recorded in mailcow_recorded.md sections 2, 5, 6, 8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .addresses import ascii_domain, is_address, is_domain
from .engine import ACCESS_DENIED, Engine, Entry, danger, success
from .objects import PROTOCOLS, Domain, Mailbox
from .php import PhpDied, empty, intval, not_below_zero, text
from .store import Usage

QUARANTINE_CATEGORIES = ("add_header", "reject", "all")
QUARANTINE_NOTIFICATIONS = ("never", "hourly", "daily", "weekly")
AUTH_SOURCES = ("mailcow", "keycloak", "generic-oidc", "ldap")
LONGEST_NAME = 255
TLS_FLAGS = ("tls_enforce_in", "tls_enforce_out")


def add_mailbox(engine: Engine, attr: dict[str, Any]) -> Iterator[Entry]:
    """Make a mailbox. The reply starts with ``rl_saved``. Raises PhpDied for a name above 255 characters."""
    local_part = text(attr.get("local_part")).strip().lower()
    domain_name = ascii_domain(attr.get("domain"))
    mailbox = Mailbox(f"{local_part}@{domain_name}", name=_strip_angles(attr.get("name")))
    mailbox.quota = intval(attr.get("quota"))
    mailbox.active = 1 if attr.get("active") is None else intval(attr["active"])
    for flag in ("force_pw_update", *TLS_FLAGS):
        setattr(mailbox, flag, intval(attr.get(flag)))
    mailbox.quarantine_category = text(attr.get("quarantine_category") or "reject")
    _set_extras(mailbox, attr)
    refusal = _refuse_new(engine, mailbox, attr)
    if refusal:
        yield refusal
        return
    if len(mailbox.name) > LONGEST_NAME:
        raise PhpDied
    mailbox.password = text(attr.get("password"))
    mailbox.created = mailbox.modified = mailbox.password_changed = engine.now()
    engine.store.mailboxes[mailbox.username] = mailbox
    engine.store.take_alias_id()  # the alias of the mailbox for itself
    limit = {"object": mailbox.username, "rl_frame": "s", "rl_value": ""}
    yield success("rl_saved", mailbox.username, log=["ratelimit", "edit", "mailbox", limit])
    yield success("mailbox_added", mailbox.username)


def edit_mailbox(engine: Engine, item: Any, attr: dict[str, Any]) -> Iterator[Entry]:
    """Change a mailbox; what is left out stays. ``tls_enforce_*`` is ignored unless the rules say otherwise."""
    mailbox = _find(engine, item)
    if mailbox is None:
        yield danger(ACCESS_DENIED)
        return
    quota = mailbox.quota
    if attr.get("quota") is not None and not_below_zero(attr["quota"]):
        quota = intval(attr["quota"])
    domain = engine.store.domains[mailbox.domain]
    used = 0 if engine.rules.room_for_all else engine.store.usage_of(mailbox.domain).quota
    largest = largest_quota(domain, used, mailbox)
    if quota > largest:
        yield danger("mailbox_quota_left_exceeded", largest)
        return
    if not empty(attr.get("password")) and (refusal := _check_password(engine, attr)):
        yield refusal
        return
    if attr.get("quarantine_category", "all") not in QUARANTINE_CATEGORIES:
        yield danger("quarantine_category_invalid")
        return
    if len(_strip_angles(attr.get("name"))) > LONGEST_NAME:
        raise PhpDied
    with engine.changing(mailbox):
        mailbox.quota = quota
        mailbox.was_edited = True
        _apply_edit(engine, mailbox, attr)
    mailbox.tags += [tag for tag in attr.get("tags") or [] if tag not in mailbox.tags]
    yield success("mailbox_modified", mailbox.username)


def edit_tls_policy(engine: Engine, item: Any, attr: dict[str, Any]) -> Iterator[Entry]:
    """Change the TLS flags of a mailbox; a flag that is left out stays."""
    mailbox = _find(engine, item)
    if mailbox is None:
        yield danger(ACCESS_DENIED)
        return
    with engine.changing(mailbox):
        _set_flags(mailbox, attr, TLS_FLAGS)
    yield success("mailbox_modified", mailbox.username)


def delete_mailbox(engine: Engine, item: Any) -> Iterator[Entry]:
    """Remove a mailbox with its mail, its sync jobs and the aliases that lead nowhere else (mail_api.md 2.6)."""
    mailbox = _find(engine, item)
    if mailbox is None:
        yield danger(ACCESS_DENIED)
        return
    store = engine.store
    del store.mailboxes[mailbox.username]
    for alias in list(store.aliases.values()):
        if [target.lower() for target in alias.goto] == [mailbox.username]:
            del store.aliases[alias.id]
        elif mailbox.username in alias.goto:
            with engine.changing(alias):
                alias.goto = [target for target in alias.goto if target != mailbox.username]
    for job in store.syncjobs_of(mailbox.username):
        del store.syncjobs[job.id]
    yield success("mailbox_removed", mailbox.username)


def largest_quota(domain: Domain, used: int, mailbox: Mailbox) -> int:
    """The largest quota in MB that an edit may give a mailbox: the domain's ``maxquota``, or less when less is left."""
    return min(domain.maxquota, domain.quota - used + mailbox.quota)


def _find(engine: Engine, item: Any) -> Mailbox | None:
    return engine.store.mailboxes.get(item.lower()) if isinstance(item, str) else None


def _refuse_new(engine: Engine, mailbox: Mailbox, attr: dict[str, Any]) -> Entry | None:
    store, name = engine.store, mailbox.username
    if not is_address(name):
        return danger("mailbox_invalid")
    if mailbox.quarantine_category not in QUARANTINE_CATEGORIES:
        return danger("quarantine_category_invalid")
    if not is_domain(mailbox.domain):
        return danger("domain_invalid")
    if mailbox.domain not in store.domains:
        return danger(ACCESS_DENIED)
    if name in store.mailboxes:
        return danger("object_exists", name)
    if store.alias_by_address(name):
        return danger("is_alias", name)
    return _check_password(engine, attr) or _refuse_size(engine, mailbox)


def _refuse_size(engine: Engine, mailbox: Mailbox) -> Entry | None:
    domain = engine.store.domains[mailbox.domain]
    used = Usage() if engine.rules.room_for_all else engine.store.usage_of(mailbox.domain)
    if used.mailboxes >= domain.mailboxes:
        return danger("max_mailbox_exceeded", used.mailboxes, domain.mailboxes)
    if mailbox.quota > domain.maxquota:
        return danger("mailbox_quota_exceeded", domain.maxquota)
    if mailbox.quota > domain.quota - used.quota:
        return danger("mailbox_quota_left_exceeded", domain.quota - used.quota)
    return None


def _check_password(engine: Engine, attr: dict[str, Any]) -> Entry | None:
    """The password is wanted twice; without the second one the server complains of its complexity (A23)."""
    log = ["password_check", None, None]
    first, second = attr.get("password"), attr.get("password2")
    if first is None or second is None:
        return danger("password_complexity", log=log)
    if first != second:
        return danger("password_mismatch", log=log)
    if len(text(first)) < engine.rules.password_min_length:
        return danger("password_complexity", log=log)
    return None


def _apply_edit(engine: Engine, mailbox: Mailbox, attr: dict[str, Any]) -> None:
    if not empty(attr.get("name")) or (attr.get("name") is not None and not engine.rules.edit_ignores_empty):
        mailbox.name = _strip_angles(attr["name"])
    _set_flags(mailbox, attr, ("active", "force_pw_update"))
    if not engine.rules.edit_ignores_tls:
        _set_flags(mailbox, attr, TLS_FLAGS)
    mailbox.quarantine_category = text(attr.get("quarantine_category", mailbox.quarantine_category))
    _set_extras(mailbox, attr)
    if not empty(attr.get("password")):
        mailbox.password = text(attr["password"])
        mailbox.password_changed = engine.now()


def _set_extras(mailbox: Mailbox, attr: dict[str, Any]) -> None:
    """Members that the API document does not know (mail_api.md 3.3). Unknown words are dropped [inferred]."""
    _set_flags(mailbox, attr, ("force_tfa", "sogo_access"))
    if attr.get("authsource") in AUTH_SOURCES:
        mailbox.authsource = attr["authsource"]
    if attr.get("quarantine_notification") in QUARANTINE_NOTIFICATIONS:
        mailbox.quarantine_notification = attr["quarantine_notification"]
    if attr.get("relayhost") is not None:
        mailbox.relayhost = str(intval(attr["relayhost"]))
    chosen = attr.get("protocol_access", mailbox.protocol_access)
    single = {name: attr.get(f"{name}_access", name in chosen) for name in PROTOCOLS}
    mailbox.protocol_access = [name for name in PROTOCOLS if intval(single[name])]
    if mailbox.authsource != "mailcow":
        mailbox.force_pw_update = 0  # nobody can change a password that is kept elsewhere (mail_api.md 2.8)


def _set_flags(mailbox: Mailbox, attr: dict[str, Any], flags: tuple[str, ...]) -> None:
    for flag in flags:
        if attr.get(flag) is not None:
            setattr(mailbox, flag, intval(attr[flag]))


def _strip_angles(name: Any) -> str:
    return text(name).rstrip(">").lstrip("<")
