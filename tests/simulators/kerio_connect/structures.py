# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Structures with the flags of their members (fact sheet kerio_connect.md, appendix A3, tables of 3.1 to 3.4)."""

from __future__ import annotations

from tests.simulators.kerio_connect import enums
from tests.simulators.kerio_web.wire_types import BOOL, INT, KID, STR, ListOf, Member, Struct, struct, whole

# Values.

BYTES = whole("ByteValueWithUnits", value=INT, units=enums.BYTE_UNITS)
SIZE_LIMIT = whole("SizeLimit", isActive=BOOL, limit=BYTES)
ITEM_LIMIT = whole("ItemCountLimit", isActive=BOOL, limit=INT)
AFTER_DAYS = whole("ActionAfterDays", isEnabled=BOOL, days=INT)
TIME_LIMIT = whole("TimeLimit", value=INT, units=enums.TIME_UNIT)
OPTIONAL_STRING = whole("OptionalString", enabled=BOOL, value=STR)
OPTIONAL_ENTITY = whole("OptionalEntity", enabled=BOOL, id=KID, name=STR)
HOME_SERVER = struct("HomeServer", id=KID, name=STR)
ID_ENTITY = struct("IdEntity", id=KID, name=Member(STR, "ro"))

# Queries.

SUB_CONDITION = struct("SubCondition", fieldName=STR, comparator=enums.COMPARE_OPERATOR, value=STR)
SORT_ORDER = struct("SortOrder", columnName=STR, direction=enums.SORT_DIRECTION, caseSensitive=BOOL)
SEARCH_QUERY = struct(
    "SearchQuery",
    fields=ListOf(STR),
    conditions=ListOf(SUB_CONDITION),
    combining=enums.LOGICAL_OPERATOR,
    start=INT,
    limit=INT,
    orderBy=ListOf(SORT_ORDER),
)

# Session.

API_APPLICATION = struct("ApiApplication", name=STR, vendor=STR, version=STR)

# Users.

USER_RIGHT = whole("UserRight", userRole=enums.USER_ROLE, publicFolderRight=BOOL, archiveFolderRight=BOOL)
EMAIL_FORWARDING = whole("EmailForwarding", mode=enums.USER_FORWARD_MODE, emailAddresses=ListOf(STR))
USER_GROUP = struct("UserGroup", id=KID, name=STR, description=STR, itemSource=enums.DATA_SOURCE)
CLEAN_OUT = struct(
    "CleanOut",
    isUsedDomain=BOOL,
    deletedItems=AFTER_DAYS,
    junkEmail=AFTER_DAYS,
    sentItems=AFTER_DAYS,
    autoDelete=AFTER_DAYS,
)
LAST_LOGIN = struct("LastLogin", dateTime=INT, protocol=STR)
USER = struct(
    "User",
    id=Member(KID, "ro"),
    domainId=Member(KID, "req w1"),
    companyContactId=KID,
    loginName=Member(STR, "req qs"),
    fullName=Member(STR, "qs"),
    description=Member(STR, "qs"),
    isEnabled=BOOL,
    itemSource=Member(enums.DATA_SOURCE, "ro"),
    authType=enums.USER_AUTH_TYPE,
    password=Member(STR, "wo"),
    isPasswordReversible=BOOL,
    allowPasswordChange=BOOL,
    hasDefaultSpamRule=Member(BOOL, "w1"),
    role=USER_RIGHT,
    groupRole=Member(USER_RIGHT, "ro"),
    effectiveRole=Member(USER_RIGHT, "ro"),
    isWritableByMe=Member(BOOL, "ro"),
    emailAddresses=ListOf(STR),
    emailForwarding=EMAIL_FORWARDING,
    userGroups=ListOf(USER_GROUP),
    itemLimit=ITEM_LIMIT,
    diskSizeLimit=SIZE_LIMIT,
    consumedItems=Member(INT, "ro"),
    consumedSize=Member(BYTES, "ro"),
    hasDomainRestriction=BOOL,
    outMessageLimit=SIZE_LIMIT,
    lastLoginInfo=Member(LAST_LOGIN, "ro"),
    publishInGal=BOOL,
    cleanOutItems=CLEAN_OUT,
    accessPolicy=ID_ENTITY,
    homeServer=Member(HOME_SERVER, "w1"),
    migration=Member(OPTIONAL_ENTITY, "ro"),
)
REMOVAL_REQUEST = struct(
    "RemovalRequest",
    userId=KID,
    method=enums.USER_DELETE_FOLDER_MODE,
    removeReferences=BOOL,
    targetUserId=KID,
    mode=enums.DIRECTORY_DELETE_MODE,
)

# Groups and aliases.

GROUP = struct(
    "Group",
    id=Member(KID, "ro"),
    domainId=Member(KID, "req w1"),
    name=Member(STR, "req"),
    emailAddresses=ListOf(STR),
    role=enums.USER_ROLE,
    hasDomainRestriction=BOOL,
    description=STR,
    itemSource=Member(enums.DATA_SOURCE, "ro"),
    publishInGal=BOOL,
)
GROUP_REMOVAL_REQUEST = struct("GroupRemovalRequest", groupId=KID, mode=enums.DIRECTORY_DELETE_MODE)
ALIAS = struct(
    "Alias",
    id=Member(KID, "ro"),
    domainId=Member(KID, "req w1"),
    name=Member(STR, "req qs"),
    deliverToId=KID,
    deliverTo=Member(STR, "req qs"),
    type=enums.ALIAS_TYPE,
    description=STR,
    homeServer=Member(HOME_SERVER, "ro"),
)
ALIAS_TARGET = struct(
    "AliasTarget",
    id=KID,
    type=enums.ALIAS_TARGET_TYPE,
    name=STR,
    fullName=STR,
    description=STR,
    isEnabled=BOOL,
    itemSource=enums.DATA_SOURCE,
    emailAddress=STR,
    homeServer=HOME_SERVER,
)

PUBLIC_FOLDER = struct("PublicFolder", id=KID, name=STR)

# Domains.

FORWARDING = whole("Forwarding", isEnabled=BOOL, host=STR, port=INT, how=enums.DELIVERY_TYPE, preventLoop=BOOL)
DIRECTORY_AUTHENTICATION = Struct(
    "DirectoryAuthentication",
    {"username": Member(STR), "password": Member(STR, "wo"), "isSecure": Member(BOOL)},
    frozenset({"username", "isSecure"}),
)
DIRECTORY_SERVICE = Struct(
    "DirectoryService",
    {
        "isEnabled": Member(BOOL),
        "serviceType": Member(enums.DIRECTORY_TYPE),
        "customMapFile": Member(STR),
        "authentication": Member(DIRECTORY_AUTHENTICATION),
        "hostname": Member(STR),
        "backupHostname": Member(STR),
        "directoryName": Member(STR),
        "ldapSuffix": Member(STR),
    },
    frozenset({"isEnabled"}),
)
FOOTER = whole("Footer", isUsed=BOOL, text=STR, isHtml=BOOL, isUsedInDomain=BOOL)
WEBMAIL_LOGO = whole("WebmailLogo", isUsed=BOOL, url=STR)
CUSTOM_IMAGE = struct("CustomImage", isEnabled=BOOL, url=Member(STR, "ro"), id=Member(STR, "w1"))
RENAME_INFO = struct("DomainRenameInfo", isRenamed=BOOL, oldName=STR, newName=STR)
QUOTA_NOTIFICATION = struct("QuotaNotification", type=enums.NOTIFICATION_TYPE, period=TIME_LIMIT)
DOMAIN_QUOTA = struct(
    "DomainQuota",
    diskSizeLimit=SIZE_LIMIT,
    consumedSize=Member(BYTES, "ro"),
    notification=QUOTA_NOTIFICATION,
    warningLimit=INT,
    email=STR,
    blocks=BOOL,
)
DOMAIN = struct(
    "Domain",
    id=Member(KID, "ro"),
    name=Member(STR, "req w1"),
    description=STR,
    isPrimary=BOOL,
    userMaxCount=INT,
    passwordExpirationEnabled=BOOL,
    passwordExpirationDays=INT,
    passwordHistoryCount=INT,
    passwordComplexityEnabled=BOOL,
    passwordMinimumLength=INT,
    outgoingMessageLimit=SIZE_LIMIT,
    deletedItems=AFTER_DAYS,
    junkEmail=AFTER_DAYS,
    sentItems=AFTER_DAYS,
    autoDelete=AFTER_DAYS,
    keepForRecovery=AFTER_DAYS,
    aliasList=ListOf(STR),
    forwardingOptions=FORWARDING,
    service=DIRECTORY_SERVICE,
    domainFooter=FOOTER,
    kerberosRealm=STR,
    winNtName=STR,
    pamRealm=STR,
    ipAddressBind=OPTIONAL_STRING,
    logo=WEBMAIL_LOGO,
    customClientLogo=CUSTOM_IMAGE,
    checkSpoofedSender=BOOL,
    renameInfo=Member(RENAME_INFO, "ro"),
    domainQuota=DOMAIN_QUOTA,
    isDistributed=Member(BOOL, "ro"),
    isDkimEnabled=BOOL,
    isLdapManagementAllowed=Member(BOOL, "ro"),
    isInstantMessagingEnabled=BOOL,
    useRemoteArchiveAddress=BOOL,
    remoteArchiveAddress=STR,
    archiveLocalMessages=BOOL,
    archiveIncomingMessages=BOOL,
    archiveOutgoingMessages=BOOL,
    archiveBeforeFilter=BOOL,
)
# Members that 8.x did not have yet (fact sheet 5.14).
DOMAIN_SINCE_9 = frozenset(
    {
        *("passwordExpirationEnabled", "passwordExpirationDays", "passwordHistoryCount"),
        *("passwordComplexityEnabled", "passwordMinimumLength", "customClientLogo", "checkSpoofedSender"),
        *("domainQuota", "isDkimEnabled", "isLdapManagementAllowed", "isInstantMessagingEnabled"),
        *("useRemoteArchiveAddress", "remoteArchiveAddress", "archiveLocalMessages", "archiveIncomingMessages"),
        *("archiveOutgoingMessages", "archiveBeforeFilter"),
    }
)
DOMAIN_8 = Struct("Domain", {name: member for name, member in DOMAIN.members.items() if name not in DOMAIN_SINCE_9})
DOMAIN_SETTING = struct("DomainSetting", hostname=STR, publicFoldersPerDomain=BOOL, serverId=Member(KID, "ro"))

# Access policy, company contacts, server.

ACCESS_POLICY_GROUP = struct("AccessPolicyGroup", id=Member(KID, "ro"), name=STR, isDefault=Member(BOOL, "ro"))
CONNECTION_RULE = struct("AccessPolicyConnectionRule", type=enums.CONNECTION_RULE, groupId=KID)
ACCESS_POLICY_RULE = struct(
    "AccessPolicyRule",
    id=Member(KID, "ro"),
    groupId=Member(KID, "req"),
    service=enums.SERVICE_TYPE,
    rule=CONNECTION_RULE,
)
COMPANY_CONTACT = struct(
    "CompanyContact",
    id=KID,
    name=STR,
    company=STR,
    street=STR,
    locality=STR,
    state=STR,
    zip=STR,
    country=STR,
    url=STR,
    phone=STR,
    fax=STR,
    domainId=KID,
)
ENTITY_DETAIL = struct("EntityDetail", kind=enums.ENTITY, id=KID)
