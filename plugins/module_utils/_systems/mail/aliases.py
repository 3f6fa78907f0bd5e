# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Aliases of the Email Management API and of mailcow (mail_api.md 2.8 and 3.1; mailcow_recorded.md section 3).

What an alias does with mail travels as targets or as one of three flags, and is read back as a target at
``localhost``; both stand under the options ``goto`` and ``action``.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.addresses import alias_address, domain_of, email
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Flag, Integer, Reference, Text, TextSet
from ..._core.resource import Resource, Values
from .codecs import COMMA_TEXT, FLAG, NUMBER, TEXT
from .routes import Body, Route
from .wire import Wire, wire

DELIVER = "deliver"
# The word of the user, the flag that is sent, and the target that is read back.
SPECIAL_TARGETS = {
    "discard": ("goto_null", "null@localhost"),
    "learn_spam": ("goto_spam", "spam@localhost"),
    "learn_ham": ("goto_ham", "ham@localhost"),
}


def _target(text: str) -> str:
    if text.strip().lower().endswith("@localhost"):
        words = {target: word for word, (_flag, target) in SPECIAL_TARGETS.items()}
        word = words.get(text.strip().lower())
        raise ValueError(f"{text!r} is not a target" + (f"; use action: {word}" if word else ""))
    return email(text)


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """Targets imply delivery, and a special action implies that there are none."""
    _refuse_contradictions(values)
    if values.get("goto") and "action" not in values:
        return {**values, "action": DELIVER}
    if values.get("action", DELIVER) != DELIVER and "goto" not in values:
        return {**values, "goto": []}
    return values


def _refuse_contradictions(values: Values) -> None:
    action, goto = values.get("action", DELIVER), values.get("goto")
    if goto and action != DELIVER:
        raise InvalidOption("goto", f"contradicts action {action}, which keeps mail from every target; leave one out")
    if goto == [] and action == DELIVER:
        raise InvalidOption("goto", "is empty, but an alias needs a target; use action: discard to throw mail away")
    if values["address"].lower() in (target.lower() for target in goto or ()):
        raise InvalidOption("goto", f"contains the alias {values['address']} itself, which the server would ignore")


def _check(values: Values, current: Values | None) -> None:
    has_targets = current is not None and current.get("action") == DELIVER
    needs_targets = current is None or values.get("action") == DELIVER
    if "goto" not in values and needs_targets and not has_targets:
        raise InvalidOption("goto", "is required here; or use action: discard to throw mail away")


def _after_read(values: dict[str, Any]) -> dict[str, Any]:
    """From what the server has as targets to ``goto`` and ``action``."""
    targets = values.get("goto")
    if targets is None:
        return values
    for word, (_flag, special) in SPECIAL_TARGETS.items():
        if special in targets:
            return {**values, "goto": [], "action": word}
    return {**values, "action": DELIVER}


def _before_write(body: Body, changed: Values, before: Values | None) -> Body:
    """A special action travels as its flag, in the place of targets. It has to be repeated on every change, else the
    server takes the target that it stands for for a bad address, and skips the whole edit."""
    action = {**(before or {}), **changed}.get("action", DELIVER)
    if action == DELIVER or not changed:
        return body
    return {**{name: value for name, value in body.items() if name != "goto"}, SPECIAL_TARGETS[action][0]: True}


def _is_of_a_mailbox(values: Values) -> bool:
    """Each mailbox has an alias that leads to itself. mailcow does not list it; another layer may (mail_api.md 3.1)."""
    return [target.lower() for target in values.get("goto", ())] == [values["address"].lower()]


ALIAS = Resource(
    kind="alias",
    plural="aliases",
    module="mail_alias",
    summary="Manage aliases of an Email Management API or mailcow server",
    description=(
        "Creates, changes and deletes aliases, either through the Email Management API or through mailcow's own API.",
        "Options that are left out stay as they are on the server.",
    ),
    key=("address",),
    namespace="address",
    is_systems_own=_is_of_a_mailbox,
    route=Route("/aliases", "alias", identity="id", before_write=_before_write, after_read=_after_read),
    label="{address}",
    domain_key=lambda values: domain_of(values["address"]),
    complete=_complete,
    check=_check,
    unproven=("Names and types of what the Email Management API tells of an alias; mailcow's and its own are read.",),
    fields=(
        Text(
            "address",
            "Address of the alias, or V(@example.com) to catch all mail to addresses of a domain that do not exist.",
            wire("address"),
            TEXT,
            form=alias_address,
            fold=True,
            immutable=True,
            reference=Reference("domain", assumable=True, part=domain_of),
        ),
        TextSet(
            "goto",
            "All addresses that the alias delivers to.",
            Wire("goto", (("goto",), ("destinations",), ("targets",))),
            COMMA_TEXT,
            form=_target,
            # The server strips mailboxes that are deleted from the targets.
            reference=Reference("mailbox", optional=True),
        ),
        Choice(
            "action",
            "What happens to mail: V(deliver) to O(goto), V(discard), or V(learn_spam) and V(learn_ham), which train "
            "the spam filter. Implied to be V(deliver) when O(goto) is given.",
            words=(DELIVER, *SPECIAL_TARGETS),
        ),
        Flag("active", "Whether the alias is in use.", wire("active"), FLAG, on_create=True),
        Flag(
            "sogo_visible",
            "Whether the groupware offers the alias as a sender address.",
            wire("sogo_visible"),
            FLAG,
            on_create=True,
        ),
        Flag("internal", "Whether only local senders may write to the alias.", wire("internal"), FLAG),
        Flag(
            "sender_allowed",
            "Whether the target mailboxes may send as the alias.",
            wire("sender_allowed"),
            FLAG,
            on_create=True,
        ),
        Text("public_comment", "Comment that users can see.", wire("public_comment"), TEXT, max_bytes=160),
        Text(
            "private_comment",
            "Comment that only administrators can see.",
            wire("private_comment"),
            TEXT,
            max_bytes=160,
        ),
        Integer(
            "id",
            "Number that the server gave to the alias.",
            wire("id"),
            NUMBER,
            read_only=True,
            server_decides=True,
        ),
    ),
)
