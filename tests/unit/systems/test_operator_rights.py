# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins, rights, versions of the API, and the account that the task itself uses (kerio_operator.md 1.3 to 1.5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.kerio_operator.structures import ADMINISTRATOR, ORDINARY_USER, READ_ONLY_ADMINISTRATOR
from tests.unit.systems.bench import Bench, done, refused

ADMIN: dict[str, Any] = {"name": "Admin"}
ALICE: dict[str, Any] = {"name": "alice"}
CAROL: dict[str, Any] = {"name": "carol", "password": "Carol-1-secret"}
DOOR: dict[str, Any] = {"number": "200", "sip_password": "S1p-secret-1"}
HARM: list[dict[str, Any]] = [{"state": "absent", "allow_mail_loss": True}, {"enabled": False}]


def log_in_as(bench: Bench, name: str, role: int) -> None:
    """Let the following tasks log in as a new account with this role."""
    bench.store.add_user(name, USER_PASSWORD="l0gin-Secret", ADMINISTRATION_ROLE_ID=role)
    bench.connection |= {"api_username": name, "api_password": "l0gin-Secret"}


# Logging in.


@pytest.mark.parametrize("code", [1000, 1004, -32001, -32602])
def test_a_wrong_password_is_tried_once_and_never_again(operator: Bench, code: int) -> None:
    operator.sim.settings.login_failure_code = code
    operator.connection["api_password"] = "wrong-Secret"
    result = operator.object("extension", **DOOR)
    refused(result, "api_username", "api_password", "Admin")
    assert result["failure"]["method"] == "Session.login"
    for again in (operator.object("user", **CAROL), operator.config({"users": [CAROL]}), operator.info()):
        refused(again, "api_password")
    assert operator.logins == 1
    assert operator.calls == []
    assert "wrong-Secret" not in str(result)


@pytest.mark.parametrize("name", ["Admin", "admin", "ADMIN"])
def test_the_name_of_the_account_may_be_written_in_any_case(operator: Bench, name: str) -> None:
    operator.connection["api_username"] = name
    assert done(operator.object("extension", **DOOR))["changed"] is True
    refused(operator.object("user", name="admin", enabled=False), "logged in")


def test_an_ordinary_user_is_refused_with_a_hint(operator: Bench) -> None:
    log_in_as(operator, "nobody", ORDINARY_USER)
    refused(operator.object("extension", **DOOR), "nobody", "administration role")
    assert operator.calls == []


def test_a_read_only_administrator_reads_and_checks(operator: Bench) -> None:
    log_in_as(operator, "watcher", READ_ONLY_ADMINISTRATOR)
    document = done(operator.info())["config"]
    assert done(operator.config(document))["changed"] is False
    for kind, wish in (("extension", DOOR), ("extension", {"sip_username": "door", "sip_password": "x-1-Secret"})):
        assert done(operator.object(kind, check_mode=True, **wish))["changed"] is True
    wish = {"number": "101", "sip_password": "x-1-Secret", "update_password": "on_change"}
    assert done(operator.object("extension", check_mode=True, **wish))["changed"] is True
    assert operator.sim.writes == []


WRITES: list[tuple[str, dict[str, Any]]] = [
    ("extension", DOOR),
    ("extension", {"number": "101", "description": "x"}),
    ("extension", {"number": "102", "lines": [{"sip_username": "102home"}]}),
    ("extension", {"number": "101", "state": "absent"}),
    ("user", CAROL),
    ("user", {**ALICE, "full_name": "x"}),
    ("user", {**ALICE, "state": "absent", "allow_mail_loss": True}),
]


@pytest.mark.parametrize(("kind", "wish"), WRITES)
def test_a_read_only_administrator_who_writes_is_told_which_right_is_missing(
    operator: Bench, kind: str, wish: dict[str, Any]
) -> None:
    log_in_as(operator, "watcher", READ_ONLY_ADMINISTRATOR)
    before = operator.store.snapshot()
    result = operator.object(kind, **wish)
    refused(result, "role", kind)
    assert result["failure"]["code"] == 1004
    assert len(operator.sim.writes) == 1, "a right that is missing is no matter of form"
    assert operator.store.snapshot() == before


@pytest.mark.parametrize(("kind", "wish"), WRITES)
def test_a_right_that_is_missing_is_an_error_on_servers_with_one_code_for_everything(
    operator: Bench, kind: str, wish: dict[str, Any]
) -> None:
    log_in_as(operator, "watcher", READ_ONLY_ADMINISTRATOR)
    operator.sim.settings.error_codes = "generic"
    before = operator.store.snapshot()
    refused(operator.object(kind, **wish), "Access denied.")
    assert operator.store.snapshot() == before


def test_a_document_is_stopped_at_the_first_write_that_is_not_allowed(operator: Bench) -> None:
    log_in_as(operator, "watcher", READ_ONLY_ADMINISTRATOR)
    result = operator.config({"users": [CAROL, {**ALICE, "full_name": "x"}], "extensions": [DOOR]})
    # Changes come before new objects.
    refused(result, "role", "user alice")
    assert [line["status"] for line in result["results"]] == ["failed", "not_done", "not_done"]
    assert len(operator.sim.writes) == 1


# Sessions.


@pytest.mark.parametrize("call", ["Version.getApiVersion", "Extensions.get", "Extensions.create"])
def test_a_session_that_expires_is_renewed_once_and_the_work_goes_on(operator: Bench, call: str) -> None:
    operator.sim.faults.add(Fault("expire_session", call))
    assert done(operator.object("extension", **DOOR))["changed"] is True
    assert operator.logins == 2
    assert [record.processed for record in operator.sim.writes].count(True) == 1


@pytest.mark.parametrize("call", ["Extensions.createLine", "Extensions.set"])
def test_a_session_that_expires_between_the_parts_of_a_change_costs_nothing(operator: Bench, call: str) -> None:
    operator.sim.faults.add(Fault("expire_session", call))
    lines = [{"sip_username": "102home", "sip_password": "S1p-secret-1"}]
    assert done(operator.object("extension", number="102", lines=lines))["changed"] is True
    assert len(operator.store.extension("102")["lines"]) == 3
    assert operator.store.sip_password("102home") == "S1p-secret-1"


def test_a_session_that_expires_during_a_form_that_is_tried_is_not_a_refusal_of_the_form(operator: Bench) -> None:
    operator.sim.faults.add(Fault("expire_session", "Extensions.remove"), Fault("expire_session", "Users.remove"))
    done(operator.object("extension", number="101", state="absent"))
    done(operator.object("user", **ALICE, state="absent", allow_mail_loss=True))
    sent = [(record.call, set(record.params)) for record in operator.sim.writes if record.processed]
    assert sent == [("Extensions.remove", {"guids"}), ("Users.remove", {"guids"})]


def test_one_login_one_logout_one_question_for_the_version(operator: Bench) -> None:
    done(operator.config({"users": [CAROL, ALICE], "extensions": [DOOR, {"number": "101", "user": "carol"}]}))
    calls = [record.call for record in operator.sim.requests]
    for name in ("Session.login", "Session.logout", "Version.getApiVersion"):
        assert calls.count(name) == 1


# The version of the API.


@pytest.mark.parametrize("version", [0x01020101, 0x01FFFFFF, 1])
@pytest.mark.parametrize("check_mode", [True, False])
def test_an_api_that_is_too_old_is_refused_with_both_versions(operator: Bench, version: int, check_mode: bool) -> None:
    operator.sim.settings.api_version = version
    shown = ".".join(str(part) for part in version.to_bytes(4, "big"))
    for result in (
        operator.object("extension", check_mode=check_mode, **DOOR),
        operator.object("user", check_mode=check_mode, **CAROL),
        operator.config({"users": [CAROL]}, check_mode=check_mode),
        operator.info(),
    ):
        refused(result, shown, "2.0.0.0")
        assert result["failure"]["method"] == "Version.getApiVersion"
    assert set(operator.calls) == {"Version.getApiVersion"}


@pytest.mark.parametrize("version", [0x02000000, 0x02050200, 0x03000000, 0x7FFFFFFF])
def test_newer_versions_are_taken(operator: Bench, version: int) -> None:
    operator.sim.settings.api_version = version
    assert operator.predicted("extension", number="101", description="x")["changed"] is True


@pytest.mark.parametrize("answer", [{}, None, {"apiVersion": "2.5.2"}, {"apiVersion": None}, {"apiVersion": -1}, [5]])
def test_a_server_that_does_not_tell_its_version_is_refused(operator: Bench, answer: Any) -> None:
    operator.sim.faults.add(Fault("replace_result", "Version.getApiVersion", result=answer))
    refused(operator.object("extension", **DOOR), "version")
    assert operator.sim.writes == []


@pytest.mark.parametrize("answer", ["33554432", 33554432])
def test_a_version_as_text_is_a_version(operator: Bench, answer: Any) -> None:
    operator.sim.faults.add(Fault("replace_result", "Version.getApiVersion", result={"apiVersion": answer}))
    assert done(operator.object("extension", number="101"))["changed"] is False


# The account in use.


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("check_mode", [True, False])
def test_the_account_in_use_is_not_harmed(operator: Bench, harm: dict[str, Any], check_mode: bool) -> None:
    refused(operator.object("user", check_mode=check_mode, **ADMIN, **harm), "Admin", "logged in", "force")
    options = {name: value for name, value in harm.items() if name == "allow_mail_loss"}
    wish = {name: value for name, value in harm.items() if name != "allow_mail_loss"}
    result = operator.config({"users": [{**ADMIN, **wish}]}, check_mode=check_mode, **options)
    refused(result, "config.users[0]", "logged in")
    assert operator.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_the_role_of_the_account_in_use_is_not_changed(operator: Bench, check_mode: bool) -> None:
    operator.sim.settings.user_rows = "full"
    result = operator.object("user", check_mode=check_mode, **ADMIN, role_id=ORDINARY_USER)
    refused(result, "Admin", "logged in", "force")
    assert operator.predicted("user", **ADMIN, role_id=ADMINISTRATOR)["changed"] is False
    assert operator.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_role_that_the_server_does_not_tell_is_not_sent_to_the_account_in_use(
    operator: Bench, check_mode: bool
) -> None:
    """Nobody can know whether it would be a change; the account might lose its rights."""
    for wish in ({"role_id": 2, "update_unreadable": "always"}, {"role_id": 2, "full_name": "Site Administrator"}):
        result = operator.object("user", check_mode=check_mode, **ADMIN, **wish)
        refused(result, "Admin", "logged in", "force")
    assert operator.store.user("Admin")["ADMINISTRATION_ROLE_ID"] == ADMINISTRATOR


def test_pruning_spares_no_account_in_use_silently(operator: Bench) -> None:
    document = {"users": [ALICE, {"name": "bob"}]}
    result = operator.config(document, prune=["users"], allow_mail_loss=True)
    refused(result, "Admin", "logged in")
    assert operator.sim.writes == []
    document["users"].append(ADMIN)
    assert done(operator.config(document, prune=["users"], allow_mail_loss=True))["changed"] is False


def test_what_harms_nobody_may_be_changed_of_the_account_in_use(operator: Bench) -> None:
    wish = {**ADMIN, "full_name": "Root", "extensions": [{"number": "100"}]}
    assert operator.predicted("user", **wish)["changed"] is True
    assert operator.store.user_of("100") == "Admin"
    operator.sim.settings.user_rows = "full"
    wish = {**ADMIN, "full_name": "Site Admin", "role_id": ADMINISTRATOR, "enabled": True}
    assert operator.predicted("user", **wish)["changes"] == ["full_name"]


@pytest.mark.parametrize("harm", HARM)
def test_the_account_in_use_is_harmed_by_force_and_last(operator: Bench, harm: dict[str, Any]) -> None:
    operator.sim.settings.own_account = "allow"
    wish = {name: value for name, value in harm.items() if name != "allow_mail_loss"}
    options = {name: value for name, value in harm.items() if name == "allow_mail_loss"}
    document = {"users": [{**ADMIN, **wish}, CAROL], "extensions": [DOOR]}
    result = operator.config(document, force=True, **options)
    done(result)
    assert [line["object"] for line in result["results"]][-1] == "user Admin"
    assert operator.store.user("carol")
    assert operator.store.is_taken("200")
    assert operator.store.users.get(301, {"DISABLED": 1})["DISABLED"] == 1
    operator.sim.forget_sessions()


def test_force_does_not_help_against_the_servers_own_refusal(operator: Bench) -> None:
    result = operator.object("user", **ADMIN, state="absent", allow_mail_loss=True, force=True)
    refused(result, "The account in use cannot be removed.")
    assert operator.store.user("Admin")


# Licence.


def test_the_licence_is_told_as_the_server_tells_it(operator: Bench) -> None:
    operator.sim.settings.licensed_users = 3
    refused(operator.object("user", **CAROL), "exceeds the licence")
    operator.sim.settings.licensed_users = 1
    refused(operator.object("extension", **DOOR), "exceeds the licence")
