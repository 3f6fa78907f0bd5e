# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin of every module: the same code in Ansible's own worker, where a task allows that.

A process for each module costs a quarter of a second, and a loop runs one an item. All items of a loop share a worker,
so sessions and what was read live from the first item to the last.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import signal
import sys
from functools import cache, partial
from multiprocessing.util import Finalize
from types import FrameType
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action.normal import ActionModule as OrdinaryModule

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.definition import Definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.progress import Progress
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import KeptSessions, Sessions
from ansible_collections.postmaster.comms.plugins.module_utils._client.http import REQUESTS_IMPORT_ERROR

from ._crossing import arguments_of, result_of
from ._worker import run_in_worker

SWITCH = "postmaster_in_process"

_kept = KeptSessions()


class Action(OrdinaryModule):
    """Runs a module here, or as Ansible runs any other. ``definition`` is that of the module of the same name."""

    definition: Definition

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        task_vars = task_vars or {}
        if not self._runs_here(task_vars):
            return dict(super().run(tmp, task_vars))
        arguments = dict(self._task.args)
        self._update_module_args(self._task.action, arguments, task_vars)
        who = f"{self._task.action} [{task_vars.get('inventory_hostname')}]"
        # Not among the output, which others may parse.
        progress = Progress(lambda text: self._display.display(f"{who}: {text}", stderr=True))
        return result_of(run_in_worker(self.definition, arguments_of(arguments), self._sessions(task_vars), progress))

    def _runs_here(self, task_vars: dict[str, Any]) -> bool:
        """Not for another host, user or environment, nor in the background; networking in a forked process of macOS
        crashes it."""
        elsewhere = (
            self._connection.transport != "local"
            or self._connection.become is not None
            or self._task.async_val
            or any(self._task.environment or ())
            or sys.platform == "darwin"
            or REQUESTS_IMPORT_ERROR is not None
        )
        return not elsewhere and boolean(self._templar.template(task_vars.get(SWITCH, True)))

    def _sessions(self, task_vars: dict[str, Any]) -> Sessions:
        """The items of a loop share sessions, which are closed when their worker ends."""
        if "ansible_loop_var" not in task_vars:
            return Sessions()
        _close_at_the_end()
        _kept.forgetful = bool(self._task.until or self._task.retries)
        return _kept


@cache
def _close_at_the_end() -> None:
    """Workers end without running what ``atexit`` knows; finalizers they run, unless Ansible ends them first, which it
    does as soon as it has their last result."""
    Finalize(None, _close, exitpriority=1)
    signal.signal(signal.SIGTERM, partial(_close_before, signal.getsignal(signal.SIGTERM) or signal.SIG_DFL))


def _close() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _kept.close()


def _close_before(usual: Any, number: int, frame: FrameType | None) -> None:
    """A run that is interrupted does not log out: its connection is in use."""
    if not _kept.in_use:
        _close()
    signal.signal(number, usual)
    signal.raise_signal(number)
