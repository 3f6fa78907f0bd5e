# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lists of all kinds of objects have in common: pages, filters, faults, calls that are undone as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.simulators import Fault
from tests.simulators.kerio_connect.store import Entity, Store
from tests.unit.simulators.kerio_connect.client import Client, condition, refused

# How a test makes an object of a name; how a client creates several: parameter, and the members beside the name.
MAKERS: dict[str, Callable[[Store, str], Entity]] = {
    "Domains": lambda store, name: store.add_domain(f"{name}.example"),
    "Groups": lambda store, name: store.add_group(name),
    "Aliases": lambda store, name: store.add_alias(name, "far@away.example"),
    "MailingLists": lambda store, name: store.add_mailing_list(name),
    "Resources": lambda store, name: store.add_resource(name),
    "IpAddressGroups": lambda store, name: store.add_ip_group_entry(name, "192.0.2.1"),
    "TimeRanges": lambda store, name: store.add_time_range(name),
}
CREATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "Domains": ("domains", {}),
    "Groups": ("groups", {}),
    "Aliases": ("aliases", {"deliverTo": "far@away.example"}),
    "MailingLists": ("mailingLists", {}),
    "Resources": ("resources", {}),
    "IpAddressGroups": ("groups", {"type": "Host", "host": "192.0.2.1"}),
    "TimeRanges": ("ranges", {"type": "TimeRangeDaily"}),
}
each_kind = pytest.mark.parametrize("kind", MAKERS)


def name_column(kind: str) -> str:
    return "groupName" if kind in ("IpAddressGroups", "TimeRanges") else "name"


def create(client: Client, kind: str, *names: str) -> dict[str, Any]:
    parameter, members = CREATIONS[kind]
    rows = [{"domainId": client.domain(), name_column(kind): name, **members} for name in names]
    return dict(client.call(f"{kind}.create", {parameter: rows}))


@each_kind
def test_pages_and_conditions(admin: Client, kind: str) -> None:
    for name in ("one", "two", "three"):
        MAKERS[kind](admin.server.store, name)
    order = [{"columnName": name_column(kind), "direction": "Desc"}]
    everything = admin.page(kind, fields=[name_column(kind)], orderBy=order)
    total = everything["totalItems"]
    assert len(everything["list"]) == total >= 3
    assert admin.page(kind, fields=[name_column(kind)], orderBy=order, start=1, limit=2) == {
        "list": everything["list"][1:3],
        "totalItems": total,
    }
    one = [condition(name_column(kind), "Like", "ONE")]
    assert admin.page(kind, conditions=one)["totalItems"] == 1
    admin.server.settings.ignore_conditions = True
    assert admin.page(kind, conditions=one)["totalItems"] == total
    admin.server.settings.max_rows = 2
    page = admin.page(kind, limit=-1)
    assert (len(page["list"]), page["totalItems"]) == (2, total)


@each_kind
def test_answers_that_are_no_lists(admin: Client, kind: str) -> None:
    for fault in ("html", "empty", "truncated"):
        admin.server.faults.add(Fault(fault, call=f"{kind}.get"))
        with pytest.raises(requests.JSONDecodeError):
            admin.get(kind)
    admin.server.faults.add(Fault("replace_result", call=f"{kind}.get", result={"list": [], "totalItems": 0}))
    assert admin.get(kind) == []


@each_kind
def test_a_failure_may_undo_the_whole_call(admin: Client, kind: str) -> None:
    admin.server.settings.item_errors = "top_level"
    before = admin.get(kind)
    with refused(1001):
        create(admin, kind, "one.example", "two.example", "ONE.example")
    assert admin.get(kind) == before
    assert len(create(admin, kind, "one.example", "two.example")["result"]) == 2


@each_kind
def test_created_ids_are_those_of_the_rows(admin: Client, kind: str) -> None:
    made = create(admin, kind, "one.example", "two.example")
    for item, name in zip(made["result"], ("one.example", "two.example"), strict=True):
        found = admin.get(kind, conditions=[condition("id", "Eq", item["id"])])
        assert [row[name_column(kind)] for row in found] == [name]


@each_kind
def test_newer_servers_tell_more(admin: Client, kind: str) -> None:
    MAKERS[kind](admin.server.store, "one")
    admin.server.settings.extra_members = True
    assert all("x9SinceNewerRelease" in row for row in admin.get(kind))


@each_kind
def test_fields_are_those_asked_for(admin: Client, kind: str) -> None:
    MAKERS[kind](admin.server.store, "one")
    assert {frozenset(row) for row in admin.get(kind, fields=["id", name_column(kind)])} == {
        frozenset({"id", name_column(kind)})
    }
