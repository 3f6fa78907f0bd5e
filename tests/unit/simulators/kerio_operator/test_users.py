# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, and which extensions they have."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import KerioOperator
from tests.unit.simulators.kerio_operator.client import ADMINISTRATOR, PHONE_ENDPOINT, READ_ONLY, Client, codes
from tests.unit.simulators.kerio_web import refused

SECRETS = {"USER_PASSWORD", "PIN", "AMI_PASSWORD"}


def entry(client: Client, number: str, **members: Any) -> dict[str, Any]:
    return {"GUID": client.group(number), "TEL_NUM": number, "DESCRIPTION": "", **members}


# Rows


def test_rows_hold_what_was_seen(admin: Client) -> None:
    assert admin.user("alice") == {
        "GUID": admin.guid("alice"),
        "USERNAME": "alice",
        "FULL_NAME": "Alice Example",
        "EMAIL": "alice@example.com",
        "DISABLED": 0,
        "EXTENSIONS": [{"GUID": admin.group("101"), "TEL_NUM": "101", "DESCRIPTION": "Alice's desk"}],
    }
    assert [row["USERNAME"] for row in admin.users()] == ["Admin", "alice", "bob"]


def test_rows_can_hold_everything_but_secrets(admin: Client) -> None:
    admin.server.settings.user_rows = "full"
    row = admin.user("alice")
    assert {"LANGUAGE_PBX", "VOICEMAIL_PRESS0_TELNUM", "WEBRTC_ENABLED", "ADMINISTRATION_ROLE_ID"} <= row.keys()
    assert not SECRETS & row.keys()
    assert {"IS_PRIMARY", "RING_EXTENSION_TIMEOUT", "BUSY_ACTION", "FIND_ME_LIST"} <= row["EXTENSIONS"][0].keys()
    for form in ("seen", "full"):
        admin.server.settings.user_rows = form
        admin.server.settings.secrets_in_rows = True
        assert admin.user("alice")["PIN"] == "1101"
        assert admin.user("alice")["USER_PASSWORD"] == "alice-1-Secret"


def test_other_forms_of_rows(admin: Client) -> None:
    admin.server.settings.no_extensions = "null"
    admin.server.settings.booleans = "json"
    admin.server.settings.ids = "text"
    assert admin.user("Admin")["EXTENSIONS"] is None
    assert admin.user("Admin")["DISABLED"] is False
    assert admin.user("bob")["GUID"] == str(admin.guid("bob"))
    assert admin.user("bob")["EXTENSIONS"][0]["GUID"] == str(admin.group("102"))


# Creation


def test_create_with_a_phone(admin: Client) -> None:
    members = {
        "IS_PRIMARY": True,
        "RING_EXTENSION": False,
        "RING_EXTENSION_TIMEOUT": 15,
        "BUSY_ACTION": 2,
        "VOICEMAIL_FALLBACK": False,
        "VOICEMAIL_FALLBACK_TIMEOUT": 120,
        "FIND_ME_LIST": [{"anything": 1}],
    }
    detail = {
        "FULL_NAME": "Jane Doe",
        "EMAIL": "jane@example.com",
        "PIN": "1191",
        "DISABLED": 0,
        "LDAP_ENABLED": 0,
        "ADMINISTRATION_ROLE_ID": 2,
        "LANGUAGE_PBX": 2,
        "VOICEMAIL_DISABLED": True,
        "VOICEMAIL_PRESS0_ENABLED": True,
        "VOICEMAIL_PRESS0_TELNUM": "101",
        "WEBRTC_ENABLED": True,
        "AMI_ENABLED": True,
        "AMI_PASSWORD": "ami",
    }
    answer = admin.create_user("jdoe", **detail, EXTENSIONS=[entry(admin, "100", OBEY_RING_RULES="", **members)])
    user = admin.server.store.user("jdoe")
    assert answer == {"result": {"id": user["GUID"]}}
    assert {name: user[name] for name in detail} == detail
    assert user["EXTENSIONS"] == [{"GUID": admin.group("100"), **members}]
    assert admin.rows("100")[0]["FULL_NAME"] == "Jane Doe"


@pytest.mark.parametrize(
    ("form", "key"), [("id", "id"), ("GUID", "GUID"), ("guid", "guid"), ("userGuid", "userGuid"), ("empty", None)]
)
def test_forms_of_what_create_answers(admin: Client, form: Any, key: str | None) -> None:
    admin.server.settings.user_create_reply = form
    answer = admin.create_user("jdoe")
    assert answer == ({} if key is None else {key: admin.guid("jdoe")})


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"USERNAME": "ALICE"}, 1001),
        ({"USERNAME": "jane doe"}, 1000),
        ({"USERNAME": "jané"}, 1000),
        ({"USERNAME": ""}, 1000),
        ({"USER_PASSWORD": ""}, 1000),
        ({"PIN": "12345"}, 1000),
        ({"PIN": "12a4"}, 1000),
        ({"PIN": 1234}, -32602),
        ({"ADMINISTRATION_ROLE_ID": 17}, 1002),
        ({"DISABLED": "no"}, -32602),
        ({"WEBRTC_ENABLED": 1}, -32602),
        ({"EXTENSIONS": [{"GUID": 1}]}, 1002),
        ({"EXTENSIONS": [{"TEL_NUM": "999"}]}, 1002),
        ({"EXTENSIONS": [{"DESCRIPTION": "none"}]}, -32602),
        ({"EXTENSIONS": [{"TEL_NUM": "100"}, {"TEL_NUM": "100"}]}, 1000),
    ],
)
def test_refused_creations(admin: Client, detail: dict[str, Any], code: int) -> None:
    before = admin.server.store.snapshot()["users"]
    with refused(code):
        admin.call("Users.create", {"detail": {"USERNAME": "jdoe", "USER_PASSWORD": "x", **detail}})
    assert admin.server.store.users == before


def test_creation_needs_a_name(admin: Client) -> None:
    with refused(-32602):
        admin.call("Users.create", {"detail": {"USER_PASSWORD": "x"}})


def test_account_of_a_directory_needs_no_password(admin: Client) -> None:
    admin.create_user("mapped", USER_PASSWORD="", LDAP_ENABLED=1)
    assert admin.server.store.user("mapped")["LDAP_ENABLED"] == 1


def test_licence_counts_enabled_users(admin: Client) -> None:
    admin.server.settings.licensed_users = 3
    with refused(1003):
        admin.create_user("jdoe")
    admin.create_user("jdoe", DISABLED=1)
    assert codes(admin.set_user("jdoe", DISABLED=0)) == [1003]
    assert codes(admin.set_user("alice", FULL_NAME="A")) == []
    admin.set_user("bob", DISABLED=1)
    assert codes(admin.set_user("jdoe", DISABLED=False)) == []


def test_password_policy_by_switch(admin: Client) -> None:
    admin.server.settings.password_policy = True
    with refused(1000):
        admin.create_user("jdoe", USER_PASSWORD="simple1")
    admin.create_user("jdoe", USER_PASSWORD="simple-1")
    assert codes(admin.set_user("jdoe", USER_PASSWORD="weak")) == [1000]
    assert codes(admin.set_user("jdoe", FULL_NAME="Jane")) == []


def test_password_given_opens_the_phone(admin: Client, server: KerioOperator) -> None:
    admin.create_user("jdoe", USER_PASSWORD="first")
    phone = Client(server, PHONE_ENDPOINT).login("jdoe", "first")
    admin.set_user("jdoe", USER_PASSWORD="second")
    with refused(1000):
        phone.login("jdoe", "first")
    phone.login("jdoe", "second")
    phone.http.close()


# Changes


def test_set_changes_what_is_given_and_nothing_else(admin: Client) -> None:
    before = admin.server.store.snapshot()["users"]
    assert admin.set_user("bob", FULL_NAME="Robert", PIN="", VOICEMAIL_DISABLED=True) == {"errors": []}
    before[admin.guid("bob")] |= {"FULL_NAME": "Robert", "PIN": "", "VOICEMAIL_DISABLED": True}
    assert admin.server.store.users == before


def test_set_may_mean_the_whole_user(admin: Client) -> None:
    admin.server.settings.users_set = "whole"
    admin.set_user("bob", FULL_NAME="Robert")
    user = admin.server.store.user("bob")
    assert (user["FULL_NAME"], user["EMAIL"], user["PIN"], user["EXTENSIONS"]) == ("Robert", "", "", [])
    assert user["USER_PASSWORD"] == "bob-2-Secret"


def test_set_tells_who_failed(admin: Client) -> None:
    params = {"guids": [admin.guid("alice"), 1], "detail": {"LANGUAGE_PBX": 3}}
    answer = admin.call("Users.set", params)
    assert [(error["inputIndex"], error["code"]) for error in answer["errors"]] == [(1, 1002)]
    assert admin.server.store.user("alice")["LANGUAGE_PBX"] == 3
    assert codes(admin.set_user("bob", USERNAME="Alice")) == [1001]
    assert codes(admin.set_user("bob", USERNAME="BOB")) == []
    assert codes(admin.set_user("bob", PIN="123", FULL_NAME="not written")) == [1000]
    assert admin.server.store.user("bob")["FULL_NAME"] == "Bob Example"


@pytest.mark.parametrize(
    ("method", "switch"), [("Users.set", "users_set_params"), ("Users.remove", "users_remove_params")]
)
def test_how_users_are_named_is_a_switch(admin: Client, method: str, switch: str) -> None:
    guid = admin.guid("bob")
    detail = {"detail": {"FULL_NAME": "x"}}
    with refused(-32602):
        admin.call(method, {"guid": guid, **detail})
    setattr(admin.server.settings, switch, "guid")
    with refused(-32602):
        admin.call(method, {"guids": [guid], **detail})
    assert admin.call(method, {"guid": guid, **detail}) == {"errors": []}
    assert admin.server.store.users.get(guid, {"FULL_NAME": "x"})["FULL_NAME"] == "x"
    assert (guid in admin.server.store.users) is (method == "Users.set")


def test_role_decides_about_the_administration(admin: Client, anybody: Client) -> None:
    admin.set_user("alice", ADMINISTRATION_ROLE_ID=READ_ONLY)
    alice = Client(admin.server).login("alice", "alice-1-Secret")
    with refused(1004):
        alice.set_user("bob", FULL_NAME="x")
    Client(admin.server).login().set_user("alice", ADMINISTRATION_ROLE_ID=ADMINISTRATOR)
    alice.set_user("bob", FULL_NAME="x")
    alice.http.close()


# Extensions of a user


def test_assignment_is_seen_from_both_sides(admin: Client) -> None:
    store = admin.server.store
    admin.set_user("alice", EXTENSIONS=[entry(admin, "100"), entry(admin, "101")])
    assert store.numbers_of("alice") == ["100", "101"]
    assert admin.rows("100")[0]["USERNAME"] == "alice"
    admin.set_extension(admin.group("101"), userGuid=None)
    assert [item["TEL_NUM"] for item in admin.user("alice")["EXTENSIONS"]] == ["100"]
    admin.set_user("alice", EXTENSIONS=None)
    assert admin.rows("100")[0]["USERNAME"] == ""
    admin.set_extension(admin.group("100"), telNum="200", description="New")
    admin.set_user("bob", EXTENSIONS=[entry(admin, "200")])
    assert admin.user("bob")["EXTENSIONS"] == [{"GUID": admin.group("200"), "TEL_NUM": "200", "DESCRIPTION": "New"}]


def test_extension_of_somebody_else_is_moved_or_refused(admin: Client) -> None:
    store = admin.server.store
    admin.server.settings.assigned_extension = "refuse"
    assert codes(admin.set_user("alice", EXTENSIONS=[entry(admin, "101"), entry(admin, "102")])) == [1000]
    assert (store.numbers_of("alice"), store.numbers_of("bob")) == (["101"], ["102"])
    assert codes(admin.set_user("alice", EXTENSIONS=[entry(admin, "101")])) == []
    admin.server.settings.assigned_extension = "move"
    admin.set_user("alice", EXTENSIONS=[entry(admin, "101"), entry(admin, "102")])
    assert (store.numbers_of("alice"), store.numbers_of("bob")) == (["101", "102"], [])


@pytest.mark.parametrize(("mode", "kept"), [("merge", 77), ("replace", 30)])
def test_what_an_entry_leaves_out_is_a_switch(admin: Client, mode: Any, kept: int) -> None:
    admin.server.settings.extension_entries = mode
    admin.server.store.user("alice")["EXTENSIONS"][0] |= {"RING_EXTENSION_TIMEOUT": 77, "BUSY_ACTION": 4}
    admin.set_user("alice", EXTENSIONS=[entry(admin, "101", BUSY_ACTION=2)])
    (made,) = admin.server.store.user("alice")["EXTENSIONS"]
    assert (made["RING_EXTENSION_TIMEOUT"], made["BUSY_ACTION"]) == (kept, 2)


def test_first_extension_is_the_primary_one_unless_told(admin: Client) -> None:
    admin.create_user("jdoe", EXTENSIONS=[entry(admin, "100"), entry(admin, "102")])
    assert [item["IS_PRIMARY"] for item in admin.server.store.user("jdoe")["EXTENSIONS"]] == [True, False]
    admin.set_user("jdoe", EXTENSIONS=[entry(admin, "100", IS_PRIMARY=False), entry(admin, "102", IS_PRIMARY=True)])
    assert [item["IS_PRIMARY"] for item in admin.server.store.user("jdoe")["EXTENSIONS"]] == [False, True]


def test_entry_without_an_id_is_a_switch(admin: Client) -> None:
    by_number = [{"TEL_NUM": "100", "DESCRIPTION": "", "IS_PRIMARY": True}]
    admin.server.settings.entry_by_number = "refuse"
    assert codes(admin.set_user("alice", EXTENSIONS=by_number)) == [-32602]
    admin.server.settings.entry_by_number = "ignore"
    assert codes(admin.set_user("alice", EXTENSIONS=by_number)) == []
    assert admin.server.store.numbers_of("alice") == []
    admin.server.settings.entry_by_number = "resolve"
    admin.set_user("alice", EXTENSIONS=by_number)
    assert admin.server.store.numbers_of("alice") == ["100"]


def test_members_nobody_knows_by_switch(admin: Client) -> None:
    admin.server.settings.unknown_member = "refuse"
    leftovers = {"OCCUPIED_REJECT": "", "OBEY_RING_RULES": "", "WEBRTC_RING_GROUP": ""}
    assert codes(admin.set_user("alice", EXTENSIONS=[entry(admin, "101", **leftovers)])) == []
    with refused(-32602):
        admin.set_user("alice", EXTENSIONS=[entry(admin, "101", COLOUR=1)])
    with refused(-32602):
        admin.set_user("alice", NICK="x")


# Removal


def test_removed_user_leaves_the_extensions(admin: Client, alice: Client) -> None:
    assert admin.call("Users.remove", {"guids": [admin.guid("alice"), 1]})["errors"][0]["inputIndex"] == 1
    assert [row["USERNAME"] for row in admin.users()] == ["Admin", "bob"]
    assert admin.server.store.user_of("101") is None
    assert admin.rows("101")[0]["USERNAME"] == ""
    with refused(-32001):
        alice.call("Session.whoAmI")
    admin.create_user("alice")


def test_account_in_use_stays_unless_switched(admin: Client) -> None:
    own = {"guids": [admin.guid("Admin")]}
    assert codes(admin.call("Users.remove", own)) == [1000]
    admin.server.settings.own_account = "allow"
    assert codes(admin.call("Users.remove", own)) == []
    with refused(-32001):
        admin.users()
