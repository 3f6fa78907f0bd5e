# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulators keep each value, by the wire names of the fact sheets, and what a new object holds by default.

Nothing here uses a codec or a name of the code under test but the options' own: a shared mistake would prove nothing.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.simulators.kerio_connect.store import Store as KerioStore
from tests.simulators.mail_engine import MailStore
from tests.unit.matrix.samples import MIB, Path

State = dict[Path, Any]


@dataclass(frozen=True)
class Place:
    """A value's place: the path in the store's object, and how to understand what lies there."""

    path: tuple[str, ...]
    read: Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Keeper:
    """One resource in one store: ``find`` an object by the options of its key, see it ``raw`` (nested dicts)."""

    find: Callable[[Any, Mapping[str, Any]], Any]
    raw: Callable[[Any], dict[str, Any]]
    places: Mapping[Path, Place]
    defaults: State
    # Members that change by themselves.
    restless: frozenset[str] = frozenset()

    def state(self, store: Any, found: Any) -> State:
        """Every value of an object, by the path of its option."""
        raw = self.raw(found)
        return {path: place.read(_follow(raw, place.path), store) for path, place in self.places.items()}


def _follow(raw: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        raw = raw[name]
    return raw


# Ways to understand a value. The second argument is the store.


def _as_is(value: Any, _store: Any) -> Any:
    return value


def _words(**words: str) -> Callable[[Any, Any], Any]:
    """Wire names (values) to the words of the options (names)."""
    by_wire = {wire: word for word, wire in words.items()}
    return lambda value, _store: by_wire[value]


def _sorted(value: Any, _store: Any) -> list[str]:
    return sorted(str(item).lower() for item in value)


def _limit(value: Any, _store: Any) -> Any:
    """ItemCountLimit or SizeLimit; a size in bytes."""
    if not value["isActive"]:
        return "unlimited"
    limit = value["limit"]
    units = ("Bytes", "KiloBytes", "MegaBytes", "GigaBytes", "TeraBytes", "PetaBytes")
    return limit["value"] << (10 * units.index(limit["units"])) if isinstance(limit, dict) else limit


def _days(value: Any, _store: Any) -> Any:
    return value["days"] if value["isEnabled"] else "never"


def _name_in(table: str) -> Callable[[Any, Any], Any]:
    """The name behind an id; empty for none."""
    return lambda value, store: getattr(store, table)[value]["name"] if value else ""


def _group_names(value: Any, store: KerioStore) -> list[str]:
    return sorted(store.groups[group_id]["name"] for group_id in value)


# Kerio Connect (kerio_connect.md 3.1 and appendix A2, A3).


def _kerio_user(store: KerioStore, key: Mapping[str, Any]) -> dict[str, Any] | None:
    for user in store.users.values():
        domain = store.domains[user["domainId"]]["name"]
        if user["loginName"].lower() == key["name"].lower() and domain == _unicode(key["domain"]):
            return user
    return None


def _unicode(domain: str) -> str:
    plain = domain.strip().rstrip(".").lower()
    return plain.encode().decode("idna") if plain.isascii() else plain


def _plain(*path: str) -> Place:
    return Place(path, _as_is)


_KERIO_PLACES: dict[Path, Place] = {
    ("name",): _plain("loginName"),
    ("domain",): Place(("domainId",), lambda value, store: store.domains[value]["name"]),
    ("full_name",): _plain("fullName"),
    ("description",): _plain("description"),
    ("enabled",): _plain("isEnabled"),
    ("password",): _plain("password"),
    ("auth_type",): Place(
        ("authType",),
        _words(
            internal="UInternalAuth",
            windows_nt="UWindowsNTAuth",
            pam="UPamAuth",
            kerberos="UKerberosAuth",
            apple="UAppleAuth",
            ldap="ULDAPAuth",
        ),
    ),
    ("password_reversible",): _plain("isPasswordReversible"),
    ("allow_password_change",): _plain("allowPasswordChange"),
    ("default_spam_rule",): _plain("hasDefaultSpamRule"),
    ("role",): Place(
        ("role", "userRole"),
        _words(none="UserRole", auditor="Auditor", account_admin="AccountAdmin", full_admin="FullAdmin"),
    ),
    ("public_folder_right",): _plain("role", "publicFolderRight"),
    ("archive_folder_right",): _plain("role", "archiveFolderRight"),
    ("email_addresses",): Place(("emailAddresses",), _sorted),
    ("groups",): Place(("userGroups",), _group_names),
    ("forwarding", "mode"): Place(
        ("emailForwarding", "mode"),
        _words(none="UForwardNone", forward="UForwardYes", forward_and_keep="UForwardDeliver"),
    ),
    ("forwarding", "addresses"): Place(("emailForwarding", "emailAddresses"), _sorted),
    ("item_limit",): Place(("itemLimit",), _limit),
    ("quota",): Place(("diskSizeLimit",), _limit),
    ("outgoing_message_limit",): Place(("outMessageLimit",), _limit),
    ("domain_restriction",): _plain("hasDomainRestriction"),
    ("publish_in_gal",): _plain("publishInGal"),
    ("clean_out", "use_domain_settings"): _plain("cleanOutItems", "isUsedDomain"),
    ("clean_out", "deleted_items"): Place(("cleanOutItems", "deletedItems"), _days),
    ("clean_out", "junk_email"): Place(("cleanOutItems", "junkEmail"), _days),
    ("clean_out", "sent_items"): Place(("cleanOutItems", "sentItems"), _days),
    ("clean_out", "auto_delete"): Place(("cleanOutItems", "autoDelete"), _days),
    ("access_policy",): Place(("accessPolicy",), _name_in("access_policy_groups")),
    ("company_contact",): Place(("companyContactId",), _name_in("company_contacts")),
    ("home_server",): _plain("homeServer", "name"),
}
KERIO_USER = Keeper(
    find=_kerio_user,
    raw=lambda user: user,
    places=_KERIO_PLACES,
    # What the server's own administration fills in (kerio_connect.md 3.1).
    defaults={
        ("full_name",): "",
        ("description",): "",
        ("enabled",): True,
        ("auth_type",): "internal",
        ("password_reversible",): True,
        ("allow_password_change",): True,
        ("default_spam_rule",): True,
        ("role",): "none",
        ("public_folder_right",): False,
        ("archive_folder_right",): False,
        ("email_addresses",): [],
        ("groups",): [],
        ("forwarding", "mode"): "none",
        ("forwarding", "addresses"): [],
        ("item_limit",): "unlimited",
        ("quota",): "unlimited",
        ("outgoing_message_limit",): "unlimited",
        ("domain_restriction",): False,
        ("publish_in_gal",): True,
        ("clean_out", "use_domain_settings"): True,
        ("clean_out", "deleted_items"): "never",
        ("clean_out", "junk_email"): "never",
        ("clean_out", "sent_items"): "never",
        ("clean_out", "auto_delete"): "never",
        ("access_policy",): "Default",
        ("company_contact",): "",
        ("home_server",): "",
    },
)


# Mail servers (mail_api.md 1.4, 2.2, 3.1, 3.3). Sizes are kept in megabytes, flags as 1 and 0.


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


MAILBOX = Keeper(
    find=lambda store, key: store.mailboxes.get(_ascii(key["email"])),
    raw=dataclasses.asdict,
    places={
        ("email",): _plain("username"),
        ("name",): _plain("name"),
        ("password",): _plain("password"),
        ("quota",): Place(("quota",), _megabytes),
        ("active",): Place(("active",), _flag),
        ("force_pw_update",): Place(("force_pw_update",), _flag),
        ("tls_enforce_in",): Place(("tls_enforce_in",), _flag),
        ("tls_enforce_out",): Place(("tls_enforce_out",), _flag),
        ("auth_source",): _plain("authsource"),
        ("force_tfa",): Place(("force_tfa",), _flag),
        ("sogo_access",): Place(("sogo_access",), _flag),
        ("protocol_access",): Place(("protocol_access",), _sorted),
        ("quarantine_notification",): _plain("quarantine_notification"),
        ("quarantine_category",): _plain("quarantine_category"),
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
    raw=dataclasses.asdict,
    places={
        ("address",): _plain("address"),
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


KEEPERS: dict[str, Keeper] = {"user": KERIO_USER, "mailbox": MAILBOX, "alias": ALIAS}


def rest_of(store: KerioStore | MailStore, own: Any) -> str:
    """Everything in a store but one object and what counts objects, as JSON: what no step may touch."""
    tables = dict(vars(store))
    for name in ("next_alias_id", "next_syncjob_id", "failed_logins"):
        tables.pop(name, None)
    if isinstance(store, KerioStore):
        # A kept folder outlives its user; only those that were there from the start are looked at.
        tables["mailboxes"] = {name: number for name, number in store.mailboxes.items() if number}
    for name in ("users",) if isinstance(store, KerioStore) else ("mailboxes", "aliases"):
        tables[name] = {key: each for key, each in tables[name].items() if each is not own}
    return json.dumps(tables, default=lambda value: sorted(value) if isinstance(value, set) else vars(value))
