# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes of the Email Management API and of mailcow (mail_api.md 1.4, 2.2, 3.3; mailcow_recorded.md section 2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..._core.addresses import domain_of, mailbox_address
from ..._core.fields import Choice, Flag, FlagOr, Integer, Reference, Size, Text, TextSet, secret
from ..._core.resource import Resource, Values
from .codecs import ACTIVE, FLAG, NUMBER, PROTOCOL_ACCESS, PROTOCOLS, QUOTA, RECEIVE_ONLY, TEXT
from .routes import Body, Call, OwnEdit, Route
from .wire import MIB, Wire, wire


def _without_brackets(name: str) -> str:
    """The server strips leading ``<`` and trailing ``>`` (mail_api.md 2.8)."""
    return name.lstrip("<").rstrip(">")


def _before_write(body: Body, changed: Values, before: Values | None) -> Body:
    """A new mailbox is named by the two parts of its address, an existing one by the path alone."""
    if before is not None:
        return body
    address = changed["email"]
    return {**body, "local_part": address.partition("@")[0], "domain": domain_of(address)}


def _tls_policy(email: str, values: Values, before: Values) -> Iterable[Call]:
    """The mailbox route of mailcow confirms these and ignores them (mailcow_recorded.md, section 2)."""
    return (Call("/edit/tls_policy", dict(values), "mailbox_modified", item=email),)


MAILBOX = Resource(
    kind="mailbox",
    plural="mailboxes",
    module="mail_mailbox",
    summary="Manage mailboxes of an Email Management API or mailcow server",
    description=(
        "Creates, changes and deletes mailboxes, either through the Email Management API or through mailcow's own API.",
        "Options that are left out stay as they are on the server.",
    ),
    key=("email",),
    namespace="address",
    route=Route(
        "/mailboxes",
        "mailbox",
        identity="email",
        single=True,
        own_edits=(OwnEdit(("tls_enforce_in", "tls_enforce_out"), _tls_policy),),
        before_write=_before_write,
    ),
    label="{email}",
    domain_key=lambda values: domain_of(values["email"]),
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    unproven=("Names and units of what the Email Management API tells of a mailbox; mailcow's and its own are read.",),
    fields=(
        Text(
            "email",
            "Address of the mailbox.",
            Wire(None, (("username",), ("email",))),
            TEXT,
            form=mailbox_address,
            immutable=True,
            reference=Reference("domain", assumable=True, part=domain_of),
        ),
        Text(
            "name",
            "Name of the person, as others see it.",
            wire("name"),
            TEXT,
            form=_without_brackets,
            max_length=255,
            on_create="",
        ),
        secret(
            "password",
            "Password. The server never returns it, so it is sent at creation only, unless O(update_password=always).",
            wire("password"),
            required_on_create=True,
        ),
        Size(
            "quota",
            "Size that the mailbox may have, for instance V(512M) or V(3G), or V(unlimited). A whole number of "
            "megabytes.",
            wire("quota"),
            QUOTA["auto"],
            unit=MIB,
            zero_is_unlimited=True,
            required_on_create=True,
        ),
        FlagOr(
            "active",
            "Whether the mailbox may be used: V(true), V(false), or V(receive_only), where mail is accepted and "
            "logging in is refused.",
            wire("active"),
            ACTIVE,
            third=RECEIVE_ONLY,
            on_create=True,
        ),
        Flag(
            "force_pw_update",
            "Whether the user has to choose a new password at the next login. The server clears it once that has "
            "happened, so leave it out of what is applied every night.",
            wire("force_pw_update", "attributes.force_pw_update"),
            FLAG,
            on_create=False,
        ),
        Flag(
            "tls_enforce_in",
            "Whether incoming connections have to be encrypted.",
            wire("tls_enforce_in", "attributes.tls_enforce_in"),
            FLAG,
            on_create=False,
        ),
        Flag(
            "tls_enforce_out",
            "Whether outgoing connections have to be encrypted.",
            wire("tls_enforce_out", "attributes.tls_enforce_out"),
            FLAG,
            on_create=False,
        ),
        Choice(
            "auth_source",
            "Who checks the password. Known to O(api_dialect=mailcow) only.",
            wire("authsource", mailcow_only=True),
            TEXT,
            words=("mailcow", "keycloak", "generic-oidc", "ldap"),
        ),
        Flag(
            "force_tfa",
            "Whether the user has to set up a second factor. Known to O(api_dialect=mailcow) only.",
            wire("force_tfa", "attributes.force_tfa", mailcow_only=True),
            FLAG,
        ),
        Flag(
            "sogo_access",
            "Whether the user may log in to the groupware. Known to O(api_dialect=mailcow) only.",
            wire("sogo_access", "attributes.sogo_access", mailcow_only=True),
            FLAG,
        ),
        TextSet(
            "protocol_access",
            "All protocols that the mailbox may be used with. Known to O(api_dialect=mailcow) only.",
            wire("protocol_access", "attributes", mailcow_only=True),
            PROTOCOL_ACCESS,
            words=PROTOCOLS,
        ),
        Choice(
            "quarantine_notification",
            "How often the user is told about mail in quarantine. Known to O(api_dialect=mailcow) only.",
            wire("quarantine_notification", "attributes.quarantine_notification", mailcow_only=True),
            TEXT,
            words=("never", "hourly", "daily", "weekly"),
        ),
        Choice(
            "quarantine_category",
            "Which mail in quarantine the user is told about. Known to O(api_dialect=mailcow) only.",
            wire("quarantine_category", "attributes.quarantine_category", mailcow_only=True),
            TEXT,
            words=("add_header", "reject", "all"),
        ),
        Integer(
            "relay_host",
            "Number of the sender-dependent transport that mail of this mailbox leaves by, V(0) for none. Known to "
            "O(api_dialect=mailcow) only.",
            wire("relayhost", "attributes.relayhost", mailcow_only=True),
            NUMBER,
        ),
    ),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of all mail in the mailbox, without which it is not deleted. Deleting a mailbox also "
            "removes the aliases that lead nowhere else, and its sync jobs.",
            on_create=False,
        ),
    ),
)
