# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a query tells beside the document: which options are secrets that nobody can read, and what it leaves out."""

from __future__ import annotations

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import run_info
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field, Text, secret
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import (
    Entries,
    Struct,
    secret_options,
    with_members,
)
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.memory_system import memory_system, run_of
from tests.unit.core.phones import PHONE
from tests.unit.core.samples import PERSON
from tests.unit.core.tasks import config, info
from tests.unit.core.teams import BARE, PLAQUE, PLAYER, TEAM

LINE = (Text("login", ""), secret("password", ""))


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ((), []),
        ((Text("plain", ""),), []),
        ((secret("pin", ""), Text("plain", ""), secret("password", "")), ["pin", "password"]),
        ((Entries("lines", "", fields=LINE, entry_key="login"),), ["lines[].password"]),
        (
            (Struct("outer", "", fields=(Entries("lines", "", fields=LINE, entry_key="login"),)),),
            ["outer.lines[].password"],
        ),
    ],
)
def test_secrets_are_named_by_their_place(fields: tuple[Field, ...], named: list[str]) -> None:
    assert secret_options(fields) == named


def test_a_query_names_the_secrets_of_each_list_that_it_tells() -> None:
    gateway = MemoryGateway()
    gateway.put(PERSON, address="ann@example.com", password="s3cret-value")
    gateway.put(PHONE, number="101", login="101", password="s3cret-value")
    answer = info(gateway)
    assert answer["secrets"].keys() == answer["config"].keys()
    assert answer["secrets"]["people"] == ["password"]
    assert answer["secrets"]["phones"] == ["password", "lines[].password"]
    assert answer["secrets"]["clubs"] == []
    assert "s3cret-value" not in str(answer)
    some = run_info(memory_system(gateway), run_of(gateway, {"resources": ["phones"]}))
    assert list(some["secrets"]) == list(some["config"]) == ["phones"]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.name))
def test_every_secret_of_a_resource_is_named(system: System) -> None:
    for resource in system.declared:
        secrets = [leaf.name for leaf in with_members(resource.writable) if leaf.secret]
        assert [name.rpartition(".")[2] for name in secret_options(resource.writable)] == secrets


def test_what_is_told_can_be_given_back_lists_that_are_added_to_included() -> None:
    gateway = MemoryGateway(owned={"player": (PLAQUE, BARE)})
    gateway.put(PLAYER, name="ann", town="example.com", motto="")
    rounds = [{"against": "blues@example.com", "week": 2}, {"against": "blues@example.com", "week": 9, "home": False}]
    gateway.put(TEAM, name="reds", town="example.com", motto="", members=["Ann"], rounds=rounds, staff={})
    gateway.objects["plaque", ("ann@example.com",)].values["colours"] = ["red", "blue"]
    gateway.others = {("town", "example.com")}
    document = info(gateway)["config"]
    for append in (True, False):
        result = config(gateway, document, append=append)
        assert result["changed"] is False, result
    pruning = [name for name in document if name != "plaques"]
    assert config(gateway, document, prune=pruning, allow_empty=True)["changed"] is False
