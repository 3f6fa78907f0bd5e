# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that are named by something else than their key: found by it, made with a key of the server's choice."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import plan
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import HOLDER, PHONE, phone
from tests.unit.core.tasks import config, info, lines, task


@pytest.fixture
def gateway() -> MemoryGateway:
    """Two phones with one line, one with two."""
    found = MemoryGateway()
    found.put(PHONE, number="1", login="desk", note="")
    found.put(PHONE, number="2", login="hall", note="")
    found.put(PHONE, number="7", note="", lines=[{"login": "7a"}, {"login": "7b"}])
    return found


def test_a_phone_is_found_by_the_login_of_its_line(gateway: MemoryGateway) -> None:
    result = task(gateway, PHONE, {"login": "desk", "note": "new"})
    assert (result["changed"], result["changes"]) == (True, ["note"])
    assert (result["phone"]["number"], result["phone"]["note"]) == ("1", "new")
    assert (gateway.held(PHONE, "1") or {})["note"] == "new"
    assert len(gateway.objects) == 3
    assert task(gateway, PHONE, {"login": "desk", "note": "new"})["changed"] is False


def test_the_login_names_a_phone_in_any_spelling_and_the_server_keeps_its_own(gateway: MemoryGateway) -> None:
    """As with a key: what names an object is no wish to rename it."""
    result = task(gateway, PHONE, {"login": "DESK", "note": "new"})
    assert result["changes"] == ["note"]
    assert (gateway.held(PHONE, "1") or {})["login"] == "desk"


def test_a_new_phone_gets_the_number_that_the_server_chooses(gateway: MemoryGateway) -> None:
    options = {"login": "attic", "password": "x", "note": "new"}
    predicted = task(gateway, PHONE, options, check=True)
    assert predicted["phone"]["number"] is None
    assert "number" not in predicted["diff"]["after"]
    assert predicted["diff"]["after_header"] == "sample_phone with login attic"
    actual = task(gateway, PHONE, options)
    number = actual["phone"].pop("number")
    assert gateway.held(PHONE, number) is not None
    assert number not in ("1", "2", "7")
    assert predicted["phone"].pop("number") is None
    assert actual == predicted
    again = task(gateway, PHONE, options)
    assert (again["changed"], again["phone"]["number"]) == (False, number)


def test_a_number_that_was_asked_for_is_predicted(gateway: MemoryGateway) -> None:
    predicted = task(gateway, PHONE, {"number": "33", "password": "x"}, check=True)
    assert predicted["phone"]["number"] == "33"
    assert task(gateway, PHONE, {"number": "33", "password": "x"}) == predicted


def test_with_a_number_the_login_is_a_wish_like_any_other(gateway: MemoryGateway) -> None:
    result = task(gateway, PHONE, {"number": "1", "login": "office"})
    assert (result["changed"], result["changes"]) == (True, ["login"])
    assert (gateway.held(PHONE, "1") or {})["login"] == "office"


def test_a_login_is_no_number(gateway: MemoryGateway) -> None:
    """A phone whose login looks like the number of another one."""
    gateway.put(PHONE, number="8", login="1", note="")
    assert task(gateway, PHONE, {"login": "1"})["phone"]["number"] == "8"
    assert task(gateway, PHONE, {"number": "1"})["phone"]["login"] == "desk"
    assert task(gateway, PHONE, {"number": "8"})["phone"]["login"] == "1"


def test_the_lines_of_a_phone_with_several_do_not_name_it(gateway: MemoryGateway) -> None:
    assert plan(phone(None, login="7a"), gateway.read(PHONE, {"login": "7a"})).action == "create"


@pytest.mark.parametrize("login", ["desk", "DESK"])
def test_absence_by_login(gateway: MemoryGateway, login: str) -> None:
    options = {"login": login, "note": "ignored", "state": "absent"}
    predicted = task(gateway, PHONE, options, check=True)
    assert task(gateway, PHONE, options) == predicted
    assert (predicted["changed"], predicted["phone"]) == (True, None)
    assert predicted["diff"]["before_header"] == "sample_phone 1"
    assert gateway.held(PHONE, "1") is None
    assert task(gateway, PHONE, options)["changed"] is False


def test_a_wish_that_names_nothing_is_refused() -> None:
    with pytest.raises(InvalidOption, match=r"phones\[1\]\.number: is needed .*, or login in its place"):
        phone(None, note="x", where="phones[1].")


def test_where_nothing_stands_in_for_the_key_it_is_needed() -> None:
    with pytest.raises(InvalidOption, match=r"^holders\[0\]\.name: is needed to identify the object$"):
        HOLDER.desire({"motto": "x"}, "holders[0].")


def test_people_call_it_by_what_they_know_of_it() -> None:
    assert PHONE.name_of({"login": "desk"}) == "phone with login desk"
    assert PHONE.name_of({"login": "desk", "number": "1"}) == "phone 1"


# Documents.


def test_entries_by_number_and_by_login_in_one_document(gateway: MemoryGateway) -> None:
    document = {"phones": [{"number": "1", "note": "a"}, {"login": "hall", "note": "b"}, {"login": "attic"}]}
    predicted = config(gateway, document, check=True)
    actual = config(gateway, document)
    assert lines(actual) == [
        ("phone 1", "update", "done"),
        ("phone 2", "update", "done"),
        ("phone with login attic", "create", "done"),
    ]
    assert predicted["diff"] == actual["diff"]
    assert [(gateway.held(PHONE, number) or {})["note"] for number in ("1", "2")] == ["a", "b"]
    assert config(gateway, document)["changed"] is False


def test_numbers_that_are_asked_for_are_given_before_the_server_chooses(gateway: MemoryGateway) -> None:
    """Else the server could choose the very number that another entry asks for."""
    gateway.put(PHONE, number="3", login="three", note="")
    document = {"phones": [{"login": "attic"}, {"number": "4"}, {"login": "cellar"}, {"number": "5"}]}
    result = config(gateway, document)
    assert [name for name, _action, _status in lines(result)] == [
        "phone 4",
        "phone 5",
        "phone with login attic",
        "phone with login cellar",
    ]
    assert result.get("failed") is None
    assert {held.values["login"] for held in gateway.objects.values() if "login" in held.values} == {
        *("desk", "hall", "three", "attic", "cellar", "4", "5")
    }


def test_a_number_that_is_to_be_gone_is_not_free_for_the_server_to_choose(gateway: MemoryGateway) -> None:
    """Else the next run would meet an entry that wants the new phone gone."""
    document = {"phones": [{"login": "attic"}, {"number": "1", "state": "absent"}, {"number": "2", "note": "x"}]}
    assert [name for name, _action, _status in lines(config(gateway, document))] == [
        "phone 2",
        "phone with login attic",
        "phone 1",
    ]


def test_pruned_objects_go_before_new_ones_come(gateway: MemoryGateway) -> None:
    """They free names and limits, and nobody asked for their numbers to stay unused."""
    result = config(gateway, {"phones": [{"login": "attic"}]}, prune=["phones"])
    assert [action for _name, action, _status in lines(result)] == ["delete", "delete", "delete", "create"]


@pytest.mark.parametrize("check", [True, False])
def test_a_login_that_may_mean_two_phones_is_refused(gateway: MemoryGateway, check: bool) -> None:
    gateway.put(PHONE, number="9", login="Desk", note="")
    result = config(gateway, {"phones": [{"number": "2"}, {"login": "desk", "note": "x"}]}, check=check)
    assert result["failed"]
    assert result["changed"] is False
    assert "config.phones[1]: may mean phone 1 and phone 9; name one by number" in result["msg"]
    assert gateway.count("create", "update", "delete") == 0
    assert config(gateway, {"phones": [{"number": "9", "note": "x"}]})["changed"] is True


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([{"number": "1"}, {"login": "desk"}], "config.phones[1]: describes phone 1 again, as config.phones[0] does"),
        ([{"login": "desk"}, {"number": "1"}], "config.phones[1]: describes phone 1 again, as config.phones[0] does"),
        ([{"login": "new"}, {"login": "NEW"}], "config.phones[1]: describes phone with login NEW again"),
        ([{"number": "1"}, {"login": "desk", "state": "absent"}], "config.phones[1]: describes phone 1 again"),
    ],
)
def test_an_object_is_described_once_however_it_is_named(
    gateway: MemoryGateway, check: bool, entries: list[dict[str, Any]], message: str
) -> None:
    result = config(gateway, {"phones": entries}, check=check)
    assert result["failed"]
    assert result["msg"].startswith(message)
    assert gateway.count("create", "update", "delete") == 0


@pytest.mark.parametrize("entries", [[{"number": "4", "login": "new"}, {"login": "NEW"}]])
def test_a_new_object_is_described_once_however_it_is_named(
    gateway: MemoryGateway, entries: list[dict[str, Any]]
) -> None:
    """The first run would make two phones with one login, and the second one would refuse the document."""
    for document in (entries, entries[::-1]):
        result = config(gateway, {"phones": document})
        assert result.get("failed"), result
        assert "config.phones[1]: describes phone" in result["msg"]
    assert gateway.count("create") == 0


def test_an_object_that_an_entry_names_by_login_is_not_pruned(gateway: MemoryGateway) -> None:
    document = {"phones": [{"login": "desk"}, {"number": "7"}]}
    assert lines(config(gateway, document, prune=["phones"])) == [("phone 2", "delete", "done")]
    assert gateway.held(PHONE, "1") is not None


def test_what_a_query_tells_is_no_change_when_it_is_given_back(gateway: MemoryGateway) -> None:
    document = info(gateway)["config"]
    assert [entry["number"] for entry in document["phones"]] == ["1", "2", "7"]
    result = config(gateway, document, prune=["phones"], allow_empty=True)
    assert result["changed"] is False
    assert result["summary"]["unchanged"] == 3
