# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The spam filter of mailboxes (mailboxorg.md 2.6). The server takes all of its settings at once, or none.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from ..._core.addresses import domain_of
from ..._core.errors import InvalidOption
from ..._core.fields import UNSET, Choice, Codec, Field, Flag, Text
from ..._core.resource import Resource, Values
from .codecs import TEXT, read_flag, words
from .owners import owner
from .wire import Wire

# Told and taken as "0" and "1".
SWITCH = Codec(read_flag, lambda value: str(int(value)))
REJECT, ROUTE = KILL_LEVELS = ("reject", "route")


def _read_points(value: Any) -> Any:
    """A number, or text that holds one."""
    try:
        points = float(str(value))
    except ValueError:
        return UNSET
    return points if math.isfinite(points) else UNSET


@dataclass(frozen=True, eq=False)
class Points(Field):
    """A number with one decimal, which is all that the server holds."""

    option_type: ClassVar[str] = "float"

    def canonical(self, value: Any) -> float:
        points: Any = UNSET if isinstance(value, bool) else _read_points(value)
        if points is UNSET:
            raise ValueError(f"{value!r} is not a number")
        if round(points, 1) != points:
            raise ValueError(f"{value!r} has more than one decimal, and the server can hold nothing finer")
        return float(points)


def _switch(name: str, doc: str) -> Field:
    return Flag(name, doc, Wire((name,), set=name), SWITCH)


def _check(values: Values, current: Values | None) -> None:
    after = {**({} if current is None else current), **values}
    if after.get("kill_level") != ROUTE or after.get("route_to") != "":
        return
    for name in ("route_to", "kill_level"):
        if name in values:
            raise InvalidOption(
                name, f"spam that is not rejected needs a folder; give route_to, or kill_level: {REJECT}"
            )


def _without_folder(given: Values, current: Values) -> Values:
    """The folder means nothing to spam that is rejected, and the server may forget it then."""
    is_rejected = REJECT == current.get("kill_level") == given.get("kill_level", REJECT)
    is_forgotten = is_rejected and current.get("route_to") == ""
    return {**current, "route_to": given["route_to"]} if is_forgotten and "route_to" in given else current


SPAM_PROTECTION = Resource(
    kind="spam_protection",
    plural="spam_protections",
    module="mailboxorg_spam_protection",
    summary="Manage the spam filter of mailboxes of mailbox.org",
    description=(
        "Changes the settings of the spam filter of a mailbox.",
        "Options that are left out stay as they are on the server.",
        "A login with the address of a mailbox may change the settings of that one.",
        "The documentation of mailbox.org does not name C(reseller) among the levels that may do so.",
        "M(postmaster.comms.mailboxorg_info) leaves out mailboxes whose settings the login may not see.",
    ),
    key=("mailbox",),
    label="{mailbox}",
    domain_key=lambda values: domain_of(values["mailbox"]),
    permanent=True,
    route="mail.spamprotect",
    settles_late=True,
    check=_check,
    in_terms_of=_without_folder,
    unproven=(
        "Whether a mailbox needs the capability spam_protection before its spam filter can be read and set.",
        "Whether the server keeps route_to while spam is rejected.",
        "What the server takes for tag_level, apart from numbers with one decimal.",
    ),
    fields=(
        owner("Address of the mailbox that the filter works for."),
        _switch(
            "greylist",
            "Whether mail of unknown servers is put off at first (greylisting), which few senders of spam wait for.",
        ),
        _switch(
            "smtp_plausibility",
            "Whether mail is refused whose sender's server does not introduce itself plausibly.",
        ),
        _switch("rbl", "Whether mail is refused that comes from servers on public blocklists (RBL)."),
        _switch(
            "bypass_banned_checks",
            "Whether attachments of dangerous types are let through without a check.",
        ),
        Points(
            "tag_level",
            "Number of points, with one decimal at most, from which on mail is taken for spam, for instance V(5.5).",
            Wire(("tag2level",), set="tag2level"),
            Codec(_read_points, float),
            aliases=("tag2level",),
        ),
        Choice(
            "kill_level",
            "What becomes of spam: V(reject) refuses it, V(route) puts it into O(route_to).",
            Wire(("killevel",), set="killevel"),
            words(KILL_LEVELS),
            words=KILL_LEVELS,
            aliases=("killevel",),
        ),
        Text(
            "route_to",
            "Folder that spam is put into with O(kill_level=route), for instance V(Spam).",
            Wire(("route_to",), set="route_to"),
            TEXT,
        ),
    ),
)
