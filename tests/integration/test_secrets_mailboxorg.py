# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing of a secret of mailbox.org is left behind: passwords of accounts, domains, mailboxes. See canaries.py."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.canaries import Canaries, all_travelled, failed, nothing_left, task
from tests.integration.jobs import run_job
from tests.integration.playbooks import Ansible, play
from tests.simulators import Fault, MailboxOrg, Simulator

Servers = dict[str, Simulator[Any, Any]]

NAMES = ("mailbox", "again", "hash", "domain", "customer", "telephone", "nested", "wrong", "echoed", "page", "list")
CAROL = {"email": "carol@example.com", "first_name": "Carol", "last_name": "Example", "plan": "light"}
ERIN = {**CAROL, "email": "erin@example.com"}


@pytest.mark.parametrize("ansible_core", ["newest"], indirect=True)
def test_nothing_of_a_mailbox_org_secret_is_left_behind(ansible: Ansible, servers: Servers, canaries: Canaries) -> None:
    hosted = servers["mailboxorg"]
    assert isinstance(hosted, MailboxOrg)
    values = {name: canaries.new() for name in NAMES}
    reseller, reseller_password = hosted.credentials("reseller")
    logins = {"reseller": reseller, "reseller_password": reseller_password}
    prepare(hosted, canaries, values)
    tasks = [*refused_tasks(), *other_tasks()]

    job = run_job(
        ansible,
        [play(tasks, ignore_errors=True)],
        hosted.environment,
        "-vvvv --diff",
        variables={**values, **logins},
    )

    assert failed(job) == [each["name"] for each in refused_tasks()], job.output
    for said in ("cannot add a mailbox with password ********", "the domain password ******** is too simple"):
        assert said in job.output
    assert hosted.faults.pending == []
    sessions = {record.headers["Hpls-Auth"] for record in hosted.requests if "Hpls-Auth" in record.headers}
    assert sessions
    for secret in (*sessions, reseller_password):
        canaries.add(secret)
    all_travelled(hosted, values)
    nothing_left(canaries, job)


def prepare(hosted: MailboxOrg, canaries: Canaries, values: dict[str, str]) -> None:
    """Secrets in the store, and a service that repeats what it refuses."""
    canaries.add(hosted.environment["MAILBOXORG_PASSWORD"])
    hosted.store.mailboxes["bob@example.com"].password = canaries.new()
    hosted.store.publish_ownership("example", "shop.example.com")
    page = f"<html><h1>Bad gateway</h1><pre>{values['page']}</pre></html>"
    told = f"cannot add a mailbox with password {values['echoed']}"
    simple = f"the domain password {values['domain']} is too simple"
    hosted.faults.add(
        Fault("rpc_error", "mail.add", code=90001, message=told),
        # Twice: after the first the mailbox is looked for, and the creation tried again.
        Fault("status", "mail.add", times=2, status=502, body=page),
        Fault("rpc_error", "domain.add", code=90002, message=simple),
    )


def refused_tasks() -> list[dict[str, Any]]:
    shop = {"name": "shop.example.com", "account": "example", "password": "{{ domain }}"}
    return [
        task("echo", "mailboxorg_mailbox", {**ERIN, "password": "{{ echoed }}"}),
        task("echoed page", "mailboxorg_mailbox", {**ERIN, "password": "{{ page }}"}),
        task("echo of a domain", "mailboxorg_domain", shop),
        task(
            "bad document",
            "mailboxorg_config",
            {"config": {"mailboxes": [{**CAROL, "password": "{{ nested }}", "colour": "red"}]}},
        ),
        task("wrong password", "mailboxorg_info", {"api_password": "{{ wrong }}"}),
    ]


def other_tasks() -> list[dict[str, Any]]:
    shop = {"name": "shop.example.com", "account": "example", "password": "{{ domain }}"}
    branch = {
        "name": "branch.example.com",
        "account": "example",
        "password": "{{ domain }}",
        "when_unverified": "pending",
    }
    login = {"api_username": "{{ reseller }}", "api_password": "{{ reseller_password }}"}
    customer = {
        "name": "bakery",
        "plan": "basic",
        "password": "{{ customer }}",
        "telephone_password": "{{ telephone }}",
    }
    again = {"email": "carol@example.com", "password": "{{ again }}", "update_password": "always"}
    document = {"mailboxes": [{**CAROL, "email": "dave@example.com", "password": "{{ nested }}"}]}
    return [
        task("create", "mailboxorg_mailbox", {**CAROL, "password": "{{ mailbox }}"}),
        task("send again", "mailboxorg_mailbox", again),
        task("hash", "mailboxorg_mailbox", {**CAROL, "email": "frank@example.com", "password_hash": "{{ hash }}"}),
        task("domain", "mailboxorg_domain", shop),
        task("pending domain", "mailboxorg_domain", branch),
        task("customer", "mailboxorg_account", {**customer, **login}),
        task("document", "mailboxorg_config", {"config": document, "update_password": "always"}),
        task("list", "mailboxorg_mailing_list", {"address": "news@example.com", "password": "{{ list }}"}),
        task("query", "mailboxorg_info", {}),
        task("query as reseller", "mailboxorg_info", login),
    ]
