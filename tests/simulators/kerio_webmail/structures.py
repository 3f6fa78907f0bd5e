# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Structures of the client interface (fact sheet kerio_connect.md, appendix B2 and B3)."""

from __future__ import annotations

from tests.simulators.kerio_web.wire_types import BOOL, INT, KID, STR, Enum, ListOf, Member, struct


def _enum(names: str) -> Enum:
    return Enum(tuple(names.split()))


API_APPLICATION = struct("ApiApplication", name=STR, vendor=STR, version=STR)

# Session.

USER_INFO = struct(
    "UserInfo",
    id=Member(KID, "ro"),
    loginName=Member(STR, "ro"),
    fullName=Member(STR, "ro"),
    emails=Member(ListOf(STR), "ro"),
    preferredAddress=STR,
    replyToAddress=STR,
)
OUT_OF_OFFICE = struct(
    "OutOfOfficeSettings",
    isEnabled=BOOL,
    text=STR,
    isTimeRangeEnabled=BOOL,
    timeRangeStart=STR,
    timeRangeEnd=STR,
)
SPAM_SETTINGS = struct(
    "SpamSettings", isEnabled=BOOL, whiteListContacts=BOOL, autoupdateWhiteList=BOOL, whiteList=ListOf(STR)
)
QUOTA_INFO = struct(
    "QuotaInfo", messagesLimit=INT, messagesUsed=INT, spaceLimit=INT, spaceUsed=INT, percentLimitForWarning=INT
)

# Filters.

ACTION_TYPE = _enum(
    "FaAddHeader FaSetHeader FaRemoveHeader FaAddRecipient FaCopyToAddress FaReject FaFileInto FaRedirect FaDiscard "
    "FaKeep FaNotify FaSetReadFlag FaAutoReply FaStop"
)
COMPARATOR = _enum("CcEqual CcContain CcNotContain CcNotEqual CcUnder CcOver CcNoComparator")
TESTED_TARGET = _enum(
    "CtEnvelopeRecipient CtEnvelopeSender CtRecipient CtSender CtFrom CtCc CtTo CtSubject CtAttachment CtSize CtSpam "
    "CtAll"
)
EVALUATION_MODE = _enum("EmAnyOf EmAllOf")

FILTER_CONDITION = struct("FilterCondition", testedTarget=TESTED_TARGET, comparator=COMPARATOR, parameters=ListOf(STR))
FILTER_ACTION = struct("FilterAction", type=ACTION_TYPE, parameters=ListOf(STR))
FILTER_RULE = struct(
    "FilterRule",
    id=Member(KID, "ro"),
    isEnabled=BOOL,
    description=STR,
    isIncomplete=BOOL,
    conditions=ListOf(FILTER_CONDITION),
    actions=ListOf(FILTER_ACTION),
    evaluationMode=EVALUATION_MODE,
)
FILTER_RAW_RULE = struct("FilterRawRule", id=Member(KID, "ro"), isEnabled=BOOL, description=STR, script=STR)
