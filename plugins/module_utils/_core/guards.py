# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guards over the steps of a plan: references that are missing, mail that would be lost, the account in use.

They run in check mode too, so that an audit shows the refusal.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .errors import GuardRefusal, MissingReference
from .gateway import Gateway
from .order import names
from .plan import Step
from .words import spoken


def check_references(steps: Sequence[Step], gateway: Gateway, check_mode: bool) -> list[str]:
    """Look up what the steps refer to; raise MissingReference for what is not there.

    In check mode a missing object that a task of ours could have made is assumed: returns ``kind name`` of each.
    """
    coming = names(steps, "create")
    assumed: dict[str, None] = {}
    for step in steps:
        for needed in step.needs():
            if needed.identity in coming or gateway.exists(needed, step.values):
                continue
            if not (check_mode and needed.assumable):
                error = MissingReference(
                    needed.kind, needed.name, f"create it first, or correct {step.wish.where}{needed.option}"
                )
                error.object = step.name
                raise error
            assumed[f"{spoken(needed.kind)} {needed.name}"] = None
    return list(assumed)


def refuse_mail_loss(steps: Iterable[Step]) -> None:
    """Deleting some objects destroys mail at once and for good: that needs its own consent. Raises GuardRefusal."""
    for step in steps:
        if step.action == "delete" and step.resource.loses_mail(step.wish.removal):
            raise _refusal(
                step,
                f"deleting {step.name} destroys its mail; set allow_mail_loss to true if that is meant; "
                "nothing was changed",
            )


def refuse_groupware_loss(steps: Iterable[Step]) -> None:
    """Some changes destroy calendars, contacts and files: that needs its own consent. Raises GuardRefusal."""
    for step in steps:
        if step.action != "update" or step.current is None or step.wish.behaviour.get("allow_groupware_loss"):
            continue
        if step.resource.loses_groupware(step.current.values, step.send):
            raise _refusal(
                step,
                f"this change of {step.name} destroys the calendars, address books and files of its mailboxes; set "
                "allow_groupware_loss to true if that is meant; nothing was changed",
            )


def refuse_self_harm(steps: Iterable[Step], gateway: Gateway) -> list[Step]:
    """Nobody deletes, disables or demotes the account that is logged in, unless forced. Raises GuardRefusal.

    Returns the steps that do so by force: they end our session, so they come last and cannot be read back. The server
    is asked for the account only when a step could harm one.
    """
    forced = []
    for step in steps:
        harm = _harm(step)
        if harm is None or step.current is None or step.current.identity != gateway.account_in_use(step.resource):
            continue
        if not step.wish.force:
            raise _refusal(
                step,
                f"{step.wish.where}{step.name} is the account that this task is logged in with, and the change would "
                f"{harm} it; use another account, or set force to true if that is meant; nothing was changed",
            )
        forced.append(step)
    return forced


def _refusal(step: Step, message: str) -> GuardRefusal:
    error = GuardRefusal(message)
    error.object = step.name
    return error


def _harm(step: Step) -> str | None:
    if not step.resource.is_account or step.current is None:
        return None
    if step.action == "delete":
        return "delete"
    return step.resource.weakens(step.current.values, step.values) if step.action == "update" else None
