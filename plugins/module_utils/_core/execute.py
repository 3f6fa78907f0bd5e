# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor: carries steps out through a gateway that it is handed, and tells honestly what came of them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Callable, Protocol

from .branches import hindrance
from .errors import NotApplied, PostmasterError, Prerequisite, ServerRefusal, Uncertain
from .fields import Field
from .gateway import Gateway
from .observe import observe
from .order import names
from .plan import PENDING, WAIT, WAIT_TIMEOUT, WHEN_UNVERIFIED, Step, in_terms_of, not_applied, plan, second_part
from .recovery import recover, write
from .result import Result
from .snapshot import Snapshot
from .structures import untold_members

# What we know of an object must be younger than this before it is written whole (contract, 11).
MAX_AGE_SECONDS = 30.0
# A server may finish later (kerio_connect.md 3.1, mailboxorg.md 2.8): it is asked again, at growing intervals.
POLLS = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0)
PREREQUISITE_POLL = 15.0


class Clock(Protocol):
    """Time as the executor needs it, in seconds."""

    def monotonic(self) -> float:
        """Seconds since some moment; only differences mean something."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


ReadBack = Callable[[Result], "Snapshot | None"]


def execute(steps: Sequence[Step], gateway: Gateway, clock: Clock, go_on: bool = False) -> list[Result]:
    """Carry the steps out, one after another. Never raises PostmasterError.

    The first failure ends it, unless ``go_on``: then only those steps are left out that hang on what failed, as long as
    the failure is about one object and not about the connection.
    """
    results = [Result(step) for step in steps]
    broken: list[Result] = []
    for result in results:
        hindered_by = hindrance(result.step, broken)
        if hindered_by is not None:
            result.blocked_by = hindered_by.step.name
        elif _attempt(result, results, gateway, clock):
            continue
        broken.append(result)
        if _ends_everything(result, go_on):
            break
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


def _leave(result: Result) -> None:
    """Nothing more is tried of a step whose late fields were not sent."""
    result.status = "unfinished" if result.written else "not_done"


def _ends_everything(result: Result, go_on: bool) -> bool:
    return result.error is not None and not (go_on and result.error.about_one_object)


def verify(results: Sequence[Result], read_back: ReadBack, gateway: Gateway, clock: Clock) -> PostmasterError | None:
    """Compare what was written with what the server holds now; a wish that did not stick becomes the failure.

    Returns the error when reading back itself fails: what was written stays done then, and unverified.
    """
    unread: PostmasterError | None = None
    for result in results:
        if result.status != "done" or not result.written:
            continue
        try:
            _verify(result, result.now or read_back(result), gateway, clock)
        except NotApplied as error:
            _fail(result, error)
        except PostmasterError as error:
            result.unverified = result.step.changed_fields
            unread = unread or error
    return unread


def _attempt(result: Result, results: Sequence[Result], gateway: Gateway, clock: Clock) -> bool:
    """Carry one step out; False when it failed."""
    if not result.step.changes:
        result.status = "done"
        return True
    if _blocked(result.step, results):
        result.status = "pending"
        return True
    try:
        _carry_out(result, gateway, clock)
    except Prerequisite as error:
        if result.step.wish.behaviour.get(WHEN_UNVERIFIED) == PENDING:
            result.status, result.awaits = "pending", error.facts
            return True
        _fail(result, error)
    except PostmasterError as error:
        _fail(result, error)
    return result.error is None


def _blocked(step: Step, results: Sequence[Result]) -> bool:
    """Whether the step needs an object that the server does not want to make yet."""
    awaited = names((result.step for result in results if result.status == "pending"), "create")
    return any(needed.identity in awaited for needed in step.needs())


def _carry_out(result: Result, gateway: Gateway, clock: Clock) -> None:
    step = result.step = _fresh(result.step, gateway, clock)
    if step.writes_at_once:
        result.written = True
        try:
            result.now = _write_with_patience(step, gateway, clock)
        except (Uncertain, ServerRefusal) as error:
            recover(result, error, gateway, lambda again: _write_with_patience(again, gateway, clock))
        except PostmasterError as error:
            result.written = error.partly_written
            raise
    result.unverified = list(step.unverified)
    result.status = "done"


def _write_with_patience(step: Step, gateway: Gateway, clock: Clock) -> Snapshot | None:
    """Hand the step to the gateway again and again while the server wants something done elsewhere, if asked to."""
    patient = step.wish.behaviour.get(WHEN_UNVERIFIED) == WAIT
    patience = float(step.wish.behaviour[WAIT_TIMEOUT]) if patient else 0.0
    while patience > 0:
        with suppress(Prerequisite):
            return write(step, gateway)
        clock.sleep(min(PREREQUISITE_POLL, patience))
        patience -= PREREQUISITE_POLL
    return write(step, gateway)


def _complete(result: Result, gateway: Gateway, clock: Clock) -> bool:
    """Send the fields that had to wait for what other steps made; False when it failed."""
    try:
        rest = Result(second_part(result.step, observe(result.step.wish, gateway)))
        try:
            _carry_out(rest, gateway, clock)
        finally:
            result.written = result.written or rest.written
            result.now = rest.now
    except PostmasterError as error:
        _fail(result, error)
    return result.error is None


def _fresh(step: Step, gateway: Gateway, clock: Clock) -> Step:
    """The same wish, planned anew when what we know is too old for a write of the whole object."""
    if step.action != "update" or step.current is None:
        return step
    if clock.monotonic() - step.current.read_at <= MAX_AGE_SECONDS:
        return step
    return replace(plan(step.wish, observe(step.wish, gateway)), late=step.late)


def _verify(result: Result, now: Snapshot | None, gateway: Gateway, clock: Clock) -> None:
    step = result.step
    if step.action == "delete":
        if now is not None and not _gone(step, gateway, clock):
            result.status = "pending"
        return
    now = None if now is None else in_terms_of(step.wish, now)
    if step.resource.settles_late:
        now = _settled(step, now, gateway, clock)
    result.now = now
    if now is None:
        raise NotApplied(f"the server confirmed {step.name}, but does not list it")
    late = [name for name in not_applied(step, now) if step.resource.by_name[name].asynchronous]
    lost = [name for name in not_applied(step, now) if name not in late]
    if late:
        result.status = "pending"
    if lost:
        raise NotApplied(
            f"the server confirmed the change of {step.name} and did not carry it out for: {', '.join(lost)}; "
            "the server ignores this wish or overrules it, so leave the option out or set it where the server allows it"
        )
    untold = (name for each in step.resource.fields if each.name in step.send for name in _untold(each, step, now))
    result.unverified = list(dict.fromkeys([*result.unverified, *untold]))


def _untold(each: Field, step: Step, now: Snapshot) -> list[str]:
    """What of a field was sent, and is not told."""
    if each.name not in now.values:
        return [each.name]
    return untold_members(each, step.send[each.name], now.values[each.name])


def _settled(step: Step, now: Snapshot | None, gateway: Gateway, clock: Clock) -> Snapshot | None:
    """The object as soon as the server shows what was written, or as it is after some time."""
    for pause in POLLS:
        if not not_applied(step, now):
            break
        clock.sleep(pause)
        found = gateway.read(step.resource, step.values)
        now = None if found is None else in_terms_of(step.wish, found)
    return now


def _gone(step: Step, gateway: Gateway, clock: Clock) -> bool:
    for pause in POLLS:
        clock.sleep(pause)
        if gateway.read(step.resource, step.values) is None:
            return True
    return False


def _fail(result: Result, error: PostmasterError) -> None:
    error.object = error.object or result.step.name
    result.status = "failed"
    result.error = error
