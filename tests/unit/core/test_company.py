# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that fail while others of their slice do not: each is told, counted and tried again by itself."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    AccessDenied,
    Conflict,
    LoginRefused,
    NotFound,
    PostmasterError,
    ProtocolError,
    RateLimited,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import plan
from tests.unit.core.carrying_out import DONE, FAILED, LEFT, NEEDLESS, PERHAPS, alike, carry_out, is_done, run, told
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import PERSON, new_person, no_person, person
from tests.unit.core.sites import PROOF, guest, site, unproven
from tests.unit.core.tasks import config, lines

EVERY_ACTION = pytest.mark.parametrize("action", ["create", "update", "delete"])
B = "b@example.com"


@pytest.fixture
def gateway() -> MemoryGateway:
    return MemoryGateway(together=3)


@pytest.fixture(params=[True, False])
def go_on(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def _writes(gateway: MemoryGateway) -> list[tuple[str, str]]:
    return [(call, label) for call, label in gateway.calls if not call.startswith("read")]


# Refused.


@EVERY_ACTION
def test_what_is_refused_in_company_and_not_alone_is_done(gateway: MemoryGateway, action: str, go_on: bool) -> None:
    wishes = alike(gateway, action, 5)
    gateway.on(action, ServerRefusal("not now"), about=B)
    results = carry_out(gateway, *wishes, go_on=go_on)
    assert told(results) == [DONE] * 5
    assert all(result.error is None for result in results)
    assert gateway.requests == [3, 1, 2]
    assert sorted(gateway.effects) == [(action, f"person {letter}@example.com") for letter in "abcde"]
    assert gateway.count("read") == 1, "only what was refused is read again"


@EVERY_ACTION
def test_what_is_refused_alone_too_failed_and_the_others_did_not(
    gateway: MemoryGateway, action: str, go_on: bool
) -> None:
    """A slice is tried as a whole; what comes after it is left, unless the task goes on."""
    wishes = alike(gateway, action, 5)
    gateway.on(action, ServerRefusal("first"), about=B)
    gateway.on(action, ServerRefusal("second"), about=B)
    results = carry_out(gateway, *wishes, go_on=go_on)
    assert told(results) == [DONE, FAILED, DONE, *([DONE, DONE] if go_on else [LEFT, LEFT])]
    assert results[1].error is not None
    assert (results[1].error.message, results[1].error.object) == ("second", f"person {B}")
    assert gateway.requests == [3, 1, *([2] if go_on else [])]
    assert not is_done(gateway, action, "b")
    again = carry_out(gateway, *wishes)
    assert told(again) == [NEEDLESS, DONE, NEEDLESS, *([NEEDLESS, NEEDLESS] if go_on else [DONE, DONE])]
    assert len(gateway.effects) == 5


def test_what_failed_is_not_tried_a_third_time(gateway: MemoryGateway) -> None:
    for _each in range(9):
        gateway.on("create", ServerRefusal("no"), about=B)
    carry_out(gateway, *alike(gateway, "create", 3))
    assert _writes(gateway).count(("create", B)) == 2


def test_alone_it_is_tried_once() -> None:
    """A slice of one is no company."""
    gateway = MemoryGateway(together=3)
    gateway.on("create", ServerRefusal("no"), about="a@example.com")
    assert told(carry_out(gateway, new_person("a"))) == [FAILED]
    assert gateway.requests == [1]


def test_every_object_has_its_own_error(gateway: MemoryGateway) -> None:
    for letter in "abc":
        for attempt in (1, 2):
            gateway.on("create", ServerRefusal(f"{letter}{attempt}", code=attempt), about=f"{letter}@example.com")
    results = carry_out(gateway, *alike(gateway, "create", 3), go_on=True)
    assert told(results) == [FAILED] * 3
    errors = [result.error for result in results if result.error is not None]
    assert [(error.message, error.object) for error in errors] == [
        (f"{letter}2", f"person {letter}@example.com") for letter in "abc"
    ]


@pytest.mark.parametrize(("is_alone_refused", "expected"), [(True, FAILED), (False, DONE)])
def test_after_a_failure_no_more_is_tried_alone_unless_the_task_goes_on(
    gateway: MemoryGateway, go_on: bool, is_alone_refused: bool, expected: tuple[str, bool]
) -> None:
    """The first failure ends it: of what was refused in company after it, the first refusal is told."""
    for letter in "ac":
        gateway.on("create", ServerRefusal("in company"), about=f"{letter}@example.com")
    if is_alone_refused:
        gateway.on("create", ServerRefusal("alone"), about="a@example.com")
    results = carry_out(gateway, *alike(gateway, "create", 3), go_on=go_on)
    ends = is_alone_refused and not go_on
    assert told(results) == [expected, DONE, FAILED if ends else DONE]
    assert gateway.requests == [3, 1] if ends else [3, 1, 1]
    assert gateway.count("read_some") == 1, "what was refused is read together"
    if ends:
        assert str(results[2].error) == "in company"


def test_half_of_what_was_refused_is_told(gateway: MemoryGateway) -> None:
    """Some servers carry out half of what they refuse."""
    wishes = alike(gateway, "update", 3, tags=["new"])

    def half() -> None:
        gateway.objects["person", (B,)].values["tags"] = ["new"]

    gateway.on("update", ServerRefusal("no"), about=B, before=half)
    gateway.on("update", ServerRefusal("no"), about=B)
    assert told(carry_out(gateway, *wishes)) == [DONE, PERHAPS, DONE]


def test_alone_only_what_is_left_is_sent(gateway: MemoryGateway) -> None:
    wishes = alike(gateway, "update", 3, tags=["new"])

    def half() -> None:
        gateway.objects["person", (B,)].values["tags"] = ["new"]

    gateway.on("update", ServerRefusal("no"), about=B, before=half)
    assert told(carry_out(gateway, *wishes)) == [DONE] * 3
    assert gateway.sent[-1] == {"full_name": "b after"}


@pytest.mark.parametrize("refused", ["update", "more"])
def test_changes_of_two_calls_fail_on_their_own(gateway: MemoryGateway, refused: str) -> None:
    """What was refused first has no second call; what was refused second was carried out in part."""
    gateway.apart = frozenset({"tags"})
    wishes = alike(gateway, "update", 3, tags=["new"])
    for _each in range(2):
        gateway.on(refused, ServerRefusal("no"), about=B)
    results = carry_out(gateway, *wishes)
    assert told(results) == [DONE, PERHAPS if refused == "more" else FAILED, DONE]
    assert gateway.requests[:2] == [3, 2 if refused == "update" else 3]
    assert told(carry_out(gateway, *wishes)) == [NEEDLESS, DONE, NEEDLESS]
    assert gateway.idle == []


def test_a_creation_whose_second_call_is_refused_is_completed_alone(gateway: MemoryGateway) -> None:
    gateway.apart = frozenset({"tags"})
    gateway.filled_in = {"tags": []}
    gateway.on("more", ServerRefusal("not yet"), about=B)
    results = carry_out(gateway, *alike(gateway, "create", 3, tags=["new"]))
    assert told(results) == [DONE] * 3
    assert gateway.effects.count(("create", f"person {B}")) == 1
    assert (gateway.held(PERSON, B) or {})["tags"] == ["new"]


# What others did.


def test_what_somebody_else_made_is_adopted(gateway: MemoryGateway) -> None:
    gateway.on("create", about=B, before=lambda: gateway.put(PERSON, address=B, full_name="Theirs", tags=["theirs"]))
    wishes = [new_person("a"), new_person("b", full_name="Ours"), new_person("c")]
    results = carry_out(gateway, *wishes)
    assert told(results) == [DONE] * 3
    assert [result.step.action for result in results] == ["create", "update", "create"]
    held = gateway.held(PERSON, B) or {}
    assert (held["full_name"], held["tags"]) == ("Ours", ["theirs"])


def test_what_somebody_else_made_as_we_wish_is_no_change_of_ours(gateway: MemoryGateway) -> None:
    gateway.on("create", about=B, before=lambda: gateway.put(PERSON, address=B, full_name="Ours"))
    results = carry_out(gateway, new_person("a"), new_person("b", full_name="Ours"), new_person("c"))
    assert told(results) == [DONE, NEEDLESS, DONE]
    assert results[1].step.action == "none"


def test_an_eternal_conflict_is_a_failure_after_two_attempts(gateway: MemoryGateway) -> None:
    for _each in range(5):
        gateway.on("create", Conflict("exists", code=409), about=B)
    assert told(carry_out(gateway, *alike(gateway, "create", 3))) == [DONE, FAILED, DONE]
    assert _writes(gateway).count(("create", B)) == 2


def test_what_vanished_is_made_again(gateway: MemoryGateway) -> None:
    alike(gateway, "update", 3)
    gateway.on("update", about=B, before=lambda: gateway.objects.pop(("person", (B,))))
    results = carry_out(gateway, person("a", full_name="A"), new_person("b", full_name="B"), person("c", full_name="C"))
    assert told(results) == [DONE] * 3
    assert [result.step.action for result in results] == ["update", "create", "update"]


def test_what_vanished_and_cannot_be_made_again_is_a_failure_of_its_own(gateway: MemoryGateway) -> None:
    wishes = alike(gateway, "update", 3)
    gateway.on("update", about=B, before=lambda: gateway.objects.pop(("person", (B,))))
    results = carry_out(gateway, *wishes)
    assert told(results) == [DONE, FAILED, DONE]
    assert isinstance(results[1].error, NotFound)


def test_what_somebody_else_deleted_is_no_change_of_ours(gateway: MemoryGateway) -> None:
    wishes = alike(gateway, "delete", 3)
    gateway.on("delete", about=B, before=lambda: gateway.objects.pop(("person", (B,))))
    results = carry_out(gateway, *wishes)
    assert told(results) == [DONE, NEEDLESS, DONE]
    assert results[1].step.action == "none"


# Not refused, and yet not done.


@EVERY_ACTION
def test_what_is_denied_is_not_tried_again(gateway: MemoryGateway, action: str, go_on: bool) -> None:
    wishes = alike(gateway, action, 4)
    gateway.on(action, AccessDenied("not you"), about=B)
    assert told(carry_out(gateway, *wishes, go_on=go_on)) == [DONE, FAILED, DONE, DONE if go_on else LEFT]
    assert gateway.requests == [3, *([1] if go_on else [])]
    assert gateway.count("read") == 0


@EVERY_ACTION
@pytest.mark.parametrize("processed", [True, False])
def test_one_of_unknown_fate_is_found_out(gateway: MemoryGateway, action: str, processed: bool) -> None:
    """The server answers for the others, and says of one that it does not know."""
    wishes = alike(gateway, action, 3)
    gateway.on(action, Uncertain("internal error"), about=B, processed=processed)
    assert told(carry_out(gateway, *wishes)) == [DONE] * 3
    assert gateway.requests == [3, *([] if processed else [1])]
    assert len(gateway.effects) == 3
    assert gateway.idle == []


@EVERY_ACTION
@pytest.mark.parametrize("kind", [Unreachable, RateLimited, ProtocolError, LoginRefused])
@pytest.mark.parametrize("which", ["a", "b", "c"])
def test_trouble_with_the_connection_ends_everything_and_undoes_nothing(
    gateway: MemoryGateway, action: str, kind: type[PostmasterError], which: str, go_on: bool
) -> None:
    wishes = alike(gateway, action, 4)
    gateway.on(action, kind("trouble"), about=f"{which}@example.com")
    results = carry_out(gateway, *wishes, go_on=go_on)
    assert told(results) == [*(FAILED if letter == which else DONE for letter in "abc"), LEFT]
    assert gateway.requests == [3]
    assert gateway.count("read") == 0


def test_what_is_refused_beside_trouble_with_the_connection_is_told_as_refused(gateway: MemoryGateway) -> None:
    """There is nobody to ask any more, so it is not tried alone."""
    gateway.on("create", Unreachable("no route"), about="a@example.com")
    gateway.on("create", ServerRefusal("not you"), about=B)
    results = carry_out(gateway, *alike(gateway, "create", 4), go_on=True)
    assert told(results) == [FAILED, FAILED, DONE, LEFT]
    assert str(results[1].error) == "not you"
    assert gateway.requests == [3]


# What the server wants first.


@pytest.mark.parametrize("together", [1, 3])
def test_what_is_pending_is_pending_alone(together: int) -> None:
    gateway = MemoryGateway(together=together)
    gateway.on("create", unproven(), about="b.example")
    sites = [site(f"{letter}.example", behaviour={"when_unverified": "pending"}) for letter in "abc"]
    results = carry_out(gateway, *sites)
    assert told(results) == [DONE, ("pending", False), DONE]
    assert results[1].awaits == PROOF
    assert results[0].awaits == {}
    assert gateway.requests == ([3] if together == 3 else [1, 1, 1])


@pytest.mark.parametrize("together", [1, 3])
def test_what_needs_something_pending_is_pending_and_its_neighbours_are_not(together: int) -> None:
    gateway = MemoryGateway(together=together)
    gateway.on("create", unproven(), about="example.com")
    wishes = [site(behaviour={"when_unverified": "pending"}), site("other.example"), guest("a"), guest("b")]
    elsewhere = guest().resource.desire({"address": "c@other.example"})
    steps = [plan(wish, None) for wish in (*wishes, type(wishes[0])(guest().resource, elsewhere))]
    results = execute(steps, gateway, gateway.clock)
    assert [result.status for result in results] == ["pending", "done", "pending", "pending", "done"]
    assert gateway.held(guest().resource, "c@other.example") is not None
    assert gateway.held(guest().resource, "a@example.com") is None


def test_what_is_pending_stays_pending_when_the_connection_is_lost(gateway: MemoryGateway) -> None:
    """The server has said what it wants: that is no failure, whatever became of the others."""
    gateway.on("create", Unreachable("no route"), about="a.example")
    gateway.on("create", unproven(), about="b.example")
    sites = [site(f"{letter}.example", behaviour={"when_unverified": "pending"}) for letter in "ab"]
    results = carry_out(gateway, *sites)
    assert told(results) == [FAILED, ("pending", False)]
    assert results[1].awaits == PROOF


# The whole task.


@pytest.mark.parametrize("together", [1, 4])
@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_the_summary_counts_what_was_done(together: int, on_error: str) -> None:
    """The second of four fails. In company the others are done; one by one, only by a task that goes on."""
    gateway = MemoryGateway(together=together)
    for _each in range(2):
        gateway.on("create", ServerRefusal("no such quota", method="create", code=7), about="b.example")
    document: dict[str, Any] = {"towns": [{"name": f"{letter}.example"} for letter in "abcd"]}
    result = config(gateway, document, on_error=on_error)
    others = "done" if together > 1 or on_error == "continue" else "not_done"
    assert [status for _name, _action, status in lines(result)] == ["done", "failed", others, others]
    done = 3 if others == "done" else 1
    assert result["summary"] == {"created": done, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert (result["changed"], result["failed"]) == (True, True)
    assert result["failure"]["object"] == "town b.example"
    assert f"{done} were made and {3 - done} were not tried" in result["msg"]
    assert [line.get("error") for line in result["results"]] == [None, "no such quota", None, None]
    gateway.mishaps.end()
    again = config(gateway, document, on_error=on_error)
    assert again["summary"] == {"created": 4 - done, "updated": 0, "deleted": 0, "unchanged": done, "failed": 0}


def test_what_was_refused_alone_too_is_no_change(gateway: MemoryGateway) -> None:
    wishes = alike(gateway, "delete", 2)
    for letter in "ab":
        for _each in range(2):
            gateway.on("delete", ServerRefusal("no"), about=f"{letter}@example.com")
    assert told(run(gateway, *wishes)) == [FAILED, FAILED]
    assert gateway.effects == []


def test_deletions_of_company_are_not_counted_twice(gateway: MemoryGateway) -> None:
    alike(gateway, "delete", 3)
    gateway.on("delete", ServerRefusal("not now"), about=B)
    assert told(run(gateway, *(no_person(letter) for letter in "abc"))) == [DONE] * 3
    assert gateway.removals == [{"allow_mail_loss": True}] * 3
