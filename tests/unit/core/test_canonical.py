# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canonical form of every field of every declared resource, and of the fields of the made-up one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field, TextList, TextSet, as_read
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import without_secrets
from tests.unit.core.declared import RESOURCES
from tests.unit.core.strategies import QUICK, values

FIELDS = {
    f"{place}.{field.name}": field
    for place, resource in RESOURCES.items()
    for field in (*resource.writable, *resource.removal)
}
SETS = {place: field for place, field in FIELDS.items() if isinstance(field, TextSet)}
LISTS = {place: field for place, field in FIELDS.items() if isinstance(field, TextList)}


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_is_idempotent_equal_to_itself_and_survives_json(field: Field) -> None:
    """Results cross a JSON round trip on their way to the controller, and come back as options."""

    @QUICK
    @given(values(field))
    def check(value: Any) -> None:
        canonical = field.canonical(value)
        assert field.canonical(canonical) == canonical
        told = without_secrets(field, canonical)  # a secret in a wish is there to be sent, whatever the server holds
        assert field.same(told, told)
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
        was, wish = (without_secrets(field, field.canonical(value)) for value in (before, after))
        for only in (True, False):
            becomes = field.merged(was, wish, only)
            assert field.same(field.merged(becomes, wish, only), becomes)

    check()


@pytest.mark.parametrize("field", SETS.values(), ids=SETS)
def test_the_order_of_a_set_means_nothing(field: Field) -> None:
    @QUICK
    @given(values(field).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
    def check(both: tuple[list[str], list[str]]) -> None:
        assert field.same(field.canonical(both[0]), field.canonical(both[1]))

    check()


@pytest.mark.parametrize("field", LISTS.values(), ids=LISTS)
def test_the_order_of_a_list_means_something_and_repetition_nothing(field: TextList) -> None:
    first, second = field.words[:2]
    assert not field.same(field.canonical([first, second]), field.canonical([second, first]))
    assert field.canonical([second, first, second]) == [second, first]
    with pytest.raises(ValueError, match="'no such word' is not one of"):
        field.canonical([first, "no such word"])


@pytest.mark.parametrize("field", [*SETS.values(), *LISTS.values()], ids=[*SETS, *LISTS])
def test_an_empty_list_is_a_value(field: TextSet | TextList) -> None:
    assert field.canonical([]) == []
