# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An ordinary Ansible module, in a process of its own.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .._core.resource import Resource
from .._systems.call import CallRules
from .._systems.system import System
from .definitions import Definition, call_definition, config_definition, info_definition, object_definition
from .progress import Progress
from .secret_options import CarefulModule, FreeFormModule
from .sessions import Sessions


def object_module(system: System, resource: Resource) -> None:
    """``main`` of a module about one object."""
    _main(object_definition(system, resource))


def config_module(system: System) -> None:
    """``main`` of a module about a whole system."""
    _main(config_definition(system))


def info_module(system: System) -> None:
    """``main`` of a query."""
    _main(info_definition(system))


def call_module(system: System, rules: CallRules | None) -> None:
    """``main`` of a module for single calls."""
    if rules is None:
        raise TypeError(f"{system.name} declares no rules for single calls")
    _main(call_definition(system, rules))


def _main(definition: Definition) -> None:
    kind = FreeFormModule if definition.free_form else CarefulModule
    module = kind(argument_spec=definition.spec, supports_check_mode=True)
    definition.carry_out(module, Sessions(), Progress())
