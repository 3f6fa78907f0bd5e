# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole documents: one plan, its order, its results, and a failure on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, Result, done, refused

PASSWORD = "Str0ng-pw-1!"


def user(login: str, **options: Any) -> dict[str, Any]:
    return {"name": login, "domain": "example.com", **options}


def mailbox(local: str, **options: Any) -> dict[str, Any]:
    return {"email": f"{local}@example.com", **options}


def alias(local: str, *targets: str, **options: Any) -> dict[str, Any]:
    return {"address": f"{local}@example.com", **({"goto": list(targets)} if targets else {}), **options}


def statuses(result: Result) -> dict[str, str]:
    return {line["object"]: line["status"] for line in result["results"]}


# One plan.


def test_a_kerio_document_is_one_plan(kerio: Bench) -> None:
    document = {
        "users": [
            user("carol", password=PASSWORD, full_name="Carol"),
            user("alice", full_name="Alice A."),
            user("bob", description="Night shift"),
            user("nobody", state="absent"),
            user("admin", state="present"),
        ]
    }
    result = kerio.predicted_config(document)
    assert result["summary"] == {"created": 1, "updated": 1, "deleted": 0, "unchanged": 3, "failed": 0}
    assert statuses(result) == {"user alice@example.com": "done", "user carol@example.com": "done"}
    # Changes of a kind go before what is new of it.
    assert [line["action"] for line in result["results"]] == ["update", "create"]
    assert result["results"][0]["changes"] == ["full_name"]
    assert result["results"][1]["unverified"] == ["password", "default_spam_rule"]
    assert [side["after_header"] for side in result["diff"]] == [
        "kerio_user alice@example.com",
        "kerio_user carol@example.com",
    ]
    again = kerio.predicted_config(document)
    assert again["summary"] == {"created": 0, "updated": 0, "deleted": 0, "unchanged": 5, "failed": 0}
    assert again["results"] == []


def test_a_document_costs_one_login_and_each_list_once_and_once_more_after_writes(kerio: Bench) -> None:
    document = {"users": [user(f"user{number}", password=PASSWORD, groups=["staff"]) for number in range(5)]}
    done(kerio.config(document))
    assert kerio.logins == 1
    assert kerio.calls.count("Users.get") == 2
    assert kerio.calls.count("Groups.get") == 1
    assert kerio.calls.count("Domains.get") == 1
    kerio.forget_requests()
    done(kerio.config(document))
    assert kerio.calls == ["Domains.get", "Users.get"]


def test_a_mail_document_reads_each_list_once_and_once_more_after_writes(mailcow: Bench) -> None:
    document = {
        "mailboxes": [mailbox(f"m{number}", password=PASSWORD, quota="1G") for number in range(5)],
        "aliases": [alias(f"a{number}", "bob@example.com") for number in range(5)],
    }
    done(mailcow.config(document))
    assert mailcow.calls.count("GET /api/v1/get/mailbox/all") == 2
    assert mailcow.calls.count("GET /api/v1/get/alias/all") == 2
    mailcow.forget_requests()
    done(mailcow.config(document))
    assert sorted(mailcow.calls) == ["GET /api/v1/get/alias/all", "GET /api/v1/get/mailbox/all"]


def test_a_list_that_is_left_out_is_not_read(mailcow: Bench) -> None:
    done(mailcow.config({"aliases": [alias("info", "alice@example.com")]}))
    assert mailcow.calls == ["GET /api/v1/get/alias/all"]
    mailcow.forget_requests()
    assert done(mailcow.config({}))["changed"] is False
    assert mailcow.calls == []


def test_a_deleted_user_and_the_one_who_gets_the_mail_stand_in_one_document(kerio: Bench) -> None:
    document = {
        "users": [
            user("alice", state="absent", mailbox="move", move_to="archive@example.com"),
            user("archive", password=PASSWORD),
        ]
    }
    result = kerio.predicted_config(document)
    assert result["summary"] == {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}
    assert kerio.store.mailboxes["example.com/archive"] == 120
    assert [record.call for record in kerio.sim.writes] == ["Users.create", "Users.remove"]
    assert kerio.predicted_config(document)["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_mail_is_not_moved_to_a_user_whom_the_same_document_deletes(kerio: Bench, check_mode: bool) -> None:
    document = {
        "users": [user("alice", state="absent", mailbox="move", move_to="bob@example.com"), user("bob", state="absent")]
    }
    refused(kerio.config(document, check_mode=check_mode), "bob@example.com")
    assert kerio.sim.writes == []
    assert kerio.store.mailboxes["example.com/alice"] == 120


def test_an_alias_becomes_a_mailbox_in_one_run(either: Bench) -> None:
    """The address has to be free first: deletions of aliases come before new mailboxes."""
    document = {
        "mailboxes": [mailbox("info", password=PASSWORD, quota="1G")],
        "aliases": [alias("info", state="absent"), alias("hello", "info@example.com")],
    }
    result = either.predicted_config(document)
    assert result["summary"] == {"created": 2, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}
    assert "info@example.com" in either.store.mailboxes
    assert either.store.alias_by_address("info@example.com") is None
    assert either.predicted_config(document)["changed"] is False


def test_a_mailbox_becomes_an_alias_in_one_run(either: Bench) -> None:
    document = {
        "mailboxes": [mailbox("alice", state="absent", allow_mail_loss=True)],
        "aliases": [alias("alice", "bob@example.com")],
    }
    result = either.predicted_config(document)
    assert result["summary"] == {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}
    assert either.store.alias_by_address("alice@example.com").goto == ["bob@example.com"]
    assert either.predicted_config(document)["changed"] is False


def test_aliases_are_led_elsewhere_before_their_mailbox_goes(either: Bench) -> None:
    """A server deletes the aliases that lead nowhere else together with the mailbox (mail_api.md 2.6)."""
    info = either.store.alias_by_address("info@example.com")
    info.private_comment = "asked for by the director"
    document = {
        "mailboxes": [mailbox("alice", state="absent", allow_mail_loss=True)],
        "aliases": [alias("info", "bob@example.com")],
    }
    result = either.predicted_config(document)
    assert result["summary"] == {"created": 0, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0}
    led = either.store.alias_by_address("info@example.com")
    assert (led.id, led.goto, led.private_comment) == (info.id, ["bob@example.com"], "asked for by the director")
    assert either.predicted_config(document)["changed"] is False


def test_a_deleted_mailbox_takes_aliases_along_that_the_same_document_deletes(either: Bench) -> None:
    """The alias goes with the mailbox by itself; whoever comes first, it is gone in the end."""
    document = {
        "mailboxes": [mailbox("alice", state="absent", allow_mail_loss=True)],
        "aliases": [alias("info", state="absent")],
    }
    assert done(either.config(document))["summary"]["failed"] == 0
    assert sorted(either.store.mailboxes) == ["bob@example.com"]
    assert either.store.aliases == {}
    assert done(either.config(document))["changed"] is False


def test_the_place_that_a_deleted_object_leaves_can_be_used_in_the_same_run(either: Bench) -> None:
    either.store.domains["example.com"].aliases = 1
    either.store.domains["example.com"].mailboxes = 2
    document = {
        "aliases": [alias("hello", "bob@example.com"), alias("info", state="absent")],
        "mailboxes": [
            mailbox("carol", password=PASSWORD, quota="1G"),
            mailbox("alice", state="absent", allow_mail_loss=True),
        ],
    }
    assert either.predicted_config(document)["changed"] is True


# Passwords.


@pytest.mark.parametrize("kind", ["users", "mailboxes"])
def test_an_entry_may_say_otherwise_about_passwords_than_the_task(kerio: Bench, either: Bench, kind: str) -> None:
    bench, make = (kerio, user) if kind == "users" else (either, mailbox)
    entries = [
        make("alice", password="New-alice-1!", update_password="on_create"),
        make("bob", password="New-bob-1!"),
    ]
    result = bench.predicted_config({kind: entries}, update_password="always")
    assert len(result["results"]) == 1
    assert "bob@example.com" in result["results"][0]["object"]
    entries = [
        make("alice", password="New-alice-1!", update_password="always"),
        make("bob", password="Newer-bob-1!"),
    ]
    result = bench.predicted_config({kind: entries})
    assert len(result["results"]) == 1
    assert result["results"][0]["changes"] == ["password"]
    assert result["results"][0]["unverified"] == ["password"]
    held = bench.store.user if kind == "users" else lambda name: vars(bench.store.mailboxes[f"{name}@example.com"])
    assert (held("alice")["password"], held("bob")["password"]) == ("New-alice-1!", "New-bob-1!")
    assert "New-" not in str(result)


# What is refused before the first call.


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    "second",
    [user("alice", full_name="B"), {"name": "ALICE", "domain": "Example.COM."}, user("alice", state="absent")],
    ids=["same", "other case", "absent"],
)
def test_two_entries_about_one_user_are_refused_before_any_call(
    kerio: Bench, second: dict[str, Any], check_mode: bool
) -> None:
    document = {"users": [user("alice", full_name="A"), user("bob"), second]}
    refused(kerio.config(document, check_mode=check_mode), "config.users[2]", "alice@example.com", "config.users[0]")
    assert kerio.sim.requests == []


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"aliases": [alias("a", "x@example.net"), alias("A", "y@example.net")]}, "config.aliases[1]"),
        ({"mailboxes": [mailbox("a"), {"email": " A@EXAMPLE.com"}]}, "config.mailboxes[1]"),
        (
            {"mailboxes": [{"email": "a@bücher.example"}, {"email": "a@xn--bcher-kva.example"}]},
            "config.mailboxes[1]",
        ),
        (
            {"aliases": [alias("", "x@example.net"), {"address": "@EXAMPLE.com", "state": "absent"}]},
            "config.aliases[1]",
        ),
    ],
    ids=["alias", "mailbox", "international", "catch-all"],
)
def test_two_entries_about_one_mail_object_are_refused_before_any_call(
    either: Bench, document: dict[str, Any], place: str, check_mode: bool
) -> None:
    refused(either.config(document, check_mode=check_mode), place, "again")
    assert either.sim.requests == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_address_that_is_to_be_a_mailbox_and_an_alias_is_refused(either: Bench, check_mode: bool) -> None:
    """No server can hold both (mail_api.md 3.1)."""
    document = {
        "mailboxes": [mailbox("carol", password=PASSWORD, quota="1G")],
        "aliases": [alias("carol", "bob@example.com")],
    }
    refused(either.config(document, check_mode=check_mode), "carol@example.com")
    assert either.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_entry_outside_the_scope_is_refused_before_any_call(kerio: Bench, either: Bench, check_mode: bool) -> None:
    scope = {"domains": ["example.org"]}
    refused(
        kerio.config({"users": [user("alice")]}, scope=scope, check_mode=check_mode),
        "config.users[0]",
        "scope.domains",
        "example.com",
    )
    refused(
        either.config({"aliases": [alias("info", "bob@example.com")]}, scope=scope, check_mode=check_mode),
        "config.aliases[0]",
        "scope.domains",
        "example.com",
    )
    assert kerio.sim.requests == []
    assert either.sim.requests == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_mistake_in_one_entry_stops_the_whole_document(kerio: Bench, either: Bench, check_mode: bool) -> None:
    users = {"users": [user("alice", full_name="Changed"), user("bob", quota="12")]}
    refused(kerio.config(users, check_mode=check_mode), "config.users[1].quota", "12M")
    assert kerio.sim.requests == []
    document = {"mailboxes": [mailbox("alice", name="Changed")], "aliases": [alias("info", "nonsense")]}
    refused(either.config(document, check_mode=check_mode), "config.aliases[0].goto", "nonsense")
    assert either.sim.requests == []


# A failure on the way.


# Four kinds, so that nothing goes together; of each, what comes later needs nothing that came before.
FOUR_KINDS = {
    "groups": [user("crew")],
    "users": [user("carol", password=PASSWORD)],
    "aliases": [user("hello", targets=["bob@example.com"])],
    "mailing_lists": [user("news")],
}


def fail_in_the_middle(bench: Bench, call: str, apply: Callable[[], Result]) -> Result:
    """Apply a document whose second write of this kind (of Kerio's, the first) is refused for good."""
    body = '{"type":"error","msg":"out of order"}'
    faults = [Fault("status", call, times=2, after=1, status=400, body=body)]
    if bench.sim.name == "kerio_connect":
        faults = [Fault("rpc_error", call, times=2, code=1000, message="out of order")]
    bench.sim.faults.add(*faults)
    result = apply()
    bench.sim.faults.clear()
    assert result["failed"]
    assert result["changed"] is True
    assert "out of order" in result["msg"]
    return result


def test_a_failure_in_the_middle_says_what_was_done_and_a_second_run_finishes(kerio: Bench) -> None:
    result = fail_in_the_middle(kerio, "Users.create", lambda: kerio.config(FOUR_KINDS))
    assert statuses(result) == {
        "group crew@example.com": "done",
        "user carol@example.com": "failed",
        "alias hello@example.com": "not_done",
        "mailing list news@example.com": "not_done",
    }
    assert result["summary"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "carol@example.com" in result["msg"]
    assert result["failure"]["object"] == "user carol@example.com"
    assert "out of order" in result["results"][1]["error"]
    again = done(kerio.config(FOUR_KINDS))
    assert again["summary"] == {"created": 3, "updated": 0, "deleted": 0, "unchanged": 1, "failed": 0}


def test_a_failure_in_the_middle_of_a_mail_document(either: Bench) -> None:
    is_mailcow = either.sim.name == "mailcow"
    document = {
        "mailboxes": [mailbox("carol", password=PASSWORD, quota="1G"), mailbox("alice", name="Changed")],
        "aliases": [alias(name, "bob@example.com") for name in ("a", "b", "c")],
    }
    call = "POST /api/v1/add/alias" if is_mailcow else "POST /api/v1/aliases"
    result = fail_in_the_middle(either, call, lambda: either.config(document))
    assert statuses(result) == {
        "mailbox carol@example.com": "done",
        "mailbox alice@example.com": "done",
        "alias a@example.com": "done",
        "alias b@example.com": "failed",
        "alias c@example.com": "not_done",
    }
    assert result["summary"] == {"created": 2, "updated": 1, "deleted": 0, "unchanged": 0, "failed": 1}
    again = done(either.config(document))
    assert again["summary"] == {"created": 2, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}


def test_a_failure_of_the_first_write_changed_nothing(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("rpc_error", "Groups.create", times=2, code=1000, message="out of order"))
    result = kerio.config(FOUR_KINDS)
    refused(result, "out of order", "crew@example.com")
    assert list(statuses(result).values()) == ["failed", "not_done", "not_done", "not_done"]


def test_a_server_that_breaks_down_in_the_middle(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("drop_before", "Aliases.create", times=99))
    kerio.sim.faults.add(Fault("status", "Aliases.get", after=1, times=99, status=502, body="<html>down</html>"))
    result = kerio.config(FOUR_KINDS)
    assert result["failed"]
    assert result["changed"] is True
    assert result["failure"]["retryable"] is True
    assert list(statuses(result).values()) == ["done", "done", "failed", "not_done"]
    kerio.sim.faults.clear()
    again = done(kerio.config(FOUR_KINDS))
    assert again["summary"] == {"created": 2, "updated": 0, "deleted": 0, "unchanged": 2, "failed": 0}
    assert sorted(each["loginName"] for each in kerio.store.users.values()) == ["admin", "alice", "bob", "carol"]
    assert [each["name"] for each in kerio.store.aliases.values()].count("hello") == 1


def test_results_hold_what_changed_and_nothing_else(kerio: Bench) -> None:
    for number in range(200):
        kerio.store.add_user(f"user{number}", fullName="x" * 50)
    document = {"users": [user(f"user{number}", full_name="x" * 50) for number in range(200)]}
    document["users"][7]["description"] = "changed"
    result = kerio.predicted_config(document)
    assert len(result["results"]) == len(result["diff"]) == 1
    assert result["summary"]["unchanged"] == 199
    result.pop("api")
    assert len(str(result)) < 1500
