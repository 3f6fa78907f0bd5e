# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pruning, and the guards that keep it from deleting what nobody meant to delete."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mail_engine import Alias, Mailbox
from tests.unit.systems.bench import Bench, done, refused

KEEP_USERS = {"users": [{"name": name, "domain": "example.com"} for name in ("admin", "alice")]}
KEEP_ALIAS = {"aliases": [{"address": "info@example.com"}]}
KEEP_MAILBOX = {"mailboxes": [{"email": "alice@example.com"}]}


def add_aliases(bench: Bench, *addresses: str) -> None:
    for address in addresses:
        alias = Alias(bench.store.take_alias_id(), address, ["bob@example.com"])
        bench.store.aliases[alias.id] = alias


def alias_addresses(bench: Bench) -> list[str]:
    return sorted(alias.address for alias in bench.store.aliases.values())


# What is pruned.


def test_nothing_is_pruned_unless_asked_for(either: Bench, kerio: Bench) -> None:
    assert either.predicted_config(KEEP_ALIAS)["changed"] is False
    assert kerio.predicted_config({"users": [{"name": "alice", "domain": "example.com"}]})["changed"] is False


def test_what_no_entry_names_is_pruned(either: Bench) -> None:
    add_aliases(either, "Old@example.com", "@example.org")
    result = either.predicted_config(KEEP_ALIAS, prune=["aliases"])
    assert result["summary"] == {"created": 0, "updated": 0, "deleted": 2, "unchanged": 1, "failed": 0}
    assert alias_addresses(either) == ["info@example.com"]
    assert len(either.store.mailboxes) == 2
    assert either.predicted_config(KEEP_ALIAS, prune=["aliases"])["changed"] is False


def test_pruned_users_leave_their_mailboxes_behind(kerio: Bench) -> None:
    result = kerio.predicted_config(KEEP_USERS, prune=["users"])
    assert [(line["object"], line["action"]) for line in result["results"]] == [("user bob@example.com", "delete")]
    assert kerio.store.mailboxes["example.com/bob"] == 7
    assert kerio.predicted_config(KEEP_USERS, prune=["users"])["changed"] is False


def test_pruning_stays_inside_its_scope(kerio: Bench, either: Bench) -> None:
    kerio.store.add_user("dora", "example.org")
    result = kerio.predicted_config(KEEP_USERS, prune=["users"], scope={"domains": ["EXAMPLE.com"]})
    assert [line["object"] for line in result["results"]] == ["user bob@example.com"]
    assert kerio.store.user("dora", "example.org")
    add_aliases(either, "old@example.com", "old@example.org", "@example.org")
    either.predicted_config(KEEP_ALIAS, prune=["aliases"], scope={"domains": ["example.com"]})
    assert alias_addresses(either) == ["@example.org", "info@example.com", "old@example.org"]


@pytest.mark.parametrize("pattern", ["old@example.com", "OLD@*", "o?d@example.*", "[no]ld@example.com"])
def test_protected_objects_stay(rest: Bench, pattern: str) -> None:
    add_aliases(rest, "Old@example.com", "older@example.com")
    result = rest.predicted_config(KEEP_ALIAS, prune=["aliases"], protect=[pattern])
    assert [line["object"] for line in result["results"]] == ["alias older@example.com"]
    assert alias_addresses(rest) == ["Old@example.com", "info@example.com"]


def test_a_protected_object_that_an_entry_deletes_is_deleted(rest: Bench) -> None:
    """Protection is about pruning; who names an object means it."""
    document = {
        "aliases": [
            {"address": "info@example.com", "state": "absent"},
            {"address": "x@example.com", "goto": ["b@c.de"]},
        ]
    }
    rest.predicted_config(document, prune=["aliases"], protect=["info@*"])
    assert alias_addresses(rest) == ["x@example.com"]


def test_a_pattern_that_protects_nothing_is_warned_about_when_something_is_deleted(rest: Bench) -> None:
    options: dict[str, Any] = {"prune": ["aliases"], "protect": ["postmastr@*", "info@*"]}
    assert "warnings" not in done(rest.config(KEEP_ALIAS, **options))
    add_aliases(rest, "postmaster@example.com")
    result = done(rest.config(KEEP_ALIAS, check_mode=True, **options))
    assert [warning for warning in result["warnings"] if "postmastr@*" in warning]
    assert not [warning for warning in result["warnings"] if "info@*" in warning]


def test_the_alias_that_a_mailbox_has_for_its_own_address_is_not_pruned(rest: Bench) -> None:
    """A server makes one for each mailbox. mailcow does not list it; another layer may (mail_api.md 3.1, 4.4)."""
    rows = [
        {"id": 1, "address": "alice@example.com", "goto": "alice@example.com", "active": True},
        {"id": 2, "address": "old@example.com", "goto": "bob@example.com", "active": True},
        {"id": 3, "address": "info@example.com", "goto": "alice@example.com", "active": True},
    ]
    rest.sim.faults.add(Fault("status", "GET /api/v1/aliases", times=9, status=200, body=json.dumps(rows)))
    result = done(rest.config(KEEP_ALIAS, prune=["aliases"], check_mode=True))
    assert [line["object"] for line in result["results"]] == ["alias old@example.com"]


# Guards.


@pytest.mark.parametrize("check_mode", [True, False])
def test_more_deletions_than_agreed_are_refused(either: Bench, check_mode: bool) -> None:
    add_aliases(either, *(f"old{number}@example.com" for number in range(11)))
    result = either.config(KEEP_ALIAS, prune=["aliases"], check_mode=check_mode)
    refused(result, "max_deletions", "11", "10", "old0@example.com")
    refused(either.config(KEEP_ALIAS, prune=["aliases"], max_deletions=0, check_mode=check_mode), "max_deletions")
    assert either.sim.writes == []


def test_as_many_deletions_as_agreed_are_made(either: Bench) -> None:
    add_aliases(either, *(f"old{number}@example.com" for number in range(11)))
    result = either.predicted_config(KEEP_ALIAS, prune=["aliases"], max_deletions=11)
    assert result["summary"]["deleted"] == 11


def test_the_limit_counts_all_resources_together(rest: Bench) -> None:
    add_aliases(rest, "old@example.com")
    document = {**KEEP_ALIAS, **KEEP_MAILBOX}
    options: dict[str, Any] = {"prune": ["aliases", "mailboxes"], "allow_mail_loss": True}
    refused(rest.config(document, max_deletions=1, **options), "max_deletions", "2 objects")
    assert rest.predicted_config(document, max_deletions=2, **options)["summary"]["deleted"] == 2


def test_other_changes_are_not_made_either_when_a_guard_refuses(kerio: Bench) -> None:
    document = {"users": [*KEEP_USERS["users"], {"name": "carol", "domain": "example.com", "password": "Str0ng-pw-1!"}]}
    refused(kerio.config(document, prune=["users"], max_deletions=0), "max_deletions")
    assert kerio.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_pruning_mailboxes_needs_consent(either: Bench, check_mode: bool) -> None:
    result = either.config(KEEP_MAILBOX, prune=["mailboxes"], check_mode=check_mode)
    refused(result, "allow_mail_loss", "bob@example.com")
    assert either.sim.writes == []
    assert len(either.store.mailboxes) == 2


def test_mailboxes_are_pruned_with_consent(either: Bench) -> None:
    result = either.predicted_config(KEEP_MAILBOX, prune=["mailboxes"], allow_mail_loss=True)
    assert result["summary"]["deleted"] == 1
    assert sorted(either.store.mailboxes) == ["alice@example.com"]


def test_the_consent_of_one_entry_is_not_that_of_the_task(rest: Bench) -> None:
    document = {"mailboxes": [{"email": "bob@example.com", "state": "absent", "allow_mail_loss": True}]}
    result = rest.config(document, prune=["mailboxes"], allow_empty=True)
    refused(result, "alice@example.com", "allow_mail_loss")
    assert rest.sim.writes == []
    assert done(rest.config(document))["summary"]["deleted"] == 1


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    "document", [{}, {"aliases": []}, {"aliases": [{"address": "info@example.com", "state": "absent"}]}]
)
def test_an_empty_list_prunes_only_when_that_is_meant(rest: Bench, document: dict[str, Any], check_mode: bool) -> None:
    refused(rest.config(document, prune=["aliases"], check_mode=check_mode), "prune", "aliases", "allow_empty")
    assert rest.sim.requests == []


def test_an_empty_list_prunes_everything_when_that_is_meant(either: Bench) -> None:
    assert either.predicted_config({"aliases": []}, prune=["aliases"], allow_empty=True)["summary"]["deleted"] == 1
    assert either.store.aliases == {}


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_unknown_resource_is_refused_before_any_call(kerio: Bench, rest: Bench, check_mode: bool) -> None:
    refused(kerio.config(KEEP_USERS, prune=["mailboxes"], check_mode=check_mode), "prune", "users")
    refused(rest.config(KEEP_ALIAS, prune=["alias"], check_mode=check_mode), "prune", "aliases")
    assert kerio.sim.requests == []
    assert rest.sim.requests == []


# A list that cannot be read completely.


def prune_everything(bench: Bench, *, check_mode: bool = False) -> dict[str, Any]:
    """Prune all that may be pruned, with every consent."""
    if bench.sim.name == "kerio_connect":
        return bench.config(KEEP_USERS, prune=["users"], force=True, check_mode=check_mode)
    options: dict[str, Any] = {"prune": ["aliases", "mailboxes"], "allow_empty": True, "allow_mail_loss": True}
    return bench.config({}, check_mode=check_mode, **options)


BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("html", {}),
    ("empty", {}),
    ("truncated", {}),
    ("half_then_drop", {}),
    ("drop_after", {}),
    ("status", {"status": 502, "body": "<html><h1>Bad Gateway</h1></html>"}),
    ("status", {"status": 500, "body": ""}),
    ("status", {"status": 200, "body": "[]  and more"}),
    ("status", {"status": 200, "body": '"nothing"'}),
    ("status", {"status": 200, "body": "0"}),
    ("status", {"status": 200, "body": "true"}),
    ("status", {"status": 200, "body": '{"type":"error","msg":"no"}'}),
    ("status", {"status": 302, "body": "", "headers": {"Location": "/login"}}),
]


@pytest.mark.parametrize(("kind", "details"), BROKEN, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("listed", ["mailbox", "alias"])
def test_a_mail_list_that_cannot_be_read_prunes_nothing(
    either: Bench, kind: str, details: dict[str, Any], listed: str
) -> None:
    rest_path = {"mailbox": "mailboxes", "alias": "aliases"}[listed]
    path = f"get/{listed}/all" if either.sim.name == "mailcow" else rest_path
    either.sim.faults.add(Fault(kind, f"GET /api/v1/{path}", times=20, **details))
    result = prune_everything(either)
    refused(result)
    assert path in result["msg"] or path.removeprefix("get/") in result["msg"]
    assert either.sim.writes == []


@pytest.mark.parametrize(("kind", "details"), [*BROKEN, ("wrong_id", {})], ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("call", ["Users.get", "Domains.get"])
def test_a_kerio_list_that_cannot_be_read_prunes_nothing(
    kerio: Bench, kind: str, details: dict[str, Any], call: str
) -> None:
    kerio.sim.faults.add(Fault(kind, call, times=20, **details))
    refused(prune_everything(kerio), call)
    assert kerio.sim.writes == []


@pytest.mark.parametrize(
    "rows",
    [
        [{"quota": 5}],
        [{"email": "alice@example.com"}, {}],
        [{"email": "alice@example.com"}, None],
        [{"email": ""}],
        ["alice@example.com"],
        {"data": "none"},
        {"status": "ok"},
    ],
    ids=str,
)
def test_rows_that_are_no_mailboxes_prune_nothing(rest: Bench, rows: Any) -> None:
    rest.sim.faults.add(Fault("status", "GET /api/v1/mailboxes", times=5, status=200, body=json.dumps(rows)))
    refused(prune_everything(rest), "GET /mailboxes")
    assert rest.sim.writes == []


@pytest.mark.parametrize("envelope", ["paged", "paged_meta"])
def test_a_page_that_cannot_be_read_prunes_nothing(rest: Bench, envelope: Any) -> None:
    rest.sim.settings.list_envelope = envelope
    rest.sim.settings.page_size = 1
    for kind, details in BROKEN[:7]:
        rest.sim.faults.clear()
        rest.sim.faults.add(Fault(kind, "GET /api/v1/mailboxes", times=20, after=1, **details))
        refused(prune_everything(rest))
    assert rest.sim.writes == []


@pytest.mark.parametrize(
    "answer",
    [
        {"data": [{"email": "alice@example.com"}], "meta": {"total": 2}},
        {"data": [{"email": "alice@example.com"}], "total": 2},
        {"data": [], "meta": {"total": 1}},
    ],
    ids=str,
)
def test_a_list_that_says_it_is_longer_prunes_nothing(rest: Bench, answer: dict[str, Any]) -> None:
    rest.sim.faults.add(Fault("status", "GET /api/v1/mailboxes", times=5, status=200, body=json.dumps(answer)))
    refused(prune_everything(rest), "GET /mailboxes")
    assert rest.sim.writes == []


@pytest.mark.parametrize("following", ["https://elsewhere.example/api/v1/mailboxes?page=2", "?page=1", ""])
def test_a_next_page_that_leads_astray_prunes_nothing(rest: Bench, following: str) -> None:
    headers = {"Link": f'<{following}>; rel="next"'}
    body = json.dumps([{"email": "alice@example.com"}])
    rest.sim.faults.add(Fault("status", "GET /api/v1/mailboxes", times=20, status=200, body=body, headers=headers))
    refused(prune_everything(rest), "page")
    assert rest.sim.writes == []


@pytest.mark.parametrize(
    "answer",
    [
        {"list": [], "totalItems": 3},
        {"list": [{"loginName": "alice"}], "totalItems": 1},
        {"list": [{"id": "keriodb://user/1", "loginName": "alice"}] * 2, "totalItems": 2},
        {"list": None, "totalItems": 0},
        {"totalItems": 0},
        {"list": []},
        {"list": [None], "totalItems": 1},
        {},
    ],
    ids=str,
)
def test_a_kerio_list_that_makes_no_sense_prunes_nothing(kerio: Bench, answer: dict[str, Any]) -> None:
    kerio.sim.faults.add(Fault("replace_result", "Users.get", times=5, result=answer))
    refused(prune_everything(kerio), "Users.get")
    assert kerio.sim.writes == []


def test_a_user_who_is_missed_because_another_one_left_is_not_harmed(kerio: Bench) -> None:
    """Somebody who leaves makes the others move up, so that one of them is on neither page."""
    names = [f"user{number}" for number in range(6)]
    for name in names:
        kerio.store.add_user(name, description="kept")
    kerio.sim.settings.max_rows = 5
    bob = kerio.store.user("bob")
    kerio.before("Users.get", lambda: kerio.store.users.pop(bob["id"]), number=2)
    wished = [{"name": name, "domain": "example.com"} for name in ("admin", "alice", *names)]
    kerio.config({"users": wished}, prune=["users"])
    assert sorted(user["loginName"] for user in kerio.store.users.values()) == ["admin", "alice", *names]
    assert all(kerio.store.user(name)["description"] == "kept" for name in names)


def test_a_fault_that_passes_is_got_over(either: Bench) -> None:
    add_aliases(either, "old@example.com")
    path = "get/alias/all" if either.sim.name == "mailcow" else "aliases"
    either.sim.faults.add(Fault("status", f"GET /api/v1/{path}", status=502, body="<html>"))
    assert either.predicted_config(KEEP_ALIAS, prune=["aliases"])["summary"]["deleted"] == 1


def test_a_failure_in_the_middle_of_pruning_says_what_was_deleted(either: Bench) -> None:
    for number in range(3):
        name = f"old{number}@example.com"
        either.store.mailboxes[name] = Mailbox(name)
    is_mailcow = either.sim.name == "mailcow"
    call = "POST /api/v1/delete/mailbox" if is_mailcow else "DELETE /api/v1/mailboxes/{email}"
    body = json.dumps([{"type": "danger", "msg": "out of order"}])
    if is_mailcow:
        # All are sent together, and then each of them alone.
        either.sim.faults.add(Fault("status", call, about="old1@example.com", times=3, status=200, body=body))
    else:
        either.sim.faults.add(Fault("status", call, after=1, times=3, status=200, body=body))
    result = prune_everything(either)
    assert result["failed"]
    assert result["changed"] is True
    statuses = [line["status"] for line in result["results"] if line["object"].startswith("mailbox")]
    done_before, not_tried = (4, 0) if is_mailcow else (1, 3)
    assert sorted(statuses) == ["done"] * done_before + ["failed"] + ["not_done"] * not_tried
    either.sim.faults.clear()
    done(prune_everything(either))
    assert either.store.mailboxes == {}


@pytest.mark.parametrize("check_mode", [True, False])
def test_the_user_who_gets_the_mail_is_not_pruned_in_the_same_run(kerio: Bench, check_mode: bool) -> None:
    alice = {
        "name": "alice",
        "domain": "example.com",
        "state": "absent",
        "mailbox": "move",
        "move_to": "bob@example.com",
    }
    document = {"users": [{"name": "admin", "domain": "example.com"}, alice]}
    refused(kerio.config(document, prune=["users"], check_mode=check_mode), "bob@example.com")
    assert kerio.sim.writes == []
    kept = {"users": [*document["users"], {"name": "bob", "domain": "example.com"}]}
    assert done(kerio.config(kept, prune=["users"], check_mode=check_mode))["summary"]["deleted"] == 1


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_alias_that_is_kept_for_a_mailbox_that_goes_is_told(either: Bench, check_mode: bool) -> None:
    """The server would delete the alias together with the mailbox, and the next run would make it anew."""
    aliases = {"aliases": [{"address": "info@example.com", "goto": ["alice@example.com"]}]}
    entries = {"mailboxes": [{"email": "alice@example.com", "state": "absent", "allow_mail_loss": True}], **aliases}
    refused(either.config(entries, check_mode=check_mode), "alice@example.com", "config.aliases[0].goto")
    assert either.sim.writes == []
    pruning = {"mailboxes": [{"email": "bob@example.com"}], **aliases}
    result = either.config(pruning, prune=["mailboxes"], allow_mail_loss=True, check_mode=check_mode)
    refused(result, "alice@example.com", "config.aliases[0].goto")
    assert either.sim.writes == []
