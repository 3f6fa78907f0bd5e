# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a playbook through ansible-runner, the way AWX runs its jobs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ansible_runner

from tests.integration.playbooks import Ansible, refuse_warnings, settings


@dataclass(frozen=True)
class Job:
    """A finished job: what it printed, its events, and the directory where the runner left its artifacts."""

    status: str
    output: str
    events: list[dict[str, Any]]
    artifacts: Path

    def result(self, task: str) -> dict[str, Any]:
        """What the event about the end of a task holds as its result."""
        (found,) = [
            event["event_data"]["res"]
            for event in self.events
            if event["event"] in ("runner_on_ok", "runner_on_failed") and event["event_data"]["task"] == task
        ]
        assert isinstance(found, dict)
        return found


def run_job(
    ansible: Ansible,
    playbook: list[dict[str, Any]] | str,
    environment: Mapping[str, str],
    arguments: str = "",
    *,
    variables: Mapping[str, Any] | None = None,
    inventory: Mapping[str, Any] | None = None,
) -> Job:
    """Run plays or a playbook by name. What the runner itself notes of its environment is not written to disk."""
    if not isinstance(playbook, str):
        playbook = ansible.write("playbook.yml", playbook)
    path = f"{ansible.commands}{os.pathsep}{os.environ['PATH']}"
    folder = ansible.folder.parent / "job"
    folder.mkdir(exist_ok=True)
    run = ansible_runner.run(
        private_data_dir=str(folder),
        project_dir=str(ansible.folder),
        playbook=playbook,
        inventory=ansible.write_inventory(inventory),
        cmdline=f"--extra-vars @{ansible.write('variables.yml', variables or {})} {arguments}",
        envvars={**settings(ansible.folder), "PATH": path, **environment},
        suppress_env_files=True,
        quiet=True,
    )
    artifacts = Path(run.config.artifact_dir)
    output = (artifacts / "stdout").read_text(encoding="utf-8") + (artifacts / "stderr").read_text(encoding="utf-8")
    refuse_warnings(output)
    return Job(run.status, output, list(run.events), artifacts)
