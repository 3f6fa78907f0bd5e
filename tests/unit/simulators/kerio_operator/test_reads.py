# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queries, the dial plan, and what else can be read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_operator.client import Client
from tests.unit.simulators.kerio_web import condition, refused


def numbers(client: Client, **query: Any) -> list[str]:
    return [row["telNum"] for row in client.extensions(**query)]


# Queries


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([condition("SEARCH", "Like", "101")], ["101"]),
        ([condition("SEARCH", "=", "mobile")], ["102"]),
        ([condition("SEARCH", "Like", "EXAMPLE.com")], ["101", "102", "102", "102"]),
        ([condition("telNum", "Eq", "102")], ["102", "102", "102"]),
        ([condition("TELNUM", "Eq", "100")], ["100"]),
        ([condition("USERNAME", "NotEq", "bob")], ["100", "101"]),
        ([condition("lineType", "Eq", "2")], ["102"]),
        ([condition("USERNAME", "Eq", "ALICE")], ["101"]),
        ([condition("guid", "LessThan", "12")], ["100"]),
        ([condition("guid", "GreaterThan", "13")], ["102", "102"]),
        ([condition("guid", "GreaterEq", "13")], ["102", "102", "102"]),
        ([condition("guid", "LessEq", "12")], ["100", "101"]),
        ([condition("telNum", "Eq", "100"), condition("USERNAME", "Eq", "alice")], ["100", "101"]),
        ([condition("SEARCH", "Like", "nothing")], []),
    ],
)
def test_conditions(admin: Client, conditions: list[dict[str, str]], expected: list[str]) -> None:
    assert numbers(admin, conditions=conditions) == expected


def test_conditions_can_all_be_asked_for(admin: Client) -> None:
    both = [condition("telNum", "Eq", "102"), condition("sipUsername", "Eq", "102")]
    assert len(numbers(admin, conditions=both, combining="And")) == 1
    assert len(numbers(admin, conditions=both, combining="Or")) == 3
    admin.server.settings.default_combining = "And"
    assert len(numbers(admin, conditions=both)) == 1


def test_conditions_on_booleans(admin: Client) -> None:
    admin.server.settings.extension_rows = "full"
    admin.server.store.line("101")["secured"] = True
    assert numbers(admin, conditions=[condition("secured", "Eq", "true")]) == ["101"]
    assert numbers(admin, conditions=[condition("secured", "Eq", "0")]) == ["100", "102", "102"]


def test_order_and_pages(admin: Client) -> None:
    admin.server.store.add_extension("20", description="short")
    order = [{"columnName": "TelNum", "direction": "Desc"}]
    assert numbers(admin, orderBy=order) == ["20", "102", "102", "102", "101", "100"]
    admin.server.settings.number_order = "number"
    assert numbers(admin, orderBy=order) == ["102", "102", "102", "101", "100", "20"]
    assert numbers(admin, orderBy=[{"columnName": "nothing", "direction": "Asc"}])[0] == "100"
    page = admin.call("Extensions.get", {"query": {"start": "1", "limit": "2", "domainId": "x"}})
    assert [row["telNum"] for row in page["sipExtensionList"]] == ["101", "102"]
    assert page["totalItems"] == 6
    assert len(numbers(admin, limit=-1)) == 6
    admin.server.settings.max_rows = 4
    assert len(numbers(admin, limit=-1)) == 4


def test_users_are_sorted_by_their_extensions(admin: Client) -> None:
    order = [{"columnName": "EXTENSIONS", "direction": "Desc"}]
    assert [row["USERNAME"] for row in admin.users(orderBy=order)] == ["bob", "alice", "Admin"]


def test_fields_and_identity(admin: Client) -> None:
    row = admin.extensions(fields=["TELNUM"])[0]
    assert row.keys() == {"guid", "parentId", "lineType", "telNum"}
    assert admin.users(fields=["EMAIL"])[0].keys() == {"GUID", "EMAIL"}
    assert "telNum" in admin.extensions(fields=["telNum", "colour"])[0]
    admin.server.settings.unknown_field = "refuse"
    with refused(-32602):
        admin.extensions(fields=["colour"])
    admin.server.settings.extra_members = True
    assert "x9SinceNewerRelease" in admin.extensions()[0]


@pytest.mark.parametrize(
    ("switch", "count"), [({"unknown_condition": "nothing"}, 0), ({"unknown_condition": "ignore"}, 5)]
)
def test_filters_that_cannot_be_trusted(admin: Client, switch: dict[str, Any], count: int) -> None:
    for name, value in switch.items():
        setattr(admin.server.settings, name, value)
    assert len(numbers(admin, conditions=[condition("colour", "Eq", "red")])) == count
    admin.server.settings.ignore_conditions = True
    assert len(numbers(admin, conditions=[condition("telNum", "Eq", "101")])) == 5
    admin.server.settings.ignore_conditions = False
    admin.server.settings.unknown_condition = "refuse"
    with refused(-32602):
        numbers(admin, conditions=[condition("colour", "Eq", "red")])


@pytest.mark.parametrize(
    "query",
    [
        "all",
        {"conditions": [condition("telNum", "Equals", "1")]},
        {"conditions": {}, "orderBy": {"columnName": "telNum"}},
        {"limit": "many"},
        {"fields": "telNum"},
        {"orderBy": ["telNum"]},
        {"conditions": ["telNum"]},
    ],
)
def test_wrong_queries(admin: Client, query: Any) -> None:
    with refused(-32602):
        admin.call("Extensions.get", {"query": query})


def test_query_may_be_missing(admin: Client) -> None:
    assert admin.call("Extensions.get")["totalItems"] == 5
    assert admin.call("Users.get", {"query": []})["totalItems"] == 3


# Dial plan


def test_directory_holds_every_kind(admin: Client) -> None:
    rows = admin.call("Server.getInternalDirectoryList", {"query": {}, "onlyExtensions": False})["numberList"]
    kinds = {row["TEL_NUM"]: row["EXTENSION_TYPE_ID"] for row in rows}
    assert set(kinds.values()) == set(range(1, 21))
    assert {kinds[number] for number in ("100", "101")} == {1}
    assert (kinds["102"], kinds["700"], kinds["710"], kinds["720"], kinds["730"]) == (20, 5, 4, 9, 10)
    assert all(row.keys() == {"TEL_NUM", "DESCRIPTION", "EXTENSION_TYPE_ID"} for row in rows)
    assert admin.call("Server.getInternalDirectoryList")["totalItems"] == len(rows)
    admin.remove_extension(admin.line("102mobile"))
    query = {"orderBy": [{"columnName": "TEL_NUM", "direction": "Desc"}]}
    only = admin.call("Server.getInternalDirectoryList", {"query": query, "onlyExtensions": True})
    assert [(row["TEL_NUM"], row["EXTENSION_TYPE_ID"]) for row in only["numberList"]] == [
        ("102", 1),
        ("101", 1),
        ("100", 1),
    ]


@pytest.mark.parametrize(
    ("method", "key", "column", "expected"),
    [
        ("RingingGroups.get", "ringingGroupList", "EXTENSION_NUMBER", ["720"]),
        ("Conferences.get", "conferenceList", "EXTENSION_NUMBER", ["710"]),
        ("CallQueues.get", "callQueueList", "queueNumber", ["701", "700"]),
        ("AutoAttendantScripts.get", "autoAttendantScriptList", "IVR_NUMBER", ["750"]),
        (
            "PbxServices.get",
            "serviceList",
            "TEL_NUM",
            ["740", "738", "737", "736", "735", "734", "733", "732", "731", "730"],
        ),
    ],
)
def test_other_objects_with_numbers(admin: Client, method: str, key: str, column: str, expected: list[str]) -> None:
    admin.server.store.add_number("701", 5, "Second queue")
    query = {"orderBy": [{"columnName": column, "direction": "Desc"}]}
    answer = admin.call(method, {"query": query})
    assert [row[column] for row in answer[key]] == expected
    admin.server.settings.list_keys = "list"
    assert admin.call(method, {"query": query}) == {"list": answer[key], "totalItems": len(expected)}


# The rest


def test_calls_history_and_recordings(admin: Client) -> None:
    assert admin.call("Status.getCalls", {"query": {}})["calls"][0]["FROM"] == {"NUMBER": "102"}
    either = [condition("TO_NUM", "Eq", "102"), condition("FROM_NUM", "Eq", "102")]
    admin.server.store.add_call("102", "100")
    calls = admin.call("CallHistory.get", {"query": {"conditions": either, "combining": "Or"}})["callHistory"]
    assert {(call["FROM_NUM"], call["TO_NUM"]) for call in calls} == {("101", "102"), ("102", "100")}
    recording = admin.server.store.add_recording("102", "0123", 5)
    assert recording["ID"] != admin.server.store.recordings[0]["ID"]
    order = [{"columnName": "DURATION", "direction": "Asc"}]
    answer = admin.call("Recordings.get", {"query": {"orderBy": order, "fields": ["NAME"]}})
    assert answer["recordingList"][0] == {"ID": recording["ID"], "NAME": recording["NAME"]}


def test_agents_of_a_queue(admin: Client) -> None:
    params = {"query": {}, "extension": 700}
    assert admin.call("Status.getQueueAgents", params)["agents"] == [{"EXTENSION_NUMBER": "101"}]
    admin.server.store.queue_agents.append({"EXTENSION_NUMBER": "102", "QUEUE_NUMBER": "701"})
    assert admin.call("Status.getQueueAgents", {**params, "extension": 701})["totalItems"] == 1
    with refused(-32602):
        admin.call("Status.getQueueAgents", {"query": {}})


def test_reads_about_the_server(admin: Client) -> None:
    admin.server.settings.licensed_users = 7
    status = admin.call("ProductRegistration.getFullStatus")["status"]
    assert (status["users"], [item["isUnlimited"] for item in status["expirations"]]) == (7, [True, False])
    product = admin.call("Server.getConstantList")["constantList"]["product"]
    assert product["SERVER_VERSION"] == "2.5.2"
    assert admin.call("Network.get")["network"]["HOSTNAME"] == "pbx.example.com"
    assert len(admin.call("Storage.get")["storageData"]) == 7
    admin.server.store.system["statusBackup"]["STATE"] = 1
    assert admin.call("SystemBackup.get") == {"statusBackup": {"STATE": 1}}
    health = admin.call("SystemHealth.get", {"histogramType": "HistogramOneDay"})["systemHealth"]
    assert health["diskFree"] < health["diskTotal"]
    with refused(-32602):
        admin.call("SystemHealth.get", {"histogramType": "Yesterday"})


def test_what_a_user_reads_on_the_phone(alice: Client) -> None:
    store = alice.server.store
    webrtc = [{"username": "101", "secret": store.sip_password("101")}]
    assert alice.call("UserPhone.getWebrtc") == {"extensions": webrtc}
    store.user("alice")["WEBRTC_ENABLED"] = False
    assert alice.call("UserPhone.getWebrtc") == {"extensions": []}
    book = alice.call("UserPhone.getAddressBook")["addressBook"]
    assert book == [
        {"fullName": "Alice Example", "numbers": [{"telNum": "101"}]},
        {"fullName": "Bob Example", "numbers": [{"telNum": "102"}]},
    ]
    assert alice.call("UserSettings.get")["userSettings"]["USERNAME"] == "alice"


def test_own_call_history(alice: Client) -> None:
    store = alice.server.store
    store.add_call("100", "102")
    calls = alice.call("UserCallHistory.get", {"timeStartMax": 0, "limit": 100})["callHistory"]
    assert [(call["type"], call["toNum"], call["toName"]) for call in calls] == [
        (2, "102", "Bob Example"),
        (1, "101", "Alice Example"),
    ]
    assert len(alice.call("UserCallHistory.get", {"timeStartMax": 0, "limit": 1})["callHistory"]) == 1
    oldest = alice.call("UserCallHistory.get", {"timeStartMax": calls[1]["timestamp"], "limit": -1})["callHistory"]
    assert oldest == calls[1:]


def test_prepared_state(alice: Client) -> None:
    """What tests do with the store."""
    store = alice.server.store
    extension = store.add_extension(
        "300", ["300a", {"sipUsername": "300b", "secured": True}], natSupport=True, user="bob"
    )
    assert [(line["natSupport"], line["secured"]) for line in extension["lines"]] == [(True, False), (True, True)]
    assert store.numbers_of("bob") == ["102", "300"]
    store.add_line("300", "300c", dtmfMode=1)
    assert store.line("300c")["dtmfMode"] == 1
    store.add_user("carol", extensions=["100", "300"], PIN="0000")
    assert (store.numbers_of("carol"), store.user_of("300"), store.numbers_of("bob")) == (
        ["100", "300"],
        "carol",
        ["102"],
    )
    assert [item["IS_PRIMARY"] for item in store.user("CAROL")["EXTENSIONS"]] == [True, False]
    numbers = [store.add_number("770", 18, ""), store.add_number("771", 18, "")]
    assert numbers[0]["GUID"] != numbers[1]["GUID"]
    answered, missed = store.add_call("100", "101", duration=9), store.add_call("100", "101", status=3, duration=9)
    assert (answered["ANSWERED_DURATION"], missed["ANSWERED_DURATION"]) == (9, 0)
    for lookup in (store.extension, store.user, store.line, store.user_of, store.sip_password):
        with pytest.raises(KeyError):
            lookup("nobody")
