# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated mail servers keep each value (mail_api.md 1.4, 2.2, 3.1, 3.3). Sizes are kept in megabytes, flags
as 1 and 0.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from tests.simulators.mail_engine import MailStore
from tests.unit.matrix.samples import MIB
from tests.unit.matrix.stores import Keeper, Place, as_json, plain, without_case


def _flag(value: Any, _store: Any) -> Any:
    return {0: False, 1: True, 2: "receive_only"}[value]


def _megabytes(value: Any, _store: Any) -> Any:
    return value * MIB if value else "unlimited"


def _number(value: Any, _store: Any) -> int:
    return int(value)


def _text(value: Any, _store: Any) -> str:
    return "" if value is None else str(value)


_SPECIAL = {"null@localhost": "discard", "spam@localhost": "learn_spam", "ham@localhost": "learn_ham"}


def _targets(value: list[str], _store: Any) -> list[str]:
    return [] if value[0] in _SPECIAL else sorted(target.lower() for target in value)


def _action(value: list[str], _store: Any) -> str:
    return _SPECIAL.get(value[0], "deliver")


def _raw(_store: MailStore, found: Any) -> dict[str, Any]:
    return dataclasses.asdict(found)


def _rest(store: MailStore, own: Any) -> str:
    """Without what counts objects."""
    counters = ("next_alias_id", "next_syncjob_id", "failed_logins")
    tables = {name: table for name, table in vars(store).items() if name not in counters}
    for name in ("mailboxes", "aliases"):
        tables[name] = {key: each for key, each in tables[name].items() if each is not own}
    return as_json(tables)


MAILBOX = Keeper(
    find=lambda store, key: store.mailboxes.get(_ascii(key["email"])),
    raw=_raw,
    rest=_rest,
    places={
        ("email",): plain("username"),
        ("name",): plain("name"),
        ("password",): plain("password"),
        ("quota",): Place(("quota",), _megabytes),
        ("active",): Place(("active",), _flag),
        ("force_pw_update",): Place(("force_pw_update",), _flag),
        ("tls_enforce_in",): Place(("tls_enforce_in",), _flag),
        ("tls_enforce_out",): Place(("tls_enforce_out",), _flag),
        ("auth_source",): plain("authsource"),
        ("force_tfa",): Place(("force_tfa",), _flag),
        ("sogo_access",): Place(("sogo_access",), _flag),
        ("protocol_access",): Place(("protocol_access",), without_case),
        ("quarantine_notification",): plain("quarantine_notification"),
        ("quarantine_category",): plain("quarantine_category"),
        ("relay_host",): Place(("relayhost",), _number),
    },
    # mail_api.md 3.3: everything else is the server's own choice.
    defaults={
        ("name",): "",
        ("active",): True,
        ("force_pw_update",): False,
        ("tls_enforce_in",): False,
        ("tls_enforce_out",): False,
        ("auth_source",): "mailcow",
        ("force_tfa",): False,
        ("sogo_access",): True,
        ("protocol_access",): ["dav", "eas", "imap", "pop3", "sieve", "smtp"],
        ("quarantine_notification",): "hourly",
        ("quarantine_category",): "reject",
        ("relay_host",): 0,
    },
    restless=frozenset({"created", "modified", "was_edited", "password_changed"}),
)
ALIAS = Keeper(
    find=lambda store, key: store.alias_by_address(_ascii(key["address"])),
    raw=_raw,
    rest=_rest,
    places={
        ("address",): plain("address"),
        ("goto",): Place(("goto",), _targets),
        ("action",): Place(("goto",), _action),
        ("active",): Place(("active",), _flag),
        ("sogo_visible",): Place(("sogo_visible",), _flag),
        ("internal",): Place(("internal",), _flag),
        ("sender_allowed",): Place(("sender_allowed",), _flag),
        ("public_comment",): Place(("public_comment",), _text),
        ("private_comment",): Place(("private_comment",), _text),
    },
    defaults={
        ("action",): "deliver",
        ("active",): True,
        ("sogo_visible",): True,
        ("internal",): False,
        ("sender_allowed",): True,
        ("public_comment",): "",
        ("private_comment",): "",
    },
    restless=frozenset({"created", "modified"}),
)


def _ascii(address: str) -> str:
    local, _at, domain = address.lower().rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


KEEPERS = {"mailbox": MAILBOX, "alias": ALIAS}
