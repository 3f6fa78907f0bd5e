# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents with many users of Kerio Connect, the requests that carry them, and what became of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.unit.systems.bench import Bench, Result, done
from tests.unit.systems.kerio_many import DOMAIN, SIZE, USERS

Document = dict[str, list[dict[str, Any]]]
NEW = USERS.document()
ALIKE = USERS.document(lambda n: USERS.alike)
APART = USERS.document(USERS.apart)
GONE: Document = {"users": [{"name": f"u{n}", "domain": DOMAIN, "state": "absent"} for n in range(SIZE)]}
# The request that carries each of them.
CARRIERS = {"new": (NEW, "Users.create"), "alike": (ALIKE, "Users.set"), "apart": (APART, "Batch.run")}
CARRIERS["gone"] = (GONE, "Users.remove")
# Enough for one slice.
FEW = 8


def few(document: Document) -> Document:
    """The first ones of it."""
    return {plural: entries[:FEW] for plural, entries in document.items()}


def with_users(bench: Bench) -> Bench:
    """The server holds all of them as ``NEW`` wants them."""
    staff = bench.store.group("staff")["id"]
    for number in range(SIZE):
        bench.store.add_user(f"u{number}", fullName=f"User {number}", userGroups=[staff])
    return bench


def prepared(bench: Bench, change: str) -> tuple[Document, str]:
    """A document for a server that is ready for it, and the request that carries it."""
    if change != "new":
        with_users(bench)
    return CARRIERS[change]


def counted_writes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the server carries out each write to each object, whatever it answers."""
    counts: Counter[str] = Counter()
    sim: Any = bench.sim
    run = sim.run

    def counted(context: Any, method: str, params: dict[str, Any]) -> Any:
        result = run(context, method, params)
        if sim.is_write(method):
            failed = {error["inputIndex"] for error in result.get("errors", [])}
            counts.update(
                f"{method} {subject}" for place, subject in enumerate(_subjects(params)) if place not in failed
            )
        return result

    monkeypatch.setattr(sim, "run", counted)
    return counts


def _subjects(params: dict[str, Any]) -> list[str]:
    """What a write is about: names of what is made, else ids."""
    (items,) = (value for value in params.values() if isinstance(value, list))
    owner = params.get("groupId") or params.get("mlId") or ""
    return [f"{owner}{_subject(item)}" for item in items]


def _subject(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    names = ("loginName", "name", "userId", "groupName", "groupId", "deliverTo", "host", "emailAddress")
    return " ".join(str(item[name]) for name in names if name in item)


def status(result: Result) -> Counter[str]:
    """How many objects had which fate, by the lines of the result."""
    return Counter(line["status"] for line in result["results"])


def failures(result: Result) -> dict[str, dict[str, Any]]:
    return {line["object"]: line for line in result["results"] if line["status"] == "failed"}


def users(bench: Bench) -> set[str]:
    return {row["loginName"] for row in bench.store.users.values()} - {"admin", "alice", "bob"}


def finished(bench: Bench, document: Document) -> None:
    """A re-run does what is left, and then nothing is."""
    bench.sim.faults.clear()
    done(bench.predicted_config(document))
    assert bench.predicted_config(document)["changed"] is False
