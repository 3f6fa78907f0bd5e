# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of Kerio Operator (kerio_operator.md 4.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from typing import Any

from ..._core.addresses import email
from ..._core.fields import Flag, Integer, Reference, Text, secret
from ..._core.resource import Resource, Values
from ..._core.structures import Entries
from ..behaviour import UNREADABLE
from .extensions import extension_number
from .wire import FLAG, NUMERIC_OPPOSITE, OPPOSITE

_LOGIN_NAME = re.compile(r"[A-Za-z0-9._-]+")
_PIN = re.compile(r"[0-9]{4}")


def _login_name(text: str) -> str:
    name = text.strip()
    if not _LOGIN_NAME.fullmatch(name):
        raise ValueError(f"{text!r} is not a login name: letters, digits, dots, dashes and underscores")
    return name


def _pin(text: str) -> str:
    """YAML reads 0123 as an octal number, so the hint to quote it."""
    if not _PIN.fullmatch(text):
        raise ValueError("is not made of four digits; put it in quotes")
    return text


def _email_or_nothing(text: str) -> str:
    return email(text) if text.strip() else ""


def _at_creation(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    """The only extension of a new user is the primary one, unless the task says otherwise."""
    wished = given.get("extensions", [])
    if len(wished) == 1 and "primary" not in wished[0]:
        return {**send, "extensions": [{**send["extensions"][0], "primary": True}]}
    return send


def _weakens(before: Values, after: Values) -> str | None:
    """Disabling an account, or what may change its role: which roles are weaker than others is not known."""
    if before.get("enabled") is not False and after.get("enabled") is False:
        return "disable"
    if "role_id" in after and after["role_id"] != before.get("role_id"):
        return "change the role of"
    return None


EXTENSIONS = Entries(
    "extensions",
    "Extensions of the user, each known by its O(extensions[].number), with the settings that the user has "
    "for it. Extensions that are not listed stay, unless O(prune_extensions) is set. To assign an extension "
    "without settings, the option C(user) of M(postmaster.comms.operator_extension) does.",
    fields=(
        Text("number", "Number of the extension.", "TEL_NUM", form=extension_number),
        Flag("primary", "Whether it is the user's first extension.", "IS_PRIMARY", FLAG, on_create=False),
        Flag("ring", "Whether the extension rings.", "RING_EXTENSION", FLAG, on_create=True),
        Integer("ring_timeout", "Seconds to ring.", "RING_EXTENSION_TIMEOUT", on_create=30),
        Integer(
            "busy_action",
            "What happens when the extension is busy, as the number that Operator uses. What the numbers "
            "mean is not known; clients of real servers send V(1).",
            "BUSY_ACTION",
            on_create=1,
        ),
        Flag(
            "voicemail_fallback",
            "Whether calls that are not answered go to the voicemail.",
            "VOICEMAIL_FALLBACK",
            FLAG,
            on_create=False,
        ),
        Integer(
            "voicemail_fallback_timeout",
            "Seconds after which a call goes to the voicemail.",
            "VOICEMAIL_FALLBACK_TIMEOUT",
            on_create=30,
        ),
    ),
    entry_key="number",
    prune_option="prune_extensions",
    reference=Reference("extension", assumable=True, late=True),
)

USER = Resource(
    kind="user",
    plural="users",
    module="operator_user",
    summary="Manage users of Kerio Operator",
    description=(
        "Creates, changes and deletes user accounts of a Kerio Operator server.",
        "Options that are left out stay as they are on the server.",
        (
            "No known call of Operator returns every option. Those that the server does not tell are sent for a new "
            "user, or whenever O(update_unreadable) asks for it, and are listed as RV(unverified)."
        ),
        (
            "How Operator changes and deletes users is not documented anywhere. The module tries the plausible ways "
            "and looks at the outcome."
        ),
    ),
    key=("name",),
    label="{name}",
    is_account=True,
    # An extension that one of them gets is taken from the one who had it.
    entangled=True,
    weakens=_weakens,
    at_creation=_at_creation,
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    unproven=(
        "The parameters that Users.set and Users.remove take; both plausible forms are tried.",
        "That Users.set keeps what it is not sent, as Extensions.set was seen to do.",
        "What becomes of the voicemail of a user who is deleted, which therefore needs consent.",
    ),
    fields=(
        Text("name", "Login name.", "USERNAME", form=_login_name, immutable=True),
        Text("full_name", "Full name.", "FULL_NAME", on_create=""),
        Text(
            "email", "E-mail address; an empty text for none.", "EMAIL", form=_email_or_nothing, fold=True, on_create=""
        ),
        secret(
            "password",
            "Password. The server never returns it, so it is sent at creation only, unless O(update_password=always).",
            "USER_PASSWORD",
            required_on_create=True,
        ),
        secret(
            "pin",
            "PIN of the voicemail, four digits in quotes. It is sent when the password is.",
            "PIN",
            form=_pin,
        ),
        Flag("enabled", "Whether the account may be used.", "DISABLED", NUMERIC_OPPOSITE, on_create=True),
        Integer(
            "role_id",
            "Id of the administration role. V(2) is an ordinary user; other ids are not known.",
            "ADMINISTRATION_ROLE_ID",
            on_create=2,
            aliases=("role",),
        ),
        Integer(
            "language_id",
            "Id of the language in which Operator speaks to the user. Which ids there are depends on the server.",
            "LANGUAGE_PBX",
            on_create=1,
            aliases=("language",),
        ),
        Flag("voicemail_enabled", "Whether the user has voicemail.", "VOICEMAIL_DISABLED", OPPOSITE, on_create=True),
        Flag(
            "voicemail_press0_enabled",
            "Whether callers who press 0 in the voicemail are led to O(voicemail_press0_number).",
            "VOICEMAIL_PRESS0_ENABLED",
            FLAG,
            on_create=False,
        ),
        Text(
            "voicemail_press0_number",
            "Number that callers who press 0 in the voicemail are led to.",
            "VOICEMAIL_PRESS0_TELNUM",
            on_create="",
        ),
        Flag("webrtc_enabled", "Whether the user may call from the browser.", "WEBRTC_ENABLED", FLAG, on_create=True),
        Flag(
            "ami_enabled",
            "Whether the user may use the Asterisk Manager Interface.",
            "AMI_ENABLED",
            FLAG,
            on_create=False,
        ),
        secret("ami_password", "Password for the Asterisk Manager Interface.", "AMI_PASSWORD"),
        EXTENSIONS,
    ),
    behaviour=(
        Flag(
            "prune_extensions",
            "Whether extensions that O(extensions) does not list are taken from the user.",
            on_create=False,
        ),
        UNREADABLE,
    ),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of the user's voicemail. What Operator does with the messages of a deleted user is "
            "not known, so they are taken as lost.",
            on_create=False,
        ),
    ),
)
