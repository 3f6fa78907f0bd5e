# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``GET /api/v1/get/...`` answers, before it is written as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.simulators.mail_engine import Mailbox, MailStore
from tests.simulators.mail_engine.addresses import ascii_domain
from tests.simulators.mail_engine.syncjobs import FLAGS as SYNCJOB_FLAGS
from tests.simulators.mail_engine.views import alias_view, domain_view, mailbox_view, syncjob_view
from tests.simulators.mailcow.settings import MailcowSettings

Found = dict[str, Any] | list[dict[str, Any]] | None
DOMAIN_FLAGS = ("active", "backupmx", "gal", "relay_all_recipients", "relay_unknown_only")
FLAG_MEMBERS = frozenset(
    {*DOMAIN_FLAGS, "sogo_visible", *SYNCJOB_FLAGS, *(f"{name}_int" for name in (*DOMAIN_FLAGS, "sogo_visible"))}
)


def read_domain(store: MailStore, settings: MailcowSettings, rest: list[str], tags: list[str]) -> Found:
    """One domain, or all; with ``tags`` those that have one of them."""
    usage = store.usage_by_domain()
    if rest[:1] != ["all"]:
        domain = store.domains.get(ascii_domain(rest[0])) if rest else None
        return domain_view(domain, usage[domain.name]) if domain else None
    domains = [store.domains[name] for name in sorted(store.domains)]
    return [domain_view(one, usage[one.name]) for one in domains if not tags or set(tags) & set(one.tags)]


def read_mailbox(store: MailStore, settings: MailcowSettings, rest: list[str], tags: list[str]) -> Found:
    """One mailbox, all, those of some domains, or the shorter list of all."""
    usage = store.usage_by_domain()

    def show(mailbox: Mailbox, *, reduced: bool = False) -> dict[str, Any]:
        return mailbox_view(mailbox, store.domains[mailbox.domain], usage[mailbox.domain], reduced=reduced)

    every = [store.mailboxes[name] for name in sorted(store.mailboxes)]
    if rest[:1] == ["reduced"]:
        return [show(mailbox, reduced=True) for mailbox in every]
    if rest[:1] == ["all"]:
        chosen = _of_domains(store, settings, rest[1], every) if len(rest) > 1 else every
        return [show(mailbox) for mailbox in chosen if not tags or set(tags) & set(mailbox.tags)]
    one = store.mailboxes.get(rest[0].lower()) if rest else None
    if settings.one_mailbox_is_list:
        return [show(mailbox) for mailbox in every]
    return show(one) if one else None


def read_alias(store: MailStore, settings: MailcowSettings, rest: list[str], tags: list[str]) -> Found:
    """One alias by number or address, all, or those of some domains."""
    if rest[:1] != ["all"]:
        alias = store.find_alias(rest[0]) if rest else None
        return alias_view(alias) if alias else None
    if len(rest) == 1:
        return [alias_view(alias) for alias in store.aliases_by_domain()]
    return [alias_view(alias) for name in rest[1].split(",") for alias in store.aliases_of(ascii_domain(name))]


def read_syncjobs(store: MailStore, settings: MailcowSettings, rest: list[str], tags: list[str]) -> Found:
    """All sync jobs or those of a mailbox; ``with_password`` shows the passwords, to a read-only key too."""
    chosen = sorted(store.mailboxes) if rest[:1] == ["all"] else [name.lower() for name in rest[:1]]
    with_password = rest[1:2] == ["with_password"]
    return [syncjob_view(job, with_password=with_password) for name in chosen for job in store.syncjobs_of(name)]


def read_alias_domains(store: MailStore, settings: MailcowSettings, rest: list[str], tags: list[str]) -> Found:
    """All alias domains. Not recorded; the route and its member names are what clients of mailcow use."""
    names = sorted(store.alias_domains) if rest[:1] == ["all"] else []
    return [{"alias_domain": name, "target_domain": store.alias_domains[name], "active": 1} for name in names]


READERS: dict[str, Callable[[MailStore, MailcowSettings, list[str], list[str]], Found]] = {
    "domain": read_domain,
    "mailbox": read_mailbox,
    "alias": read_alias,
    "alias-domain": read_alias_domains,
    "syncjobs": read_syncjobs,
}


def as_configured(value: Any, settings: MailcowSettings) -> Any:
    """What was read, in the form of the server that the settings describe."""
    if isinstance(value, list):
        return [as_configured(member, settings) for member in value]
    if not isinstance(value, dict):
        return value
    shown = {}
    for name, member in value.items():
        if name in settings.absent_members:
            continue
        is_text = name in settings.text_members or (settings.flags_as == "text" and name in FLAG_MEMBERS)
        is_text = is_text and member is not None
        shown[name] = str(member) if is_text else as_configured(member, settings)
    return shown


def _of_domains(store: MailStore, settings: MailcowSettings, names: str, every: list[Mailbox]) -> list[Mailbox]:
    """The mailboxes of domains divided by commas. For a domain that is absent: all of them (mailcow_recorded.md A3)."""
    chosen: list[Mailbox] = []
    for name in map(ascii_domain, names.split(",")):
        is_known = name in store.domains or not settings.absent_domain_lists_all
        chosen += store.mailboxes_of(name) if is_known else every
    return chosen
