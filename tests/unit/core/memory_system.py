# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up resources as a whole system, so that the runners can be watched without any network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.runs import Run
from ansible_collections.postmaster.comms.plugins.module_utils._client.http import Http, Target
from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import Redactor
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import (
    Session,
    System,
    common_connection_options,
)
from tests.unit.core import phones, sites, teams
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import CLUB, PERSON, TOWN

CONNECTION = {"api_url": "https://localhost", "validate_certs": True, "ca_path": None, "timeout": 30}
BEHAVIOUR: dict[str, Any] = {
    "prune": [],
    "scope": None,
    "protect": [],
    "max_deletions": 10,
    "on_error": "stop",
    "allow_mail_loss": False,
    "allow_empty": False,
    "update_password": "on_create",
    "force": False,
    "heir": None,
    "prune_lines": False,
    "prune_phones": False,
    "append": False,
    "update_unreadable": "on_create",
    "when_unverified": "fail",
    "wait_timeout": 600,
    "allow_groupware_loss": False,
}


def memory_system(gateway: MemoryGateway) -> System:
    """A system whose one server is this gateway."""

    @contextmanager
    def connect(target: Target, options: Mapping[str, Any]) -> Iterator[Session]:
        http = Http(target, Redactor())
        try:
            yield Session(lambda: gateway, http)
        finally:
            http.close()

    return System(
        name="memory",
        title="Memory",
        prefix="sample",
        environment="SAMPLE",
        path="/api",
        connection=common_connection_options("https://localhost", "/api"),
        declared=(PERSON, CLUB, TOWN, *phones.ALL, *sites.ALL, *teams.ALL),
        connect=connect,
    )


def run_of(gateway: MemoryGateway, options: Mapping[str, Any], *, check: bool = False, verbosity: int = 0) -> Run:
    """A run with all options that a task would have."""
    return Run({**CONNECTION, **options}, check_mode=check, want_diff=True, verbosity=verbosity, clock=gateway.clock)
