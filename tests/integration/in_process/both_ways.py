# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the same plays both ways, in Ansible's worker and as ordinary modules, and hold the results side by side."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.canaries import Canaries
from tests.integration.in_process import comparison
from tests.integration.in_process.chance import Seeded, same_start
from tests.integration.playbooks import Ansible, Outcome
from tests.simulators import Simulator

Servers = dict[str, Simulator[Any, Any]]
# The variable that turns it off; in-process is what happens without it.
IN_PROCESS: dict[str, Any] = {}
ORDINARY: dict[str, Any] = {"postmaster_in_process": False}
# Headers that carry a session or a key.
TOKENS = ("X-Token", "Cookie", "HPLS-AUTH", "X-API-Key", "Authorization")


@dataclass(frozen=True)
class Run:
    """What one run left behind: what Ansible told, what the servers hold, and what they were asked.

    ``started``: how often Python was started for a module.
    """

    outcome: Outcome
    stores: dict[str, Any]
    writes: dict[str, list[Any]]
    logins: dict[str, int]
    calls: dict[str, int]
    tokens: frozenset[str]
    started: int


class Runs:
    """Runs plays, each time from the same state of the servers and with every start of Python counted."""

    def __init__(self, ansible: Ansible, servers: Servers, chance: Seeded) -> None:
        self.ansible = ansible
        self.servers = servers
        self._chance = chance
        self._python = counting_python(ansible.commands / "python", ansible.folder)

    def run(
        self,
        plays: list[dict[str, Any]],
        way: Mapping[str, Any],
        *arguments: str,
        variables: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        hosts: Mapping[str, Mapping[str, Any]] | None = None,
        prepare: Callable[[Servers], None] = lambda servers: None,
        may_warn: bool = True,
    ) -> Run:
        """``hosts``: variables by name, all with a local connection unless they say otherwise; ``prepare``: changes the
        starting state. Raises AssertionError for a mistake inside a simulator and for sessions that stay open."""
        same_start(self.servers, self._chance)
        prepare(self.servers)
        starts = self.ansible.folder / "starts"
        starts.write_text("")
        outcome = self.ansible.run(
            plays,
            # Ansible's own messages list sets, in an order that changes with the seed.
            {"STARTS_FILE": str(starts), "PYTHONHASHSEED": "0", **(environment or {})},
            *arguments,
            variables={**(variables or {}), **way},
            inventory={"all": {"hosts": self._with_python(hosts or {"localhost": {}})}},
            may_warn=may_warn,
        )
        assert outcome.events, outcome.output
        for server in self.servers.values():
            assert server.internal_errors == []
            assert server.open_sessions == 0
        return self._seen(outcome, len(starts.read_text().splitlines()))

    def _with_python(self, hosts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        common = {"ansible_connection": "local", "ansible_python_interpreter": str(self._python)}
        return {name: {**common, **variables} for name, variables in hosts.items()}

    def _seen(self, outcome: Outcome, started: int) -> Run:
        servers = self.servers.items()
        return Run(
            outcome,
            {name: comparison.plain(server.store) for name, server in servers},
            {name: [[each.call, each.params] for each in server.writes] for name, server in servers},
            {name: sum(record.login for record in server.requests) for name, server in servers},
            {name: len(server.requests) for name, server in servers},
            frozenset(token for server in self.servers.values() for token in tokens(server)),
            started,
        )


def counting_python(real: Path, folder: Path) -> Path:
    """An interpreter that notes each start in a file: proof of which way a task ran, without asking the product."""
    script = folder / "counting-python"
    script.write_text(
        f'#!/bin/sh\necho start >> {shlex.quote(str(folder / "starts"))}\nexec {shlex.quote(str(real))} "$@"\n'
    )
    script.chmod(0o755)
    return script


def tokens(server: Simulator[Any, Any]) -> Iterator[str]:
    """What a client sent to be known by."""
    for record in server.requests:
        for name in TOKENS:
            if value := record.headers.get(name):
                yield from (part.rpartition("=")[2] for part in value.split("; "))


def differences(one: Run, other: Run) -> list[str]:
    """Where two runs differ in anything but what they cost."""
    return [
        *comparison.of_outcomes(one.outcome, other.outcome),
        *comparison.of_data(one.stores, other.stores, "stores"),
        *comparison.of_data(one.writes, other.writes, "writes"),
    ]


def leaks(canaries: Canaries, run: Run) -> list[str]:
    """Secrets and session tokens in what was printed or handed to callbacks, each with what stands around it."""
    for token in run.tokens:
        canaries.add(token)
    told = [run.outcome.output, *(f"{event.name}: {event.result!r}" for event in run.outcome.events)]
    return [f"…{_around(text, found)}…" for text in told for found in canaries.found_in(text)]


def _around(text: str, found: str) -> str:
    place = text.find(found)
    return text[max(place - 300, 0) : place + 100]


def nothing(found: list[str]) -> None:
    """What was found wrong, a line each, is what the failure shows."""
    assert not found, "\n".join(found)
