# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written about the modules agrees with the definitions that they are made from."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.argspec import argument_spec
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import connection_options
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.tools import module_docs
from tests.tools.collection import ROOT

PLUGINS = "ansible_collections.postmaster.comms.plugins"
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
GENERATED = module_docs.files()
EVERY_SYSTEM = pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)


@pytest.mark.parametrize("path", GENERATED)
def test_generated_files_are_up_to_date(path: str) -> None:
    file = ROOT / path
    assert file.exists(), f"{path} is missing: run python -m tests.tools.module_docs"
    assert file.read_text(encoding="utf-8") == GENERATED[path], f"{path}: run python -m tests.tools.module_docs"


def test_every_module_action_and_fragment_is_generated() -> None:
    """What a removed resource leaves behind would be a module that nobody documents."""
    shared = {"plugins/doc_fragments/attributes.py"}
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("modules", "action", "doc_fragments")
        for path in (ROOT / "plugins" / folder).glob("*.py")
    }
    assert found - shared == {path for path in GENERATED if path.startswith("plugins/")}


@EVERY_SYSTEM
def test_the_action_group_of_a_system_has_its_modules(system: System) -> None:
    wanted = {module.name for module in module_docs.modules() if module.system is system}
    assert set(action_groups()[system.name]) == wanted


def test_every_module_is_in_an_action_group_and_every_member_exists() -> None:
    groups = action_groups()
    members = [name for group in groups.values() for name in group if isinstance(name, str)]
    assert sorted(members) == MODULES
    (extended,) = [entry["metadata"]["extend_group"] for entry in groups["all"]]
    assert set(extended) == set(groups) - {"all"}


@pytest.mark.parametrize("module", MODULES)
def test_examples_use_the_module_by_its_full_name(module: str) -> None:
    tasks = yaml.safe_load(importlib.import_module(f"{PLUGINS}.modules.{module}").EXAMPLES)
    assert tasks
    assert any(f"postmaster.comms.{module}" in task for task in tasks)
    assert all(task["name"] != "To be written" for task in tasks)


@pytest.mark.parametrize("module", MODULES)
def test_readme_names_the_module(module: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith("| `")]
    assert any(f"`{module}`" in row.split("|")[1] for row in rows), f"{module} is missing in README.md's table"


def test_readme_names_no_module_that_does_not_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    prefixes = "|".join(system.prefix for system in SYSTEMS)
    named = set(re.findall(rf"`((?:{prefixes})_\w+)`", readme))
    roles = {path.name for path in (ROOT / "roles").iterdir()}
    assert named - roles <= set(MODULES)


@EVERY_SYSTEM
def test_documented_environment_variables_are_those_that_are_read(system: System) -> None:
    fragment = importlib.import_module(f"{PLUGINS}.doc_fragments.{system.name}").ModuleDocFragment
    documented = {
        name: re.findall(r"E\((\w+)\)", " ".join(option["description"]))
        for name, option in yaml.safe_load(fragment.DOCUMENTATION)["options"].items()
    }
    assert documented == {name: fallback(each) for name, each in argument_spec(connection_options(system)).items()}
    assert all(documented.values())


def action_groups() -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())["action_groups"]
    return groups


def fallback(argument: Mapping[str, Any]) -> list[str]:
    """The environment variables that stand in for an option."""
    _function, names = argument.get("fallback", (None, []))
    return list(names)
