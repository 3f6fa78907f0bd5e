# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles and the playbooks of the collection, called by their full names with an inventory of servers."""

from __future__ import annotations

from typing import Any

from tests.integration.playbooks import Ansible, Outcome
from tests.simulators import Simulator

Servers = dict[str, Simulator[Any, Any]]

DRIFT = [
    "1 to create, 1 to update, 1 to delete, 0 unchanged",
    "delete user bob@example.com",
    "update user alice@example.com (description, groups)",
    "create user carol@example.com",
]
PHONE_DRIFT = [
    "1 to create, 0 to update, 1 to delete, 1 unchanged",
    "delete extension 100",
    "create extension 110",
]
HOSTED_DRIFT = ["0 to create, 1 to update, 0 to delete, 1 unchanged", "update mailbox alice@example.com (plan)"]
MAIL_DRIFT = ["0 to create, 1 to update, 0 to delete, 0 unchanged", "update alias info@example.com (goto)"]


def test_an_audit_shows_the_drift_and_apply_removes_it(ansible: Ansible, servers: Servers) -> None:
    def run(playbook: str, *arguments: str) -> Outcome:
        # No variable of the environment: roles take the connection from the inventory.
        return ansible.run(f"postmaster.comms.{playbook}", {}, *arguments, inventory=inventory(servers))

    audit = run("audit")
    assert audit.code == 0, audit.output
    found = {
        "kerio.example.com": DRIFT,
        "phone.example.com": PHONE_DRIFT,
        "mailbox-org": HOSTED_DRIFT,
        "mail.example.com": MAIL_DRIFT,
    }
    assert summaries(audit) == found
    assert "+++ after: kerio_user alice@example.com" in audit.output
    assert run("audit", "--extra-vars", "audit_fail_on_drift=true").code == 2
    assert [record for server in servers.values() for record in server.writes] == []

    applied = run("apply")
    assert applied.code == 0, applied.output
    assert {task.host for task in applied.ours if task.changed} == set(found)
    store = servers["kerio_connect"].store
    assert sorted(user["loginName"] for user in store.users.values()) == ["admin", "alice", "carol"]
    assert store.user("carol")["password"] == "Carol-Secret.1"
    assert servers["kerio_operator"].store.line("110")["sipPassword"] == "Carol-Sip.1"

    again = run("audit", "--extra-vars", "audit_fail_on_drift=true")
    assert again.code == 0, again.output
    nothing = "0 to create, 0 to update, 0 to delete"
    unchanged = {"kerio.example.com": 2, "phone.example.com": 2, "mailbox-org": 2, "mail.example.com": 1}
    assert summaries(again) == {host: [f"{nothing}, {count} unchanged"] for host, count in unchanged.items()}


def test_an_inventory_may_have_one_kind_of_server_and_the_environment_its_connection(
    ansible: Ansible, servers: Servers
) -> None:
    hosts: dict[str, Any] = {"kerio_connect": {"hosts": {"kerio.example.com": {"kerio_connect_config": {}}}}}

    outcome = ansible.run("postmaster.comms.audit", servers["kerio_connect"].environment, inventory=hosts)

    assert outcome.code == 0, outcome.output
    assert summaries(outcome) == {"kerio.example.com": ["0 to create, 0 to update, 0 to delete, 0 unchanged"]}


def test_a_role_refuses_a_variable_that_cannot_be_meant_before_the_first_call(
    ansible: Ansible, servers: Servers
) -> None:
    hosts = {"mail": {"hosts": {"mail.example.com": {"mail_prune": ["planets"]}}}}

    outcome = ansible.run("postmaster.comms.apply", servers["rest"].environment, inventory=hosts)

    assert outcome.code == 2
    assert "value of mail_prune must be one or more of: domains, mailboxes, aliases, sync_jobs" in outcome.output
    assert servers["rest"].requests == []


def summaries(outcome: Outcome) -> dict[str, Any]:
    """What the audit says in the end, by server."""
    return {task.host: task.result["msg"] for task in outcome.tasks if task.name == "What apply would do"}


def inventory(servers: Servers) -> dict[str, Any]:
    """One host for each server."""
    kerio, operator, rest = servers["kerio_connect"], servers["kerio_operator"], servers["rest"]
    users = [
        {"name": "alice", "domain": "example.com", "description": "Front desk", "groups": ["sales", "staff"]},
        {"name": "carol", "domain": "example.com", "password": "Carol-Secret.1"},
    ]
    kerio_host = {
        "kerio_connect_api_url": kerio.url,
        "kerio_connect_api_username": kerio.environment["KERIO_CONNECT_USERNAME"],
        "kerio_connect_api_password": kerio.environment["KERIO_CONNECT_PASSWORD"],
        "kerio_connect_ca_path": kerio.ca_path,
        "kerio_connect_config": {"users": users},
        "kerio_connect_prune": ["users"],
        "kerio_connect_scope": {"domains": ["example.com"]},
        "kerio_connect_protect": ["admin@*"],
    }
    phone_host = {
        "kerio_operator_api_url": operator.url,
        "kerio_operator_api_username": operator.environment["KERIO_OPERATOR_USERNAME"],
        "kerio_operator_api_password": operator.environment["KERIO_OPERATOR_PASSWORD"],
        "kerio_operator_ca_path": operator.ca_path,
        "kerio_operator_config": {
            "extensions": [{"number": "101"}, {"number": "110", "sip_password": "Carol-Sip.1"}],
        },
        "kerio_operator_prune": ["extensions"],
        "kerio_operator_protect": ["102"],
    }
    hosted = servers["mailboxorg"]
    hosted_host = {
        "mailboxorg_api_url": hosted.url,
        "mailboxorg_api_username": hosted.environment["MAILBOXORG_USERNAME"],
        "mailboxorg_api_password": hosted.environment["MAILBOXORG_PASSWORD"],
        "mailboxorg_ca_path": hosted.ca_path,
        "mailboxorg_config": {
            "domains": [{"name": "example.com", "account": "example"}],
            "mailboxes": [{"email": "alice@example.com", "plan": "premium"}],
        },
    }
    mail_host = {
        "mail_api_url": rest.url,
        "mail_api_key": rest.environment["MAIL_API_KEY"],
        "mail_ca_path": rest.ca_path,
        "mail_config": {"aliases": [{"address": "info@example.com", "goto": ["bob@example.com"]}]},
    }
    return {
        "kerio_connect": {"hosts": {"kerio.example.com": kerio_host}},
        "kerio_operator": {"hosts": {"phone.example.com": phone_host}},
        "mailboxorg": {"hosts": {"mailbox-org": hosted_host}},
        "mail": {"hosts": {"mail.example.com": mail_host}},
    }
