# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IP address groups, whose rows are entries, and the lock-out of remote administration."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, client_with_role, codes, condition, refused

CUT_OFF = "You will be cut off from remote administration!"


def host(text: str, group: str = "Partners", **fields: Any) -> dict[str, Any]:
    return {"groupId": "", "groupName": group, "type": "Host", "host": text, **fields}


def create(client: Client, *entries: dict[str, Any]) -> dict[str, Any]:
    return dict(client.call("IpAddressGroups.create", {"groups": list(entries)}))


def change(client: Client, entry: dict[str, Any], **details: Any) -> list[tuple[int, int]]:
    return codes(client.call("IpAddressGroups.set", {"groupIds": [entry["id"]], "details": details}))


def remove(client: Client, *entries: dict[str, Any]) -> list[tuple[int, int]]:
    return codes(client.call("IpAddressGroups.remove", {"groupIds": [entry["id"] for entry in entries]}))


def groups(client: Client) -> dict[str, str]:
    return {group["name"]: group["id"] for group in client.call("IpAddressGroups.getGroupList")["groups"]}


def rows(client: Client, group: str = "Partners", **query: Any) -> list[dict[str, Any]]:
    return client.get("IpAddressGroups", conditions=[condition("groupName", "Eq", group)], **query)


@pytest.fixture
def first(admin: Client) -> dict[str, Any]:
    """The first entry of the group Partners."""
    return admin.server.store.add_ip_group_entry("Partners", "192.0.2.1")


# Entries and groups


def test_a_group_comes_with_its_first_entry_and_goes_with_the_last(admin: Client) -> None:
    made = create(admin, host("192.0.2.1", description="one"), host("192.0.2.2"), host("a.example", "others"))
    assert made["errors"] == []
    assert list(groups(admin)) == ["Local clients", "others", "Partners"]
    found = rows(admin)
    assert {row["groupId"] for row in found} == {groups(admin)["Partners"]}
    assert [(row["host"], row["description"], row["enabled"], row["status"]) for row in found] == [
        ("192.0.2.1", "one", True, "StoreStatusClean"),
        ("192.0.2.2", "", True, "StoreStatusClean"),
    ]
    assert [item["id"] for item in made["result"][:2]] == [row["id"] for row in found]
    assert remove(admin, found[0]) == []
    assert "Partners" in groups(admin)
    assert remove(admin, found[1], found[0]) == [(1, 1002)]
    assert "Partners" not in groups(admin)


def test_every_type_of_entry(admin: Client) -> None:
    inner = groups(admin)["Local clients"]
    entries: list[dict[str, Any]] = [
        {"type": "Network", "addr1": "10.1.2.3", "addr2": "255.0.0.0"},
        {"type": "Range", "addr1": "192.0.2.1", "addr2": "192.0.2.9"},
        {"type": "ChildGroup", "childGroupId": inner},
        {"type": "ThisMachine", "host": "dropped.example"},
        {"type": "IpPrefix", "host": "192.0.2."},
    ]
    assert create(admin, *({**entry, "groupName": "All"} for entry in entries))["errors"] == []
    found = {row["type"]: row for row in rows(admin, "all")}
    assert (found["Network"]["addr1"], found["Network"]["addr2"]) == ("10.1.2.3", "255.0.0.0")
    assert (found["ChildGroup"]["childGroupId"], found["ChildGroup"]["childGroupName"]) == (inner, "Local clients")
    assert found["ThisMachine"]["host"] == ""
    assert len(found) == len(entries)


def test_each_entry_stands_or_falls_by_itself(admin: Client, first: dict[str, Any]) -> None:
    made = create(
        admin,
        host("192.0.2.1", "partners"),
        host("192.0.2.2", "PARTNERS"),
        host(" "),
        host("192.0.2.3", " "),
        host("192.0.2.4", groupId="keriodb://ipaddressgroup/none"),
        {"type": "Network", "groupName": "Partners", "addr1": "10.0.0.0", "addr2": "8"},
        {"type": "ChildGroup", "groupName": "Partners", "childGroupId": "none"},
    )
    assert codes(made) == [(0, 1001), (2, 1000), (3, 1000), (4, 1002), (5, 1000), (6, 1002)]
    assert made["errors"][0]["message"] == "This address group already exists!"
    assert [row["host"] for row in rows(admin)] == ["192.0.2.1", "192.0.2.2"]
    with refused(-32602):
        create(admin, {"groupName": "Partners", "host": "x"})
    assert {row["groupName"] for row in rows(admin)} == {first["groupName"]}


def test_an_entry_joins_its_group_by_id(admin: Client, first: dict[str, Any]) -> None:
    assert create(admin, host("192.0.2.2", "ignored", groupId=first["groupId"]))["errors"] == []
    assert len(rows(admin)) == 2


def test_a_group_of_the_same_name_may_be_refused(admin: Client, first: dict[str, Any]) -> None:
    admin.server.settings.group_name_taken = "refuse"
    assert codes(create(admin, host("192.0.2.2"))) == [(0, 1001)]
    assert create(admin, host("192.0.2.2", groupId=first["groupId"]))["errors"] == []


def test_columns_and_conditions(admin: Client, first: dict[str, Any]) -> None:
    admin.server.store.add_ip_group_entry("Partners", "100%*.example")

    def hosts(column: str, comparator: str, value: str) -> list[str]:
        query: dict[str, Any] = {
            "conditions": [condition(column, comparator, value)],
            "orderBy": [{"columnName": "item"}],
        }
        return [row["host"] for row in admin.get("IpAddressGroups", **query)]

    assert hosts("name", "Like", "ARTN") == ["100%*.example", "192.0.2.1"]
    assert hosts("item", "Eq", "192.0.2.1") == ["192.0.2.1"]
    # Wildcards stand for themselves here.
    assert hosts("item", "Like", "%*") == ["100%*.example"]
    assert hosts("item", "Like", "192%") == []
    admin.server.settings.ignore_conditions = True
    assert len(hosts("item", "Eq", "nothing")) == 4
    admin.server.settings.max_rows = 3
    page = admin.page("IpAddressGroups")
    assert (len(page["list"]), page["totalItems"]) == (3, 4)


# Changes


def test_a_change_of_an_entry(admin: Client, first: dict[str, Any]) -> None:
    assert change(admin, first, type="Host", host="192.0.2.7", description="new", enabled=False, id="x") == []
    row = rows(admin)[0]
    assert (row["id"], row["host"], row["description"], row["enabled"]) == (first["id"], "192.0.2.7", "new", False)


def test_a_value_comes_with_its_type_and_a_type_with_all_its_values(admin: Client, first: dict[str, Any]) -> None:
    assert change(admin, first, host="192.0.2.7") == [(0, -32602)]
    assert change(admin, first, type="Range", addr1="192.0.2.1") == [(0, -32602)]
    assert change(admin, first, description="only") == []
    assert change(admin, first, host="192.0.2.1") == []
    admin.server.settings.ip_entry_set = "merge"
    assert change(admin, first, host="192.0.2.7") == []
    assert change(admin, first, type="Range", addr1="192.0.2.1") == [(0, 1000)]
    admin.server.settings.ip_entry_set = "strict"
    assert change(admin, first, type="Range", addr1="192.0.2.1", addr2="192.0.2.3") == []
    row = rows(admin)[0]
    assert (row["type"], row["host"], row["addr2"]) == ("Range", "", "192.0.2.3")


def test_entries_move_between_groups(admin: Client, first: dict[str, Any]) -> None:
    assert change(admin, first, groupId=groups(admin)["Local clients"]) == []
    assert list(groups(admin)) == ["Local clients"]
    assert change(admin, first, groupId="", groupName="Friends") == []
    assert [row["host"] for row in rows(admin, "Friends")] == ["192.0.2.1"]
    assert change(admin, first, groupId="keriodb://ipaddressgroup/none") == [(0, 1002)]


def test_what_another_group_name_means_is_a_switch(admin: Client, first: dict[str, Any]) -> None:
    store, settings = admin.server.store, admin.server.settings
    store.add_ip_group_entry("Partners", "192.0.2.2")

    def names() -> list[str]:
        return [row["groupName"] for row in store.ip_address_entries.values() if row["type"] == "Host"]

    assert change(admin, first, groupName="Friends") == []
    assert names() == ["Partners", "Partners"]
    settings.group_name_in_set = "rename"
    assert change(admin, first, groupId=first["groupId"], groupName="Friends") == []
    assert names() == ["Friends", "Friends"]
    assert change(admin, first, groupName="local CLIENTS") == [(0, 1001)]
    settings.group_name_in_set = "move"
    assert change(admin, first, groupName="Alone") == []
    assert names() == ["Alone", "Friends"]


def test_no_group_contains_itself(admin: Client, first: dict[str, Any]) -> None:
    partners, inner = first["groupId"], admin.server.store.add_ip_group_entry("Inner", "192.0.2.5")
    child = {"type": "ChildGroup", "groupName": "Partners", "childGroupId": inner["groupId"]}
    assert create(admin, child)["errors"] == []
    back = {"type": "ChildGroup", "groupName": "Inner", "childGroupId": partners}
    assert codes(create(admin, back, {**back, "groupName": "Partners"})) == [(0, 1000), (1, 1000)]


def test_groups_may_lie_in_several_depths(admin: Client, first: dict[str, Any]) -> None:
    ids = {name: admin.server.store.add_ip_group_entry(name, "192.0.2.5")["groupId"] for name in ("A", "B", "C")}

    def put(inner: str, outer: str) -> list[tuple[int, int]]:
        return codes(create(admin, {"type": "ChildGroup", "groupName": outer, "childGroupId": ids[inner]}))

    assert put("B", "A") == []
    assert put("C", "B") == []
    assert put("C", "A") == []
    assert put("A", "C") == [(0, 1000)]


def test_the_same_host_is_the_same_in_any_case(admin: Client) -> None:
    assert codes(create(admin, host("A.example"), host("a.EXAMPLE"))) == [(1, 1001)]


def test_what_refers_to_a_group_keeps_it(admin: Client, first: dict[str, Any]) -> None:
    store, settings = admin.server.store, admin.server.settings
    store.add_ip_group_entry("Outer", type="ChildGroup", childGroupId=first["groupId"])
    assert remove(admin, first) == [(0, 1003)]
    second = store.add_ip_group_entry("Partners", "192.0.2.2")
    assert remove(admin, first) == []
    # Moving the last entry away ends the group as well.
    assert change(admin, second, groupId=groups(admin)["Local clients"]) == [(0, 1003)]
    settings.group_in_use = "dangle"
    assert remove(admin, second) == []
    assert [(row["childGroupId"], row["childGroupName"]) for row in rows(admin, "Outer")] == [(first["groupId"], "")]


def test_what_refers_to_a_group_may_go_with_it(admin: Client, first: dict[str, Any]) -> None:
    store, settings = admin.server.store, admin.server.settings
    settings.group_in_use = "vanish"
    store.add_ip_group_entry("Outer", type="ChildGroup", childGroupId=first["groupId"])
    policy = store.access_policy_group("Restricted")["id"]
    rule = {"groupId": policy, "rule": {"type": "ServiceIpAllowed", "groupId": first["groupId"]}}
    admin.call("AccessPolicy.create", {"rules": [rule]})
    assert remove(admin, first) == []
    assert list(groups(admin)) == ["Local clients"]
    assert [row["rule"]["groupId"] for row in store.access_policy_rules.values()] == [""]


def test_a_rule_of_an_access_policy_keeps_a_group(admin: Client, first: dict[str, Any]) -> None:
    policy = admin.server.store.access_policy_group("Restricted")["id"]
    rule = {"groupId": policy, "rule": {"type": "ServiceIpAllowed", "groupId": first["groupId"]}}
    admin.call("AccessPolicy.create", {"rules": [rule]})
    assert remove(admin, first) == [(0, 1003)]


def test_other_switches(admin: Client, first: dict[str, Any]) -> None:
    settings = admin.server.settings
    settings.entry_twice = "allow"
    assert create(admin, host("192.0.2.1"))["errors"] == []
    settings.unused_values = "keep"
    assert change(admin, first, type="ThisMachine") == []
    assert rows(admin)[0]["host"] == "192.0.2.1"
    settings.network_address = "mask"
    network = {"type": "Network", "groupName": "Net", "addr1": "10.1.2.3", "addr2": "255.0.0.0"}
    assert create(admin, network)["errors"] == []
    assert rows(admin, "Net")[0]["addr1"] == "10.0.0.0"
    settings.entry_values = "any"
    assert create(admin, {**network, "addr1": "ten"})["errors"] == []
    settings.ip_prefix_type = False
    assert codes(create(admin, host("192.0.2.", type="IpPrefix"))) == [(0, -32602)]


# Lock-out


def limit_to(admin: Client, group: str) -> None:
    setting = {"isEnabled": True, "isLimited": True, "groupId": groups(admin)[group]}
    assert admin.call("Server.setRemoteAdministration", {"setting": setting}) == {}


def validate_remove(admin: Client, *entries: dict[str, Any]) -> list[dict[str, Any]]:
    ids = [entry["id"] for entry in entries]
    return list(admin.call("IpAddressGroups.validateRemove", {"groupIds": ids})["errors"])


def test_a_removal_that_would_cut_the_caller_off(admin: Client) -> None:
    this_machine, network = rows(admin, "Local clients")
    assert validate_remove(admin, this_machine, network) == []
    limit_to(admin, "Local clients")
    errors = validate_remove(admin, network, this_machine)
    assert [(error["inputIndex"], error["code"], error["message"]) for error in errors] == [(1, 4000, CUT_OFF)]
    assert validate_remove(admin, network) == []
    assert len(rows(admin, "Local clients")) == 2
    admin.server.settings.lockout = "refuse"
    assert remove(admin, this_machine, network) == [(0, 4000)]
    assert len(rows(admin, "Local clients")) == 1


def test_a_change_that_would_cut_the_caller_off(admin: Client) -> None:
    this_machine = rows(admin, "Local clients")[0]
    limit_to(admin, "Local clients")

    def validate(**details: Any) -> list[tuple[int, int]]:
        params = {"groupIds": [this_machine["id"]], "details": details}
        return codes(admin.call("IpAddressGroups.validateSet", params))

    assert validate(description="harmless") == []
    assert validate(type="Host", host="127.0.0.1") == []
    assert validate(type="IpPrefix", host="127.") == []
    assert validate(type="Network", addr1="127.0.0.0", addr2="255.0.0.0") == []
    assert validate(type="Range", addr1="127.0.0.1", addr2="127.0.0.2") == []
    assert validate(enabled=False) == [(0, 4000)]
    assert validate(type="Host", host="127.0.0.2") == [(0, 4000)]
    assert validate(type="Network", addr1="127.1.0.0", addr2="255.255.0.0") == [(0, 4000)]
    assert validate(type="Range", addr1="127.0.0.2", addr2="127.0.0.9") == [(0, 4000)]
    assert validate(type="Range", addr1="::1", addr2="::2") == [(0, 4000)]
    assert validate(host="127.0.0.1") == [(0, -32602)]
    assert rows(admin, "Local clients")[0] == this_machine
    admin.server.settings.lockout = "refuse"
    assert change(admin, this_machine, enabled=False) == [(0, 4000)]
    assert change(admin, this_machine, description="harmless") == []


def test_nobody_administers_the_server_from_elsewhere(admin: Client) -> None:
    this_machine = rows(admin, "Local clients")[0]
    limit_to(admin, "Local clients")
    assert remove(admin, this_machine) == []
    with refused(1004):
        admin.call("Session.whoAmI")
    with refused(1004):
        Client(admin.server).login()


def test_groups_inside_the_group_count_too(admin: Client, first: dict[str, Any]) -> None:
    admin.server.store.add_ip_group_entry("Partners", type="ChildGroup", childGroupId=groups(admin)["Local clients"])
    limit_to(admin, "Partners")
    this_machine = rows(admin, "Local clients")[0]
    assert [error["code"] for error in validate_remove(admin, this_machine)] == [4000]


def test_remote_administration(admin: Client, first: dict[str, Any]) -> None:
    everywhere = {"isEnabled": True, "isLimited": False, "groupId": ""}
    assert admin.call("Server.getRemoteAdministration")["setting"] == {**everywhere, "groupName": ""}
    elsewhere = {**everywhere, "isLimited": True, "groupId": first["groupId"]}
    for setting in (elsewhere, {**everywhere, "isEnabled": False}):
        with refused(4000):
            admin.call("Server.validateRemoteAdministration", {"setting": setting})
    assert admin.call("Server.validateRemoteAdministration", {"setting": everywhere}) == {}
    with refused(-32602):
        admin.call("Server.setRemoteAdministration", {"setting": {"isEnabled": True, "isLimited": True}})
    with refused(1002):
        admin.call("Server.setRemoteAdministration", {"setting": {**everywhere, "isLimited": True}})
    limit_to(admin, "Local clients")
    assert admin.call("Server.getRemoteAdministration")["setting"]["groupName"] == "Local clients"
    assert remove(admin, *rows(admin, "Local clients")[::-1]) == [(1, 1003)]


def test_who_may_change_groups_of_addresses(admin: Client) -> None:
    deputy = client_with_role(admin.server, "AccountAdmin")
    assert validate_remove(deputy, rows(deputy, "Local clients")[0]) == []
    with refused(1004):
        create(deputy, host("192.0.2.1"))
