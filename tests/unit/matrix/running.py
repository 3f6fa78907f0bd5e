# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the matrix, each started when it is first asked for, and reset each time."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any

from tests.support.runner import AnySimulator, Runner
from tests.support.shortcut import in_this_process
from tests.unit.matrix.subjects import Server, Subject


@dataclass(frozen=True)
class Running:
    """A server that runs, with the modules of its system."""

    subject: Subject
    server: Server
    simulator: AnySimulator
    runner: Runner

    @property
    def store(self) -> Any:
        return self.simulator.store

    @property
    def has_sessions(self) -> bool:
        """Whether one logs in."""
        return any(each.name == "api_username" for each in self.subject.system.connection)

    def reset(self) -> None:
        """Back to the starting state, with what the samples name."""
        self.simulator.reset()
        self.subject.prepare(self.simulator.store)


class Fleet:
    """All of them, by server; the simulators also by URL."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._running: dict[str, Running] = {}
        self._by_url: dict[str, AnySimulator] = {}

    def without_the_wire(self) -> AbstractContextManager[None]:
        """Within it, requests to these servers do not leave the process."""
        return in_this_process(self._by_url)

    def reset(self, subject: Subject, server: Server) -> Running:
        """The server in its starting state."""
        if server.name not in self._running:
            simulator = self._stack.enter_context(server.make())
            self._by_url[simulator.url] = simulator
            runner = Runner(subject.system, simulator, **server.connection, **server.login(simulator))
            self._running[server.name] = Running(subject, server, simulator, runner)
        running = self._running[server.name]
        running.reset()
        return running
