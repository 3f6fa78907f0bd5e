# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any document of objects that name each other, with any mishaps: what is told is true, and a re-run does the rest."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    AccessDenied,
    PostmasterError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.mishaps import FOR_EVER
from tests.unit.core.phones import HOLDER
from tests.unit.core.strategies import QUICK
from tests.unit.core.tasks import config

NAMES, NUMBERS = "abcd", "1234"
CALLS = ("create", "update", "delete")
REFUSALS: dict[str, type[PostmasterError]] = {
    each.__name__: each for each in (ServerRefusal, AccessDenied, Unreachable)
}
MISHAPS = st.tuples(st.sampled_from([*REFUSALS]), st.just(False)) | st.tuples(st.just("Uncertain"), st.booleans())
OF_CALLS = st.dictionaries(st.sampled_from(NAMES + NUMBERS), st.lists(MISHAPS, min_size=1, max_size=3), max_size=4)
OF_REQUESTS = st.dictionaries(
    st.integers(0, 6), st.tuples(st.integers(0, 4), st.sampled_from([0, 0, 1, FOR_EVER])), max_size=2
)
# Holders of phones that are there or come with them, some of them in the hands of another holder.
HOLDERS = st.dictionaries(
    st.sampled_from(NAMES), st.sets(st.sampled_from(NUMBERS), max_size=2).map(sorted), min_size=1
).map(lambda found: [{"name": n, "motto": "new", "phones": [{"number": p} for p in found[n]]} for n in sorted(found)])
THERE = st.sets(st.sampled_from(NAMES))


def _gateway(there: set[str], together: int, backwards: bool) -> MemoryGateway:
    gateway = MemoryGateway(strict=True, filled_in={"phones": []}, together=together)
    gateway.mishaps.backwards = backwards
    for name in sorted(there):
        gateway.put(HOLDER, name=name, motto="")
    return gateway


@settings(QUICK, max_examples=150)
@given(
    there=THERE,
    holders=HOLDERS,
    calls=OF_CALLS,
    requests=OF_REQUESTS,
    together=st.integers(1, 4),
    backwards=st.booleans(),
    on_error=st.sampled_from(["stop", "continue"]),
)
def test_what_is_told_is_true_and_a_re_run_does_the_rest(
    there: set[str],
    holders: list[dict[str, Any]],
    calls: dict[str, list[tuple[str, bool]]],
    requests: dict[int, tuple[int, float]],
    together: int,
    backwards: bool,
    on_error: str,
) -> None:
    document = {"holders": holders, "phones": [{"number": number} for number in NUMBERS]}
    smooth = _gateway(there, 1, False)
    assert not config(smooth, document).get("failed")
    gateway = _gateway(there, together, backwards)
    for label, mishaps in calls.items():
        for name, processed in mishaps:
            for call in CALLS:
                error = Uncertain("lost") if name == "Uncertain" else REFUSALS[name](f"no {label}")
                gateway.on(call, error, about=label, processed=processed)
    for number, (how_much, gone) in requests.items():
        gateway.mishaps.lose(number, how_much, gone)
    result = config(gateway, document, on_error=on_error)
    carried_out = {name for _call, name in gateway.effects}
    told = {line["object"]: line["status"] for line in result["results"]}
    assert {name for name, status in told.items() if status in ("done", "unfinished")} <= carried_out
    assert not {name for name, status in told.items() if status == "not_done"} & carried_out
    assert all(("error" in line) == (line["status"] == "failed") for line in result["results"])
    assert result["changed"] or not carried_out
    assert result.get("failed", False) or set(told.values()) <= {"done"}
    gateway.mishaps.end()
    gateway.mishaps.requests.clear()
    assert not config(gateway, document, on_error=on_error).get("failed")
    assert _values(gateway) == _values(smooth)
    assert gateway.idle == []
    assert config(gateway, document)["changed"] is False
    assert sum(call == "create" for call, _name in gateway.effects) == len(gateway.objects) - len(there)


def _values(gateway: MemoryGateway) -> dict[Any, Any]:
    return {place: held.values for place, held in gateway.objects.items()}
