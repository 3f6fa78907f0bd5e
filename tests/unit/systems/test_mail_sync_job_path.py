# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the Email Management API keeps sync jobs is a guess: what becomes of servers that keep them elsewhere."""

from __future__ import annotations

from typing import Any

from tests.unit.systems.bench import Bench, done, refused

JOB: dict[str, Any] = {
    "mailbox": "alice@example.com",
    "remote_host": "imap.example.net",
    "remote_user": "alice",
    "remote_password": "remote-1-Secret",
}


def test_a_server_without_sync_jobs_is_read_and_managed_as_before(rest: Bench) -> None:
    rest.sim.settings.syncjobs_path = None
    config = done(rest.info())["config"]
    assert config["sync_jobs"] == []
    assert done(rest.config(config))["changed"] is False
    kept = [entry for entry in config["mailboxes"] if entry["email"] != "bob@example.com"]
    options: dict[str, Any] = {"prune": ["mailboxes"], "allow_mail_loss": True}
    aliases = [{"address": entry["address"], "state": "absent"} for entry in config["aliases"]]
    assert rest.predicted_config({"mailboxes": kept, "aliases": aliases}, **options)["changed"] is True
    refusal = rest.object("sync_job", **JOB)
    assert refusal["failed"] is True
    assert "api_sync_jobs_path" in refusal["msg"]


def test_a_path_that_is_given_has_to_be_right(rest: Bench) -> None:
    rest.sim.settings.syncjobs_path = "imap/jobs"
    rest.connection["api_sync_jobs_path"] = "syncjobs"
    refused(rest.info(), "api_sync_jobs_path")
    rest.connection["api_sync_jobs_path"] = "imap/jobs"
    assert done(rest.object("sync_job", **JOB))["changed"] is True
    assert len(done(rest.info())["config"]["sync_jobs"]) == 1
    rest.connection["api_sync_jobs_path"] = "none"
    refused(rest.object("sync_job", **JOB), "no place")
