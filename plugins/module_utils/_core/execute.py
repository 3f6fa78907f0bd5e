# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor: carries steps out through a gateway that it is handed, and tells honestly what came of them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

from .attempt import attempt, fail
from .branches import hindrance
from .clock import Clock
from .errors import PostmasterError
from .gateway import Gateway
from .observe import observe
from .order import names
from .plan import Step, second_part
from .result import Result
from .slices import slices

# Told how many changes of how many are made.
Tell = Callable[[int, int], None]


def _nobody(done: int, total: int) -> None:
    """For those who do not want to be told."""


def execute(
    steps: Sequence[Step], gateway: Gateway, clock: Clock, go_on: bool = False, tell: Tell = _nobody
) -> list[Result]:
    """Carry the steps out, one after another, or together where the server takes that. Never raises PostmasterError.

    The first failure ends it, unless ``go_on``: then only those steps are left out that hang on what failed, as long as
    the failure is about one object and not about the connection. What goes together is tried together.
    """
    results = [Result(step) for step in steps]
    total = sum(step.changes for step in steps)
    broken: list[Result] = []
    pending: list[Result] = []
    done = 0
    for part in slices(results, gateway.most_together):
        ready = [result for result in part if _is_due(result, broken, pending)]
        attempt(ready, gateway, clock)
        pending += [result for result in ready if result.status == "pending"]
        broken += [result for result in ready if result.error is not None]
        if any(_ends_everything(result, go_on) for result in broken):
            break
        done += len(ready)
        tell(done, total)
    begun = [result for result in results if result.step.late and result.status == "done"]
    while begun and not any(_ends_everything(result, go_on) for result in broken):
        result = begun.pop(0)
        hindered_by = hindrance(result.step, broken)
        if hindered_by is not None:
            result.blocked_by = hindered_by.step.name
            _leave(result)
        elif not _complete(result, gateway, clock):
            broken.append(result)
    for result in begun:
        _leave(result)
    return results


def _is_due(result: Result, broken: list[Result], pending: list[Result]) -> bool:
    """Whether a step is to be carried out now; if not, its result says why. What hangs on it has to wait too."""
    if not result.step.changes:
        result.status = "done"
        return False
    hindered_by = hindrance(result.step, broken)
    if hindered_by is not None:
        result.blocked_by = hindered_by.step.name
        broken.append(result)
        return False
    if pending and _is_awaited(result.step, pending):
        result.status = "pending"
        pending.append(result)
        return False
    return True


def _leave(result: Result) -> None:
    """Nothing more is tried of a step whose late fields were not sent."""
    result.status = "unfinished" if result.written else "not_done"


def _ends_everything(result: Result, go_on: bool) -> bool:
    return result.error is not None and not (go_on and result.error.about_one_object)


def _is_awaited(step: Step, pending: Sequence[Result]) -> bool:
    """Whether the step needs an object that the server does not want to make yet."""
    awaited = names((result.step for result in pending), "create")
    return any(needed.identity in awaited for needed in step.needs())


def _complete(result: Result, gateway: Gateway, clock: Clock) -> bool:
    """Send the fields that had to wait for what other steps made; False when it failed."""
    try:
        rest = Result(second_part(result.step, observe(result.step.wish, gateway)))
    except PostmasterError as error:
        fail(result, error)
        return False
    attempt([rest], gateway, clock)
    result.written = result.written or rest.written
    result.now = rest.now
    if rest.error is not None:
        fail(result, rest.error)
    return result.error is None
