# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The methods of the administration interface that change nothing (kerio_connect.md, appendix A1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

# Not among them, although their names may say so: what looks for updates or repairs as it checks, what prepares a
# download, reads an uploaded file or starts a search on the server, and the steps of a registration.
_BY_INTERFACE = {
    "AccessPolicy": "get getGroupList getServiceList",
    "AdvancedOptions": "get getFulltextStatus",
    "Aliases": "check get getMailPublicFolderList getTargetList",
    "Archive": "get getXmppArchiveFiles",
    "Backup": "get getScheduleList getStatus",
    "Certificates": "get getCountryList toSource",
    "CompanyContacts": "get getAvailable",
    "ConnectCertificate": "get toSource",
    "Content": (
        "getAntiSpamSetting getAntivirusSetting getAttachmentRules getAttachmentSetting getAvailableAttachments "
        "getBlackListList getCustomRuleList testGreylistConnection testIntegratedAntiSpamEngine"
    ),
    "Delivery": (
        "getEtrnDownloadList getEtrnTimeout getInternetSettings getPop3AccountList getPop3SortingList getRasNames "
        "getScheduledActionList"
    ),
    "DistributedDomain": "getDistributable getHomeServerList getRole getServerList getStatus",
    "Domains": (
        "generatePassword get getDkimDnsRecord getDomainFooterPlaceholders getSettings getUserCountInfo "
        "testDkimDnsStatus testDomainController"
    ),
    "Dumps": "get",
    "Groups": "get",
    "Init": (
        "checkHostname checkMessageStorePath checkMxRecord getBrowserLanguages getDirs getDistributableDomains "
        "getEula getHostname getMessageStorePath getNamedConstantList getProductInfo"
    ),
    "InstantMessaging": "checkXMPPConfiguration get",
    "IpAddressGroups": "get getGroupList validateRemove validateSet",
    "Logs": "get getHighlightRules getLogSet getMessages getSearchProgress getSettings",
    "MailingLists": "get getMlUserList getSuffixes getTrusteeTargetList",
    "Migration": "get getCurrentHomeServer getCurrentStatus getStatus isInProgress",
    "ProductRegistration": "getFullStatus getStatus",
    "Queue": "get getProcessed",
    "Resources": "get getPrincipalList",
    "SecurityPolicy": "get",
    "SenderPolicy": "get",
    "Server": (
        "findEntityByEmail getAboutInfo getAlertList getBrowserLanguages getClientStatistics getColumnList "
        "getConnections getDirs getDownloadProgress getLicenseExtensionsList getNamedConstantList "
        "getOpenedFoldersInfo getProductInfo getRemoteAdministration getServerHash getServerIpAddresses "
        "getServerTime getVersion getWebSessions isBritishPreferred pathExists validateRemoteAdministration"
    ),
    "Services": "get getIPv6",
    "Session": "getDomain getSettings whoAmI",
    "Smtp": "get getIncomingRuleList getOutgoingRuleList getRelayDeliveryRuleList",
    "Statistics": "get getChartData getCharts",
    "SystemHealth": "get getInc",
    "TechnicalSupport": "getInfo",
    "TimeRanges": "get getGroupList",
    "UnitySignOn": "get testConnection",
    "UserTemplates": "get getAvailable",
    "UserVoice": "get getStatus getUrl",
    "Users": (
        "get getContactPublicFolderList getEffectiveUserRights getFromServer getMailboxCount getMobileDeviceList "
        "getNotActivated getPersonalContact getRecoveryDeletedItemsSize getStatistics"
    ),
    "Version": "getApiVersion getProductVersion",
}

KNOWN_READS = frozenset(
    f"{interface}.{method}" for interface, methods in _BY_INTERFACE.items() for method in methods.split()
)
