# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring one thing: prepare a server, run a command against it, check what came of it; again while that is quick."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.documents import State
from tests.bench.playbooks import Play, environment
from tests.bench.processes import Cost, run
from tests.bench.servers import Counts, serving

# What has taken longer than this in all is not measured again.
ENOUGH_SECONDS = 8.0
MOST_RUNS = 3


@dataclass(frozen=True)
class Measured:
    """The medians of some runs, and what the server saw of the last one; None where there is no server."""

    seconds: float
    cpu: float
    megabytes: float
    runs: int
    counts: Counts | None


Command = Callable[[Path], list[str]]


def measure_play(play: Play, site: str, count: int, state: State) -> Measured:
    """What ansible-playbook takes for a play against a server that is ready for it. Raises Failed, NotDone."""

    def command(folder: Path) -> list[str]:
        (folder / "playbook.yml").write_text(json.dumps([play]), encoding="utf-8")
        return ["ansible-playbook", "--inventory", "localhost,", "--connection", "local", "playbook.yml"]

    return measure(command, site, count, state)


def measure_floor(site: str, count: int, state: State) -> Measured:
    """What the program in `floors` takes for the same, with starting Python. Raises Failed, NotDone."""
    return measure(
        lambda _folder: [sys.executable, "-m", f"tests.bench.floors.{site}", "document.json"], site, count, state
    )


def measure(command: Command, site: str, count: int, state: State) -> Measured:
    """What a command takes against a server that is ready for it. Raises Failed, NotDone."""
    costs: list[Cost] = []
    counts = None
    while is_worth_another(costs):
        with tempfile.TemporaryDirectory() as name, serving(site, count, state, Path(name)) as server:
            folder = Path(name)
            costs.append(run(command(folder), environment(folder, server.environment), folder))
            counts = server.counts()
            server.check()
    return median(costs, counts)


def is_worth_another(costs: Sequence[Cost]) -> bool:
    """Whether to measure again, after these runs."""
    return not costs or (len(costs) < MOST_RUNS and sum(cost.seconds for cost in costs) < ENOUGH_SECONDS)


def median(costs: Sequence[Cost], counts: Counts | None) -> Measured:
    return Measured(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.megabytes for cost in costs),
        len(costs),
        counts,
    )
