# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same code as an ordinary Ansible module.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Callable

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from .._client.http import REQUESTS_IMPORT_ERROR
from .._core.resource import Resource
from .._systems.call import CallRules
from .._systems.system import System
from .argspec import argument_spec
from .call_module import CallModule
from .call_options import call_options
from .options import Option, config_options, connection_options, info_options, object_options
from .run_call import run_call
from .run_config import run_config
from .run_info import run_info
from .run_object import run_object
from .runs import Run


def object_module(system: System, resource: Resource) -> None:
    """``main`` of a module about one object."""
    _main(system, object_options(resource), lambda run: run_object(system, resource, run))


def config_module(system: System) -> None:
    """``main`` of a module about a whole system."""
    _main(system, config_options(system), lambda run: run_config(system, run))


def info_module(system: System) -> None:
    """``main`` of a query."""
    _main(system, info_options(system), lambda run: run_info(system, run))


def call_module(system: System, rules: CallRules | None) -> None:
    """``main`` of a module for single calls."""
    if rules is None:
        raise TypeError(f"{system.name} declares no rules for single calls")
    _main(system, call_options(rules), lambda run: run_call(system, rules, run), CallModule)


def _main(
    system: System,
    options: Iterable[Option],
    work: Callable[[Run], dict[str, Any]],
    kind: type[AnsibleModule] = AnsibleModule,
) -> None:
    spec = argument_spec((*options, *connection_options(system)))
    module = kind(argument_spec=spec, supports_check_mode=True)
    if REQUESTS_IMPORT_ERROR is not None:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    answer = work(Run(module.params, check_mode=module.check_mode, want_diff=module._diff, verbosity=module._verbosity))
    for warning in answer.pop("warnings", ()):
        module.warn(warning)
    if answer.pop("failed", False):
        module.fail_json(**answer)
    module.exit_json(**answer)
