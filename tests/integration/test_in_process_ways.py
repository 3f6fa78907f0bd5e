# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tasks run in Ansible's worker: seen by the interpreter, which notes each start, and not told by the product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.in_process.both_ways import IN_PROCESS, ORDINARY, Runs, Servers, nothing
from tests.integration.in_process.chance import Seeded, chance
from tests.integration.in_process.scenarios import connections, load, tasks_of, unmet
from tests.integration.playbooks import Ansible, Task, play

__all__ = ["chance"]

HERE = Path(__file__).parent / "in_process"
PRETENDING = {
    "ANSIBLE_BECOME_METHOD": "pretend",
    "ANSIBLE_BECOME_PLUGINS": str(HERE / "become_plugins"),
    "ANSIBLE_CONNECTION_PLUGINS": str(HERE / "connection_plugins"),
}
HOSTS: dict[str, dict[str, Any]] = {
    "localhost": {},
    "neighbour": {},
    "elsewhere": {"ansible_connection": "pretend_remote"},
    "slowly": {"postmaster_in_process": False},
}
WRONG = "not the password"


@pytest.fixture
def runs(ansible: Ansible, servers: Servers, chance: Seeded) -> Runs:
    return Runs(ansible, servers, chance)


def test_a_task_falls_back_to_the_ordinary_module_where_it_has_to(runs: Runs) -> None:
    plays = load("falling_back", {})
    variables = {**connections(runs.servers), "secret": {"wrong": WRONG}}
    kerio = runs.servers["kerio_connect"]
    given = {"KERIO_CONNECT_URL": kerio.url, "KERIO_CONNECT_CA_PATH": kerio.ca_path}

    run = runs.run(plays, IN_PROCESS, variables=variables, environment={**PRETENDING, **given}, hosts=HOSTS)

    nothing(unmet(plays, run.outcome))
    wanted = {task["name"]: task["vars"]["starts"] for task in tasks_of(plays) if "starts" in task.get("vars", {})}
    assert as_wanted(starts_by_task(run.outcome.tasks), wanted) == wanted


def test_the_variable_turns_it_off_for_everything(runs: Runs) -> None:
    """Also as a text, which is what --extra-vars makes of name=value."""
    tasks: list[dict[str, Any]] = [
        {"name": "object", "postmaster.comms.kerio_user": {"name": "alice", "domain": "example.com"}, "loop": [1, 2]},
        {"name": "query", "postmaster.comms.mail_info": {}},
    ]
    environment = {**runs.servers["kerio_connect"].environment, **runs.servers["rest"].environment}

    for way, arguments, expected in (
        (ORDINARY, (), 3),
        (IN_PROCESS, ("--extra-vars", "postmaster_in_process=false"), 3),
        (IN_PROCESS, (), 0),
    ):
        run = runs.run([play(tasks)], way, *arguments, environment=environment)

        assert run.outcome.code == 0, run.outcome.output
        assert run.started == expected


def starts_by_task(tasks: list[Task]) -> dict[str, int]:
    """How often Python was started between the end of the task before and its own."""
    before = [0, *(task.started for task in tasks)]
    return {task.name: task.started - earlier for task, earlier in zip(tasks, before, strict=False)}


def as_wanted(found: dict[str, int], wanted: dict[str, int | str]) -> dict[str, int | str]:
    """Of what runs in the background, Ansible asks as often as it likes; some is any number but none."""
    return {
        name: wanted[name] if wanted[name] in ("more", "some") and count > 0 else count
        for name, count in found.items()
        if name in wanted
    }
