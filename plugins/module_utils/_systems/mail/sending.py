# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How writes travel to mailcow: those that differ in nothing but the item go as one request, and its entries tell what
came of each (mailcow_recorded.md: an edit of two domains of which one is absent, deletions of two).

mailcow goes on after an item that it refuses. The entry of a success names the object, that of a refusal may not.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Optional

from ..._core.errors import PostmasterError, ServerRefusal, Uncertain
from .api import Api
from .replies import Entry, entries
from .routes import Call

# What came of a call.
Outcome = Optional[PostmasterError]


def send_calls(api: Api, calls: Sequence[Call]) -> list[Outcome]:
    """What came of each call. Never raises PostmasterError.

    Uncertain is what nothing in the reply confirms (A22), since the server ignores what it does not understand.
    """
    groups: dict[str, list[int]] = {}
    for number, call in enumerate(calls):
        groups.setdefault(_shared(number, call), []).append(number)
    outcomes: dict[int, Outcome] = {}
    gone: PostmasterError | None = None
    for group in groups.values():
        told = [copy.copy(gone) for _each in group] if gone else _send(api, [calls[number] for number in group])
        outcomes.update(zip(group, told))
        gone = gone or next((error for error in told if error is not None and not error.about_one_object), None)
    return [outcomes[number] for number in range(len(calls))]


def _shared(number: int, call: Call) -> str:
    """What is equal for calls that may go as one request."""
    if call.item is None:
        return str(number)
    return json.dumps([call.path, call.body, call.confirmation, call.advice], sort_keys=True)


def _send(api: Api, calls: Sequence[Call]) -> Sequence[Outcome]:
    first = calls[0]
    name = f"POST {first.path}"
    try:
        if len(calls) == 1:
            reply, data = api.write("POST", first.path, _body(calls))
            is_confirmed = [any(entry.key == first.confirmation for entry in entries(data))]
        else:
            reply, data = api.write_many("POST", first.path, _body(calls))
            is_confirmed = _confirmed(calls, entries(data))
    except PostmasterError as error:
        advised = _advised(error, first.advice)
        # Each call is about another object, which its error is going to name.
        return [copy.copy(advised) for _each in calls]
    lost = Uncertain(
        f"{api.title} answered {name} without confirming it; the server ignores what it does not understand",
        method=name,
        code=reply.status,
    )
    return [None if confirmed else copy.copy(lost) for confirmed in is_confirmed]


def _body(calls: Sequence[Call]) -> Any:
    first = calls[0]
    if first.item is None:
        return first.body
    items = [call.item for call in calls]
    return items if first.body is None else {"items": items, "attr": first.body}


def _confirmed(calls: Sequence[Call], found: Sequence[Entry]) -> list[bool]:
    """Whether the entries confirm each of several calls by its name.

    Where objects share a name, it has to be there as often. None is confirmed when there are more refusals than objects
    without a confirmation: then one has both, and nothing tells which.
    """
    told = Counter(entry.about.casefold() for entry in found if entry.good and entry.key == calls[0].confirmation)
    named = Counter(name for call in calls for name in _names(call))
    confirmed = [any(told[name] >= named[name] for name in _names(call)) for call in calls]
    refusals = sum(not entry.good for entry in found)
    return confirmed if refusals <= confirmed.count(False) else [False] * len(calls)


def _names(call: Call) -> set[str]:
    return {name.casefold() for name in (call.item, call.name) if name}


def _advised(error: PostmasterError, advice: str) -> PostmasterError:
    if not advice or not isinstance(error, ServerRefusal) or error.code != "access_denied":
        return error
    return ServerRefusal(f"{error.message}; {advice}", method=error.method, code=error.code)
