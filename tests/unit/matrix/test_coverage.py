# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing drops out of the matrix silently: every writable field on every server, every value of a small domain."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import Option, object_options
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from tests.unit.matrix.dialects import SERVERS
from tests.unit.matrix.limits import IGNORED, unknown
from tests.unit.matrix.samples import APART, COMPANIONS, IMPLIED, MINIMAL, NAMED, Leaf, leaves
from tests.unit.matrix.stores import KEEPERS
from tests.unit.matrix.test_matrix import CASES

# Options of an object's module that are about the run, not about the object.
BEHAVIOUR = {"state", "update_password", "force"}


def _documented() -> set[tuple[str, str]]:
    """Every option that describes an object, as (kind, path), counted on the side of the argument specs."""
    found: set[tuple[str, str]] = set()
    for system in SYSTEMS:
        for resource in system.declared:
            removal = {each.name for each in resource.removal}
            for option in object_options(resource):
                if option.name not in BEHAVIOUR | removal:
                    found |= {(resource.kind, name) for name in _names(option)}
    return found


def _names(option: Option) -> set[str]:
    members = {f"{option.name}.{member.name}" for member in option.suboptions}
    return members or {option.name}


def test_every_option_is_walked_on_every_server_of_its_system() -> None:
    walked = Counter((case.leaf.resource.kind, case.leaf.name) for case in CASES)
    servers = Counter(server.system_name for server in SERVERS)
    system_of = {resource.kind: system.name for system in SYSTEMS for resource in system.declared}
    assert set(walked) == _documented()
    assert dict(walked) == {(kind, name): servers[system_of[kind]] for kind, name in _documented()}


def test_the_stores_are_read_for_every_field() -> None:
    assert {(kind, ".".join(path)) for kind, keeper in KEEPERS.items() for path in keeper.places} == _documented()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_at_least_two_different_values_are_tried(case: Any) -> None:
    leaf: Leaf = case.leaf
    tried = [sample.stored for sample in leaf.samples if sample.refused is None]
    assert len({str(value) for value in tried}) >= 2
    # All words, both truths, and the third state.
    if leaf.field.choices and leaf.field.elements is None:
        assert set(tried) == set(leaf.field.choices)
    if leaf.field.option_type == "bool":
        assert set(tried) == {True, False}
    third = getattr(leaf.field, "third", None)
    assert third is None or set(tried) == {True, False, third}


def test_no_line_of_data_is_about_a_field_that_is_gone() -> None:
    known = {(leaf.resource.kind, leaf.name) for case in CASES for leaf in [case.leaf]}
    lines = {*NAMED, *COMPANIONS, *APART, *IMPLIED}
    lines |= {(kind, name) for dropped in IGNORED.values() for kind, name, _value in dropped}
    lines |= {(kind, ".".join(path)) for kind, minimal in MINIMAL.items() for path in minimal}
    assert lines <= known
    assert set(IGNORED) <= {server.name for server in SERVERS}


def test_fields_that_a_dialect_lacks_are_those_that_it_does_not_declare() -> None:
    for server in SERVERS:
        narrowed = {
            each.kind: each for each in server.system.resources({"api_dialect": server.dialect, "quota_unit": "auto"})
        }
        for resource in server.system.declared:
            lacking = {leaf.path[0] for leaf in leaves(resource) if unknown(server.dialect, leaf)}
            assert lacking == set(resource.by_name) - set(narrowed[resource.kind].by_name)
