# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Kerio Connect adds to the web library of the Kerio products: its reads, and advice for codes of its own
(kerio_connect.md 1.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .. import kerio_web

TITLE = "Kerio Connect"
READS = frozenset(
    {
        "AccessPolicy.getGroupList",
        "Aliases.get",
        "Aliases.getMailPublicFolderList",
        "CompanyContacts.get",
        "DistributedDomain.getHomeServerList",
        "Domains.get",
        "Groups.get",
        "IpAddressGroups.get",
        "IpAddressGroups.getGroupList",
        "IpAddressGroups.validateRemove",
        "IpAddressGroups.validateSet",
        "MailingLists.get",
        "MailingLists.getMlUserList",
        "Resources.get",
        "Session.whoAmI",
        "TimeRanges.get",
        "TimeRanges.getGroupList",
        "Users.get",
    }
)
PROTOCOL = kerio_web.protocol(
    TITLE,
    READS,
    rights="use an account with the role account_admin or full_admin, and look at the server's licence",
    advice={4002: "the password does not meet the rules of the domain"},
)
