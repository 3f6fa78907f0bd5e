# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor: carries steps out through a gateway that it is handed, and tells honestly what came of them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, Protocol

from .errors import NotApplied, PostmasterError, ServerRefusal, Uncertain
from .gateway import Gateway, Snapshot
from .plan import Step, not_applied, plan
from .recovery import recover, write
from .result import Result

# What we know of an object must be younger than this before it is written whole (contract, 11).
MAX_AGE_SECONDS = 30.0
# A server may finish a deletion later (kerio_connect.md 3.1): it is asked again, at growing intervals.
DELETION_POLLS = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0)


class Clock(Protocol):
    """Time as the executor needs it, in seconds."""

    def monotonic(self) -> float:
        """Seconds since some moment; only differences mean something."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


ReadBack = Callable[[Result], "Snapshot | None"]


def execute(steps: Sequence[Step], gateway: Gateway, clock: Clock) -> list[Result]:
    """Carry the steps out, one after another; stop at the first failure. Never raises PostmasterError."""
    results = [Result(step) for step in steps]
    for result in results:
        if not result.step.changes:
            result.status = "done"
            continue
        try:
            _carry_out(result, gateway, clock)
        except PostmasterError as error:
            _fail(result, error)
            break
    return results


def verify(results: Sequence[Result], read_back: ReadBack, gateway: Gateway, clock: Clock) -> PostmasterError | None:
    """Compare what was written with what the server holds now; a wish that did not stick becomes the failure.

    Returns the error when reading back itself fails: what was written stays done then, and unverified.
    """
    unread: PostmasterError | None = None
    for result in results:
        if result.status != "done" or not result.written:
            continue
        try:
            _verify(result, read_back(result), gateway, clock)
        except NotApplied as error:
            _fail(result, error)
        except PostmasterError as error:
            result.unverified = result.step.changed_fields
            unread = unread or error
    return unread


def _carry_out(result: Result, gateway: Gateway, clock: Clock) -> None:
    step = result.step = _fresh(result.step, gateway, clock)
    if step.changes:
        result.written = True
        try:
            write(step, gateway)
        except (Uncertain, ServerRefusal) as error:
            recover(result, error, gateway)
        except PostmasterError as error:
            result.written = error.partly_written
            raise
    result.unverified = list(step.unverified)
    result.status = "done"


def _fresh(step: Step, gateway: Gateway, clock: Clock) -> Step:
    """The same wish, planned anew when what we know is too old for a write of the whole object."""
    if step.action != "update" or step.current is None:
        return step
    if clock.monotonic() - step.current.read_at <= MAX_AGE_SECONDS:
        return step
    return plan(step.wish, gateway.read(step.resource, step.values))


def _verify(result: Result, now: Snapshot | None, gateway: Gateway, clock: Clock) -> None:
    step = result.step
    if step.action == "delete":
        if now is not None and not _gone(step, gateway, clock):
            result.status = "pending"
        return
    result.now = now
    lost = not_applied(step, now)
    if now is None:
        raise NotApplied(f"the server confirmed {step.name}, but does not list it")
    if lost:
        raise NotApplied(
            f"the server confirmed the change of {step.name} and did not carry it out for: {', '.join(lost)}; "
            "the server ignores this wish or overrules it, so leave the option out or set it where the server allows it"
        )
    result.unverified += [
        name for name in step.changed_fields if name not in now.values and name not in result.unverified
    ]


def _gone(step: Step, gateway: Gateway, clock: Clock) -> bool:
    for pause in DELETION_POLLS:
        clock.sleep(pause)
        if gateway.read(step.resource, step.values) is None:
            return True
    return False


def _fail(result: Result, error: PostmasterError) -> None:
    error.object = error.object or result.step.name
    result.status = "failed"
    result.error = error
