# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canary for single calls: no argument spec names their secrets, so Ansible itself cannot know them.

They have to stay out of results, of what Ansible notes as the invocation, also of tasks that it refuses before the
module starts to work, and of the system's log.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.canaries import Canaries, all_travelled, failed, nothing_left, task
from tests.integration.jobs import run_job
from tests.integration.playbooks import Ansible, play
from tests.simulators import Simulator

Servers = dict[str, Simulator[Any, Any]]

NAMES = ("set", "mixed", "refused", "predicted", "in_query", "text", "broken", "job", "echo")


# Check mode sends next to nothing, so one end is enough for it.
ENDS = [("oldest", ""), ("newest", ""), ("newest", "--check")]


@pytest.mark.parametrize(("ansible_core", "check"), ENDS, indirect=["ansible_core"])
def test_nothing_of_a_secret_is_left_anywhere(
    ansible: Ansible, servers: Servers, canaries: Canaries, check: str
) -> None:
    kerio, mailcow = servers["kerio_connect"], servers["mailcow"]
    secret = {name: canaries.new_key() if name == "in_query" else canaries.new() for name in NAMES}
    alice = kerio.store.user("alice")["id"]
    kerio.store.user("bob")["description"] = "unharmed"
    body = {"username": "alice@example.com", "host1": "imap.example.net", "port1": 993, "user1": "alice", "enc1": "SSL"}
    job = {**body, "mins_interval": 20, "exclude": "", "active": True, "password1": "{{ job }}"}
    edit = "{{ {'items': ['alice@example.com'], 'attr': {'password': text, 'password2': text}} | to_json }}"

    def users_set(name: str, *ids: str) -> dict[str, Any]:
        return {"method": "Users.set", "params": {"userIds": list(ids), "pattern": {"password": f"{{{{ {name} }}}}"}}}

    tasks = [
        task("Sent", "kerio_call", users_set("set", alice)),
        task("Sent, and failed in part", "kerio_call", users_set("mixed", alice, "gone")),
        task("Refused before it starts", "kerio_call", {**users_set("refused", alice), "no_such_option": 1}),
        {**task("Predicted", "kerio_call", users_set("predicted", alice)), "check_mode": True},
        task("In a query", "mail_call", {"method": "POST", "path": "nowhere?api_key={{ in_query }}", "body": {}}),
        task("In a text", "mail_call", {"method": "POST", "path": "edit/mailbox", "body": edit}),
        task("In a broken text", "mail_call", {"method": "POST", "path": "x", "body": '{"password": "{{ broken }}'}),
        task("Repeated by a log", "mail_call", {"method": "POST", "path": "add/syncjob", "body": job}),
        task("Told", "mail_call", {"method": "GET", "path": "get/syncjobs/all/with_password"}),
        task("Told without a name", "kerio_call", {"method": "Batch.run", "params": {"commandList": [
            {"method": "Domains.generatePassword", "params": {"domainId": kerio.store.user("alice")["domainId"]}},
            users_set("echo", alice),
        ]}}),
    ]  # fmt: skip
    done = run_job(
        ansible,
        [play(tasks, ignore_errors=True)],
        {**kerio.environment, **mailcow.environment},
        f"-vvvv --diff {check}",
        variables=secret,
    )

    assert done.status == "successful", done.output
    refused, broken = ["Refused before it starts"], ["In a broken text"]
    sent = ["Sent, and failed in part", *refused, "In a query", *broken]
    assert failed(done) == ([*refused, *broken] if check else sent)
    if not check:
        all_travelled(kerio, {name: secret[name] for name in ("set", "mixed", "echo")})
        all_travelled(mailcow, {name: secret[name] for name in ("text", "job")})
    nothing_left(canaries, done)


def test_the_systems_log_names_the_method_alone(ansible: Ansible, servers: Servers, canaries: Canaries) -> None:
    """A stand-in for the log, found by the module before the standard library's own."""
    log = ansible.folder / "syslog.txt"
    stand_in = ansible.folder / "stand-in"
    stand_in.mkdir()
    (stand_in / "syslog.py").write_text(_SYSLOG.format(log=str(log)), encoding="utf-8")
    secret = canaries.new()
    params = {"userIds": [], "pattern": {"password": "{{ secret }}", "description": "not for the log"}}
    tasks = [task("Logged", "kerio_call", {"method": "Users.set", "params": params})]

    outcome = ansible.run(
        [play(tasks, environment={"PYTHONPATH": str(stand_in)})],
        servers["kerio_connect"].environment,
        variables={"secret": secret},
    )

    assert outcome.code == 0, outcome.output
    (line,) = [each for each in lines(log) if "Invoked with" in each]
    assert "method=Users.set" in line
    assert "not for the log" not in line
    assert canaries.found_in(log.read_text("utf-8")) == []


_SYSLOG = """
LOG_USER = LOG_INFO = LOG_ERR = LOG_NOTICE = LOG_WARNING = LOG_PID = 0


def openlog(*_arguments):
    pass


def syslog(*arguments):
    with open({log!r}, "a", encoding="utf-8") as file:
        file.write(str(arguments[-1]) + "\\n")
"""


def lines(log: Path) -> Iterator[str]:
    yield from log.read_text("utf-8").splitlines()
