# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection that breaks during a request about many objects: carried out, half carried out or not, and whether the
server comes back or not. What can be found out is found out; a server that is gone is not asked object by object."""

from __future__ import annotations

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.attempt import MAX_AGE_SECONDS
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    Conflict,
    LoginRefused,
    NotFound,
    PostmasterError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from tests.unit.core.carrying_out import (
    DONE,
    FAILED,
    LEFT,
    LETTERS,
    NEEDLESS,
    PERHAPS,
    alike,
    carry_out,
    is_done,
    run,
    told,
)
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.mishaps import FOR_EVER
from tests.unit.core.samples import PERSON, new_person, person
from tests.unit.core.tasks import config, lines

EVERY_ACTION = pytest.mark.parametrize("action", ["create", "update", "delete"])
HOW_MUCH = pytest.mark.parametrize("processed", [0, 1, 3, 5])
# Few enough for any number of objects: a read and a write again, or two.
A_FEW = 3


@pytest.fixture(params=[False, True])
def gateway(request: pytest.FixtureRequest) -> MemoryGateway:
    found = MemoryGateway(together=5)
    found.mishaps.backwards = request.param
    return found


@pytest.fixture(params=[True, False])
def go_on(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


# The server comes back.


@EVERY_ACTION
@HOW_MUCH
def test_what_the_request_left_undone_is_done_and_nothing_twice(
    gateway: MemoryGateway, action: str, processed: int
) -> None:
    wishes = alike(gateway, action, 7)
    gateway.mishaps.lose(request=0, processed=processed)
    results = carry_out(gateway, *wishes)
    assert told(results) == [DONE] * 7
    assert [result.step.action for result in results] == [action] * 7
    assert gateway.requests == [5, *[1] * (5 - processed), 2]
    assert all(is_done(gateway, action, letter) for letter in LETTERS[:7])
    assert len(gateway.effects) == 7
    assert gateway.idle == []
    assert [call for call, _label in gateway.calls if call.startswith("read")] == ["read_some"]


def test_what_cannot_be_read_together_is_read_one_by_one(gateway: MemoryGateway) -> None:
    gateway.mishaps.lose(request=0, processed=2)
    gateway.on("read_some", ServerRefusal("not together"))
    assert told(carry_out(gateway, *alike(gateway, "create", 5))) == [DONE] * 5
    assert gateway.count("read") == 5
    assert len(gateway.effects) == 5


def test_a_server_that_goes_while_each_is_read_is_not_asked_for_the_rest(gateway: MemoryGateway) -> None:
    gateway.mishaps.lose(request=0, processed=5)

    def go() -> None:
        gateway.on("read_some", ServerRefusal("not together"))
        gateway.on("read", about="b@example.com", before=gateway.mishaps.vanish)

    results = carry_out(gateway, *alike(gateway, "create", 5), go_on=True, meanwhile=go)
    assert told(results) == [DONE, DONE, PERHAPS, PERHAPS, PERHAPS]
    assert gateway.mishaps.in_vain == 1


def test_what_is_sent_again_alone_late_is_read_again_first(gateway: MemoryGateway) -> None:
    """What was read of all after the loss may be too old by the time that the last one is sent again (contract, 11)."""
    for letter in "abcde":
        gateway.put(PERSON, address=f"{letter}@example.com", forwarding={"mode": "none", "targets": []})
    gateway.mishaps.lose(request=0)

    def slow() -> None:
        gateway.clock.now += MAX_AGE_SECONDS / 3
        gateway.objects["person", ("e@example.com",)].values["forwarding"] = {"mode": "none", "targets": ["theirs"]}

    def set_up() -> None:
        for letter in "abcd":
            gateway.on("update", before=slow, about=f"{letter}@example.com")

    wishes = [person(letter, forwarding={"mode": "copy"}) for letter in "abcde"]
    results = carry_out(gateway, *wishes, meanwhile=set_up)
    assert told(results) == [DONE] * 5
    assert (gateway.held(PERSON, "e@example.com") or {})["forwarding"] == {"mode": "copy", "targets": ["theirs"]}


@pytest.mark.parametrize("processed", [0, 2, 5])
def test_a_request_of_second_calls_may_get_lost_as_well(gateway: MemoryGateway, processed: int) -> None:
    gateway.apart = frozenset({"tags"})
    gateway.filled_in = {"tags": []}
    gateway.mishaps.lose(request=1, processed=processed)
    assert told(carry_out(gateway, *alike(gateway, "create", 5, tags=["x"]))) == [DONE] * 5
    assert [held.values["tags"] for held in gateway.objects.values()] == [["x"]] * 5
    assert gateway.idle == []
    assert sum(call == "create" for call, _name in gateway.effects) == 5


def test_a_server_that_goes_on_with_a_lost_request_makes_nothing_twice(gateway: MemoryGateway) -> None:
    """It was busy with it for longer than we waited: while we send the first ones again, all of them come about."""

    def arrive_late() -> None:
        for letter in "abcde":
            if gateway.held(PERSON, f"{letter}@example.com") is None:
                gateway.put(PERSON, address=f"{letter}@example.com", full_name="new", enabled=True, tags=[])

    gateway.mishaps.lose(request=0)
    gateway.on("create", before=arrive_late, about="b@example.com")
    results = carry_out(gateway, *alike(gateway, "create", 5, full_name="new"))
    assert told(results) == [DONE] * 5
    assert [result.step.action for result in results] == ["create"] * 5
    assert gateway.effects == [("create", "person a@example.com")]
    assert len(gateway.objects) == 5


def test_two_requests_in_a_row(gateway: MemoryGateway) -> None:
    """The first of those that are sent again alone is lost as well, after it was carried out."""
    gateway.mishaps.lose(request=0)
    gateway.mishaps.lose(request=1, processed=1)
    assert told(carry_out(gateway, *alike(gateway, "create", 4))) == [DONE] * 4
    assert gateway.requests == [4, 1, 1, 1, 1]
    assert len(gateway.effects) == 4


def test_what_is_lost_twice_and_was_not_done_failed(gateway: MemoryGateway, go_on: bool) -> None:
    """Each by itself: the others are found out as well."""
    gateway.mishaps.lose(request=0)
    gateway.mishaps.lose(request=1)
    results = carry_out(gateway, *alike(gateway, "create", 6), go_on=go_on)
    assert told(results) == [FAILED, DONE, DONE, DONE, DONE, DONE if go_on else LEFT]
    assert isinstance(results[0].error, Uncertain)


def test_what_is_refused_after_the_request_was_lost(gateway: MemoryGateway) -> None:
    gateway.mishaps.lose(request=0)
    gateway.on("create", ServerRefusal("no"), about="b@example.com")
    results = carry_out(gateway, *alike(gateway, "create", 3))
    assert told(results) == [DONE, FAILED, DONE]
    assert str(results[1].error) == "no"


def test_what_others_did_meanwhile_is_not_undone(gateway: MemoryGateway) -> None:
    wishes = alike(gateway, "update", 3)
    gateway.mishaps.lose(request=0, processed=1)

    def theirs() -> None:
        gateway.objects["person", ("b@example.com",)].values["tags"] = ["theirs"]

    gateway.on("update", before=theirs)
    assert told(carry_out(gateway, *wishes)) == [DONE] * 3
    assert gateway.objects["person", ("b@example.com",)].values["tags"] == ["theirs"]
    assert is_done(gateway, "update", "b")


# The server stays away.


@EVERY_ACTION
@HOW_MUCH
def test_what_cannot_be_found_out_is_told_as_perhaps_done(
    gateway: MemoryGateway, action: str, processed: int, go_on: bool
) -> None:
    wishes = alike(gateway, action, 7)
    gateway.mishaps.lose(request=0, processed=processed, gone=FOR_EVER)
    results = carry_out(gateway, *wishes, go_on=go_on)
    assert told(results) == [PERHAPS] * 5 + [LEFT] * 2
    assert gateway.requests == [5]
    assert 0 < gateway.mishaps.in_vain <= A_FEW
    errors = [result.error for result in results[:5] if result.error is not None]
    assert [error.object for error in errors] == [f"person {letter}@example.com" for letter in "abcde"]
    assert all(error.retryable and "connection broke" in error.message for error in errors)
    assert "could not be found out: no route" in errors[0].message
    gateway.mishaps.end()
    again = carry_out(gateway, *wishes)
    assert sum(result.written for result in again) == 7 - processed
    assert told(carry_out(gateway, *wishes)) == [NEEDLESS] * 7
    assert len(gateway.effects) == 7
    assert gateway.idle == []


@EVERY_ACTION
def test_a_request_that_never_arrived_was_not_made(gateway: MemoryGateway, action: str, go_on: bool) -> None:
    """The first one is told as the failure, of the others nothing happened."""
    results = carry_out(gateway, *alike(gateway, action, 7), go_on=go_on, meanwhile=gateway.mishaps.vanish)
    assert told(results) == [FAILED] + [LEFT] * 6
    assert isinstance(results[0].error, Unreachable)
    assert gateway.mishaps.in_vain == 1
    assert gateway.effects == []


def test_what_reached_nobody_with_its_second_call_was_done_in_part(gateway: MemoryGateway, go_on: bool) -> None:
    """The objects are there without their tags, which is not denied, and a re-run completes them."""
    gateway.apart = frozenset({"tags"})
    gateway.filled_in = {"tags": []}
    last = "a" if gateway.mishaps.backwards else "e"
    gateway.on("create", before=gateway.mishaps.vanish, about=f"{last}@example.com")
    wishes = alike(gateway, "create", 6, tags=["x"])
    results = carry_out(gateway, *wishes, go_on=go_on)
    assert told(results) == [PERHAPS] * 5 + [LEFT]
    errors = [result.error for result in results if isinstance(result.error, Unreachable)]
    assert [error.object for error in errors] == [f"person {letter}@example.com" for letter in "abcde"]
    assert gateway.mishaps.in_vain == 1
    gateway.mishaps.end()
    assert told(carry_out(gateway, *wishes)) == [DONE] * 6
    assert sum(call == "create" for call, _name in gateway.effects) == 6
    assert gateway.idle == []


@pytest.mark.parametrize("back_after", [1, 2, 3])
def test_a_server_that_comes_back_too_late_is_not_needed_twice(gateway: MemoryGateway, back_after: int) -> None:
    """Nothing more is tried after the first call in vain, whether or not the next one would arrive."""
    wishes = alike(gateway, "create", 6)
    gateway.mishaps.lose(request=0, processed=2, gone=back_after)
    results = carry_out(gateway, *wishes)
    assert told(results) == [PERHAPS] * 5 + [LEFT]
    assert gateway.mishaps.in_vain == 1


@EVERY_ACTION
def test_a_server_that_goes_when_something_is_sent_again_alone(gateway: MemoryGateway, action: str) -> None:
    """The first one is known not to have been done, of the others nothing is known."""

    def go_after_a_read() -> None:
        gateway.on("read_some", before=gateway.mishaps.vanish)

    gateway.mishaps.lose(request=0)
    results = carry_out(gateway, *alike(gateway, action, 5), go_on=True, meanwhile=go_after_a_read)
    assert told(results) == [FAILED, *[PERHAPS] * 4]
    assert isinstance(results[0].error, Unreachable)
    assert gateway.mishaps.in_vain <= A_FEW
    assert gateway.effects == []


@EVERY_ACTION
@pytest.mark.parametrize("kind", [ServerRefusal, Conflict, NotFound])
def test_what_was_refused_is_not_looked_into_one_by_one_when_the_server_is_gone(
    gateway: MemoryGateway, action: str, kind: type[PostmasterError], go_on: bool
) -> None:
    """All were refused together; then the server is gone. Each is told as refused, and the run ends."""
    wishes = alike(gateway, action, 6)
    for letter in "abcde":
        last = letter == ("a" if gateway.mishaps.backwards else "e")
        gateway.on(
            action,
            kind("no", code=400),
            about=f"{letter}@example.com",
            before=gateway.mishaps.vanish if last else None,
        )
    results = carry_out(gateway, *wishes, go_on=go_on)
    assert told(results) == [FAILED] * 5 + [LEFT]
    assert [result.error.code for result in results if result.error is not None] == [400] * 5
    assert gateway.mishaps.in_vain <= A_FEW
    assert gateway.requests == [5]


def test_a_refused_login_is_not_tried_again_object_by_object(gateway: MemoryGateway) -> None:
    """Servers ban after a few attempts."""

    def log_out() -> None:
        for _each in range(5):
            gateway.on("read_some", LoginRefused("who are you?"))
            gateway.on("read", LoginRefused("who are you?"))

    gateway.mishaps.lose(request=0)
    results = carry_out(gateway, *alike(gateway, "create", 5), go_on=True, meanwhile=log_out)
    assert told(results) == [PERHAPS] * 5
    assert gateway.count("read", "read_some") == 1


# The whole task.


@pytest.mark.parametrize("on_error", ["stop", "continue"])
@pytest.mark.parametrize("processed", [0, 2, 5])
def test_a_document_of_which_the_fate_is_unknown_says_so(gateway: MemoryGateway, processed: int, on_error: str) -> None:
    document = {"towns": [{"name": f"{letter}.example"} for letter in "abcdef"]}
    gateway.mishaps.lose(request=0, processed=processed, gone=FOR_EVER)
    result = config(gateway, document, on_error=on_error)
    assert [status for _name, _action, status in lines(result)] == ["failed"] * 5 + ["not_done"]
    assert (result["failed"], result["changed"]) == (True, True)
    assert result["summary"] == {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 5}
    assert result["failure"]["retryable"] is True
    assert result["failure"]["object"] == "town a.example"
    assert all("connection broke" in line["error"] for line in result["results"][:5])
    gateway.mishaps.end()
    again = config(gateway, document, on_error=on_error)
    assert not again.get("failed"), again
    assert (again["summary"]["created"], again["summary"]["unchanged"]) == (6 - processed, processed)
    assert config(gateway, document, on_error=on_error)["changed"] is False


def test_what_was_done_before_the_connection_was_lost_is_verified_when_it_can_be(gateway: MemoryGateway) -> None:
    """Of the first slice all is told; the second one is lost, and the server comes back for the last look."""
    wishes = [new_person(letter, tags=["x"]) for letter in "abcdefg"]
    gateway.mishaps.lose(request=1, processed=1, gone=1)
    results = run(gateway, *wishes)
    assert told(results) == [DONE] * 5 + [PERHAPS] * 2
    assert all(result.now is not None for result in results[:5])
    assert gateway.held(PERSON, "g@example.com") is None or gateway.mishaps.backwards
