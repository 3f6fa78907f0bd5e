# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task returns: the same members every time, small enough for AWX, without secrets.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from .._client.http import Usage
from .._core.diff import diff
from .._core.errors import PostmasterError, Prerequisite
from .._core.plan import Step
from .._core.result import Result
from .._systems.system import System

_COUNTED = {"create": "created", "update": "updated", "delete": "deleted"}


def failed(error: PostmasterError, system: System) -> dict[str, Any]:
    """A failure: the sentence, and the same as data."""
    error.system = error.system or system.name
    return {"failed": True, "changed": False, "msg": sentence(error), "failure": error.failure(), **facts(error)}


def facts(error: PostmasterError) -> dict[str, Any]:
    """What the server wants done elsewhere first, as data of the result."""
    return error.facts if isinstance(error, Prerequisite) else {}


def sentence(error: PostmasterError) -> str:
    """The message, with the object in front unless it is named already."""
    named = error.object is None or error.object in error.message
    return error.message if named else f"{error.object}: {error.message}"


def assumptions(assumed: Sequence[str]) -> dict[str, Any]:
    """Objects that check mode took as coming, each with a warning."""
    if not assumed:
        return {}
    warnings = [f"{name} does not exist; in check mode it is assumed that an earlier task makes it" for name in assumed]
    return {"assumed": list(assumed), "warnings": warnings}


def object_result(step: Step, result: Result | None, want_diff: bool) -> dict[str, Any]:
    """What a module about one object returns; ``result`` is None when nothing was carried out."""
    outcome = step.outcome()
    if outcome is not None and result is not None and result.now is not None:
        decided = [each.name for each in step.resource.fields if each.server_decides]
        outcome.update({name: result.now.values.get(name) for name in decided})
    answer: dict[str, Any] = {
        "changed": step.changes if result is None else result.written,
        step.resource.kind: outcome,
        "changes": step.changed_fields,
        "unverified": list(step.unverified) if result is None else result.unverified,
    }
    if result is not None and result.status == "pending":
        answer.update(pending=True, **result.awaits)
    if want_diff and step.changes:
        answer["diff"] = diff(step)
    return answer


def document_result(results: Sequence[Result], check_mode: bool, want_diff: bool) -> dict[str, Any]:
    """What a module about a whole system returns: counts, and what changed or failed."""
    steps = [result.step for result in results]
    counts = Counter(_COUNTED[result.step.action] for result in results if _counts(result, check_mode))
    broken = [result for result in results if result.status == "failed"]
    answer: dict[str, Any] = {
        "changed": any(step.changes for step in steps) if check_mode else any(result.written for result in results),
        "summary": {
            **{name: counts[name] for name in _COUNTED.values()},
            "unchanged": sum(not step.changes for step in steps),
            "failed": len(broken),
        },
        "results": [_line(result, check_mode) for result in results if result.step.changes],
    }
    if want_diff:
        answer["diff"] = [diff(step) for step in steps if step.changes]
    return answer


def with_usage(answer: dict[str, Any], usage: Usage, verbosity: int) -> dict[str, Any]:
    """What the run cost, for those who ask for it with -vvv."""
    if verbosity < 3:
        return answer
    return {**answer, "api": asdict(usage)}


def _counts(result: Result, check_mode: bool) -> bool:
    return result.step.changes and (check_mode or (result.written and result.status in ("done", "pending")))


def _line(result: Result, check_mode: bool) -> dict[str, Any]:
    step = result.step
    line: dict[str, Any] = {
        "object": step.name,
        "action": step.action,
        "status": "planned" if check_mode else result.status,
    }
    if step.action == "update":
        line["changes"] = step.changed_fields
    unverified = list(step.unverified) if check_mode else result.unverified
    if unverified:
        line["unverified"] = unverified
    line.update(result.awaits)
    if result.blocked_by is not None:
        line["blocked_by"] = result.blocked_by
    if result.error is not None:
        line["error"] = result.error.message
    return line
