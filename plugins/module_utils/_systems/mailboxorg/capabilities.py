# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities of mailboxes, in the two forms that they have had: until the autumn of 2026 the list of those that are
on, since then a map of states in which the account may decide (mailboxorg.md 0.3 and 2.8).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..._core.fields import UNSET, FlagOr
from ..._core.resource import Values
from ..._core.structures import Struct
from .codecs import read_flag

INHERIT = "inherit"
# The user's names and the server's.
NAMES = {
    "spam_protection": "MAIL_SPAMPROTECTION",
    "blacklist": "MAIL_BLACKLIST",
    "backup_recovery": "MAIL_BACKUPRECOVER",
    "otp": "MAIL_OTP",
    "sms_password_reset": "MAIL_PASSWORDRESET_SMS",
}
_MEANINGS = {
    "spam_protection": "may tune the spam filter",
    "blacklist": "may keep a list of senders to refuse",
    "backup_recovery": "may get mail back from backups",
    "otp": "may use one-time passwords",
    "sms_password_reset": "may reset the password by text message",
}
_WORDS = {True: "on", False: "off", INHERIT: INHERIT}

CAPABILITIES = Struct(
    "capabilities",
    "What the user of the mailbox is allowed to do: V(true), V(false), or V(inherit) for what the account says, which "
    "older servers do not know. Some plans allow none of it. The server confirms a change first and carries it out "
    "some time later; until then the result says RV(pending).",
    asynchronous=True,
    fields=tuple(
        FlagOr(member, f"Whether the user {meaning}.", third=INHERIT) for member, meaning in _MEANINGS.items()
    ),
)


def from_list(listed: Iterable[Any]) -> dict[str, Any]:
    """The states that a list of those that are on tells."""
    held = {str(name) for name in listed}
    return {member: name in held for member, name in NAMES.items()}


def from_map(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The states in a reply whose form nobody has described; empty when it is not understood.

    By name, under the member ``capabilities`` or at once, each a word or an object that holds one.
    """
    inner = answer.get("capabilities")
    states = inner if isinstance(inner, Mapping) else answer
    found = {member: _state(states.get(name)) for member, name in NAMES.items()}
    return {member: state for member, state in found.items() if state is not UNSET}


def as_list(states: Values, held: Iterable[Any]) -> list[str]:
    """The whole list after a change: what was on and is not ours to name stays."""
    others = [str(name) for name in held if str(name) not in NAMES.values()]
    return [*others, *(name for member, name in NAMES.items() if states.get(member) is True)]


def as_map(states: Values) -> dict[str, str]:
    """The part of the map that these states make."""
    return {NAMES[member]: _WORDS[state] for member, state in states.items()}


def _state(value: Any) -> Any:
    if isinstance(value, Mapping):
        value = value.get("value", value.get("status"))
    return INHERIT if str(value).strip().lower() == INHERIT else read_flag(value)
