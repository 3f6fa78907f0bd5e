# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks about whole systems as AWX sees them: through ansible-runner's events."""

from __future__ import annotations

from typing import Any

from tests.integration.jobs import run_job
from tests.integration.playbooks import Ansible, environment, play
from tests.simulators import Simulator

Servers = dict[str, Simulator[Any, Any]]

USERS = [
    {"name": "alice", "domain": "example.com", "quota": "3G"},
    {"name": "carol", "domain": "example.com", "password": "Carol-Secret.1"},
    {"name": "bob", "domain": "example.com", "state": "absent"},
]
PHONES = {
    "extensions": [
        {"number": "110", "sip_password": "Carol-Sip.1"},
        {"number": "102", "lines": [{"sip_username": "102"}], "prune_lines": True},
        {"number": "100", "state": "absent"},
    ],
    "users": [{"name": "carol", "password": "Carol-Secret.1", "extensions": [{"number": "110"}]}],
}
MAILBOXES = [
    {"email": "alice@example.com", "plan": "premium", "additional_mail_quota": "5G"},
    {
        "email": "carol@example.com",
        "first_name": "Carol",
        "last_name": "Example",
        "plan": "light",
        "password": "Carol-1.x",
    },
    {"email": "bob@example.com", "state": "absent", "allow_mail_loss": True},
]
ALIASES = [{"address": "info@example.com", "goto": ["bob@example.com"]}]
TASKS: list[dict[str, Any]] = [
    {"name": "Kerio", "postmaster.comms.kerio_config": {"config": {"users": USERS}}},
    {"name": "Operator", "postmaster.comms.operator_config": {"config": PHONES}},
    {"name": "mailbox.org", "postmaster.comms.mailboxorg_config": {"config": {"mailboxes": MAILBOXES}}},
    {"name": "Mail", "postmaster.comms.mail_config": {"config": {"aliases": ALIASES}}},
]
SUMMARIES = {
    "Kerio": {"created": 1, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0},
    "Operator": {"created": 2, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0},
    "mailbox.org": {"created": 1, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0},
    "Mail": {"created": 0, "updated": 1, "deleted": 0, "unchanged": 0, "failed": 0},
}


def test_events_of_a_prediction_and_of_the_run_tell_the_same(ansible: Ansible, servers: Servers) -> None:
    """An event whose result is too big arrives empty, so that is looked at first."""
    predicted = run_job(ansible, [play(TASKS)], environment(servers), "--check --diff")
    writes = [record for server in servers.values() for record in server.writes]
    carried_out = run_job(ansible, [play(TASKS)], environment(servers), "--diff")

    assert (predicted.status, writes) == ("successful", []), predicted.output
    assert carried_out.status == "successful", carried_out.output
    for name, summary in SUMMARIES.items():
        for job, statuses in ((predicted, {"planned"}), (carried_out, {"done"})):
            result = job.result(name)
            assert result != {}
            assert result["changed"] is True
            assert result["summary"] == summary
            assert {line["status"] for line in result["results"]} == statuses
        assert predicted.result(name)["diff"] == carried_out.result(name)["diff"]
    headers = [each["after_header"] for each in carried_out.result("Kerio")["diff"]]
    assert headers == ["kerio_user bob@example.com", "kerio_user alice@example.com", "kerio_user carol@example.com"]
