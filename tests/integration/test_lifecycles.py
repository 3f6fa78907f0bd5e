# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of an object of each resource through Ansible itself: lifecycles/*.yml, each task with its outcome.

A task's ``expect`` variable says: ``failed``, a part of the message of a task that has to fail (all others must not);
everything else is a path into the result and the value that stands there, null also for what is not there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integration.playbooks import Ansible, Task, environment, play
from tests.simulators import MailboxOrg, Simulator

FILES = sorted((Path(__file__).parent / "lifecycles").glob("*.yml"))
# Which mail server each end of ansible-core works with; both serve the same tasks.
MAIL = {"oldest": "mailcow", "newest": "rest"}
# Logins at mailbox.org beside that of the environment, and their levels.
OTHER_LOGINS = {"alice": "mail", "reseller": "reseller"}

Servers = dict[str, Simulator[Any, Any]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize(("ansible_core", "mail"), MAIL.items(), indirect=["ansible_core"])
def test_each_task_comes_to_what_stands_beside_it(ansible: Ansible, servers: Servers, mail: str, file: Path) -> None:
    tasks = yaml.safe_load(file.read_text(encoding="utf-8"))
    hosted = servers["mailboxorg"]
    assert isinstance(hosted, MailboxOrg)
    hosted.store.publish_ownership("example", "shop.example.com")
    passwords = {f"{who}_password": hosted.credentials(level)[1] for who, level in OTHER_LOGINS.items()}

    outcome = ansible.run([play(tasks, ignore_errors=True)], environment(servers, mail), "--diff", variables=passwords)

    assert [task.name for task in outcome.tasks] == [task["name"] for task in tasks], outcome.output
    wrong = {
        task.name: differences(task, declared["vars"]["expect"])
        for task, declared in zip(outcome.tasks, tasks, strict=True)
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def differences(task: Task, expected: dict[str, Any]) -> list[str]:
    """What is not as expected, in words."""
    part = expected.get("failed")
    if (task.status == "failed") != (part is not None):
        return [f"is {task.status}: {task.result.get('msg')}"]
    found = [] if part is None or part in task.result["msg"] else [f"says: {task.result['msg']}"]
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
