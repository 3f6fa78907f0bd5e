# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated Kerio Connect keeps the settings of a domain (kerio_connect.md 3.2 and appendix A2, A3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.simulators.kerio_connect.store import Entity, Store
from tests.unit.matrix.paths import Path
from tests.unit.matrix.stores import Keeper, Place, State, as_json, plain, without_case, words
from tests.unit.matrix.systems.kerio_connect.values import days, limit, minutes, without


def _domain(store: Store, key: Mapping[str, Any]) -> Entity | None:
    """Names of new domains are stored in the form of the wire."""
    name = key["name"].strip().rstrip(".").lower().encode("idna").decode()
    return next((row for row in store.domains.values() if row["name"] == name), None)


def _rest(store: Store, own: Any) -> str:
    """Which domain is the primary one is told by the domain that is."""
    others = without(store.domains, own["id"]) if own else store.domains
    shown = {identity: {**row, "isPrimary": None} for identity, row in others.items()}
    return as_json({**vars(store), "domains": shown})


def _as_sent(expected: State, given: State) -> tuple[State, State]:
    """The server wants some structures whole: a new domain gets the rest of them with the first member."""
    if ("name",) in expected:
        return expected, given
    structures = {path[0] for path in given}
    filled: State = {}
    if "forwarding" in structures:
        filled[("forwarding", "port")] = 25
    if "quota" in structures:
        filled |= {("quota", "warning_percent"): 90, ("quota", "period"): 1440}
    return {**expected, **filled}, given


def _optional(value: Any, _store: Any) -> Any:
    return value["value"] if value["enabled"] else ""


def _users(value: Any, _store: Any) -> Any:
    return "unlimited" if value == -1 else value


_PLACES: dict[Path, Place] = {
    ("name",): plain("name"),
    ("description",): plain("description"),
    ("is_primary",): plain("isPrimary"),
    ("aliases",): Place(("aliasList",), without_case),
    ("user_limit",): Place(("userMaxCount",), _users),
    ("password_policy", "expires"): plain("passwordExpirationEnabled"),
    ("password_policy", "expire_days"): plain("passwordExpirationDays"),
    ("password_policy", "history"): plain("passwordHistoryCount"),
    ("password_policy", "complexity"): plain("passwordComplexityEnabled"),
    ("password_policy", "minimum_length"): plain("passwordMinimumLength"),
    ("outgoing_message_limit",): Place(("outgoingMessageLimit",), limit),
    ("quota", "size"): Place(("domainQuota", "diskSizeLimit"), limit),
    ("quota", "warning_percent"): plain("domainQuota", "warningLimit"),
    ("quota", "email"): plain("domainQuota", "email"),
    ("quota", "notify"): Place(("domainQuota", "notification", "type"), words(once="notifyOnce", every="notifyEvery")),
    ("quota", "period"): Place(("domainQuota", "notification", "period"), minutes),
    ("quota", "blocks"): plain("domainQuota", "blocks"),
    ("clean_out", "deleted_items"): Place(("deletedItems",), days),
    ("clean_out", "junk_email"): Place(("junkEmail",), days),
    ("clean_out", "sent_items"): Place(("sentItems",), days),
    ("clean_out", "auto_delete"): Place(("autoDelete",), days),
    ("keep_for_recovery",): Place(("keepForRecovery",), days),
    ("forwarding", "enabled"): plain("forwardingOptions", "isEnabled"),
    ("forwarding", "host"): plain("forwardingOptions", "host"),
    ("forwarding", "port"): plain("forwardingOptions", "port"),
    ("forwarding", "delivery"): Place(
        ("forwardingOptions", "how"),
        words(online="Online", offline_scheduler="OfflineScheduler", offline_etrn="OfflineEtrn"),
    ),
    ("forwarding", "prevent_loop"): plain("forwardingOptions", "preventLoop"),
    ("directory_service", "enabled"): plain("service", "isEnabled"),
    ("directory_service", "type"): Place(
        ("service", "serviceType"),
        words(
            active_directory="WindowsActiveDirectory",
            apple_kerberos="AppleDirectoryKerberos",
            apple_password="AppleDirectoryPassword",
            kerio_directory="KerioDirectory",
            custom_ldap="CustomLDAP",
        ),
    ),
    ("directory_service", "custom_map_file"): plain("service", "customMapFile"),
    ("directory_service", "username"): plain("service", "authentication", "username"),
    ("directory_service", "secure"): plain("service", "authentication", "isSecure"),
    ("directory_service", "hostname"): plain("service", "hostname"),
    ("directory_service", "backup_hostname"): plain("service", "backupHostname"),
    ("directory_service", "directory_name"): plain("service", "directoryName"),
    ("directory_service", "ldap_suffix"): plain("service", "ldapSuffix"),
    ("directory_service_password",): plain("service", "authentication", "password"),
    ("footer", "enabled"): plain("domainFooter", "isUsed"),
    ("footer", "text"): plain("domainFooter", "text"),
    ("footer", "html"): plain("domainFooter", "isHtml"),
    ("footer", "internal"): plain("domainFooter", "isUsedInDomain"),
    ("kerberos_realm",): plain("kerberosRealm"),
    ("winnt_name",): plain("winNtName"),
    ("pam_realm",): plain("pamRealm"),
    ("bind_address",): Place(("ipAddressBind",), _optional),
    ("webmail_logo", "enabled"): plain("logo", "isUsed"),
    ("webmail_logo", "url"): plain("logo", "url"),
    ("client_logo",): plain("customClientLogo", "isEnabled"),
    ("check_spoofed_sender",): plain("checkSpoofedSender"),
    ("dkim",): plain("isDkimEnabled"),
    ("instant_messaging",): plain("isInstantMessagingEnabled"),
    ("archive", "remote"): plain("useRemoteArchiveAddress"),
    ("archive", "address"): plain("remoteArchiveAddress"),
    ("archive", "local_messages"): plain("archiveLocalMessages"),
    ("archive", "incoming_messages"): plain("archiveIncomingMessages"),
    ("archive", "outgoing_messages"): plain("archiveOutgoingMessages"),
    ("archive", "before_filter"): plain("archiveBeforeFilter"),
}
# What this simulator makes of a domain that is told nothing: nothing is sent that a task does not give.
_ZERO: State = {
    **{path: "" for path, place in _PLACES.items() if path != ("name",)},
    **dict.fromkeys([("user_limit",), ("outgoing_message_limit",), ("quota", "size")], "unlimited"),
    **{("clean_out", name): "never" for name in ("deleted_items", "junk_email", "sent_items", "auto_delete")},
    ("keep_for_recovery",): "never",
    ("aliases",): [],
    **{("password_policy", name): 0 for name in ("expire_days", "history", "minimum_length")},
    **{("quota", name): 0 for name in ("warning_percent", "period")},
    ("quota", "notify"): "once",
    ("forwarding", "port"): 0,
    ("forwarding", "delivery"): "online",
    ("directory_service", "type"): "active_directory",
}
_NO: tuple[Path, ...] = (
    ("is_primary",),
    ("password_policy", "expires"),
    ("password_policy", "complexity"),
    ("quota", "blocks"),
    ("forwarding", "enabled"),
    ("forwarding", "prevent_loop"),
    ("directory_service", "enabled"),
    ("directory_service", "secure"),
    ("footer", "enabled"),
    ("footer", "html"),
    ("footer", "internal"),
    ("webmail_logo", "enabled"),
    ("client_logo",),
    ("check_spoofed_sender",),
    ("dkim",),
    ("archive", "remote"),
    ("archive", "local_messages"),
    ("archive", "incoming_messages"),
    ("archive", "outgoing_messages"),
    ("archive", "before_filter"),
)
DOMAIN = Keeper(
    find=_domain,
    raw=lambda _store, domain: domain,
    rest=_rest,
    places=_PLACES,
    defaults={**_ZERO, **dict.fromkeys(_NO, False), ("instant_messaging",): True},
    translate=_as_sent,
)
