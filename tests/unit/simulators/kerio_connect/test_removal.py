# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removing users, and what becomes of their mail."""

from __future__ import annotations

from tests.unit.simulators.kerio_connect.client import Client, condition, refused


def test_removal_that_keeps_the_mailbox(admin: Client) -> None:
    assert admin.remove_user("alice", "UDeleteUser", removeReferences=False, targetUserId="") == []
    assert admin.names() == ["admin", "bob"]
    assert admin.server.store.mailboxes["example.com/alice"] == 120
    assert len(admin.server.store.aliases) == 1
    admin.create_user("alice")
    row = admin.get(conditions=[condition("loginName", "Eq", "alice")])[0]
    assert row["consumedItems"] == 120


def test_removal_that_deletes_the_mailbox(admin: Client) -> None:
    assert admin.remove_user("alice", "UDeleteFolder", mode="DSModeDelete") == []
    assert "example.com/alice" not in admin.server.store.mailboxes


def test_removal_that_moves_the_mail(admin: Client) -> None:
    target = admin.server.store.user("bob")["id"]
    assert admin.remove_user("alice", "UMoveFolder", targetUserId="")[0]["code"] == 1002
    own = admin.server.store.user("alice")["id"]
    assert admin.remove_user("alice", "UMoveFolder", targetUserId=own)[0]["code"] == 1000
    assert admin.remove_user("alice", "UMoveFolder", targetUserId=target) == []
    assert admin.server.store.mailboxes == {"example.com/admin": 0, "example.com/bob": 127}


def test_removal_with_references(admin: Client) -> None:
    store = admin.server.store
    store.add_alias("other", "bob@example.com")
    store.add_alias("second", "alice.example")
    store.user("bob")["emailForwarding"] = {"mode": "UForwardYes", "emailAddresses": ["ALICE@example.com"]}
    assert admin.remove_user("alice", "UDeleteUser", removeReferences=True) == []
    assert [alias["name"] for alias in store.aliases.values()] == ["other"]
    assert store.user("bob")["emailForwarding"] == {"mode": "UForwardNone", "emailAddresses": []}


def test_wrong_removals(admin: Client) -> None:
    with refused(-32602):
        admin.remove_user("alice", "UDeleteAll")
    with refused(-32602):
        admin.call("Users.remove", {"requests": [{"userId": admin.server.store.user("alice")["id"]}]})
    answer = admin.call("Users.remove", {"requests": [{"userId": "keriodb://user/none", "method": "UDeleteUser"}]})
    assert answer["errors"][0]["code"] == 1002
    assert admin.names() == ["admin", "alice", "bob"]


def test_removal_may_finish_later_on_the_clock(admin: Client) -> None:
    admin.server.settings.removal_delay_seconds = 60
    assert admin.remove_user("alice", "UDeleteFolder") == []
    assert admin.names() == ["admin", "alice", "bob"]
    assert admin.create_user("alice")["errors"][0]["code"] == 1001
    assert admin.set_user("alice", fullName="A")[0]["code"] == 1002
    admin.server.clock.advance(61)
    assert admin.names() == ["admin", "bob"]
    assert admin.create_user("alice")["errors"] == []
    assert admin.server.store.mailboxes["example.com/alice"] == 0


def test_removal_may_finish_later_by_readings(admin: Client) -> None:
    admin.server.settings.removal_delay_reads = 2
    admin.remove_user("alice", "UDeleteUser")
    assert [len(admin.get()) for _reading in range(3)] == [3, 3, 2]


def test_removing_the_own_account_ends_its_session(admin: Client) -> None:
    assert admin.remove_user("admin", "UDeleteUser") == []
    assert admin.server.open_sessions == 0
    with refused(-32001):
        admin.get()
