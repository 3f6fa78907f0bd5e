# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state in which every simulated server starts."""

from __future__ import annotations

import uuid

from tests.simulators.kerio_connect.store import Store

ADMIN = "admin"


def starting_store(admin_password: str) -> Store:
    """Two domains, an administrator, two people with mail, two groups, two access policies, a group of IP addresses."""
    store = Store()
    store.add_domain("example.com", isPrimary=True, description="Head office")
    store.add_domain("example.org", description="Second site")
    store.server_settings = {
        "hostname": "mail.example.com",
        "publicFoldersPerDomain": False,
        "serverId": f"keriodb://server/{uuid.uuid4()}",
    }
    store.add_access_policy_group("Default", is_default=True)
    store.add_access_policy_group("Restricted")
    staff = store.add_group("staff", description="Everybody", emailAddresses=["staff"])
    store.add_group("sales", emailAddresses=["sales"])
    store.add_user(
        ADMIN,
        fullName="Site Admin",
        password=admin_password,
        role={"userRole": "FullAdmin", "publicFolderRight": True, "archiveFolderRight": True},
    )
    store.add_user(
        "alice",
        messages=120,
        fullName="Alice Example",
        password="alice-1-Secret",
        emailAddresses=["alice.example"],
        userGroups=[staff["id"]],
    )
    store.add_user("bob", messages=7, fullName="Bob Example", password="bob-2-Secret", description="Night shift")
    store.add_alias("info", "alice@example.com", description="Front desk")
    store.add_ip_group_entry("Local clients", type="ThisMachine")
    store.add_ip_group_entry("Local clients", type="Network", addr1="192.168.0.0", addr2="255.255.0.0")
    return store
