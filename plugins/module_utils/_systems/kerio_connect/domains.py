# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of Kerio Connect: the whole writable Domain table (kerio_connect.md 3.2 and A3).

What the server fills in for a new domain is not known, so only what the task gives is sent.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.addresses import domain_name, email
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Field, Flag, Integer, NumberOr, Size, Text, TextSet, secret
from ..._core.resource import Resource, Values
from ..._core.structures import Struct
from .codecs import (
    DAYS,
    NEVER,
    NO_DAYS,
    NO_SIZE,
    OPTIONAL_TEXT,
    PERIOD,
    SIZE_LIMIT,
    USER_LIMIT,
    period,
    words,
)
from .service import Service
from .users import MAX_DAYS

DELIVERY = {"online": "Online", "offline_scheduler": "OfflineScheduler", "offline_etrn": "OfflineEtrn"}
DIRECTORY_SERVICES = {
    "active_directory": "WindowsActiveDirectory",
    "apple_kerberos": "AppleDirectoryKerberos",
    "apple_password": "AppleDirectoryPassword",
    "kerio_directory": "KerioDirectory",
    "custom_ldap": "CustomLDAP",
}
NOTIFICATIONS = {"once": "notifyOnce", "every": "notifyEvery"}

_STRUCTURES: dict[str, Any] = {
    "outgoingMessageLimit": NO_SIZE,
    "deletedItems": NO_DAYS,
    "junkEmail": NO_DAYS,
    "sentItems": NO_DAYS,
    "autoDelete": {"isEnabled": False, "days": 1095},
    "keepForRecovery": NO_DAYS,
    "forwardingOptions": {"isEnabled": False, "host": "", "port": 25, "how": "Online", "preventLoop": False},
    "service": {
        "isEnabled": False,
        "serviceType": "WindowsActiveDirectory",
        "customMapFile": "",
        "authentication": {"username": "", "isSecure": False},
        "hostname": "",
        "backupHostname": "",
        "directoryName": "",
        "ldapSuffix": "",
    },
    "domainFooter": {"isUsed": False, "text": "", "isHtml": False, "isUsedInDomain": False},
    "ipAddressBind": {"enabled": False, "value": ""},
    "logo": {"isUsed": False, "url": ""},
    "domainQuota": {
        "diskSizeLimit": NO_SIZE,
        "notification": {"type": "notifyOnce", "period": {"value": 1, "units": "Days"}},
        "warningLimit": 90,
        "email": "",
        "blocks": False,
    },
}


def _address_or_nothing(text: str) -> str:
    return email(text) if text.strip() else ""


def _check(values: Values, current: Values | None) -> None:
    if (current or {}).get("directory_service", {}).get("enabled") or "directory_service_password" not in values:
        return
    if not values.get("directory_service", {}).get("enabled"):
        raise InvalidOption("directory_service_password", "is used with directory_service.enabled: true only")


def _protected(values: Values) -> str | None:
    return "is the primary domain; make another domain the primary one first" if values.get("is_primary") else None


def _days(name: str, what: str, wire: str) -> Field:
    return NumberOr(
        name, f"Days after which {what} is cleaned out, or V(never).", (wire,), DAYS, word=NEVER, maximum=MAX_DAYS
    )


def _text(name: str, doc: str, *wire: str) -> Field:
    return Text(name, doc, wire)


def _flag(name: str, doc: str, *wire: str) -> Field:
    return Flag(name, doc, wire)


_PASSWORD_POLICY = Struct(
    "password_policy",
    "What passwords of users have to be like. Servers before version 8.5 may not know these settings.",
    fields=(
        _flag("expires", "Whether passwords expire.", "passwordExpirationEnabled"),
        Integer("expire_days", "Days after which a password expires.", ("passwordExpirationDays",)),
        Integer("history", "Number of old passwords that cannot be used again.", ("passwordHistoryCount",)),
        _flag("complexity", "Whether passwords have to be complex.", "passwordComplexityEnabled"),
        Integer("minimum_length", "Number of characters that a password has at least.", ("passwordMinimumLength",)),
    ),
)

_CLEAN_OUT = Struct(
    "clean_out",
    "Automatic deletion of old items, for users without settings of their own. It destroys mail.",
    fields=(
        _days("deleted_items", "the folder of deleted items", "deletedItems"),
        _days("junk_email", "the junk folder", "junkEmail"),
        _days("sent_items", "the folder of sent items", "sentItems"),
        _days("auto_delete", "every folder", "autoDelete"),
    ),
)

_FORWARDING = Struct(
    "forwarding",
    "Forwarding of mail for recipients that do not exist in this domain to another server.",
    fields=(
        _flag("enabled", "Whether mail is forwarded.", "forwardingOptions", "isEnabled"),
        _text("host", "Name or address of the other server.", "forwardingOptions", "host"),
        Integer(
            "port",
            "Port of the other server; servers show V(0) where forwarding was never set up.",
            ("forwardingOptions", "port"),
            maximum=65535,
        ),
        Choice(
            "delivery",
            "When mail is delivered: V(online) at once, V(offline_scheduler) when the scheduler says so, "
            "V(offline_etrn) when the other server asks for it.",
            ("forwardingOptions", "how"),
            words(DELIVERY),
            words=tuple(DELIVERY),
        ),
        _flag(
            "prevent_loop",
            "Whether mail that comes back from the other server is not sent there again.",
            "forwardingOptions",
            "preventLoop",
        ),
    ),
)

_DIRECTORY_SERVICE = Struct(
    "directory_service",
    "The directory service that users and groups are mapped from.",
    fields=(
        _flag("enabled", "Whether it is used.", "service", "isEnabled"),
        Choice(
            "type",
            "Kind of directory service.",
            ("service", "serviceType"),
            words(DIRECTORY_SERVICES),
            words=tuple(DIRECTORY_SERVICES),
        ),
        _text("custom_map_file", "Name of the map file for V(custom_ldap).", "service", "customMapFile"),
        _text("username", "Name to log in to the directory with.", "service", "authentication", "username"),
        _flag("secure", "Whether the connection is encrypted.", "service", "authentication", "isSecure"),
        _text("hostname", "Name of the directory server.", "service", "hostname"),
        _text("backup_hostname", "Name of a second directory server.", "service", "backupHostname"),
        _text("directory_name", "Name of the directory's own domain or realm.", "service", "directoryName"),
        _text("ldap_suffix", "Suffix below which LDAP is searched.", "service", "ldapSuffix"),
    ),
)

_FOOTER = Struct(
    "footer",
    "Text that is appended to messages.",
    fields=(
        _flag("enabled", "Whether it is appended.", "domainFooter", "isUsed"),
        _text("text", "The text, or the HTML.", "domainFooter", "text"),
        _flag("html", "Whether the text is HTML.", "domainFooter", "isHtml"),
        _flag("internal", "Whether it is appended to mail inside the domain too.", "domainFooter", "isUsedInDomain"),
    ),
)

_LOGO = Struct(
    "webmail_logo",
    "Own logo in the web mail.",
    fields=(
        _flag("enabled", "Whether it is shown.", "logo", "isUsed"),
        _text("url", "Where the picture is.", "logo", "url"),
    ),
)

_QUOTA = Struct(
    "quota",
    "Space for the whole domain.",
    fields=(
        Size(
            "size",
            "Size that all mailboxes of the domain may have together, for instance V(50G), or V(unlimited).",
            ("domainQuota", "diskSizeLimit"),
            SIZE_LIMIT,
        ),
        Integer(
            "warning_percent",
            "Percentage from which on warnings are sent.",
            ("domainQuota", "warningLimit"),
            maximum=100,
        ),
        Text(
            "email",
            "Address that receives the warnings; an empty text for none.",
            ("domainQuota", "email"),
            form=_address_or_nothing,
        ),
        Choice(
            "notify",
            "Whether a warning is sent V(once), or V(every) time that O(quota.period) has passed.",
            ("domainQuota", "notification", "type"),
            words(NOTIFICATIONS),
            words=tuple(NOTIFICATIONS),
        ),
        Text(
            "period",
            "Time between two warnings, for instance V(6 hours) or V(2 days).",
            ("domainQuota", "notification", "period"),
            PERIOD,
            form=period,
        ),
        _flag("blocks", "Whether a full domain takes no more mail.", "domainQuota", "blocks"),
    ),
)

_ARCHIVE = Struct(
    "archive",
    "Archiving, where the server archives by domain.",
    fields=(
        _flag("remote", "Whether copies go to O(archive.address).", "useRemoteArchiveAddress"),
        Text("address", "Address that receives copies.", ("remoteArchiveAddress",), form=_address_or_nothing),
        _flag("local_messages", "Whether mail inside the server is archived.", "archiveLocalMessages"),
        _flag("incoming_messages", "Whether incoming mail is archived.", "archiveIncomingMessages"),
        _flag("outgoing_messages", "Whether outgoing mail is archived.", "archiveOutgoingMessages"),
        _flag("before_filter", "Whether mail is archived before filters see it.", "archiveBeforeFilter"),
    ),
)

DOMAIN = Resource(
    kind="domain",
    plural="domains",
    module="kerio_domain",
    summary="Manage domains of Kerio Connect",
    description=(
        "Creates, changes and deletes mail domains of a Kerio Connect server through its administration interface.",
        "Options that are left out stay as they are on the server.",
        "This module renames no domain, since that needs a restart of the server and makes the old name an alias.",
        "To do it nevertheless, call C(Domains.rename) with M(postmaster.comms.kerio_call).",
        "The primary domain is never deleted, and neither is one that still holds users or anything else of its own.",
    ),
    key=("name",),
    entangled=True,
    label="{name}",
    domain_key=lambda values: str(values["name"]),
    route=Service("Domains", entities="domains", ids="domainIds", structures=_STRUCTURES),
    check=_check,
    protected=_protected,
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    unproven=(
        "What the server fills in for settings that a new domain is not given.",
        "That setting O(is_primary) moves the mark from the domain that had it.",
        "What becomes of public folders and of the archive when a domain is deleted, which therefore needs consent.",
    ),
    fields=(
        Text("name", "Name of the domain.", ("name",), form=domain_name, immutable=True),
        _text("description", "Free text about the domain.", "description"),
        _flag(
            "is_primary",
            "Whether this is the primary domain, in which users may log in without a domain name. There is always one: "
            "V(false) is only possible together with V(true) for another domain in the same run. Login names without a "
            "domain mean users of the new primary domain from then on, that of the task (O(api_username)) too.",
            "isPrimary",
        ),
        TextSet(
            "aliases",
            "All alternative names of the domain. An empty list removes them.",
            ("aliasList",),
            form=domain_name,
        ),
        NumberOr(
            "user_limit",
            "Number of users that the domain may have, or V(unlimited).",
            ("userMaxCount",),
            USER_LIMIT,
        ),
        _PASSWORD_POLICY,
        Size(
            "outgoing_message_limit",
            "Size that a message sent by users of the domain may have, for instance V(20M), or V(unlimited).",
            ("outgoingMessageLimit",),
            SIZE_LIMIT,
        ),
        _QUOTA,
        _CLEAN_OUT,
        _days("keep_for_recovery", "what users deleted and administrators can still recover", "keepForRecovery"),
        _FORWARDING,
        _DIRECTORY_SERVICE,
        secret(
            "directory_service_password",
            "Password to log in to the directory with. The server never returns it, so it is sent at creation only, "
            "unless O(update_password=always).",
            ("service", "authentication", "password"),
        ),
        _FOOTER,
        _text("kerberos_realm", "Kerberos realm that checks passwords.", "kerberosRealm"),
        _text("winnt_name", "Windows NT domain that checks passwords, on Windows.", "winNtName"),
        _text("pam_realm", "PAM realm that checks passwords, on Linux.", "pamRealm"),
        Text(
            "bind_address",
            "IP address that the domain is bound to: mail clients that connect to it need not name the domain. An "
            "empty text for none.",
            ("ipAddressBind",),
            OPTIONAL_TEXT,
        ),
        _LOGO,
        _flag(
            "client_logo",
            "Whether the domain's own logo is shown in the clients. The picture itself has to be uploaded in the "
            "administration.",
            "customClientLogo",
            "isEnabled",
        ),
        _flag(
            "check_spoofed_sender",
            "Whether mail that claims to come from this domain without having been sent by its users is rejected.",
            "checkSpoofedSender",
        ),
        _flag("dkim", "Whether outgoing mail is signed with DKIM.", "isDkimEnabled"),
        _flag("instant_messaging", "Whether users may use instant messaging.", "isInstantMessagingEnabled"),
        _ARCHIVE,
    ),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of the domain's public folders and archive.",
            on_create=False,
        ),
    ),
)
