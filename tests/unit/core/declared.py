# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every declared resource by name, the made-up ones among them, and a key for one object of each kind.

Systems that use the same word for a kind may know its objects by other fields: each takes those that are its own.
"""

from __future__ import annotations

from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from tests.unit.core import samples

RESOURCES: dict[str, Resource] = {
    **{f"{system.name}.{resource.kind}": resource for system in SYSTEMS for resource in system.declared},
    **{f"sample.{resource.kind}": resource for resource in samples.ALL},
}

KEYS: dict[str, dict[str, Any]] = {
    "user": {"name": "ann", "domain": "example.com"},
    "mailbox": {"email": "ann@example.com"},
    "alias": {"address": "Ann@example.com", "name": "ann", "domain": "example.com"},
    "person": {"address": "ann@example.com"},
    "town": {"name": "example.com"},
    "relay": {"address": "staff@example.com"},
    "club": {"name": "Chess"},
    "holder": {"name": "ann"},
    "phone": {"number": "101"},
    "site": {"name": "example.com"},
    "guest": {"address": "ann@example.com"},
    "out_of_office": {},
    "filter": {"name": "Lists"},
    "team": {"name": "reds", "town": "example.com"},
    "player": {"name": "ann", "town": "example.com"},
    "plaque": {"player": "ann@example.com"},
    "extension": {"number": "101"},
    "account": {"name": "somebody"},
    "domain": {"name": "example.com", "account": "somebody"},
    "group": {"name": "Staff", "domain": "example.com", "account": "somebody"},
    "mailing_list": {"name": "news", "domain": "example.com", "address": "news@example.com"},
    "resource": {"name": "Hall", "domain": "example.com"},
    "ip_address_group": {"name": "Office"},
    "time_range": {"name": "Night"},
    "vacation": {"mailbox": "ann@example.com"},
    "spam_protection": {"mailbox": "ann@example.com"},
    "blacklist": {"mailbox": "ann@example.com"},
    "sync_job": {"mailbox": "ann@example.com", "remote_host": "old.example", "remote_user": "ann"},
}
