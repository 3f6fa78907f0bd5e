# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every run has in common: its circumstances, and how a failure becomes a result.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Callable

from .._client.http import Usage
from .._core.clock import Clock
from .._core.errors import PostmasterError
from .._systems.system import Session, System
from . import results
from .progress import Progress
from .sessions import Sessions


@dataclass
class Run:
    """One execution of a module. ``written`` and ``object`` are filled in on the way, for an honest failure."""

    options: Mapping[str, Any]
    sessions: Sessions = field(default_factory=Sessions)
    check_mode: bool = False
    want_diff: bool = False
    verbosity: int = 0
    clock: Clock = time
    progress: Progress = field(default_factory=Progress)
    usage: Usage = field(default_factory=Usage)
    written: bool = False
    object: str | None = None


@contextmanager
def connected(system: System, run: Run, *, read_only: bool, remember: bool = False) -> Iterator[Session]:
    """The session of a run, which is told what it costs."""
    with run.sessions.open(system, run.options, read_only=read_only, remember=remember) as session:
        run.usage = session.http.usage
        session.http.before_call = run.progress.tick
        yield session


def guarded(system: System, run: Run, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The result of the work; a PostmasterError becomes a failed result."""
    try:
        answer = work()
    except PostmasterError as error:
        error.object = error.object or run.object
        answer = {**results.failed(error, system), "changed": run.written}
    return results.with_usage(answer, run.usage, run.verbosity)
