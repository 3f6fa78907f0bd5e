# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of an account (mailboxorg.md 2.3, 2.4 and 3.2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.addresses import domain_name
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Flag, Integer, Reference, Text, filled, secret
from ..._core.plan import FAIL, PENDING, WAIT, WAIT_TIMEOUT, WHEN_UNVERIFIED
from ..._core.resource import Resource, Values
from .codecs import FLAG, TEXT
from .wire import Wire


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("create_new_context") and "context_id" in values:
        raise InvalidOption("context_id", "contradicts create_new_context, which makes a new context; leave one out")
    return values


def _loses_groupware(before: Values, send: Values) -> bool:
    """The mailboxes of a domain that moves to another context start there with nothing but their mail."""
    return "context_id" in send


DOMAIN = Resource(
    kind="domain",
    plural="domains",
    module="mailboxorg_domain",
    summary="Manage domains of mailbox.org",
    description=(
        "Adds domains to an account of mailbox.org, changes and removes them.",
        "Before it adds a domain, mailbox.org looks for a TXT record that proves whose the domain is.",
        "While it is missing the task fails, returns or waits, see O(when_unverified), and RV(dns_record) holds it.",
        "Check mode predicts a new domain as changed: only trying tells whether its record is in place.",
        "A domain that still has mailboxes is not removed.",
        "Options that are left out stay as they are on the server.",
    ),
    key=("name", "account"),
    label="{name}",
    domain_key=lambda values: values["name"],
    route="domain",
    settles_late=True,
    complete=_complete,
    loses_groupware=_loses_groupware,
    unproven=("How long the record that proves the ownership of a domain has to stay.",),
    fields=(
        Text("name", "Name of the domain.", Wire(("domain",), "domain"), TEXT, form=domain_name, immutable=True),
        Text(
            "account",
            "Name of the account that the domain belongs to.",
            Wire((), "account"),
            TEXT,
            form=filled,
            immutable=True,
            reference=Reference("account", assumable=True),
        ),
        secret(
            "password",
            "Password for logins with the name of the domain. The server never returns it, so it is sent at creation "
            "only, unless O(update_password=always).",
            Wire((), "password", "password"),
            required_on_create=True,
        ),
        Text("memo", "Free text about the domain.", Wire(("memo",), "memo", "memo", missing=""), TEXT),
        Text(
            "context_id",
            "Number of the context, in which mailboxes share address books, calendars and files. Changing it destroys "
            "what the mailboxes of the domain have of these, see O(allow_groupware_loss); their mail stays. A new "
            "domain without one gets a context that mailbox.org chooses. Changing it needs a login of level "
            "C(account) or above.",
            Wire(("context_id",), "context_id", "context_id"),
            TEXT,
            form=filled,
        ),
        Flag(
            "create_new_context",
            "Whether a new domain gets a new context. Taken at creation only.",
            Wire((), "create_new_context_id"),
            FLAG,
            create_only=True,
        ),
    ),
    behaviour=(
        Choice(
            WHEN_UNVERIFIED,
            "What to do while the record that proves the ownership is missing: V(fail) with the record at hand, "
            "return it with V(pending), or V(wait) until mailbox.org sees it, for O(wait_timeout) seconds at most. "
            "A record stays valid once it is set, so a later run can go on.",
            words=(FAIL, PENDING, WAIT),
            on_create=FAIL,
        ),
        Integer(
            WAIT_TIMEOUT,
            "Seconds to wait for the record with O(when_unverified=wait). It can take hours until DNS shows it.",
            on_create=600,
        ),
        Flag(
            "allow_groupware_loss",
            "Consent to the loss of calendars, address books and files that comes with another context.",
            on_create=False,
        ),
    ),
)
