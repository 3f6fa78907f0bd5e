# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module inside Ansible's worker: the same class checks its options and masks its result, and nothing is printed.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.common.warnings import get_warning_messages

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.definition import Definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.progress import Progress
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.secret_options import (
    CarefulModule,
    FreeFormModule,
)
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import Sessions


def run_in_worker(
    definition: Definition, arguments: dict[str, Any], sessions: Sessions, progress: Progress
) -> dict[str, Any]:
    """The result of a module. ``arguments`` are those of the task and Ansible's own, as JSON has them."""
    kind = FreeFormWorkerModule if definition.free_form else CarefulWorkerModule
    try:
        definition.carry_out(kind(arguments, definition.spec), sessions, progress)
    except Finished as finished:
        return finished.result
    raise TypeError("a module returns its result by exit_json or fail_json")


class Finished(BaseException):
    """The module is done. Not an Exception, as SystemExit is none: nobody in between may take it for a failure."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__()
        self.result = result


class WorkerModule(AnsibleModule):
    """Takes its arguments from the worker, and hands its result to it."""

    def __init__(self, arguments: dict[str, Any], spec: dict[str, Any]) -> None:
        self._arguments = arguments
        self._warnings: list[str] = []
        self._heard = len(get_warning_messages())
        self._shows_invocation = arguments.pop("_ansible_inject_invocation", True)
        super().__init__(argument_spec=spec, supports_check_mode=True)

    def warn(self, warning: str, **_more: Any) -> None:
        """Warnings of a module are part of its result; those of the worker are shown in any case."""
        self._warnings.append(warning)

    def exit_json(self, **kwargs: Any) -> NoReturn:
        raise Finished(self._masked(kwargs))

    def fail_json(self, msg: str, **kwargs: Any) -> NoReturn:
        raise Finished(self._masked({**kwargs, "failed": True, "msg": msg}))

    def _load_params(self) -> None:
        self.params = self._arguments

    def _log_invocation(self) -> None:
        """No module is called on a host, which the log of its system could tell."""

    def _masked(self, result: dict[str, Any]) -> dict[str, Any]:
        """What a module prints: its options beside the result, and secrets nowhere; what is no text stays."""
        if self._shows_invocation:
            result["invocation"] = {"module_args": self.params}
        # ansible-core 2.18 collects its own warnings about options; later ones show those of a worker by themselves.
        warnings = [*get_warning_messages()[self._heard :], *self._warnings]
        if warnings:
            result["warnings"] = warnings
        kept = {name: value for name, value in result.items() if value is None or isinstance(value, bool)}
        return {**remove_values(result, self.no_log_values), **kept}


class CarefulWorkerModule(CarefulModule, WorkerModule):
    """With all declared options."""


class FreeFormWorkerModule(FreeFormModule, WorkerModule):
    """With options that may hold secrets which no argument spec can name."""
