# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""After the writes: whether the server holds what was written.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Callable

from .attempt import fail
from .clock import Clock
from .errors import NotApplied, PostmasterError
from .fields import Field
from .gateway import Gateway
from .plan import Step, in_terms_of, not_applied
from .result import Result
from .snapshot import Snapshot
from .structures import untold_members

ReadBack = Callable[[Result], "Snapshot | None"]
# A server may finish later (kerio_connect.md 3.1, mailboxorg.md 2.8): it is asked again, at growing intervals.
POLLS = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0)


def verify(results: Sequence[Result], read_back: ReadBack, gateway: Gateway, clock: Clock) -> PostmasterError | None:
    """Compare what was written with what the server holds now; a wish that did not stick becomes the failure.

    Returns the error when reading back itself fails: what was written stays done then, and unverified.
    """
    unread: PostmasterError | None = None
    # One patience for all: what the server does late, it does while the first one is waited for.
    polls = iter(POLLS)
    for result in results:
        if result.status != "done" or not result.written:
            continue
        try:
            _verify(result, result.now or read_back(result), gateway, clock, polls)
        except NotApplied as error:
            fail(result, error)
        except PostmasterError as error:
            result.unverified = result.step.changed_fields
            unread = unread or error
    return unread


def _verify(result: Result, now: Snapshot | None, gateway: Gateway, clock: Clock, polls: Iterator[float]) -> None:
    step = result.step
    if step.action == "delete":
        if now is not None and not _gone(step, gateway, clock, polls):
            result.status = "pending"
        return
    now = None if now is None else in_terms_of(step.wish, now)
    if step.resource.settles_late:
        now = _settled(step, now, gateway, clock, polls)
    result.now = now
    if now is None:
        raise NotApplied(f"the server confirmed {step.name}, but does not list it")
    missing = not_applied(step, now)
    late = [name for name in missing if step.resource.by_name[name].asynchronous]
    lost = [name for name in missing if name not in late]
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


def _settled(
    step: Step, now: Snapshot | None, gateway: Gateway, clock: Clock, polls: Iterator[float]
) -> Snapshot | None:
    """The object as soon as the server shows what was written, or as it is after some time."""
    if not not_applied(step, now):
        return now
    for _look in _looks(clock, polls):
        found = gateway.read(step.resource, step.values)
        now = None if found is None else in_terms_of(step.wish, found)
        if not not_applied(step, now):
            break
    return now


def _gone(step: Step, gateway: Gateway, clock: Clock, polls: Iterator[float]) -> bool:
    return any(gateway.read(step.resource, step.values) is None for _look in _looks(clock, polls))


def _looks(clock: Clock, polls: Iterator[float]) -> Iterator[None]:
    """Yields after each pause that is left; once, without a pause, when none is."""
    pause = next(polls, None)
    if pause is None:
        yield
    while pause is not None:
        clock.sleep(pause)
        yield
        pause = next(polls, None)
