# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canary: random secrets on both sides, and nothing of them in anything that a job leaves behind, at -vvvv --diff.

Each secret is two random words around characters that travel in different forms (quotes, backslash, blank, umlaut), so
a secret that was cut, encoded or escaped is found as well. The secrets are variables: what Ansible itself prints of a
playbook's own lines (from 2.19 on, beside an error) and of a loop's items is not ours to mask.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.jobs import Job, run_job
from tests.integration.playbooks import Ansible, play
from tests.simulators import Fault, KerioConnect, Mailcow, MailRest, Simulator
from tests.simulators.mail_rest.settings import PROFILES

Servers = dict[str, Simulator[Any, Any]]


class Canaries:
    """The secrets of one test, each made when it is first asked for."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.wholes: list[str] = []

    def new(self) -> str:
        """A secret that is a good password everywhere."""
        first, second = (f"Aa1{secrets.token_hex(9)}" for __ in range(2))
        self.words += [first, second]
        self.wholes.append(f'{first} "ü\\&%{second}')
        return self.wholes[-1]

    def new_key(self) -> str:
        """A secret that fits into a header."""
        self.add(f"aA1-{secrets.token_hex(20)}")
        return self.wholes[-1]

    def add(self, existing: str) -> None:
        """A secret that was made elsewhere."""
        self.words.append(existing)
        self.wholes.append(existing)

    def found_in(self, text: str) -> list[str]:
        encoded = [base64.b64encode(whole.encode()).decode() for whole in self.wholes]
        return [word for word in (*self.words, *encoded) if word in text]


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def test_nothing_of_a_kerio_connect_secret_is_left_behind(
    ansible: Ansible, servers: Servers, canaries: Canaries
) -> None:
    kerio = servers["kerio_connect"]
    assert isinstance(kerio, KerioConnect)
    canaries.add(kerio.admin_password)
    kerio.store.user("alice")["password"] = canaries.new()
    kerio.settings.unasked_fields = "all"
    values = {name: canaries.new() for name in ("given", "wrong", "echoed", "nested", "again")}
    carol = {"name": "carol", "domain": "example.com"}
    eve = {"name": "eve", "domain": "example.com", "password": "{{ echoed }}"}
    bad = {"users": [{**carol, "password": "{{ nested }}", "colour": "red"}]}
    tasks = [
        task("create", "kerio_user", {**carol, "password": "{{ given }}"}),
        task("send again", "kerio_user", {**carol, "password": "{{ again }}", "update_password": "always"}),
        task("document", "kerio_config", {"config": document("{{ nested }}"), "update_password": "always"}),
        task(
            "bad document",
            "kerio_config",
            {"config": bad},
        ),
        task("query", "kerio_info", {}),
        task("wrong password", "kerio_info", {"api_password": "{{ wrong }}"}),
        task("echo", "kerio_user", eve),
        task("echoed page", "kerio_user", eve),
    ]
    echo = values["echoed"]
    page = f"<html><h1>Bad gateway</h1><pre>{json.dumps({'password': echo})} {echo}</pre></html>"
    kerio.faults.add(
        Fault(
            "rpc_error", "Users.create", after=2, code=1000, message=f"cannot create with password {values['echoed']}"
        ),
        Fault("status", "Users.create", after=2, times=2, status=502, body=page),
    )

    job = run_job(ansible, [play(tasks, ignore_errors=True)], kerio.environment, "-vvvv --diff", variables=values)

    assert failed(job) == ["bad document", "wrong password", "echo", "echoed page"], job.output
    assert "cannot create with password ********" in job.output
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
    values = {name: canaries.new() for name in ("given", "echoed", "nested", "again")}
    values["wrong"] = canaries.new_key()
    carol = {"email": "carol@example.com", "quota": "1G"}
    eve = {"email": "eve@example.com", "password": "{{ echoed }}"}
    bad = {"mailboxes": [{**carol, "password": "{{ nested }}", "colour": "red"}]}
    tasks = [
        task("create", "mail_mailbox", {**carol, "password": "{{ given }}"}),
        task("send again", "mail_mailbox", {**carol, "password": "{{ again }}", "update_password": "always"}),
        task("document", "mail_config", {"config": mail_document("{{ nested }}"), "update_password": "always"}),
        task(
            "bad document",
            "mail_config",
            {"config": bad},
        ),
        task("query", "mail_info", {}),
        task("wrong key", "mail_info", {"api_key": "{{ wrong }}"}),
        task("refused", "mail_mailbox", {**eve, "quota": "900G"}),
        task("echoed page", "mail_mailbox", {**eve, "quota": "1G"}),
    ]
    create = "POST /api/v1/mailboxes" if kind == "rest" else "POST /api/v1/add/mailbox"
    # Twice: after the first the object is read again, and the creation tried again.
    echo = values["echoed"]
    body = json.dumps([{"type": "error", "msg": f"broken: {echo}", "log": [{"password": echo}]}])
    mail.faults.add(Fault("status", create, after=3, times=2, status=500, body=body))

    job = run_job(ansible, [play(tasks, ignore_errors=True)], mail.environment, "-vvvv --diff", variables=values)

    assert failed(job) == ["bad document", "wrong key", "refused", "echoed page"], job.output
    assert mail.faults.pending == []
    all_travelled(mail, values)
    nothing_left(canaries, job)


def test_nothing_of_a_role_s_secrets_is_left_behind(ansible: Ansible, servers: Servers, canaries: Canaries) -> None:
    """Roles pass secrets on from variables, and refuse variables that cannot be meant."""
    kerio = servers["kerio_connect"]
    assert isinstance(kerio, KerioConnect)
    canaries.add(kerio.admin_password)
    nested = canaries.new()
    connection = {
        "kerio_connect_api_url": kerio.url,
        "kerio_connect_api_username": kerio.admin_name,
        "kerio_connect_api_password": kerio.admin_password,
        "kerio_connect_ca_path": kerio.ca_path,
        "kerio_connect_config": document(nested),
    }
    hosts = {"good": connection, "bad": {**connection, "kerio_connect_prune": ["planets"]}}

    job = run_job(ansible, "postmaster.comms.apply", {}, "-vvvv --diff", inventory={"kerio_connect": {"hosts": hosts}})

    assert job.status == "failed"
    assert "value of kerio_connect_prune must be one or more of" in job.output
    assert kerio.store.user("dave")["password"] == nested
    nothing_left(canaries, job)


def prepare_mail_server(mail: Simulator[Any, Any], canaries: Canaries) -> None:
    """A random key, random passwords in the store, and answers that repeat what was asked."""
    assert isinstance(mail, (MailRest, Mailcow))
    if isinstance(mail, MailRest):
        vars(mail.settings).update(vars(PROFILES["thin"]))
    mail.settings.key = canaries.new_key()
    mail.store.mailboxes["alice@example.com"].password = canaries.new()


def task(name: str, module: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, f"postmaster.comms.{module}": options}


def document(password: str) -> dict[str, Any]:
    return {"users": [{"name": "dave", "domain": "example.com", "password": password}]}


def mail_document(password: str) -> dict[str, Any]:
    return {"mailboxes": [{"email": "dave@example.com", "password": password, "quota": "1G"}]}


def failed(job: Job) -> list[str]:
    return [event["event_data"]["task"] for event in job.events if event["event"] == "runner_on_failed"]


def all_travelled(server: Simulator[Any, Any], values: dict[str, str]) -> None:
    """The search below would find nothing in a test that sent nothing."""
    seen = [text for record in server.requests for text in strings([record.params, record.headers])]
    assert [name for name, secret in values.items() if not any(secret in text for text in seen)] == []


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from strings(value)
    elif isinstance(data, str):
        yield data


def nothing_left(canaries: Canaries, job: Job) -> None:
    """Neither in what was printed nor in any file of the job, whose events are files.

    One file is the runner's own affair: ``command``, where it notes the environment that it was started with.
    """
    assert len(list(texts(job))) > 10
    leaks = {name: found for name, text in texts(job) if (found := canaries.found_in(text))}
    assert leaks == {}


def texts(job: Job) -> Iterator[tuple[str, str]]:
    yield "output", job.output
    for path in sorted(job.artifacts.rglob("*")):
        if path.is_file() and path.name != "command":
            yield path.name, path.read_text(encoding="utf-8", errors="replace")
