# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor: carries steps out through a gateway that it is handed, and tells honestly what came of them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Callable

from .attempt import attempt, fail
from .branches import hindrance
from .clock import Clock
from .errors import PostmasterError
from .gateway import Gateway
from .observe import Observed, observe_some
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
        attempt(ready, gateway, clock, go_on)
        pending += [result for result in ready if result.status == "pending"]
        broken += [result for result in ready if result.error is not None]
        if any(_ends_everything(result, go_on) for result in broken):
            break
        done += len(ready)
        tell(done, total)
    begun = [result for result in results if result.step.late and result.status == "done"]
    for result in begun:
        _leave(result)
    if not any(_ends_everything(result, go_on) for result in broken):
        for _resource, group in groupby(begun, key=lambda result: result.step.resource):
            if not _complete(list(group), broken, gateway, clock, go_on):
                break
    return results


def _is_due(result: Result, broken: list[Result], pending: list[Result]) -> bool:
    """Whether a step is to be carried out now; if not, its result says why. What hangs on it has to wait too."""
    if not result.step.changes:
        result.status = "done"
        return False
    if _is_hindered(result, broken):
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


def _complete(begun: Sequence[Result], broken: list[Result], gateway: Gateway, clock: Clock, go_on: bool) -> bool:
    """Send the fields of one resource that had to wait for what other steps made; False when that ends everything."""
    found = observe_some([result.step.wish for result in begun], gateway)
    rests: list[Result] = []
    for result, now in zip(begun, found):
        rests.append(_rest(result, now))
        if _ends_everything(rests[-1], go_on=True):
            _take_over(result, rests[-1])
            return False
    whole = {id(rest): result for result, rest in zip(begun, rests)}
    for part in slices(rests, gateway.most_together):
        ready = [rest for rest in part if rest.error is not None or not _is_hindered(whole[id(rest)], broken)]
        attempt([rest for rest in ready if rest.error is None], gateway, clock, go_on)
        for rest in ready:
            _take_over(whole[id(rest)], rest)
        broken += [whole[id(rest)] for rest in ready if rest.error is not None]
        if any(_ends_everything(result, go_on) for result in broken):
            return False
    return True


def _rest(result: Result, now: Observed) -> Result:
    """What is left of a step that was begun, or why that cannot be told."""
    rest = Result(result.step)
    try:
        if isinstance(now, PostmasterError):
            raise now
        rest.step = second_part(result.step, now)
    except PostmasterError as error:
        fail(rest, error)
    return rest


def _is_hindered(result: Result, broken: Sequence[Result]) -> bool:
    hindered_by = hindrance(result.step, broken)
    if hindered_by is not None:
        result.blocked_by = hindered_by.step.name
    return hindered_by is not None


def _take_over(result: Result, rest: Result) -> None:
    """What came of the rest is what came of the whole."""
    result.written = result.written or rest.written
    result.now = rest.now
    if rest.error is not None:
        fail(result, rest.error)
    elif rest.status == "done":
        result.status = "done"
