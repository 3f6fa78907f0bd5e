# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that had to wait, of many objects: read and sent together, each told by itself."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.attempt import MAX_AGE_SECONDS
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    AccessDenied,
    PostmasterError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from tests.unit.core.carrying_out import DONE, PERHAPS, carry_out, told
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.mishaps import FOR_EVER
from tests.unit.core.phones import HOLDER, holder, phone
from tests.unit.core.samples import TOWN
from tests.unit.core.tasks import config, lines
from tests.unit.core.teams import PLAYER, TEAM, player, team

NUMBERS = ("1", "2", "3")
BEGUN = ("unfinished", True)


@pytest.fixture
def gateway() -> MemoryGateway:
    return MemoryGateway(together=5, strict=True, filled_in={"phones": []})


@pytest.fixture(params=[True, False])
def go_on(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def _wishes(*numbers: str) -> list[Wish]:
    """Holders h1, h2, ... and the phone of each, which is yet to come."""
    return [*(holder(f"h{n}", phones=[{"number": n}]) for n in numbers), *(phone(n) for n in numbers)]


def _phones(gateway: MemoryGateway, *numbers: str) -> list[list[str]]:
    return [[entry["number"] for entry in (gateway.held(HOLDER, f"h{n}") or {})["phones"]] for n in numbers]


def _of_holders(results: list[Result]) -> list[tuple[str, bool]]:
    return told([result for result in results if result.step.resource is HOLDER])


def test_late_parts_go_in_slices() -> None:
    gateway = MemoryGateway(together=2, strict=True, filled_in={"phones": []})
    assert told(carry_out(gateway, *_wishes(*NUMBERS))) == [DONE] * 6
    assert gateway.requests == [2, 1, 2, 1, 2, 1]
    assert _phones(gateway, *NUMBERS) == [["1"], ["2"], ["3"]]
    assert gateway.count("read", "read_some") == 1, "they are read by one call"


def test_a_late_part_that_came_about_by_itself_is_not_sent(gateway: MemoryGateway) -> None:
    def assign() -> None:
        gateway.objects["holder", ("h2",)].values["phones"] = [{"number": "2", "ring": True}]

    gateway.on("create", before=assign, about="3")
    assert told(carry_out(gateway, *_wishes(*NUMBERS))) == [DONE] * 6
    assert gateway.requests == [3, 3, 2]
    assert gateway.idle == []


def test_late_parts_of_different_resources_do_not_go_together() -> None:
    gateway = MemoryGateway(together=5, strict=True, filled_in={"phones": [], "members": []}, relations=(TEAM,))
    gateway.put(TOWN, name="example.com")
    wishes = [*_wishes("1", "2"), team("reds", members=["ann"]), team("blues", members=["bob"])]
    wishes += [player("ann"), player("bob")]
    assert told(carry_out(gateway, *wishes)) == [DONE] * 8
    assert gateway.requests == [2, 2, 2, 2, 2, 2]
    assert (gateway.held(TEAM, "reds", "example.com") or {})["members"] == ["ann"]
    assert gateway.held(PLAYER, "bob", "example.com") is not None


@pytest.mark.parametrize("hidden", [set(), {"phones"}, {"motto"}])
def test_late_parts_whose_turn_comes_late_are_sent_whole_and_nothing_else(hidden: set[str]) -> None:
    """What was read of all is too old for the last one by then; it is still only what it waited for that is sent."""
    gateway = MemoryGateway(together=2, strict=True, filled_in={"phones": []}, hidden=hidden)

    def slow() -> None:
        gateway.clock.now += MAX_AGE_SECONDS + 1

    gateway.on("update", before=slow, about="h1")
    assert told(carry_out(gateway, *_wishes(*NUMBERS))) == [DONE] * 6
    assert _phones(gateway, *NUMBERS) == [["1"], ["2"], ["3"]]
    assert [sorted(sent) for sent in gateway.sent[-3:]] == [["phones"]] * 3
    assert gateway.calls[-2:] == [("read", "h3"), ("update", "h3")]


@pytest.mark.parametrize("count", [1, 3])
def test_what_has_to_wait_still_waits_when_the_rest_is_read_again(gateway: MemoryGateway, count: int) -> None:
    """Holders that are there get a new motto and new phones; the first is sent when what was read of them is old."""
    numbers = NUMBERS[:count]
    for number in numbers:
        gateway.put(HOLDER, name=f"h{number}", motto="")
    wishes = [holder(f"h{number}", motto="new", phones=[{"number": number}]) for number in numbers]
    results = carry_out(gateway, *wishes, *(phone(number) for number in numbers), later=MAX_AGE_SECONDS + 1)
    assert told(results) == [DONE] * 2 * count
    assert gateway.requests == [count] * 3
    assert [sorted(sent) for sent in gateway.sent[:count]] == [["motto"]] * count
    assert _phones(gateway, *numbers) == [[number] for number in numbers]


def test_what_has_to_wait_still_waits_when_the_rest_was_lost(gateway: MemoryGateway) -> None:
    for number in NUMBERS:
        gateway.put(HOLDER, name=f"h{number}", motto="")
    wishes = [holder(f"h{number}", motto="new", phones=[{"number": number}]) for number in NUMBERS]
    gateway.mishaps.lose(request=0, processed=1)
    results = carry_out(gateway, *wishes, *(phone(number) for number in NUMBERS))
    assert told(results) == [DONE] * 6
    assert gateway.requests == [3, 1, 1, 3, 3]
    assert _phones(gateway, *NUMBERS) == [["1"], ["2"], ["3"]]


def test_a_late_part_that_others_change_before_its_turn_is_merged_with_their_change() -> None:
    gateway = MemoryGateway(together=2, strict=True, filled_in={"phones": []})
    gateway.put(phone().resource, number="9", login="desk", note="")

    def slow() -> None:
        gateway.clock.now += MAX_AGE_SECONDS + 1
        gateway.objects["holder", ("h3",)].values["phones"] = [{"number": "9", "ring": True}]

    gateway.on("update", before=slow, about="h1")
    assert told(carry_out(gateway, *_wishes(*NUMBERS))) == [DONE] * 6
    assert sorted(_phones(gateway, "3")[0]) == ["3", "9"]


@pytest.mark.parametrize("kind", [ServerRefusal, AccessDenied])
def test_one_that_is_refused_failed_and_the_others_are_done(
    gateway: MemoryGateway, kind: type[PostmasterError], go_on: bool
) -> None:
    """What goes together is tried together."""
    for _attempt in range(2):
        gateway.on("update", kind("not this one"), about="h2")
    results = carry_out(gateway, *_wishes(*NUMBERS), go_on=go_on)
    assert _of_holders(results) == [DONE, PERHAPS, DONE]
    error = results[1].error
    assert error is not None
    assert (str(error), error.object) == ("not this one", "holder h2")
    gateway.mishaps.end()
    assert told(carry_out(gateway, *_wishes(*NUMBERS))) == [("done", n == 1) for n in range(6)]
    assert gateway.idle == []


def test_after_a_failure_no_more_is_tried_alone_unless_the_task_goes_on(gateway: MemoryGateway, go_on: bool) -> None:
    for label in ("h1", "h1", "h3"):
        gateway.on("update", ServerRefusal("no"), about=label)
    results = carry_out(gateway, *_wishes(*NUMBERS), go_on=go_on)
    assert _of_holders(results) == [PERHAPS, DONE, DONE if go_on else PERHAPS]
    assert gateway.requests == [3, 3, 3, *([1, 1] if go_on else [1])]


def test_a_failure_leaves_the_slices_after_it_unless_the_task_goes_on(go_on: bool) -> None:
    gateway = MemoryGateway(together=2, strict=True, filled_in={"phones": []})
    for _attempt in range(2):
        gateway.on("update", ServerRefusal("no"), about="h1")
    results = carry_out(gateway, *_wishes(*NUMBERS), go_on=go_on)
    assert _of_holders(results) == [PERHAPS, DONE, DONE if go_on else BEGUN]


def test_a_failure_leaves_other_resources_unless_the_task_goes_on(go_on: bool) -> None:
    gateway = MemoryGateway(together=5, strict=True, filled_in={"phones": [], "members": []}, relations=(TEAM,))
    gateway.put(TOWN, name="example.com")
    for _attempt in range(2):
        gateway.on("update", ServerRefusal("no"), about="h1")
    wishes = [*_wishes("1", "2"), team("reds", members=["ann"]), player("ann")]
    results = carry_out(gateway, *wishes, go_on=go_on)
    assert told(results) == [PERHAPS, DONE, DONE, DONE, DONE if go_on else BEGUN, DONE]


def test_what_waits_for_something_that_failed_is_left_and_says_so(gateway: MemoryGateway) -> None:
    for _attempt in range(2):
        gateway.on("create", ServerRefusal("no"), about="2")
    results = carry_out(gateway, *_wishes(*NUMBERS), go_on=True)
    assert _of_holders(results) == [DONE, BEGUN, DONE]
    assert [result.blocked_by for result in results[:3]] == [None, "phone 2", None]
    assert gateway.requests[-1] == 2


@pytest.mark.parametrize("processed", [0, 2, 3])
def test_a_lost_request_of_late_parts_is_found_out(gateway: MemoryGateway, processed: int) -> None:
    gateway.mishaps.lose(request=2, processed=processed)
    assert told(carry_out(gateway, *_wishes(*NUMBERS))) == [DONE] * 6
    assert _phones(gateway, *NUMBERS) == [["1"], ["2"], ["3"]]
    assert gateway.idle == []


@pytest.mark.parametrize("together", [1, 5])
@pytest.mark.parametrize("processed", [0, 3])
def test_a_lost_request_of_what_the_server_does_not_tell_is_sent_again(together: int, processed: int) -> None:
    """Nobody can tell whether it was carried out, and it may be carried out twice."""
    gateway = MemoryGateway(together=together, strict=True, filled_in={"phones": []}, hidden={"phones"})
    gateway.mishaps.lose(request=2 if together > 1 else 6, processed=processed)
    assert told(carry_out(gateway, *_wishes(*NUMBERS))) == [DONE] * 6
    assert _phones(gateway, *NUMBERS) == [["1"], ["2"], ["3"]]


def test_a_lost_request_that_cannot_be_found_out_is_a_failure_of_each(gateway: MemoryGateway, go_on: bool) -> None:
    gateway.mishaps.lose(request=2, processed=1, gone=FOR_EVER)
    results = carry_out(gateway, *_wishes(*NUMBERS), go_on=go_on)
    assert told(results) == [PERHAPS] * 3 + [DONE] * 3
    assert all(isinstance(result.error, Uncertain) for result in results[:3])
    assert [result.error.object for result in results[:3] if result.error] == [f"holder h{n}" for n in NUMBERS]
    assert gateway.mishaps.in_vain <= 2


def test_a_server_that_is_gone_when_the_late_parts_are_read(gateway: MemoryGateway, go_on: bool) -> None:
    """The first one tells why, the others were begun and are not finished."""
    gateway.on("read_some", before=gateway.mishaps.vanish, error=Unreachable("no route"))
    results = carry_out(gateway, *_wishes(*NUMBERS), go_on=go_on)
    assert told(results) == [PERHAPS, BEGUN, BEGUN] + [DONE] * 3
    assert [result.error is None for result in results[:3]] == [False, True, True]
    assert results[0].error is not None
    assert results[0].error.object == "holder h1"
    assert gateway.mishaps.in_vain <= 1


def test_a_server_that_goes_while_late_parts_are_read_one_by_one(gateway: MemoryGateway, go_on: bool) -> None:
    numbers = tuple("123456789")
    gateway.on("read_some", ServerRefusal("not together"), before=gateway.mishaps.vanish)
    results = carry_out(gateway, *_wishes(*numbers), go_on=go_on)
    assert _of_holders(results) == [PERHAPS] + [BEGUN] * 8
    assert gateway.mishaps.in_vain == 1


def test_one_that_cannot_be_read_failed_and_the_others_are_done(gateway: MemoryGateway, go_on: bool) -> None:
    gateway.on("read_some", AccessDenied("not together"))
    gateway.on("read", about="h1")
    results = carry_out(
        gateway,
        *_wishes(*NUMBERS),
        go_on=go_on,
        meanwhile=lambda: gateway.on("read", AccessDenied("not this one"), about="h2"),
    )
    assert _of_holders(results) == [DONE, PERHAPS, DONE if go_on else BEGUN]
    assert str(results[1].error) == "not this one"


def test_a_document_of_late_parts_tells_each(gateway: MemoryGateway) -> None:
    document: dict[str, Any] = {
        "holders": [{"name": f"h{number}", "phones": [{"number": number}]} for number in NUMBERS],
        "phones": [{"number": number} for number in NUMBERS],
    }
    for _attempt in range(2):
        gateway.on("update", ServerRefusal("not this phone"), about="h2")
    result = config(gateway, document)
    assert [status for name, _action, status in lines(result) if name.startswith("holder")] == [
        "done",
        "failed",
        "done",
    ]
    assert result["summary"] == {"created": 5, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "5 were made and 0 were not tried" in result["msg"]
    assert config(gateway, document)["summary"]["updated"] == 1
    assert config(gateway, document)["changed"] is False
