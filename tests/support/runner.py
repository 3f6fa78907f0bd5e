# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a module does, in this process and without Ansible: options through the real argument spec, then the
run, then one JSON round trip, as a task has it.

    runner = Runner(KERIO_CONNECT, simulator)
    runner.object("user", {"name": "carol", "domain": "example.com", "password": "..."}, check=True)
    runner.config({"users": [...]}, prune=["users"], max_deletions=3)
    runner.info(domains=["example.com"])["config"]
    runner.call(method="Users.getMailboxCount")["result"]
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.argspec import argument_spec
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.call_options import call_options
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import (
    Option,
    config_options,
    connection_options,
    info_options,
    object_options,
)
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_call import run_call
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import run_config
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import run_info
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import run_object
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.runs import Run
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import Sessions
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.simulators import Simulator

AnySimulator = Simulator[Any, Any]


class OptionsRefused(Exception):
    """The argument spec refused the options, as Ansible would before the module starts. Holds its sentences."""


class SteppingClock:
    """Real time, plus the pauses that a run asked for and did not have to sit through."""

    def __init__(self) -> None:
        self.slept = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.slept

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


class Runner:
    """The modules of one system, pointed at one running simulator. ``connection`` overrides connection options;
    ``sessions`` are one for each run, unless they are kept, as over the items of a loop.
    """

    def __init__(
        self, system: System, simulator: AnySimulator, sessions: Sessions | None = None, **connection: Any
    ) -> None:
        self.system = system
        self.simulator = simulator
        self.sessions = Sessions() if sessions is None else sessions
        self.clock = SteppingClock()
        self._connection = connection

    def resource(self, kind: str) -> Resource:
        """The resource with all its fields, whatever the dialect. Raises StopIteration for an unknown kind."""
        return next(each for each in self.system.declared if each.kind == kind)

    def object(
        self, kind: str, options: Mapping[str, Any], *, check: bool = False, verbosity: int = 0
    ) -> dict[str, Any]:
        """The result of the module about one object of this kind. Raises OptionsRefused."""
        resource = self.resource(kind)
        run = self._run(_object_spec(self.system, kind), options, check, verbosity)
        return _as_json(run_object(self.system, resource, run))

    def config(
        self, document: Mapping[str, Any], *, check: bool = False, verbosity: int = 0, **behaviour: Any
    ) -> dict[str, Any]:
        """The result of the module about the whole system. Raises OptionsRefused."""
        options = {"config": document, **behaviour}
        return _as_json(run_config(self.system, self._run(_config_spec(self.system), options, check, verbosity)))

    def info(self, *, check: bool = False, verbosity: int = 0, **options: Any) -> dict[str, Any]:
        """The result of the query module. Raises OptionsRefused."""
        return _as_json(run_info(self.system, self._run(_info_spec(self.system), options, check, verbosity)))

    def call(self, *, check: bool = False, verbosity: int = 0, **options: Any) -> dict[str, Any]:
        """The result of the module for single calls. Raises OptionsRefused."""
        assert self.system.calls is not None
        return _as_json(
            run_call(self.system, self.system.calls, self._run(_call_spec(self.system), options, check, verbosity))
        )

    def connection(self) -> dict[str, Any]:
        """The connection options that lead to the simulator."""
        environment, prefix = self.simulator.environment, self.system.environment
        found = {each.name: environment.get(f"{prefix}_{each.variable}") for each in self.system.connection}
        return {name: value for name, value in {**found, **self._connection}.items() if value is not None}

    def _run(self, validator: ArgumentSpecValidator, options: Mapping[str, Any], check: bool, verbosity: int) -> Run:
        given = _as_json({**self.connection(), **options})
        validated = validator.validate(given)
        if validated.error_messages:
            raise OptionsRefused("; ".join(validated.error_messages))
        return Run(
            validated.validated_parameters,
            self.sessions,
            check_mode=check,
            want_diff=True,
            verbosity=verbosity,
            clock=self.clock,
        )


def _as_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """Options and results cross JSON on their way to and from every module."""
    crossed: dict[str, Any] = json.loads(json.dumps(data))
    return crossed


def _validator(system: System, options: Iterable[Option]) -> ArgumentSpecValidator:
    return ArgumentSpecValidator(argument_spec((*options, *connection_options(system))))


@cache
def _object_spec(system: System, kind: str) -> ArgumentSpecValidator:
    return _validator(system, object_options(next(each for each in system.declared if each.kind == kind)))


@cache
def _config_spec(system: System) -> ArgumentSpecValidator:
    return _validator(system, config_options(system))


@cache
def _call_spec(system: System) -> ArgumentSpecValidator:
    assert system.calls is not None
    return _validator(system, call_options(system.calls))


@cache
def _info_spec(system: System) -> ArgumentSpecValidator:
    return _validator(system, info_options(system))
