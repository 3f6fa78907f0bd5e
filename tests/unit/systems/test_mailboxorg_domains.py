# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of mailbox.org: adding and changing, contexts, deletion, and how the service tells about them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mailboxorg.domains import view as simulated_domain
from tests.unit.systems.bench import Bench, Result, done, refused
from tests.unit.systems.mailboxorg import CAROL, DOMAIN_PASSWORD, HEAD_OFFICE, NEW_DOMAIN, log_in_as

# Adding a domain whose record is in place.


def test_a_domain_is_added_once(mailboxorg: Bench) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    result = mailboxorg.predicted("domain", **NEW_DOMAIN, memo="Branch")
    assert result["changed"] is True
    assert result["domain"] == {"name": "new.example", "account": "example", "memo": "Branch"}
    added = mailboxorg.store.domain("new.example")
    assert (added.account, added.memo, added.password) == ("example", "Branch", DOMAIN_PASSWORD)
    assert "dns_record" not in result
    assert DOMAIN_PASSWORD not in str(result)
    assert mailboxorg.predicted("domain", **NEW_DOMAIN, memo="Branch")["changed"] is False
    assert mailboxorg.calls.count("domain.add") == 1


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
        refused(mailboxorg.object("domain", check_mode=check_mode, **{**NEW_DOMAIN, **wish}), name)
        refused(mailboxorg.config({"domains": [{**NEW_DOMAIN, **wish}]}, check_mode=check_mode), name)
    assert mailboxorg.sim.requests == []


def test_a_context_is_either_chosen_or_new(mailboxorg: Bench) -> None:
    wish = {**NEW_DOMAIN, "context_id": "30112", "create_new_context": True}
    refused(mailboxorg.object("domain", **wish), "context_id", "create_new_context")
    refused(mailboxorg.config({"domains": [wish]}), "config.domains[0].context_id")
    assert mailboxorg.sim.requests == []


def test_the_password_is_sent_at_creation_and_later_only_on_request(mailboxorg: Bench) -> None:
    held = mailboxorg.store.domain("example.com").password
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, password=DOMAIN_PASSWORD)["changed"] is False
    assert mailboxorg.store.domain("example.com").password == held
    for _again in range(2):
        result = mailboxorg.predicted("domain", **HEAD_OFFICE, password=DOMAIN_PASSWORD, update_password="always")
        assert (result["changes"], result["unverified"]) == (["password"], ["password"])
        assert DOMAIN_PASSWORD not in str(result)
    assert mailboxorg.store.domain("example.com").password == DOMAIN_PASSWORD


def test_the_memo_is_changed_cleared_and_left_alone(mailboxorg: Bench) -> None:
    assert mailboxorg.predicted("domain", **HEAD_OFFICE)["changed"] is False
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, memo="Main")["changes"] == ["memo"]
    assert mailboxorg.store.domain("example.com").memo == "Main"
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, memo="")["changed"] is True
    assert mailboxorg.store.domain("example.com").memo == ""
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, memo="")["changed"] is False


# Contexts.


def test_a_new_domain_gets_the_context_that_is_asked_for(mailboxorg: Bench) -> None:
    context = mailboxorg.store.domain("example.com").context_id
    for name in ("a.example", "b.example"):
        mailboxorg.store.publish_ownership("example", name)
    mailboxorg.predicted("domain", **{**NEW_DOMAIN, "name": "a.example"}, context_id=context)
    assert mailboxorg.store.domain("a.example").context_id == context
    mailboxorg.predicted("domain", **{**NEW_DOMAIN, "name": "b.example"}, create_new_context=True)
    assert mailboxorg.store.domain("b.example").context_id != context
    assert (
        mailboxorg.predicted("domain", **{**NEW_DOMAIN, "name": "b.example"}, create_new_context=True)["changed"]
        is False
    )


@pytest.mark.parametrize("told", ["text", "int", "absent"])
def test_a_context_is_known_in_whatever_way_the_server_tells_it(mailboxorg: Bench, told: Any) -> None:
    mailboxorg.sim.settings.domain_context_id = told
    context = mailboxorg.store.domain("example.com").context_id
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, context_id=context)["changed"] is False
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, context_id=int(context))["changed"] is False
    assert done(mailboxorg.info(resources=["domains"]))["config"]["domains"][0]["context_id"] == context


@pytest.mark.parametrize("told", ["text", "int", "absent"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_another_context_needs_consent_because_groupware_is_lost(
    mailboxorg: Bench, told: Any, check_mode: bool
) -> None:
    mailboxorg.sim.settings.domain_context_id = told
    other = mailboxorg.store.new_context("example")
    wish = {**HEAD_OFFICE, "context_id": other}
    result = mailboxorg.object("domain", check_mode=check_mode, **wish, memo="Main")
    refused(result, "allow_groupware_loss", "domain example.com")
    document = mailboxorg.config({"domains": [wish]}, check_mode=check_mode)
    refused(document, "allow_groupware_loss", "domain example.com")
    assert mailboxorg.sim.writes == []
    assert mailboxorg.store.mailbox("alice@example.com").groupware_items == 30


def test_another_context_with_consent_keeps_the_mail(mailboxorg: Bench) -> None:
    other = mailboxorg.store.new_context("example")
    result = mailboxorg.predicted("domain", **HEAD_OFFICE, context_id=other, allow_groupware_loss=True)
    assert result["changes"] == ["context_id"]
    alice = mailboxorg.store.mailbox("alice@example.com")
    assert (alice.groupware_items, alice.messages) == (0, 120)
    assert mailboxorg.store.domain("example.com").context_id == other
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, context_id=other)["changed"] is False


def test_consent_of_the_task_is_that_of_its_entries_unless_they_say_otherwise(mailboxorg: Bench) -> None:
    other = mailboxorg.store.new_context("example")
    entry = {**HEAD_OFFICE, "context_id": other, "allow_groupware_loss": False}
    refused(mailboxorg.config({"domains": [entry]}, allow_groupware_loss=True), "allow_groupware_loss")
    assert mailboxorg.sim.writes == []
    del entry["allow_groupware_loss"]
    assert mailboxorg.predicted_config({"domains": [entry]}, allow_groupware_loss=True)["changed"] is True


def test_a_change_that_touches_no_context_sends_none(mailboxorg: Bench) -> None:
    context = mailboxorg.store.domain("example.com").context_id
    mailboxorg.predicted("domain", **HEAD_OFFICE, context_id=context, create_new_context=False, memo="Main")
    (write,) = mailboxorg.sim.writes
    assert write.params == {"domain": "example.com", "memo": "Main"}
    assert mailboxorg.store.mailbox("alice@example.com").groupware_items == 30


def test_a_new_context_is_not_made_for_a_domain_that_exists(mailboxorg: Bench) -> None:
    context = mailboxorg.store.domain("example.com").context_id
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, create_new_context=True)["changed"] is False
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, create_new_context=True, memo="Main")["changed"] is True
    assert mailboxorg.store.domain("example.com").context_id == context


def test_a_context_of_somebody_else_is_the_services_refusal(mailboxorg: Bench) -> None:
    foreign = mailboxorg.store.domain("example.org").context_id
    result = mailboxorg.object("domain", **HEAD_OFFICE, context_id=foreign, allow_groupware_loss=True)
    refused(result, "domain.set", foreign)
    assert mailboxorg.store.mailbox("alice@example.com").groupware_items == 30


# Deletion.


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_domain_with_mailboxes_is_kept_and_their_number_told(mailboxorg: Bench, check_mode: bool) -> None:
    result = mailboxorg.object("domain", check_mode=check_mode, **HEAD_OFFICE, state="absent")
    refused(result, "2 mailboxes", "example.com")
    entry = {"email": "alice@example.com", "state": "absent"}
    document = {"domains": [{**HEAD_OFFICE, "state": "absent"}], "mailboxes": [entry]}
    result = mailboxorg.config(document, check_mode=check_mode, allow_mail_loss=True)
    refused(result, "1 mailbox", "config.domains[0]")
    assert mailboxorg.sim.writes == []
    assert mailboxorg.store.mailbox("alice@example.com").messages == 120


def test_a_domain_goes_with_mailboxes_that_the_same_document_deletes(mailboxorg: Bench) -> None:
    boxes = [{"email": f"{name}@example.com", "state": "absent"} for name in ("alice", "bob")]
    document = {"domains": [{**HEAD_OFFICE, "state": "absent"}], "mailboxes": boxes}
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
        "domains": [HEAD_OFFICE],
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


# Reading.


def test_a_domain_that_does_not_tell_its_name_is_known_by_its_memo(
    mailboxorg: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = simulated_domain
    monkeypatch.setattr(
        "tests.simulators.mailboxorg.domains.view",
        lambda *given: {name: value for name, value in told(*given).items() if name != "domain"},
    )
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, memo="Main")["changed"] is True
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, memo="Main")["changed"] is False


@pytest.mark.parametrize(
    "answer", [True, {}, [], None, {"domain": "new.example"}, {"domain": "x.example", "memo": "y"}]
)
def test_a_write_whose_answer_is_not_the_domain_is_read_back(mailboxorg: Bench, answer: Any) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.faults.add(Fault("replace_result", "domain.add", result=answer))
    mailboxorg.sim.faults.add(Fault("replace_result", "domain.set", result=answer))
    assert done(mailboxorg.object("domain", **NEW_DOMAIN, memo="ours"))["changed"] is True
    assert done(mailboxorg.object("domain", **HEAD_OFFICE, memo="Main"))["changed"] is True
    assert (mailboxorg.store.domain("new.example").memo, mailboxorg.store.domain("example.com").memo) == (
        "ours",
        "Main",
    )
    assert mailboxorg.calls.count("domain.get") >= 2


@pytest.mark.parametrize("code", [-32603, 500, 503])
@pytest.mark.parametrize("processed", [True, False])
def test_an_internal_error_after_a_write_is_looked_after(mailboxorg: Bench, code: int, processed: bool) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.add", code=code, processed=processed))
    assert done(mailboxorg.object("domain", **NEW_DOMAIN))["changed"] is True
    assert mailboxorg.calls.count("domain.add") == (1 if processed else 2)
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.get", times=9, code=code, message="Internal error."))
    result = mailboxorg.object("domain", **HEAD_OFFICE, memo="x")
    refused(result, "Internal error.")
    assert result["failure"]["retryable"] is False


def test_a_memo_that_the_service_confirms_and_does_not_keep_fails_with_its_name(
    mailboxorg: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = simulated_domain
    monkeypatch.setattr(
        "tests.simulators.mailboxorg.domains.view", lambda *given: {**told(*given), "memo": "always the same"}
    )
    result = mailboxorg.object("domain", **HEAD_OFFICE, memo="Main")
    assert result["failed"]
    assert result["changed"] is True
    assert "memo" in result["msg"]
    assert mailboxorg.waits, "the service may tell the old state for a while"


@pytest.mark.parametrize("answer", [{"domain": "example.org", "memo": "x"}, {}, [], None, "example.com", {"x": 1}])
def test_an_answer_about_something_else_is_not_the_domain(mailboxorg: Bench, answer: Any) -> None:
    for check_mode in (True, False):
        mailboxorg.sim.faults.add(Fault("replace_result", "domain.get", times=9, result=answer))
        refused(
            mailboxorg.object("domain", check_mode=check_mode, **HEAD_OFFICE, memo="x"), "domain.get", "example.com"
        )
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
        lambda: mailboxorg.object("domain", **NEW_DOMAIN),
        lambda: mailboxorg.object("domain", **HEAD_OFFICE, state="absent"),
        lambda: mailboxorg.config({"domains": [NEW_DOMAIN]}, prune=["domains"]),
        lambda: mailboxorg.info(resources=["domains"]),
    ]
    for work in works:
        mailboxorg.sim.faults.add(Fault("replace_result", "domain.list", times=9, result=answer))
        result: Result = work()
        refused(result, "domain.list")
        mailboxorg.sim.faults.clear()
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("code", [2, 90013])
def test_a_list_that_is_refused_is_no_empty_list(mailboxorg: Bench, code: int) -> None:
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.list", times=99, code=code, message="No list."))
    for wish in (NEW_DOMAIN, {**HEAD_OFFICE, "state": "absent"}):
        refused(mailboxorg.object("domain", **wish), "No list.", "domain.list")
    refused(mailboxorg.config({"domains": [HEAD_OFFICE]}, prune=["domains"]), "No list.")
    refused(mailboxorg.info(), "No list.")
    assert mailboxorg.sim.writes == []


def test_a_domain_that_is_asked_for_costs_no_list_of_all_of_them(mailboxorg: Bench) -> None:
    """A reseller may have thousands: one mailbox more is no reason to list them."""
    assert done(mailboxorg.object("mailbox", **{**CAROL, "email": "carol@example.com"}))["changed"] is True
    assert "domain.list" not in mailboxorg.calls
    assert mailboxorg.calls.count("domain.get") <= 1


def test_a_context_that_nobody_tells_is_left_out(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.domain_context_id = "absent"
    log_in_as(mailboxorg, "domain")
    (entry,) = done(mailboxorg.info(resources=["domains"]))["config"]["domains"]
    assert "context_id" not in entry
    assert entry["memo"] == "Head office"


def test_the_state_before_a_write_that_is_told_for_a_while_is_no_failure(mailboxorg: Bench) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.settings.stale_seconds = 2.0
    assert done(mailboxorg.object("domain", **NEW_DOMAIN, memo="x"))["changed"] is True
    mailboxorg.sim.clock.advance(5)
    assert done(mailboxorg.object("domain", **HEAD_OFFICE, memo="Main"))["changed"] is True
    mailboxorg.sim.clock.advance(5)
    assert done(mailboxorg.object("domain", name="new.example", account="example", state="absent"))["changed"] is True
    assert mailboxorg.store.domain("example.com").memo == "Main"
    assert "new.example" not in mailboxorg.store.domains


def test_a_memo_that_somebody_else_writes_stays_when_the_task_does_not_speak_of_it(mailboxorg: Bench) -> None:
    def somebody_writes() -> None:
        mailboxorg.store.domain("example.com").memo = "theirs"

    mailboxorg.before("domain.set", somebody_writes)
    done(mailboxorg.object("domain", **HEAD_OFFICE, password=DOMAIN_PASSWORD, update_password="always"))
    assert mailboxorg.store.domain("example.com").memo == "theirs"


def test_a_domain_that_somebody_else_adds_first_is_adopted(mailboxorg: Bench) -> None:
    mailboxorg.before("domain.add", lambda: mailboxorg.store.add_domain("new.example", "example", memo="theirs"))
    result = done(mailboxorg.object("domain", **NEW_DOMAIN, memo="ours"))
    assert result["changed"] is True
    assert mailboxorg.store.domain("new.example").memo == "ours"
