# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of extensions of Kerio Operator, and options that its server does not tell: when they are sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

GET_PASSWORD = "Extensions.getSipPassword"
NEW_PASSWORD = "N3w-sip-secret"
BOB: dict[str, Any] = {"number": "102"}


# Passwords.


def passwords(own: str, line: str) -> dict[str, dict[str, Any]]:
    """The same wish for the only line of 101 and for one of the lines of 102."""
    return {
        "101": {"number": "101", "sip_password": own},
        "102": {"number": "102", "lines": [{"sip_username": "102mobile", "sip_password": line}]},
    }


@pytest.mark.parametrize("number", ["101", "102"])
def test_a_password_of_what_exists_is_left_alone_unless_asked(operator: Bench, number: str) -> None:
    wish = passwords(NEW_PASSWORD, NEW_PASSWORD)[number]
    for _again in range(2):
        result = operator.predicted("extension", **wish)
        assert result["changed"] is False
        assert result["unverified"] == []
    assert GET_PASSWORD not in operator.calls


@pytest.mark.parametrize("number", ["101", "102"])
def test_always_sends_the_password_in_every_run_and_never_asks(operator: Bench, number: str) -> None:
    wish = passwords(NEW_PASSWORD, NEW_PASSWORD)[number]
    changed, place = ("sip_password", "sip_password") if number == "101" else ("lines", "lines[102mobile].sip_password")
    for _again in range(2):
        result = operator.predicted("extension", **wish, update_password="always")
        assert result["changes"] == [changed]
        assert result["unverified"] == [place]
        assert NEW_PASSWORD not in str(result)
    assert operator.store.sip_password("101" if number == "101" else "102mobile") == NEW_PASSWORD
    assert [set(record.params["detail"]) for record in operator.sim.writes] == [{"sipPassword"}] * 2
    assert GET_PASSWORD not in operator.calls


@pytest.mark.parametrize("number", ["101", "102"])
def test_on_change_asks_and_sends_only_what_differs(operator: Bench, number: str) -> None:
    line = "101" if number == "101" else "102mobile"
    held = operator.store.sip_password(line)
    same = operator.predicted("extension", **passwords(held, held)[number], update_password="on_change")
    assert same["changed"] is False
    assert operator.sim.writes == []
    assert operator.calls.count(GET_PASSWORD) == 2, "once in check mode, once in the run"
    result = operator.predicted(
        "extension", **passwords(NEW_PASSWORD, NEW_PASSWORD)[number], update_password="on_change"
    )
    assert result["changed"] is True
    assert operator.store.sip_password(line) == NEW_PASSWORD
    assert held not in str(result)
    assert NEW_PASSWORD not in str(result)
    asked = {record.params["guid"] for record in operator.sim.requests if record.call == GET_PASSWORD}
    assert asked == {operator.store.line(line)["guid"]}
    again = operator.predicted(
        "extension", **passwords(NEW_PASSWORD, NEW_PASSWORD)[number], update_password="on_change"
    )
    assert again["changed"] is False


def test_a_password_is_compared_with_its_case(operator: Bench) -> None:
    operator.store.line("101")["sipPassword"] = NEW_PASSWORD.upper()
    wish = {"number": "101", "sip_password": NEW_PASSWORD, "update_password": "on_change"}
    assert operator.predicted("extension", **wish)["changed"] is True
    assert operator.store.sip_password("101") == NEW_PASSWORD


def test_on_change_asks_for_nothing_where_no_password_is_given_or_nothing_is_there(operator: Bench) -> None:
    change = {"update_password": "on_change"}
    operator.predicted("extension", number="101", description="x", **change)
    operator.predicted("extension", **BOB, lines=[{"sip_username": "102mobile"}], **change)
    operator.predicted("extension", number="200", sip_password=NEW_PASSWORD, **change)
    operator.predicted("extension", number="101", state="absent", **change)
    lines = [{"sip_username": "102home", "sip_password": NEW_PASSWORD}]
    operator.predicted("extension", **BOB, lines=lines, **change)
    done(operator.info())
    assert GET_PASSWORD not in operator.calls
    assert operator.store.sip_password("102home") == NEW_PASSWORD


def test_on_change_in_a_document_asks_only_for_the_entries_that_choose_it(operator: Bench) -> None:
    held = operator.store.sip_password("102")
    extensions = [
        {"number": "100", "sip_password": NEW_PASSWORD},
        {"number": "101", "sip_password": NEW_PASSWORD, "update_password": "on_change"},
        {"number": "102", "lines": [{"sip_username": "102", "sip_password": held}], "update_password": "on_change"},
    ]
    result = operator.predicted_config({"extensions": extensions})
    assert [line["object"] for line in result["results"]] == ["extension 101"]
    asked = [record.params["guid"] for record in operator.sim.requests if record.call == GET_PASSWORD]
    assert set(asked) == {operator.store.line("101")["guid"], operator.store.line("102")["guid"]}
    assert operator.store.sip_password("101") == NEW_PASSWORD
    assert operator.predicted_config({"extensions": extensions})["changed"] is False
    operator.forget_requests()
    result = operator.predicted_config({"extensions": extensions[:1]}, update_password="on_change")
    assert result["changed"] is True
    assert operator.calls.count(GET_PASSWORD) == 2


@pytest.mark.parametrize("answer", [{}, None, {"password": None}, {"password": 5}, {"result": "x"}])
def test_an_answer_without_a_password_is_an_error_and_no_difference(operator: Bench, answer: Any) -> None:
    for check_mode in (True, False):
        operator.sim.faults.add(Fault("replace_result", GET_PASSWORD, result=answer))
        wish = {"number": "101", "sip_password": NEW_PASSWORD, "update_password": "on_change"}
        result = operator.object("extension", check_mode=check_mode, **wish)
        refused(result, "password")
        assert result["failure"]["method"] == GET_PASSWORD
    assert operator.sim.writes == []


def test_a_password_that_the_server_told_is_hidden_when_it_comes_back_in_an_error(operator: Bench) -> None:
    held = operator.store.sip_password("101")
    operator.sim.faults.add(Fault("rpc_error", "Extensions.set", code=1000, message=f"{held} is better."))
    wish: dict[str, Any] = {"number": "101", "sip_password": NEW_PASSWORD, "update_password": "on_change"}
    result = operator.object("extension", **wish)
    refused(result, "is better")
    assert held not in str(result)


def test_the_password_that_we_send_is_hidden_when_it_comes_back_in_an_error(operator: Bench) -> None:
    for method, wish in (
        ("Extensions.create", {"number": "200", "sip_password": NEW_PASSWORD}),
        ("Extensions.set", {"number": "101", "sip_password": NEW_PASSWORD, "update_password": "always"}),
        ("Extensions.set", {**BOB, "lines": [{"sip_username": "102home", "sip_password": NEW_PASSWORD}]}),
    ):
        operator.sim.faults.add(Fault("rpc_error", method, code=1000, message=f"{NEW_PASSWORD} is too weak."))
        result = operator.object("extension", **wish)
        assert result["failed"]
        assert "is too weak" in result["msg"]
        assert NEW_PASSWORD not in str(result)


# What the server does not tell.


def test_what_is_not_told_is_sent_when_asked_and_named_as_unverified(operator: Bench) -> None:
    wish = {"number": "101", "call_permission": 4, "codecs": ["g722"], "record_inbound": True}
    result = operator.predicted("extension", **wish)
    assert result["changed"] is False
    assert sorted(result["unverified"]) == ["call_permission", "codecs", "record_inbound"]
    for _again in range(2):
        result = operator.predicted("extension", **wish, update_unreadable="always")
        assert sorted(result["changes"]) == ["call_permission", "codecs", "record_inbound"]
        assert sorted(result["unverified"]) == ["call_permission", "codecs", "record_inbound"]
    assert operator.store.extension("101")["callPermission"] == 4
    assert operator.store.extension("101")["recordInbound"] is True
    assert [codec["ID"] for codec in operator.store.line("101")["selectedCodecs"]] == ["g722"]


def test_what_is_not_told_of_a_line_is_sent_to_that_line(operator: Bench) -> None:
    wish: dict[str, Any] = {**BOB, "lines": [{"sip_username": "102mobile", "secured": True}]}
    result = operator.predicted("extension", **wish)
    assert result["changed"] is False
    assert result["unverified"] == ["lines[102mobile].secured"]
    result = operator.predicted("extension", **wish, update_unreadable="always")
    assert result["changes"] == ["lines"]
    assert operator.store.line("102mobile")["secured"] is True
    assert operator.store.line("102")["secured"] is False


def test_where_everything_is_told_nothing_is_unverified_or_sent_again(operator: Bench) -> None:
    operator.sim.settings.extension_rows = "full"
    wish = {"number": "101", "call_permission": 4, "codecs": ["g722"], "update_unreadable": "always"}
    result = operator.predicted("extension", **wish)
    assert result["changed"] is True
    assert result["unverified"] == []
    assert operator.predicted("extension", **wish)["changed"] is False


def test_the_order_of_codecs_counts(operator: Bench) -> None:
    operator.sim.settings.extension_rows = "full"
    operator.store.line("101")["selectedCodecs"] = [
        {"ID": "g722", "SEQUENCE": 2, "DESCRIPTION": "G.722 (wideband)"},
        {"ID": "G.711 A-law", "SEQUENCE": 1, "DESCRIPTION": "G.711 A-law"},
    ]
    assert operator.predicted("extension", number="101", codecs=["pcma", "g722"])["changed"] is False
    assert operator.predicted("extension", number="101", codecs=["g722", "pcma"])["changed"] is True
    sent = operator.sim.writes[0].params["detail"]["selectedCodecs"]
    assert [(codec["ID"], codec["SEQUENCE"]) for codec in sent] == [("g722", 1), ("G.711 A-law", 2)]


def test_a_codec_that_we_do_not_know_keeps_its_name(operator: Bench) -> None:
    operator.sim.settings.extension_rows = "full"
    operator.store.line("101")["selectedCodecs"] = [
        {"ID": "opus", "SEQUENCE": 2, "DESCRIPTION": "Opus"},
        {"ID": "g722", "SEQUENCE": 1, "DESCRIPTION": "G.722 (wideband)"},
    ]
    assert operator.predicted("extension", number="101")["extension"]["codecs"] == ["g722", "opus"]
    assert operator.predicted("extension", number="101", codecs=["g722"])["changes"] == ["codecs"]
