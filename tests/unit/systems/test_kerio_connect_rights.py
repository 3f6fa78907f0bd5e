# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins, roles, refusals, and the account that the task itself uses (kerio_connect.md 1.3 to 1.7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

ADMIN: dict[str, Any] = {"name": "admin", "domain": "example.com"}
ALICE: dict[str, Any] = {"name": "alice", "domain": "example.com"}
CAROL: dict[str, Any] = {"name": "carol", "domain": "example.com", "password": "Str0ng-pw-1!"}
HARM: list[dict[str, Any]] = [{"state": "absent"}, {"enabled": False}, {"role": "auditor"}, {"role": "none"}]


def log_in_as(bench: Bench, name: str, role: str) -> None:
    """Let the following tasks log in as a new account with this role."""
    rights = {"userRole": role, "publicFolderRight": False, "archiveFolderRight": False}
    bench.store.add_user(name, password="l0gin-Secret", role=rights)
    bench.connection |= {"api_username": name, "api_password": "l0gin-Secret"}


# Logging in.


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_wrong_password_is_tried_once_and_never_again(kerio: Bench, check_mode: bool) -> None:
    kerio.connection["api_password"] = "wrong-Secret"
    result = kerio.object("user", check_mode=check_mode, **CAROL)
    refused(result, "api_username", "api_password", "admin")
    assert result["failure"]["method"] == "Session.login"
    assert result["failure"]["retryable"] is False
    for again in (kerio.object("user", **CAROL), kerio.config({"users": [CAROL]}), kerio.info()):
        refused(again, "api_password")
    assert kerio.logins == 1
    assert kerio.calls == []
    assert "wrong-Secret" not in str(result)


@pytest.mark.parametrize("code", [1000, 1004, -32001, -32602])
def test_a_refused_login_is_tried_once_whatever_the_code(kerio: Bench, code: int) -> None:
    kerio.sim.settings.login_failure_code = code
    kerio.connection["api_password"] = "wrong"
    refused(kerio.object("user", **CAROL), "refused the login")
    assert kerio.logins == 1


def test_the_right_password_works_after_a_wrong_one(kerio: Bench) -> None:
    kerio.connection["api_password"] = "wrong"
    assert kerio.info()["failed"]
    kerio.connection.clear()
    assert not kerio.info().get("failed")


def test_an_account_without_a_role_is_refused_with_a_hint(kerio: Bench) -> None:
    log_in_as(kerio, "nobody", "UserRole")
    refused(kerio.object("user", **CAROL), "nobody", "administration role")
    assert kerio.logins == 1
    assert kerio.sim.writes == []


def test_an_auditor_reads_and_checks(kerio: Bench) -> None:
    log_in_as(kerio, "watcher", "Auditor")
    document = done(kerio.info())["config"]
    assert done(kerio.config(document))["changed"] is False
    assert done(kerio.object("user", check_mode=True, **CAROL))["changed"] is True
    assert kerio.sim.writes == []


@pytest.mark.parametrize(
    "wish", [CAROL, {**ALICE, "full_name": "Changed"}, {**ALICE, "state": "absent"}], ids=["create", "update", "delete"]
)
def test_an_auditor_who_writes_is_told_which_role_is_needed(kerio: Bench, wish: dict[str, Any]) -> None:
    log_in_as(kerio, "watcher", "Auditor")
    result = kerio.object("user", **wish)
    refused(result, "account_admin")
    assert result["failure"]["code"] == 1004
    assert len(kerio.sim.writes) == 1
    assert kerio.store.user("alice")["fullName"] == "Alice Example"


def test_an_auditor_who_applies_a_document_is_stopped_at_the_first_write(kerio: Bench) -> None:
    log_in_as(kerio, "watcher", "Auditor")
    result = kerio.config({"users": [CAROL, {**ALICE, "full_name": "Changed"}]})
    refused(result, "account_admin", "alice@example.com")
    assert [line["status"] for line in result["results"]] == ["failed", "not_done"]
    assert len(kerio.sim.writes) == 1


def test_an_account_admin_cannot_change_a_full_admin(kerio: Bench) -> None:
    log_in_as(kerio, "helper", "AccountAdmin")
    assert kerio.predicted("user", **ALICE, full_name="Changed")["changed"] is True
    result = kerio.object("user", **ADMIN, full_name="Changed")
    refused(result, "admin@example.com")
    assert result["failure"]["object"] == "user admin@example.com"


# Sessions.


def test_a_session_that_expires_in_the_middle_is_renewed_and_the_work_goes_on(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("expire_session", "Aliases.create"))
    hello = {"name": "hello", "domain": "example.com", "targets": ["bob@example.com"]}
    done(kerio.config({"users": [CAROL], "aliases": [hello]}))
    assert kerio.store.user("carol")
    assert [each["name"] for each in kerio.store.aliases.values()].count("hello") == 1
    assert kerio.logins == 2
    assert [record.processed for record in kerio.sim.writes].count(True) == 2


@pytest.mark.parametrize("status", ["always_200", "idl"])
def test_everything_works_whatever_the_http_status_of_errors(kerio: Bench, status: Any) -> None:
    kerio.sim.settings.error_http_status = status
    kerio.sim.faults.add(Fault("expire_session", "Users.get"))
    assert done(kerio.object("user", **CAROL))["changed"] is True
    assert done(kerio.object("user", **CAROL, full_name="Carol"))["changed"] is True
    assert done(kerio.object("user", name="carol", domain="example.com", state="absent"))["changed"] is True
    kerio.sim.faults.add(Fault("rpc_error", "Users.create", code=-32602, message="Invalid params."))
    result = kerio.object("user", **CAROL)
    refused(result, "Users.create", "Invalid params.")
    assert result["failure"]["code"] == -32602


def test_a_write_whose_answer_is_an_internal_error_is_looked_after(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("rpc_error", "Users.create", code=-32603, message="Internal error.", processed=True))
    assert done(kerio.object("user", **CAROL))["changed"] is True
    assert len(kerio.sim.writes) == 1


# Refusals.


@pytest.mark.parametrize("how", ["per_item", "top_level"])
def test_a_refusal_of_the_licence_is_told_as_it_is(kerio: Bench, how: Any) -> None:
    kerio.sim.settings.licence_seats = 3
    kerio.sim.settings.item_errors = how
    result = kerio.object("user", **CAROL)
    refused(result, "Users.create", "licence")
    failure = result["failure"]
    assert failure.pop("message") in result["msg"]
    assert failure == {
        "system": "kerio_connect",
        "method": "Users.create",
        "code": 1003,
        "object": "user carol@example.com",
        "retryable": False,
    }
    assert done(kerio.object("user", **CAROL, enabled=False))["changed"] is True


@pytest.mark.parametrize("how", ["per_item", "top_level"])
@pytest.mark.parametrize("code", [4002, 1000])
def test_a_password_that_the_domain_does_not_take_is_refused(kerio: Bench, how: Any, code: int) -> None:
    kerio.sim.settings.item_errors = how
    kerio.sim.settings.password_refused_code = code
    kerio.store.domain("example.com")["passwordComplexityEnabled"] = True
    refused(kerio.object("user", **{**CAROL, "password": "weak-pw"}), "Users.create", "password")
    assert "carol" not in [user["loginName"] for user in kerio.store.users.values()]
    result = kerio.object("user", **ALICE, password="weak-pw", update_password="always")
    refused(result, "Users.set", "password")
    assert kerio.store.user("alice")["password"] == "alice-1-Secret"
    assert "weak-pw" not in str(result)


@pytest.mark.parametrize("how", ["per_item", "top_level"])
def test_placeholders_in_the_message_of_the_server_are_filled_in(kerio: Bench, how: Any) -> None:
    kerio.sim.settings.item_errors = how
    result = kerio.object("user", **CAROL, email_addresses=["bad address"])
    assert result["failed"]
    kerio.sim.settings.password_required = True
    result = kerio.object("user", name="carol", domain="example.com")
    refused(result, "carol", "password")
    assert "%1" not in result["msg"]


# The account in use.


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("harm", HARM, ids=str)
@pytest.mark.parametrize("name", ["admin", "admin@example.com", "ADMIN"])
def test_the_account_in_use_is_not_harmed(kerio: Bench, harm: dict[str, Any], name: str, check_mode: bool) -> None:
    kerio.connection["api_username"] = name
    result = kerio.object("user", check_mode=check_mode, **ADMIN, **harm)
    refused(result, "admin@example.com", "logged in", "force")
    assert kerio.sim.writes == []


@pytest.mark.parametrize("harm", HARM, ids=str)
def test_the_account_in_use_is_harmed_when_that_is_forced(kerio: Bench, harm: dict[str, Any]) -> None:
    prediction = done(kerio.object("user", check_mode=True, **ADMIN, **harm, force=True))
    assert prediction["changed"] is True
    result = kerio.object("user", **ADMIN, **harm, force=True)
    assert result["changed"] is True
    assert [record.call for record in kerio.sim.writes] == ["Users.remove" if "state" in harm else "Users.set"]
    # A server may refuse the logout of an account without rights; what counts is that it was tried.
    assert kerio.sim.open_sessions == 0 or kerio.sim.requests[-1].logout
    kerio.sim.forget_sessions()
    # The account may not be able to read any more what became of it; that is no failure of what was asked for.
    assert not result.get("failed"), result["msg"]


def test_the_account_in_use_may_be_changed_in_other_ways(kerio: Bench) -> None:
    assert kerio.predicted("user", **ADMIN, full_name="The Admin", role="full_admin", enabled=True)["changed"] is True


def test_a_weaker_account_in_use_may_be_promoted_and_others_may_be_harmed(kerio: Bench) -> None:
    kerio.store.user("alice")["role"] = {
        "userRole": "FullAdmin",
        "publicFolderRight": False,
        "archiveFolderRight": False,
    }
    assert kerio.predicted("user", **ALICE, role="auditor", enabled=False)["changed"] is True
    assert kerio.predicted("user", **ALICE, state="absent")["changed"] is True


@pytest.mark.parametrize("check_mode", [True, False])
def test_pruning_does_not_delete_the_account_in_use(kerio: Bench, check_mode: bool) -> None:
    users = {"users": [ALICE, {"name": "bob", "domain": "example.com"}]}
    result = kerio.config(users, prune=["users"], check_mode=check_mode)
    refused(result, "admin@example.com", "logged in")
    assert kerio.sim.writes == []
    protected = done(kerio.config(users, prune=["users"], protect=["admin@*"], check_mode=check_mode))
    assert protected["changed"] is False


def test_the_account_in_use_in_a_document_is_not_harmed(kerio: Bench) -> None:
    result = kerio.config({"users": [CAROL, {**ADMIN, "enabled": False}]})
    refused(result, "config.users[1]", "admin@example.com", "disable")
    assert kerio.sim.writes == []


@pytest.mark.parametrize("harm", HARM, ids=str)
def test_the_built_in_administrator_is_nobodys_account(kerio: Bench, harm: dict[str, Any]) -> None:
    """It has no id, which must not be taken for that of a user."""
    kerio.sim.settings.builtin_admin = True
    kerio.store.user("alice")["role"]["userRole"] = "FullAdmin"
    assert kerio.predicted("user", **ALICE, **harm)["changed"] is True
    document = {"users": [ADMIN], "aliases": [{"name": "info", "domain": "example.com", "targets": ["admin"]}]}
    assert done(kerio.config(document, prune=["users"]))["changed"] is True
