# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enumerations, in the order of the IDL (fact sheet kerio_connect.md, appendix A2)."""

from __future__ import annotations

from tests.simulators.kerio_web.wire_types import Enum


def _enum(names: str) -> Enum:
    return Enum(tuple(names.split()))


ALIAS_TYPE = _enum("TypePublicFolder TypeEmailAddress")
ALIAS_TARGET_TYPE = _enum("TypeUser TypeGroup")
BYTE_UNITS = _enum("Bytes KiloBytes MegaBytes GigaBytes TeraBytes PetaBytes")
COMPARE_OPERATOR = _enum("Eq NotEq LessThan GreaterThan LessEq GreaterEq Like")
CONNECTION_RULE = _enum("ServiceAllowed ServiceDenied ServiceIpAllowed ServiceIpDenied")
DATA_SOURCE = _enum("DSInternalSource DSLDAPSource")
DAY = _enum("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
DELIVERY_TYPE = _enum("Online OfflineScheduler OfflineEtrn")
DIRECTORY_TYPE = _enum("WindowsActiveDirectory AppleDirectoryKerberos AppleDirectoryPassword KerioDirectory CustomLDAP")
DIRECTORY_DELETE_MODE = _enum("DSModeDeactivate DSModeDelete")
ENTITY = _enum(
    "EntityUser EntityAlias EntityGroup EntityMailingList EntityResource EntityTimeRange EntityTimeRangeGroup "
    "EntityIpAddress EntityIpAddressGroup EntityService EntityDomain"
)
IP_ADDRESS_TYPE = _enum("Host Network Range ChildGroup ThisMachine IpPrefix")
LIST_MEMBERSHIP = _enum("Member Moderator")
LIST_PERMISSION = _enum("Allowed Moderated Denied")
LIST_REPLY_TO = _enum("Sender ThisList OtherAddress SenderThisList")
LOGICAL_OPERATOR = _enum("Or And")
MODERATOR_PERMISSION = _enum("PostAllowed PostModerated PostAccordingMembership")
NOTIFICATION_TYPE = _enum("notifyOnce notifyEvery")
PRINCIPAL_TYPE = _enum(
    "AuthDomainPrincipal AuthUserPrincipal AnyonePrincipal UserPrincipal GroupPrincipal NonePrincipal"
)
RESOURCE_TYPE = _enum("Room Equipment")
SERVICE_TYPE = _enum(
    "ServiceActiveSync ServiceEWS ServiceIMAP ServiceKoff ServicePOP3 ServiceWebDAV ServiceWebMail ServiceXMPP"
)
SORT_DIRECTION = _enum("Asc Desc")
STORE_STATUS = _enum("StoreStatusClean StoreStatusModified StoreStatusNew")
TIME_RANGE_TYPE = _enum("TimeRangeDaily TimeRangeWeekly TimeRangeAbsolute TimeRangeChildGroup")
TIME_UNIT = _enum("Minutes Hours Days Weeks")
TRUSTEE_KIND = _enum("TrusteeUser TrusteeGroup")
USER_AUTH_TYPE = _enum("UInternalAuth UWindowsNTAuth UPamAuth UKerberosAuth UAppleAuth ULDAPAuth")
USER_DELETE_FOLDER_MODE = _enum("UDeleteUser UDeleteFolder UMoveFolder")
USER_FORWARD_MODE = _enum("UForwardNone UForwardYes UForwardDeliver")
USER_ROLE = _enum("UserRole Auditor AccountAdmin FullAdmin BuiltInAdmin BuiltInDomainAdmin")
