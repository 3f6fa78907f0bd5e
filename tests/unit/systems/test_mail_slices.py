# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects of the mail system in one document. mailcow takes lists for edits and deletions, whose entries tell what
came of each; the REST dialect takes one object a request (mail_api.md 2.1, mailcow_recorded.md A22)."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mail_engine import Alias, Mailbox
from tests.unit.systems.bench import Bench, Result, done

# One slice, and the rest of another one.
SIZE = 120
FEW = 8
EMAILS = [f"u{place:03}@example.org" for place in range(SIZE)]
ADDRESSES = [f"a{place:03}@example.org" for place in range(SIZE)]
EDIT, GET, LIST = "POST /api/v1/edit/mailbox", "GET /api/v1/get/mailbox/{id}", "GET /api/v1/get/mailbox/all"


def fill(bench: Bench) -> Bench:
    """As many mailboxes and aliases in a domain that has room for more."""
    domain = bench.store.domains["example.org"]
    domain.mailboxes, domain.aliases, domain.quota = 1000, 1000, 10_000_000
    for email, address in zip(EMAILS, ADDRESSES, strict=True):
        bench.store.mailboxes[email] = Mailbox(email, name="", quota=1024)
        alias = Alias(bench.store.take_alias_id(), address, ["alice@example.com"])
        bench.store.aliases[alias.id] = alias
    return bench


@pytest.fixture
def site(mailcow: Bench) -> Bench:
    return fill(mailcow)


def mailboxes(count: int = SIZE, **values: Any) -> dict[str, Any]:
    return {"mailboxes": [{"email": email, **values} for email in EMAILS[:count]]}


def aliases(**values: Any) -> dict[str, Any]:
    return {"aliases": [{"address": address, **values} for address in ADDRESSES]}


ALIKE = mailboxes(name="Same")
FEW_ALIKE = mailboxes(FEW, name="Same")
GONE = mailboxes(state="absent", allow_mail_loss=True)


def items(bench: Bench) -> list[int]:
    """How many objects each write was about."""
    return [len(each.params["items"] if isinstance(each.params, dict) else each.params) for each in bench.sim.writes]


def status(result: Result) -> Counter[str]:
    return Counter(line["status"] for line in result["results"])


def failed(result: Result) -> list[str]:
    return [line["object"] for line in result["results"] if line["status"] == "failed"]


# What they cost.


def test_mailboxes_that_change_alike_share_requests(site: Bench) -> None:
    assert done(site.config(ALIKE))["summary"]["updated"] == SIZE
    assert site.calls == [LIST, EDIT, EDIT, LIST]
    assert items(site) == [100, 20]
    assert {site.store.mailboxes[email].name for email in EMAILS} == {"Same"}
    assert site.store.mailboxes["alice@example.com"].name == "Alice Example"
    assert site.predicted_config(ALIKE)["changed"] is False


def test_aliases_that_change_alike_share_requests(site: Bench) -> None:
    """They are edited by number, and the entries tell their address."""
    document = aliases(goto=["bob@example.com"], public_comment="moved")
    assert done(site.config(document))["summary"]["updated"] == SIZE
    assert items(site) == [100, 20]
    assert len(site.calls) == 4
    changed = [alias for alias in site.store.aliases.values() if alias.goto == ["bob@example.com"]]
    assert sorted(alias.address for alias in changed) == ADDRESSES
    assert site.predicted_config(document)["changed"] is False


def test_what_changes_differently_goes_one_by_one_without_any_more_reads(site: Bench) -> None:
    document = {"mailboxes": [{"email": email, "name": f"Name {email}"} for email in EMAILS]}
    assert done(site.config(document))["summary"]["updated"] == SIZE
    assert site.calls == [LIST, *[EDIT] * SIZE, LIST]
    assert all(site.store.mailboxes[email].name == f"Name {email}" for email in EMAILS)


def test_those_that_are_alike_share_requests_among_others(site: Bench) -> None:
    document = {"mailboxes": [{"email": email, "name": "ab"[place % 2]} for place, email in enumerate(EMAILS)]}
    assert done(site.config(document))["summary"]["updated"] == SIZE
    assert items(site) == [50, 50, 10, 10]
    assert [site.store.mailboxes[email].name for email in EMAILS] == ["a", "b"] * (SIZE // 2)


@pytest.mark.parametrize(
    ("document", "left"),
    [(GONE, ("mailboxes", {"alice@example.com", "bob@example.com"})), (aliases(state="absent"), ("aliases", set()))],
    ids=["mailboxes", "aliases"],
)
def test_what_goes_goes_together(site: Bench, document: dict[str, Any], left: tuple[str, set[str]]) -> None:
    assert done(site.config(document))["summary"]["deleted"] == SIZE
    assert items(site) == [100, 20]
    if left[0] == "mailboxes":
        assert set(site.store.mailboxes) == left[1]
    else:
        assert [alias.address for alias in site.store.aliases.values()] == ["info@example.com"]
    assert site.predicted_config(document)["changed"] is False


def test_domains_that_change_by_several_calls_share_each_of_them(mailcow: Bench) -> None:
    names = [f"d{place}.example" for place in range(FEW)]
    for name in names:
        mailcow.store.add_domain(name, tags=["old"])
    document = {
        "domains": [
            {"name": name, "description": "ours", "rate_limit": "10/h", "tags": ["new", "old", f"tag{place % 2}"]}
            for place, name in enumerate(names)
        ]
    }
    assert done(mailcow.config(document))["summary"]["updated"] == FEW
    assert [each.call.split("/")[-1] for each in mailcow.sim.writes] == ["domain", "rl-domain", "domain", "domain"]
    assert items(mailcow) == [FEW, FEW, FEW // 2, FEW // 2]
    for place, name in enumerate(names):
        domain = mailcow.store.domains[name]
        assert sorted(domain.tags) == ["new", "old", f"tag{place % 2}"]
        assert (domain.description, domain.rl) == ("ours", {"value": "10", "frame": "h"})
    assert mailcow.predicted_config(document)["changed"] is False


def test_domains_that_lose_different_tags_are_each_rid_of_their_own(mailcow: Bench) -> None:
    for place in range(4):
        mailcow.store.add_domain(f"d{place}.example", tags=["keep", f"t{place}"])
    document = {"domains": [{"name": f"d{place}.example", "tags": ["keep"]} for place in range(4)]}
    assert done(mailcow.config(document))["summary"]["updated"] == 4
    assert all(mailcow.store.domains[f"d{place}.example"].tags == ["keep"] for place in range(4))


def test_encryption_of_many_mailboxes_is_set_by_one_request(site: Bench) -> None:
    document = mailboxes(FEW, name="Same", tls_enforce_in=True)
    assert done(site.config(document))["summary"]["updated"] == FEW
    assert [each.call for each in site.sim.writes] == [EDIT, "POST /api/v1/edit/tls_policy"]
    assert {site.store.mailboxes[email].tls_enforce_in for email in EMAILS[:FEW]} == {1}


def test_sync_jobs_of_one_mailbox_are_told_apart(mailcow: Bench) -> None:
    """The entries of an edit name the mailbox, which is the same; those of a deletion the number."""
    hosts = [f"imap{place}.example" for place in range(FEW)]
    for host in hosts:
        mailcow.store.add_syncjob("alice@example.com", host, "alice")
    keys = [{"mailbox": "alice@example.com", "remote_host": host, "remote_user": "alice"} for host in hosts]
    changed = {"sync_jobs": [{**key, "interval": 77} for key in keys]}
    assert done(mailcow.config(changed))["summary"]["updated"] == FEW
    assert len(mailcow.sim.writes) == 1
    assert {job.mins_interval for job in mailcow.store.syncjobs.values()} == {77}
    mailcow.forget_requests()
    gone = {"sync_jobs": [{**key, "state": "absent"} for key in keys]}
    assert done(mailcow.config(gone))["summary"]["deleted"] == FEW
    assert len(mailcow.sim.writes) == 1
    assert mailcow.store.syncjobs == {}


@pytest.mark.parametrize("bench", ["mailcow", "rest"])
def test_new_objects_go_one_by_one_without_any_more_reads(request: pytest.FixtureRequest, bench: str) -> None:
    here: Bench = request.getfixturevalue(bench)
    fill(here)
    new = {
        "mailboxes": [
            {"email": f"n{place}@example.org", "password": "Str0ng-pw-1!", "quota": "10M"} for place in range(30)
        ],
        "aliases": [{"address": f"b{place}@example.org", "goto": [f"n{place}@example.org"]} for place in range(30)],
    }
    assert done(here.config(new))["summary"]["created"] == 60
    assert len(here.sim.writes) == 60
    reads = Counter(call for call in here.calls if call.startswith("GET"))
    # The domain that they are to be in is looked up once.
    assert sum(reads.values()) == 5, reads


def test_the_other_dialect_writes_one_by_one_without_any_more_reads(rest: Bench) -> None:
    fill(rest)
    assert done(rest.config(ALIKE))["summary"]["updated"] == SIZE
    assert len(rest.sim.writes) == SIZE
    assert rest.calls.count("GET /api/v1/mailboxes") == len(rest.calls) - SIZE == 2
    rest.forget_requests()
    assert done(rest.config(GONE))["summary"]["deleted"] == SIZE
    assert len(rest.sim.writes) == SIZE


def test_nothing_to_do_costs_a_list(site: Bench) -> None:
    assert done(site.config(mailboxes(name="")))["summary"]["unchanged"] == SIZE
    assert site.calls == [LIST]


def test_every_page_of_a_list_is_counted(either: Bench) -> None:
    fill(either)
    result = done(either.config({**mailboxes(name="Same"), **aliases(public_comment="same")}))
    assert result["api"]["pages"] == sum(call.startswith("GET") for call in either.calls) == 4


def test_check_mode_says_the_same_and_sends_no_write(site: Bench) -> None:
    document = {**mailboxes(60, name="Same"), **aliases(public_comment="same")}
    document["mailboxes"] += [{"email": each, "state": "absent", "allow_mail_loss": True} for each in EMAILS[60:]]
    result = site.predicted_config(document)
    assert result["summary"] == {"created": 0, "updated": 60 + SIZE, "deleted": 60, "unchanged": 0, "failed": 0}


def test_stale_mailboxes_are_read_again_by_one_list(site: Bench) -> None:
    """What is written whole must not be older than 30 seconds; these are all as old as the plan."""
    site.clock.step = 31.0
    assert done(site.config(FEW_ALIKE))["summary"]["updated"] == FEW
    assert site.calls == [LIST, LIST, EDIT, LIST]


# Some are refused.


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_one_that_goes_meanwhile_fails_alone(site: Bench, on_error: str) -> None:
    """The refusal names nobody: whoever is not confirmed is looked at, and tried again alone."""
    site.before(EDIT, lambda: site.store.mailboxes.pop(EMAILS[42]))
    result = site.config(ALIKE, on_error=on_error)
    assert failed(result) == [f"mailbox {EMAILS[42]}"]
    updated = 99 if on_error == "stop" else SIZE - 1
    assert result["summary"]["updated"] == updated
    assert status(result)["not_done"] == SIZE - 1 - updated
    assert sum(mailbox.name == "Same" for mailbox in site.store.mailboxes.values()) == updated
    assert site.calls.count(GET) == 1


def test_those_that_go_meanwhile_and_were_to_go_are_gone(site: Bench) -> None:
    def go() -> None:
        for email in EMAILS[10:13]:
            site.store.mailboxes.pop(email)

    site.before("POST /api/v1/delete/mailbox", go)
    result = done(site.config(GONE))
    assert result["summary"]["failed"] == 0
    assert set(site.store.mailboxes) == {"alice@example.com", "bob@example.com"}


@pytest.mark.parametrize("bench", ["mailcow", "rest"])
def test_the_first_new_object_that_fails_ends_it(request: pytest.FixtureRequest, bench: str) -> None:
    """They do not go together, so nothing is tried after it."""
    here: Bench = request.getfixturevalue(bench)
    here.store.domains["example.org"].mailboxes = 5
    document = {
        "mailboxes": [
            {"email": f"n{place}@example.org", "password": "Str0ng-pw-1!", "quota": "10M"} for place in range(9)
        ]
    }
    result = here.config(document)
    assert failed(result) == ["mailbox n5@example.org"]
    assert status(result) == {"done": 5, "failed": 1, "not_done": 3}
    assert here.config(document, on_error="continue")["summary"]["failed"] == 4


def test_limits_that_some_reach_leave_the_others_alone(site: Bench) -> None:
    """Quotas that the domain has no room for: the first ones fit."""
    site.store.domains["example.org"].quota = SIZE * 1024 + 3 * 1024
    result = site.config(mailboxes(FEW, quota="2G"), on_error="continue")
    assert result["summary"]["updated"] == 3
    assert len(failed(result)) == FEW - 3
    assert all("quota" in line["error"] for line in result["results"] if line["status"] == "failed")
    assert sorted(mailbox.quota for mailbox in site.store.mailboxes.values())[-4:] == [1024, 2048, 2048, 2048]


# Answers that do not say what came of each.


def entry(kind: str, *message: str) -> dict[str, Any]:
    return {"type": kind, "log": [], "msg": message[0] if len(message) == 1 else list(message)}


CONFIRMED = [entry("success", "mailbox_modified", email) for email in EMAILS[:FEW]]
ANSWERS: dict[str, Any] = {
    "task completed": entry("success", "Task completed"),
    "cannot": entry("error", "Cannot edit item"),
    "nothing": [],
    "members": {},
    "a number": 7,
    "no names": [entry("success", "mailbox_modified")] * FEW,
    "other names": [entry("success", "mailbox_modified", f"x{place}@example.org") for place in range(FEW)],
    "another message": [entry("success", "domain_modified", email) for email in EMAILS[:FEW]],
    "more refusals than are left": [*CONFIRMED[:6], *[entry("danger", "access_denied")] * 4],
    "confirmed and refused": [*CONFIRMED, entry("danger", "access_denied")],
}


@pytest.mark.parametrize("processed", [False, True])
@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_what_no_answer_confirms_is_found_out_by_reading(site: Bench, answer: str, processed: bool) -> None:
    """What was carried out is not sent again, and what was not is sent once more."""
    body = json.dumps(ANSWERS[answer])
    site.sim.faults.add(Fault("status", EDIT, status=200, body=body, processed=processed))
    assert done(site.config(FEW_ALIKE))["summary"]["updated"] == FEW
    assert {site.store.mailboxes[email].name for email in EMAILS[:FEW]} == {"Same"}
    assert items(site) == [FEW, *([] if processed else [1] * FEW)]
    assert site.predicted_config(FEW_ALIKE)["changed"] is False


PARTLY: dict[str, Any] = {
    "all but one": CONFIRMED[:-1],
    "one refused": [entry("danger", "access_denied"), *CONFIRMED[:-1]],
    "odd entries": [None, 3, "text", *CONFIRMED[:-1], {"msg": None}, {"type": None, "msg": []}],
    "one name twice": [*CONFIRMED[:-1], CONFIRMED[0]],
    "a refusal that has the name": [*CONFIRMED[:-1], entry("danger", "mailbox_modified", EMAILS[FEW - 1])],
    "some unknown": [*CONFIRMED[:-1], entry("success", "mailbox_modified", "x@example.org")],
}


@pytest.mark.parametrize("answer", sorted(PARTLY))
def test_only_what_the_answer_does_not_confirm_is_looked_at_and_sent_again(site: Bench, answer: str) -> None:
    site.sim.faults.add(Fault("status", EDIT, status=200, body=json.dumps(PARTLY[answer]), processed=True))
    # As if this one had been left out.
    site.before(GET, lambda: setattr(site.store.mailboxes[EMAILS[FEW - 1]], "name", ""))
    assert done(site.config(FEW_ALIKE))["summary"]["updated"] == FEW
    assert site.calls == [LIST, EDIT, GET, EDIT, LIST]
    assert site.sim.writes[1].params["items"] == [EMAILS[FEW - 1]]


def test_a_confirmation_that_is_not_true_is_found_out_in_the_end(site: Bench) -> None:
    site.sim.faults.add(Fault("status", EDIT, status=200, body=json.dumps(CONFIRMED)))
    result = site.config(FEW_ALIKE)
    assert result["summary"]["failed"] == FEW
    assert "did not carry it out" in result["msg"]


def test_names_are_confirmed_in_any_case(site: Bench) -> None:
    body = json.dumps([entry("success", "mailbox_modified", email.upper()) for email in EMAILS[:FEW]])
    site.sim.faults.add(Fault("status", EDIT, status=200, body=body, processed=True))
    assert done(site.config(FEW_ALIKE))["summary"]["updated"] == FEW
    assert site.calls == [LIST, EDIT, LIST]


UNCERTAIN: dict[str, dict[str, Any]] = {
    "drop_before": {"kind": "drop_before"},
    "drop_after": {"kind": "drop_after"},
    "html": {"kind": "html"},
    "html_after": {"kind": "html", "processed": True},
    "empty": {"kind": "empty"},
    "empty_after": {"kind": "empty", "processed": True},
    "truncated": {"kind": "truncated"},
    "half_then_drop": {"kind": "half_then_drop"},
    "502": {"kind": "status", "status": 502, "body": "<html>Bad gateway</html>"},
    "500_after": {"kind": "status", "status": 500, "body": "{}", "processed": True},
    "400": {
        "kind": "status",
        "status": 400,
        "body": json.dumps(entry("error", "Request body doesn't contain valid json!")),
    },
}


@pytest.mark.parametrize("fault", sorted(UNCERTAIN))
@pytest.mark.parametrize("change", ["edit", "delete"])
def test_objects_whose_request_is_lost_are_written_once(site: Bench, change: str, fault: str) -> None:
    document = FEW_ALIKE if change == "edit" else mailboxes(FEW, state="absent", allow_mail_loss=True)
    site.sim.faults.add(Fault(call=f"POST /api/v1/{change}/mailbox", **UNCERTAIN[fault]))
    result = done(site.config(document))
    assert result["summary"]["updated"] + result["summary"]["deleted"] == FEW
    assert site.sim.faults.pending == []
    carried_out = [
        item
        for each in site.sim.writes
        if each.processed
        for item in (each.params["items"] if isinstance(each.params, dict) else each.params)
    ]
    assert sorted(carried_out) == EMAILS[:FEW]
    assert site.predicted_config(document)["changed"] is False


def test_a_connection_that_breaks_for_good_ends_the_run_and_a_re_run_does_the_rest(site: Bench) -> None:
    site.sim.faults.add(Fault("drop_before", EDIT, after=1), Fault("drop_before", LIST, after=1, times=99))
    result = site.config(ALIKE, on_error="continue")
    assert result["failed"]
    assert result["changed"]
    assert status(result)["done"] == 100
    assert result["summary"]["updated"] == 100
    assert sum(mailbox.name == "Same" for mailbox in site.store.mailboxes.values()) == 100
    site.sim.faults.clear()
    again = done(site.predicted_config(ALIKE))
    assert again["summary"] == {"created": 0, "updated": 20, "deleted": 0, "unchanged": 100, "failed": 0}


def test_a_key_that_may_only_read_changes_nothing_and_says_so_of_each(site: Bench) -> None:
    body = json.dumps(entry("error", "API read/write access denied"))
    site.sim.faults.add(Fault("status", EDIT, times=9, status=403, body=body))
    result = site.config(FEW_ALIKE, on_error="continue")
    assert result["summary"]["failed"] == FEW
    assert result["changed"] is False
    assert "use a key with read and write access" in result["msg"]


def test_a_key_that_is_refused_in_the_middle_is_not_used_again(site: Bench) -> None:
    site.sim.faults.add(Fault("status", EDIT, status=401, body=json.dumps(entry("error", "authentication failed"))))
    result = site.config(ALIKE, on_error="continue")
    assert result["failed"]
    assert result["changed"] is False
    assert len(site.sim.writes) == 1


def test_a_key_that_is_refused_in_the_middle_of_a_slice_is_not_used_for_the_rest_of_it(site: Bench) -> None:
    """They are different, so that each has a request of its own."""
    refusal = json.dumps(entry("error", "authentication failed"))
    site.sim.faults.add(Fault("status", EDIT, after=3, status=401, body=refusal))
    document = {"mailboxes": [{"email": email, "name": f"Name {email}"} for email in EMAILS[:FEW]]}
    result = site.config(document, on_error="continue")
    assert status(result) == {"done": 3, "failed": 1, "not_done": FEW - 4}
    assert len(site.sim.writes) == 4
    assert result["summary"]["updated"] == 3


@pytest.mark.parametrize("confirmations", [1, FEW - 1, FEW])
def test_sync_jobs_of_one_mailbox_are_confirmed_together_or_not_at_all(mailcow: Bench, confirmations: int) -> None:
    """When fewer entries than jobs name it, nothing tells which of them were changed."""
    for place in range(FEW):
        mailcow.store.add_syncjob("alice@example.com", f"imap{place}.example", "alice")
    keys = [
        {"mailbox": "alice@example.com", "remote_host": f"imap{place}.example", "remote_user": "alice"}
        for place in range(FEW)
    ]
    body = json.dumps([entry("success", "mailbox_modified", "alice@example.com")] * confirmations)
    mailcow.sim.faults.add(Fault("status", "POST /api/v1/edit/syncjob", status=200, body=body))
    result = mailcow.config({"sync_jobs": [{**key, "interval": 77} for key in keys]})
    if confirmations == FEW:
        assert result["summary"]["failed"] == FEW
        assert "did not carry it out" in result["msg"]
    else:
        assert done(result)["summary"]["updated"] == FEW
        assert items(mailcow) == [FEW, *[1] * FEW]


# Loops.


def test_a_loop_of_new_mailboxes_looks_their_domain_up_once(either: Bench) -> None:
    fill(either)
    items = [{"email": f"n{place}@example.org", "password": "Str0ng-pw-1!", "quota": "10M"} for place in range(20)]
    for result in either.loop("mailbox", items):
        assert done(result)["changed"] is True
    domains = [call for call in either.calls if call.startswith("GET") and "domain" in call]
    # mailcow looks at one domain, the other dialect lists them.
    assert len(domains) == 1
    assert len(either.sim.writes) == 20


def test_a_loop_over_several_domains_lists_them_once(rest: Bench) -> None:
    """Making a mailbox changes nothing in the list of domains."""
    fill(rest)
    domains = ["example.org", "example.com"]
    items = [
        {"email": f"n{place}@{domains[place % 2]}", "password": "Str0ng-pw-1!", "quota": "10M"} for place in range(4)
    ]
    for result in rest.loop("mailbox", items):
        assert done(result)["changed"] is True
    assert rest.calls.count("GET /api/v1/domains") == 1


def test_a_loop_of_new_aliases_looks_up_once_what_they_lead_to(mailcow: Bench) -> None:
    items = [{"address": f"n{place}@example.org", "goto": ["alice@example.com"]} for place in range(20)]
    for result in mailcow.loop("alias", items):
        assert done(result)["changed"] is True
    looked_up = [call for call in mailcow.calls if call.startswith("GET") and "/alias/" not in call]
    assert len(looked_up) <= 2
