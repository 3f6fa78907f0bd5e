# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server holds of one object, as it was read.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .resource import Values


@dataclass(frozen=True)
class Snapshot:
    """One object as the server had it at one moment.

    ``values`` are canonical and hold only what the server told; a missing member is unknown, not empty.
    ``identity`` is the server's own id; ``raw`` its own form, kept for writes that send a structure whole.
    ``read_at`` is the reading of a monotonic clock, in seconds. ``secrets`` are those that a task asked to compare
    with; they are never shown.
    """

    values: Values
    identity: str
    raw: Mapping[str, Any]
    read_at: float
    secrets: Values = field(default_factory=dict, repr=False)
