# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Senders that mailboxes refuse (mailboxorg.md 2.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re

from ..._core.addresses import domain_of, email
from ..._core.fields import TextSet
from ..._core.resource import Resource
from ..owned_lists import APPEND
from .owners import owner
from .wire import Wire

_BLANK = re.compile(r"\s")


def sender(text: str) -> str:
    """An address in the form in which it is compared. What else the server takes is unknown, so it is left as it is.

    Raises ValueError for what cannot be one entry.
    """
    stripped = text.strip()
    if not stripped or _BLANK.search(stripped):
        raise ValueError(f"{text!r} is not one address")
    try:
        return email(stripped)
    except ValueError:
        return stripped


BLACKLIST = Resource(
    kind="blacklist",
    plural="blacklists",
    module="mailboxorg_blacklist",
    summary="Manage blacklists of mailboxes of mailbox.org",
    description=(
        "Sets the senders whose mail a mailbox refuses, or adds to them.",
        "A login with the address of a mailbox may change the list of that one.",
        "The documentation of mailbox.org does not name C(reseller) among the levels that may do so.",
        "M(postmaster.comms.mailboxorg_info) leaves out mailboxes whose lists the login may not see.",
    ),
    key=("mailbox",),
    label="{mailbox}",
    domain_key=lambda values: domain_of(values["mailbox"]),
    permanent=True,
    route="mail.blacklist",
    settles_late=True,
    behaviour=(APPEND,),
    unproven=(
        "Whether a mailbox needs the capability blacklist before its list can be read and changed.",
        "Whether entries may be anything but addresses, such as whole domains.",
    ),
    fields=(
        owner("Address of the mailbox that refuses the mail."),
        TextSet(
            "addresses",
            "All addresses whose mail is refused. An empty list removes all. With O(append=true), addresses to add.",
            # Entries travel one by one; see the calls.
            Wire(("addresses",)),
            form=sender,
            append_option=APPEND.name,
        ),
    ),
)
