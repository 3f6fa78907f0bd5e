# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an export writes comes back as it was, and the playbooks pass everything on."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.filter.export_yaml import MARK, export_yaml
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import connection_options, info_options
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.tools.collection import ROOT

PLAYBOOKS = ROOT / "playbooks"
# Ansible reads YAML with the second, and with the first where that one is missing.
LOADERS: list[Any] = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]

# Texts that are something else to YAML of some version, to a template engine, or to an editor.
LOOK_ALIKES = [
    "", " ", "007", "0o17", "0x1f", "1_000", "1e3", "1.5", ".5", "+1", "1:30", "12:30:45", "2026-11-21", "yes",
    "No", "on", "y", "N", "true", "null", "~", "NaN", ".inf", "=", "<<", "-", "---", "...", "? a", ": b",
    "a: b", "#x", "a #x", "!vault x", "&a", "*a", "|", ">", "%", "@", "`", "{{ 7*7 }}", "{% raw %}", "{# x #}",
    "{a: b}", "[a]", "'", "''", "\"", "\\", "\\n", "a\n", "\na", "a\n\n", "a\nb", "a \nb", " a\nb", "a\n b",
    "a\n\tb", "a\tb", "a\r\nb", "a\rb", "---\nx", "a\n---\nb", "...\na", "# a\n# b", "- a\n- b", "a\u0085b",
    "a\u2028b", "\ufeff", "a\u00a0", "\u0000", "\x7f", "🐦", "例え", "\u00e9\n\u00fc", "trailing  ",
]  # fmt: skip
_CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = (
    st.sampled_from(LOOK_ALIKES)
    | st.text(_CHARACTERS, max_size=20)
    | st.text(st.sampled_from(" \n\t'\"#:-|>%@`{}[]&*!?,\\e01.~\r\x85\u2028"), max_size=10)
)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=5,
)
ENTRIES = st.lists(st.dictionaries(st.sampled_from(["name", "on", "quota"]), VALUES, min_size=1), max_size=3)


def read(text: str) -> list[Any]:
    """What each loader makes of it."""
    return [yaml.load(text, Loader=loader) for loader in LOADERS]


@settings(max_examples=500, derandomize=True, deadline=None, database=None)
@given(ENTRIES, st.lists(st.sampled_from(["password", "lines[].sip_password"]), unique=True))
def test_whatever_is_written_comes_back(entries: list[dict[str, Any]], secrets: list[str]) -> None:
    text = export_yaml(entries, "users", secrets)
    assert read(text) == [{"users": entries}] * 2
    # Every entry has its marks, and nothing else follows it.
    assert text.count(": not exported; needed only where") >= len(secrets) * len(entries)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_come_back_as_texts(text: str) -> None:
    entries: list[dict[str, Any]] = [{"name": text, "list": [text, text], "inner": {"text": text}}, {"name": "next"}]
    assert read(export_yaml(entries, "users", ["password"])) == [{"users": entries}] * 2


@pytest.mark.parametrize("text", ["007", "1e3", "0o17", ".5", "+1", "y", "No", "null", "2026-11-21", "1:30"])
def test_what_newer_yaml_takes_for_something_else_is_quoted(text: str) -> None:
    assert f"- name: '{text}'\n" in export_yaml([{"name": text}], "users")


def test_a_file_reads_well() -> None:
    entries: list[dict[str, Any]] = [
        {"name": "alice", "quota": "3G", "groups": ["a", "b"], "none": [], "footer": {"text": "One\n  two\n\nthree\n"}},
        {"name": "bob", "active": False},
    ]
    assert export_yaml(entries, "mailing_lists", ["password"]) == (
        "# Exported by postmaster.comms: the mailing lists of a server.\n"
        "# Edit it, keep it under version control, and give its folder to postmaster.comms.apply as config_dir.\n"
        "---\n"
        "mailing_lists:\n"
        "  - name: alice\n"
        "    quota: 3G\n"
        "    groups:\n"
        "      - a\n"
        "      - b\n"
        "    none: []\n"
        "    footer:\n"
        "      text: |\n"
        "        One\n"
        "          two\n"
        "\n"
        "        three\n"
        "    # password: not exported; needed only where this object has to be created anew\n"
        "  - name: bob\n"
        "    active: false\n"
        "    # password: not exported; needed only where this object has to be created anew\n"
    )


def test_nothing_is_an_empty_list() -> None:
    assert export_yaml([], "users", ["password"]).endswith("---\nusers: []\n")


EVERY_SYSTEM = pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)


@EVERY_SYSTEM
def test_an_export_reads_with_the_connection_of_the_role(system: System) -> None:
    (task,) = yaml.safe_load((PLAYBOOKS / "tasks" / "read" / f"{system.name}.yml").read_text("utf-8"))
    given = task[f"postmaster.comms.{system.prefix}_info"]
    choices = {option.name for option in info_options(system)}
    connection = {option.name for option in connection_options(system)}
    assert set(given) == choices | connection
    for name in connection:
        assert given[name].split()[1] == f"{system.name}_{name}", name
    assert f"(export_resources | default({{}})).{system.name} |" in given["resources"]
    assert task["register"] == "exported_server"


@EVERY_SYSTEM
def test_a_folder_takes_the_place_of_the_roles_document(system: System) -> None:
    _role, block = yaml.safe_load((PLAYBOOKS / "tasks" / "bring.yml").read_text("utf-8"))
    (documents,) = [task["vars"] for task in block["block"] if "vars" in task]
    assert documents[f"{system.name}_config"] == "{{ config_document }}"


def test_an_export_knows_its_own_files_by_their_first_line() -> None:
    (export,) = yaml.safe_load((PLAYBOOKS / "tasks" / "export.yml").read_text("utf-8"))
    (find,) = [task["ansible.builtin.find"] for task in export["block"] if "ansible.builtin.find" in task]
    assert find["read_whole_file"] is True
    assert re.search(find["contains"], export_yaml([], "users"))
    assert not re.search(find["contains"], f"# Ours\n{MARK}: users\n")
