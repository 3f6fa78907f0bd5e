# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random mailboxes and aliases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.simulators.mail_engine import Alias, Mailbox, MailStore
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


def fill(draw: Draw, store: MailStore) -> None:
    """Up to three mailboxes and three aliases, catch-alls and addresses with capitals among them."""
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


def _alias(address: str, goto: list[str], **members: Any) -> Callable[[Any], None]:
    return lambda store: store.aliases.update({77: Alias(77, address, goto, **members)})


# What no option could say, on servers that are newer, older or less strict than we think.
ODD: dict[str, Callable[[Any], None]] = {
    "target of one label": _alias("z@example.com", ["root@mailhost"]),
    "target without a domain": _alias("z@example.com", ["root", "a@example.net"]),
    "special target beside another": _alias("z@example.com", ["a@example.net", "null@localhost"]),
    "unknown special target": _alias("z@example.com", ["later@localhost"]),
    "negative quota": lambda store: setattr(store.mailboxes["bob@example.com"], "quota", -5),
    "a quota of whole tebibytes": lambda store: setattr(store.mailboxes["bob@example.com"], "quota", 3 * 1024**2),
}
