# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains: checks in the order of mail_api.md 3.4, as recorded in mailcow_recorded.md sections 1, 2, 5, 6, 8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .addresses import ascii_domain, is_domain
from .engine import Engine, Entry, NothingDone, danger, success
from .objects import DkimKey, Domain
from .php import PhpDied, empty, intval, text
from .ratelimits import set_domain_limit
from .store import Usage

LIMITS = ("aliases", "mailboxes", "defquota", "maxquota", "quota")
FLAGS = ("active", "backupmx", "gal", "relay_all_recipients", "relay_unknown_only")
TAGS_PER_CALL = 25
# Of the built-in template, which stands in for any other: there are no templates here.
DKIM_KEY = DkimKey(2048, "dkim")


def add_domain(engine: Engine, attr: dict[str, Any]) -> Iterator[Entry]:
    """Make a domain; what is left out comes from the built-in template (mail_api.md 3.3)."""
    name = ascii_domain(attr.get("domain"))
    domain = Domain(name, created=engine.now())
    for field in LIMITS + FLAGS:
        if attr.get(field) is not None:
            setattr(domain, field, intval(attr[field]))
    domain.made_from = intval(attr.get("template"))
    domain.restarted_sogo = intval(attr.get("restart_sogo"))
    domain.description = name if empty(attr.get("description")) else text(attr["description"])
    _apply_relay_rules(domain)
    if refusal := _quota_order(domain, is_edit=False):
        yield refusal
    elif not is_domain(name):
        yield danger("domain_invalid")
    elif name in engine.store.domains or name in engine.store.alias_domains:
        yield danger("domain_exists", name)
    elif name == engine.rules.hostname:
        yield danger("domain_cannot_match_hostname")
    else:
        engine.store.domains[name] = domain
        _add_tags(domain, attr.get("tags"))
        if not empty(attr.get("rl_value")):
            set_domain_limit(domain, attr)
            limit = {"rl_value": attr["rl_value"], "rl_frame": attr.get("rl_frame"), "object": name}
            yield success("rl_saved", name, log=["ratelimit", "edit", "domain", limit])
        if not (attr.get("key_size") is not None and intval(attr["key_size"]) == 0):
            yield _dkim(engine, name, attr)
        yield success("domain_added", name)


def edit_domain(engine: Engine, item: Any, attr: dict[str, Any]) -> Iterator[Entry]:
    """Change a domain; what is left out stays. Raises PhpDied for a tag that it has already (other changes stay)."""
    domain = engine.store.domains.get(ascii_domain(item))
    if domain is None:
        yield danger("domain_invalid")
        return
    wanted = Domain(**vars(domain))
    for field in FLAGS:
        if attr.get(field) is not None:
            setattr(wanted, field, intval(attr[field]))
    _apply_relay_rules(wanted)
    for field in LIMITS:
        if _is_given(engine, field, attr.get(field)):
            setattr(wanted, field, intval(attr[field]))
    if _is_given(engine, "description", attr.get("description")):
        wanted.description = text(attr["description"])
    if attr.get("relayhost") is not None:
        wanted.relayhost = str(intval(attr["relayhost"]))
    refusal = _quota_order(wanted, is_edit=True) or _in_use(wanted, engine.store.usage_of(domain.name))
    if refusal:
        yield refusal
        return
    with engine.changing(domain):
        for field in (*FLAGS, *LIMITS, "description", "relayhost"):
            setattr(domain, field, getattr(wanted, field))
    _add_tags(domain, attr.get("tags"))
    yield success("domain_modified", domain.name)


def delete_domain(engine: Engine, item: Any) -> Iterator[Entry]:
    """Remove a domain, its aliases and its other names. Absent is a success, full is refused (mail_api.md 2.6)."""
    name = ascii_domain(item)
    if not is_domain(name):
        yield danger("domain_invalid")
    elif engine.store.mailboxes_of(name):
        yield danger("domain_not_empty", name)
    else:
        engine.store.domains.pop(name, None)
        for alias in engine.store.aliases_of(name):
            del engine.store.aliases[alias.id]
        others = engine.store.alias_domains
        engine.store.alias_domains = {other: target for other, target in others.items() if target != name}
        yield success("domain_removed", name)


def delete_tags(engine: Engine, item: Any, tags: Any) -> Iterator[Entry]:
    """Take tags off a domain, in any case; those that it has not got are passed over. Raises NothingDone without any.

    Not recorded; what mailcow's code does (August 2026).
    """
    domain = engine.store.domains.get(ascii_domain(item))
    if domain is None:
        yield danger("domain_invalid")
        return
    gone = {text(tag).lower() for tag in tags} if isinstance(tags, list) else set()
    if not gone:
        raise NothingDone
    domain.tags = [tag for tag in domain.tags if tag.lower() not in gone]
    yield success("domain_modified", domain.name)


def _apply_relay_rules(domain: Domain) -> None:
    if domain.relay_unknown_only == 1:
        domain.relay_all_recipients = 1
    if domain.relay_all_recipients == 1:
        domain.backupmx = 1


def _is_given(engine: Engine, field: str, value: Any) -> bool:
    """Whether an edit takes the value: ``mailboxes`` and ``defquota`` may be 0, of the others 0 and "" are ignored."""
    if value is None:
        return False
    if not engine.rules.edit_ignores_empty:
        return value != "" or field == "description"
    return value != "" if field in ("mailboxes", "defquota") else not empty(value)


def _quota_order(domain: Domain, *, is_edit: bool) -> Entry | None:
    """The checks of the three quotas against each other; an edit looks at ``defquota`` 0 before ``quota``."""
    checks = [
        (domain.defquota > domain.maxquota, "mailbox_defquota_exceeds_mailbox_maxquota"),
        (domain.maxquota > domain.quota, "mailbox_quota_exceeds_domain_quota"),
        (domain.defquota == 0, "defquota_empty"),
        (domain.maxquota == 0, "maxquota_empty"),
    ]
    if is_edit:
        checks[1], checks[2] = checks[2], checks[1]
    return next((danger(key) for broken, key in checks if broken), None)


def _in_use(domain: Domain, used: Usage) -> Entry | None:
    """The limits may not fall below what the domain uses; quotas are named as text, counts as numbers (recorded)."""
    if used.biggest > domain.maxquota:
        return danger("max_quota_in_use", str(used.biggest))
    if used.quota > domain.quota:
        return danger("domain_quota_m_in_use", str(used.quota))
    if used.mailboxes > domain.mailboxes:
        return danger("mailboxes_in_use", used.mailboxes)
    if used.aliases > domain.aliases:
        return danger("aliases_in_use", used.aliases)
    return None


def _add_tags(domain: Domain, tags: Any) -> None:
    for tag in tags[:TAGS_PER_CALL] if isinstance(tags, list) else []:
        if text(tag).lower() in map(str.lower, domain.tags):
            raise PhpDied
        domain.tags.append(text(tag))


def _dkim(engine: Engine, name: str, attr: dict[str, Any]) -> Entry:
    if name in engine.store.dkim_keys:
        return success("domain_add_dkim_available")
    size = DKIM_KEY.size if attr.get("key_size") is None else intval(attr["key_size"])
    selector = DKIM_KEY.selector if empty(attr.get("dkim_selector")) else text(attr["dkim_selector"])
    engine.store.dkim_keys[name] = DkimKey(size, selector)
    log = ["dkim", "add", {"key_size": size, "dkim_selector": selector, "domains": name}]
    return success("dkim_added", name, log=log)
