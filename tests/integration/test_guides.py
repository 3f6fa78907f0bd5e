# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What README and the guides show is pasted here: it has to work, and to find nothing to do the second time."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import pytest
import yaml

from tests.integration.playbooks import Ansible, play
from tests.simulators import Simulator
from tests.tools.collection import ROOT

Servers = dict[str, Simulator[Any, Any]]

GUIDES = ROOT / "docs" / "docsite" / "rst"
PASSWORDS = {f"vault_{name}_password": f"{name}-Pass.word-1" for name in ("alice", "bob")}


def blocks(text: str, pattern: str) -> list[str]:
    """The YAML that stands between code marks."""
    return [textwrap.dedent(found) for found in re.findall(pattern, text, re.DOTALL | re.MULTILINE)]


README = blocks((ROOT / "README.md").read_text(encoding="utf-8"), r"^```yaml\n(.*?)^```")
PAGES = [
    block
    for page in sorted(GUIDES.glob("*.rst"))
    for block in blocks(page.read_text(encoding="utf-8"), r"^\.\. code-block:: yaml\S*\n\n((?:    [^\n]*\n|\n)+)")
]


def test_there_is_something_to_paste() -> None:
    assert (len(README), len(PAGES)) == (3, 1)


@pytest.mark.parametrize("ansible_core", ["newest"], indirect=True)
@pytest.mark.parametrize("block", [*README, *PAGES], ids=lambda block: str(block).splitlines()[0])
def test_what_is_shown_works(ansible: Ansible, servers: Servers, block: str) -> None:
    kerio, mailcow = servers["kerio_connect"], servers["mailcow"]
    # Only the addresses are made up in the guides.
    text = block.replace("https://mail.example.com:4040", kerio.url).replace("https://mailcow.example.com", mailcow.url)
    shown: list[dict[str, Any]] = yaml.safe_load(text)
    plays = shown if "hosts" in shown[0] else [play(shown)]
    variables = {
        "vault_kerio_password": kerio.environment["KERIO_CONNECT_PASSWORD"],
        "vault_mail_api_key": mailcow.environment["MAIL_API_KEY"],
        **PASSWORDS,
    }
    outcome = ansible.run(plays * 2, {**kerio.environment, **mailcow.environment}, variables=variables)
    assert outcome.code == 0, outcome.output
    second = outcome.tasks[len(outcome.tasks) // 2 :]
    assert second
    assert [task.name for task in second if task.changed] == []
