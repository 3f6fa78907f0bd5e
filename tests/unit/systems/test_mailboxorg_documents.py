# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole documents for mailbox.org: order, pruning, and how many requests they take."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.systems.bench import Bench, Result, done, refused
from tests.unit.systems.mailboxorg import ALICE, BOB, CAROL, held, log_in_as, sent

NEW: dict[str, Any] = {
    "accounts": [{"name": "third", "password": "Th1rd-secret!", "plan": "basic"}],
    "domains": [{"name": "third.example", "account": "third", "password": "D0main-secret!"}],
    "mailboxes": [
        {**CAROL, "email": f"{name}@third.example", "aliases": [f"{name}.x@third.example"]}
        for name in ("carol", "dora")
    ],
}


def objects(result: Result) -> list[str]:
    return [f"{line['action']} {line['object']}" for line in result["results"]]


def domain(name: str, account: str = "example") -> dict[str, Any]:
    return {"name": name, "account": account}


def prepare_reseller(bench: Bench) -> None:
    """A login that makes accounts, and a domain to come."""
    log_in_as(bench, "reseller")
    bench.store.publish_ownership("third", "third.example")


# Order.


def test_an_account_its_domain_and_its_mailboxes_come_from_one_document(mailboxorg: Bench) -> None:
    mailboxorg.store.publish_ownership("example", "third.example")
    document = {
        "mailboxes": NEW["mailboxes"],
        "domains": [{**NEW["domains"][0], "account": "example"}],
        "accounts": [{"name": "example", "company": "Third Ltd"}],
    }
    result = mailboxorg.predicted_config(document)
    assert result["summary"] == {"created": 3, "updated": 1, "deleted": 0, "unchanged": 0, "failed": 0}
    assert "assumed" not in result
    calls = [call for call, _params in sent(mailboxorg)]
    assert calls == ["account.set", "domain.add", "mail.add", "mail.add", "mail.set", "mail.set"]
    assert mailboxorg.predicted_config(document)["changed"] is False
    assert mailboxorg.predicted_config(document)["summary"]["unchanged"] == 4


def test_a_new_account_and_its_domain(mailboxorg: Bench) -> None:
    prepare_reseller(mailboxorg)
    document = {"domains": NEW["domains"], "accounts": NEW["accounts"]}
    result = mailboxorg.predicted_config(document)
    assert objects(result) == ["create account third", "create domain third.example"]
    assert mailboxorg.store.domain("third.example").account == "third"
    assert mailboxorg.predicted_config(document)["changed"] is False


def test_who_may_make_accounts_is_told_that_it_may_not_make_mailboxes(mailboxorg: Bench) -> None:
    prepare_reseller(mailboxorg)
    result = mailboxorg.config(NEW)
    assert (result["failed"], result["changed"]) == (True, True)
    assert "admin or account or domain" in result["msg"]
    status = {line["object"]: line["status"] for line in result["results"]}
    assert status == {
        "account third": "done",
        "domain third.example": "done",
        "mailbox carol@third.example": "failed",
        "mailbox dora@third.example": "failed",
    }


def test_a_domain_goes_after_its_mailboxes(mailboxorg: Bench) -> None:
    document = {
        "domains": [{**domain("example.com"), "state": "absent"}],
        "mailboxes": [{**ALICE, "state": "absent"}, {**BOB, "state": "absent"}],
    }
    refused(mailboxorg.config(document), "allow_mail_loss")
    result = mailboxorg.predicted_config(document, allow_mail_loss=True)
    assert objects(result)[-1] == "delete domain example.com"
    assert result["summary"]["deleted"] == 3
    assert "example.com" not in mailboxorg.store.domains
    assert mailboxorg.predicted_config(document)["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_domain_with_a_mailbox_that_stays_does_not_go(mailboxorg: Bench, check_mode: bool) -> None:
    document = {
        "domains": [{**domain("example.com"), "state": "absent"}],
        "mailboxes": [{**ALICE, "state": "absent"}],
    }
    result = mailboxorg.config(document, check_mode=check_mode, allow_mail_loss=True)
    refused(result, "config.domains[0]", "1 mailbox,", "example.com")
    refused(mailboxorg.config({"domains": document["domains"]}, check_mode=check_mode), "2 mailboxes")
    assert mailboxorg.sim.writes == []


def test_a_domain_and_new_mailboxes_wait_for_the_record(mailboxorg: Bench) -> None:
    mailboxes = NEW["mailboxes"]
    document = {
        "domains": [domain("third.example") | {"password": "x-Y1z!"}],
        "mailboxes": [*mailboxes, {**BOB, "memo": "x"}],
    }
    result = done(mailboxorg.config(document, when_unverified="pending"))
    status = {line["object"]: line["status"] for line in result["results"]}
    assert status == {
        "domain third.example": "pending",
        "mailbox carol@third.example": "pending",
        "mailbox dora@third.example": "pending",
        "mailbox bob@example.com": "done",
    }
    mailboxorg.store.publish_ownership("example", "third.example")
    assert mailboxorg.predicted_config(document)["summary"]["created"] == 3


# Pruning.


def test_what_no_entry_names_is_pruned(mailboxorg: Bench) -> None:
    document = {"mailboxes": [ALICE]}
    refused(mailboxorg.config(document, prune=["mailboxes"]), "allow_mail_loss")
    result = mailboxorg.predicted_config(document, prune=["mailboxes"], allow_mail_loss=True)
    assert objects(result) == ["delete mailbox bob@example.com"]
    assert "olga@example.org" in mailboxorg.store.mailboxes
    assert mailboxorg.predicted_config(document, prune=["mailboxes"])["changed"] is False


def test_pruning_stays_inside_its_scope(mailboxorg: Bench) -> None:
    mailboxorg.store.add_domain("second.example", "example")
    mailboxorg.store.add_mailbox("x@second.example")
    options: dict[str, Any] = {"prune": ["mailboxes"], "allow_mail_loss": True, "allow_empty": True}
    result = mailboxorg.predicted_config({"mailboxes": []}, scope={"domains": ["SECOND.example"]}, **options)
    assert objects(result) == ["delete mailbox x@second.example"]
    refused(mailboxorg.config({"mailboxes": []}, scope={"domains": ["secnod.example"]}, **options), "secnod.example")


@pytest.mark.parametrize("pattern", ["bob@example.com", "BOB@*", "b?b@example.*"])
def test_protected_mailboxes_stay(mailboxorg: Bench, pattern: str) -> None:
    options: dict[str, Any] = {"prune": ["mailboxes"], "allow_mail_loss": True, "protect": [pattern]}
    assert mailboxorg.predicted_config({"mailboxes": [ALICE]}, **options)["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_too_many_deletions_and_empty_lists_are_refused(mailboxorg: Bench, check_mode: bool) -> None:
    options: dict[str, Any] = {"prune": ["mailboxes"], "allow_mail_loss": True, "check_mode": check_mode}
    refused(mailboxorg.config({"mailboxes": [ALICE]}, max_deletions=0, **options), "max_deletions")
    refused(mailboxorg.config({"mailboxes": []}, **options), "allow_empty")
    for number in range(11):
        mailboxorg.store.add_mailbox(f"m{number}@example.com")
    refused(mailboxorg.config({"mailboxes": [ALICE]}, **options), "max_deletions", "12")
    assert mailboxorg.sim.writes == []


def test_a_domain_that_is_pruned_needs_its_mailboxes_gone(mailboxorg: Bench) -> None:
    mailboxorg.store.add_domain("empty.example", "example")
    result = mailboxorg.predicted_config({"domains": [domain("example.com")]}, prune=["domains"])
    assert objects(result) == ["delete domain empty.example"]
    mailboxorg.store.add_domain("second.example", "example")
    mailboxorg.store.add_mailbox("x@second.example")
    document = {"domains": [domain("example.com")], "mailboxes": [ALICE, BOB]}
    refused(mailboxorg.config(document, prune=["domains"]), "second.example", "1 mailbox")
    result = mailboxorg.predicted_config(document, prune=["domains", "mailboxes"], allow_mail_loss=True)
    assert objects(result) == ["delete mailbox x@second.example", "delete domain second.example"]


def test_pruned_accounts_need_consent(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    document = {"accounts": [{"name": "reseller"}, {"name": "example"}]}
    refused(mailboxorg.config(document, prune=["accounts"]), "account other", "allow_mail_loss")
    refused(
        mailboxorg.config(document, prune=["accounts"], allow_mail_loss=True),
        "account other",
        "domain example.org still",
    )
    mailboxorg.store.domains["example.org"].account = "example"
    result = mailboxorg.predicted_config(document, prune=["accounts"], allow_mail_loss=True)
    assert objects(result) == ["delete account other"]
    assert "other" not in mailboxorg.store.accounts


def test_a_mailbox_login_prunes_no_colleague(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "mail")
    options: dict[str, Any] = {"prune": ["mailboxes"], "allow_mail_loss": True}
    assert mailboxorg.predicted_config({"mailboxes": [ALICE]}, **options)["changed"] is False
    assert "bob@example.com" in mailboxorg.store.mailboxes


# How many requests.


PEOPLE = ["accounts", "domains", "mailboxes"]
PARTS = ["vacations", "spam_protections", "blacklists"]


def large(bench: Bench) -> dict[str, Any]:
    """Three domains with 40 mailboxes each, and what the server holds of them."""
    for name in ("one.example", "two.example", "three.example"):
        bench.store.add_domain(name, "example")
        for number in range(40):
            bench.store.add_mailbox(f"m{number}@{name}", first_name="M", last_name=str(number))
    config: dict[str, Any] = done(bench.info(resources=PEOPLE))["config"]
    bench.forget_requests()
    return config


def requests(bench: Bench) -> int:
    return sum(not record.batched for record in bench.sim.requests)


def test_an_unchanged_document_takes_few_requests(mailboxorg: Bench) -> None:
    config = large(mailboxorg)
    result = mailboxorg.config(config, check_mode=True)
    assert (done(result)["changed"], len(config["mailboxes"])) == (False, 122)
    assert mailboxorg.calls[0] == "account.get"
    # account.get, domain.list, domain.get and mail.list as batches, the first map of capabilities, and the others.
    assert requests(mailboxorg) - 2 <= 9
    assert sum(record.call == "mail.get" for record in mailboxorg.sim.requests) == 0


def test_short_items_are_filled_in_by_batches(mailboxorg: Bench) -> None:
    config = large(mailboxorg)
    mailboxorg.sim.settings.mail_list_paging = False
    assert done(mailboxorg.config(config, check_mode=True))["changed"] is False
    assert sum(record.call == "mail.get" for record in mailboxorg.sim.requests) == 122
    assert requests(mailboxorg) - 2 <= 16


def test_a_server_without_batches_gives_the_same_answer(mailboxorg: Bench) -> None:
    config = large(mailboxorg)
    mailboxorg.sim.settings.batch = "unsupported"
    assert done(mailboxorg.config(config, check_mode=True))["changed"] is False
    assert done(mailboxorg.info(resources=PEOPLE))["config"] == config
    refused_batches = sum(record.call == "batch" for record in mailboxorg.sim.requests)
    assert refused_batches <= 4


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_a_server_with_short_batches_gives_the_same_answer(mailboxorg: Bench, limit: int) -> None:
    config = large(mailboxorg)
    mailboxorg.sim.settings.batch_limit = limit
    assert done(mailboxorg.info(resources=PEOPLE))["config"] == config


def test_one_change_among_many_is_one_write(mailboxorg: Bench) -> None:
    config = large(mailboxorg)
    config["mailboxes"][77]["memo"] = "new"
    result = done(mailboxorg.config(config))
    assert result["summary"] == {"created": 0, "updated": 1, "deleted": 0, "unchanged": 126, "failed": 0}
    ((method, params),) = sent(mailboxorg)
    assert (method, params) == ("mail.set", {"mail": config["mailboxes"][77]["email"], "memo": "new"})
    assert held(mailboxorg, params["mail"])["memo"] == "new"


def test_what_mailboxes_have_is_read_in_batches(mailboxorg: Bench) -> None:
    large(mailboxorg)
    config = done(mailboxorg.info(resources=PARTS))["config"]
    assert {plural: len(entries) for plural, entries in config.items()} == dict.fromkeys(PARTS, 122)
    mailboxorg.forget_requests()
    assert done(mailboxorg.config(config, check_mode=True))["changed"] is False
    # mail.list as one batch for all three, and 122 mailboxes in batches of 50 for each of them.
    assert requests(mailboxorg) - 2 <= 1 + 3 * 3
