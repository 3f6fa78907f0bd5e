# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor when a write goes wrong: unknown fate, others who were faster, refusals. Nothing twice, nothing hidden.

``written`` becomes the task's ``changed``: true only when this task did, or may have done, something.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    Conflict,
    NotFound,
    PostmasterError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.result import Result
from tests.unit.core.carrying_out import ANN, BOB, TOGETHER, run, told
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import PERSON, TOWN, new_person, no_person, person

WISHES: dict[str, Wish] = {
    "create": new_person("ann", full_name="Ann"),
    "update": person("bob", full_name="Bobby", tags=[]),
    "delete": no_person("bob"),
}
EVERY_WRITE = pytest.mark.parametrize("call", WISHES)


@pytest.fixture(params=TOGETHER)
def gateway(request: pytest.FixtureRequest) -> MemoryGateway:
    found = MemoryGateway(together=request.param)
    found.put(PERSON, address=BOB, full_name="Bob", tags=["a"])
    return found


def _only(results: list[Result]) -> Result:
    (result,) = results
    return result


def _assert_done(gateway: MemoryGateway, call: str) -> None:
    if call == "create":
        assert (gateway.held(PERSON, ANN) or {})["full_name"] == "Ann"
        assert len(gateway.objects) == 2
    elif call == "update":
        assert (gateway.held(PERSON, BOB) or {})["full_name"] == "Bobby"
    else:
        assert gateway.held(PERSON, BOB) is None


# Unknown fate.


@EVERY_WRITE
def test_unknown_fate_of_a_write_that_was_processed(gateway: MemoryGateway, call: str) -> None:
    gateway.on(call, Uncertain("connection broke"), processed=True)
    assert told(run(gateway, WISHES[call])) == [("done", True)]
    assert gateway.count(call) == 1
    _assert_done(gateway, call)


@EVERY_WRITE
def test_unknown_fate_of_a_write_that_was_not_processed(gateway: MemoryGateway, call: str) -> None:
    gateway.on(call, Uncertain("connection broke"))
    assert told(run(gateway, WISHES[call])) == [("done", True)]
    assert gateway.count(call) == 2
    assert [name for name, _label in gateway.calls[:3]] == [call, "read", call]
    _assert_done(gateway, call)


@EVERY_WRITE
def test_a_write_is_tried_twice_at_most(gateway: MemoryGateway, call: str) -> None:
    for _attempt in range(3):
        gateway.on(call, Uncertain("connection broke"))
    result = _only(run(gateway, WISHES[call]))
    assert (result.status, result.written) == ("failed", False), "it was read twice that nothing was done"
    assert isinstance(result.error, Uncertain)
    assert gateway.count(call) == 2


@EVERY_WRITE
def test_the_second_attempt_that_was_processed_unseen_is_done(gateway: MemoryGateway, call: str) -> None:
    gateway.on(call, Uncertain("connection broke"))
    gateway.on(call, Uncertain("connection broke"), processed=True)
    assert told(run(gateway, WISHES[call])) == [("done", True)]
    assert gateway.count(call) == 2
    _assert_done(gateway, call)


@EVERY_WRITE
def test_when_it_cannot_be_found_out_the_error_says_so_and_a_change_is_not_denied(
    gateway: MemoryGateway, call: str
) -> None:
    gateway.on("read")
    gateway.on("read", Unreachable("no route"))
    gateway.on(call, Uncertain("connection broke"), processed=True)
    result = _only(run(gateway, WISHES[call]))
    assert (result.status, result.written) == ("failed", True)
    assert result.error is not None
    assert "connection broke; whether it was carried out could not be found out: no route" in result.error.message
    assert result.error.retryable
    assert gateway.count(call) == 1


def test_the_late_processing_of_a_lost_write_is_ours(gateway: MemoryGateway) -> None:
    """The lost request arrives while its repetition is on the way: the server says "exists", and it is our object."""

    def arrives_late() -> None:
        gateway.put(PERSON, address=ANN, full_name="Ann", enabled=True, tags=[], days="never", quota="unlimited")

    gateway.on("create", Uncertain("connection broke"))
    gateway.on("create", before=arrives_late)
    assert told(run(gateway, WISHES["create"])) == [("done", True)]
    assert gateway.count("create") == 2


@EVERY_WRITE
def test_unknown_fate_after_a_part_was_done_is_finished(gateway: MemoryGateway, call: str) -> None:
    """What is left to do is planned anew: an update sends only what is missing, a half-made object is completed."""

    def partly() -> None:
        if call == "create":
            gateway.put(PERSON, address=ANN, full_name="", enabled=True)
        elif call == "update":
            gateway.objects["person", (BOB,)].values["tags"] = []

    gateway.on(call, Uncertain("connection broke"), before=partly)
    assert told(run(gateway, WISHES[call])) == [("done", True)]
    _assert_done(gateway, call)
    if call != "delete":
        assert gateway.sent[-1] == {"full_name": "Ann" if call == "create" else "Bobby"}


def test_a_part_that_a_lost_write_left_behind_is_told_when_the_rest_is_refused(gateway: MemoryGateway) -> None:
    def partly() -> None:
        gateway.objects["person", (BOB,)].values["tags"] = []

    gateway.on("update", Uncertain("connection broke"), before=partly)
    gateway.on("update", ServerRefusal("no", code=400))
    result = _only(run(gateway, WISHES["update"]))
    assert (result.status, result.written) == ("failed", True)


@EVERY_WRITE
def test_a_second_attempt_that_never_arrives_wrote_nothing(gateway: MemoryGateway, call: str) -> None:
    gateway.on(call, Uncertain("connection broke"))
    gateway.on(call, Unreachable("no route"))
    result = _only(run(gateway, WISHES[call]))
    assert (result.status, result.written) == ("failed", False)
    assert isinstance(result.error, Unreachable)


# Others were faster.


def test_what_somebody_else_made_meanwhile_is_adopted(gateway: MemoryGateway) -> None:
    gateway.on("create", before=lambda: gateway.put(PERSON, address=ANN, full_name="Theirs", tags=["theirs"]) and None)
    result = _only(run(gateway, WISHES["create"]))
    assert (result.status, result.written, result.error) == ("done", True, None)
    assert gateway.sent == [{"full_name": "Ann"}]
    held = gateway.held(PERSON, ANN)
    assert held is not None
    assert (held["full_name"], held["tags"]) == ("Ann", ["theirs"]), "fields that we do not manage stay theirs"


def test_the_result_of_an_adoption_tells_what_was_done(gateway: MemoryGateway) -> None:
    gateway.on("create", before=lambda: gateway.put(PERSON, address=ANN, full_name="Theirs") and None)
    result = _only(run(gateway, WISHES["create"]))
    assert (result.step.action, result.step.changed_fields) == ("update", ["full_name"])


def test_what_somebody_else_made_as_we_wish_is_no_change_of_ours(gateway: MemoryGateway) -> None:
    gateway.on("create", before=lambda: gateway.put(PERSON, address=ANN, full_name="Ann", tags=["theirs"]) and None)
    result = _only(run(gateway, WISHES["create"]))
    assert (result.status, result.written, result.error) == ("done", False, None)
    assert result.step.action == "none"
    assert gateway.sent == []


def test_an_object_that_vanished_before_its_update_is_made_again(gateway: MemoryGateway) -> None:
    gateway.on("update", before=gateway.objects.clear)
    result = _only(run(gateway, new_person("bob", full_name="Bobby")))
    assert (result.status, result.written, result.error) == ("done", True, None)
    assert result.step.action == "create"
    assert (gateway.held(PERSON, BOB) or {})["full_name"] == "Bobby"
    assert (gateway.held(PERSON, BOB) or {})["quota"] == "unlimited"


def test_an_object_that_vanished_and_cannot_be_made_again_is_a_failure(gateway: MemoryGateway) -> None:
    gateway.on("update", before=gateway.objects.clear)
    result = _only(run(gateway, person("bob", full_name="Bobby")))
    assert (result.status, result.written) == ("failed", False)
    assert isinstance(result.error, NotFound)


def test_a_deletion_that_somebody_else_did_is_no_change_of_ours(gateway: MemoryGateway) -> None:
    gateway.on("delete", before=gateway.objects.clear)
    assert told(run(gateway, no_person("bob"))) == [("done", False)]


def test_somebody_who_undoes_everything_is_not_fought_forever(gateway: MemoryGateway) -> None:
    for _attempt in range(5):
        gateway.on("create", Conflict("exists", code=409))
    result = _only(run(gateway, WISHES["create"]))
    assert (result.status, result.written) == ("failed", False)
    assert isinstance(result.error, Conflict)
    assert gateway.count("create") == 1, "the server says that it exists, the list says that it does not: no use"


# Refusals.


@EVERY_WRITE
def test_a_refusal_is_a_failure_and_not_tried_again(gateway: MemoryGateway, call: str) -> None:
    gateway.on(call, ServerRefusal("no", code=400))
    result = _only(run(gateway, WISHES[call]))
    assert (result.status, result.written) == ("failed", False)
    assert result.error is not None
    assert result.error.code == 400
    assert gateway.count(call) == 1


@EVERY_WRITE
def test_a_refusal_that_cannot_be_looked_into_is_still_the_refusal(gateway: MemoryGateway, call: str) -> None:
    gateway.on("read")
    gateway.on("read", Unreachable("no route"))
    gateway.on(call, ServerRefusal("no", code=400))
    result = _only(run(gateway, WISHES[call]))
    assert result.error is not None
    assert result.error.code == 400
    assert (result.status, result.written) == ("failed", False)


def test_an_adoption_that_is_refused_wrote_nothing(gateway: MemoryGateway) -> None:
    gateway.on("create", before=lambda: gateway.put(PERSON, address=ANN, full_name="Theirs") and None)
    gateway.on("update", ServerRefusal("no", code=400))
    result = _only(run(gateway, WISHES["create"]))
    assert result.error is not None
    assert result.error.code == 400
    assert (result.status, result.written) == ("failed", False)


def _partly(error: PostmasterError) -> PostmasterError:
    error.partly_written = True
    return error


@pytest.mark.parametrize("make", [ServerRefusal, Unreachable])
def test_a_refusal_after_a_part_was_written_is_an_honest_failure(
    gateway: MemoryGateway, make: Callable[..., PostmasterError]
) -> None:
    def half() -> None:
        gateway.objects["person", (BOB,)].values["tags"] = []

    gateway.on("update", _partly(make("the second half was refused", code=400)), before=half)
    gateway.on("update", ServerRefusal("again", code=400))
    result = _only(run(gateway, WISHES["update"]))
    assert (result.status, result.written) == ("failed", True)


def test_a_refusal_whose_wishes_all_came_true_is_a_change(gateway: MemoryGateway) -> None:
    """A server that grumbles about one half and has done everything: we changed it, so we say so."""
    gateway.on("update", _partly(ServerRefusal("half of it", code=400)), processed=True)
    assert told(run(gateway, WISHES["update"])) == [("done", True)]
    assert gateway.count("update") == 1


# Several steps.


@EVERY_WRITE
def test_partial_failure_lists_what_was_done_failed_and_not_done(gateway: MemoryGateway, call: str) -> None:
    gateway.put(PERSON, address="eve@example.com", full_name="")
    gateway.on(call, ServerRefusal("no", code=400))
    # Nothing of this goes together.
    wishes: list[Any] = [person("eve", full_name="Eve"), WISHES[call], Wish(TOWN, {"name": "new.example"})]
    if call == "update":
        gateway.on("update", ServerRefusal("no", code=400))
        wishes[0] = new_person("dan")
    results = run(gateway, *wishes)
    assert told(results) == [("done", True), ("failed", False), ("not_done", False)]
    assert gateway.held(TOWN, "new.example") is None
    assert results[1].error is not None
    assert results[1].error.failure() == {
        "system": None,
        "method": None,
        "code": 400,
        "message": "no",
        "object": results[1].step.name,
        "retryable": False,
    }


def test_a_re_run_finishes_the_rest(gateway: MemoryGateway) -> None:
    wishes = [new_person("ann"), person("bob", full_name="Bobby"), new_person("zoe")]
    gateway.on("update", ServerRefusal("no"))
    assert told(run(gateway, *wishes)) == [("done", True), ("failed", False), ("not_done", False)]
    assert told(run(gateway, *wishes)) == [("done", False), ("done", True), ("done", True)]
    assert told(run(gateway, *wishes)) == [("done", False)] * 3
