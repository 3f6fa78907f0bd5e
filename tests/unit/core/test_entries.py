# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of entries that are known by a member: what stays, what goes, what a new one gets, and what is shown of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.diff import (
    SECRET_AFTER,
    SECRET_BEFORE,
    SECRET_SET,
    diff,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Text, secret
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish, not_applied, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Entries, Struct
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.phones import PHONE, phone
from tests.unit.core.tasks import task

DESK: dict[str, Any] = {"login": "desk", "secured": False, "codecs": ["alaw", "opus"]}
HALL: dict[str, Any] = {"login": "hall", "secured": True, "codecs": []}
SECRET = "canary-Passw0rd"
PRUNE = {"prune_lines": True}


@pytest.fixture
def gateway() -> MemoryGateway:
    """One phone with two lines, each with a password."""
    found = MemoryGateway()
    lines = [{**DESK, "password": "desk-secret"}, {**HALL, "password": "hall-secret"}]
    found.put(PHONE, number="101", note="", lines=lines)
    return found


def _step(gateway: MemoryGateway, wish: Wish) -> Step:
    return plan(wish, gateway.read(PHONE, wish.given))


@pytest.mark.parametrize(
    "lines",
    [
        [{"login": "desk"}],
        [{"login": "hall", "secured": True}, {"login": "desk", "codecs": ["alaw", "opus"]}],
        [{"login": "desk", "password": SECRET}],
        [],
    ],
)
def test_what_is_there_already_is_no_change(gateway: MemoryGateway, lines: list[dict[str, Any]]) -> None:
    """In any order; passwords of entries that exist are not sent; entries that are not listed stay."""
    assert _step(gateway, phone(lines=lines)).action == "none"


def test_the_key_of_an_entry_names_it_in_any_spelling_and_the_server_keeps_its_own(gateway: MemoryGateway) -> None:
    assert _step(gateway, phone(lines=[{"login": "HALL", "secured": True}])).action == "none"
    assert _step(gateway, phone(lines=[{"login": "HALL", "secured": False}])).send == {
        "lines": [DESK, {**HALL, "secured": False}]
    }


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        ([{"login": "desk", "secured": True}], [{**DESK, "secured": True}, HALL]),
        ([{"login": "hall", "codecs": ["ulaw"]}], [DESK, {**HALL, "codecs": ["ulaw"]}]),
        ([{"login": "desk", "codecs": ["opus", "alaw"]}], [{**DESK, "codecs": ["opus", "alaw"]}, HALL]),
        ([{"login": "desk", "codecs": []}], [{**DESK, "codecs": []}, HALL]),
        ([{"login": "attic"}], [{"login": "attic", "secured": False}, DESK, HALL]),
        ([{"login": "attic", "secured": True}], [{"login": "attic", "secured": True}, DESK, HALL]),
    ],
)
def test_a_change_inside_an_entry_leaves_all_else_as_it_is(
    gateway: MemoryGateway, lines: list[dict[str, Any]], held: list[dict[str, Any]]
) -> None:
    """A new entry gets what its members send at creation."""
    assert _step(gateway, phone(lines=lines)).send == {"lines": held}


@pytest.mark.parametrize(("lines", "held"), [([{"login": "hall"}], [HALL]), ([], []), ([HALL, DESK], None)])
def test_entries_that_are_not_listed_go_only_on_request(
    gateway: MemoryGateway, lines: list[dict[str, Any]], held: list[dict[str, Any]] | None
) -> None:
    assert _step(gateway, phone(lines=lines)).action == "none"
    step = _step(gateway, phone(lines=lines, behaviour=PRUNE))
    assert step.send == ({} if held is None else {"lines": held})


def test_pruning_says_nothing_about_lines_when_the_task_does_not(gateway: MemoryGateway) -> None:
    assert _step(gateway, phone(behaviour=PRUNE)).action == "none"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([{"secured": True}], "lines: login is needed to identify an entry"),
        ([{"login": "desk"}, {"login": "DESK"}], "lines: DESK is listed twice"),
        ([{"login": "desk", "secured": "perhaps"}], "lines: secured: 'perhaps' is neither true nor false"),
        ([{"login": "desk", "codecs": ["mp3"]}], "lines: codecs: 'mp3' is not one of"),
        ([{"login": "desk", "password": " "}], "lines: password: is empty"),
        ([{"login": None}], "lines: login is needed"),
    ],
)
def test_entries_that_cannot_be_meant_are_named(lines: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(InvalidOption) as caught:
        phone(lines=lines, where="phones[2].")
    assert str(caught.value).startswith(f"phones[2].{message}")


def test_what_is_null_in_an_entry_is_omitted(gateway: MemoryGateway) -> None:
    assert _step(gateway, phone(lines=[{"login": "desk", "secured": None, "codecs": None}])).action == "none"


# Secrets inside.


def test_the_password_of_a_new_entry_is_sent_and_of_no_other(gateway: MemoryGateway) -> None:
    wish = phone(lines=[{"login": "attic", "password": SECRET}, {"login": "desk", "password": SECRET, "secured": True}])
    step = _step(gateway, wish)
    assert step.send["lines"] == [
        {"login": "attic", "password": SECRET, "secured": False},
        {**DESK, "secured": True},
        HALL,
    ]
    assert step.unverified == ("lines[attic].password",)


def test_all_given_passwords_are_sent_when_asked(gateway: MemoryGateway) -> None:
    wish = phone(lines=[{"login": "desk", "password": SECRET}], update_password="always")
    step = _step(gateway, wish)
    assert step.send["lines"] == [{**DESK, "password": SECRET}, HALL]
    assert step.unverified == ("lines[desk].password",)


@pytest.mark.parametrize("update_password", ["always", "on_create"])
def test_nothing_shown_of_a_step_holds_a_secret(gateway: MemoryGateway, update_password: str) -> None:
    lines = [{"login": login, "password": SECRET, "secured": True} for login in ("attic", "desk")]
    created = plan(phone("102", lines=lines), None)
    for step in (_step(gateway, phone(lines=lines, update_password=update_password)), created):
        assert SECRET in json.dumps(dict(step.send)), "it is sent"
        assert SECRET not in json.dumps([diff(step), step.outcome(), step.changed_fields, step.unverified, step.name])
        assert [entry["login"] for entry in (step.outcome() or {})["lines"]][:2] == ["attic", "desk"]


def test_the_diff_of_entries_shows_what_the_wish_is_about(gateway: MemoryGateway) -> None:
    lines = [
        {"login": "attic", "password": SECRET},
        {"login": "desk", "password": SECRET, "secured": True},
    ]
    shown = diff(_step(gateway, phone(lines=lines, update_password="always", behaviour=PRUNE)))
    assert shown["before"]["lines"] == [{"login": "desk", "secured": False, "password": SECRET_BEFORE}, HALL]
    assert shown["after"]["lines"] == [
        {"login": "attic", "secured": False, "password": SECRET_SET},
        {"login": "desk", "secured": True, "password": SECRET_AFTER},
    ]


def test_a_secret_that_is_not_sent_and_entries_that_stay_are_not_mentioned(gateway: MemoryGateway) -> None:
    shown = diff(_step(gateway, phone(lines=[{"login": "desk", "password": SECRET, "secured": True}])))
    assert shown["before"] == {"number": "101", "lines": [{"login": "desk", "secured": False}]}
    assert shown["after"] == {"number": "101", "lines": [{"login": "desk", "secured": True}]}


def test_the_diff_of_a_new_object_and_of_a_deletion(gateway: MemoryGateway) -> None:
    shown = diff(plan(phone("102", lines=[{"login": "attic", "password": SECRET}]), None))
    assert shown["before"] == {}
    assert shown["after"]["lines"] == [{"login": "attic", "secured": False, "password": SECRET_SET}]
    shown = diff(_step(gateway, phone(present=False)))
    assert shown["before"]["lines"] == [DESK, HALL]
    assert shown["after"] == {}


# What the server does not tell, and what it does not do.


def test_members_that_the_server_does_not_tell_are_unverified_and_no_change(gateway: MemoryGateway) -> None:
    gateway.hidden = {"lines.secured"}
    wish = phone(lines=[{"login": "desk", "secured": True, "codecs": ["alaw", "opus"]}])
    step = _step(gateway, wish)
    assert (step.action, step.unverified) == ("none", ("lines[desk].secured",))


def test_members_that_the_server_does_not_tell_go_along_with_another_change(gateway: MemoryGateway) -> None:
    """Else a server that replaces entries whole would lose them."""
    gateway.hidden = {"lines.secured"}
    step = _step(gateway, phone(note="new", lines=[{"login": "desk", "secured": True}]))
    assert step.send["note"] == "new"
    assert {"login": "desk", "secured": True, "codecs": ["alaw", "opus"]} in step.send["lines"]
    assert step.unverified == ("lines[desk].secured",)


def test_what_the_server_does_not_tell_of_an_entry_is_not_put_back_to_its_default(gateway: MemoryGateway) -> None:
    gateway.hidden = {"lines.secured"}
    step = _step(gateway, phone(lines=[{"login": "hall", "codecs": ["opus"]}]))
    assert step.send == {
        "lines": [{"login": "desk", "codecs": ["alaw", "opus"]}, {"login": "hall", "codecs": ["opus"]}]
    }


@pytest.mark.parametrize(
    ("lines", "behaviour", "becomes", "lost"),
    [
        ([{"login": "attic"}], {}, [DESK, HALL], ["lines"]),
        ([{"login": "attic"}], {}, [{"login": "attic", "secured": False}, DESK, HALL], []),
        ([{"login": "attic"}], {}, [{"login": "attic", "secured": True}, DESK, HALL], ["lines"]),
        ([{"login": "hall", "secured": False}], {}, [DESK, {"login": "hall", "secured": False}], []),
        ([{"login": "hall"}], PRUNE, [DESK, HALL], ["lines"]),
        ([{"login": "hall"}], PRUNE, [HALL], []),
        (
            [{"login": "hall", "password": SECRET, "secured": False}],
            {},
            [DESK, {"login": "hall", "secured": False}],
            [],
        ),
    ],
)
def test_a_wish_about_entries_that_did_not_stick_is_found_out(
    gateway: MemoryGateway,
    lines: list[dict[str, Any]],
    behaviour: dict[str, Any],
    becomes: list[dict[str, Any]],
    lost: list[str],
) -> None:
    step = _step(gateway, phone(lines=lines, behaviour=behaviour, update_password="always"))
    assert step.action == "update"
    gateway.objects["phone", ("101",)].values["lines"] = becomes
    assert not_applied(step, gateway.read(PHONE, {"number": "101"})) == lost


def test_entries_that_somebody_else_adds_meanwhile_are_no_broken_wish(gateway: MemoryGateway) -> None:
    step = _step(gateway, phone(lines=[{"login": "desk", "secured": True}]))
    theirs = [{**DESK, "secured": True}, HALL, {"login": "theirs"}]
    gateway.objects["phone", ("101",)].values["lines"] = theirs
    assert not_applied(step, gateway.read(PHONE, {"number": "101"})) == []


# The only line, described in either way.


def test_an_only_line_can_be_described_beside_the_phone_or_as_an_entry() -> None:
    gateway = MemoryGateway()
    gateway.put(PHONE, number="101", login="desk", secured=True)
    for wish in (phone(login="desk", secured=True), phone(lines=[{"login": "desk", "secured": True}])):
        assert _step(gateway, wish).action == "none"
    step = _step(gateway, phone(lines=[{"login": "desk", "secured": False}]))
    assert step.send == {"lines": [{"login": "desk", "secured": False}]}
    assert "login" not in (step.outcome() or {})
    shown = diff(step)
    assert shown["before"] == {"number": "101", "lines": [{"login": "desk", "secured": True}]}
    assert shown["after"] == {"number": "101", "lines": [{"login": "desk", "secured": False}]}


def test_what_is_sent_for_a_new_object_follows_from_the_wish() -> None:
    assert plan(phone(), None).send == {"number": "101", "note": "", "login": "101", "secured": False}
    assert plan(phone(login="desk"), None).send["login"] == "desk"
    assert set(plan(phone(lines=[{"login": "desk"}]), None).send) == {"number", "note", "lines"}
    assert set(plan(phone(None, login="desk"), None).send) == {"note", "login", "secured"}


def test_the_only_line_that_was_changed_by_way_of_lines_is_read_back_in_the_same_terms() -> None:
    """The server describes it beside the phone; the wish did not stick, and that is found out."""
    gateway = MemoryGateway()
    gateway.put(PHONE, number="101", note="", login="desk", secured=False)
    options = {"number": "101", "lines": [{"login": "desk", "secured": True}]}

    def ignore() -> None:
        gateway.objects["phone", ("101",)].values.update(login="desk", secured=False)
        gateway.objects["phone", ("101",)].values.pop("lines", None)

    gateway.on("read")
    gateway.on("read", before=ignore)
    result = task(gateway, PHONE, options)
    assert result["failed"]
    assert "did not carry it out for: lines;" in result["msg"]


def test_members_of_new_entries_that_the_server_does_not_tell_are_unverified() -> None:
    gateway = MemoryGateway(hidden={"lines.secured"})
    result = task(
        gateway, PHONE, {"number": "101", "lines": [{"login": "desk", "password": SECRET, "codecs": ["alaw"]}]}
    )
    assert result["unverified"] == ["lines[desk].password", "lines[desk].secured"]
    result = task(gateway, PHONE, {"number": "101", "lines": [{"login": "hall", "secured": True}]})
    assert result["unverified"] == ["lines[hall].secured"]


# Declarations.


def test_a_secret_that_a_structure_would_show_or_send_in_every_run_cannot_be_declared() -> None:
    """Only entries know when to send a secret of theirs: the diff would show one in a structure."""
    with pytest.raises(TypeError, match="secret"):
        Struct("bank", "Bank.", fields=(secret("pin", "PIN."),))


def test_entries_are_known_by_a_member_that_they_have() -> None:
    with pytest.raises(TypeError, match="entry_key"):
        Entries("lines", "Lines.", fields=(Text("login", "Login."),), entry_key="number")
