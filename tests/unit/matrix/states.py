# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random states of the simulated servers: whatever a real server may hold, odd things included.

Each strategy fills a store with objects beside those of the starting state and changes some of these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.simulators.kerio_connect.store import Store as KerioStore
from tests.simulators.mail_engine import Alias, Mailbox, MailStore
from tests.unit.matrix.dialects import IDN_DOMAIN

Draw = Callable[[st.SearchStrategy[Any]], Any]

# Everything that a person can type or paste: all scripts, quotes, line breaks; nothing unassigned.
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs")) | st.sampled_from("\n\t'\"\\{}%<>")
TEXTS = st.text(_CHARACTERS, max_size=40)
# Names of objects that other objects refer to keep their own spelling.
_LOCAL_PARTS = st.sampled_from(
    ["zoe", "Zoe.Quinn", "o'neil", "a-b_c", "x+tag", "1", "Ünal", "мария", "名前", "UPPER", "d.e.f", "postmaster"]
)
_ASCII_PARTS = st.sampled_from(["zoe", "o'neil", "a-b_c", "x+tag", "1", "d.e.f", "postmaster", "{q}", "~y", "w" * 64])
_FOREIGN = st.sampled_from(
    ["a@example.net", "B.C@Example.NET", "a@EXAMPLE.net", "d@sub.example.co.uk", "e+f@example.org"]
)
_UNITS = ("Bytes", "KiloBytes", "MegaBytes", "GigaBytes", "TeraBytes", "PetaBytes")


# Kerio Connect.

_BYTES = st.fixed_dictionaries({"value": st.integers(0, 4096), "units": st.sampled_from(_UNITS)})
_SIZE_LIMITS = st.fixed_dictionaries({"isActive": st.booleans(), "limit": _BYTES})
_DAYS = st.fixed_dictionaries({"isEnabled": st.booleans(), "days": st.integers(0, 24855)})
# Addresses while nothing is forwarded, forwarding to nobody, local parts: odd, and harmless while nobody changes them.
_FORWARDS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["UForwardNone", "UForwardYes", "UForwardDeliver"]),
        "emailAddresses": st.lists(_FOREIGN | _LOCAL_PARTS, max_size=3),
    }
)
_KERIO_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "fullName": TEXTS,
    "description": TEXTS,
    "isEnabled": st.booleans(),
    "itemSource": st.sampled_from(["DSInternalSource", "DSLDAPSource"]),
    "authType": st.sampled_from(
        ["UInternalAuth", "UWindowsNTAuth", "UPamAuth", "UKerberosAuth", "UAppleAuth", "ULDAPAuth"]
    ),
    "isPasswordReversible": st.booleans(),
    "allowPasswordChange": st.booleans(),
    "hasDefaultSpamRule": st.booleans(),
    "role": st.fixed_dictionaries(
        {
            "userRole": st.sampled_from(["UserRole", "Auditor", "AccountAdmin", "FullAdmin"]),
            "publicFolderRight": st.booleans(),
            "archiveFolderRight": st.booleans(),
        }
    ),
    "emailAddresses": st.lists(st.one_of(_LOCAL_PARTS, _FOREIGN), max_size=4),
    "emailForwarding": _FORWARDS,
    "itemLimit": st.fixed_dictionaries({"isActive": st.booleans(), "limit": st.integers(0, 2**31 - 1)}),
    "diskSizeLimit": _SIZE_LIMITS,
    "outMessageLimit": _SIZE_LIMITS,
    "hasDomainRestriction": st.booleans(),
    "publishInGal": st.booleans(),
    "cleanOutItems": st.fixed_dictionaries(
        {
            "isUsedDomain": st.booleans(),
            **dict.fromkeys(("deletedItems", "junkEmail", "sentItems", "autoDelete"), _DAYS),
        }
    ),
}


def fill_kerio(draw: Draw, store: KerioStore) -> None:
    """Up to three users, in any domain, with groups, policies and contacts."""
    domains = ["example.com", "example.org", IDN_DOMAIN]
    groups = {name: [g["id"] for g in store.groups.values() if _domain(store, g) == name] for name in domains}
    for login in draw(st.lists(_LOCAL_PARTS, min_size=1, max_size=3, unique_by=str.lower)):
        domain = draw(st.sampled_from(domains))
        fields = {name: draw(values) for name, values in _KERIO_MEMBERS.items()}
        member_of = draw(st.lists(st.sampled_from(groups[domain]), unique=True)) if groups[domain] else []
        contact = draw(st.sampled_from(["", *store.company_contacts]))
        policy = draw(st.sampled_from(list(store.access_policy_groups)))
        store.add_user(
            login, domain, **{**fields, "userGroups": member_of, "companyContactId": contact, "accessPolicy": policy}
        )


def _domain(store: KerioStore, row: dict[str, Any]) -> str:
    return str(store.domains[row["domainId"]]["name"])


# Mail servers.

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
        st.lists(_FOREIGN, min_size=1, max_size=4, unique=True),
        st.sampled_from([["null@localhost"], ["spam@localhost"], ["ham@localhost"]]),
    ),
    "active": _FLAGS,
    "sogo_visible": _FLAGS,
    "internal": _FLAGS,
    "sender_allowed": _FLAGS,
    "public_comment": _COMMENTS,
    "private_comment": _COMMENTS,
}


def fill_mail(draw: Draw, store: MailStore) -> None:
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
