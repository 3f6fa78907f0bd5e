# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter rules one by one, in a list that the server only knows as a whole.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import Conflict, GuardRefusal, InvalidOption, NotFound
from ..._core.fields import UNSET
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .. import wire
from .filter_list import SET, FilterList, Rule
from .filters import AMBIGUOUS, DEFINITION, FILTER
from .order import in_wished_order


class FilterCalls:
    """Everything raises PostmasterError."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._list = FilterList(rpc)
        self._count = 0
        # By name. A rule that moves pushes others away, so every write has to know where all are to stand.
        self._positions: dict[str, int] = {}

    def read_all(self) -> list[Snapshot]:
        """All rules; those that share a name are marked, since no task could mean one of them."""
        read_at = time.monotonic()
        _stamp, rules = self._list.read()
        self._count = len(rules)
        times = Counter(map(_name, rules))
        return [
            Snapshot(_values(rule, position, times[_name(rule)] > 1), str(rule.get("id") or position), rule, read_at)
            for position, rule in enumerate(rules, start=1)
        ]

    def read(self, key: Values) -> Snapshot | None:
        """Raises GuardRefusal for a name that several rules have."""
        wanted = FILTER.key_of(key)
        found = [each for each in self.read_all() if FILTER.key_of(each.values) == wanted]
        if len(found) > 1:
            raise _several(key["name"], len(found))
        return found[0] if found else None

    def refuse(self, steps: Sequence[Step]) -> None:
        """Raises InvalidOption for positions that cannot all be; the others are kept in mind for the writes."""
        made = Counter(step.action for step in steps)
        count = self._count + made["create"] - made["delete"]
        taken: dict[int, Step] = {}
        for step in steps:
            if not step.wish.present or "position" not in step.wish.given:
                continue
            position, option = step.wish.given["position"], f"{step.wish.where}position"
            first = taken.setdefault(position, step)
            if first is not step:
                raise InvalidOption(option, f"{position} is where {first.name} is to stand; give each its own place")
            if position > count:
                raise InvalidOption(option, f"{position} is beyond the end: there are {count} rules after this run")
        self._positions = {step.values["name"].casefold(): position for position, step in taken.items()}

    def create(self, values: Values) -> Writing[None]:
        rule = {"isIncomplete": False, **_members(values)}

        def edit(rules: Sequence[Rule]) -> list[Rule]:
            if any(_name(each) == _name(rule) for each in rules):
                raise Conflict(f"a rule with the name {values['name']!r} was made meanwhile", method=SET)
            return self._ordered([*rules, rule])

        yield from self._list.change(edit)

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        changes = _members(values)

        def edit(rules: Sequence[Rule]) -> list[Rule]:
            changed = _find(rules, current)
            return self._ordered([{**rule, **changes} if rule is changed else rule for rule in rules])

        yield from self._list.change(edit)

    def delete(self, current: Snapshot) -> Writing[None]:
        def edit(rules: Sequence[Rule]) -> list[Rule]:
            gone = _find(rules, current)
            return self._ordered([rule for rule in rules if rule is not gone])

        yield from self._list.change(edit)

    def _ordered(self, rules: Sequence[Rule]) -> list[Rule]:
        return in_wished_order(rules, lambda rule: self._positions.get(_name(rule)))


def _name(rule: Rule) -> str:
    return str(rule["description"] or "").casefold()


def _find(rules: Sequence[Rule], current: Snapshot) -> Rule:
    """The rule as the list has it now. Raises NotFound, and GuardRefusal when others have taken its name."""
    name = current.values["name"]
    found = [rule for rule in rules if _name(rule) == name.casefold()]
    if not found:
        raise NotFound(f"the rule {name!r} was deleted meanwhile", method=SET)
    if len(found) > 1:
        raise _several(name, len(found))
    return found[0]


def _several(name: str, count: int) -> GuardRefusal:
    return GuardRefusal(
        f"{count} rules have the name {name!r}, and nothing tells them apart; give each its own name in the web "
        "client; nothing was changed"
    )


def _values(rule: Rule, position: int, is_ambiguous: bool) -> Values:
    """Of a rule that was written as a script, only what it is called and where it stands."""
    values = wire.read_values(FILTER.fields, lambda member: UNSET if rule.get(member) is None else rule[member])
    values = {"name": "", **values, "position": position}
    if values.get("incomplete"):
        values = {name: value for name, value in values.items() if name not in DEFINITION}
    return {**values, AMBIGUOUS: True} if is_ambiguous else values


def _members(values: Values) -> Rule:
    """What the server is sent for these values."""
    return {
        each.wire: each.codec.write(values[each.name])
        for each in FILTER.writable
        if each.wire is not None and each.name in values
    }
