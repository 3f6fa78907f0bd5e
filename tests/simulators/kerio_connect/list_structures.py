# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Structures of mailing lists and resources with the flags of their members (fact sheet kerio_connect.md, A3)."""

from __future__ import annotations

from tests.simulators.kerio_connect import enums
from tests.simulators.kerio_connect.structures import HOME_SERVER
from tests.simulators.kerio_web.wire_types import BOOL, INT, KID, STR, ListOf, Member, struct

# Mailing lists.

SUBSCRIPTION_POLICY = struct(
    "SubscriptionPolicy", type=enums.LIST_PERMISSION, moderatorReview=BOOL, moderatorNotification=BOOL
)
POSTING_POLICY = struct(
    "PostingPolicy",
    memberPosting=enums.LIST_PERMISSION,
    nonMemberPosting=enums.LIST_PERMISSION,
    moderatorPosting=enums.MODERATOR_PERMISSION,
    userPostingNotification=BOOL,
    sendErrorsToModerator=BOOL,
)
TRUSTEE = struct(
    "Trustee",
    kind=enums.TRUSTEE_KIND,
    readerId=KID,
    displayString=STR,
    isEnabled=BOOL,
    itemSource=enums.DATA_SOURCE,
)
ARCHIVE_SETTINGS = struct(
    "ArchiveSettings", keepArchive=BOOL, archiveOnlyForLogged=BOOL, archiveReaderList=ListOf(TRUSTEE)
)
MAILING_LIST = struct(
    "Ml",
    id=Member(KID, "ro"),
    domainId=Member(KID, "req w1"),
    name=Member(STR, "req w1"),
    description=STR,
    languageId=KID,
    welcomeString=STR,
    footerString=STR,
    subscription=SUBSCRIPTION_POLICY,
    posting=POSTING_POLICY,
    replyTo=enums.LIST_REPLY_TO,
    otherAddress=STR,
    subjectPrefix=STR,
    hideSenderAddress=BOOL,
    allowEmptySubject=BOOL,
    archive=ARCHIVE_SETTINGS,
    membersCount=Member(INT, "ro"),
    homeServer=Member(HOME_SERVER, "ro"),
)
USER_OR_EMAIL = struct(
    "UserOrEmail", hasId=BOOL, userId=KID, emailAddress=STR, fullName=STR, kind=enums.LIST_MEMBERSHIP
)
TRUSTEE_TARGET = struct(
    "TrusteeTarget",
    id=KID,
    type=enums.TRUSTEE_KIND,
    name=STR,
    fullName=STR,
    description=STR,
    isEnabled=BOOL,
    itemSource=enums.DATA_SOURCE,
    homeServer=HOME_SERVER,
)

# Resources.

PRINCIPAL = struct(
    "PrincipalDescription",
    type=enums.PRINCIPAL_TYPE,
    id=KID,
    name=STR,
    domainName=STR,
    fullName=STR,
    description=STR,
    isEnabled=BOOL,
    itemSource=enums.DATA_SOURCE,
    homeServer=HOME_SERVER,
)
RESOURCE = struct(
    "Resource",
    id=Member(KID, "ro"),
    domainId=Member(KID, "req w1"),
    name=Member(STR, "req w1"),
    address=Member(STR, "ro"),
    description=STR,
    type=enums.RESOURCE_TYPE,
    isEnabled=BOOL,
    resourceUsers=ListOf(PRINCIPAL),
    manager=PRINCIPAL,
    homeServer=Member(HOME_SERVER, "ro"),
)
