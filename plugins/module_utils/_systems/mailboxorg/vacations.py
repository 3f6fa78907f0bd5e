# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Automatic replies of mailboxes (mailboxorg.md 2.11). Each mailbox has one, which is on or off; of one that is off the
server keeps nothing.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..._core.addresses import domain_of, email
from ..._core.errors import InvalidOption
from ..._core.fields import Flag, Text, TextSet
from ..._core.resource import Resource, Values
from .codecs import DATE, LIST, TEXT, date
from .owners import owner
from .wire import Wire

# What a reply that is off has.
NOTHING: dict[str, Any] = {
    "subject": "",
    "body": "",
    "start_date": "",
    "end_date": "",
    "additional_mail_addresses": [],
}
NEEDED = ("subject", "start_date", "end_date")


@dataclass(frozen=True, eq=False)
class Lines(Text):
    """A text of several lines. How they end, and the space around them all, may change on the way to the server."""

    def same(self, wish: str, current: str) -> bool:
        return _bare(wish) == _bare(current)


def _bare(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """Who words a reply wants it to be sent, and what is off has no words."""
    told = [name for name in NOTHING if name in values and values[name] != NOTHING[name]]
    if values.get("active") is False:
        if told:
            raise InvalidOption(told[0], "contradicts active, which is false: nothing is kept of a reply that is off")
        return {**values, **NOTHING}
    if "active" not in values and values.keys().isdisjoint(NOTHING):
        return values
    for name in NEEDED:
        if values.get(name) == "":
            raise InvalidOption(
                name, "is empty, and no automatic reply goes without it; to end it, set active to false"
            )
    return {**values, "active": True}


def _check(values: Values, current: Values | None) -> None:
    held = {} if current is None else current
    after = {**held, **values}
    if after.get("active") is not True:
        return
    missing = [name for name in NEEDED if after.get(name, "") == ""]
    if missing and held.get("active") is not True:
        raise InvalidOption(missing[0], "is required to switch an automatic reply on")
    moves = any(name in values and values[name] != held.get(name) for name in ("start_date", "end_date"))
    if moves and _ends_early(after):
        raise InvalidOption("end_date", f"{after['end_date']} is before the first day, {after['start_date']}")


def _ends_early(values: Values) -> bool:
    try:
        first, last = date(values.get("start_date", "")), date(values.get("end_date", ""))
    except ValueError:
        # The server may hold what is no date to us.
        return False
    return "" not in (first, last) and last < first


def _new_vacation(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    """Of a new mailbox as of another one, a reply without further words is empty."""
    return {**NOTHING, **send} if given.get("active") is True else send


def _in_full(given: Values, current: Values) -> Values:
    """A reply that is off has nothing, which is what its words are compared with."""
    return {**NOTHING, **current} if current.get("active") is False else current


VACATION = Resource(
    kind="vacation",
    plural="vacations",
    module="mailboxorg_vacation",
    summary="Manage automatic replies of mailbox.org",
    description=(
        "Switches the automatic reply of a mailbox on, changes it and switches it off.",
        "Options that are left out stay as they are on the server. Any option about its contents switches it on.",
        "A login with the address of a mailbox may change the reply of that one.",
    ),
    key=("mailbox",),
    label="{mailbox}",
    domain_key=lambda values: domain_of(values["mailbox"]),
    permanent=True,
    route="mail.vacation",
    settles_late=True,
    complete=_complete,
    check=_check,
    at_creation=_new_vacation,
    in_terms_of=_in_full,
    unproven=(
        "Whether an automatic reply is told before its first day and after its last; if not, each run sends it again.",
        "Which further addresses additional_mail_addresses may hold, and whether mailbox.org tells them.",
        "The levels of logins that may read and set automatic replies.",
    ),
    fields=(
        owner("Address of the mailbox that replies."),
        Flag(
            "active",
            "Whether there is an automatic reply. V(true) is meant where another option about it is given, and needs "
            "O(subject), O(start_date) and O(end_date) where there is none yet. V(false) deletes it with its words.",
        ),
        Text(
            "subject",
            "Subject of the reply.",
            Wire(("subject",), set="subject"),
            TEXT,
        ),
        Lines(
            "body",
            "Text of the reply. Space around it, such as empty lines at its end, means nothing.",
            Wire(("body",), set="body"),
            TEXT,
        ),
        Text(
            "start_date",
            "First day of the reply, for instance V(2031-12-24).",
            Wire(("start_date",), set="start_date"),
            DATE,
            form=date,
        ),
        Text(
            "end_date",
            "Last day of the reply, for instance V(2031-12-31). mailbox.org knows no reply without an end. Once it has "
            "passed, remove the task or set O(active=false).",
            Wire(("end_date",), set="end_date"),
            DATE,
            form=date,
        ),
        TextSet(
            "additional_mail_addresses",
            "All addresses besides that of the mailbox whose mail is replied to. An empty list removes all.",
            Wire(("additional_mail_addresses",), set="additional_mail_addresses"),
            LIST,
            form=email,
        ),
    ),
)
