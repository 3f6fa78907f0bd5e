# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of an extension: several, one, and on the way between; their passwords; what a failure in between leaves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.kerio_operator import extensions as simulated_extensions
from tests.simulators.kerio_operator.extension_rows import rows as told
from tests.unit.systems.bench import Bench, done, refused

GET_PASSWORD = "Extensions.getSipPassword"
NEW_PASSWORD = "N3w-sip-secret"
BOB: dict[str, Any] = {"number": "102"}


def names(operator: Bench, number: str) -> list[str]:
    return [line["sipUsername"] for line in operator.store.extension(number)["lines"]]


def write_calls(operator: Bench) -> list[str]:
    return [record.call for record in operator.sim.writes]


# Adding, changing, deleting.


def test_a_line_is_added_and_the_others_stay(operator: Bench) -> None:
    before = {line["sipUsername"]: dict(line) for line in operator.store.extension("102")["lines"]}
    wish = {"lines": [{"sip_username": "102home", "sip_password": NEW_PASSWORD, "nat_support": True}]}
    assert operator.predicted("extension", **BOB, **wish)["changes"] == ["lines"]
    assert names(operator, "102") == ["102", "102mobile", "102home"]
    assert operator.store.sip_password("102home") == NEW_PASSWORD
    assert operator.store.line("102home")["natSupport"] is True
    assert {name: operator.store.line(name) for name in before} == before
    assert operator.predicted("extension", **BOB, **wish)["changed"] is False


def test_a_line_without_a_password_keeps_the_one_that_the_server_makes_up(operator: Bench) -> None:
    assert operator.predicted("extension", **BOB, lines=[{"sip_username": "102home"}])["changed"] is True
    assert len(operator.store.sip_password("102home")) == 16


def test_lines_that_are_listed_with_nothing_but_their_name_are_no_difference(operator: Bench) -> None:
    lines = [{"sip_username": "102mobile"}, {"sip_username": "102"}]
    assert operator.predicted("extension", **BOB, lines=lines)["changed"] is False
    assert operator.predicted("extension", **BOB, lines=lines[:1])["changed"] is False
    assert operator.predicted("extension", **BOB, lines=lines, prune_lines=True)["changed"] is False


def test_only_the_members_that_differ_are_sent_to_the_line_that_they_are_of(operator: Bench) -> None:
    operator.sim.settings.extension_rows = "full"
    lines = [
        {"sip_username": "102", "nat_support": False, "dtmf_mode": 0},
        {"sip_username": "102mobile", "nat_support": True, "dtmf_mode": 0},
    ]
    operator.predicted("extension", **BOB, lines=lines)
    (write,) = operator.sim.writes
    assert write.params == {"guids": [operator.store.line("102mobile")["guid"]], "detail": {"natSupport": True}}


@pytest.mark.parametrize("rows", ["seen", "full"])
def test_lines_go_only_when_asked_to(operator: Bench, rows: Any) -> None:
    operator.sim.settings.extension_rows = rows
    operator.store.add_line("102", "102home")
    kept = operator.store.line("102home")["guid"]
    wish = {"lines": [{"sip_username": "102home"}]}
    assert operator.predicted("extension", **BOB, **wish)["changed"] is False
    assert len(names(operator, "102")) == 3
    result = operator.predicted("extension", **BOB, **wish, prune_lines=True)
    assert result["changes"] == ["lines"]
    assert [line["guid"] for line in operator.store.extension("102")["lines"]] == [kept]
    assert operator.predicted("extension", **BOB, **wish, prune_lines=True)["changed"] is False


def test_one_line_is_exchanged_for_another_without_the_extension_going(operator: Bench) -> None:
    """The new line is made first: an extension whose last line goes is gone."""
    guid = operator.store.extension("101")["guid"]
    operator.store.user("alice")["EXTENSIONS"][0]["FIND_ME_LIST"] = ["+49301234"]
    wish = {"number": "101", "prune_lines": True, "lines": [{"sip_username": "desk", "sip_password": NEW_PASSWORD}]}
    operator.predicted("extension", **wish)
    assert operator.store.extension("101")["guid"] == guid
    assert names(operator, "101") == ["desk"]
    assert operator.store.user("alice")["EXTENSIONS"][0]["FIND_ME_LIST"] == ["+49301234"]
    assert operator.predicted("extension", **wish)["changed"] is False


def test_lines_of_a_new_extension(operator: Bench) -> None:
    lines = [
        {"sip_username": "200b", "nat_support": True},
        {"sip_username": "200c", "sip_password": "Third-1-secret", "codecs": ["gsm"]},
        {"sip_username": "200a", "sip_password": "First-1-secret"},
    ]
    wish = {"number": "200", "description": "Team", "lines": lines}
    result = operator.predicted("extension", **wish)
    assert sorted(names(operator, "200")) == ["200a", "200b", "200c"]
    assert operator.store.sip_password("200a") == "First-1-secret"
    assert operator.store.sip_password("200c") == "Third-1-secret"
    assert operator.store.line("200b")["natSupport"] is True
    assert [codec["ID"] for codec in operator.store.line("200c")["selectedCodecs"]] == ["GSM Full Rate"]
    assert {line["sip_username"] for line in result["extension"]["lines"]} == {"200a", "200b", "200c"}
    assert "First-1-secret" not in str(result)
    assert operator.predicted("extension", **wish)["changed"] is False


def test_a_new_extension_is_never_without_a_password(operator: Bench) -> None:
    """It is made with a line that has one; the others get theirs from the server."""
    lines = [{"sip_username": "200a"}, {"sip_username": "200b", "sip_password": NEW_PASSWORD}]
    operator.predicted("extension", number="200", lines=lines)
    made = operator.sim.writes[0].params["detail"]
    assert (made["sipUsername"], made["sipPassword"]) == ("200b", NEW_PASSWORD)
    assert operator.store.sip_password("200b") == NEW_PASSWORD
    assert len(operator.store.sip_password("200a")) == 16


def test_a_new_extension_with_one_entry_has_one_line(operator: Bench) -> None:
    wish = {"number": "200", "lines": [{"sip_username": "door", "sip_password": NEW_PASSWORD}]}
    operator.predicted("extension", **wish)
    assert write_calls(operator) == ["Extensions.create"]
    assert names(operator, "200") == ["door"]
    assert operator.predicted("extension", **wish)["changed"] is False


def test_a_new_extension_with_lines_gets_the_next_number(operator: Bench) -> None:
    wish: dict[str, Any] = {"sip_username": "door", "lines": [{"sip_username": "door", "sip_password": NEW_PASSWORD}]}
    refused(operator.object("extension", **wish), "sip_username", "lines")
    assert operator.sim.requests == []


# One line and several.


def test_the_only_line_may_be_described_by_the_options_of_the_extension_or_as_an_entry(operator: Bench) -> None:
    operator.sim.settings.extension_rows = "full"
    own = {"sip_username": "101", "nat_support": True, "codecs": ["pcma"]}
    assert operator.predicted("extension", number="101", **own)["changed"] is True
    assert operator.predicted("extension", number="101", lines=[own])["changed"] is False
    assert operator.predicted("extension", number="101", lines=[{**own, "secured": True}])["changed"] is True
    assert operator.predicted("extension", number="101", **own, secured=True)["changed"] is False
    assert write_calls(operator) == ["Extensions.set"] * 2


def test_a_second_line_and_back_to_one(operator: Bench) -> None:
    two = [{"sip_username": "101"}, {"sip_username": "101mobile", "sip_password": NEW_PASSWORD}]
    password = operator.store.sip_password("101")
    operator.predicted("extension", number="101", lines=two)
    assert names(operator, "101") == ["101", "101mobile"]
    assert operator.store.sip_password("101") == password
    assert operator.store.user_of("101") == "alice"
    operator.predicted("extension", number="101", lines=two[1:], prune_lines=True)
    assert names(operator, "101") == ["101mobile"]
    assert operator.predicted("extension", number="101", sip_username="101mobile")["changed"] is False
    assert operator.store.user_of("101") == "alice"


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("option", [{"sip_password": NEW_PASSWORD}, {"codecs": ["pcma"]}, {"nat_support": False}])
def test_an_option_of_the_only_line_is_refused_where_there_are_several(
    operator: Bench, check_mode: bool, option: dict[str, Any]
) -> None:
    (name,) = option
    refused(operator.object("extension", check_mode=check_mode, **BOB, **option), name, "2", "102mobile", "lines")
    document = {"extensions": [{**BOB, **option}]}
    refused(operator.config(document, check_mode=check_mode), f"config.extensions[0].{name}", "102mobile")
    assert operator.sim.writes == []


def test_options_of_the_number_need_no_lines_where_there_are_several(operator: Bench) -> None:
    assert operator.predicted("extension", **BOB, description="Bob's phones", user="alice")["changed"] is True
    (write,) = operator.sim.writes
    assert write.params["guids"] == [operator.store.extension("102")["guid"]]
    assert operator.store.user_of("102") == "alice"


def test_the_only_line_is_renamed_with_the_number_at_hand(operator: Bench) -> None:
    password = operator.store.sip_password("101")
    assert operator.predicted("extension", number="101", sip_username="desk")["changes"] == ["sip_username"]
    assert names(operator, "101") == ["desk"]
    assert operator.store.sip_password("desk") == password
    assert operator.predicted("extension", number="101", sip_username="desk")["changed"] is False


def test_a_rename_to_a_name_that_another_line_has_is_the_servers_refusal(operator: Bench) -> None:
    result = operator.object("extension", number="101", sip_username="102mobile")
    refused(result, "102mobile", "Extensions.set")
    assert names(operator, "101") == ["101"]


def test_lines_and_options_of_the_only_line_contradict_each_other(operator: Bench) -> None:
    result = operator.object("extension", number="101", lines=[{"sip_username": "a"}], sip_username="b")
    refused(result, "sip_username", "lines")
    document = {"extensions": [{"number": "101", "lines": [{"sip_username": "a"}], "secured": True}]}
    refused(operator.config(document), "config.extensions[0].secured", "lines")
    assert operator.sim.requests == []


@pytest.mark.parametrize(
    "lines",
    [
        [{"sip_username": "a"}, {"sip_username": "A"}],
        [{"sip_username": "two words"}],
        [{"sip_username": "a@b"}],
        [{"sip_username": ""}],
        [{"nat_support": True}],
        [{"sip_username": "a", "codecs": ["mp3"]}],
        [{"sip_username": "a", "dtmf_mode": "rfc2833"}],
        [{"sip_username": "a", "sip_password": ""}],
        [{"sip_username": "a", "pin": "1234"}],
        [],
    ],
)
def test_lines_that_cannot_be_are_refused_before_the_first_call(operator: Bench, lines: list[Any]) -> None:
    for check_mode in (True, False):
        assert "lines" in refused(operator.object("extension", check_mode=check_mode, **BOB, lines=lines))
        assert "lines" in refused(operator.config({"extensions": [{**BOB, "lines": lines}]}, check_mode=check_mode))
    assert operator.sim.requests == []


# A failure on the way.

TWO_LINES: list[dict[str, Any]] = [
    {"sip_username": "200", "sip_password": "First-1-secret"},
    {"sip_username": "200m", "sip_password": "Second-2-secret"},
]


@pytest.mark.parametrize("method", ["Extensions.createLine", "Extensions.set"])
def test_a_second_line_that_fails_once_is_made_at_the_second_attempt(operator: Bench, method: str) -> None:
    operator.sim.faults.add(Fault("rpc_error", method, code=1000, message="Busy."))
    assert done(operator.object("extension", number="200", lines=TWO_LINES))["changed"] is True
    assert names(operator, "200") == ["200", "200m"]
    assert operator.store.sip_password("200m") == "Second-2-secret"
    assert write_calls(operator).count("Extensions.create") == 1


@pytest.mark.parametrize("method", ["Extensions.createLine", "Extensions.set"])
def test_a_second_line_that_fails_leaves_an_honest_result_and_the_rest_to_the_next_run(
    operator: Bench, method: str
) -> None:
    operator.sim.faults.add(Fault("rpc_error", method, times=2, code=1000, message="Out of order."))
    result = operator.object("extension", number="200", lines=TWO_LINES)
    assert result["failed"]
    assert result["changed"] is True
    assert "Out of order." in result["msg"]
    assert result["failure"]["object"] == "extension 200"
    assert names(operator, "200") == ["200"]
    assert operator.sim.faults.pending == []
    again = operator.predicted("extension", number="200", lines=TWO_LINES)
    assert again["changed"] is True
    assert names(operator, "200") == ["200", "200m"]
    assert operator.store.sip_password("200m") == "Second-2-secret"
    assert operator.predicted("extension", number="200", lines=TWO_LINES)["changed"] is False


@pytest.mark.parametrize("method", ["Extensions.createLine", "Extensions.set"])
def test_a_line_that_cannot_be_named_is_not_left_behind(operator: Bench, method: str) -> None:
    """A line with a name and password that the server made up would be a phone nobody knows of."""
    operator.sim.faults.add(Fault("rpc_error", method, code=1000, message="Out of order."))
    result = operator.object("extension", **BOB, lines=[{"sip_username": "102home"}])
    assert result["failed"]
    assert "Out of order." in result["msg"]
    assert names(operator, "102") == ["102", "102mobile"]
    assert operator.predicted("extension", **BOB, lines=[{"sip_username": "102home"}])["changed"] is True
    assert names(operator, "102") == ["102", "102mobile", "102home"]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "truncated", "html"])
@pytest.mark.parametrize("method", ["Extensions.createLine", "Extensions.set"])
def test_a_line_whose_making_is_uncertain_is_made_once(operator: Bench, method: str, kind: str) -> None:
    operator.sim.faults.add(Fault(kind, method))
    lines = [{"sip_username": "102home", "sip_password": NEW_PASSWORD}]
    done(operator.object("extension", **BOB, lines=lines))
    assert names(operator, "102") == ["102", "102mobile", "102home"]
    assert operator.store.sip_password("102home") == NEW_PASSWORD
    assert operator.predicted("extension", **BOB, lines=lines)["changed"] is False


@pytest.mark.parametrize("fault", [{"code": 1004}, {"code": 1002}, {"code": -32602}])
def test_a_line_that_could_not_be_named_for_good_is_gone_or_told_of(operator: Bench, fault: dict[str, Any]) -> None:
    """Whatever the reason: either nothing is left of it, or the result says that something was written."""
    operator.sim.faults.add(Fault("rpc_error", "Extensions.set", times=9, message="No.", **fault))
    result = operator.object("extension", **BOB, lines=[{"sip_username": "102home"}])
    assert result["failed"]
    left = names(operator, "102") != ["102", "102mobile"]
    assert result["changed"] is left


def test_a_line_that_can_neither_be_named_nor_deleted_is_told_of(operator: Bench) -> None:
    operator.sim.faults.add(Fault("rpc_error", "Extensions.set", times=9, code=1000, message="No name."))
    operator.sim.faults.add(Fault("rpc_error", "Extensions.remove", times=9, code=1000, message="No removal."))
    result = operator.object("extension", **BOB, lines=[{"sip_username": "102home"}])
    assert result["failed"]
    assert result["changed"] is True
    assert "No name." in result["msg"]


def test_a_name_that_is_taken_by_another_extension_leaves_no_line_behind(operator: Bench) -> None:
    result = operator.object("extension", **BOB, lines=[{"sip_username": "101"}])
    assert result["failed"]
    assert "101" in result["msg"]
    assert names(operator, "102") == ["102", "102mobile"]
    assert names(operator, "101") == ["101"]


def test_an_extension_of_which_part_was_changed_says_so(operator: Bench) -> None:
    """The number takes the description, the line refuses its part: the result says that something was written."""
    operator.sim.faults.add(Fault("rpc_error", "Extensions.set", after=1, times=2, code=1000, message="No."))
    wish: dict[str, Any] = {"number": "101", "description": "desk", "sip_username": "desk"}
    result = operator.object("extension", **wish)
    assert result["failed"]
    assert result["changed"] is True
    assert operator.store.extension("101")["description"] == "desk"
    again = operator.predicted("extension", **wish)
    assert again["changes"] == ["sip_username"]


def test_a_line_that_the_server_makes_and_does_not_list_is_an_error(
    operator: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        simulated_extensions,
        "rows",
        lambda *given: [row for row in told(*given) if not str(row.get("sipUsername")).startswith("102x")],
    )
    result = operator.object("extension", **BOB, lines=[{"sip_username": "102home"}])
    assert result["failed"]
    assert result["changed"] is True
    assert result["failure"]["method"] == "Extensions.createLine"
    assert "Extensions.set" not in operator.calls


# What others do meanwhile.


def test_a_line_that_somebody_else_adds_stays_and_is_not_taken_for_ours(operator: Bench) -> None:
    operator.before("Extensions.createLine", lambda: operator.store.add_line("102", "102lab", sipPassword="Lab-1-s"))
    result = operator.object("extension", **BOB, lines=[{"sip_username": "102home", "sip_password": NEW_PASSWORD}])
    assert operator.store.sip_password("102lab") == "Lab-1-s"
    assert result["failed"], "which of the two new lines is ours cannot be told"
    done(operator.object("extension", **BOB, lines=[{"sip_username": "102home", "sip_password": NEW_PASSWORD}]))
    assert operator.store.sip_password("102lab") == "Lab-1-s"
    assert "102home" in names(operator, "102")


def test_a_line_that_somebody_else_deletes_first_is_gone_as_wished(operator: Bench) -> None:
    lines = operator.store.extension("102")["lines"]
    operator.before("Extensions.remove", lines.pop)
    result = done(operator.object("extension", **BOB, lines=[{"sip_username": "102"}], prune_lines=True))
    assert names(operator, "102") == ["102"]
    assert operator.predicted("extension", **BOB, lines=[{"sip_username": "102"}], prune_lines=True)["changed"] is False
    assert result["extension"]["number"] == "102"


def test_a_known_line_is_changed_although_others_came(operator: Bench) -> None:
    operator.sim.settings.extension_rows = "full"
    operator.before("Extensions.set", lambda: operator.store.add_line("102", "102lab"))
    done(operator.object("extension", **BOB, lines=[{"sip_username": "102mobile", "nat_support": True}]))
    assert operator.store.line("102mobile")["natSupport"] is True
    assert operator.store.line("102lab")["natSupport"] is False
    assert names(operator, "102") == ["102", "102mobile", "102lab"]
