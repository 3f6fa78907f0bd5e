# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of mailbox.org: the record that proves whose they are, contexts, deletion, levels (mailboxorg.md 2.4, 7)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mailboxorg.domains import view as simulated_domain
from tests.unit.systems.bench import Bench, Result, done, refused

PASSWORD = "D0main-secret-1"
NEW: dict[str, Any] = {"name": "new.example", "account": "example", "password": PASSWORD}
HEAD: dict[str, Any] = {"name": "example.com", "account": "example"}
BOX: dict[str, Any] = {
    "email": "carol@new.example",
    "password": "C4rol-secret-1!",
    "plan": "standard",
    "first_name": "Carol",
    "last_name": "Example",
}


def log_in_as(bench: Bench, level: str) -> None:
    """Let the following tasks log in with the account of this level."""
    user, password = bench.sim.credentials(level)  # type: ignore[attr-defined]
    bench.connection |= {"api_username": user, "api_password": password}


def record(bench: Bench, domain: str = "new.example", account: str = "example") -> dict[str, str]:
    """The record that the service wants to see."""
    host, txt = bench.store.ownership(account, domain)
    return {"name": f"{host}.{domain}", "type": "TXT", "value": txt}


def adds(bench: Bench) -> int:
    return bench.calls.count("domain.add")


# Adding a domain whose record is in place.


def test_a_domain_is_added_once(mailboxorg: Bench) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    result = mailboxorg.predicted("domain", **NEW, memo="Branch")
    assert result["changed"] is True
    assert result["domain"] == {"name": "new.example", "account": "example", "memo": "Branch"}
    added = mailboxorg.store.domain("new.example")
    assert (added.account, added.memo, added.password) == ("example", "Branch", PASSWORD)
    assert "dns_record" not in result
    assert PASSWORD not in str(result)
    assert mailboxorg.predicted("domain", **NEW, memo="Branch")["changed"] is False
    assert adds(mailboxorg) == 1


def test_a_name_is_compared_in_its_plain_form(mailboxorg: Bench) -> None:
    assert (
        mailboxorg.predicted("domain", name="EXAMPLE.com.", account="example", memo="Head office")["changed"] is False
    )
    mailboxorg.store.add_domain("xn--bcher-kva.example", "example")
    assert mailboxorg.predicted("domain", name="Bücher.example", account="example")["changed"] is False


def test_a_new_domain_needs_a_password(mailboxorg: Bench) -> None:
    for check_mode in (True, False):
        refused(mailboxorg.object("domain", check_mode=check_mode, name="new.example", account="example"), "password")
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "no domain"},
        {"name": ""},
        {"name": "a@b.example"},
        {"account": ""},
        {"password": ""},
        {"context_id": ""},
        {"when_unverified": "perhaps"},
        {"wait_timeout": -1},
        {"create_new_context": "what"},
    ],
)
def test_what_cannot_be_meant_is_refused_before_the_first_call(mailboxorg: Bench, wish: dict[str, Any]) -> None:
    (name,) = wish
    for check_mode in (True, False):
        refused(mailboxorg.object("domain", check_mode=check_mode, **{**NEW, **wish}), name)
        refused(mailboxorg.config({"domains": [{**NEW, **wish}]}, check_mode=check_mode), name)
    assert mailboxorg.sim.requests == []


def test_a_context_is_either_chosen_or_new(mailboxorg: Bench) -> None:
    wish = {**NEW, "context_id": "30112", "create_new_context": True}
    refused(mailboxorg.object("domain", **wish), "context_id", "create_new_context")
    refused(mailboxorg.config({"domains": [wish]}), "config.domains[0].context_id")
    assert mailboxorg.sim.requests == []


def test_the_password_is_sent_at_creation_and_later_only_on_request(mailboxorg: Bench) -> None:
    held = mailboxorg.store.domain("example.com").password
    assert mailboxorg.predicted("domain", **HEAD, password=PASSWORD)["changed"] is False
    assert mailboxorg.store.domain("example.com").password == held
    for _again in range(2):
        result = mailboxorg.predicted("domain", **HEAD, password=PASSWORD, update_password="always")
        assert (result["changes"], result["unverified"]) == (["password"], ["password"])
        assert PASSWORD not in str(result)
    assert mailboxorg.store.domain("example.com").password == PASSWORD


def test_the_memo_is_changed_cleared_and_left_alone(mailboxorg: Bench) -> None:
    assert mailboxorg.predicted("domain", **HEAD)["changed"] is False
    assert mailboxorg.predicted("domain", **HEAD, memo="Main")["changes"] == ["memo"]
    assert mailboxorg.store.domain("example.com").memo == "Main"
    assert mailboxorg.predicted("domain", **HEAD, memo="")["changed"] is True
    assert mailboxorg.store.domain("example.com").memo == ""
    assert mailboxorg.predicted("domain", **HEAD, memo="")["changed"] is False


# The record is missing.


@pytest.mark.parametrize("host", ["bare", "full"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_missing_record_fails_with_the_record_ready_to_paste(mailboxorg: Bench, host: Any, language: Any) -> None:
    mailboxorg.sim.settings.ownership_host = host
    mailboxorg.sim.settings.message_language = language
    wanted = record(mailboxorg)
    result = mailboxorg.object("domain", **NEW)
    refused(result, wanted["name"], wanted["value"], "TXT", "new.example")
    assert wanted["name"].count("new.example") == 1
    assert result["dns_record"] == wanted
    failure = result["failure"]
    assert (failure["code"], failure["method"], failure["retryable"]) == (218, "domain.add", True)
    assert failure["object"] == "domain new.example"
    assert adds(mailboxorg) == 1
    assert mailboxorg.waits == []
    assert "new.example" not in mailboxorg.store.domains


def test_the_record_stays_the_same_and_a_later_run_goes_on(mailboxorg: Bench) -> None:
    first = mailboxorg.object("domain", **NEW)
    assert mailboxorg.object("domain", **NEW)["dns_record"] == first["dns_record"]
    mailboxorg.store.dns.add((first["dns_record"]["name"], first["dns_record"]["value"]))
    assert done(mailboxorg.object("domain", **NEW))["changed"] is True
    assert mailboxorg.store.domain("new.example").account == "example"


def test_check_mode_predicts_the_domain_and_does_not_try(mailboxorg: Bench) -> None:
    for how in ("fail", "pending", "wait"):
        result = done(mailboxorg.object("domain", check_mode=True, **NEW, when_unverified=how))
        assert result["changed"] is True
        assert "dns_record" not in result
    assert mailboxorg.sim.writes == []
    assert mailboxorg.waits == []


@pytest.mark.parametrize("host", ["bare", "full"])
def test_a_missing_record_may_be_returned_with_the_domain_pending(mailboxorg: Bench, host: Any) -> None:
    mailboxorg.sim.settings.ownership_host = host
    result = done(mailboxorg.object("domain", **NEW, when_unverified="pending"))
    assert result["pending"] is True
    assert result["dns_record"] == record(mailboxorg)
    assert result["changed"] is False, "nothing is on the server"
    assert PASSWORD not in str(result)
    assert "new.example" not in mailboxorg.store.domains
    mailboxorg.store.publish_ownership("example", "new.example")
    result = done(mailboxorg.object("domain", **NEW, when_unverified="pending"))
    assert result["changed"] is True
    assert "pending" not in result


def test_a_host_below_a_domain_of_a_similar_name_is_completed(mailboxorg: Bench) -> None:
    """A host that merely ends like the domain is no host of the domain."""
    error = {"txt": "0123456789abcdef"}
    cases = [
        ("new.example", "abc.new.example", "abc.new.example"),
        ("new.example", "ABC.new.example.", "abc.new.example"),
        ("new.example", "new.example", "new.example"),
        ("new.example", "abcnew.example", "abcnew.example.new.example"),
        ("w.example", "abc.new.example", "abc.new.example.w.example"),
    ]
    for domain, host, name in cases:
        with_host(mailboxorg, {**error, "host": host})
        result = mailboxorg.object("domain", **{**NEW, "name": domain})
        assert result["dns_record"] == {"name": name, "type": "TXT", "value": error["txt"]}


def with_host(bench: Bench, data: Any) -> None:
    """The next domain.add is refused with code 218 and these details."""
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": 218, "message": "TXT.", "data": data}}
    bench.sim.faults.add(Fault("status", "domain.add", status=200, body=json.dumps(body)))


@pytest.mark.parametrize("data", [None, {}, [], {"host": "abc"}, {"txt": "def"}, {"host": "", "txt": ""}, "TXT"])
@pytest.mark.parametrize("how", ["fail", "pending", "wait"])
def test_the_code_without_a_record_is_a_refusal_whatever_was_asked(mailboxorg: Bench, data: Any, how: str) -> None:
    for _attempt in range(3):
        with_host(mailboxorg, data)
    result = mailboxorg.object("domain", **NEW, when_unverified=how)
    refused(result, "218", "domain.add")
    assert "dns_record" not in result
    assert mailboxorg.waits == []


# Waiting for the record.


def test_waiting_ends_when_the_record_appears(mailboxorg: Bench) -> None:
    mailboxorg.before("domain.add", lambda: mailboxorg.store.publish_ownership("example", "new.example"), number=4)
    result = done(mailboxorg.object("domain", **NEW, when_unverified="wait", wait_timeout=600))
    assert result["changed"] is True
    assert "pending" not in result
    assert mailboxorg.store.domain("new.example").password == PASSWORD
    assert adds(mailboxorg) == 4
    assert 0 < sum(mailboxorg.waits) < 600


def test_a_record_that_is_there_and_not_seen_yet_is_waited_for(mailboxorg: Bench) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.settings.dns_misses = 3
    done(mailboxorg.object("domain", **NEW, when_unverified="wait"))
    assert adds(mailboxorg) == 4


@pytest.mark.parametrize("limit", [0, 1, 100, 3600])
def test_waiting_has_a_limit_and_fails_with_the_record(mailboxorg: Bench, limit: int) -> None:
    result = mailboxorg.object("domain", **NEW, when_unverified="wait", wait_timeout=limit)
    refused(result, record(mailboxorg)["value"])
    assert result["dns_record"] == record(mailboxorg)
    assert sum(mailboxorg.waits) == limit
    assert adds(mailboxorg) == len(mailboxorg.waits) + 1, "it is tried at the very end, too"


def test_a_session_that_expires_while_waiting_is_renewed(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.session_seconds = 10
    mailboxorg.before("domain.add", lambda: mailboxorg.store.publish_ownership("example", "new.example"), number=5)
    done(mailboxorg.object("domain", **NEW, when_unverified="wait"))
    assert mailboxorg.logins > 1
    assert mailboxorg.store.domain("new.example")


def test_waiting_is_for_the_record_and_for_no_other_refusal(mailboxorg: Bench) -> None:
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.add", times=9, code=90013, message="No."))
    refused(mailboxorg.object("domain", **NEW, when_unverified="wait"), "No.")
    assert mailboxorg.waits == []


@pytest.mark.parametrize("kind", ["drop_after", "truncated"])
def test_a_domain_of_which_the_answer_was_lost_is_added_once(mailboxorg: Bench, kind: str) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.faults.add(Fault(kind, "domain.add"))
    assert done(mailboxorg.object("domain", **NEW))["changed"] is True
    assert adds(mailboxorg) == 1


# In a document.


def test_mailboxes_of_a_domain_that_waits_wait_with_it_and_the_rest_is_done(mailboxorg: Bench) -> None:
    document = {
        "domains": [{**NEW, "when_unverified": "pending"}, {**HEAD, "memo": "Main"}],
        "mailboxes": [BOX, {"email": "bob@example.com", "memo": "changed"}],
    }
    result = done(mailboxorg.config(document))
    status = {line["object"]: line["status"] for line in result["results"]}
    assert status == {
        "domain new.example": "pending",
        "mailbox carol@new.example": "pending",
        "domain example.com": "done",
        "mailbox bob@example.com": "done",
    }
    (line,) = [line for line in result["results"] if line["object"] == "domain new.example"]
    assert line["dns_record"] == record(mailboxorg)
    assert result["summary"]["created"] == 0
    assert result["changed"] is True
    assert "mail.add" not in mailboxorg.calls
    mailboxorg.store.publish_ownership("example", "new.example")
    again = done(mailboxorg.config(document))
    assert again["summary"]["created"] == 2
    assert mailboxorg.store.mailbox("carol@new.example").fields["last_name"] == "Example"
    assert mailboxorg.predicted_config(document)["changed"] is False


def test_a_document_that_fails_for_a_missing_record_says_what_was_done(mailboxorg: Bench) -> None:
    document = {"domains": [{**HEAD, "memo": "Main"}, NEW], "mailboxes": [BOX]}
    result = mailboxorg.config(document)
    assert result["failed"]
    assert result["dns_record"] == record(mailboxorg)
    status = {line["object"]: line["status"] for line in result["results"]}
    assert status["domain new.example"] == "failed"
    assert status["mailbox carol@new.example"] == "not_done"
    assert result["changed"] is (status["domain example.com"] == "done")


def test_two_domains_that_wait_are_both_told_with_their_records(mailboxorg: Bench) -> None:
    names = ("new.example", "newer.example")
    document = {"domains": [{**NEW, "name": name} for name in names]}
    result = done(mailboxorg.config(document, when_unverified="pending"))
    told = {line["object"]: line["dns_record"] for line in result["results"]}
    assert told == {f"domain {name}": record(mailboxorg, name) for name in names}
    assert result["changed"] is False


def test_a_document_waits_for_its_domain_and_then_makes_the_mailboxes(mailboxorg: Bench) -> None:
    mailboxorg.before("domain.add", lambda: mailboxorg.store.publish_ownership("example", "new.example"), number=3)
    document = {"domains": [NEW], "mailboxes": [BOX]}
    result = done(mailboxorg.config(document, when_unverified="wait"))
    assert result["summary"]["created"] == 2
    assert mailboxorg.store.mailbox("carol@new.example")


# Contexts.


def test_a_new_domain_gets_the_context_that_is_asked_for(mailboxorg: Bench) -> None:
    context = mailboxorg.store.domain("example.com").context_id
    for name in ("a.example", "b.example"):
        mailboxorg.store.publish_ownership("example", name)
    mailboxorg.predicted("domain", **{**NEW, "name": "a.example"}, context_id=context)
    assert mailboxorg.store.domain("a.example").context_id == context
    mailboxorg.predicted("domain", **{**NEW, "name": "b.example"}, create_new_context=True)
    assert mailboxorg.store.domain("b.example").context_id != context
    assert mailboxorg.predicted("domain", **{**NEW, "name": "b.example"}, create_new_context=True)["changed"] is False


@pytest.mark.parametrize("told", ["text", "int", "absent"])
def test_a_context_is_known_in_whatever_way_the_server_tells_it(mailboxorg: Bench, told: Any) -> None:
    mailboxorg.sim.settings.domain_context_id = told
    context = mailboxorg.store.domain("example.com").context_id
    assert mailboxorg.predicted("domain", **HEAD, context_id=context)["changed"] is False
    assert mailboxorg.predicted("domain", **HEAD, context_id=int(context))["changed"] is False
    assert done(mailboxorg.info(resources=["domains"]))["config"]["domains"][0]["context_id"] == context


@pytest.mark.parametrize("told", ["text", "int", "absent"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_another_context_needs_consent_because_groupware_is_lost(
    mailboxorg: Bench, told: Any, check_mode: bool
) -> None:
    mailboxorg.sim.settings.domain_context_id = told
    other = mailboxorg.store.new_context("example")
    wish = {**HEAD, "context_id": other}
    result = mailboxorg.object("domain", check_mode=check_mode, **wish, memo="Main")
    refused(result, "allow_groupware_loss", "domain example.com")
    document = mailboxorg.config({"domains": [wish]}, check_mode=check_mode)
    refused(document, "allow_groupware_loss", "domain example.com")
    assert mailboxorg.sim.writes == []
    assert mailboxorg.store.mailbox("alice@example.com").groupware_items == 30


def test_another_context_with_consent_keeps_the_mail(mailboxorg: Bench) -> None:
    other = mailboxorg.store.new_context("example")
    result = mailboxorg.predicted("domain", **HEAD, context_id=other, allow_groupware_loss=True)
    assert result["changes"] == ["context_id"]
    alice = mailboxorg.store.mailbox("alice@example.com")
    assert (alice.groupware_items, alice.messages) == (0, 120)
    assert mailboxorg.store.domain("example.com").context_id == other
    assert mailboxorg.predicted("domain", **HEAD, context_id=other)["changed"] is False


def test_consent_of_the_task_is_that_of_its_entries_unless_they_say_otherwise(mailboxorg: Bench) -> None:
    other = mailboxorg.store.new_context("example")
    entry = {**HEAD, "context_id": other, "allow_groupware_loss": False}
    refused(mailboxorg.config({"domains": [entry]}, allow_groupware_loss=True), "allow_groupware_loss")
    assert mailboxorg.sim.writes == []
    del entry["allow_groupware_loss"]
    assert mailboxorg.predicted_config({"domains": [entry]}, allow_groupware_loss=True)["changed"] is True


def test_a_change_that_touches_no_context_sends_none(mailboxorg: Bench) -> None:
    context = mailboxorg.store.domain("example.com").context_id
    mailboxorg.predicted("domain", **HEAD, context_id=context, create_new_context=False, memo="Main")
    (write,) = mailboxorg.sim.writes
    assert write.params == {"domain": "example.com", "memo": "Main"}
    assert mailboxorg.store.mailbox("alice@example.com").groupware_items == 30


def test_a_new_context_is_not_made_for_a_domain_that_exists(mailboxorg: Bench) -> None:
    context = mailboxorg.store.domain("example.com").context_id
    assert mailboxorg.predicted("domain", **HEAD, create_new_context=True)["changed"] is False
    assert mailboxorg.predicted("domain", **HEAD, create_new_context=True, memo="Main")["changed"] is True
    assert mailboxorg.store.domain("example.com").context_id == context


def test_a_context_of_somebody_else_is_the_services_refusal(mailboxorg: Bench) -> None:
    foreign = mailboxorg.store.domain("example.org").context_id
    result = mailboxorg.object("domain", **HEAD, context_id=foreign, allow_groupware_loss=True)
    refused(result, "domain.set", foreign)
    assert mailboxorg.store.mailbox("alice@example.com").groupware_items == 30


# Deletion.


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_domain_with_mailboxes_is_kept_and_their_number_told(mailboxorg: Bench, check_mode: bool) -> None:
    result = mailboxorg.object("domain", check_mode=check_mode, **HEAD, state="absent")
    refused(result, "2 mailboxes", "example.com")
    entry = {"email": "alice@example.com", "state": "absent"}
    document = {"domains": [{**HEAD, "state": "absent"}], "mailboxes": [entry]}
    result = mailboxorg.config(document, check_mode=check_mode, allow_mail_loss=True)
    refused(result, "1 mailbox", "config.domains[0]")
    assert mailboxorg.sim.writes == []
    assert mailboxorg.store.mailbox("alice@example.com").messages == 120


def test_a_domain_goes_with_mailboxes_that_the_same_document_deletes(mailboxorg: Bench) -> None:
    boxes = [{"email": f"{name}@example.com", "state": "absent"} for name in ("alice", "bob")]
    document = {"domains": [{**HEAD, "state": "absent"}], "mailboxes": boxes}
    for check_mode in (True, False):
        refused(mailboxorg.config(document, check_mode=check_mode), "allow_mail_loss")
    assert mailboxorg.sim.writes == []
    result = mailboxorg.predicted_config(document, allow_mail_loss=True)
    assert result["summary"]["deleted"] == 3
    assert [write.call for write in mailboxorg.sim.writes] == ["mail.del", "mail.del", "domain.del"]
    assert "example.com" not in mailboxorg.store.domains
    assert mailboxorg.predicted_config(document, allow_mail_loss=True)["changed"] is False


def test_a_domain_goes_with_mailboxes_that_are_pruned(mailboxorg: Bench) -> None:
    mailboxorg.store.add_domain("old.example", "example")
    mailboxorg.store.add_mailbox("x@old.example", first_name="X", last_name="Y")
    document = {
        "domains": [HEAD],
        "mailboxes": [{"email": "alice@example.com"}, {"email": "bob@example.com"}],
    }
    for check_mode in (True, False):
        result = mailboxorg.config(document, check_mode=check_mode, prune=["domains"])
        refused(result, "1 mailbox", "old.example")
    assert mailboxorg.sim.writes == []
    result = mailboxorg.predicted_config(document, prune=["domains", "mailboxes"], allow_mail_loss=True)
    assert [line["object"] for line in result["results"]] == ["mailbox x@old.example", "domain old.example"]
    assert mailboxorg.store.domains.keys() == {"example.com", "example.org"}


def test_an_empty_domain_goes_and_is_gone(mailboxorg: Bench) -> None:
    mailboxorg.store.add_domain("old.example", "example")
    wish = {"name": "old.example", "account": "example", "state": "absent"}
    assert mailboxorg.predicted("domain", **wish)["changed"] is True
    assert "old.example" not in mailboxorg.store.domains
    assert mailboxorg.predicted("domain", **wish)["changed"] is False


def test_a_mailbox_that_appears_in_between_keeps_its_domain(mailboxorg: Bench) -> None:
    mailboxorg.store.add_domain("old.example", "example")
    mailboxorg.before(
        "domain.del", lambda: mailboxorg.store.add_mailbox("x@old.example", first_name="X", last_name="Y")
    )
    result = mailboxorg.object("domain", name="old.example", account="example", state="absent")
    refused(result, "mailboxes")
    assert mailboxorg.store.mailbox("x@old.example")


# Domains and accounts of others.


@pytest.mark.parametrize("code", [2, 90010])
def test_a_domain_of_somebody_else_is_neither_read_nor_taken(mailboxorg: Bench, code: int) -> None:
    mailboxorg.sim.settings.foreign_code = code
    result = mailboxorg.object("domain", **{**NEW, "name": "example.org"})
    refused(result, "example.org")
    assert mailboxorg.store.domain("example.org").account == "other"
    result = mailboxorg.object("domain", name="example.org", account="example", state="absent")
    assert done(result)["changed"] is False
    assert done(mailboxorg.info())["config"]["domains"][0]["name"] == "example.com"
    assert len(done(mailboxorg.info())["config"]["domains"]) == 1


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_reseller_is_told_which_account_has_the_domain(mailboxorg: Bench, check_mode: bool) -> None:
    log_in_as(mailboxorg, "reseller")
    result = mailboxorg.object("domain", check_mode=check_mode, **{**NEW, "name": "example.org"})
    refused(result, "example.org", "account other")
    assert mailboxorg.sim.writes == []


def test_a_reseller_manages_the_domains_of_its_accounts(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    mailboxorg.store.publish_ownership("other", "new.example")
    assert mailboxorg.predicted("domain", **{**NEW, "account": "other"})["changed"] is True
    assert mailboxorg.store.domain("new.example").account == "other"
    assert mailboxorg.predicted("domain", name="example.org", account="other", memo="x")["changed"] is True
    config = done(mailboxorg.info(resources=["domains"]))["config"]
    assert {(entry["name"], entry["account"]) for entry in config["domains"]} == {
        ("example.com", "example"),
        ("example.org", "other"),
        ("new.example", "other"),
    }
    assert mailboxorg.predicted_config(config)["changed"] is False


def test_a_domain_moves_to_another_account_in_two_entries(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    mailboxorg.store.add_domain("old.example", "example")
    mailboxorg.store.publish_ownership("other", "old.example")
    document = {
        "domains": [
            {"name": "old.example", "account": "example", "state": "absent"},
            {"name": "old.example", "account": "other", "password": PASSWORD},
        ]
    }
    result = mailboxorg.predicted_config(document)
    assert result["summary"] == {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}
    assert mailboxorg.store.domain("old.example").account == "other"
    assert mailboxorg.predicted_config(document)["changed"] is False


@pytest.mark.parametrize("level", ["account", "reseller"])
def test_a_missing_account_is_named_in_a_run_and_assumed_in_check_mode(mailboxorg: Bench, level: str) -> None:
    log_in_as(mailboxorg, level)
    wish = {**NEW, "account": "nobody"}
    refused(mailboxorg.object("domain", **wish), "account 'nobody'", "does not exist")
    prediction = done(mailboxorg.object("domain", check_mode=True, **wish))
    assert prediction["assumed"] == ["account nobody"]
    assert mailboxorg.sim.writes == []


def test_a_domain_of_a_missing_account_is_absent_already(mailboxorg: Bench) -> None:
    for account in ("nobody", "other"):
        assert mailboxorg.predicted("domain", name="x.example", account=account, state="absent")["changed"] is False
    assert mailboxorg.sim.writes == []


# Levels.

LEVEL_WISHES: dict[str, dict[str, Any]] = {
    "domain.add": NEW,
    "domain.del": {**HEAD, "state": "absent"},
    "context_id": {**HEAD, "context_id": "99", "allow_groupware_loss": True},
}


@pytest.mark.parametrize("what", sorted(LEVEL_WISHES))
@pytest.mark.parametrize("level", ["domain", "mail"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_a_level_that_is_too_low_is_told_before_the_first_write(
    mailboxorg: Bench, what: str, level: str, check_mode: bool
) -> None:
    log_in_as(mailboxorg, level)
    result = mailboxorg.object("domain", check_mode=check_mode, **LEVEL_WISHES[what])
    user, _password = mailboxorg.sim.credentials(level)  # type: ignore[attr-defined]
    refused(result, "needs a login of level", f"{user!r} has level {level}")
    if level == "domain":
        assert "level account or above" in result["msg"]
    assert mailboxorg.sim.writes == []
    assert mailboxorg.store.domain("example.com")


@pytest.mark.parametrize("told", ["text", "absent"])
@pytest.mark.parametrize("level", ["admin", "reseller", "account", "domain"])
def test_every_level_down_to_the_domain_changes_its_memo(mailboxorg: Bench, level: str, told: Any) -> None:
    mailboxorg.sim.settings.domain_context_id = told
    log_in_as(mailboxorg, level)
    assert mailboxorg.predicted("domain", **HEAD, memo="Main")["changed"] is True
    assert mailboxorg.store.domain("example.com").memo == "Main"
    assert mailboxorg.predicted("domain", **HEAD, memo="Main")["changed"] is False


def test_a_login_of_a_domain_sees_that_domain_only(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "domain")
    config = done(mailboxorg.info(resources=["domains"]))["config"]
    assert [entry["name"] for entry in config["domains"]] == ["example.com"]
    assert mailboxorg.predicted_config(config)["changed"] is False
    result = mailboxorg.object("domain", name="example.org", account="other", memo="x", password=PASSWORD)
    refused(result, "level")
    assert mailboxorg.store.domain("example.org").memo == ""


def test_what_a_lenient_service_allows_is_still_ours_to_refuse_below_the_documented_level(mailboxorg: Bench) -> None:
    """The refusal is ours, so that check mode and a run agree whatever the service thinks."""
    mailboxorg.sim.settings.enforce_levels = False
    log_in_as(mailboxorg, "domain")
    for check_mode in (True, False):
        refused(mailboxorg.object("domain", check_mode=check_mode, **NEW), "level account")
    assert mailboxorg.sim.writes == []


def test_a_level_that_is_high_enough_is_no_explanation_of_a_refusal(mailboxorg: Bench) -> None:
    for code in (2, 90013):
        mailboxorg.sim.faults.add(Fault("rpc_error", "domain.set", times=2, code=code, message="No."))
        message = refused(mailboxorg.object("domain", **HEAD, memo="Main"), "No.", f"code {code}")
        assert "documentation" not in message
        assert ("somebody else" in message) is (code == 2)
        mailboxorg.sim.faults.clear()


def test_a_level_that_is_not_named_for_a_method_explains_its_refusal(mailboxorg: Bench) -> None:
    """A reseller is above those who may add mailboxes, and not among them (mailboxorg.md 7)."""
    log_in_as(mailboxorg, "reseller")
    mailboxorg.sim.settings.wrong_level_code = 90010
    mailboxorg.sim.faults.add(Fault("rpc_error", "mail.add", times=9, code=90010, message="No."))
    result = mailboxorg.object("mailbox", **{**BOX, "email": "carol@example.com"})
    refused(result, "No.", "admin or account or domain", "'reseller' has level reseller")


@pytest.mark.parametrize("code", [-32603, 500, 503])
@pytest.mark.parametrize("processed", [True, False])
def test_an_internal_error_after_a_write_is_looked_after(mailboxorg: Bench, code: int, processed: bool) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.add", code=code, processed=processed))
    assert done(mailboxorg.object("domain", **NEW))["changed"] is True
    assert adds(mailboxorg) == (1 if processed else 2)
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.get", times=9, code=code, message="Internal error."))
    result = mailboxorg.object("domain", **HEAD, memo="x")
    refused(result, "Internal error.")
    assert result["failure"]["retryable"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_mailbox_needs_its_domain(mailboxorg: Bench, check_mode: bool) -> None:
    for level in ("account", "domain"):
        log_in_as(mailboxorg, level)
        result = mailboxorg.object("mailbox", check_mode=check_mode, **BOX)
        if check_mode:
            assert done(result)["assumed"] == ["domain new.example"]
        else:
            refused(result, "domain 'new.example'", "does not exist")
        result = mailboxorg.object("mailbox", check_mode=True, **{**BOX, "email": "carol@example.com"})
        assert "assumed" not in done(result)
    assert mailboxorg.sim.writes == []


# Reading.


def test_a_domain_that_does_not_tell_its_name_is_known_by_its_memo(
    mailboxorg: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = simulated_domain
    monkeypatch.setattr(
        "tests.simulators.mailboxorg.domains.view",
        lambda *given: {name: value for name, value in told(*given).items() if name != "domain"},
    )
    assert mailboxorg.predicted("domain", **HEAD, memo="Main")["changed"] is True
    assert mailboxorg.predicted("domain", **HEAD, memo="Main")["changed"] is False


@pytest.mark.parametrize(
    "answer", [True, {}, [], None, {"domain": "new.example"}, {"domain": "x.example", "memo": "y"}]
)
def test_a_write_whose_answer_is_not_the_domain_is_read_back(mailboxorg: Bench, answer: Any) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.faults.add(Fault("replace_result", "domain.add", result=answer))
    mailboxorg.sim.faults.add(Fault("replace_result", "domain.set", result=answer))
    assert done(mailboxorg.object("domain", **NEW, memo="ours"))["changed"] is True
    assert done(mailboxorg.object("domain", **HEAD, memo="Main"))["changed"] is True
    assert (mailboxorg.store.domain("new.example").memo, mailboxorg.store.domain("example.com").memo) == (
        "ours",
        "Main",
    )
    assert mailboxorg.calls.count("domain.get") >= 2


def test_a_memo_that_the_service_confirms_and_does_not_keep_fails_with_its_name(
    mailboxorg: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = simulated_domain
    monkeypatch.setattr(
        "tests.simulators.mailboxorg.domains.view", lambda *given: {**told(*given), "memo": "always the same"}
    )
    result = mailboxorg.object("domain", **HEAD, memo="Main")
    assert result["failed"]
    assert result["changed"] is True
    assert "memo" in result["msg"]
    assert mailboxorg.waits, "the service may tell the old state for a while"


@pytest.mark.parametrize("answer", [{"domain": "example.org", "memo": "x"}, {}, [], None, "example.com", {"x": 1}])
def test_an_answer_about_something_else_is_not_the_domain(mailboxorg: Bench, answer: Any) -> None:
    for check_mode in (True, False):
        mailboxorg.sim.faults.add(Fault("replace_result", "domain.get", times=9, result=answer))
        refused(mailboxorg.object("domain", check_mode=check_mode, **HEAD, memo="x"), "domain.get", "example.com")
        mailboxorg.sim.faults.clear()
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("listed", ["short", "full"])
@pytest.mark.parametrize("batch", ["same", "reversed", "unsupported"])
def test_many_domains_are_told_in_every_form_and_nothing_changes(mailboxorg: Bench, listed: Any, batch: Any) -> None:
    mailboxorg.sim.settings.domain_list, mailboxorg.sim.settings.batch = listed, batch
    mailboxorg.sim.settings.extra_members = True
    shared = mailboxorg.store.domain("example.com").context_id
    for number in range(5):
        mailboxorg.store.add_domain(f"d{number}.example", "example", memo=f"number {number}", context_id=shared)
    config = done(mailboxorg.info(resources=["domains"]))["config"]
    assert [entry.get("memo") for entry in config["domains"]] == [
        *(f"number {number}" for number in range(5)),
        "Head office",
    ]
    assert {entry["context_id"] for entry in config["domains"]} == {shared}
    assert "password" not in str(config)
    assert mailboxorg.predicted_config(config, prune=["domains"])["changed"] is False


@pytest.mark.parametrize("answer", [{}, None, {"results": []}, "domains", [{"name": "example.com"}], {"a": "b"}, True])
def test_what_is_no_list_of_domains_is_no_empty_list(mailboxorg: Bench, answer: Any) -> None:
    works: list[Any] = [
        lambda: mailboxorg.object("domain", **NEW),
        lambda: mailboxorg.object("domain", **HEAD, state="absent"),
        lambda: mailboxorg.config({"domains": [NEW]}, prune=["domains"]),
        lambda: mailboxorg.info(resources=["domains"]),
    ]
    for work in works:
        mailboxorg.sim.faults.add(Fault("replace_result", "domain.list", times=9, result=answer))
        result: Result = work()
        refused(result, "domain.list")
        mailboxorg.sim.faults.clear()
    assert mailboxorg.sim.writes == []


def test_the_state_before_a_write_that_is_told_for_a_while_is_no_failure(mailboxorg: Bench) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.settings.stale_seconds = 2.0
    assert done(mailboxorg.object("domain", **NEW, memo="x"))["changed"] is True
    mailboxorg.sim.clock.advance(5)
    assert done(mailboxorg.object("domain", **HEAD, memo="Main"))["changed"] is True
    mailboxorg.sim.clock.advance(5)
    assert done(mailboxorg.object("domain", name="new.example", account="example", state="absent"))["changed"] is True
    assert mailboxorg.store.domain("example.com").memo == "Main"
    assert "new.example" not in mailboxorg.store.domains


def test_a_memo_that_somebody_else_writes_stays_when_the_task_does_not_speak_of_it(mailboxorg: Bench) -> None:
    def somebody_writes() -> None:
        mailboxorg.store.domain("example.com").memo = "theirs"

    mailboxorg.before("domain.set", somebody_writes)
    done(mailboxorg.object("domain", **HEAD, password=PASSWORD, update_password="always"))
    assert mailboxorg.store.domain("example.com").memo == "theirs"


def test_a_domain_that_somebody_else_adds_first_is_adopted(mailboxorg: Bench) -> None:
    mailboxorg.before("domain.add", lambda: mailboxorg.store.add_domain("new.example", "example", memo="theirs"))
    result = done(mailboxorg.object("domain", **NEW, memo="ours"))
    assert result["changed"] is True
    assert mailboxorg.store.domain("new.example").memo == "ours"
