# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing of a secret of Kerio Operator is left behind: SIP passwords, PINs, passwords of users. See canaries.py."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.canaries import Canaries, all_travelled, failed, nothing_left, task
from tests.integration.jobs import run_job
from tests.integration.playbooks import Ansible, play
from tests.simulators import Fault, KerioOperator, Simulator

Servers = dict[str, Simulator[Any, Any]]


@pytest.mark.parametrize("ansible_core", ["newest"], indirect=True)
def test_nothing_of_an_operator_secret_is_left_behind(ansible: Ansible, servers: Servers, canaries: Canaries) -> None:
    operator = servers["kerio_operator"]
    assert isinstance(operator, KerioOperator)
    values = {name: canaries.new() for name in ("given", "line", "other", "again", "user", "ami", "nested", "wrong")}
    values |= {"echoed": canaries.new(), "pin": canaries.new_pin(), "nested_pin": canaries.new_pin()}
    never_sent = {"held": canaries.new(), "bad_pin": canaries.new()}
    prepare(operator, canaries, values, never_sent["held"])
    tasks = [*refused_tasks(), *other_tasks()]

    job = run_job(
        ansible,
        [play(tasks, ignore_errors=True)],
        operator.environment,
        "-vvvv --diff",
        variables={**values, **never_sent},
    )

    assert failed(job) == [task["name"] for task in refused_tasks()], job.output
    assert [job.result(name)["changed"] for name in ("same password", "other password")] == [False, True]
    for said in (
        "cannot create with password ********",
        "PIN ******** is too simple",
        "cannot replace password ********",
    ):
        assert said in job.output
    assert operator.faults.pending == []
    for headers in (record.headers for record in operator.requests):
        for secret in (headers.get("X-Token"), headers.get("Cookie", "").partition("=")[2].partition(";")[0]):
            if secret:
                canaries.add(secret)
    all_travelled(operator, values)
    nothing_left(canaries, job)


def prepare(operator: KerioOperator, canaries: Canaries, values: dict[str, str], held: str) -> None:
    """A server that tells every secret with its rows, and repeats those that it refuses."""
    canaries.add(operator.admin_password)
    operator.settings.secrets_in_rows = True
    operator.store.line("101")["sipPassword"] = held
    for username in ("102", "102mobile"):
        operator.store.line(username)["sipPassword"] = canaries.new()
    for name in ("alice", "bob"):
        secrets = {"USER_PASSWORD": canaries.new(), "PIN": canaries.new_pin(), "AMI_PASSWORD": canaries.new()}
        operator.store.user(name).update(secrets)
    password, pin, held_by_line = values["echoed"], values["pin"], operator.store.line("102mobile")["sipPassword"]
    page = f"<html><h1>Bad gateway</h1><pre>{json.dumps({'sipPassword': password})} {password}</pre></html>"
    operator.faults.add(
        Fault("rpc_error", "Extensions.create", code=1000, message=f"cannot create with password {password}"),
        # Twice: after the first the extension is looked for, and the creation tried again.
        Fault("status", "Extensions.create", times=2, status=502, body=page),
        Fault("rpc_error", "Users.create", code=1000, message=f"PIN {pin} is too simple"),
        # Nobody but the comparison knows this one: it stands in no task.
        Fault("rpc_error", "Extensions.set", code=1000, message=f"cannot replace password {held_by_line}"),
    )


def refused_tasks() -> list[dict[str, Any]]:
    extension = {"number": "119", "sip_password": "{{ echoed }}"}
    bad = {"users": [{"name": "dave", "password": "{{ nested }}", "pin": "{{ nested_pin }}", "colour": "red"}]}
    mobile = [{"sip_username": "102mobile", "sip_password": "{{ line }}"}]
    return [
        task("echo", "operator_extension", extension),
        task("echoed page", "operator_extension", extension),
        task("echoed PIN", "operator_user", {"name": "erin", "password": "{{ user }}", "pin": "{{ pin }}"}),
        task(
            "echo of what is held",
            "operator_extension",
            {"number": "102", "lines": mobile, "update_password": "on_change"},
        ),
        task("bad PIN", "operator_user", {"name": "alice", "pin": "{{ bad_pin }}"}),
        task("bad document", "operator_config", {"config": bad}),
        task("wrong password", "operator_info", {"api_password": "{{ wrong }}"}),
    ]


def other_tasks() -> list[dict[str, Any]]:
    mobile = [{"sip_username": "110mobile", "sip_password": "{{ line }}"}]
    user = {"name": "carol", "password": "{{ user }}", "pin": "{{ pin }}", "ami_password": "{{ ami }}"}
    held = {"number": "101", "update_password": "on_change"}
    document = {
        "users": [{"name": "dave", "password": "{{ nested }}", "pin": "{{ nested_pin }}"}],
        "extensions": [
            {"number": "101", "sip_password": "{{ nested }}"},
            {"number": "102", "lines": [{"sip_username": "102", "sip_password": "{{ nested }}"}]},
        ],
    }
    return [
        task("create", "operator_extension", {"number": "110", "sip_password": "{{ given }}"}),
        task("add a line", "operator_extension", {"number": "110", "lines": mobile}),
        task("same password", "operator_extension", {**held, "sip_password": "{{ held }}"}),
        task("other password", "operator_extension", {**held, "sip_password": "{{ other }}"}),
        task("create user", "operator_user", user),
        task("send again", "operator_user", {**user, "password": "{{ again }}", "update_password": "always"}),
        task("document", "operator_config", {"config": document, "update_password": "always"}),
        task("query", "operator_info", {}),
    ]
