# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diff of a step, in the user's option names, without secrets.

Always the plan's: the wishes, plus the values that are sent at creation. A secret appears only as a marker.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .fields import Field
from .plan import Step
from .structures import Entries, Struct, without_secrets

SECRET_SET, SECRET_BEFORE, SECRET_AFTER = "(set)", "(not shown)", "(sent again)"


def diff(step: Step) -> dict[str, Any]:
    """What Ansible shows of one changed object: before, after and a header on each."""
    header = f"{step.resource.module} {step.resource.label_of(step.values)}".rstrip()
    before, after = _sides(step)
    return {"before_header": header, "after_header": header, "before": before, "after": after}


def _sides(step: Step) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = step.resource.fields
    secrets = [each.name for each in step.resource.secrets if each.name in step.send]
    if step.action == "create":
        created = {
            each.name: without_secrets(each, step.send[each.name], SECRET_SET)
            for each in fields
            if each.name in step.send and not each.secret
        }
        return {}, {**created, **dict.fromkeys(secrets, SECRET_SET)}
    current = step.current.values if step.current is not None else {}
    if step.action == "delete":
        return {each.name: current[each.name] for each in fields if each.name in current}, {}
    before, after = dict.fromkeys(secrets, SECRET_BEFORE), dict.fromkeys(secrets, SECRET_AFTER)
    for each in fields:
        if each.name not in current and each.name in step.send and not each.secret:
            before[each.name], after[each.name] = SECRET_BEFORE, without_secrets(each, step.send[each.name])
        if each.name not in current or each.name not in step.wish.given:
            continue
        was, becomes = current[each.name], step.send.get(each.name, current[each.name])
        before[each.name], after[each.name] = _compared(each, step.wish.given[each.name], was, becomes)
    return before, after


def _compared(each: Field, given: Any, was: Any, becomes: Any) -> tuple[Any, Any]:
    """Of structures, only what the wish is about: the members that it gives, and entries that come or go."""
    if isinstance(each, Struct):
        return _members(was, given), _members(becomes, given)
    if not isinstance(each, Entries):
        return was, becomes
    wanted, old, new = each.by_key(given), each.by_key(was), each.by_key(becomes)
    before, after = [], []
    for key in sorted({*wanted, *old, *new}):
        if key not in old:
            after += without_secrets(each, [new[key]], SECRET_SET)
        elif key not in new:
            before.append(old[key])
        elif key in wanted:
            hidden = {name: SECRET_BEFORE for name in new[key] if each.members[name].secret}
            before.append({**_members(old[key], wanted[key]), **hidden})
            after += without_secrets(each, [_members(new[key], wanted[key])], SECRET_AFTER)
    return before, after


def _members(side: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in side.items() if name in given}
