# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SearchQuery finds, and in which form."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, condition, refused


def test_rows_hold_the_fields_asked_for(admin: Client) -> None:
    assert admin.get(fields=["loginName"])[0].keys() == {"loginName"}
    everything = admin.get()[0]
    assert "password" not in everything
    assert {"id", "role", "cleanOutItems", "homeServer"} <= everything.keys()
    assert admin.get(fields=["password", "id"])[0].keys() == {"id"}
    admin.server.settings.unasked_fields = "id"
    assert admin.get(fields=["loginName"])[0].keys() == {"id", "loginName"}
    admin.server.settings.unasked_fields = "all"
    assert admin.get(fields=["loginName"])[0].keys() == everything.keys()
    admin.server.settings.extra_members = True
    assert admin.get()[0].keys() > everything.keys()


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([condition("loginName", "Eq", "bob")], ["bob"]),
        ([condition("loginName", "Eq", "BOB")], ["bob"]),
        ([condition("loginName", "NotEq", "bob")], ["admin", "alice"]),
        ([condition("loginName", "Like", "%LI%")], ["alice"]),
        ([condition("loginName", "Like", "a*")], ["admin", "alice"]),
        ([condition("loginName", "GreaterThan", "admin")], ["alice", "bob"]),
        ([condition("consumedItems", "GreaterEq", "7")], ["alice", "bob"]),
        ([condition("consumedItems", "LessThan", "100")], ["admin", "bob"]),
        ([condition("isEnabled", "Eq", "true")], ["admin", "alice", "bob"]),
        ([condition("emailAddresses", "Eq", "alice.example")], ["alice"]),
        ([condition("QUICKSEARCH", "Like", "night")], ["bob"]),
        ([condition("loginName", "Eq", "bob"), condition("loginName", "Eq", "alice")], ["alice", "bob"]),
    ],
)
def test_conditions(admin: Client, conditions: list[dict[str, str]], expected: list[str]) -> None:
    assert admin.names(conditions=conditions) == expected


def test_conditions_can_all_be_asked_for(admin: Client) -> None:
    both = [condition("loginName", "Like", "a"), condition("fullName", "Like", "example")]
    assert admin.names(conditions=both, combining="And") == ["alice"]
    assert admin.names(conditions=both, combining="Or") == ["admin", "alice", "bob"]


def test_members_of_a_group_are_found_by_its_id(admin: Client) -> None:
    group = admin.server.store.group("staff")["id"]
    assert admin.names(conditions=[condition("userGroups", "Eq", group)]) == ["alice"]


def test_order_start_limit_and_total(admin: Client) -> None:
    order = [{"columnName": "description", "direction": "Asc"}, {"columnName": "loginName", "direction": "Desc"}]
    assert admin.names(orderBy=order) == ["alice", "admin", "bob"]
    assert admin.names(orderBy=[{"columnName": "consumedSize", "direction": "Desc"}]) == ["alice", "bob", "admin"]
    page = admin.page(start=1, limit=1, fields=["loginName"])
    assert page == {"list": [{"loginName": "alice"}], "totalItems": 3}
    assert len(admin.page(limit=4294967295)["list"]) == 3
    assert admin.page(start=9)["list"] == []


def test_server_may_hand_out_less_than_asked_for(admin: Client) -> None:
    admin.server.settings.max_rows = 2
    assert admin.page(limit=-1, fields=["loginName"]) == {
        "list": [{"loginName": "admin"}, {"loginName": "alice"}],
        "totalItems": 3,
    }
    assert admin.names(start=2) == ["bob"]


@pytest.mark.parametrize(
    "query",
    [
        {"fields": "loginName"},
        {"conditions": [condition("loginName", "Equals", "bob")]},
        {"conditions": [{"fieldName": "isEnabled", "comparator": "Eq", "value": True}]},
        {"conditions": [condition("nickName", "Eq", "bob")]},
        {"conditions": [condition("password", "Eq", "bob-2-Secret")]},
        {"conditions": [condition("isWritableByMe", "Eq", "true")]},
        {"conditions": [condition("itemSource", "Eq", "DSInternalSource")], "combining": "Or"},
        {"combining": "and"},
        {"limit": "5"},
        {"orderBy": [{"columnName": "nickName", "direction": "Asc"}]},
    ],
)
def test_wrong_queries(admin: Client, query: dict[str, Any]) -> None:
    with refused(-32602):
        admin.get(**query)


def test_filters_that_cannot_be_trusted(admin: Client) -> None:
    unknown = [condition("nickName", "Eq", "bob")]
    admin.server.settings.unknown_condition = "ignore"
    assert len(admin.get(conditions=unknown)) == 3
    admin.server.settings.unknown_condition = "nothing"
    assert admin.get(conditions=unknown) == []
    admin.server.settings.ignore_conditions = True
    assert len(admin.get(conditions=[condition("loginName", "Eq", "bob")])) == 3


def test_case_of_eq_is_a_switch(admin: Client) -> None:
    admin.server.settings.eq_case_sensitive = True
    assert admin.names(conditions=[condition("loginName", "Eq", "BOB")]) == []


def test_query_is_needed(admin: Client) -> None:
    with refused(1000):
        admin.call("Domains.get")
    with refused(-32602):
        admin.call("Users.get", {"domainId": admin.server.store.domain("example.com")["id"]})
    with refused(-32602):
        admin.call("Users.get", {"query": {}})
    admin.server.settings.domains_get_without_query_code = 0
    assert admin.call("Domains.get")["totalItems"] == 2


def test_domains_are_kept_apart(admin: Client) -> None:
    admin.create_user("alice", "example.org")
    assert [row["loginName"] for row in admin.get("Users", "example.org")] == ["alice"]
    with refused(1002):
        admin.call("Users.get", {"query": {}, "domainId": ""})
    admin.server.settings.empty_domain_id = "all"
    assert admin.call("Users.get", {"query": {}, "domainId": ""})["totalItems"] == 4
