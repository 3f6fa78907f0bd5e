# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of an object of each resource through Ansible itself: lifecycles/*.yml, each task with its outcome.

On both ends of ansible-core in Ansible's worker, and on one of them as ordinary modules as well, with whole results,
stores and writes held side by side.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integration.expectations import differences as unexpected
from tests.integration.in_process.both_ways import IN_PROCESS, ORDINARY, Run, Runs, Servers, differences, nothing
from tests.integration.in_process.chance import Seeded, chance
from tests.integration.playbooks import Ansible, environment, play
from tests.simulators import MailboxOrg

__all__ = ["chance"]

FILES = sorted((Path(__file__).parent / "lifecycles").glob("*.yml"))
# Which mail server each end of ansible-core works with; both serve the same tasks.
MAIL = {"oldest": "mailcow", "newest": "rest"}
# Logins at mailbox.org beside that of the environment, and their levels.
OTHER_LOGINS = {"alice": "mail", "reseller": "reseller"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize(("ansible_core", "mail"), MAIL.items(), indirect=["ansible_core"])
def test_each_task_comes_to_what_stands_beside_it(
    ansible: Ansible, servers: Servers, chance: Seeded, mail: str, file: Path
) -> None:
    tasks = yaml.safe_load(file.read_text(encoding="utf-8"))
    runs = Runs(ansible, servers, chance)

    here = run(runs, tasks, mail, IN_PROCESS)

    as_it_says(here, tasks)
    # Ordinary modules take their time: every other file on each end.
    if (FILES.index(file) % 2 == 0) == (mail == "rest"):
        nothing(differences(here, run(runs, tasks, mail, ORDINARY)))


def run(runs: Runs, tasks: list[dict[str, Any]], mail: str, way: dict[str, Any]) -> Run:
    hosted = runs.servers["mailboxorg"]
    assert isinstance(hosted, MailboxOrg)
    passwords = {f"{who}_password": hosted.credentials(level)[1] for who, level in OTHER_LOGINS.items()}
    return runs.run(
        [play(tasks, ignore_errors=True)],
        way,
        "--diff",
        environment=environment(runs.servers, mail),
        variables=passwords,
        prepare=lambda servers: servers["mailboxorg"].store.publish_ownership("example", "shop.example.com"),
        may_warn=False,
    )


def as_it_says(done: Run, tasks: list[dict[str, Any]]) -> None:
    outcome = done.outcome
    assert [task.name for task in outcome.tasks] == [task["name"] for task in tasks], outcome.output
    wrong = {
        task.name: unexpected(task, declared["vars"]["expect"])
        for task, declared in zip(outcome.tasks, tasks, strict=True)
    }
    assert {name: found for name, found in wrong.items() if found} == {}
    # Only tasks with an environment of their own start a module.
    assert done.started == sum("environment" in declared for declared in tasks)
