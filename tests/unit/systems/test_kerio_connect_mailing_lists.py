# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailing lists and resources of Kerio Connect: their people, by name and by id (kerio_connect.md 3.5, 3.6)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

NEWS: dict[str, Any] = {"name": "news", "domain": "example.com"}
ROOM: dict[str, Any] = {"name": "Room 1", "domain": "example.com"}


def told(bench: Bench, plural: str, name: str) -> dict[str, Any]:
    listed = done(bench.info(resources=[plural]))["config"][plural]
    (found,) = [each for each in listed if each["name"] == name]
    return dict(found)


def calls(bench: Bench) -> list[str]:
    return [record.call for record in bench.sim.writes]


# Mailing lists.


def test_a_list_is_made_changed_and_deleted(kerio: Bench) -> None:
    assert kerio.predicted("mailing_list", **NEWS, members=["alice", "X@Example.net"], moderators=["bob"])["changed"]
    assert kerio.store.list_members("news") == ["X@example.net", "alice"]
    assert kerio.store.list_members("news", kind="Moderator") == ["bob"]
    assert kerio.predicted("mailing_list", **NEWS, members=["alice@example.com", "x@example.net"])["changed"] is False
    result = kerio.predicted("mailing_list", **NEWS, subscription={"policy": "moderated"}, subject_prefix="[news]")
    assert result["changes"] == ["subscription", "subject_prefix"]
    row = kerio.store.mailing_list("news")
    assert row["subscription"]["type"] == "Moderated"
    assert kerio.store.list_members("news") == ["X@example.net", "alice"]
    for check_mode in (True, False):
        refused(kerio.object("mailing_list", check_mode=check_mode, **NEWS, state="absent"), "allow_mail_loss")
    assert kerio.predicted("mailing_list", **NEWS, state="absent", allow_mail_loss=True)["changed"] is True
    assert kerio.predicted("mailing_list", **NEWS, state="absent", allow_mail_loss=True)["changed"] is False


def test_members_are_owned_or_added_to_and_nobody_else_moves(kerio: Bench) -> None:
    kerio.store.add_mailing_list("news", members=["alice", "x@example.net"], moderators=["alice"])
    kerio.predicted("mailing_list", **NEWS, members=["bob"], append=True)
    assert kerio.store.list_members("news") == ["alice", "bob", "x@example.net"]
    kerio.forget_requests()
    kerio.predicted("mailing_list", **NEWS, members=["bob", "y@example.net"])
    assert calls(kerio) == ["MailingLists.addMlUserList", "MailingLists.removeMlUserList"]
    assert [row["emailAddress"] for row in kerio.sim.writes[0].params["members"]] == ["y@example.net"]
    assert kerio.store.list_members("news", kind="Moderator") == ["alice"]
    kerio.predicted("mailing_list", **NEWS, members=[])
    assert kerio.store.list_members("news") == []
    assert kerio.store.list_members("news", kind="Moderator") == ["alice"]


def test_a_member_is_a_user_by_any_name_and_elsewhere_an_address(kerio: Bench) -> None:
    """An account of the server is added by id, anybody else by address."""
    kerio.store.add_user("olga", "example.org")
    members = ["BOB", "olga@example.org", "sales@example.net"]
    kerio.predicted("mailing_list", **NEWS, members=members)
    rows = kerio.store.mailing_list_members[kerio.store.mailing_list("news")["id"]]
    held = {row["userId"] or row["emailAddress"] for row in rows}
    olga = kerio.store.user("olga", "example.org")["id"]
    assert held == {kerio.store.user("bob")["id"], olga, "sales@example.net"}
    assert told(kerio, "mailing_lists", "news")["members"] == [
        "bob@example.com",
        "olga@example.org",
        "sales@example.net",
    ]
    assert kerio.predicted("mailing_list", **NEWS, members=members)["changed"] is False


def test_a_member_who_was_renamed_or_deleted_is_noticed(kerio: Bench) -> None:
    kerio.predicted("mailing_list", **NEWS, members=["bob"])
    kerio.store.user("bob")["loginName"] = "robert"
    result = kerio.object("mailing_list", check_mode=True, **NEWS, members=["bob"])
    assert done(result)["changed"] is True
    assert told(kerio, "mailing_lists", "news")["members"] == ["robert@example.com"]
    robert = kerio.store.user("robert")["id"]
    del kerio.store.users[robert]
    (gone,) = told(kerio, "mailing_lists", "news")["members"]
    assert gone == f"id:{robert}"
    assert kerio.predicted("mailing_list", **NEWS, members=[gone])["changed"] is False
    assert kerio.predicted("mailing_list", **NEWS, members=[])["changed"] is True
    assert kerio.store.mailing_list_members[kerio.store.mailing_list("news")["id"]] == []


def test_a_list_and_its_members_come_in_one_document(kerio: Bench) -> None:
    document = {
        "mailing_lists": [{**NEWS, "members": ["carol"], "archive": {"enabled": True, "groups": ["night"]}}],
        "users": [{"name": "carol", "domain": "example.com", "password": "Carol-1-secret"}],
        "groups": [{"name": "night", "domain": "example.com"}],
    }
    assert kerio.predicted_config(document)["summary"]["created"] == 3
    rows = kerio.store.mailing_list_members[kerio.store.mailing_list("news")["id"]]
    assert [row["userId"] for row in rows] == [kerio.store.user("carol")["id"]]
    assert kerio.predicted_config(document)["changed"] is False


def test_readers_of_an_archive_are_named_and_missing_ones_are_told(kerio: Bench) -> None:
    archive = {"enabled": True, "users": ["bob"], "groups": ["staff"]}
    kerio.predicted("mailing_list", **NEWS, archive=archive)
    readers = kerio.store.mailing_list("news")["archive"]["archiveReaderList"]
    assert {row["readerId"] for row in readers} == {kerio.store.user("bob")["id"], kerio.store.group("staff")["id"]}
    assert kerio.predicted("mailing_list", **NEWS, archive={"users": []})["changed"] is True
    assert told(kerio, "mailing_lists", "news")["archive"]["groups"] == ["staff@example.com"]
    assert told(kerio, "mailing_lists", "news")["archive"]["users"] == []
    for check_mode in (True, False):
        result = kerio.object("mailing_list", check_mode=check_mode, **NEWS, archive={"groups": ["nobody"]})
        if check_mode:
            assert done(result)["assumed"] == ["group nobody@example.com"]
        else:
            refused(result, "group 'nobody@example.com' does not exist", "archive.groups")
    kerio.store.group("staff")["name"] = "renamed"
    refused(kerio.object("mailing_list", **NEWS, archive={"groups": ["staff"]}), "group 'staff@example.com'")
    assert told(kerio, "mailing_lists", "news")["archive"]["groups"] == ["renamed@example.com"]


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"members": ["a b"]}, ("members", "a b")),
        ({"members": ["x@"]}, ("members", "x@")),
        ({"moderators": [""]}, ("moderators",)),
        ({"archive": {"users": ["a@b c"]}}, ("archive", "users")),
        ({"archive": {"groups": [" "]}}, ("archive", "groups")),
        ({"reply_address": "nonsense"}, ("reply_address", "nonsense")),
        ({"subscription": {"policy": "sometimes"}}, ("policy", "sometimes")),
    ],
    ids=str,
)
def test_wishes_that_cannot_be_are_refused_before_any_call(
    kerio: Bench, wish: dict[str, Any], words: tuple[str, ...], check_mode: bool
) -> None:
    refused(kerio.object("mailing_list", check_mode=check_mode, **NEWS, **wish), *words)
    refused(kerio.config({"mailing_lists": [{**NEWS, **wish}]}, check_mode=check_mode), *words)
    assert kerio.sim.requests == []


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("address", ["optional", "needed"])
def test_replies_to_another_address_need_one(kerio: Bench, address: Any, check_mode: bool) -> None:
    kerio.sim.settings.list_reply_address = address
    wish = {**NEWS, "reply_to": "other_address"}
    refused(kerio.object("mailing_list", check_mode=check_mode, **wish), "reply_address")
    assert kerio.sim.writes == []
    assert kerio.predicted("mailing_list", **wish, reply_address="desk@example.net")["changed"] is True
    refused(kerio.object("mailing_list", check_mode=check_mode, **NEWS, reply_address=""), "reply_address")


def test_a_list_of_another_server_is_neither_told_nor_touched(kerio: Bench) -> None:
    kerio.sim.settings.remote_list_ids = "empty"
    server = kerio.store.add_home_server("other")
    kerio.store.add_mailing_list("news", members=["bob"], homeServer={"id": server["id"], "name": "other"})
    assert done(kerio.info(resources=["mailing_lists"]))["config"]["mailing_lists"] == []
    for wish in ({"members": ["alice"]}, {"description": "x"}, {"state": "absent", "allow_mail_loss": True}):
        refused(kerio.object("mailing_list", **NEWS, **wish), "another server", "nothing was changed")
    kept: dict[str, Any] = {"mailing_lists": []}
    result = done(kerio.config(kept, prune=["mailing_lists"], allow_empty=True, allow_mail_loss=True))
    assert result["changed"] is False
    assert kerio.store.mailing_list("news")
    assert kerio.sim.writes == []


@pytest.mark.parametrize("call", ["MailingLists.addMlUserList", "MailingLists.removeMlUserList"])
def test_a_failure_inside_a_list_is_told_and_a_second_run_finishes(kerio: Bench, call: str) -> None:
    kerio.store.add_mailing_list("news", members=["alice"])
    wish = {**NEWS, "description": "All", "members": ["bob"]}
    kerio.sim.faults.add(Fault("rpc_error", call, times=9, code=1000, message="Not now."))
    result = kerio.object("mailing_list", **wish)
    assert (result["failed"], result["changed"]) == (True, True)
    assert "Not now." in result["msg"]
    assert kerio.store.mailing_list("news")["description"] == "All"
    kerio.sim.faults.clear()
    assert kerio.predicted("mailing_list", **wish)["changed"] is True
    assert kerio.store.list_members("news") == ["bob"]


def test_a_new_list_without_its_members_is_told_and_finished(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("rpc_error", "MailingLists.addMlUserList", times=9, code=1000, message="Not now."))
    result = kerio.object("mailing_list", **NEWS, members=["bob"])
    assert (result["failed"], result["changed"]) == (True, True)
    kerio.sim.faults.clear()
    assert kerio.predicted("mailing_list", **NEWS, members=["bob"])["changes"] == ["members"]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
@pytest.mark.parametrize("call", ["MailingLists.create", "MailingLists.addMlUserList", "MailingLists.removeMlUserList"])
def test_a_lost_answer_adds_nobody_twice(kerio: Bench, call: str, fault: str) -> None:
    if call != "MailingLists.create":
        kerio.store.add_mailing_list("news", members=["alice"])
    kerio.sim.faults.add(Fault(fault, call))
    wish = {**NEWS, "members": ["bob", "x@example.net"]}
    kerio.object("mailing_list", **wish)
    done(kerio.object("mailing_list", **wish))
    assert kerio.store.list_members("news") == ["bob", "x@example.net"]
    assert kerio.predicted("mailing_list", **wish)["changed"] is False


def test_members_that_cannot_be_read_are_no_empty_list(kerio: Bench) -> None:
    kerio.store.add_mailing_list("news", members=["alice"])
    for result in ({}, {"list": None, "totalItems": 0}, {"list": [], "totalItems": 2}, {"list": [{}], "totalItems": 1}):
        kerio.sim.faults.clear()
        kerio.sim.faults.add(Fault("replace_result", "MailingLists.getMlUserList", times=9, result=result))
        refused(kerio.object("mailing_list", **NEWS, members=["bob"]), "MailingLists.getMlUserList")
    assert kerio.sim.writes == []


# Resources.


def test_a_resource_is_made_changed_and_deleted(kerio: Bench) -> None:
    reservable = {"users": ["bob"], "groups": ["staff"], "domains": ["example.org"]}
    wish = {**ROOM, "type": "equipment", "reservable_by": reservable, "manager": "alice"}
    assert kerio.predicted("resource", **wish)["changed"] is True
    row = kerio.store.resource("Room 1")
    assert {each["type"] for each in row["resourceUsers"]} == {"UserPrincipal", "GroupPrincipal", "AuthDomainPrincipal"}
    assert row["manager"] == {"type": "UserPrincipal", "id": kerio.store.user("alice")["id"]}
    assert kerio.predicted("resource", **wish)["changed"] is False
    assert kerio.predicted("resource", **ROOM, reservable_by={"users": []})["changes"] == ["reservable_by"]
    assert told(kerio, "resources", "Room 1")["reservable_by"] == {
        "anyone": False,
        "all_users": False,
        "domains": ["example.org"],
        "users": [],
        "groups": ["staff@example.com"],
    }
    for check_mode in (True, False):
        refused(kerio.object("resource", check_mode=check_mode, **ROOM, state="absent"), "allow_mail_loss")
    assert kerio.predicted("resource", **ROOM, state="absent", allow_mail_loss=True)["changed"] is True


def test_a_resource_has_one_manager(kerio: Bench) -> None:
    for check_mode in (True, False):
        both = kerio.object("resource", check_mode=check_mode, **ROOM, manager="alice", manager_group="staff")
        refused(both, "manager_group", "one manager")
    assert kerio.sim.requests == []
    kerio.predicted("resource", **ROOM, manager="alice")
    assert kerio.predicted("resource", **ROOM, manager_group="staff")["changed"] is True
    assert kerio.store.resource("Room 1")["manager"]["type"] == "GroupPrincipal"
    assert kerio.predicted("resource", **ROOM, manager="")["changed"] is False
    assert kerio.predicted("resource", **ROOM, manager="", manager_group="")["changed"] is True
    assert kerio.store.resource("Room 1")["manager"]["type"] == "NonePrincipal"


@pytest.mark.parametrize(
    ("wish", "missing", "option"),
    [
        ({"manager": "nobody"}, "user 'nobody@example.com'", "manager"),
        ({"manager_group": "nobody@example.org"}, "group 'nobody@example.org'", "manager_group"),
        ({"reservable_by": {"users": ["nobody"]}}, "user 'nobody@example.com'", "reservable_by.users"),
        ({"reservable_by": {"groups": ["nobody"]}}, "group 'nobody@example.com'", "reservable_by.groups"),
        ({"reservable_by": {"domains": ["nowhere.example"]}}, "domain 'nowhere.example'", "reservable_by.domains"),
    ],
    ids=str,
)
def test_who_is_missing_is_named_with_the_option(kerio: Bench, wish: dict[str, Any], missing: str, option: str) -> None:
    refused(kerio.object("resource", **ROOM, **wish), f"{missing} does not exist", f"correct {option}")
    prediction = done(kerio.object("resource", check_mode=True, **ROOM, **wish))
    assert prediction["assumed"] == [missing.replace("'", "")]
    assert kerio.sim.writes == []


def test_people_who_were_renamed_or_deleted_are_noticed(kerio: Bench) -> None:
    wish = {**ROOM, "manager": "bob", "reservable_by": {"groups": ["staff"]}}
    kerio.predicted("resource", **wish)
    kerio.store.user("bob")["loginName"] = "robert"
    refused(kerio.object("resource", **wish), "user 'bob@example.com' does not exist")
    assert told(kerio, "resources", "Room 1")["manager"] == "robert@example.com"
    kerio.store.group("staff")["name"] = "crew"
    resource = told(kerio, "resources", "Room 1")
    assert resource["reservable_by"]["groups"] == ["crew@example.com"]
    assert kerio.predicted_config({"resources": [resource]})["changed"] is False


def test_principals_of_the_gone_and_of_unknown_kinds_stay_as_they_are(kerio: Bench) -> None:
    gone = {"type": "UserPrincipal", "id": "keriodb://user/gone"}
    row = kerio.store.add_resource("Room 1", resourceUsers=[gone])
    rows = [{**gone, "name": "", "domainName": ""}, {"type": "SomethingNewPrincipal", "id": "keriodb://new/1"}]
    shown = {**row, "resourceUsers": rows, "manager": {"type": "SomethingNewPrincipal", "id": "keriodb://new/1"}}
    answer = {"list": [shown], "totalItems": 1}
    kerio.sim.faults.add(Fault("replace_result", "Resources.get", times=9, result=answer))
    resource = told(kerio, "resources", "Room 1")
    assert resource["reservable_by"]["users"] == ["id:keriodb://user/gone"]
    assert "manager" not in resource, "no option can ask for it, and it must not look like nobody"
    assert done(kerio.config({"resources": [resource]}, check_mode=True))["changed"] is False
    assert done(kerio.object("resource", check_mode=True, **ROOM, manager=""))["changed"] is True
    kerio.object("resource", **ROOM, reservable_by={"anyone": True})
    (write,) = kerio.sim.writes
    sent = write.params["pattern"]["resourceUsers"]
    assert {"type": "SomethingNewPrincipal", "id": "keriodb://new/1"} in sent
    assert any(each["id"] == "keriodb://user/gone" for each in sent)


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"manager": "a b"}, ("manager",)),
        ({"reservable_by": {"domains": ["no domain"]}}, ("reservable_by", "domains", "no domain")),
        ({"reservable_by": {"groups": ["@example.com"]}}, ("reservable_by", "groups")),
        ({"type": "ship"}, ("type", "ship")),
        ({"reservable_by": {"somebody": True}}, ("somebody",)),
    ],
    ids=str,
)
def test_wishes_for_a_resource_that_cannot_be_are_refused_before_any_call(
    kerio: Bench, wish: dict[str, Any], words: tuple[str, ...], check_mode: bool
) -> None:
    refused(kerio.object("resource", check_mode=check_mode, **ROOM, **wish), *words)
    assert kerio.sim.requests == []


def test_a_name_with_an_at_is_no_name_of_a_resource(kerio: Bench) -> None:
    refused(kerio.object("resource", name="room@example.com", domain="example.com"), "name", "domain has an option")
    assert kerio.sim.requests == []


# Odd servers, where both are concerned.

SWITCHES: dict[str, dict[str, Any]] = {
    "usual": {},
    "adds nobody twice": {"list_member_twice": "ignore"},
    "finds accounts by address": {"list_local_address": "resolve"},
    "tells addresses of accounts": {"list_member_address": "always"},
    "filters members": {"list_members_query": "honoured"},
    "counts moderators": {"list_members_count": "all"},
    "lets the domain reserve": {"resource_users_default": "domain"},
    "tells ids of principals only": {"principal_rows": "reference"},
    "puts groups in brackets": {"bracketed_groups": True},
    "zeroes structures": {"partial_structures": "zero"},
    "numbers for names": {"enum_ordinals": True},
    "newer": {"extra_members": True, "unasked_fields": "all"},
    "ignores conditions": {"ignore_conditions": True},
    "one row a page": {"max_rows": 1, "list_members_query": "honoured"},
    "errors of the whole call": {"item_errors": "top_level"},
    "looks at case": {"eq_case_sensitive": True},
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_life_on_odd_servers(kerio: Bench, switch: str) -> None:
    for name, value in SWITCHES[switch].items():
        assert hasattr(kerio.sim.settings, name), name
        setattr(kerio.sim.settings, name, value)
    lists: list[dict[str, Any]] = [
        {
            "members": ["alice", "x@example.net"],
            "moderators": ["alice"],
            "archive": {"enabled": True, "users": ["bob"], "groups": ["staff"]},
        },
        {"members": ["bob@example.com", "alice"], "moderators": [], "archive": {"groups": []}, "footer": "a\nb"},
    ]
    resources: list[dict[str, Any]] = [
        {"manager": "alice", "reservable_by": {"users": ["bob"], "groups": ["staff"], "domains": ["example.org"]}},
        {"manager_group": "staff", "reservable_by": {"users": [], "anyone": True}},
    ]
    for of_list, of_resource in zip(lists, resources, strict=True):
        document = {"mailing_lists": [{**NEWS, **of_list}], "resources": [{**ROOM, **of_resource}]}
        assert len(kerio.predicted_config(document)["results"]) == 2
        assert kerio.predicted_config(document)["changed"] is False
    document = done(kerio.info(resources=["mailing_lists", "resources"]))["config"]
    assert kerio.predicted_config(document)["changed"] is False
    assert kerio.store.list_members("news") == ["alice", "bob"]
    assert {row["type"] for row in kerio.store.resource("Room 1")["resourceUsers"]} == {
        "AnyonePrincipal",
        "GroupPrincipal",
        "AuthDomainPrincipal",
    }
    for kind, key in (("mailing_list", NEWS), ("resource", ROOM)):
        assert kerio.predicted(kind, **key, state="absent", allow_mail_loss=True)["changed"] is True
