# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of one step.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .errors import PostmasterError
from .plan import Step
from .snapshot import Snapshot


@dataclass
class Result:
    """``status`` is ``done``, ``pending`` (the server finishes later, or wants something first), ``unfinished`` (begun,
    and not tried further after another failure), ``failed`` or ``not_done``.

    ``now`` is the object as the server told it after the write, ``written`` says whether something of ours is, or may
    be, on the server, ``awaits`` what the server wants done first, ``blocked_by`` names the object without which the
    step was not tried.
    """

    step: Step
    status: str = "not_done"
    now: Snapshot | None = None
    unverified: list[str] = field(default_factory=list)
    error: PostmasterError | None = None
    written: bool = False
    awaits: dict[str, Any] = field(default_factory=dict)
    blocked_by: str | None = None
