# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync jobs of the REST server, of which the document says nothing but that there are some."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import MailRest
from tests.simulators.mail_rest.kinds import KINDS
from tests.unit.simulators.mail_rest.client import NEW_JOB, ask, configure, get

CHANGE: dict[str, Any] = {
    "host1": "imap.new.example",
    "port1": 143,
    "user1": "alice.example",
    "password1": "another-made-up-secret",
    "enc1": "TLS",
    "mins_interval": 60,
    "subfolder2": "Old",
    "exclude": "(?i)spam",
    "custom_params": "--dry",
    "maxage": 30,
    "maxbytespersecond": 1000,
    "timeout1": 10,
    "timeout2": 20,
    "active": False,
    "automap": True,
    "delete1": True,
    "delete2": True,
    "delete2duplicates": True,
    "skipcrossduplicates": True,
    "subscribeall": True,
    "dry": True,
}


def test_every_field_is_written_and_read(server: MailRest) -> None:
    assert CHANGE.keys() | {"username"} == KINDS["syncjobs"].members.keys()
    assert ask(server, "POST", "syncjobs", NEW_JOB).status_code == 200
    assert ask(server, "PUT", "syncjobs/1", CHANGE).status_code == 200
    (shown,) = get(server, "syncjobs")
    assert shown["username"] == "alice@example.com"
    assert {name: shown[name] for name in CHANGE if name != "password1"} == {
        **{name: value for name, value in CHANGE.items() if name != "password1"},
        "maxbytespersecond": "1000",
    }
    assert server.store.syncjobs[1].password1 == CHANGE["password1"]


def test_password_is_read_by_switch_only(server: MailRest) -> None:
    server.store.add_syncjob("alice@example.com", "imap.old.example", "alice", password1="old-Secret")
    assert "password1" not in get(server, "syncjobs")[0]
    for fields in ("seed", "mailcow", "both"):
        configure(server, syncjob_password="sent", read_fields=fields)
        assert get(server, "syncjobs")[0]["password1"] == "old-Secret"


@pytest.mark.parametrize(
    ("fields", "names"), [("seed", {"username"}), ("mailcow", {"user2"}), ("both", {"username", "user2"})]
)
def test_mailbox_goes_by_two_names(server: MailRest, fields: Any, names: set[str]) -> None:
    server.store.add_syncjob("alice@example.com", "imap.old.example", "alice")
    server.settings.read_fields = fields
    (shown,) = get(server, "syncjobs")
    assert shown.keys() & {"username", "user2"} == names
    assert {shown[name] for name in names} == {"alice@example.com"}


def test_one_remote_user_on_two_hosts_is_two_jobs(server: MailRest) -> None:
    assert ask(server, "POST", "syncjobs", NEW_JOB).status_code == 200
    assert ask(server, "POST", "syncjobs", {**NEW_JOB, "host1": "other.example"}).status_code == 200
    assert ask(server, "POST", "syncjobs", {**NEW_JOB, "username": "bob@example.com"}).status_code == 200
    assert ask(server, "POST", "syncjobs", NEW_JOB).status_code == 409
    assert len(server.store.syncjobs) == 3


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"username": "nobody@example.com"}, 404),
        ({"username": "no address"}, 400),
        ({"port1": 0}, 400),
        ({"port1": 65536}, 400),
        ({"mins_interval": 0}, 400),
        ({"mins_interval": 43801}, 400),
        ({"enc1": "ssl"}, 400),
        ({"exclude": "(a"}, 400),
        ({"exclude": "a/b"}, 400),
        ({"custom_params": "--no-such-option"}, 400),
    ],
)
def test_jobs_that_are_refused(server: MailRest, change: dict[str, Any], status: int) -> None:
    assert ask(server, "POST", "syncjobs", {**NEW_JOB, **change}).status_code == status
    assert server.store.syncjobs == {}
    server.settings.invalid = "danger"
    reply = ask(server, "POST", "syncjobs", {**NEW_JOB, **change})
    assert (reply.status_code, reply.json()["type"]) == (200, "danger")


def test_numbers_out_of_range_are_replaced_without_a_word(server: MailRest) -> None:
    wide = {"maxage": 99999, "maxbytespersecond": -1, "timeout1": 0, "timeout2": 99999}
    ask(server, "POST", "syncjobs", {**NEW_JOB, **wide})
    (shown,) = get(server, "syncjobs")
    assert [shown[name] for name in wide] == [0, "0", 600, 600]


def test_empty_values_and_the_mailbox_are_kept_on_put(server: MailRest) -> None:
    job = server.store.add_syncjob("alice@example.com", "imap.old.example", "alice", password1="kept", exclude="x")
    body = {"username": "bob@example.com", "password1": "", "user1": "", "exclude": ""}
    assert ask(server, "PUT", f"syncjobs/{job.id}", body).status_code == 200
    assert (job.user2, job.password1, job.user1, job.exclude) == ("alice@example.com", "kept", "alice", "")


def test_replacing_put_resets_what_it_leaves_out(server: MailRest) -> None:
    job = server.store.add_syncjob("alice@example.com", "imap.old.example", "alice", active=1, maxage=5, exclude="x")
    server.settings.put_mode = "replace"
    assert ask(server, "PUT", f"syncjobs/{job.id}", {"host1": "new.example"}).status_code == 200
    assert (job.host1, job.active, job.maxage, job.exclude, job.timeout1) == ("new.example", 0, 0, "", 600)
    assert job.password1


def test_delete_and_absence(server: MailRest) -> None:
    job = server.store.add_syncjob("alice@example.com", "imap.old.example", "alice")
    assert ask(server, "DELETE", f"syncjobs/{job.id}").status_code == 200
    assert ask(server, "DELETE", f"syncjobs/{job.id}").status_code == 404
    assert ask(server, "PUT", f"syncjobs/{job.id}", CHANGE).status_code == 404
    assert "alice@example.com" in server.store.mailboxes
