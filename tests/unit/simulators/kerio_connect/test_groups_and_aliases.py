# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups and aliases: membership seen from both sides, public folders, and what nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, codes, condition


def set_group(client: Client, title: str, /, **pattern: Any) -> list[tuple[int, int]]:
    params = {"groupIds": [client.server.store.group(title)["id"]], "pattern": pattern}
    return codes(client.call("Groups.set", params))


def create_alias(client: Client, name: str, deliver_to: str, **fields: Any) -> list[tuple[int, int]]:
    alias = {"domainId": client.domain(), "name": name, "deliverTo": deliver_to, **fields}
    return codes(client.call("Aliases.create", {"aliases": [alias]}))


def aliases(client: Client, name: str = "info") -> list[dict[str, Any]]:
    return client.get("Aliases", conditions=[condition("name", "Eq", name)])


# Groups


def test_membership_is_seen_from_both_sides(admin: Client) -> None:
    group = admin.server.store.group("sales")["id"]
    admin.call("Groups.addMemberList", {"groupId": group, "userList": [admin.user("bob")]})
    row = admin.get(conditions=[condition("loginName", "Eq", "bob")])[0]
    assert [(member["id"], member["name"]) for member in row["userGroups"]] == [(group, "sales")]
    assert admin.names(conditions=[condition("userGroups", "Eq", group)]) == ["bob"]
    admin.set_user("bob", userGroups=[])
    assert admin.names(conditions=[condition("userGroups", "Eq", group)]) == []


def test_what_happens_to_members_twice_is_a_switch(admin: Client) -> None:
    group, settings = admin.server.store.group("staff")["id"], admin.server.settings
    add = {"groupId": group, "userList": [admin.user("alice"), admin.user("bob")]}
    take = {"groupId": group, "userIds": [admin.user("admin"), admin.user("bob")]}
    settings.member_twice = settings.no_member = "refuse"
    assert codes(admin.call("Groups.addMemberList", add)) == [(0, 1001)]
    assert codes(admin.call("Groups.removeMemberList", take)) == [(0, 1002)]
    assert admin.server.store.members(group) == ["alice"]
    settings.member_twice = settings.no_member = "ignore"
    assert codes(admin.call("Groups.addMemberList", add)) == []
    assert codes(admin.call("Groups.removeMemberList", take)) == []


def test_lists_of_references_may_be_merged(admin: Client) -> None:
    store = admin.server.store
    sales = store.group("sales")["id"]
    admin.server.settings.referenced_lists = "merge"
    assert admin.set_user("alice", userGroups=[{"id": sales}]) == []
    assert store.user("alice")["userGroups"] == [store.group("staff")["id"], sales]


def test_a_group_keeps_a_name_and_its_domain(admin: Client) -> None:
    assert set_group(admin, "sales", name=" ") == [(0, 1000)]
    assert set_group(admin, "sales", domainId=admin.domain("example.org")) == []
    admin.server.settings.write_once = "refuse"
    assert set_group(admin, "sales", domainId=admin.domain("example.org")) == [(0, 1003)]
    assert set_group(admin, "sales", domainId=admin.domain(), publishInGal=False) == []
    assert admin.server.store.group("sales")["publishInGal"] is False


# Aliases


def test_several_aliases_of_a_name_are_a_switch(admin: Client) -> None:
    settings = admin.server.settings
    assert create_alias(admin, "info", "bob@example.com") == []
    assert create_alias(admin, "INFO", "BOB@example.com") == [(0, 1001)]
    settings.alias_twice = "allow"
    assert create_alias(admin, "info", "bob@example.com") == []
    assert len(aliases(admin)) == 3
    settings.alias_names = "unique"
    assert create_alias(admin, "info", "far@away.example") == [(0, 1001)]
    assert create_alias(admin, "other", "far@away.example") == []


def test_a_target_may_be_completed(admin: Client) -> None:
    assert create_alias(admin, "desk", "bob") == []
    assert aliases(admin, "desk")[0]["deliverTo"] == "bob"
    admin.server.settings.alias_target = "completed"
    assert create_alias(admin, "front", "bob") == []
    assert aliases(admin, "front")[0]["deliverTo"] == "bob@example.com"


def test_an_alias_to_a_public_folder(admin: Client) -> None:
    store, settings = admin.server.store, admin.server.settings
    folder = store.add_public_folder("Faxes")
    store.add_public_folder("Faxes", "example.org")
    found = admin.call("Aliases.getMailPublicFolderList", {"domainId": admin.domain()})["publicFolderList"]
    assert found == [{"id": folder["id"], "name": "Faxes"}]
    public = {"type": "TypePublicFolder"}
    assert create_alias(admin, "fax", "Faxes", deliverToId=folder["id"], **public) == []
    assert create_alias(admin, "fax2", "Faxes", **public) == []
    assert {row["deliverToId"] for row in (*aliases(admin, "fax"), *aliases(admin, "fax2"))} == {folder["id"]}
    assert create_alias(admin, "fax3", "Letters", **public) == [(0, 1002)]
    settings.alias_folder_by = "id"
    assert create_alias(admin, "fax3", "Faxes", **public) == [(0, 1002)]
    assert admin.call("Aliases.check", {"checkString": "fax"})["result"] == ["Faxes"]
    params = {"aliasIds": [aliases(admin, "fax")[0]["id"]], "pattern": {"type": "TypeEmailAddress", "deliverTo": "bob"}}
    assert codes(admin.call("Aliases.set", params)) == []
    assert aliases(admin, "fax")[0]["deliverToId"] == ""


def test_the_domain_of_an_alias_is_written_once(admin: Client) -> None:
    params = {"aliasIds": [aliases(admin)[0]["id"]], "pattern": {"domainId": admin.domain("example.org")}}
    assert codes(admin.call("Aliases.set", params)) == []
    assert len(aliases(admin)) == 1
    admin.server.settings.write_once = "refuse"
    assert codes(admin.call("Aliases.set", params)) == [(0, 1003)]


@pytest.mark.parametrize("pattern", [{"name": ""}, {"deliverTo": ""}, {"name": "a@b"}])
def test_an_alias_keeps_a_name_and_a_target(admin: Client, pattern: dict[str, str]) -> None:
    params = {"aliasIds": [aliases(admin)[0]["id"]], "pattern": pattern}
    assert codes(admin.call("Aliases.set", params)) == [(0, 1000)]
    assert len(aliases(admin)) == 1
