# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each module is, apart from how Ansible runs it: its options, and what it does with them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Callable

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from .._client.http import REQUESTS_IMPORT_ERROR
from .._core.resource import Resource
from .._systems.call import CallRules
from .._systems.system import System
from .argspec import argument_spec
from .call_options import call_options
from .options import Option, config_options, connection_options, info_options, object_options
from .progress import Progress
from .run_call import run_call
from .run_config import run_config
from .run_info import run_info
from .run_object import run_object
from .runs import Run
from .sessions import Sessions


@dataclass(frozen=True)
class Definition:
    """One module. ``free_form``: its options hold what no argument spec can name, secrets among it."""

    name: str
    system: System
    options: tuple[Option, ...]
    work: Callable[[Run], dict[str, Any]]
    free_form: bool = False

    @cached_property
    def spec(self) -> dict[str, Any]:
        """What ``AnsibleModule`` takes."""
        return argument_spec((*self.options, *connection_options(self.system)))

    def carry_out(self, module: AnsibleModule, sessions: Sessions, progress: Progress) -> None:
        """Do what the task asks for, and return it through the module."""
        if REQUESTS_IMPORT_ERROR is not None:
            module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
        run = Run(module.params, sessions, module.check_mode, module._diff, module._verbosity, progress=progress)
        answer = self.work(run)
        for warning in answer.pop("warnings", ()):
            module.warn(warning)
        if answer.pop("failed", False):
            module.fail_json(**answer)
        module.exit_json(**answer)


def object_definition(system: System, resource: Resource) -> Definition:
    """The module about one object."""
    return Definition(resource.module, system, object_options(resource), lambda run: run_object(system, resource, run))


def config_definition(system: System) -> Definition:
    """The module about a whole system."""
    return Definition(f"{system.prefix}_config", system, config_options(system), lambda run: run_config(system, run))


def info_definition(system: System) -> Definition:
    """The query."""
    return Definition(f"{system.prefix}_info", system, info_options(system), lambda run: run_info(system, run))


def call_definition(system: System, rules: CallRules) -> Definition:
    """The module for single calls."""
    name, options = f"{system.prefix}_call", call_options(rules)
    return Definition(name, system, options, lambda run: run_call(system, rules, run), free_form=True)


def definitions_of(system: System) -> Iterable[Definition]:
    """All modules of a system."""
    for resource in system.declared:
        yield object_definition(system, resource)
    yield config_definition(system)
    yield info_definition(system)
    if system.calls is not None:
        yield call_definition(system, system.calls)
