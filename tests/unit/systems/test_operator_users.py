# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of Kerio Operator: their extensions seen from both sides, secrets, and what the server does not tell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

ALICE: dict[str, Any] = {"name": "alice"}
CAROL: dict[str, Any] = {"name": "carol", "password": "Carol-1-secret"}
FIND_ME = [{"TEL_NUM": "+4930123456", "TIMEOUT": 20}]


@pytest.fixture
def telling(operator: Bench) -> Bench:
    """A server that tells all settings of users and their extensions."""
    operator.sim.settings.user_rows = operator.sim.settings.extension_rows = "full"
    return operator


def entry(operator: Bench, name: str, number: str) -> dict[str, Any]:
    guid = operator.store.extension(number)["guid"]
    (found,) = [each for each in operator.store.user(name)["EXTENSIONS"] if each["GUID"] == guid]
    kept: dict[str, Any] = found
    return kept


# The account.


def test_a_user_is_made_once_and_the_name_has_no_case(operator: Bench) -> None:
    wish = {**CAROL, "full_name": "Carol Example", "email": "carol@Example.com", "pin": "0042"}
    assert operator.predicted("user", **wish)["changed"] is True
    carol = operator.store.user("carol")
    assert (carol["USER_PASSWORD"], carol["PIN"], carol["EMAIL"]) == ("Carol-1-secret", "0042", "carol@example.com")
    assert carol["LDAP_ENABLED"] == 0
    assert operator.predicted("user", **wish)["changed"] is False
    assert operator.predicted("user", **{**wish, "name": "CAROL", "email": "CAROL@example.com"})["changed"] is False


def test_a_new_user_gets_what_is_given_and_the_documented_values_for_the_rest(operator: Bench) -> None:
    done(operator.object("user", **CAROL, voicemail_enabled=False, extensions=[{"number": "100", "ring": False}]))
    (write,) = operator.sim.writes
    assert write.params["detail"] == {
        "USERNAME": "carol",
        "USER_PASSWORD": "Carol-1-secret",
        "FULL_NAME": "",
        "EMAIL": "",
        "DISABLED": 0,
        "LDAP_ENABLED": 0,
        "ADMINISTRATION_ROLE_ID": 2,
        "LANGUAGE_PBX": 1,
        "VOICEMAIL_DISABLED": True,
        "VOICEMAIL_PRESS0_ENABLED": False,
        "VOICEMAIL_PRESS0_TELNUM": "",
        "WEBRTC_ENABLED": True,
        "AMI_ENABLED": False,
        "EXTENSIONS": [
            {
                "GUID": operator.store.extension("100")["guid"],
                "TEL_NUM": "100",
                "DESCRIPTION": "",
                "IS_PRIMARY": True,
                "RING_EXTENSION": False,
                "RING_EXTENSION_TIMEOUT": 30,
                "BUSY_ACTION": 1,
                "VOICEMAIL_FALLBACK": False,
                "VOICEMAIL_FALLBACK_TIMEOUT": 30,
                "FIND_ME_LIST": [],
            }
        ],
    }


def test_a_new_user_needs_a_password(operator: Bench) -> None:
    for check_mode in (True, False):
        refused(operator.object("user", check_mode=check_mode, name="carol"), "password", "user carol")
    assert operator.sim.writes == []


def test_texts_are_cleared_by_an_empty_one(operator: Bench) -> None:
    assert operator.predicted("user", **ALICE, full_name="", email="")["changed"] is True
    assert operator.store.user("alice")["FULL_NAME"] == operator.store.user("alice")["EMAIL"] == ""
    assert operator.predicted("user", **ALICE, full_name="", email="")["changed"] is False


def test_a_change_sends_only_what_changes(operator: Bench) -> None:
    operator.predicted("user", **ALICE, full_name="Alice A.", email="alice@example.com")
    (write,) = operator.sim.writes
    guid = operator.store.user("alice")["GUID"]
    assert (write.call, write.params) == ("Users.set", {"guids": [guid], "detail": {"FULL_NAME": "Alice A."}})


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "two words"},
        {"name": "jürgen"},
        {"name": "a@b"},
        {"name": ""},
        {"email": "no address"},
        {"role_id": -1},
        {"language_id": "english"},
        {"extensions": [{"number": "1O1"}]},
        {"extensions": [{"ring": True}]},
        {"extensions": [{"number": "100"}, {"number": " 100"}]},
        {"extensions": [{"number": "100", "ring_timeout": -1}]},
        {"extensions": [{"number": "100", "secret": "x"}]},
        {"password": ""},
        {"prune_extensions": "perhaps"},
        {"update_password": "on_change"},
        {"update_unreadable": "never"},
    ],
)
def test_what_cannot_be_meant_is_refused_before_the_first_call(operator: Bench, wish: dict[str, Any]) -> None:
    (name,) = wish
    entered = {**CAROL, **wish}
    for check_mode in (True, False):
        refused(operator.object("user", check_mode=check_mode, **entered), name)
        refused(operator.config({"users": [entered]}, check_mode=check_mode), name)
    assert operator.sim.requests == []


@pytest.mark.parametrize("pin", ["12", "12345", "12a4", "1 34", "", "١٢٣٤", "-123"])
def test_a_pin_that_is_not_four_digits_is_refused_and_not_shown(operator: Bench, pin: str) -> None:
    for check_mode in (True, False):
        result = operator.object("user", check_mode=check_mode, **CAROL, pin=pin)
        refused(result, "pin", "four digits")
        document = operator.config({"users": [{**CAROL, "pin": pin}]}, check_mode=check_mode)
        refused(document, "config.users[0].pin", "four digits")
        if pin:
            assert pin not in str(result) + str(document)
    assert operator.sim.requests == []


def test_a_pin_that_yaml_takes_for_a_number_is_refused_with_a_hint(operator: Bench) -> None:
    """Without quotes, 0042 is 34."""
    refused(operator.object("user", **CAROL, pin=34), "pin", "quotes")
    assert done(operator.object("user", **CAROL, pin=4711))["changed"] is True
    assert operator.store.user("carol")["PIN"] == "4711"


# Secrets.


def test_secrets_are_sent_at_creation_and_later_only_on_request(operator: Bench) -> None:
    first = {**CAROL, "pin": "1111", "ami_password": "Ami-1-secret"}
    assert operator.predicted("user", **first)["changed"] is True
    second = {"name": "carol", "password": "Carol-2-secret", "pin": "2222", "ami_password": "Ami-2-secret"}
    assert operator.predicted("user", **second)["changed"] is False
    carol = operator.store.user("carol")
    assert (carol["USER_PASSWORD"], carol["PIN"], carol["AMI_PASSWORD"]) == tuple(first.values())[1:]
    for _again in range(2):
        result = operator.predicted("user", **second, update_password="always")
        assert result["changes"] == ["password", "pin", "ami_password"]
        assert result["unverified"] == ["password", "pin", "ami_password"]
        assert [value for name, value in second.items() if name != "name" and value in str(result)] == []
    carol = operator.store.user("carol")
    assert (carol["USER_PASSWORD"], carol["PIN"], carol["AMI_PASSWORD"]) == tuple(second.values())[1:]


def test_a_password_that_breaks_the_policy_is_refused_and_not_shown(operator: Bench) -> None:
    operator.sim.settings.password_policy = True
    message = refused(operator.object("user", name="carol", password="tooweak"), "Users.create", "special character")
    assert "tooweak" not in message
    with pytest.raises(KeyError):
        operator.store.user("carol")


def test_a_secret_that_the_server_echoes_is_not_shown(operator: Bench) -> None:
    secrets: dict[str, Any] = {"password": "Carol-1-secret", "pin": "9182", "ami_password": "Ami-1-secret"}
    for value in secrets.values():
        operator.sim.faults.add(Fault("rpc_error", "Users.create", code=1000, message=f"{value}: no."))
        result = operator.object("user", name="carol", **secrets)
        refused(result, ": no.")
        assert value not in str(result)


# What the server does not tell.


def test_what_is_not_told_waits_until_it_is_asked_for(operator: Bench) -> None:
    wish = {**ALICE, "language_id": 3, "voicemail_enabled": False, "webrtc_enabled": False, "role_id": 2}
    unverified = ["language_id", "role_id", "voicemail_enabled", "webrtc_enabled"]
    result = operator.predicted("user", **wish)
    assert result["changed"] is False
    assert sorted(result["unverified"]) == unverified
    assert operator.store.user("alice")["LANGUAGE_PBX"] == 1
    for _again in range(2):
        result = operator.predicted("user", **wish, update_unreadable="always")
        assert sorted(result["changes"]) == sorted(result["unverified"]) == unverified
    alice = operator.store.user("alice")
    assert (alice["LANGUAGE_PBX"], alice["VOICEMAIL_DISABLED"], alice["WEBRTC_ENABLED"]) == (3, True, False)
    assert alice["EXTENSIONS"] != []


def test_what_is_not_told_goes_along_with_a_change_and_is_named(operator: Bench) -> None:
    result = operator.predicted("user", **ALICE, language_id=3, full_name="Alice A.")
    assert result["unverified"] == ["language_id"]
    assert operator.store.user("alice")["LANGUAGE_PBX"] == 3


def test_where_all_is_told_everything_is_compared(telling: Bench) -> None:
    wish = {
        **ALICE,
        "language_id": 3,
        "voicemail_enabled": False,
        "voicemail_press0_enabled": True,
        "voicemail_press0_number": "100",
        "ami_enabled": True,
        "role_id": 3,
    }
    result = telling.predicted("user", **wish, update_unreadable="always")
    assert sorted(result["changes"]) == sorted(name for name in wish if name != "name")
    assert result["unverified"] == []
    assert telling.predicted("user", **wish, update_unreadable="always")["changed"] is False
    alice = telling.store.user("alice")
    assert (alice["VOICEMAIL_PRESS0_TELNUM"], alice["ADMINISTRATION_ROLE_ID"]) == ("100", 3)


# Extensions of a user.


def test_an_extension_is_added_and_the_others_stay_as_they_are(telling: Bench) -> None:
    before = entry(telling, "alice", "101")
    before |= {"RING_EXTENSION_TIMEOUT": 77, "FIND_ME_LIST": FIND_ME, "BUSY_ACTION": 3}
    kept = dict(before)
    wish = {"extensions": [{"number": "100", "ring_timeout": 10}]}
    assert telling.predicted("user", **ALICE, **wish)["changes"] == ["extensions"]
    assert telling.store.numbers_of("alice") == ["100", "101"]
    assert entry(telling, "alice", "101") == kept
    new = entry(telling, "alice", "100")
    assert (new["RING_EXTENSION"], new["RING_EXTENSION_TIMEOUT"], new["IS_PRIMARY"]) == (True, 10, False)
    assert telling.predicted("user", **ALICE, **wish)["changed"] is False


@pytest.mark.parametrize("entries", ["merge", "replace"])
def test_settings_of_an_entry_that_are_not_managed_stay(telling: Bench, entries: Any) -> None:
    telling.sim.settings.extension_entries = entries
    before = entry(telling, "alice", "101")
    before |= {"RING_EXTENSION_TIMEOUT": 77, "FIND_ME_LIST": FIND_ME, "BUSY_ACTION": 3}
    kept = {**before, "VOICEMAIL_FALLBACK": False}
    wish = {"extensions": [{"number": "101", "voicemail_fallback": False}]}
    assert telling.predicted("user", **ALICE, **wish)["changed"] is True
    assert entry(telling, "alice", "101") == kept
    assert telling.predicted("user", **ALICE, **wish)["changed"] is False


def test_settings_that_the_server_does_not_tell_are_unverified_and_sent_when_asked(operator: Bench) -> None:
    entry(operator, "alice", "101")["FIND_ME_LIST"] = FIND_ME
    wish = {"extensions": [{"number": "101", "ring_timeout": 12, "primary": True}]}
    result = operator.predicted("user", **ALICE, **wish)
    assert result["changed"] is False
    assert sorted(result["unverified"]) == ["extensions[101].primary", "extensions[101].ring_timeout"]
    operator.predicted("user", **ALICE, **wish, update_unreadable="always")
    assert entry(operator, "alice", "101")["RING_EXTENSION_TIMEOUT"] == 12
    assert entry(operator, "alice", "101")["FIND_ME_LIST"] == FIND_ME


@pytest.mark.parametrize("rows", ["seen", "full"])
def test_extensions_go_only_when_asked_to(operator: Bench, rows: Any) -> None:
    operator.sim.settings.user_rows = rows
    operator.store.assign(operator.store.extension("100")["guid"], operator.store.user("alice"))
    wish = {"extensions": [{"number": "100"}]}
    assert operator.predicted("user", **ALICE, **wish)["changed"] is False
    assert operator.predicted("user", **ALICE, extensions=[])["changed"] is False
    result = operator.predicted("user", **ALICE, **wish, prune_extensions=True)
    assert result["changes"] == ["extensions"]
    assert operator.store.numbers_of("alice") == ["100"]
    assert operator.predicted("user", **ALICE, **wish, prune_extensions=True)["changed"] is False
    assert operator.predicted("user", **ALICE, extensions=[], prune_extensions=True)["changed"] is True
    assert operator.store.numbers_of("alice") == []
    assert operator.store.is_taken("101"), "the extension itself stays"


def test_the_only_extension_of_a_new_user_is_the_primary_one(telling: Bench) -> None:
    telling.predicted("user", **CAROL, extensions=[{"number": "100"}])
    assert entry(telling, "carol", "100")["IS_PRIMARY"] is True
    telling.store.add_extension("301")
    telling.store.add_extension("302")
    wish = {"extensions": [{"number": "301"}, {"number": "302", "primary": True}]}
    telling.predicted("user", name="dave", password="Dave-1-secret", **wish)
    assert [entry(telling, "dave", number)["IS_PRIMARY"] for number in ("301", "302")] == [False, True]
    telling.store.add_extension("303")
    telling.predicted("user", name="erin", password="Erin-1-secret", extensions=[{"number": "303", "primary": False}])
    assert entry(telling, "erin", "303")["IS_PRIMARY"] is False
    assert telling.predicted("user", name="erin", extensions=[{"number": "303"}])["changed"] is False


def test_the_primary_extension_moves(telling: Bench) -> None:
    telling.store.assign(telling.store.extension("100")["guid"], telling.store.user("alice"))
    wish = {"extensions": [{"number": "100", "primary": True}, {"number": "101", "primary": False}]}
    assert telling.predicted("user", **ALICE, **wish)["changed"] is True
    assert [entry(telling, "alice", number)["IS_PRIMARY"] for number in ("100", "101")] == [True, False]
    assert telling.predicted("user", **ALICE, **wish)["changed"] is False


def test_a_missing_extension_is_named_in_a_run_and_assumed_in_check_mode(operator: Bench) -> None:
    for user in (ALICE, CAROL):
        wish = {**user, "extensions": [{"number": "101"}, {"number": "399"}]}
        result = operator.object("user", **wish)
        refused(result, "extension '399'", "extensions")
        prediction = done(operator.object("user", check_mode=True, **wish))
        assert prediction["assumed"] == ["extension 399"]
        assert prediction["changed"] is True
    assert operator.sim.writes == []


@pytest.mark.parametrize("how", ["move", "refuse"])
def test_an_extension_that_somebody_else_has_moves_or_is_refused_by_the_server(operator: Bench, how: Any) -> None:
    operator.sim.settings.assigned_extension = how
    result = operator.object("user", **ALICE, extensions=[{"number": "102"}])
    if how == "move":
        assert done(result)["changed"] is True
        assert (operator.store.user_of("102"), operator.store.user_of("101")) == ("alice", "alice")
    else:
        refused(result, "belongs to another user")
        assert operator.store.user_of("102") == "bob"


@pytest.mark.parametrize("by_number", ["resolve", "refuse", "ignore"])
def test_nothing_depends_on_whether_entries_are_found_by_number(operator: Bench, by_number: Any) -> None:
    operator.sim.settings.entry_by_number = by_number
    operator.sim.settings.unknown_member = "refuse"
    operator.predicted("user", **CAROL, extensions=[{"number": "100"}])
    operator.predicted("user", **ALICE, extensions=[{"number": "102"}])
    assert operator.store.numbers_of("carol") == ["100"]
    assert sorted(operator.store.numbers_of("alice")) == ["101", "102"]


# The same relation from the side of the extension.


def test_an_extension_is_assigned_and_taken_away(operator: Bench) -> None:
    assert operator.predicted("extension", number="100", user="alice")["changes"] == ["user"]
    assert operator.store.numbers_of("alice") == ["101", "100"]
    assert operator.predicted("extension", number="100", user="ALICE")["changed"] is False
    assert operator.predicted("extension", number="100", description="x")["changed"] is True
    assert operator.store.user_of("100") == "alice", "what is left out stays"
    assert operator.predicted("extension", number="100", user="")["changes"] == ["user"]
    assert operator.store.user_of("100") is None
    assert operator.predicted("extension", number="100", user="")["changed"] is False


def test_an_assignment_that_exists_keeps_its_settings(operator: Bench) -> None:
    entry(operator, "alice", "101")["FIND_ME_LIST"] = FIND_ME
    assert operator.predicted("extension", number="101", user="alice", description="new")["changed"] is True
    assert entry(operator, "alice", "101")["FIND_ME_LIST"] == FIND_ME


def test_a_new_extension_belongs_to_nobody_or_to_the_user_that_is_named(operator: Bench) -> None:
    operator.predicted("extension", number="200", sip_password="S1p-secret-1")
    operator.predicted("extension", number="201", sip_password="S1p-secret-1", user="Alice")
    assert operator.store.user_of("200") is None
    assert operator.store.user_of("201") == "alice"


def test_a_missing_user_is_named_in_a_run_and_assumed_in_check_mode(operator: Bench) -> None:
    for number in ("101", "200"):
        wish: dict[str, Any] = {"number": number, "sip_password": "S1p-secret-1", "user": "nobody"}
        refused(operator.object("extension", **wish), "user 'nobody'", "does not exist")
        prediction = done(operator.object("extension", check_mode=True, **wish))
        assert prediction["assumed"] == ["user nobody"]
    assert operator.sim.writes == []


# Absence.


def test_deleting_a_user_needs_consent_and_leaves_the_extensions(operator: Bench) -> None:
    for check_mode in (True, False):
        result = operator.object("user", check_mode=check_mode, **ALICE, state="absent")
        refused(result, "allow_mail_loss", "user alice")
    assert operator.sim.writes == []
    assert operator.predicted("user", **ALICE, state="absent", allow_mail_loss=True)["changed"] is True
    with pytest.raises(KeyError):
        operator.store.user("alice")
    assert operator.store.is_taken("101")
    assert operator.predicted("user", **ALICE, state="absent")["changed"] is False


# What others do meanwhile.


def test_what_others_change_in_fields_that_are_not_managed_stays(operator: Bench) -> None:
    def somebody_writes() -> None:
        operator.store.user("alice")["EMAIL"] = "a@example.com"
        operator.store.user("alice")["LANGUAGE_PBX"] = 5

    operator.before("Users.set", somebody_writes)
    done(operator.object("user", **ALICE, full_name="Alice A."))
    alice = operator.store.user("alice")
    assert (alice["EMAIL"], alice["LANGUAGE_PBX"], alice["FULL_NAME"]) == ("a@example.com", 5, "Alice A.")


def test_extensions_are_read_again_when_what_is_known_of_them_is_old(telling: Bench) -> None:
    """The list is written whole: what is known of it must be younger than 30 seconds."""

    def somebody_writes() -> None:
        telling.store.assign(telling.store.extension("100")["guid"], telling.store.user("alice"))
        entry(telling, "alice", "101")["FIND_ME_LIST"] = FIND_ME

    telling.before("Users.get", somebody_writes, number=2)
    telling.clock.step = 31.0
    done(telling.config({"users": [{**ALICE, "extensions": [{"number": "101", "ring_timeout": 5}]}]}))
    assert sorted(telling.store.numbers_of("alice")) == ["100", "101"]
    assert entry(telling, "alice", "101")["FIND_ME_LIST"] == FIND_ME
    assert entry(telling, "alice", "101")["RING_EXTENSION_TIMEOUT"] == 5


def test_a_user_that_somebody_else_makes_first_is_adopted(operator: Bench) -> None:
    def somebody_creates() -> None:
        operator.store.add_user("carol", USER_PASSWORD="theirs-1-Secret", FULL_NAME="C.", LANGUAGE_PBX=4)

    for code in ("sibling", "generic"):
        operator.sim.reset()
        operator.sim.settings.error_codes = code
        operator.before("Users.create", somebody_creates)
        result = done(operator.object("user", **CAROL, full_name="Carol Example"))
        assert result["changed"] is True
        assert operator.store.user("carol")["FULL_NAME"] == "Carol Example"
        assert operator.store.user("carol")["USER_PASSWORD"] == "theirs-1-Secret"


def test_a_user_that_vanishes_before_the_change_is_made_anew(operator: Bench) -> None:
    guid = operator.store.user("alice")["GUID"]
    operator.before("Users.set", lambda: operator.store.users.pop(guid))
    done(operator.object("user", **ALICE, password="Alice-2-secret", full_name="New Alice"))
    assert operator.store.user("alice")["FULL_NAME"] == "New Alice"
    assert operator.store.user("alice")["USER_PASSWORD"] == "Alice-2-secret"


def test_a_wish_that_the_server_confirms_and_ignores_fails_with_its_name(
    operator: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.simulators.kerio_operator.users._write",
        lambda _context, user, values: user.update(
            {name: value for name, value in values.items() if name not in ("EMAIL", "EXTENSIONS")}
        ),
    )
    result = operator.object("user", **ALICE, email="a@example.com", full_name="A.", extensions=[{"number": "100"}])
    assert result["failed"]
    assert result["changed"] is True
    assert "email, extensions" in result["msg"]
    assert "full_name" not in result["msg"]
