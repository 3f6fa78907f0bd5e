# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor: carries steps out through a gateway that it is handed, and tells honestly what came of them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Callable, Protocol

from .errors import Conflict, NotApplied, NotFound, PostmasterError, ServerRefusal, Uncertain
from .gateway import Gateway, Snapshot
from .plan import Step, not_applied, plan

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


@dataclass
class Result:
    """What came of one step: ``done``, ``pending`` (accepted, finished later), ``failed`` or ``not_done``."""

    step: Step
    status: str = "not_done"
    now: Snapshot | None = None
    unverified: list[str] = field(default_factory=list)
    error: PostmasterError | None = None
    written: bool = False


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
            _write(step, gateway)
        except (Uncertain, ServerRefusal) as error:
            _recover(result, step, error, gateway)
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


def _write(step: Step, gateway: Gateway) -> None:
    if step.action == "create":
        gateway.create(step.resource, step.send)
    elif step.current is not None and step.action == "update":
        gateway.update(step.resource, step.current, step.send)
    elif step.current is not None:
        gateway.delete(step.resource, step.current, step.wish.removal)


def _recover(result: Result, step: Step, error: PostmasterError, gateway: Gateway) -> None:
    """After a write of unknown fate, or one that others overtook: read again, plan anew, and do what is left, once.

    ``ours`` says that something of ours is on the server for certain or in all likelihood, ``lost`` that the fate of a
    write of ours was unknown at some time.
    """
    ours = lost = False
    for attempts_left in (1, 0):
        ours, lost = ours or error.partly_written, lost or isinstance(error, Uncertain)
        result.written = ours or isinstance(error, Uncertain)
        again = _plan_again(step, error, gateway)
        ours = ours or (again.changes and _half_done(result.step, error, again))
        if not again.changes:
            result.written = ours or lost
            result.step = result.step if result.written else again
            return
        unchanged = again.action == result.step.action and again.send == result.step.send
        result.written = ours = ours or (lost and not unchanged)
        if not attempts_left or (unchanged and not isinstance(error, Uncertain)):
            raise error
        result.step = again
        try:
            _write(again, gateway)
            result.written = True
            return
        except (Uncertain, ServerRefusal) as next_error:
            error = next_error
        except PostmasterError as refused:
            result.written = ours or refused.partly_written
            raise


def _half_done(step: Step, error: PostmasterError, again: Step) -> bool:
    """Whether a refused write left traces: some servers carry out half of what they refuse (mail_api.md 2.7)."""
    if isinstance(error, (Uncertain, Conflict, NotFound)) or step.action == "delete" or again.current is None:
        return False
    if step.current is None:
        return True
    before, now = step.current.values, again.current.values
    return any(before.get(name) != now.get(name) for name in step.send)


def _plan_again(step: Step, error: PostmasterError, gateway: Gateway) -> Step:
    try:
        return plan(step.wish, gateway.read(step.resource, step.values))
    except PostmasterError as lost:
        if not isinstance(error, Uncertain):
            raise error from lost
        raise Uncertain(
            f"{error.message}; whether it was carried out could not be found out: {lost.message}", method=error.method
        ) from error


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
