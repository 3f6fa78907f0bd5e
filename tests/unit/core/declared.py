# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every declared resource by name, the made-up ones among them, and a key for one object of each kind."""

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
    "alias": {"address": "Ann@example.com"},
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
    "extension": {"number": "101"},
    "account": {"name": "somebody"},
    "domain": {"name": "example.com", "account": "somebody"},
}
