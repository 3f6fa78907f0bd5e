# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions, sessions of others, batches, the log."""

from __future__ import annotations

from typing import Any

from tests.unit.simulators.kerio_connect.client import Client, refused


def test_version_without_and_with_a_session(anybody: Client) -> None:
    assert anybody.call("Version.getProductVersion")["productVersion"]["productName"] == "Kerio Connect"
    with refused(-32001):
        anybody.call("Server.getVersion")
    assert anybody.login().call("Server.getVersion")["product"] == "Kerio Connect"


def test_sessions_are_listed_and_ended(admin: Client) -> None:
    other = Client(admin.server).login()
    sessions = admin.call("Server.getWebSessions", {"query": {}})["list"]
    assert len(sessions) == 2
    assert str(admin.http.cookies["SESSION_CONNECT_WEBADMIN"]) not in str(sessions)
    admin.call("Server.killWebSessions", {"ids": [session["id"] for session in sessions]})
    with refused(-32001):
        other.call("Session.whoAmI")
    other.http.close()


def test_batch_answers_each_command(admin: Client) -> None:
    alice = admin.server.store.user("alice")["id"]
    commands: list[Any] = [
        {"method": "Users.set", "params": {"userIds": [alice], "pattern": {"fullName": "A"}}},
        {"method": "Users.getMailboxCount"},
        {"method": "No.such", "params": {}},
        {"method": "Users.set", "params": {"userIds": [alice], "pattern": {"isEnabled": 1}}},
        "nonsense",
        {"method": "Batch.run", "params": {"commandList": []}},
    ]
    answer = admin.call("Batch.run", {"commandList": commands})
    assert answer[0] == {"result": {"errors": []}}
    assert answer[1]["result"]["count"]["total"] == 3
    assert [item["error"]["code"] for item in answer[2:]] == [-32601, -32602, -32600, -32600]
    assert admin.server.store.user("alice")["fullName"] == "A"


def test_batch_limits(admin: Client) -> None:
    command = {"method": "Users.getMailboxCount", "params": {}}
    assert len(admin.call("Batch.run", {"commandList": [command] * 100})) == 100
    with refused(-32606):
        admin.call("Batch.run", {"commandList": [command] * 101})
    with refused(-32602):
        admin.call("Batch.run", {})
    admin.server.settings.batch = False
    with refused(-32601):
        admin.call("Batch.run", {"commandList": [command]})


def test_batch_needs_a_session(anybody: Client) -> None:
    with refused(-32001):
        anybody.call("Batch.run", {"commandList": []})


def test_log_names_calls_and_writes(admin: Client) -> None:
    admin.get()
    admin.set_user("bob", fullName="B")
    alice = admin.server.store.user("alice")["id"]
    command = {"method": "Users.set", "params": {"userIds": [alice], "pattern": {"fullName": "A"}}}
    admin.call("Batch.run", {"commandList": [command]})
    admin.call("Session.logout")
    log = [(record.call, record.is_write, record.batched) for record in admin.server.requests]
    assert log == [
        ("Session.login", False, False),
        ("Users.get", False, False),
        ("Users.set", True, False),
        ("Batch.run", False, False),
        ("Users.set", True, True),
        ("Session.logout", False, False),
    ]
    assert admin.server.writes[1].params == command["params"]
    assert admin.server.writes[1].processed
