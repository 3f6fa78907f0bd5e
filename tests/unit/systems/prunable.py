# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every resource that can be pruned, on every server: what a document describes of it, and what it leaves to go."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.simulators.mail_engine import Alias, Mailbox
from tests.unit.systems.bench import Bench, Result, refused
from tests.unit.systems.mailboxorg import log_in_as

Entry = dict[str, Any]
# How often faults act: until a test clears them.
UNTIL_CLEARED = 50
Prepare = Callable[[Bench, str], object]


@dataclass(frozen=True)
class Prunable:
    """A resource of one server. ``add`` puts an object of the name given on the server, which no entry describes and
    nothing else names; ``keep`` describes all others. ``name`` is what the object is called when ``add`` gets "old".
    ``lists`` is the request that lists them, ``elsewhere`` a request that lists something else that a document with
    ``other`` needs."""

    server: str
    plural: str
    add: Prepare
    keep: tuple[Entry, ...]
    name: str
    lists: str
    other: dict[str, list[Entry]]
    elsewhere: str
    consent: bool = False
    level: str = ""

    def __str__(self) -> str:
        return f"{self.server} {self.plural}"


@dataclass(frozen=True)
class Ground:
    """A running server with one of its resources."""

    bench: Bench
    of: Prunable

    @property
    def document(self) -> dict[str, Any]:
        """All that is there before ``harm`` adds something."""
        return {self.of.plural: [dict(entry) for entry in self.of.keep]}

    def add(self, *names: str) -> None:
        for name in names or ("old",):
            self.of.add(self.bench, name)

    def prune(self, document: dict[str, Any] | None = None, *, check_mode: bool = False, **options: Any) -> Result:
        given = {"prune": [self.of.plural], **({"allow_mail_loss": True} if self.of.consent else {}), **options}
        return self.bench.config(self.document if document is None else document, check_mode=check_mode, **given)

    def refuses(self, *words: str, document: dict[str, Any] | None = None, **options: Any) -> str:
        """The sentence of a refusal that holds these words, the same in check mode; the server is as it was."""
        return unharmed(self.bench, lambda check_mode: self.prune(document, check_mode=check_mode, **options), *words)


def unharmed(bench: Bench, work: Callable[[bool], Result], *words: str) -> str:
    """The sentence with which the work is refused, with and without check mode, and nothing is written."""
    before = copy.deepcopy(bench.store)
    written = len(bench.sim.writes)
    predicted, actual = refused(work(True), *words), refused(work(False), *words)
    assert predicted == actual
    assert all(fault.times < UNTIL_CLEARED for fault in bench.sim.faults.pending), "a fault did not act"
    assert len(bench.sim.writes) == written
    assert bench.store == before
    return actual


def _mail_alias(bench: Bench, name: str) -> None:
    alias = Alias(bench.store.take_alias_id(), f"{name}@example.com", ["bob@example.com"])
    bench.store.aliases[alias.id] = alias


def _mail(server: str) -> tuple[Prunable, ...]:
    def path(rest: str, mailcow: str) -> str:
        return f"GET /api/v1/{rest}" if server == "rest" else f"GET /api/v1/get/{mailcow}"

    mailboxes = path("mailboxes", "mailbox/all")
    alice = {"mailboxes": [{"email": "alice@example.com"}]}
    info = {"aliases": [{"address": "info@example.com"}]}
    return (
        Prunable(
            server,
            "domains",
            lambda bench, name: bench.store.add_domain(f"{name}.example"),
            ({"name": "example.com"}, {"name": "example.org"}),
            "old.example",
            path("domains", "domain/all"),
            alice,
            mailboxes,
            consent=True,
        ),
        Prunable(
            server,
            "mailboxes",
            lambda bench, name: bench.store.mailboxes.update({f"{name}@example.com": Mailbox(f"{name}@example.com")}),
            ({"email": "alice@example.com"}, {"email": "bob@example.com"}),
            "old@example.com",
            mailboxes,
            info,
            path("aliases", "alias/all"),
            consent=True,
        ),
        Prunable(
            server,
            "aliases",
            _mail_alias,
            ({"address": "info@example.com"},),
            "old@example.com",
            path("aliases", "alias/all"),
            alice,
            mailboxes,
        ),
        Prunable(
            server,
            "sync_jobs",
            lambda bench, name: bench.store.add_syncjob("alice@example.com", "imap.example.net", name),
            ({"mailbox": "bob@example.com", "remote_host": "imap.example.net", "remote_user": "bob"},),
            "old",
            path("syncjobs", "syncjobs/all/no_log"),
            alice,
            mailboxes,
        ),
    )


def _kerio(
    plural: str, add: Prepare, keep: tuple[str, ...], name: str, interface: str, consent: bool = False
) -> Prunable:
    """Of objects in domains; the name of a domain, of a group of addresses and of a time range is the whole key."""
    in_domains = plural not in ("domains", "ip_address_groups", "time_ranges")
    entries = tuple({"name": each, **({"domain": "example.com"} if in_domains else {})} for each in keep)
    is_group = plural == "groups"
    other: dict[str, list[Entry]] = {"groups": [{"name": "sales", "domain": "example.com"}]}
    if is_group:
        other = {"aliases": [{"name": "info", "domain": "example.com"}]}
    elsewhere = "Aliases.get" if is_group else "Groups.get"
    return Prunable("kerio", plural, add, entries, name, f"{interface}.get", other, elsewhere, consent)


PRUNABLE: tuple[Prunable, ...] = (
    _kerio(
        "domains",
        lambda bench, name: bench.store.add_domain(f"{name}.example"),
        ("example.com", "example.org"),
        "old.example",
        "Domains",
        consent=True,
    ),
    _kerio(
        "users",
        lambda bench, name: bench.store.add_user(name, messages=5),
        ("admin", "alice", "bob"),
        "old@example.com",
        "Users",
    ),
    _kerio("groups", lambda bench, name: bench.store.add_group(name), ("staff", "sales"), "old@example.com", "Groups"),
    _kerio(
        "aliases",
        lambda bench, name: bench.store.add_alias(name, "bob@example.com"),
        ("info",),
        "old@example.com",
        "Aliases",
    ),
    _kerio(
        "mailing_lists",
        lambda bench, name: bench.store.add_mailing_list(name, members=["bob"]),
        ("news",),
        "old@example.com",
        "MailingLists",
        consent=True,
    ),
    _kerio(
        "resources",
        lambda bench, name: bench.store.add_resource(name),
        ("Room",),
        "old@example.com",
        "Resources",
        consent=True,
    ),
    _kerio(
        "ip_address_groups",
        lambda bench, name: bench.store.add_ip_group_entry(name, "192.0.2.7"),
        ("Local clients",),
        "old",
        "IpAddressGroups",
    ),
    _kerio(
        "time_ranges",
        lambda bench, name: bench.store.add_time_range(name, days=["Monday"]),
        ("Work",),
        "old",
        "TimeRanges",
    ),
    Prunable(
        "webmail",
        "filters",
        lambda bench, name: bench.store.add_filter("alice", name),
        ({"name": "Boss"}, {"name": "Announcements"}, {"name": "Large messages"}),
        "old",
        "Filters.get",
        {"out_of_office_replies": [{"enabled": False}]},
        "Session.getOutOfOffice",
    ),
    Prunable(
        "operator",
        "users",
        lambda bench, name: bench.store.add_user(name),
        ({"name": "Admin"}, {"name": "alice"}, {"name": "bob"}),
        "old",
        "Users.get",
        {"extensions": [{"number": "100"}]},
        "Extensions.get",
        consent=True,
    ),
    Prunable(
        "operator",
        "extensions",
        lambda bench, name: bench.store.add_extension("399" if name == "old" else name),
        ({"number": "100"}, {"number": "101"}, {"number": "102"}),
        "399",
        "Extensions.get",
        {"users": [{"name": "alice"}]},
        "Users.get",
    ),
    Prunable(
        "mailboxorg",
        "accounts",
        lambda bench, name: bench.store.add_account(name, owner="reseller"),
        ({"name": "reseller"}, {"name": "example"}, {"name": "other"}),
        "old",
        "account.list",
        {"domains": [{"name": "example.com", "account": "example"}]},
        "domain.list",
        consent=True,
        level="reseller",
    ),
    Prunable(
        "mailboxorg",
        "domains",
        lambda bench, name: bench.store.add_domain(f"{name}.example"),
        ({"name": "example.com", "account": "example"},),
        "old.example",
        "domain.list",
        {"mailboxes": [{"email": "bob@example.com"}]},
        "mail.list",
        consent=True,
    ),
    Prunable(
        "mailboxorg",
        "mailboxes",
        lambda bench, name: bench.store.add_mailbox(f"{name}@example.com"),
        ({"email": "alice@example.com"}, {"email": "bob@example.com"}),
        "old@example.com",
        "mail.list",
        {"domains": [{"name": "example.com", "account": "example"}]},
        "domain.list",
        consent=True,
    ),
    Prunable(
        "mailboxorg",
        "mailing_lists",
        lambda bench, name: bench.store.add_mailinglist(f"{name}@example.com", adminmail="bob@example.com"),
        ({"address": "news@example.com"},),
        "old@example.com",
        "mailinglist.list",
        {"mailboxes": [{"email": "bob@example.com"}]},
        "mail.list",
        consent=True,
    ),
    Prunable(
        "mailboxorg",
        "groups",
        lambda bench, name: bench.store.add_group(name, "bob@example.com"),
        ({"name": "team", "account": "example"},),
        "old",
        "group.list",
        {"mailboxes": [{"email": "bob@example.com"}]},
        "mail.list",
    ),
    *_mail("rest"),
    *_mail("mailcow"),
)
# What a document describes and no server starts with.
_KEPT: dict[tuple[str, str], Callable[[Any], object]] = {
    ("kerio", "mailing_lists"): lambda store: store.add_mailing_list("news", members=["alice"]),
    ("kerio", "resources"): lambda store: store.add_resource("Room"),
    ("kerio", "time_ranges"): lambda store: store.add_time_range("Work", days=["Friday"]),
    ("webmail", "filters"): lambda store: store.add_filter("alice", "Boss"),
    ("mailboxorg", "mailing_lists"): lambda store: store.add_mailinglist("news@example.com"),
    ("mailboxorg", "groups"): lambda store: store.add_group("team", "alice@example.com"),
    ("rest", "sync_jobs"): lambda store: store.add_syncjob("bob@example.com", "imap.example.net", "bob"),
    ("mailcow", "sync_jobs"): lambda store: store.add_syncjob("bob@example.com", "imap.example.net", "bob"),
}


def ground_of(prunable: Prunable, request: pytest.FixtureRequest) -> Ground:
    """The server of this resource, with what its documents describe."""
    bench: Bench = request.getfixturevalue(prunable.server)
    _KEPT.get((prunable.server, prunable.plural), lambda store: None)(bench.store)
    if prunable.level:
        log_in_as(bench, prunable.level)
        bench.sim.settings.batch = "unsupported"  # Of calls in a batch, only the batch can break.
    return Ground(bench, prunable)
