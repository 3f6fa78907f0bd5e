# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes every task's result, as Ansible hands it to callbacks, into the file that RECORD_FILE names: a JSON a line."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: record
type: notification
short_description: Write results of tasks into a file
description: For the tests of this collection.
"""


class CallbackModule(CallbackBase):
    """Notes the result of each task, and for loops also that of each item."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "record"
    CALLBACK_NEEDS_ENABLED = True

    def v2_runner_on_ok(self, result: Any) -> None:
        self._note("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._note("failed", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._note("skipped", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._note("unreachable", result)

    def _note(self, status: str, result: Any) -> None:
        modern = hasattr(result, "task")  # from ansible-core 2.19 on
        task, host = (result.task, result.host) if modern else (result._task, result._host)
        line = {
            "host": host.get_name(),
            "task": task.get_name(),
            "action": task.resolved_action or task.action,
            "status": status,
            "result": result.result if modern else result._result,
        }
        with open(os.environ["RECORD_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line, default=str) + "\n")
