# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What to do after a write that went wrong: find out by reading, and never do anything twice.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable

from .errors import Conflict, NotFound, PostmasterError, ServerRefusal, Uncertain
from .gateway import Gateway
from .observe import Observed, observed
from .plan import Step, plan_again
from .result import Result
from .snapshot import Snapshot


def recover(
    result: Result,
    error: PostmasterError,
    gateway: Gateway,
    write_again: Callable[[Step], Snapshot | None],
    in_company: bool = False,
    look: Callable[[], Observed] | None = None,
) -> None:
    """After a write of unknown fate, or one that others overtook: read again, plan anew, and do what is left, once.

    ``in_company``: what was refused went together with others, and may fare better alone. ``look`` tells what the
    server holds after the first attempt, where that was read together with others. ``ours`` says that something
    of ours is on the server for certain or in all likelihood, ``lost`` that the fate of a write of ours was unknown at
    some time.
    """
    step = result.step
    ours = lost = False
    for attempts_left in (1, 0):
        ours, lost = ours or error.partly_written, lost or isinstance(error, Uncertain)
        result.written = ours or isinstance(error, Uncertain)
        now = look() if look is not None else observed(step.wish, gateway)
        again = _plan_again(step, error, now)
        ours = ours or (again.writes_at_once and _half_done(result.step, error, again))
        if not again.writes_at_once:
            result.written = ours or lost
            result.step = result.step if result.written else again
            return
        unchanged = again.action == result.step.action and again.send == result.step.send
        result.written = ours = ours or (lost and not unchanged)
        if not attempts_left or (unchanged and not in_company and not isinstance(error, Uncertain)):
            raise error
        look = None
        result.step = again
        try:
            result.now = write_again(again)
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


def _plan_again(step: Step, error: PostmasterError, now: Observed) -> Step:
    """Raises the error that is to be told when that is not possible."""
    try:
        if isinstance(now, PostmasterError):
            raise now
        return plan_again(step, now)
    except PostmasterError as lost:
        # When reading fails too, the connection may be the trouble of everything that follows.
        if not isinstance(error, Uncertain):
            error.about_one_object = error.about_one_object and lost.about_one_object
            raise error from lost
        uncertain = Uncertain(
            f"{error.message}; whether it was carried out could not be found out: {lost.message}", method=error.method
        )
        uncertain.about_one_object = lost.about_one_object
        raise uncertain from error
