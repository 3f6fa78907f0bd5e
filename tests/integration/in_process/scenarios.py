# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plays in plays/*.yml: what they may say beyond Ansible, and the variables that they get.

``!vault name`` is the secret of that name, which comes to stand encrypted in the playbook. ``vars.expect`` is what a
task has to come to (expectations.py) on every host that reaches it; one that nobody may reach says ``expect: never``.
A play without ``module_defaults`` gets ``CONNECTIONS``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.integration.expectations import differences
from tests.integration.playbooks import Outcome, Unsafe, Vaulted
from tests.simulators import Simulator

PLAYS = Path(__file__).parent / "plays"
GROUPS = {
    "kerio_connect": ("kerio", ("api_url", "api_username", "api_password", "ca_path")),
    "kerio_webmail": ("webmail", ("api_url", "api_username", "api_password", "ca_path")),
    "kerio_operator": ("operator", ("api_url", "api_username", "api_password", "ca_path")),
    "mailboxorg": ("hosted", ("api_url", "api_username", "api_password", "ca_path")),
    "mail": ("rest", ("api_url", "api_key", "ca_path")),
}
CONNECTIONS = {
    f"group/postmaster.comms.{group}": {option: f"{{{{ {variable}.{option} }}}}" for option in options}
    for group, (variable, options) in GROUPS.items()
}
# Variable of the plays by name of the server in the tests.
VARIABLES = {
    "kerio_connect": "kerio",
    "second_kerio": "second_kerio",
    "kerio_webmail": "webmail",
    "kerio_operator": "operator",
    "mailboxorg": "hosted",
    "rest": "rest",
    "mailcow": "mailcow",
}
_OPTIONS = {
    "URL": "api_url",
    "USERNAME": "api_username",
    "PASSWORD": "api_password",
    "KEY": "api_key",
    "DIALECT": "api_dialect",
    "CA_PATH": "ca_path",
}
NEVER = "never"


def load(name: str, secrets: Mapping[str, str]) -> list[dict[str, Any]]:
    """The plays of a file, with the secrets that stand in it."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!vault", lambda _loader, node: Vaulted(secrets[node.value]))
    Loader.add_constructor("!unsafe", lambda _loader, node: Unsafe(node.value))
    text = (PLAYS / f"{name}.yml").read_text(encoding="utf-8")
    plays: list[dict[str, Any]] = yaml.load(text, Loader=Loader)
    return [{"module_defaults": CONNECTIONS, "gather_facts": False, **play} for play in plays]


def connections(servers: Mapping[str, Simulator[Any, Any]]) -> dict[str, dict[str, str]]:
    """The variables that name the servers."""
    return {VARIABLES[name]: _connection(server.environment) for name, server in servers.items()}


def _connection(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        option: value
        for suffix, option in _OPTIONS.items()
        for name, value in environment.items()
        if name.endswith(f"_{suffix}")
    }


def unmet(plays: list[dict[str, Any]], outcome: Outcome) -> list[str]:
    """What did not come out as the plays say."""
    expected = dict(_expected(plays))
    seen = {task.name for task in outcome.tasks}
    wrong = [f"{name}: not reached" for name, what in expected.items() if what != NEVER and name not in seen]
    for task in outcome.tasks:
        what = expected.get(task.name, {})
        found = ["reached"] if what == NEVER else differences(task, what) if what else []
        wrong += [f"{task.name} on {task.host}: {each}" for each in found]
    return wrong


def _expected(data: Any) -> Iterator[tuple[str, Any]]:
    """Each task's expectation by its name; two tasks of one name could not be told apart."""
    names: set[str] = set()
    for task in tasks_of(data):
        if "expect" in task.get("vars", {}):
            assert task["name"] not in names, f"two tasks are called {task['name']}"
            names.add(task["name"])
            yield task["name"], task["vars"]["expect"]


def tasks_of(entries: Any) -> Iterator[dict[str, Any]]:
    """All that plays and blocks hold, and they themselves."""
    for entry in entries:
        yield entry
        for part in ("pre_tasks", "tasks", "post_tasks", "handlers", "block", "rescue", "always"):
            yield from tasks_of(entry.get(part, ()))
