# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rooms and equipment, who may reserve them and who manages them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, client_with_role, codes, condition, refused


def create(client: Client, *names: str, **fields: Any) -> dict[str, Any]:
    rows = [{"domainId": client.domain(), "name": name, **fields} for name in names]
    return dict(client.call("Resources.create", {"resources": rows}))


def change(client: Client, title: str, /, **pattern: Any) -> dict[str, Any]:
    params = {"resourceIds": [client.server.store.resource(title)["id"]], "pattern": pattern}
    return dict(client.call("Resources.set", params))


def row(client: Client, name: str) -> dict[str, Any]:
    return client.get("Resources", conditions=[condition("name", "Eq", name)])[0]


def user(client: Client, login: str) -> dict[str, str]:
    return {"type": "UserPrincipal", "id": client.user(login)}


def staff(client: Client) -> dict[str, str]:
    return {"type": "GroupPrincipal", "id": client.server.store.group("staff")["id"]}


def test_life_of_a_resource(admin: Client) -> None:
    made = create(admin, "Room 1", type="Equipment", resourceUsers=[{"type": "AnyonePrincipal"}])
    assert made["errors"] == []
    found = row(admin, "room 1")
    assert (found["name"], found["type"], found["isEnabled"]) == ("Room 1", "Equipment", True)
    assert found["address"] == "Room1@example.com"
    assert [principal["type"] for principal in found["resourceUsers"]] == ["AnyonePrincipal"]
    assert found["manager"]["type"] == "NonePrincipal"
    pattern = {"name": "Room 2", "address": "x@example.com", "isEnabled": False, "description": "«top»"}
    assert change(admin, "Room 1", **pattern)["errors"] == []
    found = row(admin, "Room 1")
    assert (found["address"], found["isEnabled"], found["description"]) == ("Room1@example.com", False, "«top»")
    resource = made["result"][0]["id"]
    assert codes(admin.call("Resources.remove", {"resourceIds": ["keriodb://resource/none", resource]})) == [(0, 1002)]
    assert admin.get("Resources") == []


def test_each_resource_stands_or_falls_by_itself(admin: Client) -> None:
    admin.server.store.add_resource("beamer")
    assert codes(create(admin, "Beamer", "x@y", "car", " ")) == [(0, 1001), (1, 1000), (3, 1000)]
    assert [found["name"] for found in admin.get("Resources")] == ["beamer", "car"]
    with refused(-32602):
        admin.call("Resources.create", {"resources": [{"domainId": admin.domain()}]})
    made = admin.call("Resources.create", {"resources": [{"domainId": "keriodb://domain/none", "name": "x"}]})
    assert codes(made) == [(0, 1002)]
    admin.server.settings.write_once = "refuse"
    assert codes(change(admin, "car", name="bus")) == [(0, 1003)]


def test_principals_are_written_by_id_and_read_in_full(admin: Client) -> None:
    admin.server.store.add_resource("car")
    domain = {"type": "AuthDomainPrincipal", "id": admin.domain("example.org")}
    wanted = [{**user(admin, "bob"), "name": "nonsense"}, staff(admin), domain, {"type": "AuthUserPrincipal", "id": ""}]
    assert change(admin, "car", resourceUsers=wanted, manager=user(admin, "alice"))["errors"] == []
    found = row(admin, "car")
    assert [(who["name"], who["domainName"]) for who in found["resourceUsers"]] == [
        ("bob", "example.com"),
        ("staff", "example.com"),
        ("example.org", "example.org"),
        ("", ""),
    ]
    assert (found["manager"]["name"], found["manager"]["fullName"]) == ("alice", "Alice Example")
    assert admin.server.store.resource("car")["resourceUsers"][0] == user(admin, "bob")
    assert change(admin, "car", resourceUsers=[], manager={"type": "NonePrincipal"})["errors"] == []
    found = row(admin, "car")
    assert (found["resourceUsers"], found["manager"]["name"]) == ([], "")


@pytest.mark.parametrize("member", ["manager", "resourceUsers"])
def test_unknown_principals_are_refused(admin: Client, member: str) -> None:
    admin.server.store.add_resource("car")

    def write(principal: dict[str, str]) -> dict[str, Any]:
        return change(admin, "car", **{member: principal if member == "manager" else [principal]})

    # A group is no user, whatever its id.
    for principal in ({**staff(admin), "type": "UserPrincipal"}, {"type": "GroupPrincipal"}):
        assert codes(write(principal)) == [(0, 1002)]
    assert codes(write({"id": admin.user("bob")})) == [(0, -32602)]
    assert admin.server.store.resource("car")["manager"]["type"] == "NonePrincipal"


def test_candidates(admin: Client) -> None:
    admin.server.settings.principal_rows = "reference"
    params = {"query": {}, "domainId": admin.domain()}
    found = admin.call("Resources.getPrincipalList", params)["list"]
    assert [(who["type"], who["name"]) for who in found] == [
        ("AuthDomainPrincipal", "example.com"),
        ("AuthUserPrincipal", ""),
        ("AnyonePrincipal", ""),
        ("UserPrincipal", "admin"),
        ("UserPrincipal", "alice"),
        ("UserPrincipal", "bob"),
        ("GroupPrincipal", "staff"),
        ("GroupPrincipal", "sales"),
    ]


def test_switches_of_principals(admin: Client) -> None:
    settings = admin.server.settings
    settings.resource_users_default = "domain"
    create(admin, "car")
    own = {"type": "AuthDomainPrincipal", "id": admin.domain()}
    assert admin.server.store.resource("car")["resourceUsers"] == [own]
    settings.principal_rows = "reference"
    assert row(admin, "car")["resourceUsers"] == [own]
    settings.referenced_lists = "merge"
    change(admin, "car", resourceUsers=[staff(admin), own])
    assert row(admin, "car")["resourceUsers"] == [own, staff(admin)]
    settings.principal_rows, settings.bracketed_groups = "full", True
    assert [who["name"] for who in row(admin, "car")["resourceUsers"]] == ["example.com", "[staff]"]


def test_principals_that_go_leave_no_trace(admin: Client) -> None:
    store = admin.server.store
    second = store.add_domain("example.net")
    store.add_resource(
        "car",
        manager=user(admin, "bob"),
        resourceUsers=[user(admin, "bob"), staff(admin), {"type": "AuthDomainPrincipal", "id": second["id"]}],
    )
    admin.call("Groups.remove", {"requests": [{"groupId": store.group("staff")["id"], "mode": "DSModeDelete"}]})
    assert [who["type"] for who in store.resource("car")["resourceUsers"]] == ["UserPrincipal", "AuthDomainPrincipal"]
    admin.remove_user("bob", "UDeleteUser")
    assert [who["type"] for who in store.resource("car")["resourceUsers"]] == ["AuthDomainPrincipal"]
    assert store.resource("car")["manager"] == {"type": "NonePrincipal", "id": ""}
    admin.call("Domains.remove", {"domainIds": [second["id"]]})
    assert store.resource("car")["resourceUsers"] == []


def test_resources_belong_to_those_who_own_the_server(admin: Client) -> None:
    deputy = client_with_role(admin.server, "AccountAdmin")
    assert deputy.get("Resources") == []
    with refused(1004):
        create(deputy, "car")


def test_a_resource_has_an_address(admin: Client) -> None:
    admin.server.store.add_resource("car")
    params = {"addresses": ["car"], "updatedEntity": {"kind": "EntityUser"}, "domainId": admin.domain()}
    found = admin.call("Server.findEntityByEmail", params)["entities"]
    assert [(entity["kind"], entity["name"]) for entity in found] == [("EntityResource", "car")]
    assert admin.call("Aliases.check", {"checkString": "car"})["result"] == ["car@example.com"]
