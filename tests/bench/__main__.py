# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make bench`: measure, print the table, say how the aims were met."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench import loops, machine, masking, plans, whole_systems
from tests.bench.aims import judge
from tests.bench.documents import SITES
from tests.bench.processes import Failed
from tests.bench.rows import Row
from tests.bench.servers import NotDone
from tests.bench.table import as_rst, as_text

PARTS = ("loop", "config", "planner", "masking")
BEGIN, END = '.. The figures begin here: written by "make bench".', ".. The figures end here."

Case = tuple[str, int, Callable[[], Row]]


def main() -> int:
    """The exit code tells whether everything could be measured, not what came of it."""
    options = _parse()
    described = machine.described()
    rows, failures = _measure(list(_cases(options)))
    aims = judge(rows)
    print(as_text(rows, aims, described))
    if options.rst:
        _write_between_marks(options.rst, as_rst(rows, aims, described))
    for failure in failures:
        print(f"\nNot measured: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench BENCH_ARGS=...", description="Measure the collection.")
    parser.add_argument("--only", type=_one_of(PARTS), default=PARTS, help=f"parts, with commas: {', '.join(PARTS)}")
    parser.add_argument("--systems", type=_one_of(list(SITES)), default=list(SITES), help=f"of: {', '.join(SITES)}")
    parser.add_argument("--sizes", type=_numbers, help="only these numbers of objects, with commas")
    parser.add_argument("--max", type=int, default=sys.maxsize, help="no more objects than this")
    parser.add_argument("--rst", type=Path, help="put the tables between the marks of this page, too")
    return parser.parse_args()


def _one_of(known: Sequence[str]) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        names = text.split(",")
        if unknown := set(names) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose from {', '.join(known)}")
        return names

    return parse


def _numbers(text: str) -> set[int]:
    return {int(number) for number in text.split(",")}


def _cases(options: argparse.Namespace) -> Iterator[Case]:
    def wanted(count: int) -> bool:
        return count <= options.max and (options.sizes is None or count in options.sizes)

    if "loop" in options.only:
        yield from loops.cases(wanted)
    if "config" in options.only:
        yield from whole_systems.cases(wanted, options.systems)
    if "planner" in options.only:
        yield from plans.cases(wanted)
    if "masking" in options.only:
        yield from masking.cases(wanted)


def _measure(cases: Sequence[Case]) -> tuple[list[Row], list[str]]:
    """The rows, and what failed. One failure does not end it: the other figures may have taken long."""
    rows: list[Row] = []
    failures: list[str] = []
    started = time.monotonic()
    for number, (what, count, measure) in enumerate(cases, 1):
        minutes, seconds = divmod(int(time.monotonic() - started), 60)
        print(f"{minutes:3}:{seconds:02}  {number}/{len(cases)}  {what}, N = {count:,}", file=sys.stderr, flush=True)
        try:
            rows.append(measure())
        except (Failed, NotDone) as failure:
            failures.append(f"{what}, N = {count:,}: {failure}")
    return rows, failures


def _write_between_marks(page: Path, text: str) -> None:
    before, mark, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (mark and end):
        sys.exit(f"{page} has no marks between which the figures could go")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
