# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated mail servers keep each value (mail_api.md 1.4, 2.2, 3.1, 3.3). Sizes are kept in megabytes, flags
as 1 and 0.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from tests.simulators.mail_engine import Domain, MailStore, SyncJob
from tests.unit.matrix.samples import GIB, MIB
from tests.unit.matrix.stores import Keeper, Place, State, as_json, plain, without_case


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


def _raw_domain(store: MailStore, found: Domain) -> dict[str, Any]:
    """With its DKIM key, and without the name in place of a description (mail_api.md 2.8)."""
    description = "" if found.description == found.name else found.description
    return {**dataclasses.asdict(found), "description": description, "dkim": vars(store.dkim_keys[found.name])}


def _rest(store: MailStore, own: Any) -> str:
    """Without what counts objects, and without DKIM keys, which belong to domains."""
    apart = ("next_alias_id", "next_syncjob_id", "dkim_keys")
    tables = {name: table for name, table in vars(store).items() if name not in apart}
    for name in ("domains", "mailboxes", "aliases", "syncjobs"):
        tables[name] = {key: each for key, each in tables[name].items() if each is not own}
    return as_json(tables)


def _limit(value: Any, _store: Any) -> Any:
    """A number whose 0 is no limit, kept as a number or as text."""
    return int(value) or "unlimited"


def _rate(value: dict[str, str] | None, _store: Any) -> str:
    return f"{value['value']}/{value['frame']}" if value else "unlimited"


_DOMAIN_FLAGS = ("active", "relay_all_recipients", "relay_unknown_only", "gal")
DOMAIN = Keeper(
    find=lambda store, key: store.domains.get(_ascii_domain(key["name"])),
    raw=_raw_domain,
    rest=_rest,
    places={
        ("name",): plain("name"),
        ("description",): plain("description"),
        ("max_aliases",): plain("aliases"),
        ("max_mailboxes",): plain("mailboxes"),
        ("default_quota",): Place(("defquota",), _megabytes),
        ("max_quota",): Place(("maxquota",), _megabytes),
        ("quota",): Place(("quota",), _megabytes),
        ("backup_mx",): Place(("backupmx",), _flag),
        ("relay_host",): Place(("relayhost",), _number),
        ("rate_limit",): Place(("rl",), _rate),
        ("tags",): Place(("tags",), without_case),
        ("dkim_key_size",): plain("dkim", "size"),
        ("dkim_selector",): plain("dkim", "selector"),
        ("template",): plain("made_from"),
        ("restart_sogo",): Place(("restarted_sogo",), _flag),
        **{(name,): Place((name,), _flag) for name in _DOMAIN_FLAGS},
    },
    # What the module sends, and mail_api.md 3.3: everything else is the server's own choice.
    defaults={
        ("description",): "",
        ("active",): True,
        ("max_aliases",): 400,
        ("max_mailboxes",): 10,
        ("default_quota",): 3 * GIB,
        ("max_quota",): 10 * GIB,
        ("quota",): 10 * GIB,
        ("backup_mx",): False,
        ("relay_all_recipients",): False,
        ("relay_unknown_only",): False,
        ("relay_host",): 0,
        ("gal",): True,
        ("rate_limit",): "unlimited",
        ("tags",): [],
        ("dkim_key_size",): 2048,
        ("dkim_selector",): "dkim",
        ("template",): 0,
        ("restart_sogo",): False,
    },
    restless=frozenset({"created", "modified"}),
)
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


_JOB_FLAGS = {
    "active": "active",
    "delete_source": "delete1",
    "delete_target": "delete2",
    "delete_duplicates": "delete2duplicates",
    "automap": "automap",
    "skip_cross_duplicates": "skipcrossduplicates",
    "subscribe_all": "subscribeall",
    "dry_run": "dry",
}
_PORTS = {"ssl": 993, "tls": 143, "plain": 143}


def _find_job(store: MailStore, key: Mapping[str, Any]) -> SyncJob | None:
    wanted = (key["mailbox"].lower(), _ascii_domain(key["remote_host"]), key["remote_user"])
    return next((job for job in store.syncjobs.values() if (job.user2, job.host1, job.user1) == wanted), None)


def _with_port(expected: State, given: State) -> tuple[State, State]:
    """A new job without a port has the usual one of its encryption."""
    port = _PORTS[str(given.get(("encryption",), expected["encryption",]))]
    return {("port",): port, **expected}, given


SYNC_JOB = Keeper(
    find=_find_job,
    raw=_raw,
    rest=_rest,
    places={
        ("mailbox",): plain("user2"),
        ("remote_host",): plain("host1"),
        ("remote_user",): plain("user1"),
        ("remote_password",): plain("password1"),
        ("encryption",): Place(("enc1",), lambda word, _store: word.lower()),
        ("port",): plain("port1"),
        ("interval",): plain("mins_interval"),
        ("subfolder",): plain("subfolder2"),
        ("max_age",): Place(("maxage",), _limit),
        ("bandwidth",): Place(("maxbytespersecond",), _limit),
        ("remote_timeout",): plain("timeout1"),
        ("local_timeout",): plain("timeout2"),
        ("exclude",): plain("exclude"),
        ("custom_params",): plain("custom_params"),
        **{(name,): Place((member,), _flag) for name, member in _JOB_FLAGS.items()},
    },
    defaults={
        ("encryption",): "ssl",
        ("interval",): 20,
        ("active",): True,
        ("subfolder",): "",
        ("max_age",): "unlimited",
        ("bandwidth",): "unlimited",
        ("remote_timeout",): 600,
        ("local_timeout",): 600,
        ("exclude",): "",
        ("custom_params",): "",
        ("delete_source",): False,
        ("delete_target",): False,
        ("delete_duplicates",): False,
        ("automap",): True,
        ("skip_cross_duplicates",): False,
        ("subscribe_all",): True,
        ("dry_run",): False,
    },
    translate=_with_port,
    restless=frozenset({"created", "modified"}),
)


def _ascii_domain(name: str) -> str:
    return name.strip().rstrip(".").lower().encode("idna").decode()


def _ascii(address: str) -> str:
    local, _at, domain = address.lower().rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


KEEPERS = {"domain": DOMAIN, "mailbox": MAILBOX, "alias": ALIAS, "sync_job": SYNC_JOB}
