# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specs follow from the definitions: secrets, defaults, environment variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.argspec import argument_spec
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import (
    Option,
    config_options,
    connection_options,
    info_options,
    object_options,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import ALWAYS, ON_CHANGE, ON_CREATE
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Entries, Nested, with_members
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.memory_system import memory_system

Spec = dict[str, Any]


def _specs() -> dict[str, tuple[Option, ...]]:
    found: dict[str, tuple[Option, ...]] = {}
    for system in (*SYSTEMS, memory_system(MemoryGateway())):
        connection = connection_options(system)
        for resource in system.declared:
            found[resource.module] = (*object_options(resource), *connection)
        found[f"{system.prefix}_config"] = (*config_options(system), *connection)
        found[f"{system.prefix}_info"] = (*info_options(system), *connection)
    return found


OPTIONS = _specs()
EVERY_MODULE = pytest.mark.parametrize("module", OPTIONS)
# What Ansible itself takes for a secret (it warns unless no_log is set), and more such names.
TELLING = re.compile(r"pass(?!ive)|secret|token|cryptkey|(^|_)key($|_)|(^|_)pw($|_)", re.IGNORECASE)
SECRETS = {
    *("api_password", "api_key", "password", "password_hash", "telephone_password"),
    *("sip_password", "pin", "ami_password", "directory_service_password", "remote_password"),
}
# Options that say how to work; everything else is unmanaged when it is left out.
BEHAVIOUR = {
    "state",
    "update_password",
    "prune",
    "protect",
    "max_deletions",
    "allow_mail_loss",
    "allow_empty",
    "on_error",
    "force",
    "validate_certs",
    "timeout",
    "api_dialect",
    "quota_unit",
}


def arguments(spec: Spec, path: str = "") -> Iterator[tuple[str, str, Spec]]:
    """Path, name and specification of every option, nested ones included."""
    for name, argument in spec.items():
        yield path + name, name, argument
        yield from arguments(argument.get("options", {}), f"{path}{name}.")


WITHOUT_SECRETS = {
    f"{system.prefix}_config"
    for system in SYSTEMS
    if not any(leaf.secret for resource in system.declared for leaf in with_members(resource.fields))
}


@EVERY_MODULE
def test_secrets_are_not_logged_and_look_alikes_are(module: str) -> None:
    nested = 0
    for path, name, argument in arguments(argument_spec(OPTIONS[module])):
        if name in SECRETS:
            assert argument["no_log"] is True, path
            nested += "." in path
        elif TELLING.search(name):
            assert argument["no_log"] is False, path
        else:
            assert not argument.get("no_log"), path
    if module.endswith("_config"):
        assert bool(nested) != (module in WITHOUT_SECRETS), "most documents have passwords inside"


def test_every_secret_field_is_among_the_secrets_that_this_test_knows() -> None:
    declared = {
        leaf.name
        for system in SYSTEMS
        for resource in system.declared
        for leaf in with_members(resource.fields)
        if leaf.secret
    }
    connection = {option.name for system in SYSTEMS for option in system.connection if option.secret}
    assert declared | connection == SECRETS


def test_a_secret_inside_a_structure_is_not_logged() -> None:
    inner = Option("pin", "", secret=True)
    spec = argument_spec((Option("outer", "", "list", elements="dict", suboptions=(inner,)),))
    assert spec["outer"]["options"]["pin"]["no_log"] is True


@EVERY_MODULE
def test_only_behaviour_has_defaults(module: str) -> None:
    systems = (*SYSTEMS, memory_system(MemoryGateway()))
    resources = [resource for system in systems for resource in system.declared]
    how_to_work = {field.name for resource in resources for field in (*resource.removal, *resource.behaviour)}
    if module.startswith("mailboxorg_"):
        how_to_work.add("api_url")  # there is one mailbox.org
    spec = argument_spec(OPTIONS[module])
    for path, name, argument in arguments(spec):
        if "default" in argument:
            assert name in BEHAVIOUR | how_to_work, path
            assert "." not in path or name not in spec, f"{path}: the option of the task of the same name would be void"


def _given(fields: tuple[Field, ...], spec: Spec) -> None:
    for field in fields:
        argument = spec[field.name]
        assert argument["type"] == field.option_type
        assert argument.get("elements") == field.elements
        assert tuple(argument.get("choices", ())) == tuple(field.choices)
        if isinstance(field, Nested):
            _given(field.fields, argument["options"])
            required = {name for name, each in argument["options"].items() if each.get("required")}
            assert required == ({field.entry_key} if isinstance(field, Entries) else set())


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.name))
def test_every_writable_field_is_an_option_and_no_other_is(system: System) -> None:
    document = argument_spec(config_options(system))["config"]["options"]
    for resource in system.declared:
        spec = argument_spec(object_options(resource))
        entry = document[resource.plural]["options"]
        for options in (spec, entry):
            _given(resource.writable, options)
            _given((*resource.removal, *resource.behaviour), options)
            needed = set() if resource.stand_in else set(resource.key)
            assert {name for name, argument in options.items() if argument.get("required")} == needed
        extra = set(spec) - {field.name for field in (*resource.writable, *resource.removal, *resource.behaviour)}
        assert extra <= {"state", "update_password", "force"}
        assert not {field.name for field in resource.fields if field.read_only} & set(spec)
        assert set(entry) == set(spec) - {"force"}


@EVERY_MODULE
def test_passwords_are_compared_only_where_the_server_tells_them(module: str) -> None:
    systems = (*SYSTEMS, memory_system(MemoryGateway()))
    readable = {resource.module for system in systems for resource in system.declared if resource.readable_secrets}
    readable |= {
        f"{system.prefix}_config" for system in systems if {each.module for each in system.declared} & readable
    }
    option = argument_spec(OPTIONS[module]).get("update_password")
    if option is not None:
        assert option["default"] == ON_CREATE
        assert set(option["choices"]) == {ON_CREATE, ALWAYS} | ({ON_CHANGE} if module in readable else set())


def test_in_a_document_each_resource_has_its_own_choices_and_no_own_defaults() -> None:
    spec = argument_spec(OPTIONS["sample_config"])
    entries = spec["config"]["options"]
    assert ON_CHANGE in entries["phones"]["options"]["update_password"]["choices"]
    assert ON_CHANGE not in entries["people"]["options"]["update_password"]["choices"]
    for plural, name in (("phones", "prune_lines"), ("sites", "wait_timeout"), ("holders", "prune_phones")):
        assert "default" not in entries[plural]["options"][name]
        assert "default" in spec[name]


# Environment variables.


@pytest.fixture
def validate(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    for system in SYSTEMS:
        for option in system.connection:
            monkeypatch.delenv(f"{system.environment}_{option.variable}", raising=False)

    def validate(system: System, environment: dict[str, str], **options: Any) -> Any:
        for name, value in environment.items():
            monkeypatch.setenv(f"{system.environment}_{name}", value)
        return ArgumentSpecValidator(argument_spec(connection_options(system))).validate(options)

    return validate


REQUIRED = {
    "kerio_connect": {"URL": "https://a", "USERNAME": "u", "PASSWORD": "p"},
    "kerio_operator": {"URL": "https://a", "USERNAME": "u", "PASSWORD": "p"},
    "kerio_webmail": {"URL": "https://a", "USERNAME": "u", "PASSWORD": "p"},
    "mail": {"URL": "https://a", "KEY": "k"},
    "mailboxorg": {"URL": "https://a", "USERNAME": "u", "PASSWORD": "p"},
}
EVERY_SYSTEM = pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.name))


@EVERY_SYSTEM
def test_every_connection_option_has_a_variable(system: System, validate: Callable[..., Any]) -> None:
    filled = {"VALIDATE_CERTS": "no", "TIMEOUT": "7", "CA_PATH": "/ca.pem"}
    filled |= {"DIALECT": "mailcow", "QUOTA_UNIT": "mb", "SYNC_JOBS_PATH": "jobs"}
    known = {option.variable for option in system.connection}
    result = validate(system, {**{k: v for k, v in filled.items() if k in known}, **REQUIRED[system.name]})
    assert result.error_messages == []
    found = result.validated_parameters
    assert (found["validate_certs"], found["timeout"], found["ca_path"]) == (False, 7, "/ca.pem")
    assert found["api_url"] == "https://a"
    assert known <= filled.keys() | REQUIRED[system.name].keys()
    if system.name == "mail":
        assert (found["api_dialect"], found["quota_unit"], found["api_key"]) == ("mailcow", "mb", "k")
        assert found["api_sync_jobs_path"] == "jobs"


@EVERY_SYSTEM
def test_an_empty_variable_counts_as_unset(system: System, validate: Callable[..., Any]) -> None:
    empty = {option.variable: "" for option in system.connection}
    result = validate(system, {**empty, **REQUIRED[system.name]})
    assert result.error_messages == []
    found = result.validated_parameters
    assert (found["validate_certs"], found["timeout"], found["ca_path"]) == (True, 30, None)
    (message,) = validate(system, empty).error_messages
    assert message.startswith("missing required arguments: api_")


@EVERY_SYSTEM
def test_an_option_wins_over_its_variable(system: System, validate: Callable[..., Any]) -> None:
    result = validate(system, {**REQUIRED[system.name], "TIMEOUT": "7"}, api_url="https://b", timeout=8)
    assert (result.validated_parameters["api_url"], result.validated_parameters["timeout"]) == ("https://b", 8)


@EVERY_SYSTEM
def test_a_secret_from_the_environment_is_not_logged_either(system: System, validate: Callable[..., Any]) -> None:
    expected = {value for name, value in REQUIRED[system.name].items() if name in ("PASSWORD", "KEY")}
    assert expected
    assert validate(system, REQUIRED[system.name])._no_log_values == expected
