# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out steps that may go together, and finding out what came of each.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial

from .clock import Clock
from .errors import PostmasterError, Prerequisite, ServerRefusal, Uncertain
from .gateway import Gateway
from .observe import Observed, observe_some, observed
from .plan import PENDING, WAIT, WAIT_TIMEOUT, WHEN_UNVERIFIED, Step, plan_again
from .recovery import recover
from .result import Result
from .snapshot import Snapshot

# Whether these were carried out, in part or by somebody else, is for the server to tell.
IN_DOUBT = (Uncertain, ServerRefusal)
# What we know of an object must be younger than this before it is written whole (contract, 11).
MAX_AGE_SECONDS = 30.0
PREREQUISITE_POLL = 15.0


def attempt(results: Sequence[Result], gateway: Gateway, clock: Clock, go_on: bool = False) -> None:
    """Carry out steps that may go together; each result then tells what came of its own. Never raises PostmasterError.

    What is refused in company is tried alone, until one fails, or all with ``go_on``. After a lost connection nothing
    more is tried, and what was certainly not carried out stays ``not_done``.
    """
    if not _refresh([result for result in results if _is_stale(result.step, clock)], gateway):
        return
    sound = [result for result in results if result.error is None]
    writing = [result for result in sound if result.step.writes_at_once]
    outcomes = _write([result.step for result in writing], gateway, clock)
    doubtful = [result.step.wish for result, outcome in zip(writing, outcomes) if isinstance(outcome, IN_DOUBT)]
    found = observe_some(doubtful, gateway)
    connected, tries_alone = True, len(writing) > 1
    for result, outcome in zip(writing, outcomes):
        if not connected and isinstance(outcome, PostmasterError) and not isinstance(outcome, Prerequisite):
            _give_up(result, outcome)
        else:
            _settle(result, outcome, gateway, clock, tries_alone, found)
        connected = connected and (result.error is None or result.error.about_one_object)
        tries_alone = tries_alone and (go_on or result.error is None)
    for result in sound:
        if not result.step.writes_at_once:
            _done(result)


def fail(result: Result, error: PostmasterError) -> None:
    """The step failed, by an error that names its object."""
    error.object = error.object or result.step.name
    result.status = "failed"
    result.error = error


def _is_stale(step: Step, clock: Clock) -> bool:
    """Whether what we know is too old for a write of the whole object."""
    known = step.current if step.action == "update" else None
    return known is not None and _is_old(known, clock)


def _is_old(known: Snapshot, clock: Clock) -> bool:
    return clock.monotonic() - known.read_at > MAX_AGE_SECONDS


def _young(now: Observed, result: Result, gateway: Gateway, clock: Clock) -> Observed:
    """What was read together with others, unless these took their time."""
    is_old = isinstance(now, Snapshot) and _is_old(now, clock)
    return observed(result.step.wish, gateway) if is_old else now


def _refresh(results: Sequence[Result], gateway: Gateway) -> bool:
    """The same wishes, planned anew by what the server holds now; False when it cannot be reached."""
    for result, now in zip(results, observe_some([result.step.wish for result in results], gateway)):
        _plan_anew(result, now)
        if result.error is not None and not result.error.about_one_object:
            return False
    return True


def _plan_anew(result: Result, now: Observed) -> None:
    try:
        if isinstance(now, PostmasterError):
            raise now
        result.step = plan_again(result.step, now)
    except PostmasterError as error:
        fail(result, error)


def _write(steps: Sequence[Step], gateway: Gateway, clock: Clock) -> Sequence[Observed]:
    if len(steps) != 1:
        return gateway.write_many(steps) if steps else []
    try:
        return [_write_with_patience(steps[0], gateway, clock)]
    except PostmasterError as error:
        return [error]


def _write_with_patience(step: Step, gateway: Gateway, clock: Clock) -> Snapshot | None:
    """Hand the step to the gateway again and again while the server wants something done elsewhere, if asked to."""
    patient = step.wish.behaviour.get(WHEN_UNVERIFIED) == WAIT
    patience = float(step.wish.behaviour[WAIT_TIMEOUT]) if patient else 0.0
    while patience > 0:
        with suppress(Prerequisite):
            return gateway.write(step)
        clock.sleep(min(PREREQUISITE_POLL, patience))
        patience -= PREREQUISITE_POLL
    return gateway.write(step)


def _settle(
    result: Result,
    outcome: Observed,
    gateway: Gateway,
    clock: Clock,
    tries_alone: bool,
    found: Iterator[Observed],
) -> None:
    """What a write came to; what is not certain is found out, and done if it is still to do."""
    try:
        result.written = True
        if isinstance(outcome, IN_DOUBT):
            again = partial(_write_with_patience, gateway=gateway, clock=clock)
            recover(result, outcome, gateway, again, tries_alone, lambda: _young(next(found), result, gateway, clock))
        elif isinstance(outcome, PostmasterError):
            result.written = outcome.partly_written
            raise outcome
        else:
            result.now = outcome
        _done(result)
    except Prerequisite as error:
        if result.step.wish.behaviour.get(WHEN_UNVERIFIED) == PENDING:
            result.status, result.awaits = "pending", error.facts
        else:
            fail(result, error)
    except PostmasterError as error:
        fail(result, error)


def _give_up(result: Result, error: PostmasterError) -> None:
    """There is nobody to ask any more what came of it."""
    result.written = error.partly_written or isinstance(error, Uncertain)
    if result.written or error.about_one_object:
        fail(result, error)


def _done(result: Result) -> None:
    result.unverified = list(result.step.unverified)
    result.status = "done"
