# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canonical form of every field of every declared resource, and of the fields of the made-up one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field, as_read
from tests.unit.core.declared import RESOURCES
from tests.unit.core.strategies import QUICK, values

FIELDS = {
    f"{place}.{field.name}": field
    for place, resource in RESOURCES.items()
    for field in (*resource.writable, *resource.removal)
}
SETS = {place: field for place, field in FIELDS.items() if field.elements == "str"}


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_is_idempotent_equal_to_itself_and_survives_json(field: Field) -> None:
    """Results cross a JSON round trip on their way to the controller, and come back as options."""

    @QUICK
    @given(values(field))
    def check(value: Any) -> None:
        canonical = field.canonical(value)
        assert field.canonical(canonical) == canonical
        assert field.same(canonical, canonical)
        travelled = json.loads(json.dumps(canonical))
        assert travelled == canonical
        assert as_read(field, travelled) == canonical

    check()


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_wish_is_what_comes_after_it(field: Field) -> None:
    """Whatever was there before, once a wish is carried out there is nothing more to wish."""

    @QUICK
    @given(values(field), values(field))
    def check(before: Any, after: Any) -> None:
        was, wish = field.canonical(before), field.canonical(after)
        assert field.same(wish, field.merged(was, wish))

    check()


@pytest.mark.parametrize("field", SETS.values(), ids=SETS)
def test_the_order_of_a_set_means_nothing(field: Field) -> None:
    @QUICK
    @given(values(field).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
    def check(both: tuple[list[str], list[str]]) -> None:
        assert field.same(field.canonical(both[0]), field.canonical(both[1]))

    check()


@pytest.mark.parametrize("field", SETS.values(), ids=SETS)
def test_an_empty_list_is_a_value(field: Field) -> None:
    assert field.canonical([]) == []
