# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Extensions and their lines: rows, creation, changes, removal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_operator.client import Client, codes
from tests.unit.simulators.kerio_web import refused

# Rows


def test_three_kinds_of_rows(admin: Client) -> None:
    """A number with several lines appears once more than it has lines."""
    group = admin.group("102")
    shared = {
        "telNum": "102",
        "description": "Bob",
        "USERNAME": "bob",
        "FULL_NAME": "Bob Example",
        "EMAIL": "bob@example.com",
    }
    line = {"parentId": group, "lineType": 1, "sipStatus": {"registered": 0}, **shared}
    assert admin.rows("102") == [
        {"guid": group, "lineType": 2, **shared},
        {"guid": admin.line("102"), "sipUsername": "102", **line},
        {"guid": admin.line("102mobile"), "sipUsername": "102mobile", **line},
    ]
    (row,) = admin.rows("101")
    assert (row["guid"], row["parentId"], row["lineType"]) == (admin.line("101"), admin.group("101"), 0)
    assert row["sipStatus"] == {"registered": 1}
    (free,) = admin.rows("100")
    assert (free["USERNAME"], free["FULL_NAME"], free["EMAIL"]) == ("", "", "")


def test_rows_can_hold_everything_but_secrets(admin: Client) -> None:
    admin.server.settings.extension_rows = "full"
    (row,) = admin.rows("101")
    assert {"callPermission", "recordInbound", "natSupport", "selectedCodecs", "dtmfMode", "faxDetect"} <= row.keys()
    assert row["userGuid"] == admin.guid("alice")
    assert "sipPassword" not in row
    group, line, _other = admin.rows("102")
    assert "natSupport" not in group
    assert {"callPermission", "natSupport"} <= line.keys()
    admin.server.settings.secrets_in_rows = True
    assert admin.rows("101")[0]["sipPassword"] == admin.server.store.sip_password("101")


def test_ids_and_booleans_can_travel_otherwise(admin: Client) -> None:
    admin.server.settings.extension_rows = "full"
    admin.server.settings.ids = "text"
    admin.server.settings.booleans = "numbers"
    (row,) = admin.rows("101")
    assert (row["guid"], row["parentId"]) == (str(admin.line("101")), str(admin.group("101")))
    assert (row["natSupport"], row["userGuid"], row["lineType"]) == (0, str(admin.guid("alice")), 0)
    assert isinstance(row["natSupport"], int)
    assert not isinstance(row["natSupport"], bool)
    ids = admin.create_extension("200")["result"]["id"]
    assert ids == {"guidGroup": str(admin.group("200")), "guidLine": str(admin.line("200"))}
    admin.call("Extensions.set", {"guids": [ids["guidGroup"]], "detail": {"description": "text id"}})
    assert admin.server.store.extension("200")["description"] == "text id"
    admin.server.settings.booleans = "json"
    assert admin.rows("101")[0]["sipStatus"] == {"registered": True}


# Numbers


def test_next_number_is_the_lowest_free_one(admin: Client) -> None:
    assert admin.call("Extensions.getNextValidNumber", []) == {"telNum": "103"}
    admin.server.store.add_number("103", 18, "Speed dial")
    assert admin.call("Extensions.getNextValidNumber") == {"telNum": "104"}
    admin.remove_extension(admin.group("100"))
    assert admin.call("Extensions.getNextValidNumber") == {"telNum": "100"}


@pytest.mark.parametrize(
    ("form", "answer"),
    [
        ("number", {"number": 103}),
        ("nested", {"result": {"telNum": "103"}}),
        ("extension", {"extension": "103"}),
        ("nextValidNumber", {"nextValidNumber": "103"}),
        ("bare", "103"),
        ("bare_number", 103),
    ],
)
def test_forms_of_the_next_number(admin: Client, form: Any, answer: Any) -> None:
    admin.server.settings.next_number_reply = form
    assert admin.call("Extensions.getNextValidNumber") == answer


@pytest.mark.parametrize("number", ["100", "700", "710", "112"])
def test_numbers_are_unique_over_the_dial_plan(admin: Client, number: str) -> None:
    with refused(1001):
        admin.create_extension(number)
    assert codes(admin.set_extension(admin.group("101"), telNum=number)) == [1001]
    assert admin.server.store.user_of("101") == "alice"


@pytest.mark.parametrize("number", ["", "12a", "1 2", "+49"])
def test_what_is_no_number(admin: Client, number: str) -> None:
    with refused(1000):
        admin.create_extension(number)


def test_three_extensions_for_each_licensed_user(admin: Client) -> None:
    admin.server.settings.licensed_users = 1
    with refused(1003):
        admin.create_extension("200")
    admin.remove_extension(admin.group("100"))
    admin.create_extension("200")
    with refused(1003):
        admin.create_extension("201")


# Creation


def test_create_with_everything(admin: Client) -> None:
    codecs = [{"ID": "g722", "SEQUENCE": 1, "DESCRIPTION": ""}, {"ID": "speex", "SEQUENCE": 2}]
    answer = admin.create_extension(
        "200",
        sipUsername="200user",
        sipPassword="A7f3Kq9Zt2LmX0bD",
        description="Front desk",
        callPermission=2,
        userGuid=admin.guid("alice"),
        selectedCodecs=codecs,
        natSupport=True,
        secured=True,
        recordInbound=True,
        recordOutbound=True,
        faxDetect=True,
        faxDetectType=1,
        dtmfMode=2,
    )
    store = admin.server.store
    extension = store.extension("200")
    (line,) = extension["lines"]
    assert answer == {"result": {"id": {"guidGroup": extension["guid"], "guidLine": line["guid"]}}}
    assert (extension["description"], extension["callPermission"]) == ("Front desk", 2)
    assert (extension["recordInbound"], extension["recordOutbound"]) == (True, True)
    assert (line["sipUsername"], line["sipPassword"]) == ("200user", "A7f3Kq9Zt2LmX0bD")
    assert (line["natSupport"], line["secured"], line["faxDetect"]) == (True, True, True)
    assert (line["faxDetectType"], line["dtmfMode"]) == (1, 2)
    assert line["selectedCodecs"] == [
        {"ID": "g722", "SEQUENCE": 1, "DESCRIPTION": "G.722 (wideband)"},
        {"ID": "speex", "SEQUENCE": 2, "DESCRIPTION": "SpeeX"},
    ]
    assert store.numbers_of("alice") == ["101", "200"]
    assert admin.rows("200")[0]["USERNAME"] == "alice"


def test_create_with_the_number_alone(admin: Client) -> None:
    admin.create_extension("200")
    (line,) = admin.server.store.extension("200")["lines"]
    assert line["sipUsername"] == "200"
    assert len(line["sipPassword"]) == 16
    assert line["sipPassword"].isalnum()
    assert admin.server.store.user_of("200") is None


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"telNum": 200}, -32602),
        ({"natSupport": 1}, -32602),
        ({"callPermission": "1"}, -32602),
        ({"selectedCodecs": ["g722"]}, -32602),
        ({"selectedCodecs": [{"ID": "mp3"}]}, 1000),
        ({"userGuid": 9}, 1002),
        ({"sipUsername": "101"}, 1001),
        ({"sipUsername": ""}, 1000),
    ],
)
def test_refused_creations(admin: Client, detail: dict[str, Any], code: int) -> None:
    before = admin.server.store.snapshot()["extensions"]
    with refused(code):
        admin.call("Extensions.create", {"detail": {"telNum": "200", **detail}})
    assert admin.server.store.extensions == before
    assert admin.server.store.numbers_of("alice") == ["101"]


def test_creation_needs_a_number_and_a_detail(admin: Client) -> None:
    with refused(-32602):
        admin.call("Extensions.create", {"detail": {"description": "none"}})
    with refused(-32602):
        admin.call("Extensions.create", {"details": {"telNum": "200"}})
    with refused(-32602):
        admin.call("Extensions.create", {"detail": [{"telNum": "200"}]})


def test_same_sip_username_twice_by_switch(admin: Client) -> None:
    admin.server.settings.unique_sip_usernames = False
    admin.create_extension("200", sipUsername="101")
    assert [row["telNum"] for row in admin.extensions() if row.get("sipUsername") == "101"] == ["101", "200"]


def test_unknown_members_by_switch(admin: Client) -> None:
    admin.create_extension("200", callerId="x")
    admin.server.settings.unknown_member = "refuse"
    with refused(-32602):
        admin.create_extension("201", callerId="x")


@pytest.mark.parametrize("form", ["flat", "group_only"])
def test_forms_of_what_create_answers(admin: Client, form: Any) -> None:
    admin.server.settings.create_reply = form
    answer = admin.create_extension("200")
    group, line = admin.group("200"), admin.line("200")
    expected = {
        "flat": {"id": {"guidGroup": group, "guidLine": line}},
        "group_only": {"result": {"id": {"guidGroup": group}}},
    }
    assert answer == expected[form]


def test_failed_creation_can_be_told_as_an_item(admin: Client) -> None:
    admin.server.settings.create_errors = "per_item"
    (error,) = admin.create_extension("100")["errors"]
    assert (error["inputIndex"], error["code"]) == (0, 1001)
    assert error["messageParameters"] == {"positionalParameters": ["100"], "plurality": 1}
    assert codes(admin.call("Extensions.createLine", {"guid": 1, "detail": {}})) == [1002]
    with refused(-32602):
        admin.create_extension("200", natSupport="yes")


@pytest.mark.parametrize("number", ["100", "101"])
def test_every_refusal_can_have_the_same_code(admin: Client, number: str) -> None:
    admin.server.settings.error_codes = "generic"
    with refused(1000):
        admin.create_extension(number)
    assert codes(admin.remove_extension(1)) == [1000]
    admin.call("Session.logout")
    with refused(1000):
        admin.login("alice", "alice-1-Secret")


# Lines


def test_new_line_gets_its_credentials_from_the_server(admin: Client) -> None:
    group, first = admin.group("101"), admin.line("101")
    new = admin.call("Extensions.createLine", {"guid": group, "detail": {}})["result"]["id"]
    assert new["guidGroup"] == group
    assert new["guidLine"] > first
    kinds = {row["guid"]: row["lineType"] for row in admin.rows("101")}
    assert kinds == {group: 2, first: 1, new["guidLine"]: 1}
    made_up = admin.server.store.extension("101")["lines"][1]
    assert made_up["sipUsername"].startswith("101")
    password = admin.call("Extensions.getSipPassword", {"guid": new["guidLine"]})
    assert password == {"password": made_up["sipPassword"]}
    assert made_up["sipPassword"] != admin.server.store.sip_password("101")
    admin.set_extension(new["guidLine"], sipUsername="101mobile")
    assert admin.line("101mobile") == new["guidLine"]


def test_line_with_details_and_line_without_extension(admin: Client) -> None:
    admin.call(
        "Extensions.createLine", {"guid": admin.group("101"), "detail": {"sipUsername": "soft", "secured": True}}
    )
    assert admin.server.store.line("soft")["secured"] is True
    with refused(1001):
        admin.call("Extensions.createLine", {"guid": admin.group("101"), "detail": {"sipUsername": "102"}})
    with refused(1002):
        admin.call("Extensions.createLine", {"guid": admin.line("101"), "detail": {}})


def test_ids_of_extensions_and_lines_are_one_sequence(admin: Client) -> None:
    first = admin.create_extension("200")["result"]["id"]
    second = admin.call("Extensions.createLine", {"guid": first["guidGroup"], "detail": {}})["result"]["id"]
    third = admin.create_extension("201")["result"]["id"]
    ids = [first["guidGroup"], first["guidLine"], second["guidLine"], third["guidGroup"], third["guidLine"]]
    assert ids == list(range(ids[0], ids[0] + 5))
    admin.remove_extension(third["guidGroup"])
    assert admin.create_extension("201")["result"]["id"]["guidGroup"] > third["guidLine"], "ids are never used again"


def test_password_is_read_by_the_line(admin: Client) -> None:
    with refused(1002):
        admin.call("Extensions.getSipPassword", {"guid": admin.group("101")})
    with refused(1002):
        admin.call("Extensions.getSipPassword", {"guid": 1})


# Changes


def test_set_changes_what_is_given_and_nothing_else(admin: Client) -> None:
    before = admin.server.store.snapshot()["extensions"]
    group, line = admin.group("102"), admin.line("102mobile")
    assert admin.set_extension(group, telNum="202", callPermission=3, recordInbound=True) == {"errors": []}
    assert admin.set_extension(line, sipPassword="changed", dtmfMode=1, secured=True) == {"errors": []}
    before[group] |= {"telNum": "202", "callPermission": 3, "recordInbound": True}
    before[group]["lines"][1] |= {"sipPassword": "changed", "dtmfMode": 1, "secured": True}
    assert admin.server.store.extensions == before
    assert admin.server.store.user_of("202") == "bob"


def test_one_set_changes_several_and_tells_who_failed(admin: Client) -> None:
    answer = admin.set_extension(admin.group("100"), 1, admin.group("101"), description="same")
    assert [(error["inputIndex"], error["code"]) for error in answer["errors"]] == [(1, 1002)]
    assert [admin.server.store.extension(number)["description"] for number in ("100", "101")] == ["same", "same"]
    taken = admin.set_extension(admin.group("100"), admin.group("101"), telNum="555")
    assert codes(taken) == [1001]
    assert admin.server.store.user_of("555") is None


def test_several_can_be_done_all_or_nothing(admin: Client) -> None:
    admin.server.settings.item_errors = "top_level"
    with refused(1002):
        admin.set_extension(admin.group("100"), 1, description="same")
    assert admin.server.store.extension("100")["description"] == ""
    with refused(1002):
        admin.remove_extension(admin.group("102"), 1)
    assert admin.server.store.user_of("102") == "bob"


@pytest.mark.parametrize("use", ["extension", "line"])
def test_fields_of_the_other_id_are_a_switch(admin: Client, use: str) -> None:
    """What a real server does with them is unknown."""
    store = admin.server.store
    if use == "extension":
        guid, change, place = admin.group("101"), {"natSupport": True}, store.line("101")
    else:
        guid, change, place = admin.line("101"), {"recordInbound": True}, store.extension("101")
    (name,) = change
    admin.server.settings.other_fields = "refuse"
    assert codes(admin.set_extension(guid, **change)) == [1000]
    admin.server.settings.other_fields = "ignore"
    assert admin.set_extension(guid, **change) == {"errors": []}
    assert place[name] is False
    admin.server.settings.other_fields = "accept"
    assert admin.set_extension(guid, **change) == {"errors": []}
    assert place[name] is True


def test_with_several_lines_nothing_is_guessed(admin: Client) -> None:
    assert codes(admin.set_extension(admin.group("102"), natSupport=True)) == [1000]
    assert codes(admin.set_extension(admin.line("102"), telNum="300")) == [1000]
    admin.server.settings.other_fields = "ignore"
    assert codes(admin.set_extension(admin.line("102"), telNum="300", secured=True)) == []
    assert admin.server.store.extension("102")["lines"][0]["secured"] is True


def test_assignment_is_changed_and_taken_back(admin: Client) -> None:
    store = admin.server.store
    admin.set_extension(admin.group("100"), userGuid=admin.guid("alice"))
    assert store.numbers_of("alice") == ["101", "100"]
    admin.set_extension(admin.group("100"), userGuid=admin.guid("bob"))
    assert (store.numbers_of("alice"), store.numbers_of("bob")) == (["101"], ["102", "100"])
    admin.set_extension(admin.group("100"), userGuid=None)
    assert store.user_of("100") is None
    assert codes(admin.set_extension(admin.group("100"), userGuid=1)) == [1002]
    assert codes(admin.set_extension(admin.group("101"), userGuid=None, telNum="102")) == [1001]
    assert store.user_of("101") == "alice", "a change that is refused leaves the assignment alone"


def test_assigning_again_keeps_the_ring_settings(admin: Client) -> None:
    store = admin.server.store
    store.user("alice")["EXTENSIONS"][0]["RING_EXTENSION_TIMEOUT"] = 77
    admin.set_extension(admin.group("101"), userGuid=admin.guid("alice"))
    assert store.user("alice")["EXTENSIONS"][0]["RING_EXTENSION_TIMEOUT"] == 77


def test_set_takes_the_form_of_version_2(admin: Client) -> None:
    with refused(-32602):
        admin.call("Extensions.set", {"guid": admin.group("101"), "detail": {"description": "1.x"}})


@pytest.mark.parametrize(
    ("form", "answer"), [("empty", {}), ("null", None), ("true", True), ("result", {"result": {}})]
)
def test_forms_of_what_set_and_remove_answer(admin: Client, form: Any, answer: Any) -> None:
    admin.server.settings.set_reply = form
    assert admin.set_extension(admin.group("100"), description="x") == answer
    assert admin.set_user("bob", FULL_NAME="x") == answer
    assert codes(admin.set_extension(1, description="x")) == [1002], "failures are told in any case"
    assert admin.remove_extension(admin.group("100")) == {"errors": []}
    admin.server.settings.remove_reply = form
    assert admin.remove_extension(admin.group("101")) == answer


# Removal


def test_removing_the_extension_takes_its_lines(admin: Client) -> None:
    admin.remove_extension(admin.group("102"))
    assert admin.rows("102") == []
    assert admin.server.store.numbers_of("bob") == []
    assert admin.user("bob")["EXTENSIONS"] == []
    admin.create_extension("102", sipUsername="102mobile")


def test_removing_one_of_two_lines_leaves_a_single_one(admin: Client) -> None:
    group, line = admin.group("102"), admin.line("102")
    admin.remove_extension(admin.line("102mobile"))
    assert [(row["guid"], row["parentId"], row["lineType"]) for row in admin.rows("102")] == [(line, group, 0)]
    assert admin.server.store.user_of("102") == "bob"
    admin.remove_extension(line)
    assert admin.rows("102") == []
    assert admin.server.store.numbers_of("bob") == []


def test_removing_several_and_what_is_not_there(admin: Client) -> None:
    answer = admin.remove_extension(admin.line("102"), admin.line("102mobile"), 1, admin.group("100"))
    assert [(error["inputIndex"], error["code"]) for error in answer["errors"]] == [(2, 1002)]
    assert [row["telNum"] for row in admin.extensions()] == ["101"]


@pytest.mark.parametrize(
    ("wanted", "others"), [("guids", ["guid", "ids"]), ("guid", ["guids", "ids"]), ("ids", ["guid", "guids"])]
)
def test_how_remove_names_its_objects_is_a_switch(admin: Client, wanted: Any, others: list[str]) -> None:
    admin.server.settings.remove_params = wanted
    group = admin.group("100")
    for name in others:
        with refused(-32602):
            admin.call("Extensions.remove", {name: group if name == "guid" else [group]})
    with refused(-32602):
        admin.call("Extensions.remove", {wanted: [group] if wanted == "guid" else group})
    admin.call("Extensions.remove", {wanted: group if wanted == "guid" else [group]})
    assert admin.rows("100") == []
