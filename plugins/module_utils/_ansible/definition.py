# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module is, apart from how Ansible runs it: its options, and what it does with them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Callable

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from .._client.http import REQUESTS_IMPORT_ERROR
from .._systems.system import System
from .argspec import argument_spec
from .options import Option, connection_options
from .progress import Progress
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
