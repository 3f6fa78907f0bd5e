# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each level of login may do at mailbox.org, and what is said of what it may not (mailboxorg.md 7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mailboxorg.logins import Login
from tests.unit.systems.bench import Bench, Result, done, refused
from tests.unit.systems.mailboxorg import ALICE, BOB, CAROL, held, log_in_as, sent

LEVELS = ("admin", "reseller", "account", "domain", "mail")
OLGA: dict[str, Any] = {"email": "olga@example.org"}
HEAD: dict[str, Any] = {"name": "example.com", "account": "example"}
BRANCH: dict[str, Any] = {"name": "branch.example", "account": "example", "password": "Br4nch-secret!"}
ABSENT: dict[str, Any] = {"state": "absent"}
# What is asked for, of which kind, the lowest level that may, and what a refusal names.
TASKS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "make an account": ("account", {"name": "third", "password": "x-Y1z!", "plan": "basic"}, "reseller", "account.add"),
    "change an account": ("account", {"name": "example", "company": "New Ltd"}, "account", "account."),
    "delete an account": ("account", {"name": "other", "allow_mail_loss": True, **ABSENT}, "reseller", "account."),
    "add a domain": ("domain", BRANCH, "account", "domain.add"),
    "change a domain": ("domain", {**HEAD, "memo": "new"}, "domain", "domain."),
    "move a domain": ("domain", {**HEAD, "context_id": "4711", "allow_groupware_loss": True}, "account", "context_id"),
    "remove a domain": ("domain", {"name": "empty.example", "account": "example", **ABSENT}, "account", "domain.del"),
    "make a mailbox": ("mailbox", CAROL, "domain", "mail.add"),
    "rename the user": ("mailbox", {**ALICE, "first_name": "Alicia"}, "mail", ""),
    "set a plan": ("mailbox", {**ALICE, "plan": "premium"}, "domain", "plan"),
    "set a quota": ("mailbox", {**ALICE, "additional_mail_quota": "3G"}, "domain", "additional_mail_quota"),
    "set a cloud quota": ("mailbox", {**ALICE, "additional_cloud_quota": "3G"}, "domain", "additional_cloud_quota"),
    "switch off": ("mailbox", {**ALICE, "active": False}, "domain", "active"),
    "plan a deletion": ("mailbox", {**ALICE, "deletion_date": "2031-12-31"}, "domain", "mail.set"),
    "set capabilities": ("mailbox", {**ALICE, "capabilities": {"blacklist": True}}, "domain", "mail.capabilities"),
    "delete a mailbox": ("mailbox", {**ALICE, "allow_mail_loss": True, **ABSENT}, "domain", "mail.del"),
}


def below(level: str, lowest: str) -> bool:
    return LEVELS.index(level) > LEVELS.index(lowest)


# Where the object cannot even be looked for, the level for that is named first.
TO_LOOK = {
    ("make an account", "account"): ("reseller", "account."),
    ("make an account", "domain"): ("account", "account."),
    ("make an account", "mail"): ("account", "account."),
    ("delete an account", "domain"): ("account", "account."),
    ("delete an account", "mail"): ("account", "account."),
    ("add a domain", "domain"): ("account", "domain."),
    ("add a domain", "mail"): ("account", "domain."),
    ("move a domain", "mail"): ("domain", "domain."),
    ("remove a domain", "domain"): ("account", "domain."),
    ("remove a domain", "mail"): ("account", "domain."),
    ("make a mailbox", "mail"): ("domain", "mail."),
}
# Of these the documentation leaves out a level that is above the lowest one; there the server decides.
LEFT_OUT = {("make an account", "admin"): "reseller", ("make a mailbox", "reseller"): "admin or account or domain"}
MAY = [(task, level) for task in TASKS for level in LEVELS if not below(level, TASKS[task][2])]
MAY_NOT = [(task, level) for task in TASKS for level in LEVELS if below(level, TASKS[task][2])]


def prepare(bench: Bench, level: str) -> None:
    bench.store.publish_ownership("example", "branch.example")
    if level != "domain":
        bench.store.add_domain("empty.example", "example")
    bench.store.contexts["4711"] = "example"
    log_in_as(bench, level)


@pytest.mark.parametrize(("task", "level"), MAY)
def test_what_a_level_may(mailboxorg: Bench, task: str, level: str) -> None:
    prepare(mailboxorg, level)
    kind, wish, _lowest, _word = TASKS[task]
    if (task, level) in LEFT_OUT:
        message = refused(mailboxorg.object(kind, **wish), LEFT_OUT[task, level])
        assert f"has level {level}" in message
        assert [call for call, _params in sent(mailboxorg)] == [TASKS[task][3]]
        return
    assert mailboxorg.predicted(kind, **wish)["changed"] is True
    assert mailboxorg.predicted(kind, **wish)["changed"] is False


@pytest.mark.parametrize(("task", "level"), MAY_NOT)
@pytest.mark.parametrize("check_mode", [True, False])
def test_what_a_level_may_not_is_refused_by_name_before_anything_is_sent(
    mailboxorg: Bench, task: str, level: str, check_mode: bool
) -> None:
    prepare(mailboxorg, level)
    kind, wish, *named = TASKS[task]
    lowest, word = TO_LOOK.get((task, level), tuple(named))
    user, _password = mailboxorg.sim.credentials(level)  # type: ignore[attr-defined]
    result = mailboxorg.object(kind, check_mode=check_mode, **wish)
    refused(result, "mailbox.org", f"level {lowest}", f"'{user}' has level {level}", word)
    assert result["failure"]["method"]
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_level_too_low_stops_a_whole_document_before_the_first_write(mailboxorg: Bench, check_mode: bool) -> None:
    log_in_as(mailboxorg, "mail")
    document: dict[str, Any] = {"mailboxes": [{**ALICE, "memo": "new", "plan": "premium"}]}
    refused(mailboxorg.config(document, check_mode=check_mode), "plan", "level domain")
    log_in_as(mailboxorg, "domain")
    document = {"mailboxes": [{**ALICE, "memo": "new"}], "domains": [{**HEAD, "context_id": "4711"}]}
    mailboxorg.store.contexts["4711"] = "example"
    refused(
        mailboxorg.config(document, check_mode=check_mode, allow_groupware_loss=True), "context_id", "level account"
    )
    assert mailboxorg.sim.writes == []


def test_what_does_not_change_needs_no_level(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "mail")
    wish = {**ALICE, "plan": "standard", "active": True, "additional_mail_quota": "0B", "deletion_date": ""}
    assert mailboxorg.predicted("mailbox", **wish)["changed"] is False


# Things of somebody else.


@pytest.mark.parametrize("code", [2, 90010])
@pytest.mark.parametrize("level", ["account", "domain", "mail"])
@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("kind", "wish"),
    [
        ("mailbox", {**OLGA, "memo": "x"}),
        ("mailbox", {**OLGA, "state": "absent", "allow_mail_loss": True}),
        ("mailbox", {**CAROL, "email": "carol@example.org"}),
        ("domain", {"name": "example.org", "account": "other", "memo": "x"}),
        ("account", {"name": "other", "memo": "x"}),
        ("account", {"name": "other", "state": "absent", "allow_mail_loss": True}),
    ],
)
def test_what_belongs_to_somebody_else_is_never_touched(
    mailboxorg: Bench, kind: str, wish: dict[str, Any], check_mode: bool, level: str, code: int
) -> None:
    mailboxorg.sim.settings.foreign_code = code
    log_in_as(mailboxorg, level)
    result = mailboxorg.object(kind, check_mode=check_mode, **wish)
    if not result.get("failed"):
        # A parent that is not seen might be made by another task; a mailbox that is not seen is absent.
        assert result.get("assumed") or (wish.get("state") == "absent" and result["changed"] is False), result
    assert mailboxorg.sim.writes == []
    assert "olga@example.org" in mailboxorg.store.mailboxes


def test_the_mailbox_of_a_colleague(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "mail")
    for check_mode in (True, False):
        refused(
            mailboxorg.object("mailbox", check_mode=check_mode, **BOB, memo="x"), "bob@example.com", "somebody else"
        )
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_domain_of_another_account_does_not_go_to_a_new_one(mailboxorg: Bench, check_mode: bool) -> None:
    log_in_as(mailboxorg, "reseller")
    document = {
        "accounts": [{"name": "third", "password": "Th1rd-secret!", "plan": "basic"}],
        "domains": [{"name": "example.org", "account": "third", "password": "D0main-secret!"}],
    }
    refused(mailboxorg.config(document, check_mode=check_mode), "config.domains[0].account", "account other")
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_domain_that_another_of_our_accounts_has_is_named(mailboxorg: Bench, check_mode: bool) -> None:
    log_in_as(mailboxorg, "reseller")
    wish = {"name": "example.org", "account": "example", "password": "D0main-secret!"}
    refused(mailboxorg.object("domain", check_mode=check_mode, **wish), "example.org", "account other")
    result = mailboxorg.config({"domains": [wish]}, check_mode=check_mode)
    refused(result, "config.domains[0].account", "account other")
    assert mailboxorg.sim.writes == []


# What each level is told.


@pytest.mark.parametrize(
    ("level", "accounts", "domains", "mailboxes"),
    [
        ("admin", ["example", "other", "reseller"], ["example.com", "example.org"], ["alice", "bob", "olga"]),
        ("reseller", ["example", "other", "reseller"], ["example.com", "example.org"], ["alice", "bob", "olga"]),
        ("account", ["example"], ["example.com"], ["alice", "bob"]),
        ("domain", [], ["example.com"], ["alice", "bob"]),
        ("mail", [], [], ["alice"]),
    ],
)
def test_what_each_level_sees(
    mailboxorg: Bench, level: str, accounts: list[str], domains: list[str], mailboxes: list[str]
) -> None:
    log_in_as(mailboxorg, level)
    config = done(mailboxorg.info())["config"]
    assert [entry["name"] for entry in config["accounts"]] == accounts
    assert [entry["name"] for entry in config["domains"]] == domains
    assert {entry["account"] for entry in config["domains"]} <= {"example", "other"}
    assert [entry["email"].partition("@")[0] for entry in config["mailboxes"]] == mailboxes


@pytest.mark.parametrize("level", LEVELS)
def test_a_refusal_of_the_server_is_passed_on_with_what_it_may_mean(mailboxorg: Bench, level: str) -> None:
    log_in_as(mailboxorg, level)
    mailboxorg.sim.faults.add(Fault("rpc_error", "mail.set", code=2, message="Access denied"))
    result = mailboxorg.object("mailbox", **ALICE, memo="x")
    refused(result, "mail.set", "Access denied", f"level {level}", "somebody else")
    assert result["failure"]["code"] == 2


@pytest.mark.parametrize("check_mode", [True, False])
def test_years_in_which_an_account_could_not_change_itself(mailboxorg: Bench, check_mode: bool) -> None:
    mailboxorg.sim.settings.account_sets_itself = False
    result = mailboxorg.object("account", check_mode=check_mode, name="example", company="New Ltd")
    if check_mode:
        assert done(result)["changed"] is True
    else:
        refused(result, "account.set")


@pytest.mark.parametrize("level", ["", "ftp", "emperor", None])
def test_a_level_that_nobody_knows_leaves_the_decision_to_the_server(mailboxorg: Bench, level: Any) -> None:
    session = mailboxorg.sim.sessions.open(Login("example", "account", "example"))  # type: ignore[attr-defined]
    answer = {"session": session.text, "level": level}
    mailboxorg.sim.faults.add(Fault("replace_result", "auth", times=9, result=answer))
    result: Result = done(mailboxorg.object("mailbox", **ALICE, memo="new"))
    assert result["changed"] is True
    assert held(mailboxorg, "alice@example.com")["memo"] == "new"
    mailboxorg.sim.faults.clear()
    mailboxorg.sim.forget_sessions()
