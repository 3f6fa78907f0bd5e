# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task in a YAML file is to come to: its variable ``expect``.

``failed`` is a part of the message of a task that has to fail (all others must not); everything else is a path into the
result and the value that stands there, null also for what is not there.
"""

from __future__ import annotations

from typing import Any

from tests.integration.playbooks import Task


def differences(task: Task, expected: dict[str, Any]) -> list[str]:
    """What is not as expected, in words. A failure of which nothing may be told (``no_log``) has no message."""
    part = expected.get("failed")
    if (task.status in ("failed", "unreachable")) != (part is not None):
        return [f"is {task.status}: {task.result.get('msg')}"]
    said = task.result.get("msg", "")
    found = [] if part is None or part in said else [f"says: {said}"]
    for path, value in expected.items():
        if path != "failed" and at(task.result, path) != value:
            found.append(f"{path} is {at(task.result, path)!r} instead of {value!r}")
    return found


def at(data: Any, path: str) -> Any:
    """What stands at a path such as ``config.users.1.name``; None where it leads nowhere."""
    for step in path.split("."):
        if isinstance(data, list):
            data = data[int(step)] if int(step) < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data
