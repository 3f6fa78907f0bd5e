# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where two runs of the same tasks differ, in words."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.integration.playbooks import Outcome, Task

# What may differ: what it cost, and what Ansible itself numbers anew for each run of a task with async.
COST = "api"
OF_ANSIBLE = frozenset({"ansible_job_id", "results_file", "start", "end", "delta"})
WARNINGS = ("[WARNING]", "[DEPRECATION WARNING]", "[ERROR]")


def of_outcomes(one: Outcome, other: Outcome) -> list[str]:
    """Whole results of all tasks, items and attempts, host by host; what was warned of; the recap; the exit code."""
    return [
        *of_data(one.code, other.code, "exit code"),
        *of_data(_by_host(one), _by_host(other), "events"),
        *(f"only one of them says: {line}" for line in _said_by_one(_said(one), _said(other))),
        *of_data(_recap(one), _recap(other), "recap"),
    ]


def of_data(one: Any, other: Any, path: str) -> Iterator[str]:
    """Types count: a number is no truth value, and no text."""
    if type(one) is not type(other):
        yield f"{path}: {one!r} | {other!r}"
    elif isinstance(one, dict):
        for name in sorted({*one, *other}, key=str):
            if name not in one or name not in other:
                yield f"{path}.{name}: {one.get(name, 'nothing')!r} | {other.get(name, 'nothing')!r}"
            else:
                yield from of_data(one[name], other[name], f"{path}.{name}")
    elif isinstance(one, list) and len(one) == len(other):
        for number, (mine, yours) in enumerate(zip(one, other, strict=True)):
            yield from of_data(mine, yours, f"{path}.{number}")
    elif one != other:
        yield f"{path}: {one!r} | {other!r}"


def plain(data: Any) -> Any:
    """A store as data: its objects as mappings, its sets as lists, times without what floats lose."""
    if dataclasses.is_dataclass(data) and not isinstance(data, type):
        return {field.name: plain(getattr(data, field.name)) for field in dataclasses.fields(data)}
    if isinstance(data, dict):
        return {repr(name): plain(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [plain(value) for value in data]
    if isinstance(data, (set, frozenset)):
        return sorted(map(repr, data))
    return round(data, 3) if isinstance(data, float) else data


def _by_host(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """Hosts work side by side: which of them is done first says nothing."""
    hosts: dict[str, list[dict[str, Any]]] = {}
    for event in outcome.events:
        hosts.setdefault(event.host, []).append(_comparable(event))
    return hosts


def _comparable(event: Task) -> dict[str, Any]:
    words = {"event": event.event, "task": event.name, "action": event.action, "status": event.status}
    return {**words, "result": _without_what_may_differ(event.result)}


def _without_what_may_differ(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            # That it is told stays: no way may tell what the other one does not.
            name: "told" if name == COST else _without_what_may_differ(value)
            for name, value in data.items()
            if name not in OF_ANSIBLE
        }
    return [_without_what_may_differ(each) for each in data] if isinstance(data, list) else data


def _said_by_one(one: Counter[str], other: Counter[str]) -> list[str]:
    return sorted([*(one - other).elements(), *(other - one).elements()])


def _said(outcome: Outcome) -> Counter[str]:
    """From 2.19 on, Ansible's own words in front of an error name what failed, and that is the way."""
    lines = (line.replace("Action failed:", "Module failed:", 1) for line in outcome.output.splitlines())
    return Counter(line for line in lines if line.startswith(WARNINGS))


def _recap(outcome: Outcome) -> list[str]:
    return sorted(outcome.output.rpartition("PLAY RECAP")[2].split("\n\n")[0].splitlines()[1:])
