# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""After a failure: which of the other steps hang on what failed, and which do not.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence

from .order import names
from .plan import Step
from .references import named_in
from .result import Result


def hindrance(step: Step, broken: Sequence[Result]) -> Result | None:
    """The step that did not come about and that this one hangs on: it names what was to be made, or it deletes what the
    other one still names."""
    return next((result for result in broken if _hangs_on(step, result.step)), None)


def _hangs_on(step: Step, other: Step) -> bool:
    if step.action == "delete":
        held = () if other.current is None else named_in(other.resource, other.current.values)
        return any(needed.identity in names([step], "delete") for needed in held)
    return any(needed.identity in names([other], "create") for needed in step.names())
