# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One step of the matrix: check mode first, then the run, then everything that has to hold. Nothing here stops at the
first mismatch: all of them are collected and reported together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.unit.matrix.budgets import Kind
from tests.unit.matrix.paths import Entry, Path, at, name_of, options_of, place_of
from tests.unit.matrix.results import Result, copy_of, holds, shows, task_of, unverified_in, without_paths
from tests.unit.matrix.running import Running
from tests.unit.matrix.samples import Values
from tests.unit.matrix.stores import State
from tests.unit.matrix.subjects import CONFIG, OBJECT, Leaf, field_at


@dataclass(frozen=True)
class Fails:
    """The run fails and its message names this option. ``calls``: whether the server is asked at all; ``writes``:
    whether it was written to and did not do it, which check mode cannot foresee.
    """

    option: str
    calls: bool = True
    writes: bool = False


class Walk:
    """One field on one server, through one module. ``mismatches`` are sentences, ``cases`` the number of steps."""

    def __init__(self, running: Running, leaf: Leaf, way: str) -> None:
        self._running = running
        self._leaf = leaf
        self._way = way
        self._keeper = leaf.keeper(running.server)
        self._key: Values = {}
        self._expected: State | None = None
        self._shown: dict[Path, Any] = {}
        # The object as the last change returned it.
        self._returned: Result = {}
        self.mismatches: list[str] = []
        self.cases = 0
        # The fields of the resource by option, members as "forwarding.mode".
        self._leaves = {each.name: each for each in leaf.subject.leaves(leaf.resource)}

    # Steps.

    def create(self, values: Values, fails: Fails | None = None, **behaviour: Any) -> None:
        resource = self._leaf.resource
        names = resource.key if {(name,) for name in resource.key} <= set(values) else resource.stand_in
        self._key = {path: sample for path, sample in values.items() if path[0] in names}
        if resource.permanent:
            # It is there, as its owner came with it.
            self._expected, self._shown = self._keeper.state(self._running.store, self._found()), {}
            self.update(values, fails, **behaviour)
            return
        if fails is None:
            self._expected = self._keeper.after(None, values)
            self._shown = {path: sample.shown for path, sample in values.items()}
        self._step("create", values, Kind.CREATE if fails is None or fails.calls else Kind.ABSENT, fails, behaviour)

    def update(self, values: Values, fails: Fails | None = None, **behaviour: Any) -> None:
        """``behaviour`` are options that are no fields."""
        assert self._expected is not None
        before = self._expected
        if fails is None:
            only = any(name.startswith("prune_") for name in behaviour)
            self._expected = self._keeper.after(before, values, only=only)
            self._shown |= {path: sample.shown for path, sample in values.items()}
            self._shown = {path: shown for path, shown in self._shown.items() if self._is_left(path)}
        again = behaviour.get("update_password") == "always" or (
            behaviour.get("update_unreadable") == "always" and bool(self._untold(values))
        )
        # A refusal may take the questions that the change would have taken.
        kind = Kind.UPDATE if before != self._expected or again or (fails and fails.calls) else Kind.UNCHANGED
        self._step("update", {**self._key, **values}, kind, fails, behaviour)

    def unchanged(self, values: Values, name: str = "again", **behaviour: Any) -> None:
        """Values that are there already, or that are not to be sent: nothing may happen."""
        self._step(name, {**self._key, **values}, Kind.UNCHANGED, None, behaviour)

    def delete(self) -> None:
        if self._leaf.resource.permanent:
            self._keeper.renew(self._found())
            return
        self._expected = None
        self._step("delete", self._key, Kind.DELETE, None, self._removal)
        self._step("delete again", self._key, Kind.ABSENT, None, self._removal)

    def keep(self, reason: str) -> None:
        """A deletion that is refused, with this in its message."""
        self._step("delete", self._key, Kind.DELETE, Fails(reason), self._removal)

    @property
    def _removal(self) -> dict[str, Any]:
        return {"state": "absent", **self._leaf.subject.removal.get(self._leaf.resource.kind, {})}

    def round_trip(self) -> None:
        """What the query tells changes nothing when it is fed back. Both ways lead to the same states: once will do."""
        if self._way == CONFIG:
            return
        self.cases += 1
        with self._session("round trip: info"):
            info = self._running.runner.info(resources=[self._leaf.resource.plural])
        with self._session("round trip: config"):
            answer = self._running.runner.config(info["config"])
        self._must(not info.get("failed"), "round trip", info.get("msg"))
        self._must(not answer.get("failed"), "round trip", answer.get("msg"))
        self._must(answer["changed"] is False, "round trip", f"changes {answer.get('results')}")
        self._must(not self._running.simulator.writes, "round trip", "writes")
        self._look_at_entry(info["config"][self._leaf.resource.plural])
        self._look_at_store("round trip")

    def _look_at_entry(self, entries: list[Result]) -> None:
        """Every value that was asked for is described, in the form in which results show it."""
        key = {str(path[0]): self._shown[path] for path in self._key}
        found = [entry for entry in entries if key.items() <= entry.items()]
        self._must(len(found) == 1, "round trip", f"{key} is described {len(found)} times")
        for path, wanted in self._readable_values() if found else ():
            told = self._described(found[0], path)
            self._must(shows(told, wanted, path), "round trip", f"tells {told!r} for {place_of(path)}, not {wanted!r}")

    def _described(self, entry: Result, path: Path) -> Any:
        """A value in an object's description, where the only entry of a list may be described beside the list."""
        option, last = str(path[0]), path[-1]
        own = last.member if isinstance(last, Entry) else last
        beside = option not in entry and self._keeper.elsewhere.get(own) == option
        return entry.get(own) if beside else at(entry, path)

    def _readable_values(self) -> list[tuple[Path, Any]]:
        """What was asked for since the object was made, as results and the query show it."""
        apart = self._leaf.apart
        return [
            (path, value)
            for path, value in self._shown.items()
            if path not in apart and path not in self._untold([path])
        ]

    def _untold(self, paths: Iterable[Path]) -> list[Path]:
        """Those of the paths whose values this server does not tell."""
        named = {path: self._leaves.get(name_of(path)) for path in paths}
        return [path for path, leaf in named.items() if leaf is not None and not leaf.told(self._running.server)]

    def _is_left(self, path: Path) -> bool:
        """Whether the entry that a path leads through is still there."""
        entries = [step.value for step in path if isinstance(step, Entry)]
        return all(name in (self._expected or {}).get((path[0],), []) for name in entries)

    # The machinery of a step.

    def _step(
        self, name: str, values: Values, kind: Kind, fails: Fails | None, behaviour: Mapping[str, Any] | None = None
    ) -> None:
        self.cases += 1
        behaviour = behaviour or {}
        name = f"{name} {json.dumps(task_of(values, behaviour), ensure_ascii=False)}"
        before = self._photo()
        predicted = self._run(f"{name} in check mode", values, behaviour, kind, fails, check=True)
        self._must(self._photo() == before, f"{name} in check mode", "touched the store")
        self._must(not self._running.simulator.writes, f"{name} in check mode", "wrote")
        actual = self._run(name, values, behaviour, kind, fails, check=False)
        if fails is None or not fails.writes:
            alike = self._comparable(predicted, kind) == self._comparable(actual, kind)
            self._must(alike, name, f"predicted {predicted}, came to {actual}")
        if fails is None:
            self._look_at_result(name, values, kind, predicted, actual)
        else:
            self._look_at_failure(name, fails, predicted, actual)
        self._look_at_store(name, before, kind, values)

    def _run(
        self, name: str, given: Values, behaviour: Mapping[str, Any], kind: Kind, fails: Fails | None, *, check: bool
    ) -> Result:
        options = task_of(given, behaviour)
        runner, resource = self._running.runner, self._leaf.resource
        with self._session(name, asked=fails is None or fails.calls):
            if self._way == OBJECT:
                result = runner.object(resource.kind, options, check=check)
            else:
                result = runner.config({resource.plural: [options]}, check=check)
        if fails is None or fails.calls:
            calls = Counter(record.call for record in self._running.simulator.requests if not record.batched)
            over = calls - self._allowed(kind, given, behaviour, check=check)
            self._must(not over, name, f"calls beyond the budget: {dict(over)}")
        return result

    def _allowed(self, kind: Kind, given: Values, behaviour: Mapping[str, Any], *, check: bool) -> Counter[str]:
        subject, dialect, resource = self._leaf.subject, self._running.server.dialect, self._leaf.resource
        names = {self._leaf.name, *map(name_of, given), *(place_of(path[:2]) for path in given)}
        names |= {f"{name}={value}" for name, value in behaviour.items()}
        names |= {f"without {name}" for name in resource.key if (name,) not in given}
        extra: Counter[str] = Counter()
        for each in subject.extra:
            if each.applies(dialect, resource.kind, kind, names):
                extra |= Counter(each.calls)
        return subject.budgets[dialect, resource.kind, self._way].allowed(kind, check=check) + extra

    @contextmanager
    def _session(self, name: str, asked: bool = True) -> Iterator[None]:
        """One login and one logout where there are sessions, and no call at all where the server is not asked."""
        simulator = self._running.simulator
        simulator.requests.clear()
        yield
        logins = sum(record.login for record in simulator.requests)
        logouts = sum(record.logout for record in simulator.requests)
        wanted = int(asked and self._running.has_sessions)
        self._must((logins, logouts) == (wanted, wanted), name, f"{logins} logins and {logouts} logouts")
        self._must(asked or not simulator.requests, name, "asked the server")
        self._must(simulator.open_sessions == 0, name, "left a session open")
        self._must(not simulator.internal_errors, name, f"broke the simulator: {simulator.internal_errors}")

    # What has to hold.

    def _look_at_result(self, name: str, values: Values, kind: Kind, predicted: Result, actual: Result) -> None:
        changed = kind in (Kind.CREATE, Kind.UPDATE, Kind.DELETE)
        self._must(not actual.get("failed"), name, actual.get("msg"))
        self._must(actual["changed"] is changed, name, f"changed is {actual['changed']}: {actual}")
        self._must(bool(self._running.simulator.writes) is changed, name, "writes are not what changed says")
        self._must(not self._secrets_in(predicted, actual), name, "shows a secret")
        self._look_at_unverified(name, values, kind, predicted, actual)
        if self._way == OBJECT and not actual.get("failed"):
            self._look_at_object(name, values, kind, predicted, actual)
        diff = actual.get("diff") or {}
        diff = diff[0] if isinstance(diff, list) else diff
        self._must(bool(diff) is changed, name, f"diff {diff}")
        if kind is Kind.DELETE:
            self._must(diff.get("after") == {}, name, f"diff {diff}")
        for path, sample in values.items() if kind in (Kind.CREATE, Kind.UPDATE) and diff else ():
            shown = at(diff["after"], path)
            wanted = sample.shown
            if field_at(self._leaf.resource, path).secret:
                wanted = "(set)" if kind is Kind.CREATE else "(sent again)"
            if path not in self._key or kind is Kind.CREATE:
                held = shows(shown, wanted, path)
                self._must(held, name, f"the diff shows {shown!r} for {place_of(path)}, not {wanted!r}")
        if kind is Kind.UPDATE and diff:
            given = set(options_of(dict.fromkeys(values))) | {n for sample in values.values() for n in sample.beside}
            given |= {str(path[0]) for sample in values.values() for path in sample.brings}
            given |= self._leaf.subject.implied.get(self._leaf.option, frozenset())
            self._must(set(diff["after"]) <= given, name, f"the diff shows what was not given: {diff}")

    def _look_at_unverified(self, name: str, values: Values, kind: Kind, predicted: Result, actual: Result) -> None:
        """What was asked for and cannot be compared is listed, by each of the runs; what is foreseen comes so."""
        foreseen, found = unverified_in(predicted), unverified_in(actual)
        self._must(foreseen <= found, name, f"foresees {foreseen} as unverified, and then lists {found}")
        if self._way == CONFIG and kind is Kind.UNCHANGED:
            return
        fields = {path: field_at(self._leaf.resource, path) for path in self._untold(values)}
        untold = [path for path, field in fields.items() if not (field.secret or field.create_only)]
        missing = {place_of(path) for path in untold} - found
        self._must(not missing or kind in (Kind.DELETE, Kind.ABSENT), name, f"does not list {missing} as unverified")

    def _look_at_object(self, name: str, values: Values, kind: Kind, predicted: Result, actual: Result) -> None:
        resource = self._leaf.resource
        shown = actual[resource.kind]
        if kind in (Kind.DELETE, Kind.ABSENT):
            self._must(shown is None, name, f"returns {shown}")
            return
        for field in resource.fields:
            if field.server_decides and (field.name,) not in values:
                self._must(shown.get(field.name) is not None, name, f"does not return {field.name}")
                foreseen = predicted[resource.kind].get(field.name)
                self._must(kind is not Kind.CREATE or foreseen is None, name, f"foresees {field.name}")
        for path, wanted in self._readable_values():
            found = at(shown, path)
            self._must(shows(found, wanted, path), name, f"returns {found!r} for {place_of(path)}, not {wanted!r}")
        if kind is Kind.UNCHANGED:
            self._look_at_returned(name, shown)
        else:
            self._returned = shown

    def _look_at_returned(self, name: str, shown: Result) -> None:
        """What the last change returned is what the server is found to hold now, as far as it tells."""
        told, lists = self._running.server.tells, self._keeper.elsewhere.values()
        if any((option in shown) is not (option in self._returned) for option in lists):
            # The same in other terms, which other steps look at.
            return
        for option, value in self._returned.items():
            if told is None or (self._leaf.resource.kind, option) in told:
                found = shown.get(option)
                self._must(holds(found, value), name, f"finds {found!r} for {option}, where {value!r} was returned")

    def _look_at_failure(self, name: str, fails: Fails, predicted: Result, actual: Result) -> None:
        simulator = self._running.simulator
        self._must(actual.get("failed") is True, name, f"does not fail: {actual}")
        self._must(fails.option in actual.get("msg", ""), name, f"does not name {fails.option}: {actual.get('msg')}")
        self._must(bool(simulator.writes) is fails.writes, name, "writes" if simulator.writes else "does not write")
        self._must(actual["changed"] is fails.writes, name, f"changed is {actual['changed']}")
        if fails.writes:
            self._must(predicted["changed"] is True, name, f"was predicted as {predicted}")
        self._must(not self._secrets_in(predicted, actual), name, "shows a secret")

    def _look_at_store(
        self, name: str, before: Any = None, kind: Kind = Kind.UNCHANGED, values: Values | None = None
    ) -> None:
        """The object holds what was asked for and nothing else was touched, down to members that no option shows."""
        found = self._found()
        state = None if found is None else self._keeper.state(self._running.store, found)
        if state is None or self._expected is None:
            self._must(state is self._expected, name, f"the store holds {state}, not {self._expected}")
        else:
            wrong = [
                f"{place_of(path)} {state.get(path)!r} in the store, not {wanted!r}"
                for path, wanted in self._expected.items()
                if path not in state or state[path] != wanted
            ]
            self._must(not wrong, name, "; ".join(wrong))
        if before is None:
            return
        raw_before, rest_before, rows_before = before
        raw, rest, rows = self._photo()
        renewed = [says for says, identity in rows.items() if rows_before.get(says, identity) != identity]
        self._must(not renewed, name, f"made anew what was there: {renewed}")
        self._must(rest == rest_before, name, "touched other objects")
        if raw is not None and raw_before is not None:
            sent = {self._keeper.member(path) for path in values or () if path not in self._key}
            sent |= {self._keeper.member(path) for each in (values or {}).values() for path in each.brings}
            others_before = without_paths(raw_before, sent)
            touched = [name for name, value in without_paths(raw, sent).items() if others_before[name] != value]
            self._must(not touched, name, f"touched other members of the object: {touched}")

    def _comparable(self, result: Result, kind: Kind) -> Result:
        """A result without what check mode cannot know: what the server decides, what it tells of a new object or
        entry, and that something is done.
        """
        shown = copy_of(result)
        resource = self._leaf.resource
        for line in (shown, *shown.get("results", ())):
            if line.get("status") in ("planned", "done"):
                line["status"] = "planned or done"
            if kind in (Kind.CREATE, Kind.UPDATE):
                line.pop("unverified", None)
        if isinstance(shown.get(resource.kind), dict):
            for field in resource.fields:
                if field.server_decides and (field.name,) not in self._key:
                    shown[resource.kind].pop(field.name)
        return shown

    def _secrets_in(self, *results: Result) -> bool:
        """Whether a password of this walk stands in a result, as text or as JSON writes it."""
        given = {path: [sample] for path, sample in {**self._leaf.base, **self._leaf.instead}.items()}
        given.setdefault(self._leaf.path, []).extend(self._leaf.samples)
        resource = self._leaf.resource
        secrets = [each.given for path, samples in given.items() if field_at(resource, path).secret for each in samples]
        texts = json.dumps(results, ensure_ascii=False)
        return any(form in texts for secret in secrets for form in (secret, json.dumps(secret)[1:-1]))

    def _found(self) -> Any:
        return self._keeper.find(self._running.store, options_of({p: s.given for p, s in self._key.items()}))

    def _photo(self) -> Any:
        """The object without what moves by itself, and the rest of the store."""
        found = self._found()
        raw = None if found is None else copy_of(self._keeper.raw(self._running.store, found))
        if raw is not None:
            # A text that is null and an empty one are the same to everybody who reads it.
            raw = {
                name: "" if value is None else value for name, value in raw.items() if name not in self._keeper.restless
            }
        rows = {} if found is None else self._keeper.rows(found)
        return raw, self._keeper.rest(self._running.store, found), rows

    def _must(self, holds: bool, name: str, mismatch: Any) -> None:
        if not holds:
            self.mismatches.append(f"{name}: {mismatch}")
