# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner alone: whether its time and memory grow in proportion to the number of objects."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from tests.bench.documents import State
from tests.bench.measuring import ENOUGH_SECONDS, MOST_RUNS, Measured
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
    seconds, megabytes, runs = _measure(count, state)
    cost = Measured(seconds, None, megabytes - _bare_megabytes(), runs, None)
    return Row(SECTION, f"users, {state}", count, cost, state=state)


@cache
def _bare_megabytes() -> float:
    return _measure(1, "unchanged")[1]


def _measure(count: int, state: State) -> tuple[float, float, int]:
    """Medians of the seconds of the plan and the megabytes of its process, and the number of runs."""
    command = [sys.executable, "-m", "tests.bench.planner", str(count), state]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ensure_link()}"}
    costs: list[Cost] = []
    seconds: list[float] = []
    while not costs or (len(costs) < MOST_RUNS and sum(cost.seconds for cost in costs) < ENOUGH_SECONDS):
        with tempfile.TemporaryDirectory() as name:
            costs.append(run(command, environment, Path(name)))
            seconds.append(float(Path(name, "output.txt").read_text(encoding="utf-8")))
    return statistics.median(seconds), statistics.median(cost.megabytes for cost in costs), len(costs)
