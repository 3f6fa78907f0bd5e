# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups, aliases, domains, access policies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, condition, refused

# Groups


def test_group_life(admin: Client) -> None:
    domain = admin.server.store.domain("example.com")["id"]
    made = admin.call(
        "Groups.create", {"groups": [{"domainId": domain, "name": "it"}, {"domainId": domain, "name": "Staff"}]}
    )
    assert [(error["inputIndex"], error["code"]) for error in made["errors"]] == [(1, 1001)]
    group = made["result"][0]["id"]
    alice, bob = (admin.server.store.user(name)["id"] for name in ("alice", "bob"))
    added = admin.call("Groups.addMemberList", {"groupId": group, "userList": [alice, "keriodb://user/none", bob]})
    assert [(error["inputIndex"], error["code"]) for error in added["errors"]] == [(1, 1002)]
    assert admin.server.store.members(group) == ["alice", "bob"]
    assert admin.call("Groups.removeMemberList", {"groupId": group, "userIds": [alice]}) == {"errors": []}
    assert admin.server.store.members(group) == ["bob"]
    pattern = {"name": "informatics", "emailAddresses": ["it"], "role": "Auditor"}
    assert admin.call("Groups.set", {"groupIds": [group], "pattern": pattern}) == {"errors": []}
    row = admin.get("Groups", conditions=[condition("id", "Eq", group)])[0]
    assert (row["name"], row["role"], row["emailAddresses"]) == ("informatics", "Auditor", ["it"])
    answer = admin.call("Groups.remove", {"requests": [{"groupId": group, "mode": "DSModeDelete"}]})
    assert answer == {"errors": []}
    assert admin.server.store.user("bob")["userGroups"] == []


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("Groups.addMemberList", {"groupId": "", "userIds": []}),
        ("Groups.removeMemberList", {"groupId": "", "userList": []}),
        ("Groups.create", {"groups": [{"name": "it"}]}),
        ("Groups.set", {"groupIds": [], "pattern": {"role": {"userRole": "Auditor"}}}),
    ],
)
def test_wrong_parameters_of_groups(admin: Client, method: str, params: dict[str, Any]) -> None:
    with refused(-32602):
        admin.call(method, params)


def test_group_name_change_is_a_switch(admin: Client) -> None:
    params = {"groupIds": [admin.server.store.group("sales")["id"]], "pattern": {"name": "selling"}}
    admin.server.settings.group_name_change = "refuse"
    assert admin.call("Groups.set", params)["errors"][0]["code"] == 1003
    admin.server.settings.group_name_change = "ignore"
    assert admin.call("Groups.set", params)["errors"] == []
    assert admin.server.store.group("sales")


# Aliases


def test_alias_life(admin: Client) -> None:
    domain = admin.server.store.domain("example.com")["id"]
    wanted = [
        {"domainId": domain, "name": "info", "deliverTo": "bob@example.com"},
        {"domainId": domain, "name": "INFO", "deliverTo": "Alice@example.com"},
        {"domainId": domain, "name": "in fo", "deliverTo": "bob@example.com"},
    ]
    made = admin.call("Aliases.create", {"aliases": wanted})
    assert [(error["inputIndex"], error["code"]) for error in made["errors"]] == [(1, 1001), (2, 1000)]
    rows = admin.get("Aliases", conditions=[condition("name", "Eq", "info")])
    assert {(row["deliverTo"], row["type"]) for row in rows} == {
        ("alice@example.com", "TypeEmailAddress"),
        ("bob@example.com", "TypeEmailAddress"),
    }
    alias = made["result"][0]["id"]
    assert admin.call("Aliases.set", {"aliasIds": [alias], "pattern": {"description": "Desk"}}) == {"errors": []}
    assert admin.server.store.aliases[alias]["description"] == "Desk"
    assert admin.call("Aliases.remove", {"aliasIds": [alias, alias]})["errors"][0]["inputIndex"] == 1
    assert len(admin.server.store.aliases) == 1


def test_expansion_of_addresses(admin: Client) -> None:
    store = admin.server.store
    store.add_alias("sales-*", "team@example.com")
    store.add_alias("team", "staff@example.com")
    store.add_alias("team", "far@away.example")
    store.add_alias("loop", "loop@example.com")

    def check(address: str) -> list[str]:
        return list(admin.call("Aliases.check", {"checkString": address})["result"])

    assert check("info") == ["alice@example.com"]
    assert check("sales-north@example.com") == ["alice@example.com", "far@away.example"]
    assert check("loop@example.com") == []
    assert check("somebody@away.example") == ["somebody@away.example"]


def test_targets_of_aliases(admin: Client) -> None:
    rows = admin.get("Aliases", fields=["id"])
    assert len(rows) == 1
    domain = admin.server.store.domain("example.com")["id"]
    targets = admin.call("Aliases.getTargetList", {"query": {}, "domainId": domain})["list"]
    assert [target["name"] for target in targets] == ["admin", "alice", "bob", "[staff]", "[sales]"]


def test_entities_are_found_by_address(admin: Client) -> None:
    store = admin.server.store
    store.add_group("front", emailAddresses=["info"])
    group = store.group("front")["id"]
    params = {
        "addresses": ["info"],
        "updatedEntity": {"kind": "EntityGroup", "id": group},
        "domainId": store.domain("example.com")["id"],
    }
    found = admin.call("Server.findEntityByEmail", params)["entities"]
    assert [(row["kind"], row["name"], row["isPattern"]) for row in found] == [
        ("EntityGroup", "front", True),
        ("EntityAlias", "info", False),
    ]
    assert {row["collisionAddress"] for row in found} == {"info@example.com"}


# Domains and access policies


def test_domain_life(admin: Client) -> None:
    made = admin.call("Domains.create", {"domains": [{"name": "lab.example"}, {"name": "Example.COM"}, {"name": "-"}]})
    assert [(error["inputIndex"], error["code"]) for error in made["errors"]] == [(1, 1001), (2, 1000)]
    lab = made["result"][0]["id"]
    pattern = {"name": "other.example", "description": "lab", "aliasList": ["l.example"]}
    assert admin.call("Domains.set", {"domainIds": [lab], "pattern": pattern}) == {"errors": []}
    row = admin.get("Domains", conditions=[condition("id", "Eq", lab)])[0]
    assert (row["name"], row["description"], row["aliasList"]) == ("lab.example", "lab", ["l.example"])
    with refused(-32602):
        admin.call("Domains.set", {"domainIds": [lab], "pattern": {"service": {"hostname": "ldap.example"}}})
    assert admin.call("Domains.remove", {"domainIds": [lab]}) == {"errors": []}
    assert {row["name"] for row in admin.get("Domains")} == {"example.com", "example.org"}


def test_there_is_always_one_primary_domain(admin: Client) -> None:
    primary, other = (admin.server.store.domain(name)["id"] for name in ("example.com", "example.org"))
    assert admin.call("Domains.remove", {"domainIds": [primary]})["errors"][0]["code"] == 1003
    answer = admin.call("Domains.set", {"domainIds": [primary], "pattern": {"isPrimary": False}})
    assert answer["errors"][0]["code"] == 1003
    assert admin.call("Domains.set", {"domainIds": [other], "pattern": {"isPrimary": True}}) == {"errors": []}
    assert [row["isPrimary"] for row in admin.get("Domains")] == [False, True]


def test_password_of_the_directory_service_is_not_read(admin: Client) -> None:
    domain = admin.server.store.domain("example.org")["id"]
    authentication = {"username": "reader", "password": "ldap-Secret", "isSecure": True}
    service = {"isEnabled": True, "authentication": authentication}
    assert admin.call("Domains.set", {"domainIds": [domain], "pattern": {"service": service}}) == {"errors": []}
    answer = admin.post({"id": 1, "method": "Domains.get", "params": {"query": {}}})
    assert "reader" in answer.text
    assert "ldap-Secret" not in answer.text


def test_renamed_domain_needs_a_restart(admin: Client) -> None:
    domain = admin.server.store.domain("example.com")["id"]
    answer = admin.call("Domains.rename", {"domainId": domain, "newName": "new.example"})
    assert answer["error"]["type"] == "clSuccess"
    row = admin.get("Domains", conditions=[condition("id", "Eq", domain)])[0]
    assert (row["name"], row["renameInfo"]["newName"]) == ("example.com", "new.example")
    admin.call("Server.restart")
    with refused(-32001):
        admin.call("Session.whoAmI")
    renamed = admin.server.store.domain("new.example")
    assert renamed["aliasList"] == ["example.com"]
    assert admin.server.store.mailboxes["new.example/alice"] == 120


def test_access_policy_groups(admin: Client) -> None:
    groups = admin.call("AccessPolicy.getGroupList")["groups"]
    assert {group["name"]: group["isDefault"] for group in groups} == {"Default": True, "Restricted": False}
    made = admin.call("AccessPolicy.createGroupList", {"groups": [{"name": "Night"}, {"name": "default"}]})
    assert [(error["inputIndex"], error["code"]) for error in made["errors"]] == [(1, 1001)]
    night = made["result"][0]["id"]
    assert admin.call("AccessPolicy.setGroupList", {"groups": [{"id": night, "name": "Late"}]}) == {"errors": []}
    admin.set_user("bob", accessPolicy={"id": night})
    default = admin.server.store.default_access_policy()
    answer = admin.call("AccessPolicy.removeGroupList", {"groupIds": [night, default]})
    assert [(error["inputIndex"], error["code"]) for error in answer["errors"]] == [(1, 1003)]
    assert admin.server.store.user("bob")["accessPolicy"] == default


def test_access_policy_rules(admin: Client) -> None:
    restricted = admin.server.store.access_policy_group("Restricted")["id"]
    rule = {"groupId": restricted, "service": "ServiceIMAP", "rule": {"type": "ServiceDenied", "groupId": ""}}
    made = admin.call("AccessPolicy.create", {"rules": [rule, {**rule, "groupId": "none"}]})
    assert [(error["inputIndex"], error["code"]) for error in made["errors"]] == [(1, 1002)]
    changed = {"id": made["result"][0]["id"], "service": "ServicePOP3"}
    assert admin.call("AccessPolicy.set", {"rules": [changed]}) == {"errors": []}
    rows = admin.call("AccessPolicy.get", {"query": {}})["list"]
    assert [(row["service"], row["rule"]["type"]) for row in rows] == [("ServicePOP3", "ServiceDenied")]
    assert admin.call("AccessPolicy.remove", {"ruleIds": [changed["id"]]}) == {"errors": []}
