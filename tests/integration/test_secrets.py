# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing of a secret is left behind: Kerio Connect, both mail servers, and a role. See canaries.py."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.canaries import Canaries, all_travelled, failed, nothing_left, strings, task
from tests.integration.jobs import run_job
from tests.integration.playbooks import Ansible, play
from tests.simulators import Fault, KerioConnect, Mailcow, MailRest, Simulator
from tests.simulators.mail_rest.settings import PROFILES

Servers = dict[str, Simulator[Any, Any]]

DIRECTORY = {"directory_service": {"enabled": True, "type": "custom_ldap", "hostname": "ldap.example.com"}}
REMOTE = {"mailbox": "alice@example.com", "remote_host": "imap.example.net", "remote_user": "alice"}


def test_nothing_of_a_kerio_connect_secret_is_left_behind(
    ansible: Ansible, servers: Servers, canaries: Canaries
) -> None:
    kerio = servers["kerio_connect"]
    assert isinstance(kerio, KerioConnect)
    canaries.add(kerio.admin_password)
    kerio.store.user("alice")["password"] = canaries.new()
    kerio.settings.unasked_fields = "all"
    values = {name: canaries.new() for name in ("given", "wrong", "echoed", "nested", "again", "directory", "told")}
    carol = {"name": "carol", "domain": "example.com"}
    shop = {"name": "shop.example", **DIRECTORY, "directory_service_password": "{{ told }}"}
    eve = {"name": "eve", "domain": "example.com", "password": "{{ echoed }}"}
    bad = {"users": [{**carol, "password": "{{ nested }}", "colour": "red"}]}
    tasks = [
        task("create", "kerio_user", {**carol, "password": "{{ given }}"}),
        task("send again", "kerio_user", {**carol, "password": "{{ again }}", "update_password": "always"}),
        task(
            "document",
            "kerio_config",
            {"config": document("{{ nested }}", "{{ directory }}"), "update_password": "always"},
        ),
        task(
            "bad document",
            "kerio_config",
            {"config": bad},
        ),
        task("query", "kerio_info", {}),
        task("wrong password", "kerio_info", {"api_password": "{{ wrong }}"}),
        task("echo", "kerio_user", eve),
        task("echoed page", "kerio_user", eve),
        task("echo of a domain", "kerio_domain", shop),
    ]
    echo = values["echoed"]
    page = f"<html><h1>Bad gateway</h1><pre>{json.dumps({'password': echo})} {echo}</pre></html>"
    kerio.faults.add(
        Fault(
            "rpc_error", "Users.create", after=2, code=1000, message=f"cannot create with password {values['echoed']}"
        ),
        Fault("status", "Users.create", after=2, times=2, status=502, body=page),
        Fault("rpc_error", "Domains.create", after=1, code=1000, message=f"no directory takes {values['told']}"),
    )

    job = run_job(ansible, [play(tasks, ignore_errors=True)], kerio.environment, "-vvvv --diff", variables=values)

    refused = ["bad document", "wrong password", "echo", "echoed page", "echo of a domain"]
    assert failed(job) == refused, job.output
    assert "cannot create with password ********" in job.output
    assert "no directory takes ********" in job.output
    assert kerio.faults.pending == []
    headers = [record.headers for record in kerio.requests]
    for token in {each["X-Token"] for each in headers if "X-Token" in each}:
        canaries.add(token)
    for cookie in {each["Cookie"].partition("=")[2].partition(";")[0] for each in headers if "Cookie" in each}:
        canaries.add(cookie)
    all_travelled(kerio, values)
    nothing_left(canaries, job)


@pytest.mark.parametrize("kind", ["rest", "mailcow"])
def test_nothing_of_a_mail_server_secret_is_left_behind(
    ansible: Ansible, servers: Servers, canaries: Canaries, kind: str
) -> None:
    """Both servers repeat requests in their answers: mailcow always, the thin REST API as it passes them through."""
    mail = servers[kind]
    prepare_mail_server(mail, canaries)
    values = {name: canaries.new() for name in ("given", "echoed", "nested", "again", "remote", "job")}
    values["wrong"] = canaries.new_key()
    carol = {"email": "carol@example.com", "quota": "1G"}
    eve = {"email": "eve@example.com", "password": "{{ echoed }}"}
    bad = {"mailboxes": [{**carol, "password": "{{ nested }}", "colour": "red"}]}
    tasks = [
        task("create", "mail_mailbox", {**carol, "password": "{{ given }}"}),
        task("send again", "mail_mailbox", {**carol, "password": "{{ again }}", "update_password": "always"}),
        task(
            "document",
            "mail_config",
            {"config": mail_document("{{ nested }}", "{{ remote }}"), "update_password": "always"},
        ),
        task(
            "bad document",
            "mail_config",
            {"config": bad},
        ),
        task("query", "mail_info", {}),
        task("wrong key", "mail_info", {"api_key": "{{ wrong }}"}),
        task("refused", "mail_mailbox", {**eve, "quota": "900G"}),
        task("echoed page", "mail_mailbox", {**eve, "quota": "1G"}),
        task(
            "refused job", "mail_sync_job", {**REMOTE, "remote_password": "{{ job }}", "custom_params": "--nothing=1"}
        ),
    ]
    create = "POST /api/v1/mailboxes" if kind == "rest" else "POST /api/v1/add/mailbox"
    # Twice: after the first the object is read again, and the creation tried again.
    echo = values["echoed"]
    body = json.dumps([{"type": "error", "msg": f"broken: {echo}", "log": [{"password": echo}]}])
    mail.faults.add(Fault("status", create, after=3, times=2, status=500, body=body))

    job = run_job(ansible, [play(tasks, ignore_errors=True)], mail.environment, "-vvvv --diff", variables=values)

    assert failed(job) == ["bad document", "wrong key", "refused", "echoed page", "refused job"], job.output
    assert mail.faults.pending == []
    all_travelled(mail, values)
    nothing_left(canaries, job)


def test_nothing_of_a_role_s_secrets_is_left_behind(ansible: Ansible, servers: Servers, canaries: Canaries) -> None:
    """Roles pass secrets on from variables, and refuse variables that cannot be meant."""
    kerio = servers["kerio_connect"]
    assert isinstance(kerio, KerioConnect)
    canaries.add(kerio.admin_password)
    nested, directory = canaries.new(), canaries.new()
    connection = {
        "kerio_connect_api_url": kerio.url,
        "kerio_connect_api_username": kerio.admin_name,
        "kerio_connect_api_password": kerio.admin_password,
        "kerio_connect_ca_path": kerio.ca_path,
        "kerio_connect_config": document(nested, directory),
    }
    hosts = {"good": connection, "bad": {**connection, "kerio_connect_prune": ["planets"]}}

    job = run_job(ansible, "postmaster.comms.apply", {}, "-vvvv --diff", inventory={"kerio_connect": {"hosts": hosts}})

    assert job.status == "failed"
    assert "value of kerio_connect_prune must be one or more of" in job.output
    assert kerio.store.user("dave")["password"] == nested
    assert directory in strings(kerio.store.domain("branch.example"))
    nothing_left(canaries, job)


def prepare_mail_server(mail: Simulator[Any, Any], canaries: Canaries) -> None:
    """A random key, random passwords in the store, and answers that repeat what was asked."""
    assert isinstance(mail, (MailRest, Mailcow))
    if isinstance(mail, MailRest):
        vars(mail.settings).update(vars(PROFILES["thin"]))
    mail.settings.key = canaries.new_key()
    mail.store.mailboxes["alice@example.com"].password = canaries.new()


def document(password: str, directory: str) -> dict[str, Any]:
    return {
        "domains": [{"name": "branch.example", **DIRECTORY, "directory_service_password": directory}],
        "users": [{"name": "dave", "domain": "example.com", "password": password}],
    }


def mail_document(password: str, remote: str) -> dict[str, Any]:
    return {
        "mailboxes": [{"email": "dave@example.com", "password": password, "quota": "1G"}],
        "sync_jobs": [{**REMOTE, "mailbox": "dave@example.com", "remote_password": remote}],
    }
