# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every EXAMPLES block, executed as a playbook: what the documentation shows has to work, in the order shown.

The examples start from the simulators' starting state and what ``former_things`` adds for them to clear and to delete.
They run twice. The rule for the second run: the examples of a module do not contradict each other, so each task finds
its work done, and only those report a change that say ``update_password: always`` or ``update_unreadable: always``,
whose values no server returns for comparison, or ``check_mode: true``, whose prediction nobody carried out.

Documents run in check mode first. That the modules about one object predict what they do is for the matrix to show,
field by field, and for the lifecycles.
"""

from __future__ import annotations

import importlib
from typing import Any

import pytest
import yaml

from tests.integration.playbooks import Ansible, Task, environment, play
from tests.simulators import MailboxOrg, Simulator
from tests.tools.collection import ROOT

MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
PACKAGE = "ansible_collections.postmaster.comms.plugins.modules"
# Which server stands behind the environment: the mail modules work with both kinds. What differs between the releases
# of ansible-core is for the lifecycles to show, which run on both ends.
CASES = [("newest", module, "mailcow") for module in MODULES]

Servers = dict[str, Simulator[Any, Any]]


@pytest.mark.parametrize(("ansible_core", "module", "mail"), CASES, indirect=["ansible_core"])
def test_examples_do_what_they_say(ansible: Ansible, servers: Servers, module: str, mail: str) -> None:
    if module.endswith("_info"):
        # A query is the same in every mode; what it returns is for the lifecycles and the unit tests.
        assert not any(task.changed for task in run(ansible, servers, module, mail, 1))
        assert [record for server in servers.values() for record in server.writes] == []
        return
    predicted = run(ansible, servers, module, mail, 1, "--check") if module.endswith("_config") else None
    assert [record for server in servers.values() for record in server.writes] == []
    both = run(ansible, servers, module, mail, 2)
    first, second = both[: len(both) // 2], both[len(both) // 2 :]
    if predicted is not None:
        assert changes(first) == changes(predicted)
        assert [task.result.get("diff") for task in first] == [task.result.get("diff") for task in predicted]
    repeated = {task.name for task in second if task.changed}
    tasks = examples_of(module)
    assert repeated == {task["name"] for task in tasks if task.get("check_mode") is True or sends_always(task)}


def run(ansible: Ansible, servers: Servers, module: str, mail: str, times: int, *arguments: str) -> list[Task]:
    """Run the examples of a module, one play for each time; returns what the tasks of this collection came to."""
    former_things(servers)
    plays = [play(examples_of(module))] * times
    given = variables(servers, mail)
    outcome = ansible.run(plays, environment(servers, mail), *arguments, "--diff", variables=given)
    assert outcome.code == 0, outcome.output
    return outcome.ours


def former_things(servers: Servers) -> None:
    """What the examples clear and delete, unless it is there from the start, and records of new domains."""
    kerio, hosted = servers["kerio_connect"].store, servers["mailboxorg"].store
    if "former.example" not in [domain["name"] for domain in kerio.domains.values()]:
        kerio.add_domain("former.example")
        kerio.add_group("helpers", description="Helpers", emailAddresses=["helpers"])
        kerio.add_group("former")
        kerio.add_alias("reception", "desk@partner.example.net", description="Reception")
        kerio.add_alias("former", "alice@example.com")
        kerio.add_mailing_list("holidays", description="Holidays", members=["alice"], moderators=["alice"])
        kerio.add_mailing_list("retired", members=["alice"])
        kerio.add_resource("Old van")
        kerio.add_ip_group_entry("Former partners", "192.0.2.1")
        kerio.add_time_range("Old night shift")
        hosted.add_group("former", "alice@example.com")
        hosted.add_mailinglist("former@example.com")
        hosted.account("example").fields["max_mailinglist"] = 3
        for name in ("rest", "mailcow"):
            servers[name].store.add_syncjob("alice@example.com", "imap.former.example.net", "alice")
    for domain in ("branch.example.com", "shop.example.com"):
        hosted.publish_ownership("example", domain)


def examples_of(module: str) -> list[dict[str, Any]]:
    text = importlib.import_module(f"{PACKAGE}.{module}").EXAMPLES
    tasks: list[dict[str, Any]] = yaml.safe_load(text)
    return tasks


def changes(tasks: list[Task]) -> list[tuple[str, bool]]:
    return [(task.name, task.changed) for task in tasks]


def sends_always(task: dict[str, Any]) -> bool:
    options = [value for value in task.values() if isinstance(value, dict)]
    return any(each.get(name) == "always" for each in options for name in ("update_password", "update_unreadable"))


def variables(servers: Servers, mail: str) -> dict[str, Any]:
    """The variables that the examples mention."""
    kerio, mailcow = servers["kerio_connect"].environment, servers["mailcow"].environment
    webmail = servers["kerio_webmail"].environment
    operator, hosted = servers["kerio_operator"].environment, servers["mailboxorg"]
    assert isinstance(hosted, MailboxOrg)
    people = ("alice", "carol", "dave", "erin", "frank")
    phones = ("desk", "lobby", "cordless", "mobile", "telephone")
    others = ("branch", "shop", "domain", "bakery", "directory")
    reseller, reseller_password = hosted.credentials("reseller")
    return {
        "kerio_url": kerio["KERIO_CONNECT_URL"],
        "kerio_username": kerio["KERIO_CONNECT_USERNAME"],
        "vault_kerio_password": kerio["KERIO_CONNECT_PASSWORD"],
        "kerio_webmail_url": webmail["KERIO_WEBMAIL_URL"],
        "kerio_webmail_username": webmail["KERIO_WEBMAIL_USERNAME"],
        "vault_kerio_webmail_password": webmail["KERIO_WEBMAIL_PASSWORD"],
        "operator_url": operator["KERIO_OPERATOR_URL"],
        "operator_username": operator["KERIO_OPERATOR_USERNAME"],
        "vault_operator_password": operator["KERIO_OPERATOR_PASSWORD"],
        "vault_alice_pin": "0110",
        "vault_carol_pin": "4711",
        "mailboxorg_username": hosted.environment["MAILBOXORG_USERNAME"],
        "vault_mailboxorg_password": hosted.environment["MAILBOXORG_PASSWORD"],
        "mailboxorg_reseller": reseller,
        "vault_reseller_password": reseller_password,
        "rest_url": servers["rest"].url,
        "vault_rest_key": servers["rest"].environment["MAIL_API_KEY"],
        "mail_url": servers[mail].url,
        "vault_mail_key": servers[mail].environment["MAIL_API_KEY"],
        "mailcow_url": mailcow["MAIL_API_URL"],
        "vault_mailcow_key": mailcow["MAIL_API_KEY"],
        **{f"vault_{name}_password": f"{name}-Pass.word-1" for name in (*people, *phones, *others)},
        "kerio_document": {"users": [{"name": "alice", "domain": "example.com", "quota": "5G"}]},
        "operator_document": {"users": [{"name": "bob", "full_name": "Bob Sample"}]},
        "mailboxorg_document": {"mailboxes": [{"email": "alice@example.com", "memo": "Reception"}]},
        "mail_document": {"mailboxes": [{"email": "alice@example.com", "quota": "5G"}]},
    }
