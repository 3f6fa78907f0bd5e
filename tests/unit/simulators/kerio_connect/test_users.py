# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating and changing users."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, condition, refused

LIMIT = {"isActive": True, "limit": {"value": 1024, "units": "MegaBytes"}}


def test_created_user_has_the_usual_values(admin: Client) -> None:
    made = admin.create_user("carol")
    assert made["errors"] == []
    assert made["result"] == [{"inputIndex": 0, "id": admin.server.store.user("carol")["id"]}]
    assert made["result"][0]["id"].startswith("keriodb://user/")
    row = admin.get(conditions=[condition("loginName", "Eq", "carol")])[0]
    assert (row["isEnabled"], row["publishInGal"], row["fullName"], row["emailAddresses"]) == (True, True, "", [])
    assert row["cleanOutItems"]["autoDelete"] == {"isEnabled": False, "days": 1095}
    assert row["accessPolicy"]["name"] == "Default"
    assert admin.server.store.user("carol")["password"] == "a-New-Secret-1"
    assert admin.server.store.mailboxes["example.com/carol"] == 0


def test_created_user_has_empty_values_by_switch(admin: Client) -> None:
    admin.server.settings.create_defaults = "zero"
    admin.create_user("carol")
    user = admin.server.store.user("carol")
    assert (user["isEnabled"], user["publishInGal"]) == (False, False)


def test_create_does_each_item_by_itself(admin: Client) -> None:
    domain = admin.server.store.domain("example.com")["id"]
    people = [
        {"loginName": "carol", "domainId": domain, "password": "x"},
        {"loginName": "ALICE", "domainId": domain, "password": "x"},
        {"loginName": "dave", "domainId": "keriodb://domain/none", "password": "x"},
        {"loginName": "e v e", "domainId": domain, "password": "x"},
        {"loginName": "frank", "domainId": domain},
        {"loginName": "grace", "domainId": domain, "password": "x", "noSuchMember": 1},
    ]
    made = admin.call("Users.create", {"users": people})
    assert [(error["inputIndex"], error["code"]) for error in made["errors"]] == [
        (1, 1001),
        (2, 1002),
        (3, 1000),
        (4, 1000),
    ]
    assert made["errors"][0]["messageParameters"] == {"positionalParameters": ["ALICE"], "plurality": 1}
    assert [result["inputIndex"] for result in made["result"]] == [0, 5]
    assert "noSuchMember" not in admin.server.store.user("grace")


def test_first_failure_may_undo_the_whole_call(admin: Client) -> None:
    admin.server.settings.item_errors = "top_level"
    domain = admin.server.store.domain("example.com")["id"]
    people = [{"loginName": name, "domainId": domain, "password": "x"} for name in ("carol", "alice")]
    with refused(1001):
        admin.call("Users.create", {"users": people})
    assert admin.names() == ["admin", "alice", "bob"]
    assert "example.com/carol" not in admin.server.store.mailboxes


@pytest.mark.parametrize(
    "fields",
    [
        {"isEnabled": "true"},
        {"isEnabled": 1},
        {"fullName": None},
        {"authType": "Internal"},
        {"authType": 0},
        {"emailAddresses": "carol"},
        {"itemLimit": {"isActive": True, "limit": "5"}},
        {"itemLimit": {"isActive": True, "limit": True}},
        {"diskSizeLimit": {"isActive": True, "limit": {"value": 1, "units": "MB"}}},
        {"role": "UserRole"},
    ],
)
def test_wrong_types_are_refused_as_a_whole(admin: Client, fields: dict[str, Any]) -> None:
    with refused(-32602):
        admin.create_user("carol", **fields)
    with refused(-32602):
        admin.set_user("bob", **fields)
    assert admin.names() == ["admin", "alice", "bob"]


def test_old_servers_take_enum_ordinals(admin: Client) -> None:
    admin.server.settings.enum_ordinals = True
    assert admin.set_user("bob", authType=1) == []
    assert admin.server.store.user("bob")["authType"] == "UWindowsNTAuth"


def test_set_changes_what_is_in_the_pattern_only(admin: Client) -> None:
    before = dict(admin.server.store.user("alice"))
    assert admin.set_user("alice", fullName="A", emailAddresses=["a", "b"], diskSizeLimit=LIMIT) == []
    after = admin.server.store.user("alice")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"fullName", "emailAddresses", "diskSizeLimit"}
    assert admin.set_user("alice", emailAddresses=[]) == []
    assert admin.server.store.user("alice")["emailAddresses"] == []


@pytest.mark.parametrize(
    "pattern",
    [
        {"role": {"userRole": "Auditor"}},
        {"role": {"userRole": "Auditor", "publicFolderRight": False}},
        {"emailForwarding": {"mode": "UForwardNone"}},
        {"itemLimit": {"limit": 5}},
        {"diskSizeLimit": {"isActive": True}},
        {"diskSizeLimit": {"isActive": True, "limit": {"value": 5}}},
        {"cleanOutItems": {"junkEmail": {"days": 5}}},
    ],
)
def test_nested_structures_must_be_complete_in_set(admin: Client, pattern: dict[str, Any]) -> None:
    with refused(-32602):
        admin.set_user("bob", **pattern)
    # Creation is not as strict.
    assert admin.create_user("carol", **pattern)["errors"] == []


def test_clean_out_rules_may_be_sent_one_by_one(admin: Client) -> None:
    assert admin.set_user("bob", cleanOutItems={"junkEmail": {"isEnabled": True, "days": 9}}) == []
    rules = admin.server.store.user("bob")["cleanOutItems"]
    assert rules["junkEmail"] == {"isEnabled": True, "days": 9}
    assert rules["autoDelete"]["days"] == 1095
    assert admin.set_user("bob", cleanOutItems={"junkEmail": {"isEnabled": True, "days": 24856}})[0]["code"] == 1000


def test_read_only_members_are_ignored(admin: Client) -> None:
    user = admin.server.store.user("bob")
    assert admin.set_user("bob", id="x", consumedItems=5, isWritableByMe=False, groupRole={}) == []
    assert admin.server.store.user("bob") == user


def test_members_written_once(admin: Client) -> None:
    other = admin.server.store.domain("example.org")["id"]
    assert admin.set_user("bob", domainId=other, hasDefaultSpamRule=False) == []
    bob = admin.server.store.user("bob")
    assert (bob["domainId"], bob["hasDefaultSpamRule"]) != (other, False)
    admin.server.settings.write_once = "refuse"
    assert admin.set_user("bob", hasDefaultSpamRule=False)[0]["code"] == 1003
    assert admin.set_user("bob", hasDefaultSpamRule=True) == []


def test_login_name_change_is_a_switch(admin: Client) -> None:
    assert admin.set_user("bob", loginName="bob", fullName="B") == []
    assert admin.set_user("bob", loginName="rob", fullName="R")[0]["code"] == 1003
    assert admin.server.store.user("bob")["fullName"] == "B"
    admin.server.settings.login_name_change = "ignore"
    assert admin.set_user("bob", loginName="rob") == []
    assert admin.names() == ["admin", "alice", "bob"]
    admin.server.settings.login_name_change = "rename"
    assert admin.set_user("bob", loginName="alice")[0]["code"] == 1001
    assert admin.set_user("bob", loginName="rob") == []
    assert admin.server.store.mailboxes["example.com/rob"] == 7
    assert "example.com/bob" not in admin.server.store.mailboxes


def test_sizes_are_read_in_the_largest_exact_unit(admin: Client) -> None:
    admin.set_user(
        "bob", diskSizeLimit=LIMIT, outMessageLimit={"isActive": True, "limit": {"value": 1536, "units": "KiloBytes"}}
    )
    bob = [condition("loginName", "Eq", "bob")]
    row = admin.get(conditions=bob)[0]
    assert row["diskSizeLimit"]["limit"] == {"value": 1, "units": "GigaBytes"}
    assert row["outMessageLimit"]["limit"] == {"value": 1536, "units": "KiloBytes"}
    admin.server.settings.normalise_byte_units = False
    assert admin.get(conditions=bob)[0]["diskSizeLimit"] == LIMIT


def test_groups_of_a_user_are_replaced_and_read_with_their_names(admin: Client) -> None:
    sales = admin.server.store.group("sales")["id"]
    assert admin.set_user("alice", userGroups=[{"id": sales, "name": "a lie"}]) == []
    row = admin.get(conditions=[condition("loginName", "Eq", "alice")])[0]
    assert row["userGroups"] == [
        {"id": sales, "name": "sales", "description": "", "itemSource": "DSInternalSource"},
    ]
    assert admin.server.store.members(admin.server.store.group("staff")["id"]) == []
    assert admin.set_user("alice", userGroups=[{"id": "keriodb://group/none"}])[0]["code"] == 1002
    foreign = admin.server.store.add_group("staff", "example.org")["id"]
    assert admin.set_user("alice", userGroups=[{"id": foreign}])[0]["code"] == 1002


def test_access_policy_is_set_by_id(admin: Client) -> None:
    restricted = admin.server.store.access_policy_group("Restricted")["id"]
    assert admin.set_user("bob", accessPolicy={"id": restricted}) == []
    row = admin.get(conditions=[condition("loginName", "Eq", "bob")])[0]
    assert row["accessPolicy"] == {"id": restricted, "name": "Restricted"}
    assert admin.set_user("bob", accessPolicy={"id": "keriodb://accesspolicygroup/none"})[0]["code"] == 1002


@pytest.mark.parametrize(
    ("mode", "code", "stored"), [("refuse", 1000, None), ("strip", 0, "b"), ("accept", 0, "b@example.com")]
)
def test_full_addresses_are_a_switch(admin: Client, mode: Any, code: int, stored: str | None) -> None:
    admin.server.settings.full_addresses = mode
    errors = admin.set_user("bob", emailAddresses=["b@example.com"])
    assert [error["code"] for error in errors] == ([code] if code else [])
    assert admin.server.store.user("bob")["emailAddresses"] == ([stored] if stored else [])


def test_address_collisions_are_a_switch(admin: Client) -> None:
    assert admin.set_user("bob", emailAddresses=["alice.example"]) == []
    admin.set_user("bob", emailAddresses=[])
    admin.server.settings.address_collisions = "refuse"
    assert admin.set_user("bob", emailAddresses=["Alice.Example"])[0]["code"] == 1001
    assert admin.set_user("alice", emailAddresses=["alice.example"]) == []
    assert admin.create_user("sales")["errors"][0]["code"] == 1001


def test_forwarding_needs_an_address(admin: Client) -> None:
    assert admin.set_user("bob", emailForwarding={"mode": "UForwardYes", "emailAddresses": []})[0]["code"] == 1000
    forwarding = {"mode": "UForwardDeliver", "emailAddresses": ["b@far.example"]}
    assert admin.set_user("bob", emailForwarding=forwarding) == []
    assert admin.server.store.user("bob")["emailForwarding"] == forwarding


@pytest.mark.parametrize("role", ["BuiltInAdmin", "BuiltInDomainAdmin"])
def test_builtin_roles_cannot_be_given(admin: Client, role: str) -> None:
    rights = {"userRole": role, "publicFolderRight": False, "archiveFolderRight": False}
    assert admin.set_user("bob", role=rights)[0]["code"] == 1003


@pytest.mark.parametrize("password", ["Sh0rt!", "alllowercase", "lower4and5digits", "Alice-has-1-Name"])
def test_password_policy_of_the_domain(admin: Client, password: str) -> None:
    admin.server.store.domain("example.com").update(passwordComplexityEnabled=True, passwordMinimumLength=8)
    assert admin.set_user("alice", password=password)[0]["code"] == 4002
    assert admin.server.store.user("alice")["password"] == "alice-1-Secret"
    assert admin.create_user("alice2", fullName="Alice", password=password)["errors"][0]["code"] == 4002
    assert admin.set_user("alice", password="Long-3nough-words") == []
    generated = admin.call("Domains.generatePassword", {"domainId": admin.server.store.domain("example.com")["id"]})
    assert admin.set_user("alice", password=generated["password"]) == []


def test_licence_seats_and_domain_limit(admin: Client) -> None:
    admin.server.settings.licence_seats = 3
    assert admin.create_user("carol")["errors"][0]["code"] == 1003
    assert admin.create_user("carol", isEnabled=False)["errors"] == []
    assert admin.set_user("carol", isEnabled=True)[0]["code"] == 1003
    admin.set_user("bob", isEnabled=False)
    assert admin.set_user("carol", isEnabled=True) == []
    admin.server.settings.licence_seats = 0
    admin.server.store.domain("example.org")["userMaxCount"] = 1
    assert admin.create_user("one", "example.org")["errors"] == []
    assert admin.create_user("two", "example.org")["errors"][0]["code"] == 1003
    assert admin.call("Users.getMailboxCount") == {"count": {"active": 4, "total": 5}}


def test_effective_rights(admin: Client) -> None:
    admin.server.store.group("staff")["hasDomainRestriction"] = True
    ids = [admin.server.store.user(name)["id"] for name in ("alice", "bob")]
    answer = admin.call("Users.getEffectiveUserRights", {"userIds": [*ids, "keriodb://user/none"]})
    assert [row["hasDomainRestriction"] for row in answer["result"]] == [True, False]
    assert [(error["inputIndex"], error["code"]) for error in answer["errors"]] == [(2, 1002)]
