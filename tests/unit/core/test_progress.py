# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a long run tells of itself: rarely, in words, and without a name of anything."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.progress import INTERVAL_SECONDS, Progress
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import run_config
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import run_object
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.runs import Run, connected
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import ServerRefusal
from tests.unit.core.memory_gateway import FakeClock, MemoryGateway
from tests.unit.core.memory_system import BEHAVIOUR, CONNECTION, memory_system
from tests.unit.core.samples import PERSON, TOWN

PASSWORD = "first-Passw0rd"


class Listener:
    """Somebody who hears what is said, with a progress to say it and the seconds at which it was."""

    def __init__(self, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.begin = self.clock.now
        self.heard: list[str] = []
        self.times: list[float] = []
        self.progress = Progress(self._hear, self.clock)

    def _hear(self, text: str) -> None:
        self.heard.append(text)
        self.times.append(self.clock.now - self.begin)


def _are_apart(times: list[float]) -> bool:
    return all(later - earlier >= INTERVAL_SECONDS for earlier, later in pairwise(times))


@pytest.fixture
def listener() -> Listener:
    return Listener()


def test_before_the_interval_is_over_nothing_is_said(listener: Listener) -> None:
    listener.progress.doing("reading users")
    listener.clock.now += INTERVAL_SECONDS - 0.1
    listener.progress.tick()
    listener.progress.made(3, 10)
    listener.progress.doing("planning")
    assert listener.heard == []


def test_in_an_interval_one_line_is_said_at_most(listener: Listener) -> None:
    for number in range(200):
        listener.clock.now += 0.1
        listener.progress.made(number, 200)
    assert listener.times == pytest.approx([5, 10, 15, 20], abs=0.2)
    assert _are_apart(listener.times)


def test_what_is_said_is_what_is_being_done(listener: Listener) -> None:
    listener.progress.doing("reading users")
    listener.clock.now += INTERVAL_SECONDS
    listener.progress.tick()
    listener.progress.doing("planning")
    listener.clock.now += INTERVAL_SECONDS
    listener.progress.made(100, 250)
    assert listener.heard == ["reading users", "100 of 250 changes made"]


def test_after_a_long_silence_one_line_makes_up_for_all(listener: Listener) -> None:
    listener.progress.doing("reading users")
    listener.clock.now += 10 * INTERVAL_SECONDS
    for _call in range(5):
        listener.progress.tick()
    assert listener.heard == ["reading users"]


def test_of_nothing_nothing_is_said(listener: Listener) -> None:
    """A run about one object does not say what it does; an empty line would tell nobody anything."""
    listener.clock.now += 3 * INTERVAL_SECONDS
    listener.progress.tick()
    assert [text for text in listener.heard if not text.strip()] == []


def test_an_ordinary_module_says_nothing() -> None:
    clock = FakeClock()
    progress = Progress(clock=clock)
    progress.doing("reading users")
    clock.now += 3 * INTERVAL_SECONDS
    progress.tick()


# Runs.


class SlowGateway(MemoryGateway):
    """Everything that is asked of the server takes so many seconds, and the client says so."""

    seconds = 2.0
    called: Any = staticmethod(lambda: None)

    def _arrive(self, call: str, label: str) -> None:
        self._pass()
        super()._arrive(call, label)

    def send(self, commands: Any) -> Any:
        self._pass()
        return super().send(commands)

    def _pass(self) -> None:
        self.called()
        self.clock.now += self.seconds


def _run(gateway: MemoryGateway, listener: Listener, options: Mapping[str, Any], *, check: bool = False) -> Run:
    return Run(
        {**BEHAVIOUR, **CONNECTION, "state": "present", **options},
        check_mode=check,
        want_diff=True,
        clock=gateway.clock,
        progress=listener.progress,
    )


def _slow(names: int) -> tuple[SlowGateway, Listener]:
    gateway = SlowGateway(together=10)
    gateway.put(TOWN, name="example.com", motto="")
    for number in range(names):
        gateway.put(PERSON, address=f"p{number}@example.com", full_name="before", tags=[])
    listener = Listener(gateway.clock)
    gateway.called = listener.progress.tick
    return gateway, listener


def _document(names: int, **options: Any) -> dict[str, Any]:
    return {"config": {"people": [{"address": f"p{number}@example.com", **options} for number in range(names)]}}


def test_a_long_document_says_what_it_does() -> None:
    gateway, listener = _slow(60)
    gateway.seconds = 6.0
    document = _document(60, full_name="after")
    document["config"]["towns"] = [{"name": "example.com", "motto": "new"}]
    result = run_config(memory_system(gateway), _run(gateway, listener, document))
    assert result["summary"]["updated"] == 61
    said = list(dict.fromkeys(listener.heard))
    assert said[0] == "reading people"
    assert "61 of 61 changes made" in said
    assert said[-1] == "reading back what was written"
    assert _are_apart(listener.times)


def test_what_is_made_never_counts_back_and_ends_with_all() -> None:
    gateway, listener = _slow(35)
    gateway.seconds = 6.0
    run_config(memory_system(gateway), _run(gateway, listener, _document(50, full_name="after", password=PASSWORD)))
    counts = [tuple(map(int, text.split()[:3:2])) for text in listener.heard if text.endswith("changes made")]
    assert counts == sorted(counts)
    assert counts[-1] == (50, 50)


def test_no_line_names_an_object_or_a_secret() -> None:
    gateway, listener = _slow(5)
    gateway.seconds = 6.0
    gateway.on("update", ServerRefusal(f"p1@example.com cannot have {PASSWORD}"))
    options = {**_document(9, full_name="after", password=PASSWORD), "update_password": "always"}
    run_config(memory_system(gateway), _run(gateway, listener, options))
    assert listener.heard
    for text in listener.heard:
        assert "@" not in text
        assert PASSWORD not in text
        assert "\n" not in text


def test_a_quick_document_says_nothing() -> None:
    gateway, listener = _slow(9)
    gateway.seconds = 0.1
    run_config(memory_system(gateway), _run(gateway, listener, _document(9, full_name="after")))
    assert listener.heard == []


def test_check_mode_says_what_it_reads() -> None:
    gateway, listener = _slow(3)
    gateway.seconds = 6.0
    run_config(memory_system(gateway), _run(gateway, listener, _document(3, full_name="after"), check=True))
    assert listener.heard
    assert not [text for text in listener.heard if text.endswith("changes made")]


def test_a_slow_run_about_one_object_says_no_empty_line() -> None:
    gateway, listener = _slow(3)
    gateway.seconds = 6.0
    options = {"address": "p1@example.com", "full_name": "after"}
    assert run_object(memory_system(gateway), PERSON, _run(gateway, listener, options))["changed"] is True
    assert [text for text in listener.heard if not text.strip()] == []


def test_calls_of_the_client_are_the_ticks() -> None:
    gateway, listener = _slow(1)
    run = _run(gateway, listener, {})
    with connected(memory_system(gateway), run, read_only=True) as session:
        listener.progress.doing("reading people")
        listener.clock.now += INTERVAL_SECONDS
        session.http.before_call()
    assert listener.heard == ["reading people"]
