# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of rules, which the server only takes as a whole and guards with a stamp (kerio_connect.md 4.2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import NotApplied, PostmasterError, ProtocolError, ServerRefusal, Uncertain
from ..._core.writing import Writing
from .. import kerio_web
from .codecs import read_flag

# A rule as the server has it, with members that we may not know.
Rule = dict[str, Any]
GET, SET, GET_RAW, SET_RAW = "Filters.get", "Filters.set", "Filters.getById", "Filters.setById"


@dataclass(frozen=True)
class Script:
    """The script of a rule, and the place of that rule in the list."""

    index: int
    rule: Rule
    text: str

    @property
    def name(self) -> str:
        return str(self.rule["description"])


class FilterList:
    """The rules of the user who is logged in, in their order. Everything raises PostmasterError."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc

    def read(self) -> tuple[Any, list[Rule]]:
        """The stamp of this state of the list, and the rules."""
        answer = self._rpc.call(GET)
        rules = kerio_web.rows_of(self._rpc, GET, answer, "filters", lambda rule: "description" in rule)
        if answer.get("dataStamp") is None:
            raise ProtocolError(f"{self._rpc.http.target.title} answered {GET} without a stamp", method=GET)
        return answer["dataStamp"], rules

    def change(self, edit: Callable[[Sequence[Rule]], list[Rule]]) -> Writing[None]:
        """Replace the list by what ``edit`` makes of it; once more when somebody else changed it meanwhile."""
        stamp, rules = self.read()
        after = edit(rules)
        try:
            yield from self._replace(stamp, after)
        except ServerRefusal:
            # No code is known that says so, and a new stamp does.
            newer, rules = self.read()
            if newer == stamp:
                raise
            yield from self._replace(newer, edit(rules))

    def _replace(self, stamp: Any, rules: list[Rule]) -> Writing[None]:
        scripts = [
            Script(index, rule, self._script(stamp, rule)) for index, rule in enumerate(rules) if is_incomplete(rule)
        ]
        try:
            yield from kerio_web.write(self._rpc, SET, {"currentDataStamp": stamp, "filters": rules})
        except Uncertain:
            # Whoever reads the rules next sees whether they were changed, and nothing of the scripts.
            if scripts and self.read()[0] != stamp:
                yield from self._put_back(scripts)
            raise
        yield from self._put_back(scripts)

    def _put_back(self, scripts: Sequence[Script]) -> Writing[None]:
        """Rules that are scripts came along as what they are not; whether the server keeps them is not known."""
        for script in scripts:
            yield from self._keep(script)

    def _keep(self, script: Script) -> Writing[None]:
        """Raises NotApplied with the script, which would be lost otherwise."""
        try:
            yield from self._restore(script)
        except PostmasterError as error:
            lost = NotApplied(
                f"the rules were changed, but whether the rule {script.name!r} is still what it was is not certain "
                f"({error.message}); it is written as a script, which you can put back in the web client: "
                f"{script.text}",
                method=error.method,
                code=error.code,
            )
            lost.partly_written = True
            raise lost from error

    def _restore(self, script: Script) -> Writing[None]:
        for _attempt in range(2):
            changed = self._changed(script)
            if changed is None:
                return
            stamp, rule = changed
            with suppress(Uncertain):
                yield from kerio_web.write(self._rpc, SET_RAW, {"currentDataStamp": stamp, "rule": rule})
        if self._changed(script) is not None:
            raise NotApplied("the server does not keep its script", method=SET_RAW)

    def _changed(self, script: Script) -> tuple[Any, Rule] | None:
        """The stamp of the list and the rule with its script, where the server has another one."""
        stamp, rules = self.read()
        held: Rule = rules[script.index] if script.index < len(rules) else {}
        if held.get("description") != script.rule["description"]:
            raise ProtocolError("somebody else moved it meanwhile", method=GET)
        if self._script(stamp, held) == script.text:
            return None
        members = ("id", "isEnabled", "description")
        return stamp, {**{name: held[name] for name in members if name in held}, "script": script.text}

    def _script(self, stamp: Any, rule: Rule) -> str:
        raw = self._rpc.call(GET_RAW, {"currentDataStamp": stamp, "id": rule["id"]}).get("rule")
        script = raw.get("script") if isinstance(raw, dict) else None
        if not isinstance(script, str):
            raise ProtocolError(f"{self._rpc.http.target.title} answered {GET_RAW} without a script", method=GET_RAW)
        return script


def is_incomplete(rule: Rule) -> bool:
    """Whether the rule is more than its conditions and actions, and can be asked for by its id."""
    return read_flag(rule.get("isIncomplete")) is True and bool(rule.get("id"))
