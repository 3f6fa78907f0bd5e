# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.documents import State
from tests.bench.measuring import Measured


@dataclass(frozen=True)
class Row:
    """One line of the table.

    section: the heading under which it stands. cost: what the whole command took. base: an empty play with the same
    variables, None where Ansible is not in it. script and task: the two floors, the latter as a whole command, too.
    site and state: of runs about whole systems.
    """

    section: str
    what: str
    count: int
    cost: Measured
    base: Measured | None = None
    script: Measured | None = None
    task: Measured | None = None
    site: str = ""
    state: State = "unchanged"

    @property
    def own(self) -> float:
        """Seconds without what an empty play takes."""
        return self.cost.seconds - (0.0 if self.base is None else self.base.seconds)

    @property
    def each(self) -> float:
        """Milliseconds an item, of the same."""
        return 1000 * self.own / self.count

    @property
    def task_own(self) -> float | None:
        """Seconds of the empty task without what an empty play takes."""
        return None if self.task is None or self.base is None else max(0.0, self.task.seconds - self.base.seconds)

    @property
    def ratio(self) -> float | None:
        """Own seconds to the sum of the floors."""
        return self._ratio(lambda measured: measured.seconds)

    @property
    def cpu_ratio(self) -> float | None:
        """The same of the processors' seconds."""
        return self._ratio(lambda measured: measured.cpu)

    def _ratio(self, of: Callable[[Measured], float]) -> float | None:
        if self.base is None or self.script is None or self.task is None:
            return None
        floors = of(self.script) + max(0.0, of(self.task) - of(self.base))
        return (of(self.cost) - of(self.base)) / floors
