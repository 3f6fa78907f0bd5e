# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner alone: whether its time and memory grow in proportion to the number of objects."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from tests.bench.documents import State
from tests.bench.measuring import Measured, is_worth_another, median
from tests.bench.processes import Cost, run
from tests.bench.rows import Row
from tests.tools.collection import ROOT, ensure_link

SECTION = "The planner alone"
COUNTS = (1_000, 10_000, 100_000)
STATES: tuple[State, ...] = ("unchanged", "changed apart")


def cases(wanted: Callable[[int], bool]) -> Iterator[tuple[str, int, Callable[[], Row]]]:
    """What is measured: a name, a number of objects, and how to get the row."""
    for state in STATES:
        for count in filter(wanted, COUNTS):
            yield f"users, {state}", count, partial(_row, count, state)


def _row(count: int, state: State) -> Row:
    """The memory is what the process needs beyond one that plans a single object."""
    measured = _measure(count, state)
    beyond = replace(measured, megabytes=measured.megabytes - _measure(1, "unchanged").megabytes)
    return Row(SECTION, f"users, {state}", count, beyond, state=state)


@cache
def _measure(count: int, state: State) -> Measured:
    """Seconds are those of the plan, all else is that of its process."""
    command = [sys.executable, "-m", "tests.bench.planner", str(count), state]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ensure_link()}"}
    costs: list[Cost] = []
    seconds: list[float] = []
    while is_worth_another(costs):
        with tempfile.TemporaryDirectory() as name:
            costs.append(run(command, environment, Path(name)))
            seconds.append(float(Path(name, "output.txt").read_text(encoding="utf-8")))
    return replace(median(costs, None), seconds=statistics.median(seconds))
