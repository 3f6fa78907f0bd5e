# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailcow's own API where a real server was found to differ from its document (mailcow_recorded.md A)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.framework.json_types import is_json
from tests.simulators.mail_engine import Mailbox
from tests.simulators.mailcow.settings import OLDER_SERVER
from tests.unit.systems.bench import Bench, done, refused

ALICE: dict[str, Any] = {"email": "alice@example.com"}
CAROL: dict[str, Any] = {"email": "carol@example.com", "password": "Str0ng-pw-1!", "quota": "512M"}


def test_a_domain_that_is_absent_does_not_stand_for_all_of_them(mailcow: Bench) -> None:
    """A3: the server's own filter returns every mailbox for a domain that it does not know."""
    refused(mailcow.info(domains=["absent.example"]), "domains", "absent.example")
    result = mailcow.config(
        {"mailboxes": []},
        prune=["mailboxes"],
        scope={"domains": ["absent.example"]},
        allow_empty=True,
        allow_mail_loss=True,
    )
    assert result["changed"] is False
    assert sorted(mailcow.store.mailboxes) == ["alice@example.com", "bob@example.com"]


def test_info_of_a_known_domain_holds_that_domain_alone(mailcow: Bench) -> None:
    mailcow.store.mailboxes["dora@example.org"] = Mailbox("dora@example.org")
    config = done(mailcow.info(domains=["example.org"]))["config"]
    assert [mailbox["email"] for mailbox in config["mailboxes"]] == ["dora@example.org"]
    assert config["aliases"] == []


def test_the_key_of_an_item_is_never_among_its_attributes(mailcow: Bench) -> None:
    """A4: there it would redirect the edit to another object."""
    done(mailcow.object("mailbox", **ALICE, name="Changed", quota="2G", active=False, tls_enforce_in=True))
    done(mailcow.object("mailbox", **ALICE, password="An0ther-pw!", update_password="always"))
    done(mailcow.object("alias", address="info@example.com", goto=["bob@example.com"], active=False))
    edits = [record for record in mailcow.sim.writes if "/edit/" in record.call]
    assert len(edits) == 4
    for record in edits:
        assert sorted(record.params) == ["attr", "items"]
        assert not {"username", "domain", "id", "object", "email", "local_part"} & set(record.params["attr"])
        assert len(record.params["items"]) == 1


def test_an_edit_sends_only_what_changes(mailcow: Bench) -> None:
    done(mailcow.object("mailbox", **ALICE, name="Alice Example", quota="2G"))
    assert [record.params["attr"] for record in mailcow.sim.writes] == [{"quota": 2048}]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("id_in_reply", ["text", "number"])
def test_entries_are_found_by_their_key_not_by_their_place(mailcow: Bench, first: bool, id_in_reply: str) -> None:
    """A5 and A11."""
    mailcow.sim.settings.rate_limit_entry_first = first
    mailcow.sim.settings.alias_id_in_reply = id_in_reply
    assert done(mailcow.object("mailbox", **CAROL))["changed"] is True
    assert done(mailcow.object("alias", address="team@example.com", goto=["bob@example.com"]))["changed"] is True
    assert len(mailcow.sim.writes) == 2


@pytest.mark.parametrize("flags_as", ["number", "text"])
@pytest.mark.parametrize("absent", [frozenset(), OLDER_SERVER], ids=["new", "old"])
def test_older_and_newer_servers_are_read(mailcow: Bench, flags_as: str, absent: frozenset[str]) -> None:
    mailcow.sim.settings.flags_as = flags_as
    mailcow.sim.settings.absent_members = absent
    for kind, wish in (
        ("mailbox", {**CAROL, "active": True}),
        ("alias", {"address": "team@example.com", "goto": ["bob@example.com"], "sogo_visible": True}),
    ):
        assert mailcow.predicted(kind, **wish)["changed"] is True
        assert mailcow.predicted(kind, **wish)["changed"] is False
        assert mailcow.predicted(kind, **{**wish, "active": False})["changed"] is True
    document = done(mailcow.info())["config"]
    assert mailcow.predicted_config(document)["changed"] is False


def test_what_an_older_server_does_not_tell_is_reported_as_unverified(mailcow: Bench) -> None:
    mailcow.sim.settings.absent_members = OLDER_SERVER
    result = mailcow.predicted("alias", address="info@example.com", goto=["alice@example.com"], sender_allowed=False)
    assert result["changed"] is False
    assert result["unverified"] == ["sender_allowed"]


def test_a_server_that_answers_one_mailbox_with_all_of_them(mailcow: Bench) -> None:
    mailcow.sim.settings.one_mailbox_is_list = True
    assert mailcow.predicted("mailbox", email="bob@example.com", name="Bobby")["changed"] is True
    assert mailcow.store.mailboxes["bob@example.com"].name == "Bobby"
    assert mailcow.store.mailboxes["alice@example.com"].name == "Alice Example"
    assert mailcow.predicted("mailbox", email="carol@example.com", state="absent")["changed"] is False
    assert mailcow.predicted("mailbox", **CAROL)["changed"] is True


def test_a_password_is_sent_twice(mailcow: Bench) -> None:
    """A23: without the repetition the server complains of a weak password."""
    done(mailcow.object("mailbox", **CAROL))
    done(mailcow.object("mailbox", **{**CAROL, "password": "An0ther-pw!"}, update_password="always"))
    assert mailcow.store.mailboxes["carol@example.com"].password == "An0ther-pw!"
    for record in mailcow.sim.writes:
        body = record.params.get("attr", record.params)
        assert body["password2"] == body["password"]


def test_types_are_always_right_since_the_server_does_not_look(mailcow: Bench) -> None:
    """A16: "abc" is no limit, a list of targets is an empty reply, the text "true" is off."""
    done(mailcow.object("mailbox", **CAROL, active="yes", tls_enforce_in="true", force_pw_update="no"))
    done(mailcow.object("alias", address="team@example.com", goto=["bob@example.com"], active="on", internal="off"))
    mailbox, alias = (record.params for record in mailcow.sim.writes)
    assert is_json(mailbox["quota"], int)
    assert is_json(alias["goto"], str)
    for body in (mailbox, alias):
        flags = {name: body[name] for name in body if name in ("active", "internal", "force_pw_update")}
        assert all(is_json(value, bool) for value in flags.values()), flags


# The policy of encryption has a route of its own.


def test_tls_flags_are_changed_by_their_own_route(mailcow: Bench) -> None:
    assert mailcow.predicted("mailbox", **ALICE, tls_enforce_in=True)["changed"] is True
    alice = mailcow.store.mailboxes["alice@example.com"]
    assert (alice.tls_enforce_in, alice.tls_enforce_out) == (1, 0)
    assert [record.call for record in mailcow.sim.writes] == ["POST /api/v1/edit/tls_policy"]
    assert mailcow.predicted("mailbox", **ALICE, tls_enforce_in=True)["changed"] is False
    assert mailcow.predicted("mailbox", **ALICE, tls_enforce_out=True, name="Both")["changed"] is True
    assert (alice.tls_enforce_in, alice.tls_enforce_out, alice.name) == (1, 1, "Both")
    assert mailcow.predicted("mailbox", **ALICE, tls_enforce_in=False, tls_enforce_out=False)["changed"] is True
    assert (alice.tls_enforce_in, alice.tls_enforce_out) == (0, 0)


def test_a_change_of_which_the_second_half_fails_says_what_happened(mailcow: Bench) -> None:
    body = json.dumps([{"type": "danger", "log": [], "msg": "access_denied"}])
    mailcow.sim.faults.add(Fault("status", "POST /api/v1/edit/tls_policy", times=2, status=200, body=body))
    result = mailcow.object("mailbox", **ALICE, tls_enforce_in=True, name="Half")
    assert result["failed"]
    assert result["changed"] is True
    assert "tls_policy" in result["msg"]
    assert mailcow.store.mailboxes["alice@example.com"].name == "Half"
    again = done(mailcow.object("mailbox", **ALICE, tls_enforce_in=True, name="Half"))
    assert again["changes"] == ["tls_enforce_in"]


def test_a_change_of_which_the_second_half_is_lost_is_finished(mailcow: Bench) -> None:
    mailcow.sim.faults.add(Fault("drop_before", "POST /api/v1/edit/tls_policy"))
    assert done(mailcow.object("mailbox", **ALICE, tls_enforce_in=True, name="Half"))["changed"] is True
    alice = mailcow.store.mailboxes["alice@example.com"]
    assert (alice.tls_enforce_in, alice.name) == (1, "Half")


# Replies that say nothing.


def test_an_empty_reply_to_a_write_is_looked_after(mailcow: Bench) -> None:
    """A16: PHP dies after it did the work, or before."""
    for processed in (True, False):
        call = "POST /api/v1/add/mailbox"
        mailcow.sim.faults.add(Fault("empty", call, processed=processed))
        email = f"carol{processed}@example.com".lower()
        assert done(mailcow.object("mailbox", **{**CAROL, "email": email}))["changed"] is True
        assert email in mailcow.store.mailboxes


def test_a_write_that_is_never_carried_out_is_a_failure_that_changed_nothing(mailcow: Bench) -> None:
    mailcow.sim.faults.add(Fault("empty", "POST /api/v1/add/mailbox", times=5))
    result = mailcow.object("mailbox", **CAROL)
    refused(result, "carol@example.com", "POST /add/mailbox", "empty body")
    assert result["failure"]["retryable"] is True


def test_a_success_without_the_expected_entry_is_no_success(mailcow: Bench) -> None:
    """A22: the server answers a delete of nothing, or of what it did not understand, with success."""
    body = json.dumps({"type": "success", "msg": "Task completed"})
    mailcow.sim.faults.add(Fault("status", "POST /api/v1/delete/mailbox", times=5, status=200, body=body))
    result = mailcow.object("mailbox", **ALICE, state="absent", allow_mail_loss=True)
    assert result["failed"]
    assert "alice@example.com" in mailcow.store.mailboxes


def test_an_empty_body_of_a_list_is_no_empty_list(mailcow: Bench) -> None:
    """What a request without a key gets: 200 and nothing (A13)."""
    mailcow.sim.faults.add(Fault("empty", "GET /api/v1/get/mailbox/all"))
    result = mailcow.config({"mailboxes": []}, prune=["mailboxes"], allow_empty=True, allow_mail_loss=True)
    refused(result, "empty body")
    assert len(mailcow.store.mailboxes) == 2


def test_an_empty_object_is_an_empty_list(mailcow: Bench) -> None:
    mailcow.store.mailboxes.clear()
    mailcow.store.aliases.clear()
    config = done(mailcow.info())["config"]
    assert [config[plural] for plural in ("mailboxes", "aliases", "sync_jobs")] == [[], [], []]
    assert mailcow.predicted("mailbox", **CAROL)["changed"] is True


# Options that only mailcow knows.


def test_options_of_mailcow_are_refused_in_the_other_dialect(rest: Bench) -> None:
    for check_mode in (True, False):
        result = rest.object("mailbox", check_mode=check_mode, **ALICE, sogo_access=False)
        refused(result, "sogo_access", "api_dialect")
        result = rest.config({"mailboxes": [{**ALICE, "protocol_access": ["imap"]}]}, check_mode=check_mode)
        refused(result, "config.mailboxes[0].protocol_access", "api_dialect")
    assert rest.sim.requests == []


def test_options_of_mailcow_are_set_changed_and_kept(mailcow: Bench) -> None:
    wish = {"protocol_access": ["smtp", "imap"], "sogo_access": False, "force_tfa": True, "quarantine_category": "all"}
    assert mailcow.predicted("mailbox", **ALICE, **wish)["changed"] is True
    assert mailcow.predicted("mailbox", **ALICE, **{**wish, "protocol_access": ["imap", "smtp"]})["changed"] is False
    assert mailcow.predicted("mailbox", **ALICE, name="Changed")["changed"] is True
    assert mailcow.predicted("mailbox", **ALICE, **wish)["changed"] is False
    assert mailcow.predicted("mailbox", **ALICE, protocol_access=[])["changed"] is True
    assert mailcow.predicted("mailbox", **ALICE, protocol_access=[])["changed"] is False


def test_an_alias_may_be_in_another_name_of_a_domain(mailcow: Bench) -> None:
    mailcow.store.alias_domains["example.net"] = "example.com"
    result = mailcow.predicted("alias", address="team@example.net", goto=["alice@example.com"])
    assert result["changed"] is True
    assert "assumed" not in result
    assert mailcow.store.find_alias("team@example.net") is not None
    refused(mailcow.object("alias", address="team@example.invalid", goto=["alice@example.com"]), "example.invalid")
