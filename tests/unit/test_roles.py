# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each role passes every option of its ``_config`` module on, under the role's own name, and describes it alike."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.argspec import argument_spec
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import (
    config_options,
    connection_options,
)
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.tools.collection import ROOT

ROLES = ROOT / "roles"
EVERY_SYSTEM = pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)


def load(system: System, path: str) -> Any:
    return yaml.safe_load((ROLES / system.name / path).read_text(encoding="utf-8"))


def options(system: System) -> dict[str, dict[str, Any]]:
    """The options of the module as Ansible checks them, those of the connection too."""
    return argument_spec((*config_options(system), *connection_options(system)))


@EVERY_SYSTEM
def test_a_role_has_a_variable_for_each_option_and_no_other(system: System) -> None:
    described = load(system, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    assert set(described) == {f"{system.name}_{name}" for name in options(system)}


@EVERY_SYSTEM
def test_a_role_describes_its_variables_as_the_module_does_its_options(system: System) -> None:
    """The document itself is described by the module; what has a default there, and is no matter of the connection,
    has the same one here."""
    described = load(system, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    connection = argument_spec(connection_options(system))
    for name, option in options(system).items():
        variable = described[f"{system.name}_{name}"]
        for what in ("type", "elements", "choices"):
            assert variable.get(what) == option.get(what), (name, what)
        assert variable.get("no_log", False) == option.get("no_log", False), name
        if name in connection:
            assert "default" not in variable, name
        else:
            assert variable["default"] == option.get("default", {}), name


@EVERY_SYSTEM
def test_the_defaults_of_a_role_are_those_that_it_describes(system: System) -> None:
    described = load(system, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    stated = {name: variable["default"] for name, variable in described.items() if "default" in variable}
    assert load(system, "defaults/main.yml") == stated


@EVERY_SYSTEM
def test_a_role_passes_every_variable_on(system: System) -> None:
    (task,) = load(system, "tasks/main.yml")
    given = task[f"postmaster.comms.{system.prefix}_config"]
    assert set(given) == set(options(system))
    for name, value in given.items():
        assert value.split()[1] == f"{system.name}_{name}", name


@EVERY_SYSTEM
def test_the_readme_of_a_role_names_every_variable(system: System) -> None:
    text = (ROLES / system.name / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## Variables") :]
    connection = argument_spec(connection_options(system))
    missing = [
        name
        for name in options(system)
        if f"`{system.name}_{name}`" not in table and not (name in connection and f"`_{name}`" in table)
    ]
    assert missing == []


def test_every_system_has_a_role_and_the_playbooks_know_it() -> None:
    listed = yaml.safe_load((ROOT / "playbooks" / "vars" / "systems.yml").read_text(encoding="utf-8"))["systems"]
    assert sorted(listed) == sorted(system.name for system in SYSTEMS) == sorted(each.name for each in ROLES.iterdir())
