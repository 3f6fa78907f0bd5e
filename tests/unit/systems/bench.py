# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated server and the modules of its system, run in this process with the options of a real task."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import KeptSessions
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.simulators import Simulator
from tests.support.runner import OptionsRefused, Runner, SteppingClock

Result = dict[str, Any]


class HurriedClock(SteppingClock):
    """Time that goes ``step`` seconds further each time somebody looks, and whose pauses others hear of."""

    def __init__(self, sleeping: Callable[[float], None]) -> None:
        super().__init__()
        self.step = 0.0
        self._sleeping = sleeping

    def monotonic(self) -> float:
        self.slept += self.step
        return super().monotonic()

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self._sleeping(seconds)


class Bench:
    """One running simulator with the modules of its system.

    ``waits`` are the pauses that the client or the executor made; they take no time, and the simulator's clock goes on
    by them. ``connection`` are the connection options of every run; a test may change them.
    """

    def __init__(self, sim: Simulator[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
        self.sim = sim
        self.system: System = next(each for each in SYSTEMS if f"{each.environment}_URL" in sim.environment)
        self.connection: dict[str, Any] = {}
        self.waits: list[float] = []
        self.clock = HurriedClock(self._wait)
        self._monkeypatch = monkeypatch
        # The client waits for rate limits and between attempts by the one function of the standard library.
        monkeypatch.setattr(time, "sleep", self._wait)

    @property
    def store(self) -> Any:
        return self.sim.store

    @property
    def calls(self) -> list[str]:
        """The names of all requests but login and logout, in order."""
        return [record.call for record in self.sim.requests if not record.login and not record.logout]

    @property
    def logins(self) -> int:
        return sum(record.login for record in self.sim.requests)

    def forget_requests(self) -> None:
        self.sim.requests.clear()

    def before(self, call: str, action: Callable[[], object], number: int = 1) -> None:
        """Let something happen on the server just before it works on the first (second ...) request of this name."""
        handle, left = self.sim.handle, [number]

        def handle_after_action(request: Any) -> Any:
            if self.sim.describe(request).name == call:
                left[0] -= 1
                if left[0] == 0:
                    action()
            return handle(request)

        self._monkeypatch.setattr(self.sim, "handle", handle_after_action)

    def object(self, kind: str, *, check_mode: bool = False, **options: Any) -> Result:
        """The result of the module about one object of this kind."""
        return self._answer(lambda runner: runner.object(kind, options, check=check_mode, verbosity=3))

    def predicted(self, kind: str, **options: Any) -> Result:
        """The result of the module, after check mode said the same and wrote nothing."""
        return self._same_twice(lambda check_mode: self.object(kind, check_mode=check_mode, **options), kind)

    def loop(self, kind: str, items: Iterable[dict[str, Any]]) -> list[Result]:
        """The results of the module about one object for the items of a loop, in one worker."""
        sessions = KeptSessions(self.clock)
        runner = Runner(self.system, self.sim, sessions, **self.connection)
        runner.clock = self.clock
        try:
            return [runner.object(kind, item, verbosity=3) for item in items]
        finally:
            sessions.close()

    def config(self, document: dict[str, Any], *, check_mode: bool = False, **options: Any) -> Result:
        """The result of the module about the whole system."""
        return self._answer(lambda runner: runner.config(document, check=check_mode, verbosity=3, **options))

    def predicted_config(self, document: dict[str, Any], **options: Any) -> Result:
        """The same, after check mode said the same and wrote nothing."""
        return self._same_twice(lambda check_mode: self.config(document, check_mode=check_mode, **options), "summary")

    def info(self, **options: Any) -> Result:
        """The result of the query."""
        return self._answer(lambda runner: runner.info(verbosity=3, **options))

    def _answer(self, work: Callable[[Runner], Result]) -> Result:
        runner = Runner(self.system, self.sim, **self.connection)
        runner.clock = self.clock
        try:
            return work(runner)
        except OptionsRefused as refusal:
            return {"failed": True, "changed": False, "msg": str(refusal)}

    def _same_twice(self, work: Callable[[bool], Result], shown: str) -> Result:
        writes = len(self.sim.writes)
        prediction = work(True)
        assert len(self.sim.writes) == writes, "check mode wrote"
        actual = work(False)
        assert not prediction.get("failed"), prediction["msg"]
        assert not actual.get("failed"), actual["msg"]
        for member in ("changed", "diff", "changes", shown):
            assert _told(prediction, member, prediction) == _told(actual, member, prediction), member
        return actual

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.sim.clock.advance(seconds)


def _told(result: Result, member: str, prediction: Result) -> Any:
    """A member of a result; of an object without what the prediction leaves to the server, and shows as null."""
    shown, predicted = result.get(member), prediction.get(member)
    if not isinstance(shown, dict) or not isinstance(predicted, dict):
        return shown
    return {name: value for name, value in shown.items() if predicted.get(name, value) is not None}


def refused(result: Result, *words: str) -> str:
    """The sentence of a failure that holds all these words and changed nothing."""
    assert result.get("failed"), result
    assert result["changed"] is False, result
    missing = [word for word in words if word.lower() not in result["msg"].lower()]
    assert not missing, f"{missing} not in {result['msg']!r}"
    return str(result["msg"])


def done(result: Result) -> Result:
    """A result that is no failure."""
    assert not result.get("failed"), result["msg"]
    return result
