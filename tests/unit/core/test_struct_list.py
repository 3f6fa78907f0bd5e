# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of structures in order: wished for, compared and sent as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Flag, Integer, Text, as_read, secret
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import (
    StructList,
    secret_values,
    without_secrets,
)


def _short_or_long(entry: dict[str, Any]) -> dict[str, Any]:
    if "miles" in entry and entry.get("slow"):
        raise ValueError("slow and miles do not go together")
    return entry


STEPS = StructList(
    "steps",
    "Steps.",
    fields=(Text("to", "Place.", form=str.strip), Integer("miles", "Miles."), Flag("slow", "Slow.")),
    form=_short_or_long,
)


def test_members_are_canonical_and_in_the_order_of_the_declaration() -> None:
    (entry,) = STEPS.canonical([{"miles": "3", "to": " inn ", "slow": None}])
    assert entry == {"to": "inn", "miles": 3}
    assert list(entry) == ["to", "miles"]


def test_order_counts_and_so_does_every_member() -> None:
    inn, ford = {"to": "inn", "miles": 3}, {"to": "ford"}
    assert STEPS.same([inn, ford], [inn, ford])
    assert not STEPS.same([inn, ford], [ford, inn])
    assert not STEPS.same([{"to": "inn"}], [inn])
    assert not STEPS.same([inn], [inn, inn])
    assert STEPS.merged([inn, ford], [ford]) == [ford]
    assert STEPS.new([ford, ford]) == [ford, ford]


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([{"to": "inn"}, {"miles": "x"}], "entry 2: miles: 'x' is not a whole number"),
        ([{"miles": 1, "slow": True}], "entry 1: slow and miles do not go together"),
        ([{"to": "inn", "depth": 1}], "entry 1 is"),
        (["inn"], "entry 1 is 'inn'"),
    ],
)
def test_a_refusal_names_the_entry(entries: list[Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        STEPS.canonical(entries)


def test_what_no_option_takes_is_kept_as_the_server_tells_it() -> None:
    told = [{"to": "inn", "depth": 1}]
    assert as_read(STEPS, told) == told
    assert not STEPS.same([{"to": "inn"}], told)


def test_there_is_nothing_secret_in_it() -> None:
    assert list(secret_values(STEPS, [{"to": "inn"}])) == []
    assert without_secrets(STEPS, [{"to": "inn"}]) == [{"to": "inn"}]
    with pytest.raises(TypeError, match="compared as a whole"):
        StructList("steps", "Steps.", fields=(secret("pin", "PIN."),))
    with pytest.raises(TypeError, match="compared as a whole"):
        StructList("steps", "Steps.", fields=(Flag("slow", "Slow.", on_create=True),))
