# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole Kerio Operator as one document: users and extensions that refer to each other, pruning, and back again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

PASSWORD = "S1p-secret-1"
CAROL: dict[str, Any] = {"name": "carol", "password": "Carol-1-secret"}
NEW: dict[str, Any] = {"number": "200", "sip_password": PASSWORD}
# Bob gives his extension away, so that it may be pruned.
BOB_WITHOUT: dict[str, Any] = {"name": "bob", "extensions": [], "prune_extensions": True}


def lines(result: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(line["action"], line["object"], line["status"]) for line in result["results"]]


# The relation between users and extensions, from both sides.


def test_a_new_user_and_a_new_extension_that_name_each_other(operator: Bench) -> None:
    document = {
        "users": [{**CAROL, "extensions": [{"number": "200", "ring_timeout": 12}]}],
        "extensions": [{**NEW, "user": "carol"}],
    }
    result = operator.predicted_config(document)
    assert result["summary"]["created"] == 2
    assert {status for _action, _object, status in lines(result)} == {"done"}
    (entry,) = operator.store.user("carol")["EXTENSIONS"]
    assert operator.store.extensions[entry["GUID"]]["telNum"] == "200"
    assert (entry["RING_EXTENSION_TIMEOUT"], entry["IS_PRIMARY"]) == (12, True)
    assert operator.predicted_config(document)["changed"] is False


def test_settings_of_an_extension_that_comes_are_not_lost_when_its_own_entry_assigns_it(operator: Bench) -> None:
    document = {
        "users": [{"name": "alice", "extensions": [{"number": "200", "ring": False, "voicemail_fallback": True}]}],
        "extensions": [{**NEW, "user": "alice"}],
    }
    operator.predicted_config(document)
    guid = operator.store.extension("200")["guid"]
    (entry,) = [each for each in operator.store.user("alice")["EXTENSIONS"] if each["GUID"] == guid]
    assert (entry["RING_EXTENSION"], entry["VOICEMAIL_FALLBACK"]) == (False, True)


@pytest.mark.parametrize("side", ["users", "extensions"])
@pytest.mark.parametrize("first", ["users", "extensions"])
def test_either_side_of_the_relation_is_enough_in_any_order(operator: Bench, side: str, first: str) -> None:
    users, extensions = [dict(CAROL)], [dict(NEW)]
    if side == "users":
        users[0]["extensions"] = [{"number": "200"}]
    else:
        extensions[0]["user"] = "carol"
    parts = {"users": users, "extensions": extensions}
    document = {name: parts[name] for name in (first, *(name for name in parts if name != first))}
    assert operator.predicted_config(document)["summary"]["created"] == 2
    assert operator.store.user_of("200") == "carol"
    assert operator.predicted_config(document)["changed"] is False


def test_a_known_user_gets_a_new_extension_and_keeps_the_others(operator: Bench) -> None:
    document = {
        "users": [{"name": "alice", "full_name": "A.", "extensions": [{"number": "200"}]}],
        "extensions": [NEW, {"number": "101", "description": "first"}],
    }
    result = operator.predicted_config(document)
    assert result["summary"] == {"created": 1, "updated": 2, "deleted": 0, "unchanged": 0, "failed": 0}
    assert sorted(operator.store.numbers_of("alice")) == ["101", "200"]
    assert operator.store.user("alice")["FULL_NAME"] == "A."
    assert operator.predicted_config(document)["changed"] is False


def test_a_user_with_old_and_new_extensions_loses_none_on_the_way(operator: Bench) -> None:
    operator.sim.settings.user_rows = "full"
    operator.store.user("alice")["EXTENSIONS"][0] |= {"FIND_ME_LIST": ["x"], "RING_EXTENSION_TIMEOUT": 55}
    document = {"users": [{"name": "alice", "extensions": [{"number": "200"}, {"number": "101"}]}], "extensions": [NEW]}
    operator.predicted_config(document)
    held = {
        operator.store.extensions[each["GUID"]]["telNum"]: each for each in operator.store.user("alice")["EXTENSIONS"]
    }
    assert held.keys() == {"101", "200"}
    assert (held["101"]["FIND_ME_LIST"], held["101"]["RING_EXTENSION_TIMEOUT"]) == (["x"], 55)


def test_a_relation_that_the_two_sides_see_differently_settles_or_is_refused(operator: Bench) -> None:
    """Alice lists 200, and 200 says that it is Bob's: whatever comes of it, no run may claim that all is well."""
    document = {
        "users": [{"name": "alice", "extensions": [{"number": "100"}]}],
        "extensions": [{"number": "100", "user": "bob"}],
    }
    result = operator.config(document)
    assert result.get("failed") or operator.config(document).get("failed"), result


def test_a_failure_before_the_late_part_leaves_it_unfinished_and_the_next_run_finishes(operator: Bench) -> None:
    """The user is made before the extension that it lists: what is missing then is neither done nor hidden."""
    document = {"users": [{**CAROL, "extensions": [{"number": "200"}]}], "extensions": [NEW]}
    operator.sim.faults.add(Fault("rpc_error", "Extensions.create", times=9, code=1000, message="Out of order."))
    result = operator.config(document)
    assert result["failed"]
    assert result["changed"] is True
    assert lines(result) == [("create", "user carol", "unfinished"), ("create", "extension 200", "failed")]
    assert "begun" in result["msg"]
    assert result["summary"]["created"] == 0
    operator.sim.faults.clear()
    again = operator.predicted_config(document)
    assert again["changed"] is True
    assert operator.store.numbers_of("carol") == ["200"]
    assert operator.predicted_config(document)["changed"] is False


def test_a_failure_of_the_late_part_is_the_users(operator: Bench) -> None:
    document = {"users": [{**CAROL, "extensions": [{"number": "200"}]}], "extensions": [NEW]}
    operator.sim.faults.add(Fault("rpc_error", "Users.set", times=9, code=1000, message="Not now."))
    result = operator.config(document)
    assert result["failed"]
    assert ("create", "user carol", "failed") in lines(result)
    assert ("create", "extension 200", "done") in lines(result)
    assert result["failure"]["object"] == "user carol"
    operator.sim.faults.clear()
    operator.predicted_config(document)
    assert operator.store.numbers_of("carol") == ["200"]


def test_a_number_that_the_server_chooses_cannot_be_referred_to_but_its_user_can(operator: Bench) -> None:
    document = {"users": [CAROL], "extensions": [{"sip_username": "door", "sip_password": PASSWORD, "user": "carol"}]}
    operator.predicted_config(document)
    assert operator.store.numbers_of("carol") == ["103"]
    assert operator.predicted_config(document)["changed"] is False


@pytest.mark.parametrize(
    "document",
    [
        {"users": [{**CAROL, "extensions": [{"number": "101"}]}], "extensions": [{"number": "101", "state": "absent"}]},
        {"users": [{"name": "bob", "state": "absent"}], "extensions": [{"number": "100", "user": "bob"}]},
    ],
)
@pytest.mark.parametrize("check_mode", [True, False])
def test_what_the_document_deletes_it_cannot_refer_to(
    operator: Bench, document: dict[str, Any], check_mode: bool
) -> None:
    result = operator.config(document, check_mode=check_mode, allow_mail_loss=True)
    refused(result, "deleted by the same run", "config.")
    assert operator.sim.writes == []


def test_a_user_goes_and_the_extension_finds_another_owner_in_one_run(operator: Bench) -> None:
    document = {"users": [{"name": "bob", "state": "absent"}], "extensions": [{"number": "102", "user": "alice"}]}
    result = operator.predicted_config(document, allow_mail_loss=True)
    assert result["summary"] == {"created": 0, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0}
    assert sorted(operator.store.numbers_of("alice")) == ["101", "102"]
    assert operator.predicted_config(document, allow_mail_loss=True)["changed"] is False


def test_an_extension_goes_and_its_user_gets_another(operator: Bench) -> None:
    document = {
        "users": [{"name": "alice", "extensions": [{"number": "200"}], "prune_extensions": True}],
        "extensions": [{"number": "101", "state": "absent"}, NEW],
    }
    operator.predicted_config(document)
    assert operator.store.numbers_of("alice") == ["200"]
    assert operator.predicted_config(document)["changed"] is False


def test_a_new_number_is_none_that_another_entry_wants_gone(operator: Bench) -> None:
    """Else the next run would find the new extension under a number that is to be absent."""
    door = {"sip_username": "door", "sip_password": PASSWORD}
    document = {"extensions": [door, {"number": "100", "state": "absent"}]}
    assert operator.predicted_config(document)["summary"]["created"] == 1
    assert not operator.store.is_taken("100")
    assert operator.predicted_config(document)["changed"] is False


# References to what is not there.


def test_missing_parents_are_errors_in_a_run_and_assumed_in_check_mode(operator: Bench) -> None:
    document = {
        "users": [{**CAROL, "extensions": [{"number": "399"}]}],
        "extensions": [{**NEW, "user": "nobody"}, {"number": "101", "user": "nobody"}],
    }
    refused(operator.config(document), "does not exist", "config.")
    prediction = done(operator.config(document, check_mode=True))
    assert sorted(prediction["assumed"]) == ["extension 399", "user nobody"]
    assert len(prediction["warnings"]) == 2
    assert operator.sim.writes == []


# Pruning.


def test_pruning_deletes_what_is_not_described_and_what_is_described_stays(operator: Bench) -> None:
    operator.store.add_extension("300", ["door"])
    kept = {"extensions": [{"number": "101"}, {"sip_username": "door"}]}
    refused(operator.config(kept, prune=["extensions"]), "extension 102", "user bob still names")
    assert operator.sim.writes == []
    document = {**kept, "users": [BOB_WITHOUT]}
    result = operator.predicted_config(document, prune=["extensions"])
    assert sorted(lines(result)) == [
        ("delete", "extension 100", "done"),
        ("delete", "extension 102", "done"),
        ("update", "user bob", "done"),
    ]
    assert {row["telNum"] for row in operator.store.extensions.values()} == {"101", "300"}
    assert "700" in operator.store.dial_plan
    assert operator.predicted_config(document, prune=["extensions"])["changed"] is False


def test_protected_extensions_stay_and_a_pattern_without_a_match_is_a_warning(operator: Bench) -> None:
    document = {"extensions": [{"number": "101"}]}
    result = operator.predicted_config(document, prune=["extensions"], protect=["102", "10?0"])
    assert lines(result) == [("delete", "extension 100", "done")]
    assert any("10?0" in warning for warning in result["warnings"])
    assert operator.predicted_config(document, prune=["extensions"], protect=["10[02]"])["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_more_deletions_than_agreed_are_refused(operator: Bench, check_mode: bool) -> None:
    document = {"extensions": [{"number": "101"}], "users": [BOB_WITHOUT]}
    options: dict[str, Any] = {"check_mode": check_mode, "prune": ["extensions"]}
    refused(operator.config(document, **options, max_deletions=1), "2", "extension 100", "max_deletions")
    for number in range(300, 310):
        operator.store.add_extension(str(number))
    refused(operator.config(document, **options), "12", "max_deletions", "10")
    refused(operator.config({"extensions": []}, **options, max_deletions=99), "allow_empty")
    assert operator.sim.writes == []
    done(operator.config(document, **options, max_deletions=12))
    assert len(operator.store.extensions) == (13 if check_mode else 1)


def test_pruning_users_needs_consent_and_keeps_their_extensions(operator: Bench) -> None:
    document = {"users": [{"name": "ADMIN"}, {"name": "alice"}]}
    for check_mode in (True, False):
        refused(operator.config(document, check_mode=check_mode, prune=["users"]), "allow_mail_loss", "user bob")
    options: dict[str, Any] = {"prune": ["users"], "allow_mail_loss": True}
    refused(operator.config(document, **options), "user bob", "extension 102 still names")
    assert operator.sim.writes == []
    result = operator.predicted_config({**document, "extensions": [{"number": "102", "user": ""}]}, **options)
    assert sorted(lines(result)) == [("delete", "user bob", "done"), ("update", "extension 102", "done")]
    assert operator.store.user_of("102") is None
    assert operator.store.is_taken("102")


def test_pruning_takes_no_extension_away_that_an_entry_gives_to_a_user(operator: Bench) -> None:
    document: dict[str, Any] = {
        "users": [{"name": "alice", "extensions": [{"number": "102"}]}],
        "extensions": [{"number": "101"}],
    }
    result = operator.config(document, prune=["extensions"])
    refused(result, "extension 102", "deleted by the same run")
    assert operator.sim.writes == []


def test_lines_and_extensions_of_entries_are_pruned_by_their_own_options_only(operator: Bench) -> None:
    document = {
        "extensions": [{"number": "100"}, {"number": "101"}, {"number": "102", "lines": [{"sip_username": "102"}]}],
        "users": [{"name": "alice", "extensions": []}],
    }
    assert operator.predicted_config(document, prune=["extensions"])["changed"] is False
    result = operator.predicted_config(document, prune_lines=True, prune_extensions=True)
    assert sorted(lines(result)) == [("update", "extension 102", "done"), ("update", "user alice", "done")]
    assert operator.store.numbers_of("alice") == []
    entry = {"number": "102", "lines": [{"sip_username": "102"}], "prune_lines": False}
    operator.store.add_line("102", "102lab")
    assert operator.predicted_config({"extensions": [entry]}, prune_lines=True)["changed"] is False


# Behaviour options of the task and of entries.


def test_an_entry_overrules_what_the_task_says_about_unreadable_options(operator: Bench) -> None:
    extensions: list[dict[str, Any]] = [
        {"number": "100", "call_permission": 7},
        {"number": "101", "call_permission": 7, "update_unreadable": "on_create"},
    ]
    result = operator.predicted_config({"extensions": extensions}, update_unreadable="always")
    assert lines(result) == [("update", "extension 100", "done")]
    assert result["results"][0]["unverified"] == ["call_permission"]
    assert [operator.store.extension(number)["callPermission"] for number in ("100", "101")] == [7, 1]


def test_an_entry_overrules_what_the_task_says_about_passwords(operator: Bench) -> None:
    extensions: list[dict[str, Any]] = [
        {"number": "100", "sip_password": PASSWORD},
        {"number": "101", "sip_password": PASSWORD, "update_password": "on_create"},
    ]
    users = [{"name": "alice", "password": "Alice-2-secret", "update_password": "always"}]
    result = operator.predicted_config({"extensions": extensions, "users": users}, update_password="on_change")
    assert {name for _action, name, _status in lines(result)} == {"extension 100", "user alice"}
    assert operator.store.user("alice")["USER_PASSWORD"] == "Alice-2-secret"
    assert PASSWORD not in str(result)


def test_on_change_for_a_whole_document_leaves_passwords_alone_that_cannot_be_read(operator: Bench) -> None:
    document = {"users": [{"name": "alice", "password": "Alice-2-secret", "pin": "9999"}]}
    assert operator.predicted_config(document, update_password="on_change")["changed"] is False
    assert operator.store.user("alice")["USER_PASSWORD"] == "alice-1-Secret"


# Cost and order.


def test_each_list_is_read_once_before_and_once_after(operator: Bench) -> None:
    users = [{"name": f"u{number}", "password": "User-1-secret"} for number in range(8)]
    extensions = [{"number": str(number), "sip_password": PASSWORD, "user": "u1"} for number in range(300, 308)]
    done(operator.config({"users": users, "extensions": extensions}))
    assert operator.calls.count("Users.get") <= 3
    assert operator.calls.count("Extensions.get") == 2
    assert len(operator.sim.writes) == 16
    operator.forget_requests()
    done(operator.config({"users": users, "extensions": extensions}))
    assert sorted(operator.calls) == ["Extensions.get", "Users.get", "Version.getApiVersion"]


# Information, and back again.


@pytest.mark.parametrize("rows", ["seen", "full"])
@pytest.mark.parametrize("ids", ["number", "text"])
def test_what_info_tells_changes_nothing_when_it_is_fed_back(operator: Bench, rows: Any, ids: Any) -> None:
    operator.sim.settings.extension_rows = operator.sim.settings.user_rows = rows
    operator.sim.settings.ids = ids
    operator.store.add_user("dora", USER_PASSWORD="x", DISABLED=1, EMAIL="", extensions=["100"])
    operator.store.add_extension("300", ["a", {"sipUsername": "b", "natSupport": True}, "c"], user="dora")
    before = operator.store.snapshot()
    answer = done(operator.info())
    assert answer["changed"] is False
    assert answer.get("warnings", []) == []
    config = answer["config"]
    assert [entry["number"] for entry in config["extensions"]] == ["100", "101", "102", "300"]
    assert [entry["name"] for entry in config["users"]] == ["Admin", "alice", "bob", "dora"]
    everything = {"prune": ["users", "extensions"], "prune_lines": True, "prune_extensions": True}
    for options in ({}, {**everything, "update_unreadable": "always", "update_password": "always"}):
        result = operator.predicted_config(config, **options)
        assert result["changed"] is False, result["results"]
        assert result["summary"]["unchanged"] == 8
    assert operator.store.snapshot() == before


@pytest.mark.parametrize("rows", ["seen", "full"])
def test_info_holds_what_the_server_tells_and_no_more(operator: Bench, rows: Any) -> None:
    operator.sim.settings.extension_rows = operator.sim.settings.user_rows = rows
    config = done(operator.info())["config"]
    (single,) = [entry for entry in config["extensions"] if entry["number"] == "101"]
    told = {"number", "description", "user", "sip_username"}
    line = {"sip_username", "codecs", "nat_support", "secured", "dtmf_mode", "fax_detect", "fax_detect_type"}
    shared = {"call_permission", "record_inbound", "record_outbound"}
    assert single.keys() == (told if rows == "seen" else told | line | shared)
    (several,) = [entry for entry in config["extensions"] if entry["number"] == "102"]
    assert set(several["lines"][0]) == ({"sip_username"} if rows == "seen" else line)
    assert "sip_password" not in str(config)
    assert "Extensions.getSipPassword" not in operator.calls


def test_info_of_one_resource_reads_no_other(operator: Bench) -> None:
    assert done(operator.info(resources=["users"]))["config"].keys() == {"users"}
    assert "Extensions.get" not in operator.calls
    operator.forget_requests()
    assert done(operator.info(resources=["extensions"]))["config"].keys() == {"extensions"}
    assert "Users.get" not in operator.calls


def test_what_no_option_takes_is_left_out_with_a_warning(operator: Bench) -> None:
    operator.sim.settings.extension_rows = operator.sim.settings.user_rows = "full"
    operator.store.add_extension("*70")
    operator.store.add_user("jürgen", USER_PASSWORD="x")
    operator.store.user("alice")["EMAIL"] = "not an address"
    operator.store.line("101")["selectedCodecs"] = [{"ID": "opus", "SEQUENCE": 1, "DESCRIPTION": "Opus"}]
    answer = done(operator.info())
    warnings = " ".join(answer["warnings"])
    for word in ("*70", "jürgen", "alice: email", "101: codecs"):
        assert word in warnings
    config = answer["config"]
    assert operator.predicted_config(config)["changed"] is False
    assert {entry["number"] for entry in config["extensions"]} == {"100", "101", "102"}


def test_a_server_is_built_anew_from_what_info_told(operator: Bench) -> None:
    """All but passwords: those are given anew."""
    operator.sim.settings.extension_rows = operator.sim.settings.user_rows = "full"
    operator.store.line("102mobile")["natSupport"] = True
    operator.store.extension("101")["recordInbound"] = True
    config = done(operator.info())["config"]
    for number in ("100", "101", "102"):
        operator.store.release(operator.store.extension(number)["guid"])
        operator.store.extensions.pop(operator.store.extension(number)["guid"])
    for name in ("alice", "bob"):
        operator.store.users.pop(operator.store.user(name)["GUID"])
    for entry in config["users"]:
        entry["password"] = "Any-1-secret"
    for entry in config["extensions"]:
        for line in entry.get("lines", [entry]):
            line["sip_password"] = PASSWORD
    assert operator.predicted_config(config)["summary"]["created"] == 5
    told = done(operator.info())["config"]
    for entry in [*config["users"], *config["extensions"]]:
        for part in [entry, *entry.get("lines", [])]:
            part.pop("password", None)
            part.pop("sip_password", None)
    assert told == config
