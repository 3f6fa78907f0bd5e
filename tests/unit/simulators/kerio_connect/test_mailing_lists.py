# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailing lists, their members and moderators."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.kerio_connect.client import Client, client_with_role, codes, condition, refused


def create(client: Client, *names: str, **fields: Any) -> dict[str, Any]:
    lists = [{"domainId": client.domain(), "name": name, **fields} for name in names]
    return dict(client.call("MailingLists.create", {"mailingLists": lists}))


def change(client: Client, title: str, /, **pattern: Any) -> dict[str, Any]:
    params = {"mlIds": [client.server.store.mailing_list(title)["id"]], "pattern": pattern}
    return dict(client.call("MailingLists.set", params))


def row(client: Client, name: str) -> dict[str, Any]:
    return client.get("MailingLists", conditions=[condition("name", "Eq", name)])[0]


def people(client: Client, name: str, **query: Any) -> list[dict[str, Any]]:
    params = {"query": query, "mlId": client.server.store.mailing_list(name)["id"]}
    return list(client.call("MailingLists.getMlUserList", params)["list"])


def change_members(client: Client, verb: str, name: str, *members: dict[str, Any]) -> list[tuple[int, int]]:
    params = {"mlId": client.server.store.mailing_list(name)["id"], "members": list(members)}
    return codes(client.call(f"MailingLists.{verb}MlUserList", params))


def account(client: Client, login: str, kind: str = "Member") -> dict[str, Any]:
    return {"hasId": True, "userId": client.user(login), "kind": kind}


def address(text: str, kind: str = "Member", full_name: str = "") -> dict[str, Any]:
    return {"hasId": False, "emailAddress": text, "fullName": full_name, "kind": kind}


# Lists


def test_life_of_a_list(admin: Client) -> None:
    posting = {"memberPosting": "Moderated", "nonMemberPosting": "Denied", "moderatorPosting": "PostModerated"}
    made = create(admin, "News", posting=posting, welcomeString="Hello\n«you»", replyTo="ThisList")
    assert made["errors"] == []
    found = row(admin, "news")
    assert found["posting"] == {**posting, "userPostingNotification": False, "sendErrorsToModerator": False}
    assert (found["welcomeString"], found["replyTo"], found["membersCount"]) == ("Hello\n«you»", "ThisList", 0)
    pattern = {"name": "other", "posting": {"sendErrorsToModerator": True}, "subjectPrefix": "[n]", "description": "d"}
    assert change(admin, "News", **pattern) == {"errors": []}
    found = row(admin, "News")
    assert found["posting"] == {**posting, "userPostingNotification": False, "sendErrorsToModerator": True}
    assert (found["subjectPrefix"], found["description"]) == ("[n]", "d")
    list_id = made["result"][0]["id"]
    assert codes(admin.call("MailingLists.remove", {"mlIds": [list_id, list_id]})) == [(1, 1002)]
    assert admin.get("MailingLists") == []
    assert admin.server.store.mailing_list_members == {}


def test_each_list_stands_or_falls_by_itself(admin: Client) -> None:
    admin.server.store.add_mailing_list("News", description="first")
    made = create(admin, "team", "nEWS", "a b", "x*")
    assert codes(made) == [(1, 1001), (2, 1000), (3, 1000)]
    assert [item["inputIndex"] for item in made["result"]] == [0]
    assert row(admin, "news")["description"] == "first"
    with refused(-32602):
        admin.call("MailingLists.create", {"mailingLists": [{"name": "x"}]})
    made = admin.call("MailingLists.create", {"mailingLists": [{"domainId": "keriodb://domain/none", "name": "x"}]})
    assert codes(made) == [(0, 1002)]


def test_the_same_name_in_another_domain_is_another_list(admin: Client) -> None:
    admin.server.store.add_mailing_list("news", "example.org")
    assert create(admin, "news")["errors"] == []
    assert len(admin.get("MailingLists", "example.org")) == len(admin.get("MailingLists")) == 1


def test_names_are_written_once(admin: Client) -> None:
    admin.server.store.add_mailing_list("news")
    admin.server.settings.write_once = "refuse"
    assert codes(change(admin, "news", name="other")) == [(0, 1003)]
    assert codes(change(admin, "news", domainId=admin.domain("example.org"))) == [(0, 1003)]
    assert change(admin, "news", name="news")["errors"] == []


def test_a_partial_structure_may_reset_what_it_leaves_out(admin: Client) -> None:
    policy = {"type": "Denied", "moderatorReview": True, "moderatorNotification": True}
    admin.server.store.add_mailing_list("news", subscription=policy)
    admin.server.settings.partial_structures = "zero"
    change(admin, "news", subscription={"moderatorReview": True})
    expected = {"type": "Allowed", "moderatorReview": True, "moderatorNotification": False}
    assert row(admin, "news")["subscription"] == expected


def test_suffixes_are_reserved(admin: Client) -> None:
    assert admin.call("MailingLists.getSuffixes") == {"suffixes": []}
    admin.server.settings.list_suffixes = ("-owner",)
    assert admin.call("MailingLists.getSuffixes") == {"suffixes": ["-owner"]}
    assert codes(create(admin, "news", "news-Owner")) == [(1, 1000)]


def test_replies_to_another_address_may_need_it(admin: Client) -> None:
    assert create(admin, "news", replyTo="OtherAddress")["errors"] == []
    admin.server.settings.list_reply_address = "needed"
    assert codes(create(admin, "second", replyTo="OtherAddress")) == [(0, 1000)]
    assert create(admin, "third", replyTo="OtherAddress", otherAddress="a@b.example")["errors"] == []


@pytest.mark.parametrize("pattern", [{"replyTo": "Everybody"}, {"posting": {"memberPosting": "PostAllowed"}}])
def test_unknown_names_are_wrong_parameters(admin: Client, pattern: dict[str, Any]) -> None:
    admin.server.store.add_mailing_list("news")
    with refused(-32602):
        change(admin, "news", **pattern)


def test_archive_readers_are_accounts_and_groups(admin: Client) -> None:
    store = admin.server.store
    store.add_mailing_list("news")
    readers = [
        {"kind": "TrusteeUser", "readerId": admin.user("bob")},
        {"kind": "TrusteeGroup", "readerId": store.group("staff")["id"]},
    ]
    assert change(admin, "news", archive={"keepArchive": True, "archiveReaderList": readers})["errors"] == []
    archive = row(admin, "news")["archive"]
    assert [reader["displayString"] for reader in archive["archiveReaderList"]] == ["bob", "staff"]
    assert codes(change(admin, "news", archive={"archiveReaderList": [{"kind": "TrusteeUser", "readerId": "x"}]})) == [
        (0, 1002)
    ]
    change(admin, "news", archive={"archiveReaderList": readers[1:]})
    archive = row(admin, "news")["archive"]
    assert (archive["keepArchive"], len(archive["archiveReaderList"])) == (True, 1)
    change(admin, "news", archive={"keepArchive": False})
    archive = row(admin, "news")["archive"]
    assert (archive["keepArchive"], len(archive["archiveReaderList"])) == (False, 1)
    admin.server.settings.referenced_lists = "merge"
    change(admin, "news", archive={"archiveReaderList": readers})
    assert len(row(admin, "news")["archive"]["archiveReaderList"]) == 2
    admin.server.settings.bracketed_groups = True
    assert row(admin, "news")["archive"]["archiveReaderList"][0]["displayString"] == "[staff]"


def test_candidates_for_archive_readers(admin: Client) -> None:
    params = {"query": {"conditions": [condition("type", "Eq", "TrusteeGroup")]}, "domainId": admin.domain()}
    targets = admin.call("MailingLists.getTrusteeTargetList", params)["list"]
    assert [target["name"] for target in targets] == ["staff", "sales"]


def test_lists_of_remote_servers_may_have_no_id(admin: Client) -> None:
    store = admin.server.store
    store.add_mailing_list("news", homeServer=store.add_home_server("far.example.com"))
    store.add_mailing_list("own")
    admin.server.settings.remote_list_ids = "empty"
    assert [bool(found["id"]) for found in admin.get("MailingLists")] == [False, True]


# Members


def test_members_and_moderators_are_different_things(admin: Client) -> None:
    admin.server.store.add_mailing_list("news")
    far = address("far@away.example", full_name="Far Away")
    errors = change_members(
        admin, "add", "news", account(admin, "alice"), account(admin, "alice", "Moderator"), far, account(admin, "bob")
    )
    assert errors == []
    rows = people(admin, "news")
    assert [(who["hasId"], who["emailAddress"], who["fullName"], who["kind"]) for who in rows] == [
        (True, "", "Alice Example", "Member"),
        (True, "", "Alice Example", "Moderator"),
        (False, "far@away.example", "Far Away", "Member"),
        (True, "", "Bob Example", "Member"),
    ]
    assert row(admin, "news")["membersCount"] == 3
    assert change_members(admin, "remove", "news", account(admin, "alice"), address("FAR@away.example")) == []
    store = admin.server.store
    assert store.list_members("news") == ["bob"]
    assert store.list_members("news", kind="Moderator") == ["alice"]


def test_each_member_stands_or_falls_by_itself(admin: Client) -> None:
    admin.server.store.add_mailing_list("news", members=["alice", "far@away.example"])
    gone = {"hasId": True, "userId": "keriodb://user/none", "kind": "Member"}
    new = [account(admin, "alice"), gone, address("no address"), address("Far@Away.example"), account(admin, "bob")]
    assert change_members(admin, "add", "news", *new) == [(0, 1001), (1, 1002), (2, 1000), (3, 1001)]
    assert admin.server.store.list_members("news") == ["alice", "bob", "far@away.example"]
    old = [account(admin, "alice", "Moderator"), gone, account(admin, "bob")]
    assert change_members(admin, "remove", "news", *old) == [(0, 1002), (1, 1002)]
    assert admin.server.store.list_members("news") == ["alice", "far@away.example"]
    with refused(1002):
        admin.call("MailingLists.addMlUserList", {"mlId": "keriodb://mailinglist/none", "members": []})


def test_errors_name_the_member(admin: Client) -> None:
    admin.server.store.add_mailing_list("news", members=["alice", "far@away.example"])
    list_id = admin.server.store.mailing_list("news")["id"]
    for verb, members in (
        ("add", [account(admin, "alice"), address("far@away.example")]),
        ("remove", [account(admin, "bob"), address("no@where.example")]),
    ):
        answer = admin.call(f"MailingLists.{verb}MlUserList", {"mlId": list_id, "members": members})
        named = [error["messageParameters"]["positionalParameters"][0] for error in answer["errors"]]
        assert named == [members[0]["userId"], members[1]["emailAddress"]]


def test_only_the_order_of_a_query_for_members_counts(admin: Client) -> None:
    admin.server.store.add_mailing_list("news", members=["a@x.example", "c@x.example", "b@x.example"])
    query = {
        "fields": ["emailAddress"],
        "conditions": [condition("emailAddress", "Eq", "a@x.example")],
        "limit": 1,
        "orderBy": [{"columnName": "emailAddress", "direction": "Desc"}],
    }
    rows = people(admin, "news", **query)
    assert [who["emailAddress"][0] for who in rows] == ["c", "b", "a"]
    assert "kind" in rows[0]
    admin.server.settings.list_members_query = "honoured"
    assert people(admin, "news", **query) == [{"emailAddress": "a@x.example"}]


def test_the_list_of_members_can_be_cut_off(admin: Client) -> None:
    admin.server.store.add_mailing_list("news", members=["a@x.example", "b@x.example"])
    admin.server.settings.max_rows = 1
    params = {"query": {}, "mlId": admin.server.store.mailing_list("news")["id"]}
    answer = admin.call("MailingLists.getMlUserList", params)
    assert (len(answer["list"]), answer["totalItems"]) == (1, 2)


def test_switches_of_members(admin: Client) -> None:
    store, settings = admin.server.store, admin.server.settings
    store.add_mailing_list("news", members=["alice"], moderators=["bob"])
    settings.list_members_count = "all"
    assert row(admin, "news")["membersCount"] == 2
    settings.list_member_address = "always"
    assert [who["emailAddress"] for who in people(admin, "news")] == ["alice@example.com", "bob@example.com"]
    settings.list_member_twice = "ignore"
    assert change_members(admin, "add", "news", account(admin, "alice")) == []
    assert change_members(admin, "add", "news", address("Bob@example.com")) == []
    assert store.list_members("news") == ["Bob@example.com", "alice"]
    settings.list_local_address = "resolve"
    assert change_members(admin, "add", "news", address("Bob@example.com"), address("x@y.example")) == []
    assert store.list_members("news") == ["Bob@example.com", "alice", "bob", "x@y.example"]
    assert change_members(admin, "remove", "news", address("alice@example.com")) == []
    assert "alice" not in store.list_members("news")


# Others


def test_mail_to_a_list_reaches_its_members(admin: Client) -> None:
    store = admin.server.store
    store.add_mailing_list("news", members=["bob", "info@example.com", "far@away.example"], moderators=["admin"])
    reached = admin.call("Aliases.check", {"checkString": "news"})["result"]
    assert reached == ["alice@example.com", "bob@example.com", "far@away.example"]


def test_an_address_may_not_be_taken_twice(admin: Client) -> None:
    admin.server.settings.address_collisions = "refuse"
    assert codes(create(admin, "Alice", "info", "staff", "free")) == [(0, 1001), (1, 1001), (2, 1001)]
    made = admin.create_user("free")
    assert codes(made) == [(0, 1001)]


def test_an_account_that_goes_is_no_member_any_more(admin: Client) -> None:
    store = admin.server.store
    reader = {"kind": "TrusteeUser", "readerId": admin.user("alice")}
    store.add_mailing_list("news", members=["alice", "bob", "alice.example@example.com"], moderators=["alice"])
    change(admin, "news", archive={"archiveReaderList": [reader]})
    assert admin.remove_user("alice", "UDeleteUser") == []
    assert store.list_members("news") == ["alice.example@example.com", "bob"]
    assert store.list_members("news", kind="Moderator") == []
    assert row(admin, "news")["archive"]["archiveReaderList"] == []


def test_addresses_of_an_account_go_with_its_references(admin: Client) -> None:
    store = admin.server.store
    store.add_mailing_list("news", members=["alice.example@EXAMPLE.com", "far@away.example", "bob"])
    assert admin.remove_user("alice", "UDeleteUser", removeReferences=True) == []
    assert store.list_members("news") == ["bob", "far@away.example"]


def test_who_may_change_lists(admin: Client) -> None:
    store = admin.server.store
    store.add_mailing_list("news", "example.org")
    deputy = client_with_role(admin.server, "AccountAdmin")
    assert create(deputy, "team")["errors"] == []
    elsewhere = {"domainId": admin.domain("example.org"), "name": "team"}
    assert codes(deputy.call("MailingLists.create", {"mailingLists": [elsewhere]})) == [(0, 1004)]
    foreign = store.mailing_list("news", "example.org")["id"]
    assert codes(deputy.call("MailingLists.set", {"mlIds": [foreign], "pattern": {}})) == [(0, 1004)]
    with refused(1004):
        deputy.call("MailingLists.addMlUserList", {"mlId": foreign, "members": []})
    store.user("deputy")["role"]["userRole"] = "Auditor"
    assert len(deputy.get("MailingLists")) == 1
    with refused(1004):
        create(deputy, "another")
    with refused(1004):
        change_members(deputy, "add", "team")
