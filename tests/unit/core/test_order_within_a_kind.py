# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of one kind that name each other, and changes that have to come before a deletion."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Reference, Text, TextSet
from ansible_collections.postmaster.comms.plugins.module_utils._core.order import in_order
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Step, Wish, plan
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import StructSet


def _resource(kind: str, *others: Any) -> Resource:
    fields = (Text("name", "Name.", immutable=True), *others)
    return Resource(
        kind=kind,
        plural=f"{kind}s",
        module=f"sample_{kind}",
        summary="Boxes",
        description=("Boxes.",),
        key=("name",),
        label="{name}",
        fields=fields,
    )


BOX = _resource(
    "box", StructSet("entries", "Entries.", fields=(Text("box", "Another box.", reference=Reference("box")),))
)
SHELF = _resource(
    "shelf",
    Text("box", "A box that has to be there.", reference=Reference("box")),
    TextSet("maybe", "Boxes, or something else.", reference=Reference("box", optional=True)),
)
ALL = (BOX, SHELF)


def _box(name: str, *inside: str) -> dict[str, Any]:
    return {"name": name, "entries": [{"box": each} for each in inside]}


def _step(resource: Resource, wish: dict[str, Any], held: dict[str, Any] | None = None) -> Step:
    values = None if held is None else {**resource.desire(held), "name": wish["name"]}
    current = None if values is None else Snapshot(values, str(wish["name"]), {}, 0.0)
    return plan(Wish(resource, resource.desire(wish)), current)


def _gone(resource: Resource, held: dict[str, Any]) -> Step:
    snapshot = Snapshot(resource.desire(held), str(held["name"]), {}, 0.0)
    return plan(Wish(resource, {"name": held["name"]}, present=False), snapshot)


def _order(*steps: Step) -> list[str]:
    return [f"{step.action} {step.name}" for step in in_order(steps, ALL)]


def test_what_an_object_names_comes_before_it_in_whatever_order_it_is_listed() -> None:
    steps = [
        _step(BOX, _box("big", "Middle", "small")),
        _step(BOX, _box("middle", "small")),
        _step(BOX, _box("small"), _box("small", "dust")),
    ]
    for listed in permutations(steps):
        assert _order(*listed) == ["update box small", "create box middle", "create box big"]


def test_what_an_object_names_goes_after_it() -> None:
    steps = [_gone(BOX, _box("small")), _gone(BOX, _box("big", "MIDDLE")), _gone(BOX, _box("middle", "small"))]
    for listed in permutations(steps):
        assert _order(*listed) == ["delete box big", "delete box middle", "delete box small"]


def test_objects_that_name_no_other_of_the_plan_stay_as_listed() -> None:
    assert _order(*(_step(BOX, _box(name, "elsewhere")) for name in ("c", "a", "b"))) == [
        "create box c",
        "create box a",
        "create box b",
    ]
    assert _order(*(_gone(BOX, _box(name)) for name in ("c", "a", "b"))) == [
        "delete box c",
        "delete box a",
        "delete box b",
    ]


def test_who_names_them_from_another_kind_makes_no_difference() -> None:
    steps = [_step(SHELF, {"name": "s", "box": "b"}), _step(BOX, _box("a")), _step(BOX, _box("b"))]
    assert _order(*steps) == ["create box a", "create box b", "create shelf s"]


def test_a_circle_is_no_endless_loop() -> None:
    steps = [_step(BOX, _box("a", "b")), _step(BOX, _box("b", "c")), _step(BOX, _box("c", "a"))]
    assert sorted(_order(*steps)) == ["create box a", "create box b", "create box c"]


def test_what_a_change_needs_is_made_before_it_frees_what_goes() -> None:
    wish, held = {"name": "s", "box": "new"}, {"name": "s", "box": "old"}
    steps = [
        _gone(BOX, _box("old")),
        _step(SHELF, wish, held),
        _step(BOX, _box("new", "inner")),
        _step(BOX, _box("inner")),
    ]
    for listed in permutations(steps):
        assert _order(*listed) == ["create box inner", "create box new", "update shelf s", "delete box old"]


def test_what_a_change_need_not_find_waits_until_deletions_have_made_room() -> None:
    steps = [
        _step(BOX, _box("new")),
        _gone(BOX, _box("old")),
        _step(SHELF, {"name": "s", "maybe": ["new"]}, {"name": "s", "maybe": ["old"]}),
    ]
    assert _order(*steps) == ["update shelf s", "delete box old", "create box new"]
