# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who names whom: in texts, lists, structures and entries, by a part of a text or without the domain."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.addresses import domain_of
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field, Reference, Text, TextSet
from ansible_collections.postmaster.comms.plugins.module_utils._core.references import named_by
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import (
    Needed,
    Resource,
    in_dependency_order,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import (
    Entries,
    Struct,
    StructList,
    StructSet,
    with_members,
)
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.unit.core.declared import RESOURCES
from tests.unit.core.teams import PLAQUE, PLAYER, TEAM

BOX = Text("box", "Box.", reference=Reference("box"))
OTHERS = TextSet("others", "Others.", reference=Reference("box", optional=True))


def _named(field: Field, value: Any, **others: Any) -> list[tuple[str, str, str]]:
    values = {field.name: value, **others}
    return [(needed.kind, needed.name, needed.option) for needed in named_by((field,), values, values)]


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        (BOX, "a", [("box", "a", "box")]),
        (BOX, "", []),
        (BOX, None, []),
        (OTHERS, ["b", "a"], [("box", "b", "others"), ("box", "a", "others")]),
        (OTHERS, [], []),
        (OTHERS, ["", "a"], [("box", "a", "others")]),
        (Struct("s", "S.", fields=(BOX, OTHERS)), {"others": ["a"]}, [("box", "a", "s.others")]),
        (Struct("s", "S.", fields=(BOX,)), {}, []),
        (Struct("s", "S.", fields=(BOX,)), None, []),
        (StructList("l", "L.", fields=(BOX,)), [{"box": "a"}, {}], [("box", "a", "l.box")]),
        (
            StructSet("l", "L.", fields=(BOX,)),
            [{"box": "b"}, {"box": "a"}],
            [("box", "b", "l.box"), ("box", "a", "l.box")],
        ),
        (
            Entries("e", "E.", fields=(Text("id", ""), BOX), entry_key="id"),
            [{"id": "1", "box": "a"}],
            [("box", "a", "e.box")],
        ),
        (
            Struct("s", "S.", fields=(Struct("inner", "I.", fields=(OTHERS,)),)),
            {"inner": {"others": ["a"]}},
            [("box", "a", "s.inner.others")],
        ),
        (Text("plain", ""), "a", []),
    ],
)
def test_what_a_value_names(field: Field, value: Any, named: list[tuple[str, str, str]]) -> None:
    assert _named(field, value) == named


def test_entries_are_named_by_their_key_and_by_their_members() -> None:
    field = Entries("e", "E.", fields=(Text("id", ""), BOX), entry_key="id", reference=Reference("phone"))
    assert _named(field, [{"id": "1", "box": "a"}]) == [("phone", "1", "e"), ("box", "a", "e.box")]


def test_what_is_not_among_the_values_names_nothing() -> None:
    assert named_by((BOX,), {"other": "a"}, {"box": "a"}) == ()


def test_a_part_of_a_text_names() -> None:
    by_domain = Text("address", "", reference=Reference("domain", part=domain_of))
    assert _named(by_domain, "Ann@example.com") == [("domain", "example.com", "address")]
    several = TextSet("addresses", "", reference=Reference("domain", part=domain_of))
    assert [name for _kind, name, _option in _named(several, ["a@x.example", "b@y.example"])] == [
        "x.example",
        "y.example",
    ]


def test_a_name_is_completed_by_another_field_of_its_object() -> None:
    """The values that are sent may be fewer than those of the object."""
    values = {"name": "reds", "town": "example.com"}
    (needed,) = named_by(TEAM.fields, {"members": ["Bob"]}, values)
    assert (needed.kind, needed.name, needed.option) == ("player", "Bob@example.com", "members")
    assert needed.identity == ("player", "bob@example.com")


def test_a_member_is_completed_by_a_field_of_the_object_not_of_its_structure() -> None:
    inside = Text("player", "", reference=Reference("player", within="town"))
    for field in (Struct("s", "", fields=(inside,)), StructList("l", "", fields=(inside, Text("town", "")))):
        value: Any = {"player": "ann"} if isinstance(field, Struct) else [{"player": "ann", "town": "elsewhere"}]
        (needed,) = named_by((field,), {field.name: value}, {"town": "example.com"})
        assert needed.name == "ann@example.com"


def test_what_a_reference_says_of_itself_is_said_of_what_is_needed() -> None:
    reference = Reference("box", assumable=True, optional=True, mirror=True)
    assert named_by((Text("x", "", reference=reference),), {"x": "a"}, {}) == (
        Needed("box", "a", "x", assumable=True, optional=True, mirror=True),
    )
    assert named_by((BOX,), {"box": "a"}, {}) == (Needed("box", "a", "box"),)


def test_identity_is_kind_and_name_without_case() -> None:
    assert Needed("box", "A", "x").identity == Needed("box", "a", "y", assumable=True).identity == ("box", "a")
    assert Needed("box", "a", "x").identity != Needed("phone", "a", "x").identity


def test_the_references_of_a_resource_are_those_of_its_members_too() -> None:
    assert [reference.kind for reference in TEAM.references] == ["town", "player", "team", "player"]


# Order.


def test_members_of_structures_count_for_the_order() -> None:
    """A team names its trainer inside of a structure; its members may come later."""
    assert in_dependency_order((PLAQUE, TEAM, PLAYER)) == (PLAYER, PLAQUE, TEAM)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.name))
def test_what_is_named_comes_first_on_every_system(system: System) -> None:
    ordered = in_dependency_order(system.declared)
    assert {resource.kind for resource in ordered} == {resource.kind for resource in system.declared}
    place = {resource.kind: number for number, resource in enumerate(ordered)}
    for resource in ordered:
        for reference in resource.references:
            if not reference.late and reference.kind != resource.kind:
                assert place.get(reference.kind, -1) < place[resource.kind], (resource.kind, reference.kind)


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_names_are_completed_by_fields_that_are_always_known(resource: Resource) -> None:
    for each in with_members(resource.fields):
        if each.reference is not None and each.reference.within:
            assert each.reference.within in resource.key


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.name))
def test_what_a_task_of_ours_could_have_made_is_a_resource_of_the_system(system: System) -> None:
    kinds = {resource.kind for resource in system.declared}
    for resource in system.declared:
        for reference in resource.references:
            assert reference.kind in kinds or not (reference.assumable or reference.mirror or reference.late), (
                resource.kind,
                reference.kind,
            )
