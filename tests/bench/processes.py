# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a command and telling what it cost.

The system counts the memory of a process from that of the process which started it. So whatever is large is kept out of
this one: documents are written, and servers filled, by others.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A measured command failed; holds the end of its output."""


@dataclass(frozen=True)
class Cost:
    """cpu: seconds of processors, for the command and those that it started. megabytes: of the largest of them."""

    seconds: float
    cpu: float
    megabytes: float


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Cost:
    """Run a command in a folder, its output in a file there. Raises Failed."""
    output = folder / "output.txt"
    with output.open("wb") as sink:
        started = time.monotonic()
        process = subprocess.Popen(
            list(command), cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=sink, stderr=sink
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        told = output.read_text(encoding="utf-8", errors="replace")
        raise Failed(f"{command[0]} ended with {process.returncode}:\n{told[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
