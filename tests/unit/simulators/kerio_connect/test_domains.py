# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of domains, and what becomes of that which a removed domain holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, codes, condition, refused

SIZE = {"isActive": True, "limit": {"value": 1536, "units": "MegaBytes"}}
AFTER = {"isEnabled": True, "days": 45}
DIRECTORY = {
    "isEnabled": True,
    "serviceType": "CustomLDAP",
    "customMapFile": "map.xml",
    "authentication": {"username": "reader", "password": "ldap-Secret", "isSecure": True},
    "hostname": "ldap.example",
    "backupHostname": "ldap2.example",
    "directoryName": "example",
    "ldapSuffix": "dc=example",
}
# Every group of settings; read-only members are in tests of their own.
SETTINGS: dict[str, Any] = {
    "description": "Head office «north»",
    "userMaxCount": 25,
    "passwordExpirationEnabled": True,
    "passwordExpirationDays": 90,
    "passwordHistoryCount": 3,
    "passwordComplexityEnabled": True,
    "passwordMinimumLength": 12,
    "outgoingMessageLimit": SIZE,
    **dict.fromkeys(("deletedItems", "junkEmail", "sentItems", "autoDelete", "keepForRecovery"), AFTER),
    "aliasList": ["a.example", "b.example"],
    "forwardingOptions": {
        "isEnabled": True,
        "host": "relay.example",
        "port": 25,
        "how": "OfflineEtrn",
        "preventLoop": True,
    },
    "service": DIRECTORY,
    "domainFooter": {"isUsed": True, "text": "<b>Bye</b>", "isHtml": True, "isUsedInDomain": False},
    "kerberosRealm": "EXAMPLE.COM",
    "winNtName": "EXAMPLE",
    "pamRealm": "example",
    "ipAddressBind": {"enabled": True, "value": "192.0.2.1"},
    "logo": {"isUsed": True, "url": "/logo.png"},
    "customClientLogo": {"isEnabled": True},
    "checkSpoofedSender": True,
    "domainQuota": {
        "diskSizeLimit": SIZE,
        "notification": {"type": "notifyEvery", "period": {"value": 2, "units": "Days"}},
        "warningLimit": 90,
        "email": "post@example.com",
        "blocks": True,
    },
    "isDkimEnabled": True,
    "isInstantMessagingEnabled": False,
    "useRemoteArchiveAddress": True,
    "remoteArchiveAddress": "archive@away.example",
    **{f"archive{kind}Messages": True for kind in ("Local", "Incoming", "Outgoing")},
    "archiveBeforeFilter": True,
}


def change(client: Client, name: str = "example.org", **pattern: Any) -> list[tuple[int, int]]:
    return codes(client.call("Domains.set", {"domainIds": [client.domain(name)], "pattern": pattern}))


def row(client: Client, name: str = "example.org") -> dict[str, Any]:
    return client.get("Domains", conditions=[condition("name", "Eq", name)])[0]


def remove(client: Client, name: str = "example.org") -> list[tuple[int, int]]:
    return codes(client.call("Domains.remove", {"domainIds": [client.domain(name)]}))


def contains(wanted: Any, found: Any) -> bool:
    """Whether every member that was wanted is there."""
    if isinstance(wanted, dict):
        return all(name in found and contains(value, found[name]) for name, value in wanted.items())
    return bool(wanted == found)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_read_as_it_was_written(admin: Client, name: str) -> None:
    wanted = SETTINGS[name]
    before = row(admin)
    assert not contains(wanted, before[name])
    assert change(admin, **{name: wanted}) == []
    readable = wanted
    if name == "service":
        readable = {**wanted, "authentication": {"username": "reader", "isSecure": True}}
        assert "password" not in row(admin)[name]["authentication"]
    after = row(admin)
    assert contains(readable, after[name])
    assert {key: value for key, value in after.items() if key != name} == {
        key: value for key, value in before.items() if key != name
    }


def test_a_new_domain_takes_all_settings_at_once(admin: Client) -> None:
    made = admin.call("Domains.create", {"domains": [{"name": "new.example", **SETTINGS}]})
    assert made["errors"] == []
    found = row(admin, "new.example")
    expected = {name: value for name, value in SETTINGS.items() if name != "service"}
    assert contains(expected, found)
    assert admin.server.store.domain("new.example")["service"] == DIRECTORY


def test_sizes_are_normalised_when_they_are_read(admin: Client) -> None:
    limit = {"isActive": True, "limit": {"value": 2048, "units": "MegaBytes"}}
    change(admin, outgoingMessageLimit=limit)
    assert row(admin)["outgoingMessageLimit"]["limit"] == {"value": 2, "units": "GigaBytes"}


@pytest.mark.parametrize(
    "pattern",
    [
        {"junkEmail": {"isEnabled": True, "days": 24856}},
        {"keepForRecovery": {"isEnabled": True, "days": -1}},
        {"passwordMinimumLength": -1},
        {"userMaxCount": -2},
        {"outgoingMessageLimit": {"isActive": True, "limit": {"value": -1, "units": "Bytes"}}},
        {"domainQuota": {"warningLimit": 101}},
        {"domainQuota": {"diskSizeLimit": {"isActive": True, "limit": {"value": -1, "units": "Bytes"}}}},
        {"forwardingOptions": {**SETTINGS["forwardingOptions"], "port": 65536}},
        {"aliasList": ["no domain"]},
    ],
)
def test_values_out_of_range(admin: Client, pattern: dict[str, Any]) -> None:
    before = row(admin)
    assert change(admin, **pattern) == [(0, 1000)]
    assert row(admin) == before


@pytest.mark.parametrize(
    "pattern",
    [
        {"junkEmail": {"days": 3}},
        {"domainFooter": {"text": "x"}},
        {"forwardingOptions": {"host": "x"}},
        {"ipAddressBind": {"value": "192.0.2.1"}},
        {"logo": {"url": "x"}},
        {"outgoingMessageLimit": {"isActive": True, "limit": {"value": 1}}},
        {"service": {"hostname": "x"}},
        {"service": {"isEnabled": True, "authentication": {"username": "x"}}},
        {"domainQuota": {"diskSizeLimit": {"isActive": False}}},
    ],
)
def test_structures_that_must_be_whole(admin: Client, pattern: dict[str, Any]) -> None:
    with refused(-32602):
        change(admin, **pattern)


def test_partial_quota_keeps_the_rest_or_resets_it(admin: Client) -> None:
    change(admin, domainQuota=SETTINGS["domainQuota"])
    change(admin, domainQuota={"email": "new@example.com"})
    assert row(admin)["domainQuota"]["warningLimit"] == 90
    admin.server.settings.partial_structures = "zero"
    change(admin, domainQuota={"email": "newer@example.com"})
    quota = row(admin)["domainQuota"]
    assert (quota["email"], quota["warningLimit"], quota["diskSizeLimit"]["isActive"]) == (
        "newer@example.com",
        0,
        False,
    )


def test_password_of_the_directory_service_stays_when_it_is_left_out(admin: Client) -> None:
    change(admin, service=DIRECTORY)
    admin.server.settings.partial_structures = "zero"
    change(admin, service={"isEnabled": True, "authentication": {"username": "other", "isSecure": False}})
    authentication = admin.server.store.domain("example.org")["service"]["authentication"]
    assert authentication == {"username": "other", "password": "ldap-Secret", "isSecure": False}


def test_what_the_server_decides_is_not_written(admin: Client) -> None:
    before = row(admin, "example.com")
    size = {"value": 1, "units": "Bytes"}
    quota = {"consumedSize": size, "blocks": True}
    pattern = {"isDistributed": True, "isLdapManagementAllowed": True, "id": "x", "domainQuota": quota}
    assert change(admin, "example.com", **pattern, customClientLogo={"url": "/mine.png"}) == []
    after = row(admin, "example.com")
    # 127 messages of 16 KiB, of Alice and Bob.
    assert after["domainQuota"]["consumedSize"] == {"value": 2032, "units": "KiloBytes"}
    assert {**after, "domainQuota": before["domainQuota"]} == before
    assert after["domainQuota"]["blocks"] is True


def test_the_quota_counts_mail_of_its_domain_only(admin: Client) -> None:
    store = admin.server.store
    store.add_domain("Example.NET")
    store.add_user("nina", "Example.NET", messages=2)
    assert row(admin, "example.net")["domainQuota"]["consumedSize"] == {"value": 32, "units": "KiloBytes"}


def test_a_new_domain_needs_a_name(admin: Client) -> None:
    with refused(-32602):
        admin.call("Domains.create", {"domains": [{"description": "nameless"}]})


def test_no_limit_of_users_has_two_spellings(admin: Client) -> None:
    assert row(admin)["userMaxCount"] == -1
    admin.server.settings.unlimited_users = "4294967295"
    assert row(admin)["userMaxCount"] == 4294967295
    assert change(admin, userMaxCount=4294967295) == []
    assert admin.server.store.domain("example.org")["userMaxCount"] == -1


def test_names_of_other_operating_systems_are_ignored(admin: Client) -> None:
    admin.server.settings.server_os = "Linux"
    assert change(admin, winNtName="EXAMPLE", pamRealm="example") == []
    assert (row(admin)["winNtName"], row(admin)["pamRealm"]) == ("", "example")


def test_old_servers_know_fewer_settings(admin: Client) -> None:
    admin.server.settings.domain_members = "8.x"
    found = row(admin)
    assert "domainQuota" not in found
    assert "passwordMinimumLength" not in found
    assert "domainFooter" in found
    assert change(admin, passwordMinimumLength=12, description="old") == []
    assert admin.server.store.domain("example.org")["passwordMinimumLength"] == 0
    assert row(admin)["description"] == "old"
    with refused(-32602):
        admin.get("Domains", conditions=[condition("isDkimEnabled", "Eq", "true")])


def test_alternative_names_belong_to_one_domain(admin: Client) -> None:
    assert change(admin, aliasList=["example.net"]) == []
    assert change(admin, "example.com", aliasList=["EXAMPLE.net"]) == [(0, 1001)]
    assert change(admin, aliasList=[]) == []
    assert change(admin, "example.com", aliasList=["EXAMPLE.net"]) == []


def test_domains_that_are_not_there(admin: Client) -> None:
    for method, params in (("Domains.set", {"pattern": {"description": "x"}}), ("Domains.remove", {})):
        assert codes(admin.call(method, {"domainIds": ["keriodb://domain/none"], **params})) == [(0, 1002)]
    with refused(1000):
        admin.call("Domains.rename", {"domainId": admin.domain(), "newName": "no domain"})


def test_a_rename_may_fail_inside_its_result(admin: Client) -> None:
    params = {"domainId": admin.domain("example.org"), "newName": "Example.com"}
    with refused(1001):
        admin.call("Domains.rename", params)
    admin.server.settings.rename_conflict = "in_result"
    error = admin.call("Domains.rename", params)["error"]
    assert (error["type"], error["conflictList"][0]["name"]) == ("clDataConflict", "Example.com")
    assert row(admin)["renameInfo"]["isRenamed"] is False


# Removal


def test_a_domain_with_users_is_kept(admin: Client) -> None:
    admin.server.store.add_user("olga", "example.org", messages=3)
    assert remove(admin) == [(0, 1003)]
    admin.server.store.users.pop(admin.server.store.user("olga", "example.org")["id"])
    assert remove(admin) == []


def test_what_else_a_domain_holds_goes_with_it(admin: Client) -> None:
    store = admin.server.store
    group = store.add_group("staff", "example.org")
    store.add_alias("info", "far@away.example", "example.org")
    store.add_mailing_list("news", "example.org", members=["far@away.example"])
    store.add_resource("car", "example.org")
    store.add_public_folder("Faxes", "example.org")
    store.add_resource("bus", manager={"type": "GroupPrincipal", "id": group["id"]})
    assert remove(admin) == []
    assert store.resource("bus")["manager"]["type"] == "NonePrincipal"
    for table in (store.groups, store.aliases, store.mailing_lists, store.resources, store.public_folders):
        assert {store.domains[kept["domainId"]]["name"] for kept in table.values()} <= {"example.com"}
    assert store.mailing_list_members == {}


@pytest.mark.parametrize("kind", ["group", "alias", "mailing_list", "resource"])
def test_a_domain_that_must_be_empty(admin: Client, kind: str) -> None:
    admin.server.settings.domain_removal = "refuse_all"
    add = getattr(admin.server.store, f"add_{kind}")
    add("one", *(["far@away.example"] if kind == "alias" else []), domain="example.org")
    assert remove(admin) == [(0, 1003)]
    assert admin.server.store.domain("example.org")


def test_a_domain_may_take_its_users_and_their_mail_along(admin: Client) -> None:
    store = admin.server.store
    admin.server.settings.domain_removal = "cascade"
    rights = {"userRole": "FullAdmin", "publicFolderRight": False, "archiveFolderRight": False}
    olga = store.add_user("olga", "example.org", messages=3, password="o", role=rights)
    Client(admin.server).login("olga@example.org", "o")
    assert admin.server.open_sessions == 2
    store.add_group("staff", "example.org")
    store.add_mailing_list("news", members=["bob"])
    list_id = store.mailing_list("news")["id"]
    member = {"hasId": True, "userId": olga["id"]}
    assert codes(admin.call("MailingLists.addMlUserList", {"mlId": list_id, "members": [member]})) == []
    assert remove(admin) == []
    assert "example.org/olga" not in store.mailboxes
    assert admin.server.open_sessions == 1
    assert store.list_members("news") == ["bob"]
    assert {user["loginName"] for user in store.users.values()} == {"admin", "alice", "bob"}
    assert remove(admin, "example.com") == [(0, 1003)]
