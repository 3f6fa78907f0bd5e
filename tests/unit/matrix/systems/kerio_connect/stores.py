# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated Kerio Connect keeps each value (kerio_connect.md 3.1 and appendix A2, A3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.simulators.kerio_connect.store import Store
from tests.unit.matrix.paths import Path
from tests.unit.matrix.stores import Keeper, Place, as_json, plain, without_case, words
from tests.unit.matrix.systems.kerio_connect.domain_stores import DOMAIN
from tests.unit.matrix.systems.kerio_connect.entry_stores import IP_ADDRESS_GROUP, TIME_RANGE
from tests.unit.matrix.systems.kerio_connect.group_stores import ALIAS, GROUP
from tests.unit.matrix.systems.kerio_connect.list_stores import MAILING_LIST, RESOURCE
from tests.unit.matrix.systems.kerio_connect.values import days, domain_of, limit, unicode_name


def _name_in(table: str) -> Callable[[Any, Any], Any]:
    """The name behind an id; empty for none."""
    return lambda value, store: getattr(store, table)[value]["name"] if value else ""


def _group_names(value: Any, store: Store) -> list[str]:
    return sorted(store.groups[group_id]["name"] for group_id in value)


def _user(store: Store, key: Mapping[str, Any]) -> dict[str, Any] | None:
    for user in store.users.values():
        domain = store.domains[user["domainId"]]["name"]
        if user["loginName"].lower() == key["name"].lower() and domain == unicode_name(key["domain"]):
            return user
    return None


_PLACES: dict[Path, Place] = {
    ("name",): plain("loginName"),
    ("domain",): domain_of,
    ("full_name",): plain("fullName"),
    ("description",): plain("description"),
    ("enabled",): plain("isEnabled"),
    ("password",): plain("password"),
    ("auth_type",): Place(
        ("authType",),
        words(
            internal="UInternalAuth",
            windows_nt="UWindowsNTAuth",
            pam="UPamAuth",
            kerberos="UKerberosAuth",
            apple="UAppleAuth",
            ldap="ULDAPAuth",
        ),
    ),
    ("password_reversible",): plain("isPasswordReversible"),
    ("allow_password_change",): plain("allowPasswordChange"),
    ("default_spam_rule",): plain("hasDefaultSpamRule"),
    ("role",): Place(
        ("role", "userRole"),
        words(none="UserRole", auditor="Auditor", account_admin="AccountAdmin", full_admin="FullAdmin"),
    ),
    ("public_folder_right",): plain("role", "publicFolderRight"),
    ("archive_folder_right",): plain("role", "archiveFolderRight"),
    ("email_addresses",): Place(("emailAddresses",), without_case),
    ("groups",): Place(("userGroups",), _group_names),
    ("forwarding", "mode"): Place(
        ("emailForwarding", "mode"),
        words(none="UForwardNone", forward="UForwardYes", forward_and_keep="UForwardDeliver"),
    ),
    ("forwarding", "addresses"): Place(("emailForwarding", "emailAddresses"), without_case),
    ("item_limit",): Place(("itemLimit",), limit),
    ("quota",): Place(("diskSizeLimit",), limit),
    ("outgoing_message_limit",): Place(("outMessageLimit",), limit),
    ("domain_restriction",): plain("hasDomainRestriction"),
    ("publish_in_gal",): plain("publishInGal"),
    ("clean_out", "use_domain_settings"): plain("cleanOutItems", "isUsedDomain"),
    ("clean_out", "deleted_items"): Place(("cleanOutItems", "deletedItems"), days),
    ("clean_out", "junk_email"): Place(("cleanOutItems", "junkEmail"), days),
    ("clean_out", "sent_items"): Place(("cleanOutItems", "sentItems"), days),
    ("clean_out", "auto_delete"): Place(("cleanOutItems", "autoDelete"), days),
    ("access_policy",): Place(("accessPolicy",), _name_in("access_policy_groups")),
    ("company_contact",): Place(("companyContactId",), _name_in("company_contacts")),
    ("home_server",): plain("homeServer", "name"),
}


def _rest(store: Store, own: Any) -> str:
    """A kept folder outlives its user; only those that were there from the start are looked at."""
    mailboxes = {name: number for name, number in store.mailboxes.items() if number}
    users = {key: each for key, each in store.users.items() if each is not own}
    return as_json({**vars(store), "mailboxes": mailboxes, "users": users})


USER = Keeper(
    find=_user,
    raw=lambda _store, user: user,
    rest=_rest,
    places=_PLACES,
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

KEEPERS = {
    "domain": DOMAIN,
    "group": GROUP,
    "user": USER,
    "alias": ALIAS,
    "mailing_list": MAILING_LIST,
    "resource": RESOURCE,
    "ip_address_group": IP_ADDRESS_GROUP,
    "time_range": TIME_RANGE,
}
