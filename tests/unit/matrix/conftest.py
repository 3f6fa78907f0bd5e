# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the matrix, started once, and a count of its cases for the line at the end of the run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from unittest import mock

import pytest

from tests.support.runner import Runner
from tests.unit.conftest import MATRIX
from tests.unit.matrix.dialects import Running, Server
from tests.unit.matrix.samples import Leaf
from tests.unit.matrix.walk import Walk

Tally = Callable[[str, Leaf, Walk], None]


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
        record_property(MATRIX, f"{server}|{leaf.resource.kind}|{leaf.name}|{counts}")

    return count
