# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailcow simulator beyond the recording: its store, its switches, its guard against wrong keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.simulators import Fault, Mailcow, MailcowSettings
from tests.simulators.mail_engine import Rules
from tests.simulators.mailcow import OLDER_SERVER

NEW_MAILBOX = {
    "local_part": "user",
    "domain": "example.com",
    "name": "User",
    "password": "made-up-password",
    "password2": "made-up-password",
    "quota": 512,
}
NEW_JOB = {
    "username": "alice@example.com",
    "host1": "imap.old.example",
    "port1": 993,
    "user1": "alice",
    "password1": "made-up-job-password",
    "enc1": "SSL",
    "mins_interval": 30,
    "exclude": "",
}


@pytest.fixture(scope="module")
def running() -> Iterator[Mailcow]:
    with Mailcow() as simulator:
        yield simulator


@pytest.fixture
def server(running: Mailcow) -> Iterator[Mailcow]:
    running.reset()
    yield running
    assert running.internal_errors == []


def ask(server: Mailcow, method: str, path: str, body: Any = None, key: str | None = None) -> requests.Response:
    """One request below /api/v1 with the read-write key, or another one."""
    headers = {"X-API-Key": key or "simulated-read-write-key"}
    url = f"{server.url}/api/v1/{path}"
    return requests.request(method, url, json=body, headers=headers, verify=server.ca_path, timeout=30)


def get(server: Mailcow, path: str) -> Any:
    response = ask(server, "GET", f"get/{path}")
    assert response.status_code == 200
    return response.json()


def write(server: Mailcow, path: str, body: Any) -> list[tuple[str, Any]]:
    """Type and message of each entry of the reply to a write."""
    response = ask(server, "POST", path, body)
    assert response.status_code == 200
    return [(entry["type"], entry["msg"]) for entry in response.json()]


def test_server_starts_with_mail_in_it(server: Mailcow) -> None:
    assert [domain["domain_name"] for domain in get(server, "domain/all")] == ["example.com", "example.org"]
    mailbox = get(server, "mailbox/alice@example.com")
    assert (mailbox["messages"], mailbox["quota"]) == (120, 1024 * 1_048_576)
    (alias,) = get(server, "alias/all")
    assert (alias["id"], alias["address"], alias["goto"]) == (3, "info@example.com", "alice@example.com")


def test_new_mailbox_is_in_the_store_and_told_after_its_rate_limit(server: Mailcow) -> None:
    entries = write(server, "add/mailbox", NEW_MAILBOX)
    assert entries == [
        ("success", ["rl_saved", "user@example.com"]),
        ("success", ["mailbox_added", "user@example.com"]),
    ]
    assert server.store.mailboxes["user@example.com"].password == "made-up-password"
    server.settings.rate_limit_entry_first = False
    entries = write(server, "add/mailbox", {**NEW_MAILBOX, "local_part": "other"})
    assert entries == [("success", ["mailbox_added", "other@example.com"])]


def test_edit_keeps_the_mail_and_ignores_tls(server: Mailcow) -> None:
    change = {"items": ["alice@example.com"], "attr": {"quota": 2048, "tls_enforce_in": 1}}
    assert write(server, "edit/mailbox", change) == [("success", ["mailbox_modified", "alice@example.com"])]
    mailbox = server.store.mailboxes["alice@example.com"]
    assert (mailbox.quota, mailbox.tls_enforce_in, mailbox.messages) == (2048, 0, 120)
    server.settings.rules = Rules(edit_ignores_tls=False)
    write(server, "edit/mailbox", change)
    assert mailbox.tls_enforce_in == 1


def test_deleting_a_mailbox_takes_aliases_and_jobs(server: Mailcow) -> None:
    write(server, "add/alias", {"address": "both@example.com", "goto": "alice@example.com,bob@example.com"})
    write(server, "add/syncjob", NEW_JOB)
    assert list(server.store.syncjobs) == [1]
    assert write(server, "delete/mailbox", ["alice@example.com"]) == [
        ("success", ["mailbox_removed", "alice@example.com"])
    ]
    assert [(alias.address, alias.goto) for alias in server.store.aliases.values()] == [
        ("both@example.com", ["bob@example.com"])
    ]
    assert (list(server.store.mailboxes), server.store.syncjobs) == (["bob@example.com"], {})


def test_same_second_edit_of_nothing_is_no_modification(server: Mailcow) -> None:
    before = get(server, "alias/3")
    write(server, "edit/alias", {"items": [3], "attr": {"active": True}})
    assert get(server, "alias/3") == before
    server.clock.advance(60)
    write(server, "edit/alias", {"items": [3], "attr": {"active": False}})
    assert get(server, "alias/3")["modified"] is not None


def test_writes_and_reads_are_told_apart_in_the_log(server: Mailcow) -> None:
    get(server, "mailbox/all/example.com")
    get(server, "syncjobs/all/no_log")
    get(server, "alias/3")
    write(server, "delete/alias", [3])
    ask(server, "POST", "get/domain/all", {})
    assert [(record.call, record.is_write) for record in server.requests] == [
        ("GET /api/v1/get/mailbox/all/{domain}", False),
        ("GET /api/v1/get/syncjobs/all/no_log", False),
        ("GET /api/v1/get/alias/{id}", False),
        ("POST /api/v1/delete/alias", True),
        ("POST /api/v1/get/domain/all", False),
    ]
    assert server.writes[0].params == [3]


def test_wrong_keys_lead_to_a_ban_that_ends(server: Mailcow) -> None:
    for _attempt in range(10):
        assert ask(server, "GET", "get/domain/all", key="wrong").status_code == 401
    assert ask(server, "GET", "get/domain/all").status_code == 403
    server.clock.advance(1801)
    assert ask(server, "GET", "get/domain/all").status_code == 200


def test_wrong_keys_far_apart_do_no_harm(server: Mailcow) -> None:
    for _attempt in range(12):
        ask(server, "GET", "get/domain/all", key="wrong")
        server.clock.advance(70)
    assert ask(server, "GET", "get/domain/all").status_code == 200


def test_read_only_key_may_not_write(server: Mailcow) -> None:
    refused = ask(server, "POST", "delete/alias", [3], key="simulated-read-only-key")
    assert refused.status_code == 403
    assert list(server.store.aliases) == [3]


def test_older_server_sends_less(server: Mailcow) -> None:
    server.settings.absent_members = OLDER_SERVER
    assert "sender_allowed" not in get(server, "alias/3")
    assert "force_tfa" not in get(server, "mailbox/alice@example.com")["attributes"]
    server.settings.flags_as = "text"
    assert get(server, "alias/3")["active"] == "1"


def test_release_that_answered_with_a_list(server: Mailcow) -> None:
    server.settings.one_mailbox_is_list = True
    assert [one["username"] for one in get(server, "mailbox/bob@example.com")] == [
        "alice@example.com",
        "bob@example.com",
    ]


def test_list_of_an_absent_domain_can_be_empty(server: Mailcow) -> None:
    assert len(get(server, "mailbox/all/absent.example")) == 2
    server.settings.absent_domain_lists_all = False
    assert get(server, "mailbox/all/absent.example") == {}


def test_alias_number_in_the_reply(server: Mailcow) -> None:
    entries = write(server, "add/alias", {"address": "a@example.com", "goto": "bob@example.com"})
    assert entries == [("success", ["alias_added", "a@example.com", "4"])]
    server.settings.alias_id_in_reply = "number"
    entries = write(server, "add/alias", {"address": "b@example.com", "goto": "bob@example.com"})
    assert entries == [("success", ["alias_added", "b@example.com", 5])]


def test_switched_off_key_is_a_wrong_key() -> None:
    with Mailcow(MailcowSettings(read_only_key=None)) as simulator:
        assert ask(simulator, "GET", "get/domain/all", key="simulated-read-only-key").status_code == 401


def test_connection_lost_after_the_commit(server: Mailcow) -> None:
    server.faults.add(Fault("drop_after", "POST /api/v1/add/mailbox"))
    with pytest.raises(requests.ConnectionError):
        ask(server, "POST", "add/mailbox", NEW_MAILBOX)
    assert "user@example.com" in server.store.mailboxes


def test_reset_brings_the_start_back(server: Mailcow) -> None:
    write(server, "delete/mailbox", ["alice@example.com"])
    server.settings.flags_as = "text"
    server.reset()
    assert server.store.mailboxes["alice@example.com"].messages == 120
    assert (server.settings, server.requests) == (MailcowSettings(), [])
    entries = write(server, "add/alias", {"address": "a@example.com", "goto": "bob@example.com"})
    assert entries[0][1][2] == "4"


def test_environment_points_at_the_server(server: Mailcow) -> None:
    assert server.environment == {
        "MAIL_API_URL": server.url,
        "MAIL_API_KEY": "simulated-read-write-key",
        "MAIL_API_DIALECT": "mailcow",
        "MAIL_API_CA_PATH": server.ca_path,
    }
