# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups of mailboxes of an account (mailboxorg.md 2.15). The server gives them numbers; people know them by name.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..._core.addresses import mailbox_address
from ..._core.fields import Reference, Text, TextSet, filled
from ..._core.resource import Resource
from ..behaviour import UNREADABLE
from ..owned_lists import APPEND
from .codecs import LIST, TEXT
from .wire import Wire

GROUP = Resource(
    kind="group",
    plural="groups",
    module="mailboxorg_group",
    summary="Manage groups of mailboxes of mailbox.org",
    description=(
        "Creates, changes and deletes the groups of an account, and who is in them.",
        "Options that are left out stay as they are on the server.",
        "Groups need a login of level C(account) or above.",
    ),
    key=("name", "account"),
    label="{name}",
    route="group",
    settles_late=True,
    behaviour=(APPEND, UNREADABLE),
    unproven=(
        "The form in which mailbox.org tells groups and who is in them.",
        "That names of groups are unique in their account, and cannot be changed.",
        "That members are named by the addresses of mailboxes, and cannot be anything else.",
        "What is lost with a group, such as what was shared with it.",
        "The levels of logins that may manage groups.",
    ),
    fields=(
        Text("name", "Name of the group.", Wire(("name",), "name"), TEXT, form=filled, immutable=True),
        Text(
            "account",
            "Name of the account that the group belongs to.",
            Wire((), "account"),
            TEXT,
            form=filled,
            immutable=True,
            reference=Reference("account", assumable=True),
        ),
        Text(
            "display_name",
            "Name of the group as people see it.",
            Wire(("display_name",), "display_name", "display_name"),
            TEXT,
            form=filled,
            required_on_create=True,
        ),
        TextSet(
            "members",
            "Addresses of all mailboxes in the group. An empty list removes all. With O(append=true), those to add. "
            "Whether addresses in domains of others may be members is for the server to say.",
            Wire(("members",), "mail_addresses_to_add"),
            LIST,
            form=mailbox_address,
            on_create=[],
            reference=Reference("mailbox", assumable=True),
            append_option=APPEND.name,
        ),
    ),
)
