# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guards over planned steps: references, mail that would be lost, the account in use."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import GuardRefusal, MissingReference
from ansible_collections.postmaster.comms.plugins.module_utils._core.guards import (
    check_references,
    refuse_mail_loss,
    refuse_self_harm,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish, plan
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.samples import CLUB, PERSON, TOWN, new_person, no_person, person


@pytest.fixture
def gateway() -> MemoryGateway:
    found = MemoryGateway()
    found.put(TOWN, name="example.com")
    found.put(CLUB, name="Chess")
    found.put(
        PERSON, address="ann@example.com", enabled=True, role="boss", tags=["old"], clubs=["Gone"], policy="strict"
    )
    return found


def _step(gateway: MemoryGateway, wish: Wish) -> Step:
    return plan(wish, gateway.read(wish.resource, wish.given))


def test_what_exists_is_not_assumed(gateway: MemoryGateway) -> None:
    steps = [_step(gateway, new_person("bob", clubs=["chess"]))]
    assert check_references(steps, gateway, check_mode=True) == []
    assert check_references(steps, gateway, check_mode=False) == []


def test_a_missing_parent_is_an_error_in_a_run_and_assumed_in_check_mode(gateway: MemoryGateway) -> None:
    steps = [
        Step(
            Wish(PERSON, {"address": f"{name}@new.example"}),
            "create",
            send={"address": f"{name}@new.example", "clubs": ["Go", "Chess"]},
        )
        for name in ("ann", "bob")
    ]
    assert check_references(steps, gateway, check_mode=True) == ["town new.example", "club Go"]
    with pytest.raises(MissingReference, match=r"town 'new.example' does not exist on the server; create it") as caught:
        check_references(steps, gateway, check_mode=False)
    assert caught.value.object == "person ann@new.example"


def test_what_no_task_of_ours_can_make_is_never_assumed(gateway: MemoryGateway) -> None:
    steps = [_step(gateway, new_person("bob", policy="strict", where="people[4]."))]
    for check_mode in (True, False):
        with pytest.raises(MissingReference, match=r"policy 'strict' .* correct people\[4\]\.policy"):
            check_references(steps, gateway, check_mode)
    gateway.others.add(("policy", "strict"))
    assert check_references(steps, gateway, check_mode=True) == []


def test_what_the_plan_itself_makes_is_there(gateway: MemoryGateway) -> None:
    steps = [
        _step(gateway, Wish(TOWN, {"name": "new.example"})),
        _step(gateway, Wish(CLUB, {"name": "Go"})),
        plan(Wish(PERSON, PERSON.desire({"address": "Bob@NEW.example", "password": "x", "clubs": ["GO"]})), None),
    ]
    assert check_references(steps, gateway, check_mode=False) == []


def test_only_what_is_sent_is_looked_up(gateway: MemoryGateway) -> None:
    """An old reference that dangles is not ours, and no reference is checked for an object that stays as it is."""
    steps = [_step(gateway, person(tags=["new"])), _step(gateway, person(clubs=["gone"]))]
    assert check_references(steps, gateway, check_mode=False) == []
    assert gateway.count("exists") == 0
    with pytest.raises(MissingReference, match="club 'Go'"):
        check_references([_step(gateway, person(clubs=["Go"]))], gateway, check_mode=False)


def test_emptied_references_refer_to_nothing(gateway: MemoryGateway) -> None:
    step = _step(gateway, person(clubs=[], policy=""))
    assert step.send == {"clubs": [], "policy": ""}
    assert check_references([step], gateway, check_mode=False) == []


def test_who_inherits_mail_has_to_exist(gateway: MemoryGateway) -> None:
    for check_mode in (True, False):
        with pytest.raises(MissingReference, match=r"person 'heir@example.com'"):
            check_references([_step(gateway, no_person(heir="heir@example.com"))], gateway, check_mode)
    gateway.put(PERSON, address="heir@example.com")
    assert check_references([_step(gateway, no_person(heir="HEIR@example.com"))], gateway, check_mode=False) == []


def test_mail_is_lost_only_with_consent(gateway: MemoryGateway) -> None:
    step = _step(gateway, no_person(allow_mail_loss=False))
    with pytest.raises(GuardRefusal, match=r"deleting person ann@example.com destroys its mail") as caught:
        refuse_mail_loss([step])
    assert caught.value.object == "person ann@example.com"
    refuse_mail_loss([_step(gateway, no_person())])
    refuse_mail_loss([_step(gateway, no_person("nobody", allow_mail_loss=False))])
    refuse_mail_loss([_step(gateway, person(full_name="x"))])


HARMFUL: dict[str, Any] = {
    "delete": no_person(),
    "disable": person(enabled=False),
    "demote": person(role="member"),
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_the_account_in_use_is_safe(gateway: MemoryGateway, harm: str) -> None:
    step = _step(gateway, HARMFUL[harm])
    assert step.current is not None
    gateway.account = step.current.identity
    with pytest.raises(GuardRefusal, match=f"the change would {harm} it; .*set force to true") as caught:
        refuse_self_harm([step], gateway)
    assert caught.value.object == "person ann@example.com"
    gateway.account = "#99"
    refuse_self_harm([step], gateway)
    gateway.account = None
    refuse_self_harm([step], gateway)


@pytest.mark.parametrize(
    "wish", [no_person(force=True), person(enabled=False, force=True), person(role="guest", force=True)]
)
def test_force_is_force_and_the_steps_that_end_our_session_are_told(gateway: MemoryGateway, wish: Wish) -> None:
    step, harmless = _step(gateway, wish), _step(gateway, new_person("bob"))
    assert step.current is not None
    assert refuse_self_harm([step, harmless], gateway) == []
    gateway.account = step.current.identity
    assert refuse_self_harm([step, harmless], gateway) == [step]


def test_harmless_changes_do_not_even_ask_who_is_logged_in(gateway: MemoryGateway) -> None:
    steps = [
        _step(gateway, wish)
        for wish in (person(enabled=True), person(role="boss"), person(tags=[]), new_person("bob"), no_person("nobody"))
    ]
    refuse_self_harm(steps, gateway)
    assert gateway.count("account_in_use") == 0
