# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diff of a step, in the user's option names, without secrets.

Always the plan's: the wishes, plus the values that are sent at creation. A secret appears only as a marker.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from .fields import Struct
from .plan import Step

SECRET_SET, SECRET_BEFORE, SECRET_AFTER = "(set)", "(not shown)", "(sent again)"


def diff(step: Step) -> dict[str, Any]:
    """What Ansible shows of one changed object: before, after and a header on each."""
    header = f"{step.resource.module} {step.resource.label.format(**step.values)}"
    before, after = _sides(step)
    return {"before_header": header, "after_header": header, "before": before, "after": after}


def _sides(step: Step) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = step.resource.fields
    secrets = [each.name for each in step.resource.secrets if each.name in step.send]
    if step.action == "create":
        created = {each.name: step.send[each.name] for each in fields if each.name in step.send and not each.secret}
        return {}, {**created, **dict.fromkeys(secrets, SECRET_SET)}
    current = step.current.values if step.current is not None else {}
    if step.action == "delete":
        return {each.name: current[each.name] for each in fields if each.name in current}, {}
    before, after = dict.fromkeys(secrets, SECRET_BEFORE), dict.fromkeys(secrets, SECRET_AFTER)
    for each in fields:
        if each.name not in current or each.name not in step.wish.given:
            continue
        was, becomes = current[each.name], step.send.get(each.name, current[each.name])
        if isinstance(each, Struct):
            members = step.wish.given[each.name]
            was, becomes = ({name: value for name, value in side.items() if name in members} for side in (was, becomes))
        before[each.name], after[each.name] = was, becomes
    return before, after
