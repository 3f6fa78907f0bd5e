# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing drops out of the matrix silently: every writable field on every server, every value of a small domain."""

from __future__ import annotations

from collections import Counter

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import Option, object_options
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Structs
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from tests.unit.matrix.paths import name_of
from tests.unit.matrix.registry import SUBJECTS
from tests.unit.matrix.subjects import Subject
from tests.unit.matrix.test_matrix import CASES, Case

# Options of an object's module that are about the run, not about the object.
BEHAVIOUR = {"state", "update_password", "force"}
EVERY_SUBJECT = pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.system.name)


def _documented(subject: Subject) -> set[tuple[str, str]]:
    """Every option that describes an object, as (kind, path), counted on the side of the argument specs."""
    found: set[tuple[str, str]] = set()
    for resource in subject.system.declared:
        about_the_run = BEHAVIOUR | {each.name for each in (*resource.removal, *resource.behaviour)}
        for option in object_options(resource):
            if option.name not in about_the_run:
                found |= {(resource.kind, name) for name in _names(resource, option)}
    return found


def _names(resource: Resource, option: Option) -> set[str]:
    """Lists that are compared as a whole are walked as a whole."""
    if isinstance(resource.by_name[option.name], Structs):
        return {option.name}
    members = {f"{option.name}.{member.name}" for member in option.suboptions}
    return members or {option.name}


def _cases(subject: Subject) -> list[Case]:
    return [case for case in CASES if case.leaf.subject is subject]


def test_every_system_is_in_the_matrix() -> None:
    assert {subject.system.name for subject in SUBJECTS} == {system.name for system in SYSTEMS}


@EVERY_SUBJECT
def test_every_option_is_walked_on_every_server_of_its_system(subject: Subject) -> None:
    walked = Counter(case.leaf.option for case in _cases(subject))
    assert dict(walked) == dict.fromkeys(_documented(subject), len(subject.servers))


@EVERY_SUBJECT
def test_every_option_is_walked_through_both_modules(subject: Subject) -> None:
    assert {way for server in subject.servers for way in server.ways} == {"object", "config"}


@EVERY_SUBJECT
def test_the_stores_are_read_for_every_field(subject: Subject) -> None:
    read = {(kind, ".".join(map(str, path))) for kind, keeper in subject.keepers.items() for path in keeper.places}
    for kind, keeper in subject.keepers.items():
        read |= {(kind, f"{option}.{member}") for option, table in keeper.tables.items() for member in table.places}
        read |= {(kind, option) for option in keeper.elsewhere}
    assert read == _documented(subject)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_at_least_two_different_values_are_tried(case: Case) -> None:
    leaf = case.leaf
    if leaf.path[-1] == leaf.entry:
        assert len(set(leaf.entry_paths)) == 2
        return
    tried = [sample.stored for sample in leaf.samples if sample.refused is None]
    assert len({str(value) for value in tried}) >= 2
    # All words, both truths, and the third state.
    if leaf.field.choices and leaf.field.elements is None:
        assert set(tried) == set(leaf.field.choices)
    if leaf.field.option_type == "bool":
        assert set(tried) == {True, False}
    third = getattr(leaf.field, "third", None)
    assert third is None or set(tried) == {True, False, third}


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case.leaf.field, Structs)], ids=str)
def test_every_member_of_a_whole_list_is_tried(case: Case) -> None:
    """With two different values, and all words."""
    entries = [entry for sample in case.leaf.samples for entry in sample.given]
    assert isinstance(case.leaf.field, Structs)
    for member in case.leaf.field.fields:
        tried = [entry[member.name] for entry in entries if member.name in entry]
        assert len({str(value) for value in tried}) >= 2, member.name
        assert {*member.choices} <= {word for value in tried for word in (value if member.elements else [value])}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_can_be_added_to_is_added_to(case: Case) -> None:
    assert bool(case.leaf.append_option) is (case.leaf.option in case.leaf.subject.appended)


@EVERY_SUBJECT
def test_no_line_of_data_is_about_a_field_that_is_gone(subject: Subject) -> None:
    known = {case.leaf.option for case in _cases(subject)}
    lines = {*subject.named, *subject.companions, *subject.apart, *subject.instead, *subject.implied}
    lines |= {*subject.costly, *subject.dependent, *subject.stand_ins, *subject.appended}
    lines |= {(kind, name) for server in subject.servers for kind, name, _value in server.drops}
    lines |= {option for server in subject.servers for option in (*server.lacks, *(server.tells or ()))}
    lines |= {(kind, name_of(path)) for kind, minimal in subject.minimal.items() for path in minimal}
    assert lines <= known


@EVERY_SUBJECT
def test_fields_that_a_dialect_lacks_are_those_that_it_does_not_declare(subject: Subject) -> None:
    for server in subject.servers:
        options = {**{each.name: each.default for each in subject.system.connection}, **server.connection}
        narrowed = {each.kind: each for each in subject.system.resources(options)}
        for resource in subject.system.declared:
            lacking = {str(leaf.path[0]) for leaf in subject.leaves(resource) if leaf.lacking(server)}
            assert lacking == set(resource.by_name) - set(narrowed[resource.kind].by_name)
