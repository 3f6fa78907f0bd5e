# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random mailboxes: rules of all kinds, and a reply that may be out of date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.simulators.kerio_webmail.store import Store
from tests.unit.matrix.states import FOREIGN, TEXTS
from tests.unit.matrix.subjects import Draw
from tests.unit.matrix.systems.kerio_webmail.stores import OWNER

_NAMES = st.sampled_from(["Bulk", "bulk mail", 'Ünal\'s "rule"', "名前", "{{ x }}", "a: b", "- c", "# d", "true", "1"])
_FILLED = TEXTS.filter(lambda text: text.strip())
_LINES = TEXTS.map(lambda text: text.replace("\n", " "))
_OF_TEXTS = st.fixed_dictionaries(
    {
        "testedTarget": st.sampled_from(["CtFrom", "CtTo", "CtCc", "CtSubject", "CtRecipient", "CtEnvelopeSender"]),
        "comparator": st.sampled_from(["CcEqual", "CcNotEqual", "CcContain", "CcNotContain"]),
        "parameters": st.lists(_FILLED, min_size=1, max_size=3),
    }
)
_OF_SIZES = st.fixed_dictionaries(
    {
        "testedTarget": st.just("CtSize"),
        "comparator": st.sampled_from(["CcUnder", "CcOver"]),
        "parameters": st.integers(0, 2**40).map(lambda size: [str(size)]),
    }
)
_FACTS = st.sampled_from(["CtAttachment", "CtSpam", "CtAll"]).map(
    lambda target: {"testedTarget": target, "comparator": "CcNoComparator", "parameters": []}
)


def _action(kind: str, *parameters: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(kind), "parameters": st.tuples(*parameters).map(list)})


_ACTIONS = st.one_of(
    _action("FaFileInto", _FILLED),
    _action("FaRedirect", FOREIGN),
    _action("FaNotify", FOREIGN, _LINES, TEXTS),
    _action("FaAutoReply", TEXTS),
    _action("FaSetHeader", st.sampled_from(["Subject", "X-1"]), _LINES),
    *(_action(kind) for kind in ("FaKeep", "FaDiscard", "FaStop", "FaSetReadFlag")),
)
_TIMES = st.sampled_from(["20260701T080000+0200", "20260630T235959-0930", "20990101T000000+0000"])
_REPLIES = st.fixed_dictionaries(
    {
        "isEnabled": st.booleans(),
        "text": TEXTS,
        "isTimeRangeEnabled": st.booleans(),
        "timeRangeStart": _TIMES,
        "timeRangeEnd": _TIMES,
    }
)


def fill(draw: Draw, store: Store) -> None:
    """Up to three more rules, some of which no option could describe, and a reply with or without a range of time."""
    for name in draw(st.lists(_NAMES, max_size=3, unique_by=str.lower)):
        store.add_filter(
            OWNER,
            name,
            isEnabled=draw(st.booleans()),
            evaluationMode=draw(st.sampled_from(["EmAnyOf", "EmAllOf"])),
            conditions=draw(st.lists(st.one_of(_OF_TEXTS, _OF_SIZES, _FACTS), max_size=3)),
            actions=draw(st.lists(_ACTIONS, max_size=3)),
        )
    store.user(OWNER).out_of_office = draw(_REPLIES)


def _rule(name: str = "odd", **members: Any) -> Callable[[Any], None]:
    return lambda store: store.add_filter(OWNER, name, **members)


def _script(store: Store) -> None:
    rule = store.add_filter(OWNER, "By hand", isIncomplete=True)
    store.user(OWNER).scripts[rule["id"]] = 'require "x"; keep;'


def _same_name(store: Store) -> None:
    for name in ("Twice", "TWICE"):
        store.add_filter(OWNER, name)


def _reply(**members: Any) -> Callable[[Any], None]:
    return lambda store: store.out_of_office_of(OWNER).update(members)


# What no option could say, on servers that are newer, older or less strict than we think.
ODD: dict[str, Callable[[Any], None]] = {
    "rule without a name": _rule(""),
    "rule of blanks": _rule("  "),
    "rule that does nothing": _rule(),
    "script": _script,
    "names that differ in case": _same_name,
    "unknown action": _rule(actions=[{"type": "FaNew", "parameters": ["x"]}]),
    "unknown condition": _rule(
        conditions=[{"testedTarget": "CtNew", "comparator": "CcEqual", "parameters": ["x"]}],
        actions=[{"type": "FaKeep", "parameters": []}],
    ),
    "address that is none": _rule(actions=[{"type": "FaRedirect", "parameters": ["nobody"]}]),
    "size with a sign": _rule(
        conditions=[{"testedTarget": "CtSize", "comparator": "CcOver", "parameters": ["-1"]}],
        actions=[{"type": "FaKeep", "parameters": []}],
    ),
    "too many parameters": _rule(actions=[{"type": "FaKeep", "parameters": ["x"]}]),
    "unknown evaluation": _rule(evaluationMode="EmNew"),
    "range without times": _reply(isTimeRangeEnabled=True),
    "range that ends first": _reply(
        isTimeRangeEnabled=True, timeRangeStart="20260701T080000+0200", timeRangeEnd="20260101T080000+0200"
    ),
}
