# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two resources that refer to each other: what has to wait for another object of the run is sent when that is there.

The server of these tests refuses whatever names an object that it does not have.
"""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import ServerRefusal, Uncertain, Unreachable
from ansible_collections.postmaster.comms.plugins.module_utils._core.order import with_late_fields
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import in_dependency_order
from tests.unit.core.carrying_out import TOGETHER
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import HOLDER, PHONE, holder, phone
from tests.unit.core.tasks import config, lines

RING = {"number": "101", "ring": True}
DOCUMENT: dict[str, Any] = {
    "holders": [{"name": "ann", "phones": [{"number": "101"}]}],
    "phones": [{"number": "101", "holder": "ann"}],
}


@pytest.fixture(params=TOGETHER)
def gateway(request: pytest.FixtureRequest) -> MemoryGateway:
    return MemoryGateway(together=request.param, strict=True, filled_in={"phones": []})


def _late(*steps: Step) -> list[set[str]]:
    return [set(step.late) for step in with_late_fields(steps)]


def _writes(gateway: MemoryGateway) -> list[tuple[str, str]]:
    return [call for call in gateway.calls if call[0] in ("create", "update", "delete")]


def test_a_late_reference_does_not_make_a_circle() -> None:
    assert in_dependency_order((PHONE, HOLDER)) == (HOLDER, PHONE)


def test_two_new_objects_that_name_each_other(gateway: MemoryGateway) -> None:
    predicted = config(gateway, DOCUMENT, check=True)
    assert gateway.sent == []
    actual = config(gateway, DOCUMENT)
    assert _writes(gateway) == [("create", "ann"), ("create", "101"), ("update", "ann")]
    assert gateway.sent[0] == {"name": "ann", "motto": ""}
    assert gateway.sent[2] == {"phones": [RING]}
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]
    assert (gateway.held(PHONE, "101") or {})["holder"] == "ann"
    assert lines(actual) == [("holder ann", "create", "done"), ("phone 101", "create", "done")]
    assert (
        actual["summary"]
        == predicted["summary"]
        == {
            **dict.fromkeys(("updated", "deleted", "unchanged", "failed"), 0),
            "created": 2,
        }
    )
    assert actual["diff"] == predicted["diff"]
    assert config(gateway, DOCUMENT)["changed"] is False


def test_an_old_object_that_gets_a_new_one(gateway: MemoryGateway) -> None:
    gateway.put(HOLDER, name="ann", motto="", phones=[])
    document = {
        "holders": [{"name": "ann", "motto": "new", "phones": [{"number": "101"}]}],
        "phones": [{"number": "101"}],
    }
    result = config(gateway, document)
    assert lines(result) == [("holder ann", "update", "done"), ("phone 101", "create", "done")]
    assert _writes(gateway) == [("update", "ann"), ("create", "101"), ("update", "ann")]
    assert gateway.sent == [{"motto": "new"}, gateway.sent[1], {"phones": [RING]}]
    assert config(gateway, document)["changed"] is False


def test_a_change_that_has_to_wait_altogether_is_one_write(gateway: MemoryGateway) -> None:
    gateway.put(HOLDER, name="ann", motto="", phones=[])
    result = config(gateway, {**DOCUMENT, "phones": [{"number": "101"}]})
    assert _writes(gateway) == [("create", "101"), ("update", "ann")]
    assert result["summary"]["updated"] == 1
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]


def test_only_what_names_something_that_is_coming_waits(gateway: MemoryGateway) -> None:
    there = gateway.put(PHONE, number="102").values
    assert there["number"] == "102"
    coming = plan(phone("101"), None)
    changing = plan(phone("102", note="x"), gateway.read(PHONE, {"number": "102"}))
    wishes = [holder(name, phones=[{"number": number}]) for name, number in (("ann", "101"), ("bob", "102"))]
    assert _late(coming, changing, *(plan(wish, None) for wish in wishes)) == [set(), set(), {"phones"}, set()]
    assert _late(coming, plan(holder("ann", motto="x"), None)) == [set(), set()]


def test_what_does_not_refer_late_is_never_late() -> None:
    """A phone that names its holder is sent whole, since holders come first."""
    assert _late(plan(holder("ann"), None), plan(phone("101", holder="ann"), None)) == [set(), set()]


def test_only_entries_that_a_wish_lists_have_to_exist(gateway: MemoryGateway) -> None:
    """What stays beside them is not this task's business: it may be gone, or going in the same run."""
    gateway.put(HOLDER, name="ann", motto="", phones=[{"number": "102", "ring": True}])
    step = plan(holder("ann", phones=[{"number": "101"}]), gateway.read(HOLDER, {"name": "ann"}))
    assert [entry["number"] for entry in step.send["phones"]] == ["101", "102"]
    assert [needed.name for needed in step.needs()] == ["101"]


def test_what_can_wait_is_not_made_before_deletions_have_made_room(gateway: MemoryGateway) -> None:
    """The holder lets one phone go before that is deleted; the other one comes afterwards."""
    gateway.put(PHONE, number="102")
    gateway.put(HOLDER, name="ann", motto="", phones=[{"number": "102", "ring": True}])
    document = {
        "holders": [{"name": "ann", "phones": [{"number": "101"}], "prune_phones": True}],
        "phones": [{"number": "101"}, {"number": "102", "state": "absent"}],
    }
    planned = [(name, action) for name, action, _status in lines(config(gateway, document, check=True))]
    assert planned == [("holder ann", "update"), ("phone 102", "delete"), ("phone 101", "create")]


# Failures.


def test_a_failure_before_the_late_part_leaves_objects_unfinished(gateway: MemoryGateway) -> None:
    gateway.on("create")
    gateway.on("create", ServerRefusal("no more phones", method="phone.add", code=7))
    result = config(gateway, DOCUMENT)
    assert result["failed"]
    assert result["changed"] is True
    assert lines(result) == [("holder ann", "create", "unfinished"), ("phone 101", "create", "failed")]
    assert "no more phones" in result["msg"]
    assert "0 were made and 0 were not tried; 1 were begun and not finished" in result["msg"]
    assert result["failure"]["object"] == "phone 101"
    assert gateway.held(HOLDER, "ann") == {"name": "ann", "motto": "", "phones": []}
    again = config(gateway, DOCUMENT)
    assert lines(again) == [("holder ann", "update", "done"), ("phone 101", "create", "done")]
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]


def test_a_late_part_that_is_refused_is_the_failure_of_its_object(gateway: MemoryGateway) -> None:
    gateway.on("update", ServerRefusal("not this phone", code=7))
    result = config(gateway, DOCUMENT)
    assert result["failed"]
    assert result["changed"] is True
    assert lines(result) == [("holder ann", "create", "failed"), ("phone 101", "create", "done")]
    assert result["results"][0]["error"] == "not this phone"
    assert result["failure"]["object"] == "holder ann"
    assert config(gateway, DOCUMENT)["summary"]["updated"] == 1


def test_what_was_finished_before_another_late_part_failed_is_done() -> None:
    """One by one; of late parts that go together, see test_late_together.py."""
    gateway = MemoryGateway(strict=True, filled_in={"phones": []})
    names = ("ann", "bob", "cid")
    document = {
        "holders": [{"name": name, "phones": [{"number": f"10{number}"}]} for number, name in enumerate(names)],
        "phones": [{"number": f"10{number}"} for number in range(3)],
    }
    gateway.on("update")
    gateway.on("update", ServerRefusal("not this phone"))
    result = config(gateway, document)
    statuses = {name: status for name, _action, status in lines(result)}
    assert [statuses[f"holder {name}"] for name in names] == ["done", "failed", "unfinished"]
    assert "4 were made and 0 were not tried; 1 were begun and not finished" in result["msg"]


def test_an_object_of_which_nothing_was_sent_yet_is_no_change(gateway: MemoryGateway) -> None:
    """The only change of ann is one that waits for the phone, and the phone is refused."""
    gateway.put(HOLDER, name="ann", motto="", phones=[])
    gateway.on("create", ServerRefusal("no more phones"))
    result = config(gateway, {**DOCUMENT, "phones": [{"number": "101"}]})
    assert result["failed"]
    assert result["changed"] is False
    assert lines(result) == [("holder ann", "update", "not_done"), ("phone 101", "create", "failed")]
    assert "0 were made and 1 were not tried" in result["msg"]
    assert _writes(gateway) == [("create", "101")]


@pytest.mark.parametrize("processed", [True, False])
def test_a_lost_answer_of_the_first_part_is_recovered_and_still_a_creation(
    gateway: MemoryGateway, processed: bool
) -> None:
    gateway.on("create", Uncertain("connection broke"), processed=processed)
    result = config(gateway, DOCUMENT)
    assert not result.get("failed"), result
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]
    assert lines(result) == [("holder ann", "create", "done"), ("phone 101", "create", "done")]
    assert config(gateway, DOCUMENT)["changed"] is False


@pytest.mark.parametrize("processed", [True, False])
def test_a_lost_answer_of_the_late_part_is_recovered_or_told(gateway: MemoryGateway, processed: bool) -> None:
    gateway.on("update", Uncertain("connection broke"), processed=processed)
    result = config(gateway, DOCUMENT)
    assert result["changed"] is True
    assert not result.get("failed"), result
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]


def test_the_late_part_is_planned_on_what_is_there_by_then(gateway: MemoryGateway) -> None:
    """The server gave the phone to its holder by itself: nothing is left to do."""

    def assign() -> None:
        gateway.objects["holder", ("ann",)].values["phones"] = [RING]

    gateway.on("create")
    gateway.on("create", before=assign)
    result = config(gateway, DOCUMENT)
    assert _writes(gateway) == [("create", "ann"), ("create", "101")]
    assert lines(result) == [("holder ann", "create", "done"), ("phone 101", "create", "done")]


def test_a_late_part_that_the_server_does_not_tell_is_sent_all_the_same(gateway: MemoryGateway) -> None:
    """It belongs to a new object, so it is sent like everything else of it, and is unverified."""
    gateway.hidden = {"phones"}
    result = config(gateway, DOCUMENT)
    assert not result.get("failed"), result
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]
    assert result["results"][0]["unverified"] == ["phones"]


@pytest.mark.parametrize("ignored", [True, False])
def test_the_reply_to_the_late_part_is_the_last_word(gateway: MemoryGateway, ignored: bool) -> None:
    """The reply to the first part shows a holder without phones, which is no wish that did not stick."""
    gateway.replies_whole = True
    gateway.ignored = {"phones"} if ignored else set()
    result = config(gateway, DOCUMENT)
    assert result.get("failed", False) is ignored
    assert lines(result)[0] == ("holder ann", "create", "failed" if ignored else "done")


def test_the_late_part_is_nothing_but_the_late_fields(gateway: MemoryGateway) -> None:
    """What was sent with the first part is not sent again, even if the server does not tell that it has it."""
    gateway.hidden = {"motto"}
    config(gateway, {**DOCUMENT, "holders": [{**DOCUMENT["holders"][0], "motto": "x"}]})
    assert gateway.sent[0] == {"name": "ann", "motto": "x"}
    assert gateway.sent[2] == {"phones": [RING]}


def test_settings_that_the_server_does_not_tell_are_sent_with_the_late_part(gateway: MemoryGateway) -> None:
    """The server gave the phone to its holder by itself, with settings of its own that it does not tell."""

    def assign() -> None:
        gateway.objects["holder", ("ann",)].values["phones"] = [{"number": "101", "ring": False}]

    gateway.hidden = {"phones.ring"}
    gateway.on("create")
    gateway.on("create", before=assign)
    result = config(gateway, DOCUMENT)
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]
    assert result["results"][0]["unverified"] == ["phones[101].ring"]


def test_an_object_that_vanishes_before_its_late_part_is_made_anew(gateway: MemoryGateway) -> None:
    def vanish() -> None:
        del gateway.objects["holder", ("ann",)]

    gateway.strict = False
    gateway.on("create")
    gateway.on("create", before=vanish)
    result = config(gateway, DOCUMENT)
    assert not result.get("failed"), result
    assert (gateway.held(HOLDER, "ann") or {})["phones"] == [RING]


def test_when_the_object_cannot_be_read_for_its_late_part_that_is_told(gateway: MemoryGateway) -> None:
    gateway.on("read", Unreachable("no route"))
    result = config(gateway, DOCUMENT)
    assert result["failed"]
    assert result["changed"] is True
    assert lines(result)[0] == ("holder ann", "create", "failed")
    assert "no route" in result["msg"]


def test_a_late_part_that_does_not_stick_is_found_out(gateway: MemoryGateway) -> None:
    gateway.ignored = {"phones"}
    result = config(gateway, DOCUMENT)
    assert result["failed"]
    assert "holder ann" in result["msg"]
    assert "for: phones" in result["msg"]
