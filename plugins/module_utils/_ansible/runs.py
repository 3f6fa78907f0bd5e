# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every run has in common: its circumstances, and how a failure becomes a result.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Callable

from .._client.http import Usage
from .._core.errors import PostmasterError
from .._core.clock import Clock
from .._systems.system import System
from . import results


@dataclass
class Run:
    """One execution of a module. ``written`` and ``object`` are filled in on the way, for an honest failure."""

    options: Mapping[str, Any]
    check_mode: bool = False
    want_diff: bool = False
    verbosity: int = 0
    clock: Clock = time
    usage: Usage = field(default_factory=Usage)
    written: bool = False
    object: str | None = None


def guarded(system: System, run: Run, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The result of the work; a PostmasterError becomes a failed result."""
    try:
        answer = work()
    except PostmasterError as error:
        error.object = error.object or run.object
        answer = {**results.failed(error, system), "changed": run.written}
    return results.with_usage(answer, run.usage, run.verbosity)
