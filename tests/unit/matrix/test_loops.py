# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random series of tasks about a few objects of one resource: the items of a loop, which share what was read, come to
the same as tasks of their own, result by result, and leave the same store behind.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any
from unittest import mock

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import KeptSessions, Sessions
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from tests.simulators import Fault
from tests.simulators.framework.records import Call
from tests.support.runner import OptionsRefused, Runner
from tests.unit.matrix.paths import options_of
from tests.unit.matrix.registry import SUBJECTS
from tests.unit.matrix.results import Result, task_of
from tests.unit.matrix.running import Fleet, Running
from tests.unit.matrix.subjects import Leaf, Server, Subject

SERIES, TASKS = 3, 16
NOON = 1_790_000_000.0
# A loop believes what it read for thirty seconds when it writes, and for five minutes at all.
PAUSES = (0, 0, 0, 0, 31, 301)
# There, a session finds out at its first write in which form the server wants its parameters: what befalls that write
# befalls another one where the form is known.
_LEARNS_FORMS = frozenset({"Operator full"})
EVERY_RESOURCE = pytest.mark.parametrize(
    ("subject", "server", "resource"),
    [
        pytest.param(subject, server, resource, id=f"{server.name}: {resource.kind}")
        for subject in SUBJECTS
        for server in subject.servers
        for resource in subject.system.declared
    ],
)


@dataclass(frozen=True)
class Mishap:
    """What befalls so many writes of an item: they are answered so, carried out or not, or not at all."""

    kind: str
    times: int
    details: tuple[tuple[str, Any], ...] = ()

    def as_fault(self) -> Fault:
        return _OfWrites(self.kind, times=self.times, **dict(self.details))


class _OfWrites(Fault):
    """How often others look at the server is not the same in a loop."""

    def matches(self, call: Call) -> bool:
        return any(each.is_write for each in (call, *call.commands)) and super().matches(call)


MISHAPS = tuple(
    Mishap(kind, times, details)
    for times in (1, 9)
    for kind, details in (
        ("drop_before", ()),
        ("drop_after", ()),
        ("status", (("status", 500), ("body", "<html>"), ("processed", True))),
        ("status", (("status", 403), ("body", "{}"))),
    )
)


@dataclass(frozen=True)
class Task:
    """One item of a loop, so many seconds after the one before."""

    options: dict[str, Any]
    check: bool
    pause: int
    mishap: Mishap | None = None


@EVERY_RESOURCE
def test_a_loop_comes_to_the_same_as_its_items(
    subject: Subject, server: Server, resource: Resource, fleet: Fleet
) -> None:
    changed = spared = 0
    for seed in range(SERIES):
        random = Random(f"{server.name} {resource.kind} {seed}")
        # The later ones have check mode in between, and mishaps.
        mishaps = seed > 1 and server.name not in _LEARNS_FORMS
        tasks = _series(fleet.reset(subject, server), resource, random, checks=seed > 0, mishaps=mishaps)
        alone, store_alone, calls_alone = _carry_out(fleet, subject, server, resource, tasks, kept=False)
        together, store_together, calls_together = _carry_out(fleet, subject, server, resource, tasks, kept=True)
        for number, task in enumerate(tasks):
            assert together[number] == alone[number], f"series {seed}, item {number}: {_shown(tasks[: number + 1])}"
            changed += alone[number]["changed"] and not task.check
        assert store_together == store_alone
        spared += calls_alone - calls_together
    assert changed > 0, "these series show nothing"
    assert spared > 0, "nothing was kept"


def _shown(tasks: list[Task]) -> str:
    return "\n".join(
        f"{task.pause} s, {'check' if task.check else 'run'}: {task.options} {task.mishap or ''}" for task in tasks
    )


def _carry_out(
    fleet: Fleet, subject: Subject, server: Server, resource: Resource, tasks: list[Task], kept: bool
) -> tuple[list[Result], str, int]:
    """The results of all tasks, what the store holds in the end, and how many requests there were; both times the same
    by chance and by clock."""
    with _alike():
        running = fleet.reset(subject, server)
        runner = Runner(subject.system, running.simulator, **server.connection, **server.login(running.simulator))
        sessions = KeptSessions(runner.clock) if kept else Sessions()
        runner.sessions = sessions
        with fleet.without_the_wire():
            results = [_result(runner, resource, task) for task in tasks]
            if isinstance(sessions, KeptSessions):
                sessions.close()
        assert running.simulator.open_sessions == 0
        assert not running.simulator.internal_errors
        keeper = server.keepers.get(resource.kind) or subject.keepers[resource.kind]
        return results, keeper.rest(running.store, None), len(running.simulator.requests)


def _result(runner: Runner, resource: Resource, task: Task) -> Result:
    runner.clock.sleep(task.pause)
    if task.mishap is not None:
        runner.simulator.faults.add(task.mishap.as_fault())
    try:
        return runner.object(resource.kind, task.options, check=task.check)
    except OptionsRefused as refused:
        return {"failed": True, "changed": False, "msg": str(refused)}
    finally:
        runner.simulator.faults.clear()


@contextmanager
def _alike() -> Iterator[None]:
    """Ids and times that depend on nothing but what was made before."""
    ids, stamps = count(1), count(1)
    with (
        mock.patch.object(uuid, "uuid4", side_effect=lambda: uuid.UUID(int=next(ids))),
        mock.patch.object(secrets, "randbelow", side_effect=lambda _limit: next(stamps)),
        mock.patch.object(secrets, "choice", side_effect=lambda choices: choices[0]),
        mock.patch.object(time, "time", return_value=NOON),
    ):
        yield


# Series.


def _series(running: Running, resource: Resource, random: Random, checks: bool, mishaps: bool) -> list[Task]:
    """Objects that are there and objects that are not, made, changed, deleted and made again."""
    objects = _objects(running, resource, random)
    leaves = [leaf for leaf in running.subject.leaves(resource) if not leaf.is_key]
    tasks: list[Task] = []
    for _number in range(TASKS):
        options = _options(running.subject, resource, random.choice(objects), leaves, random)
        if tasks and random.random() < 0.2:
            options = tasks[-1].options
        check = checks and random.random() < 0.4
        mishap = random.choice(MISHAPS) if mishaps and not check and random.random() < 0.4 else None
        tasks.append(Task(options, check, random.choice(PAUSES), mishap))
    return tasks


def _objects(running: Running, resource: Resource, random: Random) -> list[dict[str, Any]]:
    """The keys of two objects that the starting state has, where it has that many, and of two that it may not have."""
    subject = running.subject
    held = running.runner.info(resources=[resource.plural])["config"][resource.plural]
    found = [{name: each[name] for name in resource.key if name in each} for each in held]
    found = random.sample(found, min(2, len(found)))
    minimal = options_of({path: each.given for path, each in subject.minimal.get(resource.kind, {}).items()})
    found.append({name: minimal[name] for name in resource.key if name in minimal})
    keys = [leaf for leaf in subject.leaves(resource) if leaf.is_key]
    found.append({str(leaf.path[0]): random.choice(leaf.samples).given for leaf in keys})
    return found


def _options(
    subject: Subject, resource: Resource, key: dict[str, Any], leaves: list[Leaf], random: Random
) -> dict[str, Any]:
    """A task about this object: that it be gone, or there with some values, fitting or not."""
    if not resource.permanent and random.random() < 0.25:
        return {**key, "state": "absent", **subject.removal.get(resource.kind, {})}
    values = dict(subject.minimal.get(resource.kind, {})) if random.random() < 0.6 else {}
    for leaf in random.sample(leaves, min(len(leaves), random.choice((0, 1, 1, 2, 3)))):
        values |= {**leaf.companions, leaf.path: random.choice(leaf.samples)}
    return {**task_of(values, {}), **key}
