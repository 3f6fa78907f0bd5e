# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes: what stays, what a server drops silently, refusals with HTTP 200, races (mail_api.md 2.4 to 2.8)."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mail_engine import Domain, Mailbox
from tests.unit.systems.bench import Bench, done, refused

CAROL: dict[str, Any] = {"email": "carol@example.com", "password": "Str0ng-pw-1!", "quota": "512M"}
ALICE: dict[str, Any] = {"email": "alice@example.com"}


def post_of(bench: Bench, kind: str = "mailbox") -> str:
    """The name of the call that makes an object."""
    return f"POST /api/v1/add/{kind}" if bench.sim.name == "mailcow" else f"POST /api/v1/{_plural(kind)}"


def edit_of(bench: Bench, kind: str = "mailbox") -> str:
    """The name of the call that changes an object."""
    place = "{email}" if kind == "mailbox" else "{id}"
    return f"POST /api/v1/edit/{kind}" if bench.sim.name == "mailcow" else f"PUT /api/v1/{_plural(kind)}/{place}"


def delete_of(bench: Bench, kind: str = "mailbox") -> str:
    """The name of the call that deletes an object."""
    place = "{email}" if kind == "mailbox" else "{id}"
    return f"POST /api/v1/delete/{kind}" if bench.sim.name == "mailcow" else f"DELETE /api/v1/{_plural(kind)}/{place}"


def _plural(kind: str) -> str:
    return "mailboxes" if kind == "mailbox" else "aliases"


# What is not managed stays.


def test_what_is_not_managed_stays(mail: Bench) -> None:
    alice = mail.store.mailboxes["alice@example.com"]
    alice.active, alice.force_pw_update, alice.tls_enforce_in, alice.quota = 2, 1, 1, 0
    before = copy.deepcopy(alice)
    assert mail.predicted("mailbox", **ALICE, name="Changed")["changed"] is True
    alice = mail.store.mailboxes["alice@example.com"]
    assert alice.name == "Changed"
    for member in ("active", "force_pw_update", "tls_enforce_in", "tls_enforce_out", "quota", "password", "messages"):
        assert getattr(alice, member) == getattr(before, member), member


def test_the_third_state_is_kept_shown_and_changed_only_on_request(mail: Bench) -> None:
    mail.store.mailboxes["alice@example.com"].active = 2
    result = mail.predicted("mailbox", **ALICE, active="receive_only", name="Alice Example")
    assert result["changed"] is False
    assert result["mailbox"]["active"] == "receive_only"
    result = mail.predicted("mailbox", **ALICE, active=True)
    assert result["changed"] is True
    assert mail.store.mailboxes["alice@example.com"].active == 1


def test_what_others_change_meanwhile_in_other_mailboxes_stays(either: Bench) -> None:
    bob = either.store.mailboxes["bob@example.com"]
    either.before(edit_of(either), lambda: setattr(bob, "name", "By hand"))
    done(either.config({"mailboxes": [{**ALICE, "name": "Changed"}]}))
    assert bob.name == "By hand"


def test_an_old_snapshot_is_read_again_before_the_object_is_written_whole(rest: Bench) -> None:
    alice = rest.store.mailboxes["alice@example.com"]
    rest.sim.settings.put_mode = "replace"
    rest.before("GET /api/v1/mailboxes/{email}", lambda: setattr(alice, "quota", 77))
    rest.clock.step = 31.0
    done(rest.config({"mailboxes": [{**ALICE, "name": "Changed"}]}))
    assert (alice.name, alice.quota) == ("Changed", 77)


# Secrets.


def test_a_password_is_sent_at_creation_and_later_only_on_request(mail: Bench) -> None:
    assert mail.predicted("mailbox", **CAROL)["changed"] is True
    other = {**CAROL, "password": "An0ther-pw-2!"}
    assert mail.predicted("mailbox", **other)["changed"] is False
    assert mail.store.mailboxes["carol@example.com"].password == CAROL["password"]
    for _again in range(2):
        result = mail.predicted("mailbox", **other, update_password="always")
        assert (result["changed"], result["changes"], result["unverified"]) == (True, ["password"], ["password"])
    assert mail.store.mailboxes["carol@example.com"].password == other["password"]
    assert other["password"] not in str(result)


def test_a_password_is_needed_to_make_a_mailbox(either: Bench) -> None:
    for check_mode in (True, False):
        refused(either.object("mailbox", check_mode=check_mode, email="carol@example.com", quota="1G"), "password")
        refused(either.object("mailbox", check_mode=check_mode, email="carol@example.com", password="x" * 9), "quota")
    assert either.sim.writes == []


def test_a_password_that_the_server_refuses_is_not_shown(either: Bench) -> None:
    result = either.object("mailbox", **{**CAROL, "password": "w3ak!"})
    refused(result, "carol@example.com", "password")
    assert "w3ak!" not in json.dumps(result)


def test_secrets_in_a_refusal_are_not_shown(either: Bench) -> None:
    """A thin layer passes the log on, with all that was sent (mail_api.md 2.7)."""
    secret = CAROL["password"]
    entry = {
        "type": "danger",
        "log": ["mailbox", "add", {"password1": secret}],
        "msg": ["bad", secret, either.sim.settings.key],
    }
    either.sim.faults.add(Fault("status", post_of(either), times=3, status=200, body=json.dumps([entry])))
    result = either.object("mailbox", **CAROL)
    refused(result, "bad")
    assert secret not in json.dumps(result)
    assert either.sim.settings.key not in json.dumps(result)


# What a server drops silently.


@pytest.mark.parametrize("run", [1, 2])
def test_tls_flags_that_a_server_ignores_are_one_clear_failure(rest: Bench, run: int) -> None:
    rest.sim.settings.tls_on_put = "ignored"
    for _before in range(run):
        result = rest.object("mailbox", **ALICE, tls_enforce_in=True, name="Alice Example")
        assert result["failed"]
        assert "tls_enforce_in" in result["msg"]
        assert "tls_enforce_out" not in result["msg"]


def test_a_name_that_a_server_does_not_clear_is_a_clear_failure(mail: Bench) -> None:
    result = mail.object("mailbox", **ALICE, name="")
    name = mail.store.mailboxes["alice@example.com"].name
    assert bool(result.get("failed")) is (name != "")
    if name:
        assert "name" in result["msg"]
        assert "quota" not in result["msg"]


def test_the_other_wishes_of_a_silently_dropped_one_are_carried_out(rest: Bench) -> None:
    rest.sim.settings.tls_on_put = "ignored"
    result = rest.config({"mailboxes": [{**ALICE, "tls_enforce_out": True, "name": "Changed"}, CAROL]})
    assert result["failed"]
    assert result["changed"] is True
    assert rest.store.mailboxes["alice@example.com"].name == "Changed"
    assert "tls_enforce_out" in result["msg"]
    lines = {line["object"]: line["status"] for line in result["results"]}
    assert lines == {"mailbox alice@example.com": "failed", "mailbox carol@example.com": "done"}


def test_a_confirmation_without_any_change_is_found_out(calm_mail: Bench) -> None:
    """ "Task completed", and nothing was (mailcow_recorded.md A22)."""
    body = json.dumps({"type": "success", "msg": "Task completed"})
    calm_mail.sim.faults.add(Fault("status", edit_of(calm_mail), times=5, status=200, body=body))
    result = calm_mail.object("mailbox", **ALICE, name="Changed")
    assert result["failed"]
    assert "alice@example.com" in result["msg"]
    assert calm_mail.store.mailboxes["alice@example.com"].name == "Alice Example"
    calm_mail.sim.faults.clear()
    calm_mail.sim.faults.add(Fault("status", post_of(calm_mail), times=5, status=200, body=body))
    result = calm_mail.object("mailbox", **CAROL)
    assert result["failed"]
    assert "carol@example.com" in result["msg"]


# Refusals.


@pytest.mark.parametrize("kind", ["danger", "error"])
@pytest.mark.parametrize("as_list", [True, False])
def test_a_refusal_with_http_200_is_a_failure(either: Bench, kind: str, as_list: bool) -> None:
    entry = {"type": kind, "log": ["x"], "msg": ["mailbox_quota_exceeded", 300]}
    body = json.dumps([entry] if as_list else entry)
    for call in (post_of(either), edit_of(either), delete_of(either)):
        either.sim.faults.add(Fault("status", call, status=200, body=body))
    refused(either.object("mailbox", **CAROL), "mailbox_quota_exceeded 300")
    refused(either.object("mailbox", **ALICE, name="Changed"), "mailbox_quota_exceeded 300")
    refused(either.object("mailbox", **ALICE, state="absent", allow_mail_loss=True), "mailbox_quota_exceeded 300")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_reply_that_holds_a_refusal_and_a_success_is_a_failure_that_changed_something(
    either: Bench, order: tuple[int, int]
) -> None:
    both = [
        {"type": "danger", "log": ["x"], "msg": ["goto_invalid", "bad"]},
        {"type": "success", "log": ["x"], "msg": ["mailbox_modified", "alice@example.com"]},
    ]
    body = json.dumps([both[number] for number in order])
    either.sim.faults.add(Fault("status", edit_of(either), times=3, status=200, body=body))
    result = either.object("mailbox", **ALICE, name="Changed")
    assert result["failed"]
    assert "goto_invalid bad" in result["msg"]
    assert result["changed"] is True


@pytest.mark.parametrize(
    "body",
    [
        {"message": "quota is wrong"},
        {"error": "quota is wrong"},
        {"errors": {"quota": "quota is wrong"}},
        {"type": "error", "msg": "quota is wrong"},
        [{"type": "error", "msg": {"quota": "quota is wrong"}}],
    ],
    ids=str,
)
def test_refusals_of_other_makes_are_understood(either: Bench, body: Any) -> None:
    either.sim.faults.add(Fault("status", post_of(either), times=3, status=400, body=json.dumps(body)))
    refused(either.object("mailbox", **CAROL), "quota is wrong", "400")


def test_a_refusal_in_html_is_shown_in_part(either: Bench) -> None:
    page = "<html><h1>413 Too Large</h1>" + "x" * 5000 + "</html>"
    either.sim.faults.add(Fault("status", post_of(either), times=3, status=413, body=page))
    message = refused(either.object("mailbox", **CAROL), "413 Too Large")
    assert len(message) < 600


def test_a_quota_over_the_limit_of_the_domain_is_told(mail: Bench) -> None:
    mail.store.domains["example.com"].maxquota = 2000
    refused(mail.object("mailbox", **{**CAROL, "quota": "3G"}), "mailbox_quota_exceeded", "2000")
    # An edit checks the same limit under another name (mailcow_recorded.md A8).
    refused(mail.object("mailbox", **ALICE, quota="3G"), "mailbox_quota_left_exceeded", "2000")
    assert mail.store.mailboxes["alice@example.com"].quota == 1024


def test_a_mailbox_with_the_address_of_an_alias_is_refused(mail: Bench) -> None:
    result = mail.object("mailbox", email="info@example.com", password="Str0ng-pw-1!", quota="1G")
    refused(result, "info@example.com", "is_alias")
    assert "info@example.com" not in mail.store.mailboxes


def test_a_missing_domain_is_named_and_assumed_in_check_mode(either: Bench) -> None:
    wish = {**CAROL, "email": "carol@new.example"}
    refused(either.object("mailbox", **wish), "domain", "'new.example'", "email")
    prediction = done(either.object("mailbox", check_mode=True, **wish))
    assert prediction["assumed"] == ["domain new.example"]
    assert prediction["changed"] is True
    assert either.sim.writes == []
    either.store.domains["new.example"] = Domain("new.example")
    assert done(either.object("mailbox", **wish))["diff"] == prediction["diff"]


# Races and lost answers.


def test_a_mailbox_that_somebody_else_makes_first_is_adopted(calm_mail: Bench) -> None:
    def somebody_writes() -> None:
        calm_mail.store.mailboxes["carol@example.com"] = Mailbox("carol@example.com", name="By hand", quota=100)

    calm_mail.before(post_of(calm_mail), somebody_writes)
    result = done(calm_mail.object("mailbox", **CAROL))
    assert result["changed"] is True
    carol = calm_mail.store.mailboxes["carol@example.com"]
    assert (carol.name, carol.quota) == ("By hand", 512)


@pytest.mark.parametrize("conflict", ["409", "400", "danger"])
def test_adopting_works_however_the_conflict_is_told(rest: Bench, conflict: Any) -> None:
    def somebody_writes() -> None:
        rest.store.mailboxes["carol@example.com"] = Mailbox("carol@example.com", quota=512)

    rest.sim.settings.conflict = conflict
    rest.before(post_of(rest), somebody_writes)
    assert done(rest.object("mailbox", **CAROL))["changed"] is False


def test_a_mailbox_that_vanishes_before_its_removal_is_no_failure(calm_mail: Bench) -> None:
    calm_mail.before(delete_of(calm_mail), lambda: calm_mail.store.mailboxes.pop("alice@example.com"))
    done(calm_mail.object("mailbox", **ALICE, state="absent", allow_mail_loss=True))


@pytest.mark.parametrize("fault", ["drop_after", "drop_before"])
def test_a_lost_answer_never_makes_or_deletes_twice(calm_mail: Bench, fault: Any) -> None:
    calm_mail.sim.faults.add(
        Fault(fault, post_of(calm_mail)), Fault(fault, edit_of(calm_mail)), Fault(fault, delete_of(calm_mail))
    )
    assert done(calm_mail.object("mailbox", **CAROL))["changed"] is True
    assert done(calm_mail.object("mailbox", **CAROL, name="Carol"))["changed"] is True
    assert calm_mail.store.mailboxes["carol@example.com"].name == "Carol"
    gone = calm_mail.object("mailbox", email="carol@example.com", state="absent", allow_mail_loss=True)
    assert done(gone)["changed"] is True
    assert [record.processed for record in calm_mail.sim.writes].count(True) == 3


# Mail is not lost by accident.


@pytest.mark.parametrize("check_mode", [True, False])
def test_deleting_a_mailbox_needs_consent(either: Bench, check_mode: bool) -> None:
    result = either.object("mailbox", check_mode=check_mode, **ALICE, state="absent")
    refused(result, "allow_mail_loss", "alice@example.com")
    assert either.sim.writes == []
    assert either.store.mailboxes["alice@example.com"].messages == 120


def test_an_absent_mailbox_needs_no_consent(either: Bench) -> None:
    assert either.predicted("mailbox", email="nobody@example.com", state="absent")["changed"] is False
    assert either.predicted("mailbox", email="nobody@missing.example", state="absent")["changed"] is False


# Other forms of the same.


@pytest.mark.parametrize("email", ["Eva@Bücher.example", "EVA@xn--bcher-kva.example", " eva@BÜCHER.example "])
def test_an_international_domain_may_be_written_either_way(either: Bench, email: str) -> None:
    either.store.domains["xn--bcher-kva.example"] = Domain("xn--bcher-kva.example")
    wish = {"email": email, "password": "Str0ng-pw-1!", "quota": "512M"}
    assert either.predicted("mailbox", **wish)["changed"] is True
    assert "eva@xn--bcher-kva.example" in either.store.mailboxes
    assert either.predicted("mailbox", **{**wish, "email": "eva@bücher.example"})["changed"] is False
    assert either.predicted("mailbox", email=email, state="absent", allow_mail_loss=True)["changed"] is True


def test_brackets_around_a_name_are_left_out_as_the_server_does(either: Bench) -> None:
    assert either.predicted("mailbox", **ALICE, name="<Alice & Co>")["changed"] is True
    assert either.store.mailboxes["alice@example.com"].name == "Alice & Co"
    assert either.predicted("mailbox", **ALICE, name="<Alice & Co>")["changed"] is False


def test_blanks_and_signs_in_a_name_are_kept(either: Bench) -> None:
    for name in (" Alice  Example ", "Zoë \u2603 \U0001f600", 'O\'Neill "Al" \\ 100%'):
        assert either.predicted("mailbox", **ALICE, name=name)["changed"] is True
        assert either.store.mailboxes["alice@example.com"].name == name
        assert either.predicted("mailbox", **ALICE, name=name)["changed"] is False


@pytest.mark.parametrize("address", ["a+b@example.com", "a.b_c-d@example.com", "a'b@example.com", "a%b@example.com"])
def test_addresses_with_signs_are_addressed_rightly(either: Bench, address: str) -> None:
    wish = {**CAROL, "email": address}
    assert either.predicted("mailbox", **wish)["changed"] is True
    assert address in either.store.mailboxes
    assert either.predicted("mailbox", **wish, name="Signs")["changed"] is True
    assert either.predicted("mailbox", email=address, state="absent", allow_mail_loss=True)["changed"] is True


def test_nothing_is_cut_off_silently(either: Bench) -> None:
    """A longer name is not kept: mailcow answers with an empty body (mailcow_recorded.md A16)."""
    for check_mode in (True, False):
        for wish in (CAROL, ALICE):
            refused(either.object("mailbox", check_mode=check_mode, **wish, name="x" * 256), "name", "255")
    assert either.sim.writes == []
    assert either.predicted("mailbox", **ALICE, name="x" * 255)["changed"] is True
