# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the matrix, started once, and its outcome as one line at the end of the run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from unittest import mock

import pytest
from _pytest.terminal import TerminalReporter

from tests.support.runner import Runner
from tests.unit.matrix.dialects import Running, Server
from tests.unit.matrix.samples import Leaf
from tests.unit.matrix.walk import Walk

Tally = Callable[[str, Leaf, Walk], None]
# Each cell of the matrix leaves this property on its report; reports come back from the workers of pytest-xdist too.
PROPERTY = "matrix"


class Fleet:
    """The servers, each started when it is first asked for, and reset each time."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._running: dict[Server, Running] = {}

    def __getitem__(self, server: Server) -> Running:
        if server not in self._running:
            simulator = self._stack.enter_context(server.make())
            self._running[server] = Running(server, simulator, Runner(server.system, simulator))
        running = self._running[server]
        running.reset()
        return running


@pytest.fixture(scope="package")
def fleet() -> Iterator[Fleet]:
    """An environment that says nothing about proxies and servers: requests looks through all of it at every call."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "HOME", "TMPDIR", "PYTEST"))}
    with ExitStack() as stack, mock.patch.dict(os.environ, kept, clear=True):
        yield Fleet(stack)


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Count a cell of the matrix for the line at the end of the run."""

    def count(server: str, leaf: Leaf, walk: Walk) -> None:
        counts = f"{walk.cases}|{len(walk.mismatches)}"
        record_property(PROPERTY, f"{server}|{leaf.resource.kind}|{leaf.name}|{counts}")

    return count


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    reports = (report for group in terminalreporter.stats.values() for report in group)
    cells = [
        str(value).split("|")
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
        if name == PROPERTY
    ]
    if not cells:
        return
    resources = {kind for _server, kind, *_rest in cells}
    fields = {(kind, field) for _server, kind, field, *_rest in cells}
    servers = {server for server, *_rest in cells}
    cases = sum(int(count) for *_rest, count, _mismatches in cells)
    mismatches = sum(int(count) for *_rest, count in cells)
    terminalreporter.write_line(
        f"matrix: {len(resources)} resources, {len(fields)} fields, {len(servers)} dialects, {cases} cases, "
        f"{mismatches} mismatches"
    )
