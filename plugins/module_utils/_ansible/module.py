# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An ordinary Ansible module, in a process of its own.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .definition import Definition
from .progress import Progress
from .secret_options import CarefulModule, FreeFormModule
from .sessions import Sessions


def run_module(definition: Definition) -> None:
    """``main`` of a module file."""
    kind = FreeFormModule if definition.free_form else CarefulModule
    module = kind(argument_spec=definition.spec, supports_check_mode=True)
    definition.carry_out(module, Sessions(), Progress())
