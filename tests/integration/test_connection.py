# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to give the options of a connection, and secrets, to a task; and what check mode takes as coming."""

from __future__ import annotations

from typing import Any

from tests.integration.playbooks import VAULT_PASSWORD, Ansible, Vaulted, play
from tests.simulators import Simulator

Servers = dict[str, Simulator[Any, Any]]
NOT_SHOWN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def test_action_groups_carry_the_connection(ansible: Ansible, servers: Servers) -> None:
    """The group of a system carries what is its own, the group of all carries what they share.

    That every module is in its groups is for the unit tests of the documentation to show.
    """
    kerio, rest = servers["kerio_connect"].environment, servers["rest"].environment
    operator, hosted = servers["kerio_operator"].environment, servers["mailboxorg"].environment
    webmail = servers["kerio_webmail"].environment
    defaults = {
        "group/postmaster.comms.kerio_connect": {
            "api_url": kerio["KERIO_CONNECT_URL"],
            "api_username": kerio["KERIO_CONNECT_USERNAME"],
            "api_password": kerio["KERIO_CONNECT_PASSWORD"],
        },
        "group/postmaster.comms.kerio_webmail": {
            "api_url": webmail["KERIO_WEBMAIL_URL"],
            "api_username": webmail["KERIO_WEBMAIL_USERNAME"],
            "api_password": webmail["KERIO_WEBMAIL_PASSWORD"],
        },
        "group/postmaster.comms.kerio_operator": {
            "api_url": operator["KERIO_OPERATOR_URL"],
            "api_username": operator["KERIO_OPERATOR_USERNAME"],
            "api_password": operator["KERIO_OPERATOR_PASSWORD"],
        },
        "group/postmaster.comms.mailboxorg": {
            "api_url": hosted["MAILBOXORG_URL"],
            "api_username": hosted["MAILBOXORG_USERNAME"],
            "api_password": hosted["MAILBOXORG_PASSWORD"],
        },
        "group/postmaster.comms.mail": {"api_url": rest["MAIL_API_URL"], "api_key": rest["MAIL_API_KEY"]},
        "group/postmaster.comms.all": {"ca_path": servers["rest"].ca_path, "timeout": 17},
    }
    tasks: list[dict[str, Any]] = [
        {"name": "object", "postmaster.comms.kerio_user": {"name": "alice", "domain": "example.com"}},
        {"name": "reply", "postmaster.comms.kerio_out_of_office": {}},
        {"name": "extension", "postmaster.comms.operator_extension": {"number": "101"}},
        {"name": "hosted document", "postmaster.comms.mailboxorg_config": {"config": {}}},
        {"name": "mail query", "postmaster.comms.mail_info": {"resources": ["domains"]}},
        {"name": "call", "postmaster.comms.kerio_call": {"method": "Server.getVersion"}},
    ]

    outcome = ansible.run([play(tasks, module_defaults=defaults)], {})

    assert outcome.code == 0, outcome.output
    given = [task.result["invocation"]["module_args"] for task in outcome.tasks]
    assert [arguments["timeout"] for arguments in given] == [17] * len(tasks)
    assert [arguments["ca_path"] for arguments in given] == [servers["rest"].ca_path] * len(tasks)


def test_values_from_a_vault_are_opened_before_they_are_sent(ansible: Ansible, servers: Servers) -> None:
    """Inline ``!vault`` values as an option of the connection, of an object, and deep inside of a document."""
    kerio = servers["kerio_connect"]
    connection = {
        "api_url": kerio.url,
        "api_username": kerio.environment["KERIO_CONNECT_USERNAME"],
        "api_password": Vaulted(kerio.environment["KERIO_CONNECT_PASSWORD"]),
        "ca_path": kerio.ca_path,
    }
    user = {"name": "carol", "domain": "example.com", "password": Vaulted("Carol-Secret.1")}
    document = {"users": [{"name": "dave", "domain": "example.com", "password": Vaulted("Dave-Secret.1")}]}
    tasks: list[dict[str, Any]] = [
        {"name": "object", "postmaster.comms.kerio_user": user},
        {"name": "document", "postmaster.comms.kerio_config": {"config": document}},
    ]
    plays = [play(tasks, module_defaults={"group/postmaster.comms.kerio_connect": connection})]
    (ansible.folder / "vault-password").write_text(VAULT_PASSWORD)

    outcome = ansible.run(plays, {}, "--vault-password-file", "vault-password")

    assert outcome.code == 0, outcome.output
    assert kerio.store.user("carol")["password"] == "Carol-Secret.1"
    assert kerio.store.user("dave")["password"] == "Dave-Secret.1"
    arguments = outcome.task("document").result["invocation"]["module_args"]
    assert (arguments["api_password"], arguments["config"]["users"][0]["password"]) == (NOT_SHOWN, NOT_SHOWN)


def test_a_parent_that_is_missing_in_check_mode_is_assumed_with_a_warning(ansible: Ansible, servers: Servers) -> None:
    """A domain that an earlier task of the play would have made is no reason for an audit to fail."""
    rest = servers["rest"]
    mailbox = {"email": "carol@new.example", "password": "Carol-Secret.1", "quota": "1G"}
    tasks = [{"name": "mailbox", "postmaster.comms.mail_mailbox": mailbox}]

    outcome = ansible.run([play(tasks)], rest.environment, "--check", may_warn=True)

    assert outcome.code == 0, outcome.output
    assert outcome.task("mailbox").result["assumed"] == ["domain new.example"]
    assert "[WARNING]: domain new.example does not exist" in outcome.output
    assert rest.writes == []
