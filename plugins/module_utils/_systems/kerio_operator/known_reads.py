# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The methods that change nothing, as far as any are known: the vendor published no list (kerio_operator.md 3 to 5).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

# What prepares a download, begins a subscription or makes a ticket is not among them.
_BY_INTERFACE = {
    "AutoAttendantScripts": "get",
    "CallHistory": "get",
    "CallQueues": "get",
    "Conferences": "get",
    "Extensions": "get getNextValidNumber getSipPassword",
    "Network": "get",
    "PbxServices": "get",
    "ProductRegistration": "getFullStatus",
    "Recordings": "get",
    "RingingGroups": "get",
    "Server": "getConstantList getInternalDirectoryList",
    "Session": "getSettings whoAmI",
    "Status": "getCalls getQueueAgents",
    "Storage": "get",
    "SystemBackup": "get",
    "SystemHealth": "get",
    "SystemTasks": "getSsh",
    "UserCallHistory": "get",
    "UserPhone": "getAddressBook getWebrtc",
    "UserSettings": "get",
    "Users": "get",
    "Version": "getApiVersion",
}

KNOWN_READS = frozenset(
    f"{interface}.{method}" for interface, methods in _BY_INTERFACE.items() for method in methods.split()
)
