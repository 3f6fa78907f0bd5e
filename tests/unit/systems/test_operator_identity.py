# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which extension of Kerio Operator a task speaks of: by its number, by its only line, or a new one (design 4)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators.kerio_operator import extensions as simulated_extensions
from tests.unit.systems.bench import Bench, done, refused

PASSWORD = "S1p-secret-1"
DOOR: dict[str, Any] = {"sip_username": "door", "sip_password": PASSWORD}
# What answers to the other numbers of the starting state (kerio_operator.md 4.4).
TAKEN = {
    "8": "an interface (Provider)",
    "9": "an outbound route (Outside line)",
    "112": "an emergency number (Emergency)",
    "700": "a call queue (Support queue)",
    "710": "a conference (Conference room)",
    "720": "a ringing group (Everybody rings)",
    "730": "the echo service (Echo)",
    "731": "the music service (Music)",
    "732": "an external service (Door opener)",
    "733": "the dial-by-name service",
    "734": "the time service",
    "735": "the audio recording service",
    "736": "the pickup service",
    "737": "the call pickup service",
    "738": "the call parking service",
    "740": "the voicemail",
    "750": "an auto attendant script",
    "760": "a speed dial",
}


# By number.


def test_a_number_is_made_once(operator: Bench) -> None:
    wish = {"number": "200", "sip_password": PASSWORD, "description": "Front desk"}
    result = operator.predicted("extension", **wish)
    assert result["changed"] is True
    assert operator.store.extension("200")["description"] == "Front desk"
    assert operator.store.sip_password("200") == PASSWORD, "the SIP user name is the number unless given"
    assert operator.predicted("extension", **wish)["changed"] is False


def test_a_new_extension_gets_what_is_given_and_the_documented_values_for_the_rest(operator: Bench) -> None:
    done(operator.object("extension", number="200", sip_password=PASSWORD, secured=True, codecs=["gsm"]))
    (write,) = operator.sim.writes
    codec = {"ID": "GSM Full Rate", "SEQUENCE": 1, "DESCRIPTION": "GSM Full Rate"}
    assert write.params["detail"] == {
        "telNum": "200",
        "sipUsername": "200",
        "sipPassword": PASSWORD,
        "description": "",
        "userGuid": None,
        "callPermission": 1,
        "recordInbound": False,
        "recordOutbound": False,
        "selectedCodecs": [codec],
        "natSupport": False,
        "secured": True,
        "dtmfMode": 0,
        "faxDetect": False,
        "faxDetectType": 0,
    }


def test_a_number_is_a_text_whatever_yaml_makes_of_it(operator: Bench) -> None:
    assert operator.predicted("extension", number=101, description="Alice's desk")["changed"] is False
    assert operator.predicted("extension", number=" 101 ", description="Alice's desk")["changed"] is False
    done(operator.object("extension", number="0101", sip_password=PASSWORD, sip_username="zero"))
    assert operator.store.extension("0101")["lines"][0]["sipUsername"] == "zero"
    assert operator.store.extension("101")["description"] == "Alice's desk"


@pytest.mark.parametrize("number", ["1O1", "", "12a", "+4930123", "1 2", "-5", "١٢٣", "*70"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_a_number_that_is_none_is_refused_before_the_first_call(operator: Bench, number: str, check_mode: bool) -> None:
    result = operator.object("extension", check_mode=check_mode, number=number, sip_password=PASSWORD)
    refused(result, "number", "digits")
    entry = {"number": number, "sip_password": PASSWORD}
    refused(operator.config({"extensions": [entry]}, check_mode=check_mode), "config.extensions[0].number")
    assert operator.sim.requests == []


def test_neither_number_nor_user_name_is_nothing_to_go_by(operator: Bench) -> None:
    refused(operator.object("extension", description="lost"), "number", "sip_username")
    refused(operator.config({"extensions": [{"description": "lost"}]}), "config.extensions[0].number", "sip_username")
    assert operator.sim.requests == []


def test_a_new_extension_needs_a_password_and_says_so(operator: Bench) -> None:
    for check_mode in (True, False):
        refused(operator.object("extension", check_mode=check_mode, number="200"), "sip_password")
        lines = [{"sip_username": "200"}, {"sip_username": "200m"}]
        refused(operator.object("extension", check_mode=check_mode, number="200", lines=lines), "lines", "sip_password")
    assert operator.sim.writes == []


def test_an_extension_goes_and_is_gone(operator: Bench) -> None:
    for number in ("101", "102"):
        assert operator.predicted("extension", number=number, state="absent")["changed"] is True
        assert not operator.store.is_taken(number)
        assert operator.predicted("extension", number=number, state="absent")["changed"] is False
    assert operator.store.is_taken("100")


def test_absence_of_what_never_was_writes_nothing_even_where_the_number_is_something_else(operator: Bench) -> None:
    assert operator.predicted("extension", number="700", state="absent")["changed"] is False
    assert operator.predicted("extension", sip_username="nobody", state="absent")["changed"] is False
    assert operator.sim.writes == []
    assert "700" in operator.store.dial_plan


# By the SIP user name of its only line.


def test_the_extension_is_the_one_whose_only_line_has_the_user_name(operator: Bench) -> None:
    operator.store.add_extension("300", ["door"])
    assert operator.predicted("extension", **DOOR, description="Front door")["changed"] is True
    assert operator.store.extension("300")["description"] == "Front door"
    result = operator.predicted("extension", sip_username="door", description="Front door")
    assert result["changed"] is False
    assert result["extension"]["number"] == "300"
    assert operator.predicted("extension", sip_username="door", state="absent")["changed"] is True
    assert not operator.store.is_taken("300")


def test_the_case_of_a_user_name_does_not_identify_and_is_changed_by_number(operator: Bench) -> None:
    operator.store.add_extension("300", ["door"])
    assert operator.predicted("extension", sip_username="Door")["changed"] is False
    result = operator.predicted("extension", number="300", sip_username="Door")
    assert result["changes"] == ["sip_username"]
    assert [line["sipUsername"] for line in operator.store.extension("300")["lines"]] == ["Door"]
    assert operator.predicted("extension", number="300", sip_username="Door")["changed"] is False


def test_a_user_name_that_reads_like_a_number_of_another_extension_is_no_number(operator: Bench) -> None:
    operator.store.add_extension("300", ["101x"])
    operator.store.extension("101")["lines"][0]["sipUsername"] = "300"
    assert operator.predicted("extension", sip_username="300", description="the user name")["changed"] is True
    assert operator.store.extension("101")["description"] == "the user name"
    assert operator.predicted("extension", number="300", description="the number")["changed"] is True
    assert operator.store.extension("300")["description"] == "the number"


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("name", ["102mobile", "102MOBILE", "102"])
def test_the_name_of_one_of_several_lines_is_refused_with_the_extension_it_belongs_to(
    operator: Bench, check_mode: bool, name: str
) -> None:
    result = operator.object("extension", check_mode=check_mode, sip_username=name, sip_password=PASSWORD)
    refused(result, name, "extension 102", "number", "lines")
    entry = {"sip_username": name, "sip_password": PASSWORD}
    result = operator.config({"extensions": [{"number": "101"}, entry]}, check_mode=check_mode)
    refused(result, "config.extensions[1]", "extension 102")
    assert operator.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("state", ["present", "absent"])
def test_two_candidates_are_named_and_neither_is_touched(operator: Bench, check_mode: bool, state: str) -> None:
    operator.sim.settings.unique_sip_usernames = False
    operator.store.add_extension("300", ["door"])
    operator.store.add_extension("301", ["Door"])
    wish = {**DOOR, "description": "which?", "state": state}
    refused(operator.object("extension", check_mode=check_mode, **wish), "300", "301", "number")
    refused(operator.config({"extensions": [wish]}, check_mode=check_mode), "config.extensions[0]", "300", "301")
    assert operator.sim.writes == []
    assert operator.predicted("extension", number="301", description="this one")["changed"] is True


# New ones without a number.


def test_a_new_extension_gets_the_next_number_of_the_server(operator: Bench) -> None:
    prediction = done(operator.object("extension", check_mode=True, **DOOR))
    assert operator.sim.writes == []
    assert prediction["extension"]["number"] is None
    assert "Extensions.getNextValidNumber" not in operator.calls, "a number that is not used is none of our business"
    result = done(operator.object("extension", **DOOR))
    assert prediction["diff"] == result["diff"]
    assert prediction["changes"] == result["changes"]
    assert result["extension"] == {**prediction["extension"], "number": "103"}
    assert operator.store.line("door") in operator.store.extension("103")["lines"]
    again = operator.predicted("extension", **DOOR)
    assert again["changed"] is False
    assert again["extension"]["number"] == "103"


def test_new_ones_of_a_document_get_numbers_that_no_other_entry_asks_for(operator: Bench) -> None:
    """The entry without a number comes first in the document; the one that asks for 103 is to get it all the same."""
    asked = {"number": "103", "sip_password": PASSWORD, "description": "asked for"}
    entries = [DOOR, {**DOOR, "sip_username": "gate"}, asked]
    result = operator.predicted_config({"extensions": entries})
    assert result["summary"]["created"] == 3
    assert operator.store.extension("103")["description"] == "asked for"
    numbers = {owner["telNum"] for owner, line in operator.store.lines() if line["sipUsername"] in ("door", "gate")}
    assert numbers == {"104", "105"}
    assert operator.predicted_config({"extensions": entries})["changed"] is False


def test_a_document_does_not_describe_one_extension_twice(operator: Bench) -> None:
    twice = [{"number": "101", "description": "a"}, {"sip_username": "101", "description": "b"}]
    for check_mode in (True, False):
        refused(operator.config({"extensions": twice}, check_mode=check_mode), "config.extensions[1]", "extension 101")
    same = [{"sip_username": "door"}, {"sip_username": "Door"}]
    refused(operator.config({"extensions": same}), "config.extensions[1]")
    assert operator.sim.writes == []


# Taken numbers and names.


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("number", sorted(TAKEN))
def test_a_number_that_something_else_has_is_refused_with_its_owner(
    operator: Bench, check_mode: bool, number: str
) -> None:
    wish = {"number": number, "sip_password": PASSWORD}
    refused(operator.object("extension", check_mode=check_mode, **wish), number, TAKEN[number])
    document = {"extensions": [{"number": "200", "sip_password": PASSWORD}, wish]}
    result = operator.config(document, check_mode=check_mode)
    refused(result, "config.extensions[1]", number, TAKEN[number])
    assert result["failure"]["object"] == f"extension {number}"
    assert operator.sim.writes == []


def test_the_dial_plan_is_asked_only_for_new_numbers_and_once(operator: Bench) -> None:
    directory = "Server.getInternalDirectoryList"
    operator.predicted("extension", number="101", description="changed")
    operator.predicted("extension", number="101", state="absent")
    done(operator.object("extension", **DOOR))
    assert directory not in operator.calls
    operator.forget_requests()
    new = [{"number": str(number), "sip_password": PASSWORD} for number in range(200, 205)]
    done(operator.config({"extensions": new}))
    assert operator.calls.count(directory) == 1


@pytest.mark.parametrize("kind", [99, None, "x"])
def test_an_owner_of_an_unknown_kind_is_still_an_owner(operator: Bench, kind: Any) -> None:
    operator.store.add_number("770", kind, "Robot")
    refused(operator.object("extension", number="770", sip_password=PASSWORD), "770", "something else (Robot)")
    assert operator.sim.writes == []


def test_a_number_that_is_taken_in_between_is_the_servers_refusal(operator: Bench) -> None:
    operator.before("Extensions.create", lambda: operator.store.add_number("200", 5, "Sales"))
    result = operator.object("extension", number="200", sip_password=PASSWORD)
    refused(result, "200", "Extensions.create")
    assert result["failure"]["code"] == 1001
    assert operator.store.dial_plan["200"]["DESCRIPTION"] == "Sales"


def test_an_extension_that_somebody_else_makes_first_is_adopted(operator: Bench) -> None:
    operator.before("Extensions.create", lambda: operator.store.add_extension("200", description="by hand"))
    result = done(operator.object("extension", number="200", sip_password=PASSWORD, description="Front desk"))
    assert result["changed"] is True
    assert operator.store.extension("200")["description"] == "Front desk"
    assert len([row for row in operator.store.extensions.values() if row["telNum"] == "200"]) == 1


def test_a_next_number_that_is_taken_in_between_fails_and_the_next_run_gets_another(operator: Bench) -> None:
    operator.before("Extensions.create", lambda: operator.store.add_number("103", 5, "Sales"))
    result = operator.object("extension", **DOOR)
    refused(result, "103")
    assert done(operator.object("extension", **DOOR))["extension"]["number"] == "104"


def test_a_user_name_of_another_extension_is_the_servers_refusal(operator: Bench) -> None:
    before = set(operator.store.extensions)
    result = operator.object("extension", number="200", sip_username="101", sip_password=PASSWORD)
    refused(result, "101", "Extensions.create")
    assert set(operator.store.extensions) == before


# What the server answers when it is asked for a number.


@pytest.mark.parametrize("form", ["telNum", "number", "nested", "extension", "nextValidNumber", "bare", "bare_number"])
def test_the_next_number_is_understood_in_every_form(operator: Bench, form: Any) -> None:
    operator.sim.settings.next_number_reply = form
    assert done(operator.object("extension", **DOOR))["extension"]["number"] == "103"
    assert operator.store.extension("103")["lines"][0]["sipUsername"] == "door"


@pytest.mark.parametrize("answer", [{}, None, {"telNum": ""}, {"telNum": None}, {"telNum": True}, "", {"errors": []}])
def test_an_answer_without_a_number_is_no_number(operator: Bench, answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.simulators.kerio_operator.dial_plan.replies.next_number", lambda *_: answer)
    result = operator.object("extension", **DOOR)
    refused(result, "number", "Kerio Operator named no number")
    assert result["failure"]["method"] == "Extensions.getNextValidNumber"
    assert operator.sim.writes == []


def test_the_members_that_sound_like_a_number_count_before_others(
    operator: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {"count": 7, "totalItems": 1, "telNum": "205", "errors": []}
    monkeypatch.setattr("tests.simulators.kerio_operator.dial_plan.replies.next_number", lambda *_: answer)
    assert done(operator.object("extension", **DOOR))["extension"]["number"] == "205"


def test_a_server_that_confirms_and_makes_nothing_is_found_out(
    operator: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = operator.store.extension("100")
    monkeypatch.setattr(simulated_extensions, "_create", lambda *_: made)
    for wish in ({"number": "200", "sip_password": PASSWORD}, DOOR):
        result = operator.object("extension", **wish)
        assert result["failed"]
        assert result["changed"] is True
        assert "does not list it" in result["msg"]


def test_one_of_several_lines_is_no_extension_to_delete(operator: Bench) -> None:
    """ "Unchanged" would say that it is gone."""
    refused(operator.object("extension", sip_username="102mobile", state="absent"), "102")
    assert operator.sim.writes == []
