# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The aims of the benchmark, each with what was measured. Nothing depends on them: they are told, and that is all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench import loops, plans, whole_systems
from tests.bench.documents import SITES
from tests.bench.rows import Row

FASTER = 50
OTHER_CALLS = 5
FLOORS = 2.0
SLICE = 100
# Ten times the objects may take this many times as long: what goes beyond ten is what caches and other work cost.
TENFOLD = 13.0
ORDINARY = 1.5


@dataclass(frozen=True)
class Aim:
    """figure: what was measured, in words; met: None when too little was measured to tell."""

    text: str
    figure: str
    met: bool | None

    @property
    def verdict(self) -> str:
        return "not measured" if self.met is None else "met" if self.met else "NOT MET"


def judge(rows: Sequence[Row]) -> list[Aim]:
    """All aims, in the order of the table."""
    return [_loop_speed(rows), _ordinary(rows), _loop_calls(rows), _floors(rows), _config_calls(rows), *_plans(rows)]


def _loop_speed(rows: Sequence[Row]) -> Aim:
    uri = _largest(row for row in rows if row.what == loops.URI)
    ours = _largest(row for row in rows if row.what == loops.IN_PROCESS)
    text = f"an item in-process is at least {FASTER} times as fast as a login and a look-up by uri"
    if uri is None or ours is None:
        return Aim(text, "", None)
    factor = uri.each / ours.each
    figure = f"{factor:.0f} times ({uri.each:.0f} ms, N = {uri.count:,}; {ours.each:.2f} ms, N = {ours.count:,})"
    return Aim(text, figure, factor >= FASTER)


def _ordinary(rows: Sequence[Row]) -> Aim:
    empty = _largest(row for row in rows if row.what == loops.EMPTY_MODULE)
    ours = _largest(row for row in rows if row.what == loops.ORDINARY)
    text = f"a module run ordinarily takes at most {ORDINARY} times as long as an empty module"
    if empty is None or ours is None:
        return Aim(text, "", None)
    factor = ours.each / empty.each
    return Aim(text, f"{factor:.2f} times ({ours.each:.0f} ms to {empty.each:.0f} ms)", factor <= ORDINARY)


def _loop_calls(rows: Sequence[Row]) -> Aim:
    text = f"a loop in-process over unchanged users makes at most {OTHER_CALLS} calls beside its pages"
    return _all_within(text, ((row, _besides_pages(row), OTHER_CALLS) for row in rows if row.what == loops.IN_PROCESS))


def _config_calls(rows: Sequence[Row]) -> Aim:
    text = (
        f"a whole system takes at most {OTHER_CALLS} calls beside its pages and its writes: one for {SLICE} objects"
        " where the system takes so many, else one for each"
    )
    ours = (row for row in rows if row.section == whole_systems.SECTION)
    return _all_within(text, ((row, _besides_pages(row), OTHER_CALLS + _writes(row)) for row in ours))


def _writes(row: Row) -> int:
    """How many calls may write."""
    if row.state == "unchanged":
        return 0
    return -(-row.count // SLICE) if row.state in SITES[row.site].slices else row.count


def _besides_pages(row: Row) -> int:
    assert row.cost.counts is not None
    return row.cost.counts.calls - row.cost.counts.pages


def _floors(rows: Sequence[Row]) -> Aim:
    text = f"a whole system takes at most {FLOORS:.0f} times as long as both floors together"
    found = [(row.ratio, row) for row in rows if row.ratio is not None]
    if not found:
        return Aim(text, "", None)
    worst, row = max(found, key=lambda each: each[0])
    within = sum(ratio <= FLOORS for ratio, _row in found)
    figure = f"{within} of {len(found)}; at most {worst:.2f} times ({row.what}, N = {row.count:,})"
    by_cpu = [each.cpu_ratio for each in rows if each.cpu_ratio is not None]
    figure += f"; by the processors' seconds {sum(each <= FLOORS for each in by_cpu)}, at most {max(by_cpu):.2f} times"
    return Aim(text, figure, worst <= FLOORS)


def _plans(rows: Sequence[Row]) -> Iterator[Aim]:
    text = f"ten times as many objects take the planner at most {TENFOLD:.0f} times"
    yield _growth(f"{text} as long", [(row, row.cost.seconds) for row in rows if row.section == plans.SECTION])
    yield _growth(f"{text} the memory", [(row, row.cost.megabytes) for row in rows if row.section == plans.SECTION])


def _growth(text: str, found: Sequence[tuple[Row, float]]) -> Aim:
    steps = [
        (more / less, row)
        for row, more in found
        for other, less in found
        if row.what == other.what and row.count == 10 * other.count
    ]
    if not steps:
        return Aim(text, "", None)
    figures = ", ".join(f"{factor:.1f} to N = {row.count:,} ({row.what})" for factor, row in steps)
    return Aim(text, figures, all(factor <= TENFOLD for factor, _row in steps))


def _all_within(text: str, found: Iterable[tuple[Row, int, int]]) -> Aim:
    checked = list(found)
    if not checked:
        return Aim(text, "", None)
    above = [f"{row.what}, N = {row.count:,}: {calls:,} of {most:,}" for row, calls, most in checked if calls > most]
    told = "; ".join(above[:5]) + ("; …" if len(above) > 5 else "")
    within = len(checked) - len(above)
    return Aim(text, f"{within} of {len(checked)}" + (f"; above: {told}" if above else ""), not above)


def _largest(rows: Iterable[Row]) -> Row | None:
    return max(rows, key=lambda row: row.count, default=None)
