# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: as text for a terminal, and as reStructuredText for the documentation."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from itertools import groupby

from tests.bench import plans
from tests.bench.aims import Aim
from tests.bench.rows import Row

Cell = Callable[[Row], "str | None"]


def _count(name: str) -> Cell:
    return lambda row: None if row.cost.counts is None else f"{getattr(row.cost.counts, name):,}"


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}" if abs(value) < 100 else f"{value:,.0f}"


def _script_calls(row: Row) -> str | None:
    return None if row.script is None or row.script.counts is None else f"{row.script.counts.calls:,}"


COLUMNS: dict[str, Cell] = {
    "what": lambda row: row.what,
    "N": lambda row: f"{row.count:,}",
    "wall s": lambda row: _number(row.cost.seconds),
    "own s": lambda row: None if row.base is None else _number(row.own),
    "CPU s": lambda row: None if row.section == plans.SECTION else _number(row.cost.cpu),
    "ms an item": lambda row: _number(row.each),
    "script s": lambda row: None if row.script is None else _number(row.script.seconds),
    "task s": lambda row: _number(row.task_own),
    "ratio": lambda row: _number(row.ratio),
    "CPU ratio": lambda row: _number(row.cpu_ratio),
    "calls": _count("calls"),
    "script calls": _script_calls,
    "pages": _count("pages"),
    "writes": _count("writes"),
    "logins": _count("logins"),
    "server s": lambda row: None if row.cost.counts is None else _number(row.cost.counts.seconds),
    "MB": lambda row: f"{row.cost.megabytes:.0f}",
    "runs": lambda row: str(row.cost.runs),
}


def sections(rows: Sequence[Row]) -> list[tuple[str, list[list[str]]]]:
    """Headings with their lines, the first of which holds the names of the columns that say something there."""
    found = []
    for heading, group in groupby(rows, key=lambda row: row.section):
        lines = list(group)
        cells = {name: [cell(row) for row in lines] for name, cell in COLUMNS.items()}
        shown = {name: values for name, values in cells.items() if any(value is not None for value in values)}
        body = [[values[number] or "" for values in shown.values()] for number in range(len(lines))]
        found.append((heading, [list(shown), *body]))
    return found


def as_text(rows: Sequence[Row], aims: Sequence[Aim], machine: str) -> str:
    """For a terminal."""
    parts = [machine]
    for heading, lines in sections(rows):
        widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
        parts += ["", heading, "-" * len(heading), *(_aligned(line, widths) for line in lines)]
    parts += ["", "Aims", "----"]
    parts += [f"{aim.verdict:12}  {aim.text}{f': {aim.figure}' if aim.figure else ''}" for aim in aims]
    return "\n".join(parts)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        text.ljust(width) if column == 0 else text.rjust(width)
        for column, (text, width) in enumerate(zip(line, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()


def as_rst(rows: Sequence[Row], aims: Sequence[Aim], machine: str) -> str:
    """For the documentation: one table for each section, one for the aims."""
    parts = [f"Measured on: {machine}.", ""]
    for heading, lines in sections(rows):
        parts += _csv_table(heading, lines)
    verdicts = [["aim", "measured", "verdict"], *([aim.text, aim.figure, aim.verdict.lower()] for aim in aims)]
    parts += _csv_table("Aims", verdicts)
    return "\n".join(parts)


def _csv_table(heading: str, lines: Sequence[Sequence[str]]) -> list[str]:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    body = [f"   {line}" for line in text.getvalue().splitlines()]
    return [f".. csv-table:: {heading}", "   :header-rows: 1", "", *body, ""]
