# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of Kerio Connect: the whole writable User table (kerio_connect.md 3.1).

``wire`` is the path of a value inside the server's User. The values that are sent at creation are those that the
server's own administration fills in for a new user.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from typing import Any

from ..._core.addresses import email, local_part, mailbox_address
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Field, Flag, NumberOr, Reference, Size, Text, TextSet, filled, secret
from ..._core.resource import Resource, Values
from ..._core.sizes import UNLIMITED
from ..._core.structures import Struct
from .codecs import DAYS, ENTITIES, ENTITY, ENTITY_ID, ITEM_LIMIT, NEVER, NO_DAYS, NO_SIZE, SIZE_LIMIT, words
from .keys import domain_of_object, owner
from .service import Service

MAX_DAYS = 24855

AUTH_TYPES = {
    "internal": "UInternalAuth",
    "windows_nt": "UWindowsNTAuth",
    "pam": "UPamAuth",
    "kerberos": "UKerberosAuth",
    "apple": "UAppleAuth",
    "ldap": "ULDAPAuth",
}
ROLES = {"none": "UserRole", "auditor": "Auditor", "account_admin": "AccountAdmin", "full_admin": "FullAdmin"}
FORWARDING = {"none": "UForwardNone", "forward": "UForwardYes", "forward_and_keep": "UForwardDeliver"}
MAILBOX = {"keep": "UDeleteUser", "delete": "UDeleteFolder", "move": "UMoveFolder"}
DIRECTORY = {"deactivate": "DSModeDeactivate", "delete": "DSModeDelete"}


_STRUCTURES: dict[str, Any] = {
    "role": {"userRole": "UserRole", "publicFolderRight": False, "archiveFolderRight": False},
    "emailForwarding": {"mode": "UForwardNone", "emailAddresses": []},
    "itemLimit": {"isActive": False, "limit": 0},
    "diskSizeLimit": NO_SIZE,
    "outMessageLimit": NO_SIZE,
    "cleanOutItems": {
        "isUsedDomain": True,
        "deletedItems": NO_DAYS,
        "junkEmail": NO_DAYS,
        "sentItems": NO_DAYS,
        "autoDelete": {"isEnabled": False, "days": 1095},
    },
}

# What Kerio Connect takes as a login name is not known, so only what cannot be one is refused.
_NO_LOGIN_NAME = re.compile(r"[\s@\x00-\x1f\x7f]")


def login_name(text: str) -> str:
    name = text.strip().lower()
    if not name or _NO_LOGIN_NAME.search(name):
        raise ValueError(f"{text!r} is not a login name (the part of the address before the @)")
    return name


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """Additional addresses may be written whole; the server keeps local parts only."""
    if "email_addresses" not in values:
        return values
    addresses = without_domain(values["email_addresses"], values["domain"])
    for address in addresses:
        if "@" in address:
            reason = f"{address!r} is not in the domain {values['domain']} of the user; use a user of that domain"
            raise InvalidOption("email_addresses", reason)
    return {**values, "email_addresses": addresses}


def without_domain(addresses: list[str], domain: str) -> list[str]:
    """The local parts of the addresses in this domain; others as they are."""
    ending = f"@{domain}"
    return sorted({address[: -len(ending)] if address.endswith(ending) else address for address in addresses})


def address_or_local_part(text: str) -> str:
    return email(text.lower()) if "@" in text else local_part(text.lower())


def _check(values: Values, current: Values | None) -> None:
    held = (current or {}).get("forwarding", {})
    forwarding = {**held, **values.get("forwarding", {})}
    if forwarding == held or forwarding.get("mode", "none") == "none":
        return
    # On an existing user, addresses that the server did not tell are there as far as we know.
    if not forwarding.get("addresses", current is not None):
        raise InvalidOption("forwarding.addresses", f"is needed with mode {forwarding['mode']}: where the mail goes to")


def _check_removal(given: Values, removal: Values) -> None:
    if removal.get("mailbox") == "move" and "move_to" not in removal:
        raise InvalidOption("move_to", "is required with mailbox=move: it names the user who receives the mail")
    if removal.get("mailbox") != "move" and "move_to" in removal:
        raise InvalidOption("move_to", "is only used together with mailbox=move")
    if given and removal.get("move_to") == "{name}@{domain}".format(**given):
        raise InvalidOption("move_to", "is the user that is deleted; name the user who receives the mail")


def _after_read(values: dict[str, Any]) -> dict[str, Any]:
    if "email_addresses" not in values:
        return values
    return {**values, "email_addresses": without_domain(values["email_addresses"], values["domain"])}


def _weakens(before: Values, after: Values) -> str | None:
    """Disabling an account or taking rights of its role from it."""
    if before.get("enabled") and after.get("enabled") is False:
        return "disable"
    order = list(ROLES)
    was, becomes = before.get("role"), after.get("role")
    if was in order and becomes in order and order.index(becomes) < order.index(was):
        return "demote"
    return None


def _days(name: str, what: str, wire: str, days_in_ui: str) -> Field:
    return NumberOr(
        name,
        f"Days after which {what} is cleaned out, or V(never). The server's own forms offer {days_in_ui} days.",
        ("cleanOutItems", wire),
        DAYS,
        word=NEVER,
        maximum=MAX_DAYS,
        on_create=NEVER,
    )


def directory_option(doc: str) -> Field:
    """The removal option about objects that are mapped from a directory service."""
    return Choice("directory_account", doc, codec=words(DIRECTORY), words=tuple(DIRECTORY), on_create="deactivate")


USER = Resource(
    kind="user",
    plural="users",
    module="kerio_user",
    summary="Manage users of Kerio Connect",
    description=(
        "Creates, changes and deletes user accounts of a Kerio Connect server through its administration interface.",
        "Options that are left out stay as they are on the server.",
    ),
    key=("name", "domain"),
    label="{name}@{domain}",
    domain_key=domain_of_object,
    is_account=True,
    route=Service(
        "Users",
        entities="users",
        ids="userIds",
        name_member="loginName",
        structures=_STRUCTURES,
        after_read=_after_read,
    ),
    complete=_complete,
    check=_check,
    weakens=_weakens,
    unproven=(
        "Whether the server looks at case where it searches for a login name; both answers work.",
        "Whether the login name of a user could be changed; this module never does.",
        "How long the deletion of a user goes on after the server confirmed it.",
    ),
    fields=(
        Text(
            "name",
            "Login name of the user, the part of the address before the @.",
            ("loginName",),
            form=login_name,
            immutable=True,
        ),
        owner("user"),
        Text("full_name", "Full name.", ("fullName",), on_create=""),
        Text("description", "Free text about the user.", ("description",), on_create=""),
        Flag("enabled", "Whether the account may be used.", ("isEnabled",), on_create=True),
        secret(
            "password",
            "Password. The server never returns it, so it is sent at creation only, unless O(update_password=always).",
            ("password",),
        ),
        Choice(
            "auth_type",
            "How the password is checked. Which types work depends on the operating system of the server.",
            ("authType",),
            words(AUTH_TYPES),
            words=tuple(AUTH_TYPES),
            on_create="internal",
        ),
        Flag(
            "password_reversible",
            "Whether the password is stored with reversible encryption, which some ways to log in need (CRAM-MD5).",
            ("isPasswordReversible",),
            on_create=True,
        ),
        Flag(
            "allow_password_change",
            "Whether the user may change the password; otherwise only administrators do.",
            ("allowPasswordChange",),
            on_create=True,
        ),
        Flag(
            "default_spam_rule",
            "Whether the new user gets the rule that moves spam into the junk folder. Taken at creation only.",
            ("hasDefaultSpamRule",),
            on_create=True,
            create_only=True,
        ),
        Choice(
            "role",
            "Administration rights of the user.",
            ("role", "userRole"),
            words(ROLES),
            words=tuple(ROLES),
            on_create="none",
        ),
        Flag(
            "public_folder_right",
            "Whether the user may manage public folders.",
            ("role", "publicFolderRight"),
            on_create=False,
        ),
        Flag(
            "archive_folder_right",
            "Whether the user may read the archive folders.",
            ("role", "archiveFolderRight"),
            on_create=False,
        ),
        TextSet(
            "email_addresses",
            "All additional addresses of the user, as local parts or as addresses in the user's domain. The address "
            "made of login name and domain is not part of the list. An empty list removes all.",
            ("emailAddresses",),
            form=address_or_local_part,
            on_create=[],
        ),
        TextSet(
            "groups",
            "Names of all groups that the user is a member of. An empty list removes the user from every group.",
            ("userGroups",),
            ENTITIES,
            form=filled,
            reference=Reference("group", assumable=True, within="domain"),
        ),
        Struct(
            "forwarding",
            "Forwarding of incoming mail.",
            fields=(
                Choice(
                    "mode",
                    "V(none), V(forward) without keeping a copy, or V(forward_and_keep).",
                    ("emailForwarding", "mode"),
                    words(FORWARDING),
                    words=tuple(FORWARDING),
                    on_create="none",
                ),
                TextSet(
                    "addresses",
                    "All addresses to forward to.",
                    ("emailForwarding", "emailAddresses"),
                    form=email,
                    on_create=[],
                ),
            ),
        ),
        NumberOr(
            "item_limit",
            "Number of items that the mailbox may hold, or V(unlimited).",
            ("itemLimit",),
            ITEM_LIMIT,
            on_create=UNLIMITED,
        ),
        Size(
            "quota",
            "Size that the mailbox may have, for instance V(512M) or V(3G), or V(unlimited).",
            ("diskSizeLimit",),
            SIZE_LIMIT,
            on_create=UNLIMITED,
        ),
        Size(
            "outgoing_message_limit",
            "Size that a message sent by the user may have, for instance V(20M), or V(unlimited).",
            ("outMessageLimit",),
            SIZE_LIMIT,
            on_create=UNLIMITED,
        ),
        Flag(
            "domain_restriction",
            "Whether the user may send and receive mail inside the own domain only.",
            ("hasDomainRestriction",),
            on_create=False,
        ),
        Flag(
            "publish_in_gal",
            "Whether the user appears in the global address list.",
            ("publishInGal",),
            on_create=True,
        ),
        Struct(
            "clean_out",
            "Automatic deletion of old items.",
            fields=(
                Flag(
                    "use_domain_settings",
                    "Whether the settings of the domain apply instead of the following ones.",
                    ("cleanOutItems", "isUsedDomain"),
                    on_create=True,
                ),
                _days("deleted_items", "the folder of deleted items", "deletedItems", "30"),
                _days("junk_email", "the junk folder", "junkEmail", "30"),
                _days("sent_items", "the folder of sent items", "sentItems", "30"),
                _days("auto_delete", "every folder", "autoDelete", "1095"),
            ),
        ),
        Text(
            "access_policy",
            "Name of the access policy, which decides about the services that the user may use. A new user gets the "
            "server's default policy unless one is named.",
            ("accessPolicy",),
            ENTITY,
            form=filled,
            fold=True,
            reference=Reference("access policy"),
        ),
        Text(
            "company_contact",
            "Name of the company contact whose data the user's contact shows; an empty text for none.",
            ("companyContactId",),
            ENTITY_ID,
            fold=True,
            reference=Reference("company contact"),
        ),
        Text(
            "home_server",
            "Name of the home server, in a distributed domain. Taken at creation only.",
            ("homeServer",),
            ENTITY,
            form=filled,
            create_only=True,
            reference=Reference("home server"),
        ),
    ),
    removal=(
        Choice(
            "mailbox",
            "What becomes of the mailbox when the user is deleted: V(keep) leaves its folder on the server's disk, "
            "V(delete) destroys it, V(move) moves its mail into the mailbox of O(move_to).",
            codec=words(MAILBOX),
            words=tuple(MAILBOX),
            on_create="keep",
        ),
        Text(
            "move_to",
            "Address of the user who receives the mail with O(mailbox=move).",
            form=mailbox_address,
            reference=Reference("user", assumable=True),
        ),
        Flag(
            "remove_references",
            "Whether the deleted user is also removed from groups, aliases, mailing lists and rights.",
            on_create=False,
        ),
        directory_option(
            "What becomes of a user who comes from a directory service: V(deactivate) only takes the user out of the "
            "mail server, V(delete) deletes the account in the directory too.",
        ),
    ),
    check_removal=_check_removal,
)
