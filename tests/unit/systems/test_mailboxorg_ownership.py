# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of mailbox.org whose ownership record is missing: fail, return it, or wait (mailboxorg.md 2.4)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import CAROL, DOMAIN_PASSWORD, HEAD_OFFICE, NEW_DOMAIN

BOX: dict[str, Any] = {**CAROL, "email": "carol@new.example"}


def record(bench: Bench, domain: str = "new.example", account: str = "example") -> dict[str, str]:
    """The record that the service wants to see."""
    host, txt = bench.store.ownership(account, domain)
    return {"name": f"{host}.{domain}", "type": "TXT", "value": txt}


def adds(bench: Bench) -> int:
    """How often it was tried to add a domain."""
    return bench.calls.count("domain.add")


@pytest.mark.parametrize("host", ["bare", "full"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_missing_record_fails_with_the_record_ready_to_paste(mailboxorg: Bench, host: Any, language: Any) -> None:
    mailboxorg.sim.settings.ownership_host = host
    mailboxorg.sim.settings.message_language = language
    wanted = record(mailboxorg)
    result = mailboxorg.object("domain", **NEW_DOMAIN)
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
    first = mailboxorg.object("domain", **NEW_DOMAIN)
    assert mailboxorg.object("domain", **NEW_DOMAIN)["dns_record"] == first["dns_record"]
    mailboxorg.store.dns.add((first["dns_record"]["name"], first["dns_record"]["value"]))
    assert done(mailboxorg.object("domain", **NEW_DOMAIN))["changed"] is True
    assert mailboxorg.store.domain("new.example").account == "example"


def test_check_mode_predicts_the_domain_and_does_not_try(mailboxorg: Bench) -> None:
    for how in ("fail", "pending", "wait"):
        result = done(mailboxorg.object("domain", check_mode=True, **NEW_DOMAIN, when_unverified=how))
        assert result["changed"] is True
        assert "dns_record" not in result
    assert mailboxorg.sim.writes == []
    assert mailboxorg.waits == []


@pytest.mark.parametrize("host", ["bare", "full"])
def test_a_missing_record_may_be_returned_with_the_domain_pending(mailboxorg: Bench, host: Any) -> None:
    mailboxorg.sim.settings.ownership_host = host
    result = done(mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="pending"))
    assert result["pending"] is True
    assert result["dns_record"] == record(mailboxorg)
    assert result["changed"] is False, "nothing is on the server"
    assert DOMAIN_PASSWORD not in str(result)
    assert "new.example" not in mailboxorg.store.domains
    mailboxorg.store.publish_ownership("example", "new.example")
    result = done(mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="pending"))
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
        result = mailboxorg.object("domain", **{**NEW_DOMAIN, "name": domain})
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
    result = mailboxorg.object("domain", **NEW_DOMAIN, when_unverified=how)
    refused(result, "218", "domain.add")
    assert "dns_record" not in result
    assert mailboxorg.waits == []


# Waiting for the record.


def test_waiting_ends_when_the_record_appears(mailboxorg: Bench) -> None:
    mailboxorg.before("domain.add", lambda: mailboxorg.store.publish_ownership("example", "new.example"), number=4)
    result = done(mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="wait", wait_timeout=600))
    assert result["changed"] is True
    assert "pending" not in result
    assert mailboxorg.store.domain("new.example").password == DOMAIN_PASSWORD
    assert adds(mailboxorg) == 4
    assert 0 < sum(mailboxorg.waits) < 600


def test_a_record_that_is_there_and_not_seen_yet_is_waited_for(mailboxorg: Bench) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.settings.dns_misses = 3
    done(mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="wait"))
    assert adds(mailboxorg) == 4


@pytest.mark.parametrize("limit", [0, 1, 100, 3600])
def test_waiting_has_a_limit_and_fails_with_the_record(mailboxorg: Bench, limit: int) -> None:
    result = mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="wait", wait_timeout=limit)
    refused(result, record(mailboxorg)["value"])
    assert result["dns_record"] == record(mailboxorg)
    assert sum(mailboxorg.waits) == limit
    assert adds(mailboxorg) == len(mailboxorg.waits) + 1, "it is tried at the very end, too"


def test_waiting_without_a_limit_of_its_own_ends_after_ten_minutes(mailboxorg: Bench) -> None:
    refused(mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="wait"), record(mailboxorg)["value"])
    assert sum(mailboxorg.waits) == 600


def test_a_session_that_expires_while_waiting_is_renewed(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.session_seconds = 10
    mailboxorg.before("domain.add", lambda: mailboxorg.store.publish_ownership("example", "new.example"), number=5)
    done(mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="wait"))
    assert mailboxorg.logins > 1
    assert mailboxorg.store.domain("new.example")


def test_waiting_is_for_the_record_and_for_no_other_refusal(mailboxorg: Bench) -> None:
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.add", times=9, code=90013, message="No."))
    refused(mailboxorg.object("domain", **NEW_DOMAIN, when_unverified="wait"), "No.")
    assert mailboxorg.waits == []


@pytest.mark.parametrize("kind", ["drop_after", "truncated"])
def test_a_domain_of_which_the_answer_was_lost_is_added_once(mailboxorg: Bench, kind: str) -> None:
    mailboxorg.store.publish_ownership("example", "new.example")
    mailboxorg.sim.faults.add(Fault(kind, "domain.add"))
    assert done(mailboxorg.object("domain", **NEW_DOMAIN))["changed"] is True
    assert adds(mailboxorg) == 1


# In a document.


def test_mailboxes_of_a_domain_that_waits_wait_with_it_and_the_rest_is_done(mailboxorg: Bench) -> None:
    document = {
        "domains": [{**NEW_DOMAIN, "when_unverified": "pending"}, {**HEAD_OFFICE, "memo": "Main"}],
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
    document = {"domains": [{**HEAD_OFFICE, "memo": "Main"}, NEW_DOMAIN], "mailboxes": [BOX]}
    result = mailboxorg.config(document)
    assert result["failed"]
    assert result["dns_record"] == record(mailboxorg)
    status = {line["object"]: line["status"] for line in result["results"]}
    assert status["domain new.example"] == "failed"
    assert status["mailbox carol@new.example"] == "not_done"
    assert result["changed"] is (status["domain example.com"] == "done")


def test_two_domains_that_wait_are_both_told_with_their_records(mailboxorg: Bench) -> None:
    names = ("new.example", "newer.example")
    document = {"domains": [{**NEW_DOMAIN, "name": name} for name in names]}
    result = done(mailboxorg.config(document, when_unverified="pending"))
    told = {line["object"]: line["dns_record"] for line in result["results"]}
    assert told == {f"domain {name}": record(mailboxorg, name) for name in names}
    assert result["changed"] is False


def test_a_document_waits_for_its_domain_and_then_makes_the_mailboxes(mailboxorg: Bench) -> None:
    mailboxorg.before("domain.add", lambda: mailboxorg.store.publish_ownership("example", "new.example"), number=3)
    document = {"domains": [NEW_DOMAIN], "mailboxes": [BOX]}
    result = done(mailboxorg.config(document, when_unverified="wait"))
    assert result["summary"]["created"] == 2
    assert mailboxorg.store.mailbox("carol@new.example")
