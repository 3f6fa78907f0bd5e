# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a playbook through ansible-playbook, as a user would, and tell what came of each task."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from tests.simulators import Simulator
from tests.tools.collection import ensure_link

HERE = Path(__file__).parent
INVENTORY = {
    "all": {
        "hosts": {
            "localhost": {
                "ansible_connection": "local",
                "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            }
        }
    }
}
# Variables that a test must not inherit: the machine's own settings of Ansible and its mail servers.
FOREIGN = ("ANSIBLE_", "KERIO_", "MAILBOXORG_", "MAIL_API_")
LIMIT_SECONDS = 300


class Vaulted(str):
    """A text that stands encrypted in a playbook, marked ``!vault``; ``VAULT_PASSWORD`` opens it."""


class Unsafe(str):
    """A text that is no template, marked ``!unsafe``."""


class Dumper(yaml.SafeDumper):
    """YAML as safe_dump writes it, and the texts above."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


VAULT_PASSWORD = "opens the test's vault"
Dumper.add_representer(Vaulted, lambda dumper, text: dumper.represent_scalar("!vault", encrypt(text), style="|"))
Dumper.add_representer(Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text), style='"'))


def encrypt(text: str) -> str:
    """As ``ansible-vault encrypt_string`` does."""
    encrypted: bytes = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))]).encrypt(text)
    return encrypted.decode()


@dataclass(frozen=True)
class Task:
    """What a task came to: ``status`` is ok, failed, skipped or unreachable; ``result`` is what it returned.

    The same for one item of its loop, or one attempt (``event``, ``started``: see callbacks/record.py).
    """

    host: str
    name: str
    action: str
    status: str
    result: dict[str, Any]
    event: str = "task"
    started: int = 0

    @property
    def is_ours(self) -> bool:
        return self.action.startswith("postmaster.comms.")

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed"))


@dataclass(frozen=True)
class Outcome:
    """What ansible-playbook said (stdout and stderr together), its exit code, and all that callbacks were told."""

    code: int
    output: str
    events: list[Task]

    @property
    def tasks(self) -> list[Task]:
        """The tasks, in order."""
        return [each for each in self.events if each.event == "task"]

    @property
    def ours(self) -> list[Task]:
        """The tasks that ran modules of this collection."""
        return [task for task in self.tasks if task.is_ours]

    def task(self, name: str) -> Task:
        """The only task of that name."""
        (found,) = [task for task in self.tasks if task.name == name]
        return found


class Ansible:
    """One ansible-core, and a directory to work in."""

    def __init__(self, commands: Path, folder: Path) -> None:
        self.commands = commands
        self.folder = folder
        folder.mkdir(parents=True)

    def run(
        self,
        playbook: list[dict[str, Any]] | str,
        environment: Mapping[str, str],
        *arguments: str,
        variables: Mapping[str, Any] | None = None,
        inventory: Mapping[str, Any] | None = None,
        may_warn: bool = False,
    ) -> Outcome:
        """Run plays, given as data or by the name of a playbook; a warning fails the test unless it may come."""
        if not isinstance(playbook, str):
            playbook = self.write("playbook.yml", playbook)
        record = self.folder / "record.jsonl"
        record.unlink(missing_ok=True)
        recording = {
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callbacks"),
            "ANSIBLE_CALLBACKS_ENABLED": "record",
            "RECORD_FILE": str(record),
        }
        command = [
            str(self.commands / "ansible-playbook"), playbook,
            "--inventory", self.write_inventory(inventory),
            "--extra-vars", f"@{self.write('variables.yml', variables or {})}",
            *arguments,
        ]  # fmt: skip
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**settings(self.folder), **recording, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        if not may_warn:
            refuse_warnings(done.stdout)
        return Outcome(done.returncode, done.stdout, read_record(record))

    def write(self, name: str, data: Any) -> str:
        """Write data as YAML into the directory; returns the path."""
        path = self.folder / name
        path.write_text(yaml.dump(data, Dumper=Dumper, sort_keys=False), encoding="utf-8")
        return str(path)

    def write_inventory(self, inventory: Mapping[str, Any] | None) -> str:
        """Write an inventory, of this machine alone unless told otherwise; returns the path."""
        return self.write("inventory.yml", inventory or INVENTORY)


def settings(folder: Path) -> dict[str, str]:
    """The environment of an Ansible process, apart from the variables of the servers."""
    return {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ensure_link()),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_INJECT_INVOCATION": "true",  # what a task was given stays part of its result in newer releases too
        "ANSIBLE_PIPELINING": "true",  # half the time for each task
        "ANSIBLE_RETRY_FILES_ENABLED": "false",
    }


def refuse_warnings(output: str) -> None:
    """A warning is a failure, whoever speaks it."""
    for sign in ("[WARNING]", "[DEPRECATION WARNING]", "[ERROR]: Callback", "Traceback (most recent call last)"):
        assert sign not in output, output


def read_record(path: Path) -> list[Task]:
    """What the callback wrote."""
    if not path.exists():
        return []
    return [
        Task(
            host=line["host"],
            name=line["task"],
            action=line["action"],
            status=line["status"],
            result=line["result"],
            event=line["event"],
            started=line["started"],
        )
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def environment(servers: Mapping[str, Simulator[Any, Any]], mail: str = "rest") -> dict[str, str]:
    """The variables that name one server of each system; ``mail`` says which of the two mail servers."""
    others = {"rest", "mailcow"} - {mail}
    chosen = [server.environment for name, server in servers.items() if name not in others]
    return {name: value for variables in chosen for name, value in variables.items()}


def play(tasks: Sequence[Mapping[str, Any]], **keywords: Any) -> dict[str, Any]:
    """A play on this machine."""
    return {"name": "Play", "hosts": "localhost", "gather_facts": False, **keywords, "tasks": list(tasks)}
