# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole tasks on the made-up server: what the three kinds of modules return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import run_config
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import run_info
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import run_object
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.memory_system import BEHAVIOUR, memory_system, run_of

Result = dict[str, Any]


def task(
    gateway: MemoryGateway, resource: Resource, options: Mapping[str, Any], *, check: bool = False, verbosity: int = 0
) -> Result:
    """The result of the module about one object; options that are left out have the defaults of the module."""
    everything = {"state": "present", "update_password": "on_create", "allow_mail_loss": False, **options}
    return run_object(memory_system(gateway), resource, run_of(gateway, everything, check=check, verbosity=verbosity))


def config(gateway: MemoryGateway, document: Mapping[str, Any], *, check: bool = False, **behaviour: Any) -> Result:
    """The result of the module about the whole server."""
    options = {**BEHAVIOUR, **behaviour, "config": document}
    return run_config(memory_system(gateway), run_of(gateway, options, check=check))


def info(gateway: MemoryGateway) -> Result:
    """The result of the query about everything."""
    return run_info(memory_system(gateway), run_of(gateway, {"resources": None}))


def lines(result: Result) -> list[tuple[str, str, str]]:
    """Object, action and status of what a document came to."""
    return [(line["object"], line["action"], line["status"]) for line in result["results"]]
