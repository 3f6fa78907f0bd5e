# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What should not be done to groups of entries, as far as reading tells: before the first write.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..._core.errors import AccessDenied, Conflict, GuardRefusal, InvalidOption, NotFound, PostmasterError
from ..._core.plan import Step
from ..._core.references import named_in
from ..owned_lists import APPEND
from .entry_group_calls import EntryGroupCalls
from .entry_groups import ALLOW_LOCKOUT, UNDESCRIBED

# "Dangerous operation" (kerio_connect.md 1.7).
_DANGEROUS = 4000


def refuse(steps: Iterable[Step], calls: EntryGroupCalls) -> None:
    """Raises GuardRefusal or InvalidOption for steps about groups that these calls are for."""
    mine = [step for step in steps if step.resource is calls.resource]
    _refuse_hidden_entries(mine)
    _refuse_contained(mine, calls)
    if calls.warns:
        _refuse_lockout(mine, calls)


def _refuse_hidden_entries(steps: Iterable[Step]) -> None:
    """A group with rows that no option describes cannot be owned as a whole. Raises InvalidOption."""
    for step in steps:
        owned = "entries" in step.wish.given and not step.wish.behaviour.get(APPEND.name)
        if step.wish.present and owned and step.current is not None and step.current.values.get(UNDESCRIBED):
            raise InvalidOption(
                f"{step.wish.where}entries",
                f"cannot be the whole of {step.name}, which holds entries that no option describes; set append to only "
                "add to it, or remove those entries in the administration first",
            )


def _refuse_contained(steps: Sequence[Step], calls: EntryGroupCalls) -> None:
    """The server would refuse to delete a group that another one contains, or leave a gap. Raises GuardRefusal."""
    going = {step.values["name"].casefold(): step for step in steps if step.action == "delete"}
    step_of = {step.current.identity: step for step in steps if step.current is not None}
    for each in calls.known() if going else ():
        step = step_of.get(each.identity)
        if step is not None and step.action == "delete":
            continue
        values = each.values if step is None else {**each.values, **step.send}
        for needed in named_in(calls.resource, values):
            contained = going.get(needed.name.casefold())
            if contained is not None:
                raise _refusal(
                    contained,
                    f"{contained.name} belongs to {calls.resource.name_of(values)}; take it out of that one first, or "
                    "let the same document do it; nothing was changed",
                )


def _refuse_lockout(steps: Iterable[Step], calls: EntryGroupCalls) -> None:
    """The server knows which changes cut this login off from the administration. Raises GuardRefusal."""
    changing = [step for step in steps if step.changes]
    asked = [
        (step, calls.removal(step.current) if step.action == "delete" else calls.changes(step.current, step.send))
        for step in changing
        if step.current is not None and not step.wish.behaviour.get(ALLOW_LOCKOUT.name)
    ]
    for (step, _changes), errors in zip(asked, calls.objections([changes for _step, changes in asked])):
        for error in errors:
            if isinstance(error, AccessDenied) and len(changing) > 1:
                continue  # A group in use, perhaps, which another change of this run sets free.
            message = f"{step.wish.where}{step.name}: {error.message}; {_way_out(step, error)}nothing was changed"
            raise _refusal(step, message, error)


def _way_out(step: Step, error: PostmasterError) -> str:
    if step.wish.pruned:
        return f"protect the group, or delete it by an entry of its own with {ALLOW_LOCKOUT.name} if that is meant; "
    if error.code == _DANGEROUS:
        return f"set {ALLOW_LOCKOUT.name} to true if that is meant; "
    if isinstance(error, (AccessDenied, Conflict, NotFound)):
        return ""  # That is about something else.
    return f"set {ALLOW_LOCKOUT.name} to true to change it without asking first; "


def _refusal(step: Step, message: str, reason: PostmasterError | None = None) -> GuardRefusal:
    error = GuardRefusal(message)
    error.object = step.name
    if reason is not None:
        error.method, error.code = reason.method, reason.code
    return error
