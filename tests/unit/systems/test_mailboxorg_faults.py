# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailbox.org when something goes wrong: lost answers, sessions, halves of a change, what others do meanwhile."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, Result, done, refused
from tests.unit.systems.mailboxorg import ALICE, BOB, CAROL, held, sent, take_up

WHOLE: dict[str, Any] = {**CAROL, "aliases": ["desk@example.com"], "memo": "new"}
# How an answer to a write gets lost; the write itself is carried out by some of them.
LOST: dict[str, dict[str, Any]] = {
    "dropped before": {"kind": "drop_before"},
    "dropped after": {"kind": "drop_after"},
    "half an answer": {"kind": "half_then_drop"},
    "truncated": {"kind": "truncated"},
    "page": {"kind": "html"},
    "page after": {"kind": "html", "processed": True},
    "empty": {"kind": "empty", "processed": True},
    "wrong id": {"kind": "wrong_id"},
    "502": {"kind": "status", "status": 502, "body": "<html>Bad gateway</html>"},
    "504 after": {"kind": "status", "status": 504, "body": "", "processed": True},
    "internal error": {"kind": "rpc_error", "code": -32603},
    "internal error after": {"kind": "rpc_error", "code": -32603, "processed": True},
    "error 500 after": {"kind": "rpc_error", "code": 500, "processed": True},
}
lost_answers = pytest.mark.parametrize("lost", list(LOST))


def lose(bench: Bench, call: str, lost: str, **more: Any) -> None:
    details = dict(LOST[lost])
    bench.sim.faults.add(Fault(details.pop("kind"), call, **details, **more))


def processed(bench: Bench, call: str) -> int:
    return sum(record.call == call and record.processed for record in bench.sim.writes)


# Lost answers.


@lost_answers
@pytest.mark.parametrize("call", ["mail.add", "mail.set"])
def test_a_mailbox_is_made_once_and_whole(mailboxorg: Bench, call: str, lost: str) -> None:
    lose(mailboxorg, call, lost)
    result = done(mailboxorg.object("mailbox", **WHOLE))
    assert result["changed"] is True
    assert processed(mailboxorg, "mail.add") == 1
    box = held(mailboxorg)
    assert (box["aliases"], box["memo"]) == (["desk@example.com"], "new")
    assert mailboxorg.sim.faults.pending == []
    assert mailboxorg.predicted("mailbox", **WHOLE)["changed"] is False


@lost_answers
def test_a_mailbox_is_changed_once(mailboxorg: Bench, lost: str) -> None:
    lose(mailboxorg, "mail.set", lost)
    assert done(mailboxorg.object("mailbox", **ALICE, memo="new", aliases=[]))["changed"] is True
    assert (held(mailboxorg, "alice@example.com")["memo"], processed(mailboxorg, "mail.set")) == ("new", 1)


@lost_answers
def test_a_mailbox_is_deleted_once(mailboxorg: Bench, lost: str) -> None:
    lose(mailboxorg, "mail.del", lost)
    assert done(mailboxorg.object("mailbox", **ALICE, state="absent", allow_mail_loss=True))["changed"] is True
    assert processed(mailboxorg, "mail.del") == 1
    assert "alice@example.com" not in mailboxorg.store.mailboxes


@lost_answers
def test_capabilities_are_set(mailboxorg: Bench, lost: str) -> None:
    lose(mailboxorg, "mail.capabilities.set", lost)
    assert done(mailboxorg.object("mailbox", **ALICE, capabilities={"blacklist": True}))["changed"] is True
    assert mailboxorg.store.mailbox("alice@example.com").capabilities == {"MAIL_BLACKLIST": "on"}


@pytest.mark.parametrize("lost", ["dropped before", "page", "502", "internal error"])
@pytest.mark.parametrize("call", ["mail.add", "mail.set", "mail.del", "mail.capabilities.set"])
def test_what_stays_lost_is_an_honest_failure(mailboxorg: Bench, call: str, lost: str) -> None:
    lose(mailboxorg, call, lost, times=20)
    wishes: dict[str, dict[str, Any]] = {
        "mail.add": CAROL,
        "mail.set": {**ALICE, "memo": "new"},
        "mail.del": {**ALICE, "state": "absent", "allow_mail_loss": True},
        "mail.capabilities.set": {**ALICE, "capabilities": {"otp": True}},
    }
    result = mailboxorg.object("mailbox", **wishes[call])
    assert result["failed"]
    assert result["changed"] is False
    assert result["failure"]["method"] == call
    assert processed(mailboxorg, call) == 0
    mailboxorg.sim.faults.clear()


# Reads that go wrong.


@pytest.mark.parametrize("call", ["mail.get", "mail.list", "mail.capabilities.get", "context.list", "domain.list"])
@pytest.mark.parametrize("kind", ["html", "empty", "truncated", "wrong_id", "half_then_drop"])
def test_a_read_that_is_no_answer_never_means_that_there_is_nothing(mailboxorg: Bench, call: str, kind: str) -> None:
    mailboxorg.sim.settings.batch = "unsupported"
    mailboxorg.sim.settings.domain_context_id = "absent"
    mailboxorg.sim.settings.mail_list_paging = False
    mailboxorg.sim.faults.add(Fault(kind, call, times=50))
    document = {"domains": [{"name": "example.com", "account": "example"}], "mailboxes": [ALICE]}
    options: dict[str, Any] = {"prune": ["mailboxes"], "allow_mail_loss": True}
    for result in (mailboxorg.config(document, **options), mailboxorg.info()):
        assert result["failed"], call
        assert result["changed"] is False
    assert mailboxorg.sim.writes == []
    mailboxorg.sim.faults.clear()


ODD: list[Any] = [{}, None, True, 7, "none", {"results": []}, {"error": "x"}, [7], [None], [{}], [[]]]


@pytest.mark.parametrize("answer", ODD, ids=str)
def test_a_list_that_is_none_never_empties_a_domain(mailboxorg: Bench, answer: Any) -> None:
    mailboxorg.sim.faults.add(Fault("replace_result", "mail.list", times=50, result=answer))
    result = mailboxorg.config(
        {"mailboxes": [ALICE]}, prune=["mailboxes"], allow_mail_loss=True, allow_empty=True, max_deletions=99
    )
    refused(result)
    assert mailboxorg.sim.writes == []
    assert mailboxorg.info()["failed"]
    mailboxorg.sim.faults.clear()


def test_a_page_that_is_missing_is_no_shorter_list(mailboxorg: Bench) -> None:
    rows = [{"mail": "alice@example.com"}]
    for answer in (
        {"totalHits": 2, "totalPages": 1, "results": rows},
        {"totalHits": 2, "totalPages": 2, "results": []},
        {"totalHits": None, "totalPages": 1, "results": rows},
        {"totalPages": 1, "results": rows},
    ):
        mailboxorg.sim.faults.add(Fault("replace_result", "mail.list", times=50, result=answer))
        refused(mailboxorg.config({"mailboxes": [ALICE]}, prune=["mailboxes"], allow_mail_loss=True))
        mailboxorg.sim.faults.clear()
    assert mailboxorg.sim.writes == []


@pytest.mark.parametrize("call", ["mail.get", "mail.capabilities.get", "mail.list"])
def test_a_read_is_tried_again(mailboxorg: Bench, call: str) -> None:
    mailboxorg.sim.faults.add(Fault("drop_before", call), Fault("status", call, status=503))
    if call == "mail.list":
        assert mailboxorg.predicted("mailbox", **CAROL)["changed"] is True
    else:
        assert mailboxorg.predicted("mailbox", **ALICE, memo="x")["changed"] is True


# Sessions.


@pytest.mark.parametrize("call", ["mail.get", "mail.add", "mail.set", "mail.capabilities.set"])
def test_a_session_that_expires_in_the_middle_is_renewed_once(mailboxorg: Bench, call: str) -> None:
    mailboxorg.sim.faults.add(Fault("expire_session", call))
    assert done(mailboxorg.object("mailbox", **WHOLE, capabilities={"otp": False}))["changed"] is True
    assert (mailboxorg.logins, processed(mailboxorg, "mail.add")) == (2, 1)
    assert held(mailboxorg)["aliases"] == ["desk@example.com"]


def test_a_session_that_expires_again_at_once_is_a_failure(mailboxorg: Bench) -> None:
    mailboxorg.sim.faults.add(Fault("expire_session", "mail.set", times=9))
    refused(mailboxorg.object("mailbox", **ALICE, memo="x"), "refused again")
    assert mailboxorg.logins == 2
    mailboxorg.sim.faults.clear()


def test_a_refused_login_is_tried_once(mailboxorg: Bench) -> None:
    mailboxorg.connection["api_password"] = "wrong-s3cret!"
    for _again in range(2):
        result = mailboxorg.object("mailbox", **ALICE, memo="x")
        refused(result, "example", "login")
        assert "wrong-s3cret!" not in json.dumps(result)
    assert mailboxorg.logins == 1


@pytest.mark.parametrize("is_query", [True, False])
def test_one_login_and_one_logout(mailboxorg: Bench, is_query: bool) -> None:
    for _again in range(2):
        mailboxorg.forget_requests()
        done(mailboxorg.info() if is_query else mailboxorg.object("mailbox", **WHOLE))
        calls = [record.call for record in mailboxorg.sim.requests]
        assert (calls[0], calls[-1], calls.count("auth"), calls.count("deauth")) == ("auth", "deauth", 1, 1)


def test_the_session_and_the_password_are_told_to_nobody(mailboxorg: Bench) -> None:
    opened = mailboxorg.sim.sessions.open  # type: ignore[attr-defined]
    texts: list[str] = []

    def open_and_tell(login: Any) -> Any:
        session = opened(login)
        texts.append(session.text)
        return session

    mailboxorg.sim.sessions.open = open_and_tell  # type: ignore[attr-defined]
    try:
        message = f"no: {CAROL['password']}"
        mailboxorg.sim.faults.add(Fault("rpc_error", "mail.add", code=90013, message=message))
        results = [mailboxorg.object("mailbox", **CAROL), mailboxorg.info()]
    finally:
        mailboxorg.sim.sessions.open = opened  # type: ignore[attr-defined]
    refused(results[0], "no: ")
    emitted = json.dumps(results)
    for secret in (*texts, CAROL["password"], mailboxorg.sim.credentials("account")[1]):  # type: ignore[attr-defined]
        assert secret not in emitted
    assert len(texts) == 2


# Halves of a change.


def half_made(bench: Bench, result: Result) -> None:
    assert result["failed"]
    assert result["changed"] is True
    assert "carol@example.com" in result["msg"]
    assert "carol@example.com" in bench.store.mailboxes


def test_a_mailbox_that_was_made_and_not_finished_is_told_and_finished_later(mailboxorg: Bench) -> None:
    wish = {**WHOLE, "aliases": ["bob@example.com"]}
    half_made(mailboxorg, result := mailboxorg.object("mailbox", **wish))
    assert result["failure"]["method"] == "mail.set"
    assert held(mailboxorg)["aliases"] == []
    mailboxorg.forget_requests()
    result = mailboxorg.predicted("mailbox", **WHOLE)
    assert result["changes"] == ["aliases"]
    assert [call for call, _params in sent(mailboxorg)] == ["mail.set"]
    assert mailboxorg.store.mailbox("carol@example.com").password == CAROL["password"]


def test_a_new_mailbox_whose_capabilities_are_refused(mailboxorg: Bench) -> None:
    wish = {**WHOLE, "plan": "light", "capabilities": {"blacklist": True}}
    half_made(mailboxorg, result := mailboxorg.object("mailbox", **wish))
    assert result["failure"]["method"] == "mail.capabilities.set"
    assert held(mailboxorg)["aliases"] == ["desk@example.com"]
    result = mailboxorg.object("mailbox", **wish)
    refused(result, "MAIL_BLACKLIST")
    result = mailboxorg.predicted("mailbox", **{**wish, "plan": "standard"})
    assert set(result["changes"]) == {"plan", "capabilities"}


def test_a_change_whose_capabilities_are_refused(mailboxorg: Bench) -> None:
    mailboxorg.store.mailbox("alice@example.com").possible_capabilities = []
    result = mailboxorg.object("mailbox", **ALICE, memo="new", capabilities={"blacklist": True})
    assert result["failed"]
    assert result["changed"] is True
    assert held(mailboxorg, "alice@example.com")["memo"] == "new"
    refused(mailboxorg.object("mailbox", **ALICE, memo="new", capabilities={"blacklist": True}))


def test_an_address_that_is_not_freed_is_told(mailboxorg: Bench) -> None:
    mailboxorg.sim.faults.add(Fault("rpc_error", "domain.deletelist.delete", code=90013, message="not now"))
    result = mailboxorg.object("mailbox", **ALICE, state="absent", allow_mail_loss=True, free_address=True)
    assert (result["failed"], result["changed"]) == (True, True)
    assert "not now" in result["msg"]
    assert "alice@example.com" not in mailboxorg.store.mailboxes


def test_a_document_says_what_was_done_and_what_was_not(mailboxorg: Bench) -> None:
    dora = {**CAROL, "email": "dora@example.com"}
    document = {"mailboxes": [{**ALICE, "memo": "new"}, {**WHOLE, "aliases": ["bob@example.com"]}, dora]}
    result = mailboxorg.config(document)
    assert (result["failed"], result["changed"]) == (True, True)
    status = {line["object"]: line["status"] for line in result["results"]}
    assert status["mailbox carol@example.com"] == "failed"
    made = {name for name in ("alice", "dora") if status[f"mailbox {name}@example.com"] == "done"}
    assert {name for name in made if name != "alice"} == ({"dora"} & mailboxorg_names(mailboxorg))
    document["mailboxes"][1]["aliases"] = ["desk@example.com"]
    mailboxorg.predicted_config(document)
    assert mailboxorg.predicted_config(document)["changed"] is False


def mailboxorg_names(bench: Bench) -> set[str]:
    return {address.partition("@")[0] for address in bench.store.mailboxes}


# Reads that come late.


@pytest.mark.parametrize("habit", ["as seen", "2022", "no batches", "wrapped capabilities"])
@pytest.mark.parametrize("stale", [{"stale_seconds": 3}, {"stale_reads": 3}])
def test_reads_that_are_late_do_not_fail_a_task(mailboxorg: Bench, habit: str, stale: dict[str, Any]) -> None:
    take_up(mailboxorg, habit)
    for name, value in stale.items():
        setattr(mailboxorg.sim.settings, name, value)
    wish = {**WHOLE, "capabilities": {"blacklist": True}}
    assert done(mailboxorg.object("mailbox", **wish))["changed"] is True
    mailboxorg.sim.clock.advance(60)
    done(mailboxorg.info())
    assert done(mailboxorg.object("mailbox", **wish))["changed"] is False
    assert done(mailboxorg.object("mailbox", **wish, title="Dr."))["changed"] is True
    result = done(mailboxorg.object("mailbox", **BOB, state="absent", allow_mail_loss=True))
    assert (result["changed"], result.get("pending")) == (True, None)
    assert "bob@example.com" not in mailboxorg.store.mailboxes


def test_a_deletion_that_shows_very_late_is_pending(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.stale_seconds = 600
    result = done(mailboxorg.object("mailbox", **BOB, state="absent", allow_mail_loss=True))
    assert result["changed"] is True
    assert result["pending"]


# What others do meanwhile.


def test_what_others_change_in_fields_that_are_not_managed_stays(mailboxorg: Bench) -> None:
    mailboxorg.before("mail.set", lambda: held(mailboxorg, "alice@example.com").update(city="Bonn", plan="premium"))
    done(mailboxorg.object("mailbox", **ALICE, memo="new"))
    alice = held(mailboxorg, "alice@example.com")
    assert (alice["city"], alice["memo"], alice["plan"]) == ("Bonn", "new", "premium")


def test_the_plan_beside_a_quota_is_no_old_one(mailboxorg: Bench) -> None:
    """The plan goes along unasked, so what is known of it has to be fresh."""
    mailboxorg.clock.step = 31.0
    mailboxorg.before("mail.get", lambda: held(mailboxorg, "alice@example.com").update(plan="premium"), number=2)
    done(mailboxorg.object("mailbox", **ALICE, additional_mail_quota="2G"))
    assert (held(mailboxorg, "alice@example.com")["plan"], sent(mailboxorg)[0][1]["plan"]) == ("premium", "premium")


def test_a_mailbox_that_goes_before_it_is_changed(mailboxorg: Bench) -> None:
    mailboxorg.before("mail.set", lambda: mailboxorg.store.mailboxes.pop("alice@example.com"))
    result = mailboxorg.object("mailbox", **ALICE, memo="new")
    assert result["failed"]
    assert "alice@example.com" in result["msg"]


def test_a_mailbox_that_somebody_makes_first(mailboxorg: Bench) -> None:
    mailboxorg.before("mail.add", lambda: mailboxorg.store.add_mailbox("carol@example.com", memo="theirs"))
    result = done(mailboxorg.object("mailbox", **WHOLE))
    assert result["changed"] is True
    assert (held(mailboxorg)["memo"], held(mailboxorg)["aliases"]) == ("new", ["desk@example.com"])
