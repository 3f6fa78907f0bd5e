# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields: contradictory declarations, and the edges of each kind of value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import (
    UNSET,
    Choice,
    Field,
    Flag,
    FlagOr,
    Integer,
    NumberOr,
    Size,
    Text,
    TextSet,
    secret,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Struct

CONTRADICTIONS: dict[str, Callable[[], Any]] = {
    "read-only and write-only": lambda: Text("x", "", read_only=True, write_only=True),
    "read-only and taken at creation": lambda: Text("x", "", read_only=True, create_only=True),
    "read-only and required": lambda: Text("x", "", read_only=True, required_on_create=True),
    "read-only and sent at creation": lambda: Text("x", "", read_only=True, on_create=""),
    "a secret that is read back": lambda: Text("x", "", secret=True),
    "left to the server and always sent": lambda: Integer("x", "", server_decides=True, on_create=1),
    "required and defaulted": lambda: Flag("x", "", required_on_create=True, on_create=False),
    "a secret inside a structure that is read back": lambda: Struct("s", "", fields=(Text("x", "", secret=True),)),
}


@pytest.mark.parametrize("declare", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictory_flags_fail_at_import(declare: Callable[[], Any]) -> None:
    with pytest.raises(TypeError, match="field x: "):
        declare()


@pytest.mark.parametrize(
    "on_create",
    [
        lambda: Choice("x", "", words=("a", "b"), on_create="c"),
        lambda: Size("x", "", on_create="lots"),
        lambda: Flag("x", "", on_create="yes"),
        lambda: Text("x", "", max_bytes=2, on_create="long"),
    ],
)
def test_a_value_for_creation_that_the_field_refuses_fails_at_import(on_create: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        on_create()


def test_the_value_for_creation_is_canonical() -> None:
    assert Size("x", "", on_create="1024M").on_create == "1G"


def _resource(**changes: Any) -> Resource:
    declaration: dict[str, Any] = {
        "kind": "thing",
        "plural": "things",
        "module": "thing",
        "summary": "",
        "description": (),
        "key": ("name",),
        "fields": (Text("name", ""),),
        "label": "{name}",
        "domain_key": lambda values: "",
    }
    return Resource(**{**declaration, **changes})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": ("number",)}, "the key names no field: number"),
        ({"fields": (Text("name", ""), Flag("name", ""))}, "name is declared twice"),
        ({"fields": (Text("name", ""), Flag("on", "", aliases=("name",)))}, "name is declared twice"),
        ({"removal": (Flag("name", ""),)}, "name is declared twice"),
    ],
)
def test_a_contradictory_resource_fails_at_import(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        _resource(**changes)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (Flag("x", ""), "true", "neither true nor false"),
        (Flag("x", ""), 1, "neither true nor false"),
        (FlagOr("x", "", third="maybe"), "perhaps", "neither true, false nor maybe"),
        (FlagOr("x", "", third="maybe"), 2, "neither true, false nor maybe"),
        (Integer("x", ""), -1, "between 0"),
        (Integer("x", "", maximum=7), "8", "between 0 and 7"),
        (Integer("x", ""), 1.5, "not a whole number"),
        (Integer("x", ""), True, "not a whole number"),
        (Integer("x", ""), "", "not a whole number"),
        (Integer("x", ""), "²", r"not a whole number|invalid literal"),
        (NumberOr("x", "", word="never"), "unlimited", "not a whole number, nor 'never'"),
        (NumberOr("x", "", maximum=7), 8, "between 0 and 7, nor 'unlimited'"),
        (Choice("x", "", words=("a", "b")), "c", "not one of a, b"),
        (Choice("x", "", words=("a", "b")), "A", "not one of a, b"),
        (TextSet("x", "", words=("a", "b")), ["a", "c"], "not one of a, b"),
        (Text("x", "", max_bytes=3), "éé", "longer than 3 bytes"),
        (Size("x", "", unit=1024**2), "512K", "no multiple of 1M"),
        (Size("x", "", zero_is_unlimited=True), "0M", "write unlimited"),
        (Size("x", ""), 512, "write 512M for megabytes"),
        (Struct("x", "", fields=(Integer("inner", ""),)), {"inner": "a"}, "inner: 'a' is not a whole number"),
    ],
)
def test_what_cannot_be_meant_is_refused(field: Field, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        field.canonical(value)


def test_true_is_no_number_and_zero_no_flag() -> None:
    assert FlagOr("x", "", third="maybe").canonical(True) is True
    assert NumberOr("x", "").canonical(0) == 0
    assert Integer("x", "", minimum=-3).canonical(" -3 ") == -3


def test_a_set_keeps_the_first_spelling_and_compares_without_case() -> None:
    field = TextSet("x", "")
    assert field.canonical(["b", "A", "a", "B"]) == ["A", "b"]
    assert field.same(field.canonical(["STAFF"]), field.canonical(["staff"]))
    assert not field.same(field.canonical(["staff"]), [])


def test_case_matters_in_a_text_unless_it_is_folded() -> None:
    assert not Text("x", "").same("A", "a")
    assert Text("x", "", fold=True).same("A", "a")


def test_a_structure_leaves_out_nothing_and_cannot_differ_in_what_the_server_hides() -> None:
    field = Struct("x", "", fields=(Integer("one", ""), Integer("two", "", on_create=5)))
    assert field.on_create == {"two": 5}
    assert field.canonical({"one": "1", "two": None}) == {"one": 1}
    assert field.merged({"one": 1, "two": 2}, {"two": 3}) == {"one": 1, "two": 3}
    assert field.same({"one": 1, "two": 2}, {"one": 1})
    assert not field.same({"one": 1, "two": 2}, {"one": 1, "two": 3})


def test_secrets_can_only_be_written() -> None:
    field = secret("x", "")
    assert field.secret
    assert field.write_only
    assert not field.readable


def test_unset_has_no_truth() -> None:
    with pytest.raises(TypeError):
        bool(UNSET)
