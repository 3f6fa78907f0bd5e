# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the targets of ``make test`` in order: ``python -m tests.tools.steps STEP… STEP,STEP…``.

Steps that commas join keep one processor busy each, so they run side by side, as many at a time as there are
processors. What such a step says is shown when it has ended, so that they do not talk across each other.

Stops when a step, or one of those side by side, has failed. Ends with one line of counts: each test case that pytest
ran, and one for every other step. Standard library only: this runs before the virtual environment exists.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.tools.collection import CACHE, ROOT

RESULTS = CACHE / "results"


@dataclass(frozen=True)
class Done:
    """A step that has ended. ``said`` is what it said, where that was kept."""

    step: str
    success: bool
    seconds: float
    said: str = ""


def main() -> int:
    """Run the steps; the exit code is 0 when all passed."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    headlines = dict(re.findall(r"^([a-z-]+):.*## (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE))
    passed = failed = 0
    times: list[str] = []
    for steps in sys.argv[1:]:
        alone = "," not in steps
        if alone:
            show_headline(steps, headlines)
        for done in [run(steps)] if alone else run_side_by_side(steps.split(",")):
            if not alone:
                show_headline(done.step, headlines)
                print(done.said, end="", flush=True)
            good, bad = count_cases(RESULTS / f"{done.step}.xml", done.success)
            passed, failed = passed + good, failed + bad
            times.append(f"{done.step} {done.seconds:.0f} s" + ("" if done.success else " (FAILED)"))
        if failed:
            break
    print(f"\n{', '.join(times)}\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def show_headline(step: str, headlines: dict[str, str]) -> None:
    print(f"\n=== {step}: {headlines[step]}", flush=True)


def run_side_by_side(steps: list[str]) -> Iterator[Done]:
    """Run them all; each is handed out as soon as it has ended."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for ended in as_completed([pool.submit(run, step, quiet=True) for step in steps]):
            yield ended.result()


def run(step: str, *, quiet: bool = False) -> Done:
    """Run one step. ``quiet``: what it says is kept instead of shown."""
    started = time.monotonic()
    done = subprocess.run(
        ["make", "--no-print-directory", step],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    return Done(step, done.returncode == 0, time.monotonic() - started, done.stdout or "")


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
