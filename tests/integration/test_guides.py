# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What README and the guides show is pasted here: it has to work, and to find nothing to do the second time."""

from __future__ import annotations

import os
import re
import shlex
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integration.playbooks import Ansible, environment, play
from tests.simulators import MailboxOrg, Simulator
from tests.tools.collection import ROOT, ensure_link

Servers = dict[str, Simulator[Any, Any]]

GUIDES = ROOT / "docs" / "docsite" / "rst"
NAMES = ("alice_password", "bob_password", "branch_password", "carol_password", "dora_password", "sip_password")
PASSWORDS = {f"vault_{name}": f"{name}-Pass.word-1" for name in NAMES}
# Stands in for the module of another collection that the guide to mailbox.org shows.
NSUPDATE = """
from ansible.module_utils.basic import AnsibleModule
AnsibleModule({name: {"type": "str"} for name in ("server", "zone", "record", "type", "value")}).exit_json(changed=True)
"""


def blocks(text: str, pattern: str) -> list[str]:
    """The YAML that stands between code marks."""
    return [textwrap.dedent(found) for found in re.findall(pattern, text, re.DOTALL | re.MULTILINE)]


README = blocks((ROOT / "README.md").read_text(encoding="utf-8"), r"^```yaml\n(.*?)^```")
PAGES = [
    block
    for page in sorted(GUIDES.glob("*.rst"))
    for block in blocks(page.read_text(encoding="utf-8"), r"^\.\. code-block:: yaml\S*\n\n((?:    [^\n]*\n|\n)+)")
]
WITH_DNS = [block for block in PAGES if "dns_record" in block]
INVENTORIES = [block for block in README if block.startswith("# inventory.yml")]
ALONE = [block for block in [*README, *PAGES] if block not in (*WITH_DNS, *INVENTORIES)]


def commands(text: str) -> list[list[str]]:
    """The playbooks of the collection that are called on a command line, with their arguments."""
    lines = re.findall(r"^ *\$ ansible-playbook (postmaster\.comms\..*)$", text, re.MULTILINE)
    return [shlex.split(line) for line in lines]


ADOPTIONS = [commands(page.read_text(encoding="utf-8")) for page in (ROOT / "README.md", GUIDES / "whole_systems.rst")]

newest = pytest.mark.parametrize("ansible_core", ["newest"], indirect=True)


def test_there_is_something_to_paste() -> None:
    assert (len(README), len(PAGES), len(WITH_DNS), len(INVENTORIES)) == (5, 7, 1, 1)
    assert [len(adoption) for adoption in ADOPTIONS] == [3, 3]


@newest
@pytest.mark.parametrize("block", ALONE, ids=lambda block: str(block).splitlines()[0])
def test_what_is_shown_works(ansible: Ansible, servers: Servers, block: str) -> None:
    kerio = servers["kerio_connect"]
    # Only the address is made up in the guides.
    shown: list[dict[str, Any]] = yaml.safe_load(block.replace("https://mail.example.com:4040", kerio.url))
    plays = shown if "hosts" in shown[0] else [play(shown)]
    variables = {"vault_kerio_password": kerio.environment["KERIO_CONNECT_PASSWORD"], **PASSWORDS}

    outcome = ansible.run(plays * 2, environment(servers, "mailcow"), variables=variables)

    assert outcome.code == 0, outcome.output
    second = outcome.tasks[len(outcome.tasks) // 2 :]
    assert second
    assert [task.name for task in second if task.changed] == []


@newest
@pytest.mark.parametrize("adoption", ADOPTIONS, ids=["README", "whole_systems"])
def test_a_server_is_adopted_by_the_commands_shown(
    ansible: Ansible, servers: Servers, adoption: list[list[str]]
) -> None:
    """Word for word, with the inventory of README; only the address is made up there."""
    kerio = servers["kerio_connect"]
    (block,) = INVENTORIES
    hosts = yaml.safe_load(block.replace("https://mail.example.com:4040", kerio.url))
    variables = {"vault_kerio_password": kerio.environment["KERIO_CONNECT_PASSWORD"]}

    for playbook, *arguments in adoption:
        assert arguments[:2] == ["--inventory", "inventory.yml"]
        environment = {"KERIO_CONNECT_CA_PATH": kerio.ca_path}
        outcome = ansible.run(playbook, environment, *arguments[2:], variables=variables, inventory=hosts)
        assert outcome.code == 0, outcome.output
        assert [task.name for task in outcome.ours if task.changed] == []

    assert (ansible.folder / "site" / "kerio_connect" / "users.yml").exists()
    assert kerio.writes == []


@newest
def test_a_domain_is_proven_with_the_record_that_the_guide_publishes(ansible: Ansible, servers: Servers) -> None:
    """What the guide gives to the module for DNS is put into the DNS that the simulator asks."""
    hosted = servers["mailboxorg"]
    assert isinstance(hosted, MailboxOrg)
    (block,) = WITH_DNS
    paths = {"ANSIBLE_COLLECTIONS_PATH": os.pathsep.join([str(ensure_link()), nsupdate(ansible)])}
    shown = [play(yaml.safe_load(block))]

    def run() -> list[tuple[str, bool]]:
        outcome = ansible.run(shown, {**hosted.environment, **paths}, variables=PASSWORDS)
        assert outcome.code == 0, outcome.output
        for task in outcome.tasks:
            if task.action == "community.general.nsupdate" and task.status == "ok":
                published = task.result["invocation"]["module_args"]
                assert published["type"] == "TXT"
                hosted.store.dns.add((published["record"].rstrip("."), published["value"]))
        return [(task.status, task.changed) for task in outcome.tasks]

    assert run() == [("ok", False), ("ok", True)]
    assert "branch.example.com" not in hosted.store.domains
    assert run() == [("ok", True), ("skipped", False)]
    assert "branch.example.com" in hosted.store.domains
    assert run() == [("ok", False), ("skipped", False)]


def nsupdate(ansible: Ansible) -> str:
    """A path of collections with the stand-in."""
    root: Path = ansible.folder / "collections"
    modules = root / "ansible_collections" / "community" / "general" / "plugins" / "modules"
    modules.mkdir(parents=True)
    (modules / "nsupdate.py").write_text(NSUPDATE)
    return str(root)
