# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of Kerio Connect: pages, servers that filter badly, rows that hold more or less than expected."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.kerio_connect import users as simulated_users
from tests.simulators.kerio_connect.simulator import METHODS
from tests.unit.systems.bench import Bench, done, refused

ALICE: dict[str, Any] = {"name": "alice", "domain": "example.com"}


def everybody(bench: Bench) -> dict[str, Any]:
    """The document that describes all users of the server."""
    return dict(done(bench.info())["config"])


def test_a_list_longer_than_a_page_is_read_to_its_end_once(kerio: Bench) -> None:
    for number in range(2300):
        kerio.store.add_user(f"user{number}")
    document = {"users": [{"name": f"user{number}", "domain": "example.com"} for number in range(2300)]}
    kerio.forget_requests()
    result = done(kerio.config(document))
    assert result["summary"] == {"created": 0, "updated": 0, "deleted": 0, "unchanged": 2300, "failed": 0}
    assert kerio.calls == ["Domains.get", "Users.get", "Users.get", "Users.get"]
    assert kerio.logins == 1


@pytest.mark.parametrize("max_rows", [1, 2, 7])
def test_a_server_that_returns_fewer_rows_than_asked_for_is_read_to_its_end(kerio: Bench, max_rows: int) -> None:
    for number in range(12):
        kerio.store.add_user(f"user{number}")
        kerio.store.add_group(f"group{number}")
    kerio.sim.settings.max_rows = max_rows
    assert len(everybody(kerio)["users"]) == 15
    assert kerio.predicted("user", name="user11", domain="example.com", groups=["group11"])["changed"] is True


def test_a_server_that_ignores_conditions_leads_to_no_other_user(kerio: Bench) -> None:
    kerio.sim.settings.ignore_conditions = True
    before = copy.deepcopy({user["loginName"]: user for user in kerio.store.users.values()})
    assert kerio.predicted("user", **ALICE, full_name="Changed")["changed"] is True
    assert kerio.predicted("user", name="carol", domain="example.com", state="absent")["changed"] is False
    assert kerio.predicted("user", name="bo", domain="example.com", state="absent")["changed"] is False
    after = {user["loginName"]: user for user in kerio.store.users.values()}
    assert after.pop("alice")["fullName"] == "Changed"
    before.pop("alice")
    assert after == before


@pytest.mark.parametrize("unknown", ["refuse", "ignore", "nothing"])
def test_conditions_on_known_columns_alone_are_used(kerio: Bench, unknown: Any) -> None:
    kerio.sim.settings.unknown_condition = unknown
    kerio.sim.settings.unknown_field = "refuse"
    assert kerio.predicted("user", **ALICE, full_name="Changed")["changed"] is True


@pytest.fixture
def without_domains(kerio: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A server that returns the users of all domains, whichever was asked for."""

    def all_rows(_context: object, table: dict[str, Any], _domain_id: str) -> Iterable[Any]:
        return list(table.values())

    kerio.store.add_user("alice", "example.org", messages=5, fullName="Other Alice")
    kerio.store.add_user("dora", "example.org", messages=6)
    monkeypatch.setattr(simulated_users, "rows_of_domain", all_rows)
    return kerio


def test_users_of_another_domain_are_not_touched_when_the_server_ignores_the_domain(without_domains: Bench) -> None:
    assert without_domains.predicted("user", **ALICE, full_name="Changed")["changed"] is True
    assert without_domains.store.user("alice")["fullName"] == "Changed"
    assert without_domains.store.user("alice", "example.org")["fullName"] == "Other Alice"
    absent = {"name": "dora", "domain": "example.com", "state": "absent"}
    assert without_domains.predicted("user", **absent)["changed"] is False


def test_pruning_stays_in_its_domain_when_the_server_ignores_the_domain(without_domains: Bench) -> None:
    keep = [{"name": name, "domain": "example.com"} for name in ("admin", "alice")]
    result = without_domains.predicted_config({"users": keep}, prune=["users"], scope={"domains": ["example.com"]})
    assert [line["object"] for line in result["results"]] == ["user bob@example.com"]
    names = sorted(user["loginName"] for user in without_domains.store.users.values())
    assert names == ["admin", "alice", "alice", "dora"]


def test_each_user_is_listed_once_when_the_server_ignores_the_domain(without_domains: Bench) -> None:
    users = everybody(without_domains)["users"]
    assert sorted((user["name"], user["domain"]) for user in users) == [
        ("admin", "example.com"),
        ("alice", "example.com"),
        ("alice", "example.org"),
        ("bob", "example.com"),
        ("dora", "example.org"),
    ]


@pytest.mark.parametrize("case_sensitive", [True, False])
def test_login_names_are_compared_without_case(kerio: Bench, case_sensitive: bool) -> None:
    kerio.sim.settings.eq_case_sensitive = case_sensitive
    kerio.store.user("alice")["loginName"] = "Alice"
    assert kerio.predicted("user", name="ALICE", domain="Example.COM", full_name="Changed")["changed"] is True
    assert kerio.predicted("user", name="alice", domain="example.com", full_name="Changed")["changed"] is False
    assert kerio.store.user("alice")["loginName"] == "Alice"
    assert kerio.predicted("user", name="aLice", domain="example.com", state="absent")["changed"] is True


def test_a_name_that_is_part_of_another_is_another_user(kerio: Bench) -> None:
    kerio.store.add_user("alice2")
    assert kerio.predicted("user", name="lice", domain="example.com", state="absent")["changed"] is False
    assert kerio.predicted("user", name="alice2", domain="example.com", state="absent")["changed"] is True
    assert kerio.store.user("alice")


@pytest.mark.parametrize("unasked", ["none", "id", "all"])
def test_members_that_nobody_knows_are_ignored(kerio: Bench, unasked: Any) -> None:
    kerio.sim.settings.extra_members = True
    kerio.sim.settings.unasked_fields = unasked
    document = everybody(kerio)
    assert done(kerio.config(document))["changed"] is False
    assert kerio.predicted("user", **ALICE, groups=["sales"], clean_out={"junk_email": 3})["changed"] is True


def drop_members(monkeypatch: pytest.MonkeyPatch, *paths: str) -> None:
    """Let the server leave members out of its rows: ``itemLimit``, ``cleanOutItems.sentItems``."""
    complete = simulated_users.read_member

    def read_member(context: Any, user: Any, name: str) -> Any:
        value = complete(context, user, name)
        if isinstance(value, dict):
            return {key: inner for key, inner in value.items() if f"{name}.{key}" not in paths}
        return value

    get = simulated_users.get

    def get_rows(context: Any, params: dict[str, Any]) -> dict[str, Any]:
        found = get(context, params)
        rows = [{key: value for key, value in row.items() if key not in paths} for row in found["list"]]
        return {**found, "list": rows}

    monkeypatch.setattr(simulated_users, "read_member", read_member)
    monkeypatch.setitem(METHODS, "Users.get", replace(METHODS["Users.get"], call=get_rows))


def test_a_member_that_the_server_does_not_return_is_reported_as_unverified(
    kerio: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_members(monkeypatch, "itemLimit", "cleanOutItems.sentItems", "companyContactId")
    result = kerio.predicted("user", **ALICE, item_limit=5, clean_out={"sent_items": 9}, full_name="Alice Example")
    assert result["changed"] is False
    assert sorted(result["unverified"]) == ["clean_out.sent_items", "item_limit"]


def test_info_leaves_out_what_the_server_does_not_tell(kerio: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_members(monkeypatch, "itemLimit", "cleanOutItems.sentItems", "cleanOutItems.isUsedDomain")
    alice = next(user for user in everybody(kerio)["users"] if user["name"] == "alice")
    assert "item_limit" not in alice
    assert alice["clean_out"] == {"deleted_items": "never", "junk_email": "never", "auto_delete": "never"}
    assert done(kerio.config({"users": [alice]}))["changed"] is False


def test_info_is_a_document_that_changes_nothing(kerio: Bench) -> None:
    alice = kerio.store.user("alice")
    alice["diskSizeLimit"] = {"isActive": True, "limit": {"value": 1536, "units": "MegaBytes"}}
    alice["emailForwarding"] = {"mode": "UForwardDeliver", "emailAddresses": ["X@Example.net", "a@example.net"]}
    document = everybody(kerio)
    kerio.forget_requests()
    result = done(kerio.config(document, prune=["users"]))
    assert result["changed"] is False
    assert result["summary"]["unchanged"] == sum(map(len, document.values()))
    assert kerio.sim.writes == []


def test_info_of_some_domains_holds_no_others(kerio: Bench) -> None:
    kerio.store.add_user("dora", "example.org")
    assert [user["name"] for user in done(kerio.info(domains=["EXAMPLE.org"]))["config"]["users"]] == ["dora"]
    refused(kerio.info(domains=["missing.example"]), "domains", "'missing.example'")


def test_a_list_that_is_no_list_is_an_error(kerio: Bench) -> None:
    answers: list[dict[str, Any]] = [{}, {"list": None, "totalItems": 0}, {"list": {}, "totalItems": 0}, {"list": []}]
    for answer in answers:
        kerio.sim.faults.add(Fault("replace_result", "Users.get", result=answer))
        refused(kerio.object("user", **ALICE, full_name="Changed"), "Users.get", "no list")
        kerio.sim.faults.add(Fault("replace_result", "Users.get", result=answer))
        assert kerio.info()["failed"]
    assert kerio.sim.writes == []
