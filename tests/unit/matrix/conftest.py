# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the matrix, started once, and a count of its cases for the line at the end of the run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from unittest import mock

import pytest

from tests.unit.conftest import MATRIX
from tests.unit.matrix.running import Fleet
from tests.unit.matrix.subjects import Leaf, Server
from tests.unit.matrix.walk import Walk

Tally = Callable[[Server, Leaf, Walk], None]


@pytest.fixture(scope="package")
def fleet() -> Iterator[Fleet]:
    """An environment that says nothing about proxies and servers: requests looks through all of it at every call."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "HOME", "TMPDIR", "PYTEST"))}
    with ExitStack() as stack, mock.patch.dict(os.environ, kept, clear=True):
        yield Fleet(stack)


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Count a cell of the matrix for the line at the end of the run."""

    def count(server: Server, leaf: Leaf, walk: Walk) -> None:
        counts = f"{walk.cases}|{len(walk.mismatches)}"
        record_property(MATRIX, f"{server.name}|{leaf.resource.module}|{leaf.name}|{counts}")

    return count
