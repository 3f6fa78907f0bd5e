# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync jobs of the mail API: mail that a job destroys, passwords that nobody sees, jobs alike (mail_api.md 3.2;
mailcow_recorded.md A1, A2, A17).
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators.mail_engine import SyncJob
from tests.unit.systems.bench import Bench, done, refused

PASSWORD = "Rem0te-Secret-ÄÖ\"'1"
KEY: dict[str, Any] = {"mailbox": "alice@example.com", "remote_host": "imap.old.example", "remote_user": "alice"}
NEW: dict[str, Any] = {**KEY, "remote_password": PASSWORD}
check_modes = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "run"])
DESTROYS = pytest.mark.parametrize("option", ["delete_source", "delete_target"])


def job(bench: Bench) -> SyncJob:
    """The only one."""
    (found,) = bench.store.syncjobs.values()
    assert isinstance(found, SyncJob)
    return found


def add(bench: Bench, **members: Any) -> SyncJob:
    """A job as `KEY` names it."""
    made: SyncJob = bench.store.add_syncjob("alice@example.com", "imap.old.example", "alice", **members)
    return made


# Mail that a job destroys.


@check_modes
@DESTROYS
def test_a_job_that_destroys_mail_needs_consent(either: Bench, option: str, check_mode: bool) -> None:
    refused(either.object("sync_job", **NEW, **{option: True}, check_mode=check_mode), "allow_mail_loss")
    refused(
        either.config({"sync_jobs": [{**NEW, option: True}]}, check_mode=check_mode),
        "config.sync_jobs[0].",
        "allow_mail_loss",
    )
    assert either.sim.writes == []
    assert either.store.syncjobs == {}


@check_modes
def test_one_that_was_made_to_destroy_mail_is_not_woken_without_consent(either: Bench, check_mode: bool) -> None:
    """Nor changed in another way while it runs."""
    found = add(either, delete1=1, active=0)
    refused(either.object("sync_job", **KEY, active=True, check_mode=check_mode), "allow_mail_loss")
    found.active = 1
    refused(either.object("sync_job", **KEY, interval=5, check_mode=check_mode), "allow_mail_loss")
    assert either.sim.writes == []


def test_what_destroys_nothing_needs_no_consent(either: Bench) -> None:
    found = add(either, delete1=1, delete2=1, active=1)
    assert either.predicted("sync_job", **KEY, delete_source=True, active=True)["changed"] is False
    either.predicted("sync_job", **KEY, active=False)
    either.predicted("sync_job", **KEY, interval=7)
    either.predicted("sync_job", **KEY, active=True, delete_source=False, delete_target=False)
    assert (found.active, found.delete1, found.delete2, found.mins_interval) == (1, 0, 0, 7)


def test_the_consent_of_one_job_is_not_that_of_another(either: Bench) -> None:
    jobs = [
        {**NEW, "delete_source": True, "allow_mail_loss": True},
        {**NEW, "remote_user": "bob", "delete_target": True},
    ]
    refused(either.config({"sync_jobs": jobs}), "config.sync_jobs[1].", "allow_mail_loss")
    assert either.store.syncjobs == {}
    refused(
        either.config({"sync_jobs": [{**jobs[0], "allow_mail_loss": False}]}, allow_mail_loss=True), "allow_mail_loss"
    )
    assert either.predicted_config({"sync_jobs": jobs}, allow_mail_loss=True)["summary"]["created"] == 2


def test_the_end_of_a_job_destroys_nothing(either: Bench) -> None:
    add(either, delete1=1, active=1)
    assert either.predicted("sync_job", **KEY, state="absent")["changed"] is True
    assert either.store.syncjobs == {}
    assert sum(box.messages for box in either.store.mailboxes.values()) == 155


# Passwords.


def test_the_password_is_sent_once_and_shown_never(mail: Bench) -> None:
    results = [mail.predicted("sync_job", **NEW)]
    assert job(mail).password1 == PASSWORD
    results += [mail.predicted("sync_job", **{**NEW, "remote_password": "An0ther-Secret"})]
    assert (results[1]["changed"], job(mail).password1) == (False, PASSWORD)
    results += [mail.predicted("sync_job", **{**NEW, "remote_password": "An0ther-Secret"}, update_password="always")]
    assert (results[2]["changed"], job(mail).password1) == (True, "An0ther-Secret")
    results += [mail.predicted("sync_job", **KEY, interval=9), mail.info()]
    assert job(mail).password1 == "An0ther-Secret"
    assert not [word for word in (PASSWORD, "An0ther-Secret") if word in str(results)]


def test_a_password_that_a_server_tells_is_dropped(rest: Bench) -> None:
    rest.sim.settings.syncjob_password = "sent"
    add(rest, password1="Held-Secret-77")
    results = [rest.info(), rest.predicted("sync_job", **KEY), rest.predicted("sync_job", **KEY, interval=5)]
    assert "Held-Secret-77" not in str(results)
    assert job(rest).password1 == "Held-Secret-77"


def test_mailcow_is_never_asked_for_passwords(mailcow: Bench) -> None:
    add(mailcow)
    for _run in range(2):
        mailcow.predicted("sync_job", **KEY, interval=7)
    mailcow.predicted_config({"sync_jobs": [{**KEY, "interval": 8}]})
    done(mailcow.info())
    reads = [call for call in mailcow.calls if "syncjobs" in call]
    assert reads
    assert all(call.endswith("no_log") for call in reads)


@check_modes
def test_a_new_job_needs_a_password(either: Bench, check_mode: bool) -> None:
    refused(either.object("sync_job", **KEY, check_mode=check_mode), "remote_password")
    assert either.sim.writes == []


def test_a_refusal_does_not_repeat_the_password(mailcow: Bench) -> None:
    """mailcow echoes requests, this password in clear."""
    said = refused(mailcow.object("sync_job", **NEW, custom_params="--unheardof=1"), "unheardof")
    assert PASSWORD not in said


# What cannot be meant.


@check_modes
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("mailbox", "alice"),
        ("remote_host", "two words"),
        ("remote_user", " "),
        ("port", 0),
        ("port", 65536),
        ("interval", 0),
        ("interval", 43801),
        ("max_age", 0),
        ("max_age", 32001),
        ("bandwidth", "1G"),
        ("bandwidth", 1024),
        ("remote_timeout", 0),
        ("local_timeout", 32001),
        ("encryption", "SSLv3"),
        ("exclude", "a/b"),
        ("exclude", "x" * 501),
        ("custom_params", "--x" * 171),
        ("remote_password", "x" * 256),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_no_job_takes_is_refused_before_the_first_call(
    either: Bench, option: str, value: Any, check_mode: bool
) -> None:
    refused(either.object("sync_job", **{**NEW, option: value}, check_mode=check_mode), option)
    assert either.calls == []


def test_a_job_for_a_mailbox_that_is_missing(either: Bench) -> None:
    wish = {**NEW, "mailbox": "carol@example.com"}
    refused(either.object("sync_job", **wish), "carol@example.com", "create it first")
    predicted = done(either.object("sync_job", check_mode=True, **wish))
    assert predicted["assumed"] == ["mailbox carol@example.com"]
    mailbox = {"email": "carol@example.com", "password": "C4rol-secret-1", "quota": "256M"}
    result = either.predicted_config({"sync_jobs": [wish], "mailboxes": [mailbox]})
    assert result["summary"]["created"] == 2
    assert job(either).user2 == "carol@example.com"


@pytest.mark.parametrize(("encryption", "port"), [("ssl", 993), ("tls", 143), ("plain", 143)])
def test_the_port_of_a_new_job_follows_its_encryption(either: Bench, encryption: str, port: int) -> None:
    either.predicted("sync_job", **NEW, encryption=encryption)
    assert (job(either).port1, job(either).enc1) == (port, encryption.upper())
    either.predicted("sync_job", **KEY, encryption="ssl")
    assert job(either).port1 == port


# Jobs alike.


def test_of_jobs_alike_none_is_touched(either: Bench) -> None:
    """An edit on the server can make them (mailcow_recorded.md A17)."""
    add(either)
    add(either)
    changes: tuple[dict[str, Any], ...] = ({"interval": 5}, {"state": "absent"})
    for options in changes:
        refused(either.object("sync_job", **KEY, **options), "2 times")
    assert either.sim.writes == []
    assert len(either.store.syncjobs) == 2


def test_jobs_of_one_mailbox_are_told_apart(either: Bench) -> None:
    first = add(either)
    second = either.store.add_syncjob("alice@example.com", "other.example", "alice")
    either.predicted("sync_job", **{**KEY, "remote_host": "OTHER.example"}, interval=5)
    assert (first.mins_interval, second.mins_interval) == (20, 5)
    result = either.predicted_config({"sync_jobs": [KEY]}, prune=["sync_jobs"])
    assert result["summary"]["deleted"] == 1
    assert list(either.store.syncjobs.values()) == [first]
