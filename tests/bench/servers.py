# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting `server` processes and asking them what they have seen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.documents import State
from tests.tools.collection import ROOT


class NotDone(Exception):
    """A run did not bring about what it was to bring about, so its time means nothing."""


@dataclass(frozen=True)
class Counts:
    """calls: requests, logging in and out among them; writes: those that changed something; pages: those that listed
    the objects in question; seconds: how long the server worked on them."""

    calls: int
    writes: int
    logins: int
    pages: int
    seconds: float


class Server:
    """environment: the variables of the collection, and those that only the playbooks with plain calls need."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.environment: dict[str, str] = self._told()

    def counts(self) -> Counts:
        """What was asked since the last time."""
        return Counts(**self._ask("counts"))

    def check(self) -> None:
        """Raises NotDone unless every object is as the run was to make it, and every session closed."""
        found = self._ask("check")
        if found["wrong"]:
            raise NotDone(f"the server does not hold what it should: {', '.join(found['wrong'])}")

    def _ask(self, question: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        print(question, file=self._process.stdin, flush=True)
        return self._told()

    def _told(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise NotDone("the simulated server ended; see its last words above")
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def serving(name: str, count: int, state: State, folder: Path) -> Iterator[Server]:
    """A server of a system, ready for a run that meets this state; the run's document is put into the folder."""
    command = [sys.executable, "-m", "tests.bench.server", name, str(count), state, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
