# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcome of the generated matrix as one line at the end of the run.

This stands here and not beside the matrix, since the process that controls the workers of pytest-xdist reads no
conftest.py below the directory that it is given.
"""

from __future__ import annotations

from _pytest.terminal import TerminalReporter

# Each cell of the matrix leaves this property on its report, with "server|resource|field|cases|mismatches".
MATRIX = "matrix"


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    reports = (report for group in terminalreporter.stats.values() for report in group)
    cells = [
        str(value).split("|")
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
        if name == MATRIX
    ]
    if not cells:
        return
    resources = {kind for _server, kind, *_rest in cells}
    fields = {(kind, field) for _server, kind, field, *_rest in cells}
    servers = {server for server, *_rest in cells}
    cases = sum(int(count) for *_rest, count, _mismatches in cells)
    mismatches = sum(int(count) for *_rest, count in cells)
    terminalreporter.write_line(
        f"matrix: {len(resources)} resources, {len(fields)} fields, {len(servers)} dialects, {cases} cases, "
        f"{mismatches} mismatches"
    )
