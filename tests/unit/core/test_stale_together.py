# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of a slice that were read too long ago: read again together, or one by one where that fails, and planned."""

from __future__ import annotations

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.attempt import MAX_AGE_SECONDS
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    AccessDenied,
    InvalidOption,
    LoginRefused,
    PostmasterError,
    ProtocolError,
    RateLimited,
    ServerRefusal,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.execute import execute
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import ON_CHANGE, Wish, plan
from tests.unit.core.carrying_out import DONE, FAILED, LEFT, NEEDLESS, alike, carry_out, is_done, planned, told
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import PHONE, phone
from tests.unit.core.samples import PERSON, new_person, person

TOO_LATE = MAX_AGE_SECONDS + 1
B = "b@example.com"


@pytest.fixture
def gateway() -> MemoryGateway:
    return MemoryGateway(together=3)


def _values(gateway: MemoryGateway, letter: str) -> dict[str, object]:
    return gateway.objects["person", (f"{letter}@example.com",)].values


def _forwarding(gateway: MemoryGateway) -> list[Wish]:
    """People whose forwarding, which is written whole, gets another mode."""
    for letter in "abc":
        gateway.put(PERSON, address=f"{letter}@example.com", forwarding={"mode": "none", "targets": []})
    return [person(letter, forwarding={"mode": "copy"}) for letter in "abc"]


# How many calls.


@pytest.mark.parametrize(("later", "reads"), [(MAX_AGE_SECONDS - 1, 0), (TOO_LATE, 1)])
def test_a_slice_is_read_again_by_one_call(gateway: MemoryGateway, later: float, reads: int) -> None:
    assert told(carry_out(gateway, *alike(gateway, "update", 3), later=later)) == [DONE] * 3
    assert gateway.count("read_some") == reads
    assert gateway.count("read", "read_all") == 0
    assert gateway.requests == [3]


def test_each_slice_is_read_when_it_is_its_turn(gateway: MemoryGateway) -> None:
    """What is read again for the first slice is no older than the limit for the second one, or is read again."""
    assert told(carry_out(gateway, *alike(gateway, "update", 5), later=TOO_LATE)) == [DONE] * 5
    calls = [(call, label) for call, label in gateway.calls if call.startswith("read")]
    assert calls == [
        ("read_some", "a@example.com, b@example.com, c@example.com"),
        ("read_some", "d@example.com, e@example.com"),
    ]


def test_one_alone_is_read_by_the_narrowest_call(gateway: MemoryGateway) -> None:
    carry_out(gateway, *alike(gateway, "update", 1), later=TOO_LATE)
    assert [call for call, _label in gateway.calls] == ["read", "update"]


@pytest.mark.parametrize("action", ["create", "delete"])
def test_only_changes_are_read_again(gateway: MemoryGateway, action: str) -> None:
    """What is made or deleted is not written whole over what others wrote."""
    assert told(carry_out(gateway, *alike(gateway, action, 3), later=TOO_LATE)) == [DONE] * 3
    assert gateway.count("read", "read_some") == 0


def test_only_what_is_too_old_is_read_again(gateway: MemoryGateway) -> None:
    wishes = alike(gateway, "update", 3)
    old = planned(gateway, *wishes[:2])
    gateway.clock.now += TOO_LATE
    young = planned(gateway, wishes[2])
    gateway.calls.clear()
    assert told(execute([*old, *young], gateway, gateway.clock)) == [DONE] * 3
    assert gateway.calls[0] == ("read_some", "a@example.com, b@example.com")
    assert gateway.requests == [3]


def test_what_is_named_by_something_else_than_its_key_is_found(gateway: MemoryGateway) -> None:
    for number in ("1", "2"):
        gateway.put(PHONE, number=number, login=f"l{number}", note="", secured=False)
    wishes = [phone(None, login=login, note="new") for login in ("l1", "L2")]
    results = carry_out(gateway, *wishes, later=TOO_LATE)
    assert told(results) == [DONE, DONE]
    assert [result.step.action for result in results] == ["update", "update"]
    assert len(gateway.objects) == 2


def test_all_that_one_of_them_is_about_is_read(gateway: MemoryGateway) -> None:
    """A server may leave out what nobody looks at."""
    gateway.dear = frozenset({"full_name", "tags"})
    alike(gateway, "update", 3)
    wishes = [person("a", full_name="A"), person("b", tags=["x"]), person("c", full_name="C", tags=["x"])]
    assert told(carry_out(gateway, *wishes, later=TOO_LATE)) == [DONE] * 3
    assert gateway.sent == [{"full_name": "A"}, {"tags": ["x"]}, {"full_name": "C", "tags": ["x"]}]


# What others did meanwhile.


def test_what_others_changed_in_other_fields_stays(gateway: MemoryGateway) -> None:
    def theirs() -> None:
        _values(gateway, "b")["forwarding"] = {"mode": "none", "targets": ["theirs"]}

    assert told(carry_out(gateway, *_forwarding(gateway), later=TOO_LATE, meanwhile=theirs)) == [DONE] * 3
    assert [_values(gateway, letter)["forwarding"] for letter in "abc"] == [
        {"mode": "copy", "targets": []},
        {"mode": "copy", "targets": ["theirs"]},
        {"mode": "copy", "targets": []},
    ]


def test_what_became_needless_is_left_out(gateway: MemoryGateway) -> None:
    def theirs() -> None:
        _values(gateway, "b")["full_name"] = "b after"

    results = carry_out(gateway, *alike(gateway, "update", 3), later=TOO_LATE, meanwhile=theirs)
    assert told(results) == [DONE, NEEDLESS, DONE]
    assert [result.step.action for result in results] == ["update", "none", "update"]
    assert gateway.requests == [2]
    assert gateway.idle == []


def test_a_slice_that_became_needless_sends_nothing(gateway: MemoryGateway) -> None:
    def theirs() -> None:
        for letter in "abc":
            _values(gateway, letter)["full_name"] = f"{letter} after"

    assert told(carry_out(gateway, *alike(gateway, "update", 3), later=TOO_LATE, meanwhile=theirs)) == [NEEDLESS] * 3
    assert gateway.requests == []


def test_what_vanished_is_made_again_beside_the_changes(gateway: MemoryGateway) -> None:
    alike(gateway, "update", 3)
    wishes = [new_person(letter, full_name=f"{letter} after") for letter in "abc"]
    results = carry_out(gateway, *wishes, later=TOO_LATE, meanwhile=lambda: gateway.objects.pop(("person", (B,))))
    assert told(results) == [DONE] * 3
    assert [result.step.action for result in results] == ["update", "create", "update"]
    assert all(is_done(gateway, "update", letter) for letter in "abc")


@pytest.mark.parametrize("go_on", [True, False])
def test_what_vanished_and_cannot_be_made_again_fails_alone(gateway: MemoryGateway, go_on: bool) -> None:
    """It lacks the password that a new person needs. Its neighbours are written, what follows if the task goes on."""
    results = carry_out(
        gateway,
        *alike(gateway, "update", 4),
        later=TOO_LATE,
        go_on=go_on,
        meanwhile=lambda: gateway.objects.pop(("person", (B,))),
    )
    assert told(results) == [DONE, FAILED, DONE, DONE if go_on else LEFT]
    error = results[1].error
    assert isinstance(error, InvalidOption)
    assert error.object == f"person {B}"
    assert gateway.requests[0] == 2


def test_secrets_that_are_compared_are_read_for_each(gateway: MemoryGateway) -> None:
    for number in ("1", "2"):
        gateway.put(PHONE, number=number, login=f"l{number}", password="old", note="", secured=False)
    wishes = [phone(number, password="new", update_password=ON_CHANGE) for number in ("1", "2")]
    steps = [
        plan(wish, gateway.read(PHONE, wish.given)) for wish in wishes
    ]  # Nobody read the secrets, so they are to be sent.
    gateway.objects["phone", ("2",)].values["password"] = "new"
    gateway.clock.now += TOO_LATE
    assert told(execute(steps, gateway, gateway.clock)) == [DONE, NEEDLESS]
    assert [label for call, label in gateway.calls if call == "secrets"] == ["1", "2"]


# Reading again fails.


@pytest.mark.parametrize("kind", [ServerRefusal, AccessDenied, ProtocolError])
def test_where_reading_together_fails_each_is_read_alone(gateway: MemoryGateway, kind: type[PostmasterError]) -> None:
    gateway.on("read_some", kind("not together"))
    assert told(carry_out(gateway, *alike(gateway, "update", 3), later=TOO_LATE)) == [DONE] * 3
    assert [call for call, _label in gateway.calls if call.startswith("read")] == ["read_some", "read", "read", "read"]
    assert gateway.requests == [3]


@pytest.mark.parametrize("go_on", [True, False])
def test_one_that_cannot_be_read_is_not_written_and_the_others_are(gateway: MemoryGateway, go_on: bool) -> None:
    def hide() -> None:
        gateway.on("read_some", AccessDenied("not together"))
        gateway.on("read", AccessDenied("not this one"), about=B)

    results = carry_out(gateway, *alike(gateway, "update", 4), later=TOO_LATE, go_on=go_on, meanwhile=hide)
    assert told(results) == [DONE, FAILED, DONE, DONE if go_on else LEFT]
    assert str(results[1].error) == "not this one"
    assert not is_done(gateway, "update", "b")


@pytest.mark.parametrize("go_on", [True, False])
def test_a_server_that_is_gone_is_not_asked_for_each(gateway: MemoryGateway, go_on: bool) -> None:
    results = carry_out(
        gateway, *alike(gateway, "update", 5), later=TOO_LATE, go_on=go_on, meanwhile=gateway.mishaps.vanish
    )
    assert told(results) == [FAILED] + [LEFT] * 4
    assert isinstance(results[0].error, Unreachable)
    assert gateway.mishaps.in_vain <= 2
    assert gateway.requests == []
    assert gateway.effects == []


@pytest.mark.parametrize("kind", [LoginRefused, RateLimited])
def test_a_refused_login_is_not_tried_again(gateway: MemoryGateway, kind: type[PostmasterError]) -> None:
    """Servers ban after a few attempts, and one that wants a pause is not asked at once."""

    def log_out() -> None:
        gateway.on("read_some", kind("no"))
        gateway.on("read", kind("no"))

    results = carry_out(gateway, *alike(gateway, "update", 3), later=TOO_LATE, meanwhile=log_out)
    assert told(results) == [FAILED, LEFT, LEFT]
    assert gateway.count("read", "read_some") == 1
    assert gateway.effects == []


def test_a_server_that_goes_while_each_is_read_alone_gets_no_write(gateway: MemoryGateway) -> None:
    def go() -> None:
        gateway.on("read_some", ServerRefusal("not together"))
        gateway.on("read", about=B, before=gateway.mishaps.vanish)

    results = carry_out(gateway, *alike(gateway, "update", 3), later=TOO_LATE, meanwhile=go)
    assert told(results) == [LEFT, LEFT, FAILED]
    assert gateway.requests == []
    assert gateway.effects == []
