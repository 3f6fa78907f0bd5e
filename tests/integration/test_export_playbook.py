# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A site is exported, kept as files, and applied: nothing changes, whatever stands in it."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integration.canaries import Canaries
from tests.integration.playbooks import Ansible, Outcome
from tests.simulators import Simulator
from tests.simulators.mail_engine import Mailbox

Servers = dict[str, Simulator[Any, Any]]

newest = pytest.mark.parametrize("ansible_core", ["newest"], indirect=True)

# Texts that look like something else to a template engine, to YAML, or to an editor.
ODD = [
    "{{ 7*7 }} {% raw %} {# gone #}",
    "007",
    "yes",
    "null",
    "1e3",
    "2026-11-21",
    "'single' \"double\" \\ back: # no comment",
    "first line\n  second line\n\nlast line",
    "ends with blanks  \nand tab\t",
    "- not: a list",
    "Ünïcödé 例え 🐦 \u2028 \u0085",
    "!vault |",
    "@at `tick` %percent &amp *star",
]
CONNECTION = {
    "kerio_connect": ("kerio_connect", "KERIO_CONNECT"),
    "kerio_operator": ("kerio_operator", "KERIO_OPERATOR"),
    "kerio_webmail": ("kerio_webmail", "KERIO_WEBMAIL"),
    "mailboxorg": ("mailboxorg", "MAILBOXORG"),
    "rest": ("mail", "MAIL_API"),
    "mailcow": ("mail", "MAIL_API"),
}
# Hosts are named after their servers: a host cannot have the name of a group.
HOST = "the-{}".format
# Each host writes into a folder of its own; the folder says which.
FOLDER = "site/{{ inventory_hostname }}"


def make_odd(servers: Servers) -> None:
    """Put the texts wherever a server takes any text."""
    kerio, operator, hosted = (servers[name].store for name in ("kerio_connect", "kerio_operator", "mailboxorg"))
    servers["kerio_webmail"].store.out_of_office_of("alice")["text"] = "\n".join(ODD)
    for number, text in enumerate(ODD):
        kerio.add_user(f"odd{number}", fullName=text, description=text)
        kerio.add_alias(f"odd-alias{number}", f"odd{number}@example.com", description=text)
        kerio.add_mailing_list(f"odd-list{number}", description=text, members=[f"odd{number}"])
        operator.add_user(f"odd{number}", FULL_NAME=text)
        operator.add_extension(f"9{number:02}", description=text)
        hosted.add_mailbox(f"odd{number}@example.com", memo=text, first_name=text, last_name="Odd")
        for name in ("rest", "mailcow"):
            store = servers[name].store
            store.mailboxes[f"odd{number}@example.com"] = Mailbox(f"odd{number}@example.com", name=text)
            store.add_domain(f"odd{number}.example", description=text)


def inventory(servers: Servers) -> dict[str, Any]:
    """A host for each server, named like the test's own name for it."""
    groups: dict[str, Any] = {}
    for name, (system, prefix) in CONNECTION.items():
        variables = {
            f"{system}_{option}": servers[name].environment[f"{prefix}_{variable}"]
            for option, variable in OPTIONS.items()
            if f"{prefix}_{variable}" in servers[name].environment
        }
        groups.setdefault(system, {"hosts": {}})["hosts"][HOST(name)] = variables
    return groups


OPTIONS = {
    "api_url": "URL",
    "api_username": "USERNAME",
    "api_password": "PASSWORD",
    "api_key": "KEY",
    "api_dialect": "DIALECT",
    "ca_path": "CA_PATH",
}


class Site:
    """The playbooks, run against all servers."""

    def __init__(self, ansible: Ansible, servers: Servers) -> None:
        self.ansible = ansible
        self.servers = servers

    def run(self, playbook: str, *arguments: str, **variables: Any) -> Outcome:
        where = {"export": "export_dir"}.get(playbook, "config_dir")
        return self.ansible.run(
            f"postmaster.comms.{playbook}",
            {},
            *arguments,
            inventory=inventory(self.servers),
            variables={where: FOLDER, **variables},
        )

    def well(self, playbook: str, *arguments: str, **variables: Any) -> Outcome:
        outcome = self.run(playbook, *arguments, **variables)
        assert outcome.code == 0, outcome.output
        return outcome

    @property
    def files(self) -> dict[str, str]:
        """The text of each file, by its path below the folder of all."""
        root = self.ansible.folder / "site"
        return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.yml"))}

    @property
    def writes(self) -> list[str]:
        return [record.call for server in self.servers.values() for record in server.writes]


@pytest.fixture
def site(ansible: Ansible, servers: Servers) -> Site:
    return Site(ansible, servers)


def changed(outcome: Outcome) -> list[str]:
    return [f"{task.host}: {task.name}" for task in outcome.tasks if task.changed]


def test_what_is_exported_and_applied_changes_nothing(site: Site) -> None:
    make_odd(site.servers)

    site.well("export")
    exported = site.files
    assert {path.split("/")[0] for path in exported} == set(map(HOST, CONNECTION))
    for path, text in exported.items():
        assert stat.S_IMODE((site.ansible.folder / "site" / path).stat().st_mode) == 0o600
        assert list(yaml.safe_load(text)) == [Path(path).stem]
    users = yaml.safe_load(exported["the-kerio_connect/kerio_connect/users.yml"])["users"]
    assert {user["description"] for user in users} >= set(ODD)

    applied = site.well("apply", "--diff")
    assert changed(applied) == []
    assert sum(task.result["summary"]["unchanged"] for task in applied.ours) == sum(map(count, exported.values()))
    assert site.writes == []


def count(text: str) -> int:
    """How many objects a file describes."""
    return sum(map(len, yaml.safe_load(text).values()))


@newest
def test_check_mode_writes_no_file_and_what_is_unchanged_stays(site: Site) -> None:
    make_odd(site.servers)

    def export(*arguments: str) -> Outcome:
        chosen = {"mail": ["mailboxes"]}
        return site.well("export", "--limit", "the-rest", "--diff", *arguments, export_resources=chosen)

    assert changed(export("--check")) == ["the-rest: Make the folder"]
    assert site.files == {}
    export()
    exported = site.files
    assert changed(export()) == []

    site.servers["rest"].store.mailboxes["alice@example.com"].name = "Somebody else"
    predicted = export("--check")
    assert changed(predicted) == ["the-rest: Write a file for each resource"]
    assert "+    name: Somebody else" in predicted.output
    assert site.files == exported


@newest
def test_what_is_edited_is_applied_as_it_stands(site: Site) -> None:
    site.well("export", "--limit", "the-kerio_connect")
    path = site.ansible.folder / "site" / "the-kerio_connect" / "kerio_connect" / "users.yml"
    (path.parent / "more.yml").write_text(
        f"users:\n  - {{name: bob, domain: example.com, full_name: {json.dumps(ODD[0])}}}\n"
    )
    entries = yaml.safe_load(path.read_text("utf-8"))["users"]
    kept = [entry for entry in entries if entry["name"] != "bob"]
    path.write_text(yaml.safe_dump({"users": kept}), encoding="utf-8")

    audit = site.well("audit", "--limit", "the-kerio_connect")
    (drift,) = [task.result["msg"] for task in audit.tasks if task.name == "What apply would do"]
    assert drift[1:] == ["update user bob@example.com (full_name)"]
    site.well("apply", "--limit", "the-kerio_connect")
    assert site.servers["kerio_connect"].store.user("bob")["fullName"] == ODD[0]


@newest
def test_no_secret_is_exported_and_its_place_is_marked(site: Site, canaries: Canaries) -> None:
    site.servers["kerio_operator"].store.line("101")["sipPassword"] = canaries.new()
    site.servers["rest"].store.mailboxes["alice@example.com"].password = canaries.new()

    site.well("export", "--limit", "the-kerio_operator,the-rest")

    assert [path for path, text in site.files.items() if canaries.found_in(text)] == []
    extensions = site.files["the-kerio_operator/kerio_operator/extensions.yml"]
    assert extensions.count("    # lines[].sip_password: not exported") == count(extensions)
    assert "# password: not exported" in site.files["the-rest/mail/mailboxes.yml"]
    assert "#" not in site.files["the-rest/mail/aliases.yml"].partition("---")[2]


@newest
def test_files_of_what_is_no_more_go_and_those_of_people_stay(site: Site) -> None:
    site.well("export", "--limit", "the-mailcow")
    folder = site.ansible.folder / "site" / "the-mailcow" / "mail"
    (folder / "planets.yml").write_text((folder / "aliases.yml").read_text("utf-8"), encoding="utf-8")
    (folder / "notes.yml").write_text("# Ours\n# Exported by postmaster.comms: not by one\n", encoding="utf-8")

    assert changed(site.well("export", "--limit", "the-mailcow", export_resources={"mail": ["aliases"]})) == []
    assert (folder / "planets.yml").exists()

    (removal,) = changed(site.well("export", "--limit", "the-mailcow", "--check"))
    assert (folder / "planets.yml").exists()
    assert changed(site.well("export", "--limit", "the-mailcow")) == [removal]
    assert not (folder / "planets.yml").exists()
    assert (folder / "notes.yml").exists()


@newest
def test_a_choice_of_resources_and_domains_is_all_that_is_written(site: Site) -> None:
    """What a choice leaves out may well be there still, so no file goes."""
    site.servers["rest"].store.mailboxes["carol@example.org"] = Mailbox("carol@example.org")
    folder = site.ansible.folder / "site" / "the-rest" / "mail"
    folder.mkdir(parents=True)
    (folder / "aliases.yml").write_text("# Exported by postmaster.comms: earlier\n", encoding="utf-8")

    site.well(
        "export", export_systems=["mail"], export_resources={"mail": ["mailboxes"]}, export_domains=["example.org"]
    )
    site.well("export", "--limit", "the-mailcow", export_systems=["kerio_connect"])

    names = ("the-rest/mail/aliases.yml", "the-rest/mail/mailboxes.yml", "the-mailcow/mail/mailboxes.yml")
    assert set(site.files) == set(names)
    (only,) = yaml.safe_load(site.files["the-rest/mail/mailboxes.yml"])["mailboxes"]
    assert only["email"] == "carol@example.org"


@newest
@pytest.mark.parametrize(
    ("playbook", "variables", "said"),
    [
        ("export", {"export_dir": ""}, "Name a folder with export_dir."),
        ("export", {"export_dir": "site"}, "Another server of this system would be exported into the same folder."),
        ("apply", {"config_dir": "nowhere"}, "There is no file in "),
        ("audit", {"config_dir": "nowhere"}, "There is no file in "),
    ],
)
def test_a_folder_that_cannot_be_meant_is_refused(
    site: Site, playbook: str, variables: dict[str, Any], said: str
) -> None:
    outcome = site.run(playbook, "--limit", "mail", **variables)
    assert outcome.code == 2
    assert said in outcome.output
    assert [call for server in site.servers.values() for call in server.requests] == []
    assert not (site.ansible.folder / "site").exists()
