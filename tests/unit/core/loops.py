# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loops over objects of made-up servers: one run after another, as the items of one task, with sessions that are kept
or, as ordinary modules have it, one for each run.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import run_config
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import run_info
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import run_object
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.runs import Run
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import KeptSessions, Sessions
from ansible_collections.postmaster.comms.plugins.module_utils._client.http import Http, Target
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import PostmasterError
from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import Redactor
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import Session, System, login_options
from tests.unit.core.memory_gateway import FakeClock, MemoryGateway
from tests.unit.core.memory_system import BEHAVIOUR, CONNECTION, memory_system

Result = dict[str, Any]
HERE = "https://localhost"
LOGIN = {"api_username": "admin", "api_password": "Sess1on-secret"}
# What the made-up server is asked when an object is looked up, and when all are.
LOOKED_UP, LISTED = ("read",), ("read_all",)
READS = frozenset({"read", "read_some", "read_all"})


class Loop:
    """``opened`` and ``closed`` log the sessions by URL and user name, in order. Servers are made when they are first
    named; they all live by one clock."""

    def __init__(self, *, kept: bool = True) -> None:
        self.clock = FakeClock()
        self.servers: defaultdict[str, MemoryGateway] = defaultdict(lambda: MemoryGateway(clock=self.clock))
        self.sessions: Sessions = KeptSessions(self.clock) if kept else Sessions()
        self.opened: list[tuple[str, str]] = []
        self.closed: list[tuple[str, str]] = []
        self.system: System = dataclasses.replace(
            memory_system(MemoryGateway()),
            connection=(*memory_system(MemoryGateway()).connection, *login_options("Name.")),
            connect=self._connect,
        )

    @property
    def gateway(self) -> MemoryGateway:
        return self.servers[HERE]

    @property
    def kept(self) -> KeptSessions:
        assert isinstance(self.sessions, KeptSessions)
        return self.sessions

    def item(
        self, resource: Resource, *, check: bool = False, url: str = HERE, user: str = "admin", **options: Any
    ) -> Result:
        """The result of the module about one object; options that are left out have the defaults of the module."""
        return run_object(self.system, resource, self._run(options, check, url, user))

    def asked(self, resource: Resource, *, url: str = HERE, **options: Any) -> list[str]:
        """The reads of an item that goes well."""
        self.servers[url].calls.clear()
        result = self.item(resource, url=url, **options)
        assert not result.get("failed"), result
        return [call for call, _label in self.servers[url].calls if call in READS]

    def config(self, document: Mapping[str, Any], *, check: bool = False, **behaviour: Any) -> Result:
        return run_config(self.system, self._run({**behaviour, "config": document}, check, HERE, "admin"))

    def info(self) -> Result:
        return run_info(self.system, self._run({"resources": None}, False, HERE, "admin"))

    def _run(self, options: Mapping[str, Any], check: bool, url: str, user: str) -> Run:
        login = {**LOGIN, "api_username": user, "api_url": url}
        everything = {"state": "present", **BEHAVIOUR, **CONNECTION, **login, **options}
        return Run(everything, self.sessions, check_mode=check, want_diff=True, clock=self.clock)

    @contextmanager
    def _connect(self, target: Target, options: Mapping[str, Any]) -> Iterator[Session]:
        who = target.url, str(options["api_username"])
        self.opened.append(who)
        redactor = Redactor()
        redactor.keep(options["api_password"])
        http = Http(target, redactor)
        try:
            yield Session(lambda: _counted(self.servers[target.url], http), http)
        finally:
            self.closed.append(who)
            http.close()


def _counted(gateway: MemoryGateway, http: Http) -> MemoryGateway:
    """The same server, with a client that counts what is written in its session."""

    class Counted(MemoryGateway):
        def send(self, commands: Sequence[Callable[[], None]]) -> list[PostmasterError | None]:
            http.usage.writes += len(commands)
            return super().send(commands)

    found = Counted.__new__(Counted)
    found.__dict__ = gateway.__dict__
    return found
