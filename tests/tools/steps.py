# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the targets of ``make test`` in order: ``python -m tests.tools.steps STEP…``.

Stops at the first that fails. Ends with one line of counts: each test case that pytest ran, and one for every other
step. Standard library only: this runs before the virtual environment exists.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

from tests.tools.collection import CACHE, ROOT

RESULTS = CACHE / "results"


def main() -> int:
    """Run the steps; the exit code is 0 when all passed."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    headlines = dict(re.findall(r"^([a-z-]+):.*## (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE))
    passed = failed = 0
    times: list[str] = []
    for step in sys.argv[1:]:
        print(f"\n=== {step}: {headlines[step]}", flush=True)
        started = time.monotonic()
        make = ["make", "--no-print-directory", step]
        success = subprocess.run(make, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0
        good, bad = count_cases(RESULTS / f"{step}.xml", success)
        passed, failed = passed + good, failed + bad
        times.append(f"{step} {time.monotonic() - started:.0f} s")
        if not success:
            break
    print(f"\n{', '.join(times)}\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def count_cases(report: Path, success: bool) -> tuple[int, int]:
    """Passed and failed cases of a step, from pytest's report if it wrote one; a failed step counts at least one."""
    if not report.exists():
        return (1, 0) if success else (0, 1)
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))

    def total(name: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in suites)

    failed = total("failures") + total("errors")
    return total("tests") - failed - total("skipped"), failed if success else max(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
