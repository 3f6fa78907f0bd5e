# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains, groups and aliases of Kerio Connect, each for itself and together in one document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done, refused

SALES: dict[str, Any] = {"name": "sales", "domain": "example.com"}
INFO: dict[str, Any] = {"name": "info", "domain": "example.com"}
BRANCH: dict[str, Any] = {"name": "branch.example"}


def members(kerio: Bench, group: str, domain: str = "example.com") -> set[str]:
    group_id = kerio.store.group(group, domain)["id"]
    return {user["loginName"] for user in kerio.store.users.values() if group_id in user["userGroups"]}


def alias_rows(kerio: Bench, name: str) -> list[dict[str, Any]]:
    return [row for row in kerio.store.aliases.values() if row["name"] == name]


def objects(result: dict[str, Any]) -> list[str]:
    return [f"{line['action']} {line['object']}" for line in done(result)["results"]]


# Domains.


def test_a_domain_is_made_changed_and_deleted(kerio: Bench) -> None:
    settings: dict[str, Any] = {
        "description": "Branch",
        "user_limit": 12,
        "aliases": ["branch2.example"],
        "quota": {
            "size": "5G",
            "warning_percent": 80,
            "notify": "every",
            "period": "48 hours",
            "email": "it@example.com",
        },
        "clean_out": {"junk_email": 40},
        "keep_for_recovery": 14,
        "forwarding": {"enabled": True, "host": "relay.example.com", "port": 2525, "delivery": "offline_etrn"},
        "directory_service": {"enabled": True, "type": "kerio_directory", "hostname": "ldap.example.com"},
        "directory_service_password": "ldap-1-Secret",
        "footer": {"enabled": True, "text": "<b>Regards</b>", "html": True},
        "bind_address": "192.0.2.7",
        "archive": {"local_messages": True},
    }
    assert kerio.predicted("domain", **BRANCH, **settings)["changed"] is True
    row = kerio.store.domain("branch.example")
    assert row["userMaxCount"] == 12
    assert row["domainQuota"]["notification"] == {"type": "notifyEvery", "period": {"value": 2, "units": "Days"}}
    assert row["ipAddressBind"] == {"enabled": True, "value": "192.0.2.7"}
    assert row["service"]["authentication"]["password"] == "ldap-1-Secret"
    assert kerio.predicted("domain", **BRANCH, **settings)["changed"] is False
    result = kerio.predicted("domain", **BRANCH, forwarding={"port": 26}, user_limit="unlimited", bind_address="")
    assert result["changes"] == ["user_limit", "forwarding", "bind_address"]
    row = kerio.store.domain("branch.example")
    assert (row["forwardingOptions"]["host"], row["forwardingOptions"]["port"]) == ("relay.example.com", 26)
    assert kerio.predicted("domain", **BRANCH, state="absent", allow_mail_loss=True)["changed"] is True
    assert kerio.predicted("domain", **BRANCH, state="absent", allow_mail_loss=True)["changed"] is False


def test_the_deletion_of_a_domain_needs_consent(kerio: Bench) -> None:
    kerio.store.add_domain("branch.example")
    for check_mode in (True, False):
        refused(kerio.object("domain", check_mode=check_mode, **BRANCH, state="absent"), "allow_mail_loss")


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_domain_with_users_is_not_deleted(kerio: Bench, check_mode: bool) -> None:
    kerio.store.add_domain("branch.example")
    kerio.store.add_user("carol", "branch.example")
    kerio.store.add_alias("post", "carol@branch.example", "branch.example")
    options: dict[str, Any] = {"state": "absent", "allow_mail_loss": True, "check_mode": check_mode}
    refused(kerio.object("domain", **BRANCH, **options), "1 user", "1 alias", "nothing was changed")
    assert kerio.sim.writes == []


def test_a_domain_goes_together_with_what_it_holds(kerio: Bench) -> None:
    kerio.store.add_domain("branch.example")
    kerio.store.add_user("carol", "branch.example")
    document = {
        "domains": [{**BRANCH, "state": "absent", "allow_mail_loss": True}],
        "users": [{"name": "carol", "domain": "branch.example", "state": "absent"}],
    }
    assert objects(kerio.predicted_config(document)) == [
        "delete user carol@branch.example",
        "delete domain branch.example",
    ]


@pytest.mark.parametrize("check_mode", [True, False])
def test_the_primary_domain_is_never_deleted(kerio: Bench, check_mode: bool) -> None:
    options: dict[str, Any] = {"state": "absent", "allow_mail_loss": True, "check_mode": check_mode}
    refused(kerio.object("domain", name="example.com", **options), "primary domain")
    document = {"domains": [{"name": "example.org"}]}
    result = kerio.config(document, prune=["domains"], allow_mail_loss=True, check_mode=check_mode)
    assert done(result)["changed"] is False


def test_the_mark_of_the_primary_domain_moves(kerio: Bench) -> None:
    # Without its domain, the login would be looked for in the new primary domain.
    kerio.connection["api_username"] = "admin@example.com"
    refused(kerio.object("domain", name="example.com", is_primary=False), "is_primary", "another domain")
    document = {
        "domains": [{"name": "example.com", "is_primary": False}, {"name": "example.org", "is_primary": True}],
    }
    assert kerio.predicted_config(document)["changed"] is True
    assert [row["name"] for row in kerio.store.domains.values() if row["isPrimary"]] == ["example.org"]
    assert kerio.predicted_config(document)["changed"] is False
    both = {"domains": [{"name": "example.com", "is_primary": True}, {"name": "example.org", "is_primary": True}]}
    refused(kerio.config(both), "there is only one")


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_rename_is_refused_and_explained(kerio: Bench, check_mode: bool) -> None:
    kerio.store.domain("example.org")["aliasList"] = ["branch.example"]
    refused(kerio.object("domain", check_mode=check_mode, **BRANCH), "domain example.org already", "rename")
    assert kerio.sim.writes == []


def test_a_password_without_a_directory_is_refused(kerio: Bench) -> None:
    refused(kerio.object("domain", **BRANCH, directory_service_password="x"), "directory_service.enabled")


# Groups.


def test_members_are_owned_or_only_added_to(kerio: Bench) -> None:
    kerio.store.add_user("carol")
    assert kerio.predicted("group", **SALES, members=["Bob", "carol@example.com"])["group"]["members"] == [
        "bob",
        "carol",
    ]
    assert members(kerio, "sales") == {"bob", "carol"}
    assert kerio.predicted("group", **SALES, members=["carol", "bob"])["changed"] is False
    assert kerio.predicted("group", **SALES, members=["alice"], append=True)["group"]["members"] == [
        "alice",
        "bob",
        "carol",
    ]
    assert kerio.predicted("group", **SALES, members=["alice"], append=True)["changed"] is False
    assert kerio.predicted("group", **SALES, members=["alice"])["changes"] == ["members"]
    assert members(kerio, "sales") == {"alice"}
    assert kerio.predicted("group", **SALES, description="No members meant")["changes"] == ["description"]
    assert members(kerio, "sales") == {"alice"}
    assert kerio.predicted("group", **SALES, members=[])["changed"] is True
    assert members(kerio, "sales") == set()


@pytest.mark.parametrize("switches", [{"member_twice": "refuse", "no_member": "refuse"}, {}])
def test_members_come_and_go_in_one_document_with_their_users(kerio: Bench, switches: dict[str, Any]) -> None:
    for name, value in switches.items():
        setattr(kerio.sim.settings, name, value)
    new = {"name": "carol", "domain": "example.com", "password": "Carol-1-secret"}
    document = {"groups": [{"name": "night", "domain": "example.com", "members": ["carol", "bob"]}], "users": [new]}
    result = kerio.predicted_config(document)
    assert result["summary"]["created"] == 2
    assert members(kerio, "night") == {"bob", "carol"}
    assert kerio.predicted_config(document)["changed"] is False


def test_members_and_groups_that_contradict_each_other_are_refused(kerio: Bench) -> None:
    bob = {"name": "bob", "domain": "example.com"}
    for groups, in_sales in (([], ["bob"]), (["sales"], [])):
        document = {"groups": [{**SALES, "members": in_sales}], "users": [{**bob, "groups": groups}]}
        refused(kerio.config(document), "config.groups[0].members", "user bob@example.com", "config.users[0].groups")
    document = {"groups": [{**SALES, "members": [], "append": True}], "users": [{**bob, "groups": ["sales"]}]}
    assert kerio.predicted_config(document)["changed"] is True


def test_a_missing_member_is_named(kerio: Bench) -> None:
    refused(kerio.object("group", **SALES, members=["nobody"]), "user 'nobody@example.com'", "correct members")
    result = done(kerio.object("group", check_mode=True, **SALES, members=["nobody"]))
    assert result["assumed"] == ["user nobody@example.com"]


def test_members_of_another_domain_are_refused(kerio: Bench) -> None:
    refused(kerio.object("group", **SALES, members=["olga@example.org"]), "members", "not in the domain example.com")


def test_a_renamed_group_is_noticed(kerio: Bench) -> None:
    """References are ids on the server: what is called otherwise now is neither found by its old name nor mistaken."""
    user: dict[str, Any] = {"name": "bob", "domain": "example.com", "groups": ["sales"]}
    kerio.predicted("user", **user)
    kerio.store.group("sales")["name"] = "trade"
    refused(kerio.object("user", **user), "group 'sales@example.com' does not exist")
    (bob,) = [user for user in done(kerio.info(resources=["users"]))["config"]["users"] if user["name"] == "bob"]
    assert bob["groups"] == ["trade"]


@pytest.mark.parametrize(
    "change", [{"state": "absent"}, {"role": "auditor"}, {"members": []}], ids=["deleted", "demoted", "left"]
)
def test_nobody_loses_the_rights_that_a_group_gives_the_account_in_use(kerio: Bench, change: dict[str, Any]) -> None:
    staff = kerio.store.group("staff")
    staff["role"] = "FullAdmin"
    admin = next(user for user in kerio.store.users.values() if user["role"]["userRole"] == "FullAdmin")
    admin["userGroups"] = [staff["id"]]
    group: dict[str, Any] = {"name": "staff", "domain": "example.com"}
    for check_mode in (True, False):
        refused(kerio.object("group", check_mode=check_mode, **group, **change), "logged in", "force")
    assert kerio.sim.writes == []
    done(kerio.object("group", **group, **change, force=True))


def test_a_pruned_group_is_kept_while_users_name_it(kerio: Bench) -> None:
    kerio.predicted("user", name="bob", domain="example.com", groups=["sales"])
    document: dict[str, Any] = {"groups": [{"name": "staff", "domain": "example.com"}]}
    refused(kerio.config(document, prune=["groups"]), "group sales@example.com", "user bob@example.com still names")
    document["users"] = [{"name": "bob", "domain": "example.com", "groups": []}]
    assert objects(kerio.predicted_config(document, prune=["groups"])) == [
        "update user bob@example.com",
        "delete group sales@example.com",
    ]


def test_a_mapped_group_is_taken_out_of_the_server_only(kerio: Bench) -> None:
    kerio.store.group("sales")["itemSource"] = "DSLDAPSource"
    assert kerio.predicted("group", **SALES, state="absent")["changed"] is True
    (removal,) = [write for write in kerio.sim.writes if write.call == "Groups.remove"]
    assert removal.params["requests"][0]["mode"] == "DSModeDeactivate"


# Aliases.


def test_an_alias_is_one_object_with_several_targets(kerio: Bench) -> None:
    assert kerio.predicted("alias", **INFO, targets=["alice", "x@example.net"])["changes"] == ["targets"]
    assert {row["deliverTo"] for row in alias_rows(kerio, "info")} == {"alice@example.com", "x@example.net"}
    assert {row["description"] for row in alias_rows(kerio, "info")} == {"Front desk"}
    assert kerio.predicted("alias", **INFO, targets=["X@example.net", "Alice@Example.com"])["changed"] is False
    assert kerio.predicted("alias", **INFO, targets=["bob@example.com"], append=True)["changed"] is True
    assert len(alias_rows(kerio, "info")) == 3
    assert kerio.predicted("alias", **INFO, description="All desks", targets=["bob"])["changed"] is True
    assert [(row["deliverTo"], row["description"]) for row in alias_rows(kerio, "info")] == [
        ("bob@example.com", "All desks")
    ]
    assert kerio.predicted("alias", **INFO, state="absent")["changed"] is True
    assert alias_rows(kerio, "info") == []


def test_an_alias_may_lead_to_a_public_folder(kerio: Bench) -> None:
    kerio.store.add_public_folder("Enquiries")
    assert kerio.predicted("alias", **INFO, public_folders=["enquiries"], targets=[])["changed"] is True
    assert [row["type"] for row in alias_rows(kerio, "info")] == ["TypePublicFolder"]
    assert kerio.predicted("alias", **INFO, public_folders=["Enquiries"])["changed"] is False
    refused(kerio.object("alias", **INFO, public_folders=[]), "public_folders", "state: absent")
    result = kerio.object("alias", **INFO, public_folders=["Nowhere"])
    assert "'Nowhere' does not exist" in result["msg"]


def test_an_alias_without_targets_is_refused(kerio: Bench) -> None:
    refused(kerio.object("alias", **INFO, targets=[]), "targets", "state: absent")
    refused(kerio.object("alias", name="new", domain="example.com"), "targets")


def test_descriptions_that_differ_are_told_and_can_be_made_one(kerio: Bench) -> None:
    kerio.store.add_alias("info", "bob@example.com", description="Night")
    (alias,) = done(kerio.info(resources=["aliases"]))["config"]["aliases"]
    assert sorted(alias["description"].split(" | ")) == ["Front desk", "Night"]
    assert kerio.predicted_config({"aliases": [alias]})["changed"] is False
    assert kerio.predicted("alias", **INFO, description="Front desk")["changed"] is True
    assert {row["description"] for row in alias_rows(kerio, "info")} == {"Front desk"}


def test_a_server_with_one_target_an_alias_says_so_and_what_was_done_is_told(kerio: Bench) -> None:
    kerio.sim.settings.alias_names = "unique"
    result = kerio.object("alias", **INFO, targets=["alice", "bob"])
    assert result["failed"] is True
    assert [row["deliverTo"] for row in alias_rows(kerio, "info")] == ["alice@example.com"]


def test_a_pruned_user_is_kept_while_an_alias_leads_there(kerio: Bench) -> None:
    document = {"users": [{"name": "bob", "domain": "example.com"}]}
    options: dict[str, Any] = {"prune": ["users"], "scope": {"domains": ["example.com"]}, "protect": ["admin*"]}
    refused(kerio.config(document, **options), "user alice@example.com", "alias info@example.com still names")
    assert kerio.sim.writes == []


# Whole sites.


def test_a_site_is_made_in_the_order_of_its_references(kerio: Bench) -> None:
    document = {
        "aliases": [{"name": "post", "domain": "branch.example", "targets": ["carol"]}],
        "users": [{"name": "carol", "domain": "branch.example", "groups": ["team"], "password": "Carol-1-secret"}],
        "groups": [{"name": "team", "domain": "branch.example"}],
        "domains": [BRANCH],
    }
    assert objects(kerio.predicted_config(document)) == [
        "create domain branch.example",
        "create group team@branch.example",
        "create user carol@branch.example",
        "create alias post@branch.example",
    ]
    assert kerio.predicted_config(document)["changed"] is False
    whole = done(kerio.info())["config"]
    assert kerio.predicted_config(whole)["changed"] is False


def test_a_failure_in_one_branch_does_not_stop_the_others(kerio: Bench) -> None:
    kerio.sim.settings.licence_seats = 3
    document = {
        "aliases": [
            {"name": "post", "domain": "example.com", "targets": ["carol"]},
            {"name": "desk", "domain": "example.com", "targets": ["bob"]},
        ],
        "users": [{"name": "carol", "domain": "example.com", "password": "Carol-1-secret"}],
        "groups": [{"name": "night", "domain": "example.com"}],
    }
    result = kerio.config(document, on_error="continue")
    assert (result["failed"], result["changed"]) == (True, True)
    lines = {line["object"]: line for line in result["results"]}
    assert lines["group night@example.com"]["status"] == "done"
    assert lines["user carol@example.com"]["status"] == "failed"
    assert (lines["alias post@example.com"]["status"], lines["alias post@example.com"]["blocked_by"]) == (
        "not_done",
        "user carol@example.com",
    )
    assert lines["alias desk@example.com"]["status"] == "done"
    kerio.sim.settings.licence_seats = 0
    assert sorted(objects(kerio.config(document))) == ["create alias post@example.com", "create user carol@example.com"]


def test_a_scope_of_domains_prunes_nothing_that_belongs_to_none(kerio: Bench) -> None:
    document = {"ip_address_groups": [{"name": "Office", "entries": [{"type": "host", "host": "192.0.2.1"}]}]}
    options: dict[str, Any] = {"prune": ["ip_address_groups"], "scope": {"domains": ["example.com"]}}
    refused(kerio.config(document, **options), "IP address groups belong to no domain", "without a scope")
