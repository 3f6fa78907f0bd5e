# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects of Kerio Connect of which some fail: each result is honest, nothing is done twice, a re-run does what is
left (contract 9 and 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done
from tests.unit.systems.kerio_many import ALIASES, DOMAIN, GROUPS, IP_GROUPS, LISTS, SIZE, USERS, Many, calls
from tests.unit.systems.kerio_slices import (
    ALIKE,
    APART,
    CARRIERS,
    FEW,
    GONE,
    NEW,
    counted_writes,
    failures,
    few,
    finished,
    prepared,
    status,
    users,
    with_users,
)


@pytest.fixture
def site(kerio: Bench) -> Bench:
    return with_users(kerio)


@pytest.fixture
def written(kerio: Bench, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    return counted_writes(kerio, monkeypatch)


# Some are refused.


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_those_that_the_licence_does_not_cover_fail_and_the_others_are_made(
    kerio: Bench, on_error: str, written: Counter[str]
) -> None:
    kerio.sim.settings.licence_seats = 3 + 90
    result = kerio.config(NEW, on_error=on_error)
    assert result["failed"]
    assert result["changed"]
    tried = 100 if on_error == "stop" else SIZE
    assert status(result) == +Counter(done=90, failed=tried - 90, not_done=SIZE - tried)
    assert result["summary"] == {"created": 90, "updated": 0, "deleted": 0, "unchanged": 0, "failed": tried - 90}
    assert users(kerio) == {f"u{n}" for n in range(90)}
    assert set(failures(result)) == {f"user u{n}@example.com" for n in range(90, tried)}
    assert result["failure"]["code"] == 1003
    kerio.sim.settings.licence_seats = 0
    finished(kerio, NEW)
    assert set(written.values()) == {1}


@pytest.mark.parametrize("item_errors", ["per_item", "top_level"])
@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_one_that_is_refused_for_good_fails_alone(
    kerio: Bench, item_errors: str, on_error: str, written: Counter[str]
) -> None:
    """Whether the server tells which one it was, or refuses all of a call for it. What is in the slice is tried in any
    case; what comes after it only if asked to."""
    kerio.sim.settings.item_errors = item_errors
    kerio.store.domain(DOMAIN)["passwordComplexityEnabled"] = True
    weak = USERS.document(lambda n: {"password": "weak"} if n == 7 else {})
    result = kerio.config(weak, on_error=on_error)
    assert list(failures(result)) == ["user u7@example.com"]
    assert (result["failure"]["method"], result["failure"]["object"]) == ("Users.create", "user u7@example.com")
    assert "weak" not in str(result)
    made = 99 if on_error == "stop" else SIZE - 1
    assert result["summary"]["created"] == made
    assert status(result)["not_done"] == SIZE - 1 - made
    assert "u7" not in users(kerio)
    finished(kerio, NEW)
    assert len(users(kerio)) == SIZE
    assert set(written.values()) == {1}


def test_one_that_is_refused_once_is_tried_again_alone(site: Bench, written: Counter[str]) -> None:
    site.sim.faults.add(Fault("rpc_error", "Users.set", after=7, code=1000, message="Busy."))
    assert done(site.config(APART))["summary"]["updated"] == SIZE
    assert calls(site).count("Users.set") == 1
    assert set(written.values()) == {1}


def test_one_that_somebody_else_made_meanwhile_is_taken_as_it_is_and_changed(kerio: Bench) -> None:
    kerio.before("Users.create", lambda: kerio.store.add_user("u42", fullName="Theirs"))
    assert done(kerio.config(NEW))["changed"] is True
    assert kerio.store.user("u42")["fullName"] == "User 42"
    assert len(users(kerio)) == SIZE
    assert kerio.predicted_config(NEW)["changed"] is False


@pytest.mark.parametrize("change", ["alike", "apart"])
@pytest.mark.parametrize("item_errors", ["per_item", "top_level"])
def test_one_that_goes_meanwhile_is_made_anew_and_the_others_are_changed(
    kerio: Bench, change: str, item_errors: str
) -> None:
    kerio.sim.settings.item_errors = item_errors
    document, carrier = prepared(kerio, change)
    kerio.before(carrier, lambda: kerio.store.users.pop(kerio.store.user("u42")["id"]))
    done(kerio.config(document))
    for number, entry in enumerate(document["users"]):
        assert kerio.store.user(f"u{number}")["description"] == entry["description"]
    assert kerio.predicted_config(document)["changed"] is False


def test_one_that_goes_meanwhile_and_was_to_go_is_gone(site: Bench) -> None:
    site.before("Users.remove", lambda: site.store.users.pop(site.store.user("u42")["id"]))
    assert done(site.config(GONE))["summary"]["failed"] == 0
    assert users(site) == set()


def test_one_wish_that_does_not_stick_fails_alone(site: Bench) -> None:
    """Read back after the writes, with the list."""
    site.before("Users.get", lambda: site.store.user("u3").update(description="overruled"), number=2)
    result = site.config(APART, on_error="continue")
    assert list(failures(result)) == ["user u3@example.com"]
    assert "description" in failures(result)["user u3@example.com"]["error"]
    assert result["summary"]["updated"] == SIZE - 1


# Answers that do not say what came of each.


def test_an_error_that_names_no_item_is_found_out_by_reading(site: Bench, written: Counter[str]) -> None:
    """The server carried all of it out, and says that something failed: nothing is written again."""
    answer = {"errors": [{"code": 1000, "message": "Something failed."}]}
    site.sim.faults.add(Fault("replace_result", "Users.set", result=answer))
    assert done(site.config(ALIKE))["summary"]["updated"] == SIZE
    assert calls(site).count("Users.set") == 2
    assert set(written.values()) == {1}


@pytest.mark.parametrize("index", [-1, 100, 4711, "x", None, 1.5])
def test_an_item_that_was_never_sent_is_no_item(site: Bench, index: Any, written: Counter[str]) -> None:
    answer = {"errors": [{"inputIndex": index, "code": 1000, "message": "Something failed."}]}
    site.sim.faults.add(Fault("replace_result", "Users.set", result=answer))
    assert done(site.config(ALIKE))["summary"]["updated"] == SIZE
    assert set(written.values()) == {1}


def test_an_item_that_is_named_is_the_only_one_that_is_tried_again(site: Bench) -> None:
    answer = {"errors": [{"inputIndex": "42", "code": 1000, "message": "Busy."}]}
    site.sim.faults.add(Fault("replace_result", "Users.set", result=answer))
    # It is read again before it is written again.
    site.before("Users.get", lambda: site.store.user("u42").update(description="theirs"), number=2)
    assert done(site.config(ALIKE))["summary"]["updated"] == SIZE
    sent = [each.params["userIds"] for each in site.sim.writes]
    assert [len(ids) for ids in sent] == [100, 1, 10]
    assert sent[1] == [site.store.user("u42")["id"]]


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 413, -32602, -32603])
@pytest.mark.parametrize("change", sorted(CARRIERS))
def test_an_error_about_all_of_a_call_leaves_each_to_itself(
    kerio: Bench, change: str, code: int, written: Counter[str]
) -> None:
    document, carrier = prepared(kerio, change)
    kerio.sim.faults.add(Fault("rpc_error", carrier, code=code, message="No."))
    result = done(kerio.config(few(document), on_error="continue"))
    summary = result["summary"]
    assert summary["created"] + summary["updated"] + summary["deleted"] == FEW
    assert set(written.values()) == {1}
    assert kerio.predicted_config(few(document))["changed"] is False


GARBAGE: dict[str, Any] = {
    "members": {"x": 1},
    "nothing": None,
    "text": "done",
    "empty": [],
    "short": [{"result": {"errors": []}}] * 5,
    "numbers": list(range(FEW)),
    "neither": [{"x": 1}] * FEW,
    "longer": [{"x": 1}] * 3 * FEW,
}


@pytest.mark.parametrize("answer", sorted(GARBAGE))
@pytest.mark.parametrize("change", ["new", "apart"])
def test_an_answer_that_makes_no_sense_is_found_out_by_reading(
    kerio: Bench, change: str, answer: str, written: Counter[str]
) -> None:
    document, carrier = prepared(kerio, change)
    kerio.sim.faults.add(Fault("replace_result", carrier, result=GARBAGE[answer]))
    result = done(kerio.config(few(document)))
    assert result["summary"]["created"] + result["summary"]["updated"] == FEW
    assert set(written.values()) == {1}
    assert kerio.predicted_config(few(document))["changed"] is False


# Changes of several steps.

SEVERAL: tuple[tuple[Many, str], ...] = (
    (GROUPS, "Groups.addMemberList"),
    (LISTS, "MailingLists.addMlUserList"),
    (IP_GROUPS, "IpAddressGroups.create"),
)


def _refuse_second_steps(many: Many, call: str) -> Fault:
    """An error for the second step of u3 (and for all entries of address groups, whose steps are of one kind)."""
    after, times = (1, 99) if many is IP_GROUPS else (3, 1)
    return Fault("rpc_error", call, after=after, times=times, code=1003, message="No.")


@pytest.mark.parametrize(("many", "call"), SEVERAL, ids=lambda value: getattr(value, "plural", ""))
def test_what_is_half_done_is_said_and_a_re_run_finishes_it(
    kerio: Bench, many: Many, call: str, written: Counter[str]
) -> None:
    document = few(many.document())
    kerio.sim.faults.add(_refuse_second_steps(many, call))
    result = kerio.config(document, on_error="continue")
    assert result["changed"] is True
    assert status(result)["failed"] == (FEW if many is IP_GROUPS else 1)
    assert result["summary"]["failed"] == status(result)["failed"]
    kerio.sim.faults.clear()
    done(kerio.config(document))
    for number in range(FEW):
        assert many.held(kerio.store, number) == many.shown[0](number)
    assert kerio.config(document)["changed"] is False
    assert set(written.values()) == {1}


@pytest.mark.parametrize(("many", "call"), SEVERAL, ids=lambda value: getattr(value, "plural", ""))
@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_second_step_that_is_lost_is_found_out(
    kerio: Bench, many: Many, call: str, fault: str, written: Counter[str]
) -> None:
    document = few(many.document())
    is_alone = many is IP_GROUPS
    kerio.sim.faults.add(Fault(fault, call if is_alone else "Batch.run", after=1 if is_alone else 0))
    summary = done(kerio.config(document))["summary"]
    # What was there already when it was found out was only to be completed.
    assert summary["created"] + summary["updated"] == FEW
    for number in range(FEW):
        assert many.held(kerio.store, number) == many.shown[0](number)
    assert set(written.values()) == {1}
    assert kerio.config(document)["changed"] is False


def test_mail_of_an_alias_has_a_way_to_go_at_every_moment(kerio: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aliases that go together are led elsewhere before any of their old ways is taken."""
    done(kerio.config(ALIASES.document()))
    sim: Any = kerio.sim
    run = sim.run
    fewest: list[int] = []

    def watched(context: Any, method: str, params: dict[str, Any]) -> Any:
        result = run(context, method, params)
        rows = Counter(row["name"] for row in kerio.store.aliases.values())
        fewest.append(min(rows[f"a{n}"] for n in range(SIZE)))
        return result

    monkeypatch.setattr(sim, "run", watched)
    elsewhere: Callable[[int], dict[str, Any]] = lambda n: {"targets": [f"{n}@example.net"]}  # noqa: E731
    assert done(kerio.config(ALIASES.document(elsewhere)))["summary"]["updated"] == SIZE
    assert min(fewest) == 1


def test_one_target_that_is_refused_leaves_the_old_way(kerio: Bench) -> None:
    done(kerio.config(few(ALIASES.document())))
    kerio.sim.faults.add(
        Fault(
            "replace_result",
            "Aliases.remove",
            result={"errors": [{"inputIndex": 2, "code": 1003, "message": "No."}]},
        )
    )
    document = few(ALIASES.document(lambda n: {"targets": [f"{n}@example.net"]}))
    result = kerio.config(document, on_error="continue")
    # Two old targets each: the third row is one of the second alias, and the other one of it went.
    assert list(failures(result)) == ["alias a1@example.com"]
    assert result["summary"]["updated"] == FEW - 1
    assert result["changed"] is True


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_those_who_hang_on_a_failed_one_wait(kerio: Bench, on_error: str) -> None:
    document = {
        "groups": [{"name": f"g{n}", "domain": DOMAIN} for n in range(3)],
        "users": [{**USERS.make(n), "groups": [f"g{n}"]} for n in range(3)],
    }
    answer = {"errors": [{"inputIndex": 1, "code": 1003, "message": "No."}], "result": []}

    def refuse(context: Any, method: str, params: dict[str, Any]) -> Any:
        if method == "Groups.create":
            run(context, method, {"groups": [each for each in params["groups"] if each["name"] != "g1"]})
            return answer
        return run(context, method, params)

    sim: Any = kerio.sim
    run, sim.run = sim.run, refuse
    try:
        result = kerio.config(document, on_error=on_error)
    finally:
        sim.run = run
    lines = {line["object"]: line["status"] for line in result["results"]}
    assert lines["group g1@example.com"] == "failed"
    goes_on = on_error == "continue"
    assert [lines[f"user u{n}@example.com"] for n in range(3)] == (
        ["done", "not_done", "done"] if goes_on else ["not_done"] * 3
    )
    finished(kerio, document)
    assert len(users(kerio)) == 3
