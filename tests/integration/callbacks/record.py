# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what Ansible hands to callbacks into the file that RECORD_FILE names: a JSON a line.

The event says what it is about: "task" is the end of a task on a host, "item" that of one turn of a loop, "retry" an
attempt that another one follows. ``started`` is the number of lines in the file that STARTS_FILE names: how often
Python was started until then, if it is started by a script that notes it there.
"""

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
    """Notes the result of each task, and before it that of each item and each attempt."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "record"
    CALLBACK_NEEDS_ENABLED = True

    def v2_runner_on_ok(self, result: Any) -> None:
        self._note("task", "ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._note("task", "failed", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._note("task", "skipped", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._note("task", "unreachable", result)

    def v2_runner_item_on_ok(self, result: Any) -> None:
        self._note("item", "ok", result)

    def v2_runner_item_on_failed(self, result: Any) -> None:
        self._note("item", "failed", result)

    def v2_runner_item_on_skipped(self, result: Any) -> None:
        self._note("item", "skipped", result)

    def v2_runner_retry(self, result: Any) -> None:
        self._note("retry", "failed", result)

    def _note(self, event: str, status: str, result: Any) -> None:
        modern = hasattr(result, "task")  # from ansible-core 2.19 on
        task, host = (result.task, result.host) if modern else (result._task, result._host)
        line = {
            "event": event,
            "host": host.get_name(),
            "task": task.get_name(),
            "action": task.resolved_action or task.action,
            "status": status,
            "result": result.result if modern else result._result,
            "started": _lines(os.environ.get("STARTS_FILE", "")),
        }
        with open(os.environ["RECORD_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line, default=str) + "\n")


def _lines(path: str) -> int:
    if not os.path.exists(path):
        return 0
    with open(path, encoding="utf-8") as file:
        return len(file.readlines())
