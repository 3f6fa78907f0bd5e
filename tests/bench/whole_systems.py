# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task about a whole system, beside its floors: a program written by hand, and a task that does nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache, partial

from tests.bench import playbooks
from tests.bench.documents import SITES, Site, State
from tests.bench.measuring import Measured, measure_floor, measure_play
from tests.bench.rows import Row

SECTION = "One task about a whole system"
COUNTS = (100, 1_000, 10_000)


def cases(wanted: Callable[[int], bool], systems: Collection[str]) -> Iterator[tuple[str, int, Callable[[], Row]]]:
    """What is measured: a name, a number of objects, and how to get the row."""
    for site in SITES.values():
        counts = dict.fromkeys(min(count, site.most or count) for count in COUNTS)
        for count in filter(wanted, counts) if site.name in systems else ():
            for state in site.states:
                yield what(site, state), count, partial(_row, site, count, state)


def what(site: Site, state: State) -> str:
    return f"{site.title}, {site.plural}, {state}"


@cache
def _empty_play(site: Site, count: int) -> Measured:
    return measure_play(playbooks.empty_play(), site.name, count, "unchanged")


@cache
def _empty_task(site: Site, count: int) -> Measured:
    return measure_play(playbooks.empty_action(), site.name, count, "unchanged")


def _row(site: Site, count: int, state: State) -> Row:
    base, task = _empty_play(site, count), _empty_task(site, count)
    script = measure_floor(site.name, count, state)
    cost = measure_play(playbooks.whole_system(site.module), site.name, count, state)
    return Row(SECTION, what(site, state), count, cost, base, script, task, site.name, state)
