# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A document takes the options that some resource has use for, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import (
    Option,
    config_options,
    connection_options,
    info_options,
    object_options,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import UNSET
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import with_members
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.unit.core.declared import RESOURCES
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.memory_system import memory_system

ALL_SYSTEMS = (*SYSTEMS, memory_system(MemoryGateway()))
EVERY_SYSTEM = pytest.mark.parametrize("system", ALL_SYSTEMS, ids=lambda system: str(system.name))
EVERY_RESOURCE = pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
ALWAYS = {"config", "prune", "protect", "max_deletions", "allow_empty", "on_error"}

# Which resource gives a document an option.
USES: dict[str, Callable[[Resource], bool]] = {
    "scope": lambda resource: resource.domain_key is not None,
    "update_password": lambda resource: any(leaf.secret for leaf in resource.fields),
    "force": lambda resource: resource.is_account,
    "allow_mail_loss": lambda resource: any(
        each.name == "allow_mail_loss" for each in (*resource.removal, *resource.behaviour)
    ),
}


def _by_name(options: tuple[Option, ...]) -> dict[str, Option]:
    assert len({option.name for option in options}) == len(options), "an option is listed twice"
    return {option.name: option for option in options}


def _all(options: tuple[Option, ...]) -> Iterator[Option]:
    for option in options:
        yield option
        yield from _all(option.suboptions)


@EVERY_SYSTEM
def test_a_document_has_no_option_that_no_resource_has_use_for(system: System) -> None:
    used = {name for name, uses in USES.items() if any(uses(resource) for resource in system.declared)}
    behaviour = {each.name for resource in system.declared for each in resource.behaviour}
    assert _by_name(config_options(system)).keys() == ALWAYS | used | behaviour


@EVERY_SYSTEM
def test_an_entry_has_the_options_of_its_module_but_force_and_no_behaviour_of_its_own(system: System) -> None:
    (document,) = [option for option in config_options(system) if option.name == "config"]
    entries = _by_name(document.suboptions)
    assert list(entries) == [resource.plural for resource in system.declared]
    for resource in system.declared:
        mine, theirs = _by_name(entries[resource.plural].suboptions), _by_name(object_options(resource))
        assert list(mine) == [name for name in theirs if name != "force"]
        for name in {"update_password", "allow_mail_loss", *(each.name for each in resource.behaviour)} & mine.keys():
            assert mine[name].default is None, name


@EVERY_SYSTEM
def test_behaviour_of_a_task_has_the_default_of_its_resource_and_of_an_entry_it_is_said(system: System) -> None:
    options = _by_name(config_options(system))
    entries = _by_name(options["config"].suboptions)
    for resource in system.declared:
        for each in resource.behaviour:
            expected = False if each.name == "allow_mail_loss" else each.on_create
            assert options[each.name].default == (None if expected is UNSET else expected)
        mine = _by_name(entries[resource.plural].suboptions)
        for name in {"update_password", *(each.name for each in resource.behaviour)} & mine.keys():
            assert f"The option O({name}) of the task applies when this is left out." in mine[name].doc


@EVERY_SYSTEM
def test_what_can_be_pruned_is_everything_but_what_stays_and_all_can_be_asked_for(system: System) -> None:
    prunable = [resource.plural for resource in system.declared if not resource.permanent]
    assert _by_name(config_options(system))["prune"].choices == tuple(prunable)
    assert _by_name(info_options(system))["resources"].choices == tuple(each.plural for each in system.declared)


@EVERY_SYSTEM
def test_domains_can_be_asked_for_where_objects_belong_to_some(system: System) -> None:
    has_domains = any(resource.domain_key is not None for resource in system.declared)
    assert ("domains" in _by_name(info_options(system))) is has_domains
    scope = _by_name(config_options(system)).get("scope")
    assert (scope is not None) is has_domains
    if scope is not None:
        assert [option.name for option in scope.suboptions] == ["domains"]


@EVERY_SYSTEM
def test_the_consent_to_the_loss_of_mail_names_what_it_is_about(system: System) -> None:
    option = _by_name(config_options(system)).get("allow_mail_loss")
    if option is None:
        return
    assert option.default is False
    deletions = any(each.name == "allow_mail_loss" for resource in system.declared for each in resource.removal)
    assert ("deletions, by pruning or by entries" in option.doc) is deletions
    for resource in system.declared:
        changes = any(each.name == "allow_mail_loss" for each in resource.behaviour)
        assert (f"changes of {resource.plural.replace('_', ' ')}" in option.doc) is changes


@EVERY_RESOURCE
def test_state_is_for_what_can_be_made_and_deleted(resource: Resource) -> None:
    assert ("state" in _by_name(object_options(resource))) is not resource.permanent


@EVERY_RESOURCE
def test_lists_are_added_to_by_an_option_that_exists(resource: Resource) -> None:
    behaviour = {each.name: each for each in resource.behaviour}
    for each in with_members(resource.fields):
        for option in (getattr(each, "append_option", ""), getattr(each, "prune_option", "")):
            assert not option or behaviour[option].on_create is False
            assert not option or each in resource.fields, "a list inside of another field has no option of its own"


@EVERY_SYSTEM
def test_no_sentence_of_a_document_names_an_option_without_its_place(system: System) -> None:
    """What is beside an option of a module about one object is elsewhere in a document."""
    options = config_options(system)
    tasks = {option.name for option in (*options, *connection_options(system))}
    for option in _all(_by_name(options)["config"].suboptions):
        for name in re.findall(r"\bO\(([a-z_]+)(?:=[^)]*)?\)", option.doc):
            assert name in tasks, f"{option.name}: {option.doc}"
