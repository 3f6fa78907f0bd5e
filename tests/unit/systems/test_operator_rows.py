# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How servers tell about extensions and users: the kinds of rows, their variants, and lists that are none.

kerio_operator.md 2.3, 3.1, 3.4 and 4.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.kerio_operator import extensions as simulated_extensions
from tests.simulators.kerio_operator.extension_rows import rows as told
from tests.unit.systems.bench import Bench, Result, done, refused

Row = dict[str, Any]
PASSWORD = "S1p-secret-1"


def without(*names: str) -> Callable[[Row], Row]:
    return lambda row: {name: value for name, value in row.items() if name not in names}


def with_parent(value: Any) -> Callable[[Row], Row]:
    """The member is there on rows that have no parent, too."""
    return lambda row: {"parentId": value, "sipUsername": None, **row}


def group_as_its_own_parent(row: Row) -> Row:
    return {"parentId": row["guid"], "sipUsername": "", **row}


def lone_without_parent(row: Row) -> Row:
    return without("parentId")(row) if row["lineType"] == 0 else row


def lone_with_parent_zero(row: Row) -> Row:
    return {**row, "parentId": 0} if row["lineType"] == 0 else row


def typed_as_text(row: Row) -> Row:
    return {**row, "lineType": str(row["lineType"])}


FORMS: dict[str, Callable[[Row], Row]] = {
    "as_seen": lambda row: row,
    "without_line_type": without("lineType"),
    "line_type_null": lambda row: {**row, "lineType": None},
    "line_type_as_text": typed_as_text,
    "group_with_parent_zero": with_parent(0),
    "group_with_parent_zero_and_no_type": lambda row: without("lineType")(with_parent(0)(row)),
    "group_with_parent_null": with_parent(None),
    "group_that_is_its_own_parent": group_as_its_own_parent,
    "lone_without_parent": lone_without_parent,
    "lone_with_parent_zero": lone_with_parent_zero,
    "lone_without_parent_and_type": lambda row: without("lineType")(lone_without_parent(row)),
    "without_status": without("sipStatus"),
    "number_as_number": lambda row: {**row, "telNum": int(row["telNum"])},
    "owner_null": lambda row: {**row, **{name: row[name] or None for name in ("USERNAME", "FULL_NAME", "EMAIL")}},
}


@pytest.fixture(params=sorted(FORMS))
def reshaped(request: pytest.FixtureRequest, operator: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A server whose rows of extensions have another form."""
    form = FORMS[request.param]
    monkeypatch.setattr(simulated_extensions, "rows", lambda *given: [form(row) for row in told(*given)])
    return operator


@pytest.mark.parametrize("ids", ["number", "text"])
def test_every_form_of_rows_is_the_same_to_the_modules(reshaped: Bench, ids: Any) -> None:
    reshaped.sim.settings.ids = ids
    described = {entry["number"]: entry for entry in done(reshaped.info())["config"]["extensions"]}
    assert described.keys() == {"100", "101", "102"}
    assert described["101"]["sip_username"] == "101"
    assert described["101"]["user"] == "alice"
    assert described["100"].get("user", "") == ""
    assert "sip_username" not in described["102"]
    assert [line["sip_username"] for line in described["102"]["lines"]] == ["102", "102mobile"]

    lines = [{"sip_username": "102mobile", "sip_password": "An0ther-pw-2"}, {"sip_username": "102home"}]
    done(reshaped.object("extension", number="102", description="both", lines=lines, update_password="always"))
    assert reshaped.store.extension("102")["description"] == "both"
    assert reshaped.store.sip_password("102mobile") == "An0ther-pw-2"
    assert {line["sipUsername"] for line in reshaped.store.extension("102")["lines"]} == {"102", "102mobile", "102home"}

    assert done(reshaped.object("extension", number="102", state="absent"))["changed"] is True
    assert not reshaped.store.is_taken("102")
    assert reshaped.store.is_taken("100")
    assert reshaped.store.is_taken("101")


def test_the_only_line_is_changed_in_forms_that_tell_its_extension(operator: Bench) -> None:
    """What belongs to the number goes to its id, what belongs to the registration to the line's."""
    extension = operator.store.extension("101")
    operator.sim.settings.other_fields = "refuse"
    wish = {"number": "101", "description": "desk", "sip_username": "desk", "user": ""}
    assert operator.predicted("extension", **wish)["changed"] is True
    sent = [(record.params["guids"], set(record.params["detail"])) for record in operator.sim.writes]
    line = extension["lines"][0]["guid"]
    assert sent == [([extension["guid"]], {"description", "userGuid"}), ([line], {"sipUsername"})]
    assert operator.predicted("extension", **wish)["changed"] is False


@pytest.mark.parametrize("other_fields", ["accept", "refuse", "ignore"])
def test_nothing_depends_on_which_id_takes_the_fields_of_the_other(operator: Bench, other_fields: Any) -> None:
    operator.sim.settings.other_fields = other_fields
    operator.sim.settings.extension_rows = "full"
    for number, line in (("101", "101"), ("102", "102mobile")):
        lines = [{"sip_username": line, "nat_support": True, "codecs": ["g722", "pcma"]}]
        wish = {"number": number, "description": "changed", "record_inbound": True, "lines": lines}
        result = operator.predicted("extension", **wish)
        assert result["changes"] == ["description", "record_inbound", "lines"]
        assert result["unverified"] == []
        assert operator.store.extension(number)["recordInbound"] is True
        assert operator.store.line(line)["natSupport"] is True
        assert [codec["ID"] for codec in operator.store.line(line)["selectedCodecs"]] == ["g722", "G.711 A-law"]
        assert operator.predicted("extension", **wish)["changed"] is False


@pytest.mark.parametrize("booleans", ["mixed", "numbers", "json"])
def test_flags_in_any_form_are_flags(operator: Bench, booleans: Any) -> None:
    operator.sim.settings.booleans = booleans
    operator.sim.settings.extension_rows = operator.sim.settings.user_rows = "full"
    operator.store.user("bob")["DISABLED"] = 1
    operator.store.line("101")["natSupport"] = True
    unchanged = {"number": "101", "nat_support": True, "secured": False, "record_inbound": False}
    assert operator.predicted("extension", **unchanged)["changed"] is False
    assert operator.predicted("user", name="bob", enabled=False, voicemail_enabled=True)["changed"] is False
    assert operator.predicted("user", name="alice", enabled=False, ami_enabled=True)["changed"] is True
    assert operator.store.user("alice")["DISABLED"] == 1
    assert operator.store.user("alice")["AMI_ENABLED"] is True


@pytest.mark.parametrize("value", [None, "", "perhaps", 2])
def test_a_flag_that_is_neither_yes_nor_no_is_not_told(operator: Bench, value: Any) -> None:
    operator.store.user("bob")["DISABLED"] = value
    operator.store.user("bob")["VOICEMAIL_DISABLED"] = value
    operator.sim.settings.user_rows = "full"
    described = {entry["name"]: entry for entry in done(operator.info())["config"]["users"]}
    assert described["bob"].keys() & {"enabled", "voicemail_enabled"} == set()
    assert described["alice"].keys() > {"enabled", "voicemail_enabled"}
    result = operator.predicted("user", name="bob", enabled=True)
    assert (result["changed"], result["unverified"]) == (False, ["enabled"])


# Ids and entries of users.


@pytest.mark.parametrize("ids", ["number", "text"])
@pytest.mark.parametrize("none", ["list", "null"])
def test_users_are_understood_whatever_the_form_of_ids_and_of_no_extensions(
    operator: Bench, ids: Any, none: Any
) -> None:
    operator.sim.settings.ids, operator.sim.settings.no_extensions = ids, none
    operator.store.add_user("carol", USER_PASSWORD="x-1-Secret")
    described = {entry["name"]: entry for entry in done(operator.info())["config"]["users"]}
    assert described["carol"]["extensions"] == []
    assert [entry["number"] for entry in described["bob"]["extensions"]] == ["102"]
    assert operator.predicted("user", name="carol", extensions=[{"number": "100"}])["changed"] is True
    assert operator.store.numbers_of("carol") == ["100"]
    assert operator.predicted("user", name="carol", extensions=[{"number": "100"}])["changed"] is False
    assert operator.predicted("extension", number="101", user="carol")["changed"] is True
    assert operator.store.user_of("101") == "carol"
    assert operator.predicted("user", name="carol", state="absent", allow_mail_loss=True)["changed"] is True
    assert operator.store.user_of("101") is None


def test_members_that_nobody_knows_are_ignored(operator: Bench) -> None:
    document = done(operator.info())["config"]
    operator.sim.settings.extra_members = True
    assert done(operator.info())["config"] == document
    assert operator.predicted_config(document)["changed"] is False


def test_secrets_that_a_server_tells_are_dropped(operator: Bench) -> None:
    operator.sim.settings.secrets_in_rows = True
    operator.sim.settings.extension_rows = operator.sim.settings.user_rows = "full"
    operator.store.user("alice")["AMI_PASSWORD"] = "Ami-secret-1"
    alice = operator.store.user("alice")
    secrets = [alice["USER_PASSWORD"], alice["PIN"], "Ami-secret-1"]
    secrets += [line["sipPassword"] for _owner, line in operator.store.lines()]
    results = [
        operator.info(),
        operator.object("user", name="alice", full_name="A."),
        operator.object("user", name="alice", state="absent", allow_mail_loss=True),
        operator.object("extension", number="102", lines=[{"sip_username": "102", "sip_password": "N3w-secret"}]),
        operator.object("extension", number="102", state="absent"),
    ]
    for result in results:
        done(result)
        assert [secret for secret in secrets if f'"{secret}"' in str(result).replace("'", '"')] == []


# Lists that are none.

NO_LISTS: list[Any] = [
    {},
    None,
    [],
    {"sipExtensionList": None, "totalItems": 0},
    {"sipExtensionList": {}, "totalItems": 0},
    {"sipExtensionList": [], "totalItems": None},
    {"sipExtensionList": [], "totalItems": 3},
    {"sipExtensionList": [{"guid": 9}], "totalItems": 1},
    {"sipExtensionList": ["101"], "totalItems": 1},
    {"list": [], "totalItems": 0},
    {"userList": [], "totalItems": 0},
]


@pytest.mark.parametrize("answer", NO_LISTS)
def test_what_is_no_list_of_extensions_is_no_empty_list(operator: Bench, answer: Any) -> None:
    works: tuple[Callable[[], Result], ...] = (
        lambda: operator.object("extension", number="200", sip_password=PASSWORD),
        lambda: operator.object("extension", number="101", state="absent"),
        lambda: operator.config({"extensions": [{"number": "101"}]}, prune=["extensions"]),
        lambda: operator.info(resources=["extensions"]),
    )
    for work in works:
        operator.sim.faults.add(Fault("replace_result", "Extensions.get", result=answer))
        refused(work(), "Extensions.get")
    assert operator.sim.writes == []


NO_USERS: list[Any] = [
    {},
    [],
    None,
    {"userList": [], "totalItems": 2},
    {"userList": [{"GUID": 1}], "totalItems": 1},
    {"userList": [{"USERNAME": "alice"}], "totalItems": 1},
]


@pytest.mark.parametrize("answer", NO_USERS)
def test_what_is_no_list_of_users_is_no_empty_list(operator: Bench, answer: Any) -> None:
    works: tuple[Callable[[], Result], ...] = (
        lambda: operator.object("user", name="carol", password="C-1-Secret"),
        lambda: operator.object("extension", number="101", user="bob"),
        lambda: operator.info(resources=["users"]),
    )
    for work in works:
        operator.sim.faults.add(Fault("replace_result", "Users.get", result=answer))
        refused(work(), "Users.get")
    assert operator.sim.writes == []


@pytest.mark.parametrize("max_rows", [1, 2, 7])
def test_lists_are_read_to_the_end_where_the_server_cuts_them(operator: Bench, max_rows: int) -> None:
    operator.sim.settings.max_rows = max_rows
    document = done(operator.info())["config"]
    assert [entry["number"] for entry in document["extensions"]] == ["100", "101", "102"]
    assert [entry["name"] for entry in document["users"]] == ["Admin", "alice", "bob"]
    refused(operator.object("extension", number="730", sip_password=PASSWORD), "the echo service")
    assert operator.predicted("extension", number="102", description="x")["changed"] is True


def test_lines_of_one_extension_that_cannot_be_told_are_refused_rather_than_guessed(
    operator: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows of several lines that name no parent: three objects of one number, and none of them is the right one."""
    monkeypatch.setattr(simulated_extensions, "rows", lambda *given: [without("parentId")(row) for row in told(*given)])
    wishes: list[dict[str, Any]] = [{"description": "x"}, {"state": "absent"}]
    for wish in wishes:
        message = refused(operator.object("extension", number="102", **wish), "102")
        assert "name it by its number" not in message, "that is what the task does"
        refused(operator.config({"extensions": [{"number": "102", **wish}]}), "102")
    assert operator.sim.writes == []
    assert operator.predicted("extension", number="101", description="x")["changed"] is True
