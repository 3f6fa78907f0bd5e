# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of one step.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .errors import PostmasterError
from .gateway import Snapshot
from .plan import Step


@dataclass
class Result:
    """``status`` is ``done``, ``pending`` (accepted, finished later), ``failed`` or ``not_done``.

    ``now`` is the object as it was read back, ``written`` says whether something of ours is, or may be, on the server.
    """

    step: Step
    status: str = "not_done"
    now: Snapshot | None = None
    unverified: list[str] = field(default_factory=list)
    error: PostmasterError | None = None
    written: bool = False
