# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, as data."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.documents import State
from tests.bench.measuring import Measured


@dataclass(frozen=True)
class Row:
    """One line of the table.

    section: the heading under which it stands. cost: what the whole command took. base: seconds of an empty play with
    the same variables, None where Ansible is not in it. script and task: seconds of the two floors; script_calls:
    requests of the first one. site and state: of runs about whole systems.
    """

    section: str
    what: str
    count: int
    cost: Measured
    base: float | None = None
    script: float | None = None
    task: float | None = None
    script_calls: int | None = None
    site: str = ""
    state: State = "unchanged"

    @property
    def own(self) -> float:
        """Seconds without what an empty play takes."""
        return self.cost.seconds - (self.base or 0.0)

    @property
    def each(self) -> float:
        """Milliseconds an item, of the same."""
        return 1000 * self.own / self.count

    @property
    def ratio(self) -> float | None:
        """Own seconds to the sum of the floors."""
        return None if self.script is None or self.task is None else self.own / (self.script + self.task)
