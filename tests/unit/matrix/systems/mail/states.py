# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random mailboxes and aliases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.simulators.mail_engine import Alias, DkimKey, Mailbox, MailStore
from tests.unit.matrix.states import FOREIGN, TEXTS
from tests.unit.matrix.subjects import Draw

_ASCII_PARTS = st.sampled_from(["zoe", "o'neil", "a-b_c", "x+tag", "1", "d.e.f", "postmaster", "{q}", "~y", "w" * 64])
_FLAGS = st.integers(0, 1)
_PROTOCOLS = ["imap", "pop3", "smtp", "sieve", "eas", "dav"]
# A server strips brackets around a name when it is written, so it holds none.
_NAMES = TEXTS.map(lambda text: text.lstrip("<").rstrip(">"))
_MAILBOX_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "name": _NAMES,
    "active": st.integers(0, 2),
    "quota": st.integers(0, 1024**2 - 1),
    "force_pw_update": _FLAGS,
    "tls_enforce_in": _FLAGS,
    "tls_enforce_out": _FLAGS,
    "authsource": st.sampled_from(["mailcow", "keycloak", "generic-oidc", "ldap"]),
    "force_tfa": _FLAGS,
    "sogo_access": _FLAGS,
    "protocol_access": st.lists(st.sampled_from(_PROTOCOLS), unique=True),
    "quarantine_notification": st.sampled_from(["never", "hourly", "daily", "weekly"]),
    "quarantine_category": st.sampled_from(["add_header", "reject", "all"]),
    "relayhost": st.integers(0, 2**31 - 1).map(str),
    "was_edited": st.booleans(),
    "tags": st.lists(TEXTS, max_size=2, unique=True),
}
_COMMENTS = st.none() | TEXTS | st.just("longer than any alias may be made with " * 8)
_ALIAS_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "goto": st.one_of(
        st.lists(FOREIGN, min_size=1, max_size=4, unique=True),
        st.sampled_from([["null@localhost"], ["spam@localhost"], ["ham@localhost"]]),
    ),
    "active": _FLAGS,
    "sogo_visible": _FLAGS,
    "internal": _FLAGS,
    "sender_allowed": _FLAGS,
    "public_comment": _COMMENTS,
    "private_comment": _COMMENTS,
}


_MEGABYTES = st.integers(1, 1024**2 - 1)
_LIMITS = st.integers(0, 2**31 - 1)
_WORDS = TEXTS.filter(lambda text: bool(text.strip()))
_DOMAIN_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "description": TEXTS,
    "active": _FLAGS,
    "aliases": _LIMITS,
    "mailboxes": _LIMITS,
    "gal": _FLAGS,
    "relayhost": st.integers(0, 2**31 - 1).map(str),
    "rl": st.none()
    | st.builds(lambda n, f: {"value": str(n), "frame": f}, st.integers(1, 9999), st.sampled_from("smhd")),
    "tags": st.lists(_WORDS, max_size=3, unique_by=str.casefold),
}
_JOB_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "port1": st.integers(1, 65535),
    "enc1": st.sampled_from(["TLS", "SSL", "PLAIN"]),
    "mins_interval": st.integers(1, 43800),
    "exclude": st.sampled_from(["", "(?i)spam|junk", "\\/", " "]),
    "subfolder2": TEXTS,
    "custom_params": TEXTS,
    "maxage": st.integers(0, 32000),
    "maxbytespersecond": st.integers(0, 125_000_000).map(str),
    "timeout1": st.integers(1, 32000),
    "timeout2": st.integers(1, 32000),
    "active": _FLAGS,
    "automap": _FLAGS,
    "delete1": _FLAGS,
    "delete2": _FLAGS,
    "delete2duplicates": _FLAGS,
    "skipcrossduplicates": _FLAGS,
    "subscribeall": _FLAGS,
    "dry": _FLAGS,
}


def fill(draw: Draw, store: MailStore) -> None:
    """Up to two domains, three mailboxes, three aliases and two sync jobs, catch-alls and addresses with capitals among
    them.
    """
    for name in draw(st.lists(st.sampled_from(["two.example", "xn--mller-kva.example"]), max_size=2, unique=True)):
        small, middle, large = sorted(draw(st.tuples(_MEGABYTES, _MEGABYTES, _MEGABYTES)))
        relays = sorted(draw(st.tuples(_FLAGS, _FLAGS, _FLAGS)), reverse=True)
        quotas = {"defquota": small, "maxquota": middle, "quota": large}
        store.add_domain(
            name,
            **quotas,
            **dict(zip(("backupmx", "relay_all_recipients", "relay_unknown_only"), relays, strict=True)),
            **{member: draw(values) for member, values in _DOMAIN_MEMBERS.items()},
        )
        store.dkim_keys[name] = DkimKey(2048, "dkim")
    domains = st.sampled_from(sorted(store.domains))
    for part in draw(st.lists(_ASCII_PARTS, max_size=3, unique=True)):
        username = f"{part}@{draw(domains)}"
        store.mailboxes[username] = Mailbox(
            username, password="nobody's", **{name: draw(values) for name, values in _MAILBOX_MEMBERS.items()}
        )
    parts = st.sampled_from(["", "Team", "sales.EU", "no-reply", "a+b"])
    for part in draw(st.lists(parts, max_size=3, unique=True)):
        alias = Alias(
            store.take_alias_id(),
            f"{part}@{draw(domains)}",
            **{name: draw(values) for name, values in _ALIAS_MEMBERS.items()},
        )
        store.aliases[alias.id] = alias
    for user in draw(st.lists(_WORDS, max_size=2, unique_by=str.casefold)):
        members = {name: draw(values) for name, values in _JOB_MEMBERS.items()}
        store.add_syncjob(draw(st.sampled_from(sorted(store.mailboxes))), "imap.old.example", user, **members)


def _alias(address: str, goto: list[str], **members: Any) -> Callable[[Any], None]:
    return lambda store: store.aliases.update({77: Alias(77, address, goto, **members)})


def _domain(**members: Any) -> Callable[[Any], None]:
    return lambda store: store.add_domain("odd.example", **members)


def _job(user: str = "alice", host: str = "imap.old.example", **members: Any) -> Callable[[Any], None]:
    return lambda store: store.add_syncjob("alice@example.com", host, user, **members)


def _jobs(*users: str) -> Callable[[Any], None]:
    def add(store: MailStore) -> None:
        for user in users:
            store.add_syncjob("alice@example.com", "imap.old.example", user)

    return add


# What no option could say, on servers that are newer, older or less strict than we think.
ODD: dict[str, Callable[[Any], None]] = {
    "target of one label": _alias("z@example.com", ["root@mailhost"]),
    "target without a domain": _alias("z@example.com", ["root", "a@example.net"]),
    "special target beside another": _alias("z@example.com", ["a@example.net", "null@localhost"]),
    "unknown special target": _alias("z@example.com", ["later@localhost"]),
    "quotas out of order": _domain(defquota=300, maxquota=200, quota=100),
    "no quotas": _domain(defquota=0, maxquota=0, quota=0),
    "relaying of the unknown without relaying": _domain(relay_unknown_only=1),
    "rate by the week": _domain(rl={"value": "10", "frame": "w"}),
    "no rate": _domain(rl={"value": "0", "frame": "s"}),
    "tags alike but for their case": _domain(tags=["Red", "red"]),
    "blank tag": _domain(tags=[" ", "red"]),
    "negative limits": _domain(aliases=-1, mailboxes=-1),
    "sync jobs alike": _jobs("Bob", "Bob", "bob"),
    "sync job of nobody": _job(" "),
    "sync job at a socket": _job(host="/run/imap"),
    "sync job with unheard-of numbers": _job(port1=0, mins_interval=99999, timeout1=0, maxage=99999),
    "sync job with unheard-of words": _job(enc1="QUIC", exclude="a/b", custom_params="-" * 600),
    "sync job of lightning speed": _job(maxbytespersecond="999999999"),
    "sync job that destroys mail": _job(active=1, delete1=1, delete2=1),
    "negative quota": lambda store: setattr(store.mailboxes["bob@example.com"], "quota", -5),
    "a quota of whole tebibytes": lambda store: setattr(store.mailboxes["bob@example.com"], "quota", 3 * 1024**2),
}
