# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IP address groups and time ranges of Kerio Connect: many entries, one object (kerio_connect.md 3.7, 3.8)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

LOCAL: dict[str, Any] = {"name": "Local clients"}
MACHINE: dict[str, Any] = {"type": "this_machine"}
NETWORK: dict[str, Any] = {"type": "network", "network": "192.168.0.0/255.255.0.0"}
HOST: dict[str, Any] = {"type": "host", "host": "192.0.2.7"}
WORK: dict[str, Any] = {
    "name": "Work",
    "entries": [{"type": "daily", "from": "8:00", "to": "17:30", "days": ["friday", "monday"]}],
}
KINDS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "ip_address_group": ("IpAddressGroups", [HOST, {"type": "host", "host": "192.0.2.8"}]),
    "time_range": (
        "TimeRanges",
        [
            {"type": "daily", "from": "08:00", "to": "17:30", "days": ["monday"]},
            {"type": "absolute", "from_date": "2026-12-24", "from": "12:00", "to_date": "2027-01-06", "to": "07:00"},
        ],
    ),
}
both = pytest.mark.parametrize("kind", KINDS)


def rows(bench: Bench, kind: str, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = getattr(bench.store, kind)(name)
    return found


def calls(bench: Bench) -> list[str]:
    return [record.call.partition(".")[2] for record in bench.sim.writes]


# One object.


@both
def test_a_group_with_all_its_entries_is_one_object(kerio: Bench, kind: str) -> None:
    _interface, (first, second) = KINDS[kind]
    wish: dict[str, Any] = {"name": "Night"}
    assert kerio.predicted(kind, **wish, entries=[first, second])["changed"] is True
    made = {row["id"] for row in rows(kerio, kind, "Night")}
    assert len(made) == 2
    assert len({row["groupId"] for row in rows(kerio, kind, "Night")}) == 1
    assert kerio.predicted(kind, name="NIGHT", entries=[second, first])["changed"] is False
    assert kerio.predicted(kind, **wish, entries=[second])["changes"] == ["entries"]
    assert {row["id"] for row in rows(kerio, kind, "Night")} < made
    assert kerio.predicted(kind, **wish, entries=[first], append=True)["changed"] is True
    assert kerio.predicted(kind, **wish, entries=[first], append=True)["changed"] is False
    assert len(rows(kerio, kind, "Night")) == 2
    assert kerio.predicted(kind, **wish, state="absent")["changed"] is True
    assert rows(kerio, kind, "Night") == []
    assert kerio.predicted(kind, **wish, state="absent")["changed"] is False


@both
def test_attributes_of_an_entry_change_in_place(kerio: Bench, kind: str) -> None:
    _interface, entries = KINDS[kind]
    kerio.predicted(kind, name="Night", entries=entries)
    before = {row["id"]: dict(row) for row in rows(kerio, kind, "Night")}
    changed = [{**entries[0], "description": "Ann's", "enabled": False}, entries[1]]
    kerio.forget_requests()
    assert kerio.predicted(kind, name="Night", entries=changed)["changed"] is True
    after = {row["id"]: dict(row) for row in rows(kerio, kind, "Night")}
    assert calls(kerio) == ["set"]
    differing = [key for key in before if before[key] != after[key]]
    assert before.keys() == after.keys()
    assert len(differing) == 1
    assert after[differing[0]] == {**before[differing[0]], "description": "Ann's", "enabled": False}
    assert kerio.predicted(kind, name="Night", entries=entries)["changed"] is False, "what is left out is unmanaged"


@both
def test_what_is_new_comes_before_what_goes(kerio: Bench, kind: str) -> None:
    _interface, (first, second) = KINDS[kind]
    kerio.predicted(kind, name="Night", entries=[first])
    kerio.forget_requests()
    kerio.predicted(kind, name="Night", entries=[second])
    assert calls(kerio) == ["create", "remove"]


def test_networks_are_the_same_in_every_notation(kerio: Bench) -> None:
    for text in ("192.168.0.0/16", "192.168.7.9/255.255.0.0", " 192.168.0.0/255.255.0.0"):
        entries = [MACHINE, {"type": "network", "network": text}]
        assert kerio.predicted("ip_address_group", **LOCAL, entries=entries)["changed"] is False
    group = {"name": "v6", "entries": [{"type": "network", "network": "2001:DB8::/32"}]}
    assert kerio.predicted("ip_address_group", **group)["changed"] is True
    assert kerio.predicted("ip_address_group", **group)["changed"] is False


def test_each_type_of_address_reaches_its_place(kerio: Bench) -> None:
    entries = [
        HOST,
        {"type": "range", "from": "10.0.0.1", "to": "10.0.0.9"},
        {"type": "prefix", "prefix": "10.1."},
        {"type": "group", "group": "local CLIENTS"},
        MACHINE,
        {"type": "network", "network": "10.0.0.0/8"},
    ]
    kerio.predicted("ip_address_group", name="all", entries=entries)
    held = {row["type"]: row for row in rows(kerio, "ip_address_group", "all")}
    assert held["Host"]["host"] == "192.0.2.7"
    assert (held["Range"]["addr1"], held["Range"]["addr2"]) == ("10.0.0.1", "10.0.0.9")
    assert (held["Network"]["addr1"], held["Network"]["addr2"]) == ("10.0.0.0", "255.0.0.0")
    assert held["IpPrefix"]["host"] == "10.1."
    assert held["ChildGroup"]["childGroupId"] == rows(kerio, "ip_address_group", "Local clients")[0]["groupId"]
    assert kerio.predicted("ip_address_group", name="all", entries=entries)["changed"] is False


def test_months_of_the_server_count_from_zero(kerio: Bench) -> None:
    _interface, (_daily, absolute) = KINDS["time_range"]
    kerio.predicted("time_range", name="Xmas", entries=[absolute])
    (row,) = rows(kerio, "time_range", "Xmas")
    assert row["fromDate"] == {"year": 2026, "month": 11, "day": 24}
    assert row["toDate"] == {"year": 2027, "month": 0, "day": 6}
    assert row["fromTime"] == {"hour": 12, "min": 0}


@pytest.mark.parametrize("order", ["as_given", "week"])
def test_days_are_a_set(kerio: Bench, order: Any) -> None:
    kerio.sim.settings.days_order = order
    kerio.predicted("time_range", **WORK)
    other = {**WORK["entries"][0], "days": ["monday", "friday", "monday"], "from": "08:00"}
    assert kerio.predicted("time_range", name="Work", entries=[other])["changed"] is False


# What is refused before the first call.


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("kind", "entry", "words"),
    [
        ("ip_address_group", {"type": "host"}, ("host is needed",)),
        ("ip_address_group", {"host": "a"}, ("type",)),
        ("ip_address_group", {"type": "host", "host": "a b"}, ("a b",)),
        ("ip_address_group", {"type": "host", "host": "a", "network": "10.0.0.0/8"}, ("network does not go with",)),
        ("ip_address_group", {"type": "network", "network": "10.0.0.0/255.0.255.0"}, ("10.0.0.0/255.0.255.0",)),
        ("ip_address_group", {"type": "network", "network": "10.0.0.0"}, ("no network",)),
        ("ip_address_group", {"type": "network", "network": "10.0.0.0/33"}, ("no network",)),
        ("ip_address_group", {"type": "range", "from": "10.0.0.9", "to": "10.0.0.1"}, ("does not come after",)),
        ("ip_address_group", {"type": "range", "from": "10.0.0.9", "to": "::1"}, ("does not come after",)),
        ("ip_address_group", {"type": "range", "from": "10.0.0", "to": "10.0.0.1"}, ("no IP address",)),
        ("ip_address_group", {"type": "group", "group": "night"}, ("contain itself",)),
        ("time_range", {"type": "daily", "from": "8:00", "to": "24:00", "days": ["monday"]}, ("24:00",)),
        ("time_range", {"type": "daily", "from": "1050", "to": "9:00", "days": ["monday"]}, ("quotes",)),
        ("time_range", {"type": "daily", "from": "8:00", "to": "9:00"}, ("days is needed",)),
        ("time_range", {"type": "weekly", "from_day": "monday", "from": "8:00", "to": "9:00"}, ("to_day is needed",)),
        (
            "time_range",
            {"type": "absolute", "from_date": "2026-02-30", "from": "8:00", "to_date": "2026-03-01", "to": "9:00"},
            ("2026-02-30",),
        ),
        (
            "time_range",
            {"type": "absolute", "from_date": "2026-03-01", "from": "9:00", "to_date": "2026-03-01", "to": "8:00"},
            ("before the beginning",),
        ),
    ],
    ids=str,
)
def test_an_entry_that_cannot_be_is_refused_before_any_call(
    kerio: Bench, kind: str, entry: dict[str, Any], words: tuple[str, ...], check_mode: bool
) -> None:
    refused(kerio.object(kind, name="Night", entries=[entry], check_mode=check_mode), "entries", *words)
    document = {f"{kind}s": [{"name": "Night", "entries": [entry]}]}
    refused(kerio.config(document, check_mode=check_mode), f"config.{kind}s[0]", "entries", *words)
    assert kerio.sim.requests == []


@both
def test_a_group_without_entries_cannot_be(kerio: Bench, kind: str) -> None:
    refused(kerio.object(kind, name="Night", entries=[]), "entries", "state: absent")
    refused(kerio.object(kind, name=" ", entries=KINDS[kind][1]), "name", "empty")
    assert kerio.sim.requests == []
    refused(kerio.object(kind, name="Night"), "entries")
    assert kerio.sim.writes == []


@both
def test_one_entry_given_twice_is_refused_or_one(kerio: Bench, kind: str) -> None:
    """Two wishes for the attributes of one entry contradict each other."""
    _interface, (entry, _other) = KINDS[kind]
    twice = [{**entry, "description": "a"}, {**entry, "description": "b"}]
    refused(kerio.object(kind, name="Night", entries=twice), "entries", "entry 2 is listed before")
    assert kerio.sim.requests == []


# References, and what others do between two runs.


@both
def test_a_group_in_a_group_is_named_and_its_rename_is_noticed(kerio: Bench, kind: str) -> None:
    _interface, entries = KINDS[kind]
    wish: dict[str, Any] = {"name": "Night", "entries": [{"type": "group", "group": "inner"}]}
    refused(kerio.object(kind, **wish), "inner", "does not exist", "entries")
    assert done(kerio.object(kind, check_mode=True, **wish))["assumed"] == [
        f"{kind.replace('_', ' ').replace('ip', 'IP')} inner"
    ]
    document = {f"{kind}s": [wish, {"name": "inner", "entries": entries}]}
    result = kerio.predicted_config(document)
    assert [line["object"].split()[-1] for line in result["results"]] == ["inner", "Night"]
    assert kerio.predicted_config(document)["changed"] is False
    for row in rows(kerio, kind, "inner"):
        row["groupName"] = "renamed"
    refused(kerio.object(kind, **wish), "inner", "does not exist")
    (told,) = [
        each for each in done(kerio.info(resources=[f"{kind}s"]))["config"][f"{kind}s"] if each["name"] == "Night"
    ]
    assert [entry["group"] for entry in told["entries"]] == ["renamed"]


@both
def test_groups_that_go_and_their_owner_go_in_one_document(kerio: Bench, kind: str) -> None:
    _interface, entries = KINDS[kind]
    wish: dict[str, Any] = {"name": "Night", "entries": [{"type": "group", "group": "inner"}, entries[0]]}
    kerio.predicted_config({f"{kind}s": [wish, {"name": "inner", "entries": entries}]})
    refused(kerio.object(kind, name="inner", state="absent"), "inner", "Night", "nothing was changed")
    left = {"name": "Night", "entries": [entries[0]]}
    gone = {"name": "inner", "state": "absent"}
    assert kerio.predicted_config({f"{kind}s": [gone, left]})["summary"]["deleted"] == 1
    assert rows(kerio, kind, "inner") == []


def test_an_entry_that_somebody_else_removed_meanwhile_is_no_failure_or_an_honest_one(kerio: Bench) -> None:
    kerio.predicted("ip_address_group", name="Night", entries=[HOST, NETWORK])
    (network,) = [row for row in rows(kerio, "ip_address_group", "Night") if row["type"] == "Network"]
    kerio.before("IpAddressGroups.remove", lambda: kerio.store.ip_address_entries.pop(network["id"]))
    kerio.object("ip_address_group", name="Night", entries=[HOST])
    assert [row["host"] for row in rows(kerio, "ip_address_group", "Night")] == ["192.0.2.7"]
    assert kerio.predicted("ip_address_group", name="Night", entries=[HOST])["changed"] is False


def test_entries_that_somebody_else_added_are_removed_unless_added_to(kerio: Bench) -> None:
    kerio.store.add_ip_group_entry("Local clients", "203.0.113.5")
    assert kerio.predicted("ip_address_group", **LOCAL, entries=[MACHINE], append=True)["changed"] is False
    assert kerio.predicted("ip_address_group", **LOCAL, entries=[MACHINE, NETWORK])["changed"] is True
    assert {row["type"] for row in rows(kerio, "ip_address_group", "Local clients")} == {"ThisMachine", "Network"}


# Being cut off.


def limited(kerio: Bench) -> None:
    group_id = rows(kerio, "ip_address_group", "Local clients")[0]["groupId"]
    kerio.store.remote_administration = {"isEnabled": True, "isLimited": True, "groupId": group_id}


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("lockout", ["allow", "refuse"])
@pytest.mark.parametrize(
    "wish",
    [{"entries": [NETWORK]}, {"entries": [NETWORK, {**MACHINE, "enabled": False}]}, {"state": "absent"}],
    ids=["removed", "disabled", "deleted"],
)
def test_nobody_cuts_himself_off(kerio: Bench, wish: dict[str, Any], lockout: Any, check_mode: bool) -> None:
    limited(kerio)
    kerio.sim.settings.lockout = lockout
    kerio.sim.settings.group_in_use = "vanish"
    result = kerio.object("ip_address_group", check_mode=check_mode, **LOCAL, **wish)
    refused(result, "cut off", "allow_lockout", "nothing was changed")
    assert kerio.sim.writes == []


def test_being_cut_off_can_be_meant(kerio: Bench) -> None:
    limited(kerio)
    kerio.object("ip_address_group", **LOCAL, entries=[NETWORK], allow_lockout=True)
    assert [row["type"] for row in rows(kerio, "ip_address_group", "Local clients")] == ["Network"]
    kerio.sim.reset()  # Whoever is cut off cannot log out either.


def test_a_change_that_cuts_nobody_off_needs_no_consent(kerio: Bench) -> None:
    limited(kerio)
    assert kerio.predicted("ip_address_group", **LOCAL, entries=[MACHINE, HOST])["changed"] is True
    assert kerio.predicted("ip_address_group", name="other", entries=[HOST])["changed"] is True
    assert kerio.predicted("ip_address_group", name="other", state="absent")["changed"] is True


@pytest.mark.parametrize("code", [4000, 1000, 1234])
def test_whatever_the_server_objects_to_is_told(kerio: Bench, code: int) -> None:
    """The code of the warning is not known."""
    limited(kerio)
    kerio.sim.settings.cut_off_code = code
    result = kerio.object("ip_address_group", **LOCAL, entries=[NETWORK])
    refused(result, "cut off", "allow_lockout")
    assert result["failure"]["code"] == code


# A failure on the way.


@both
def test_a_failure_inside_one_object_is_told_and_a_second_run_finishes(kerio: Bench, kind: str) -> None:
    interface, (first, second) = KINDS[kind]
    kerio.predicted(kind, name="Night", entries=[first])
    kerio.sim.faults.add(Fault("rpc_error", f"{interface}.remove", times=9, code=1000, message="Not now."))
    result = kerio.object(kind, name="Night", entries=[second])
    assert (result["failed"], result["changed"]) == (True, True)
    assert "Not now." in result["msg"]
    assert len(rows(kerio, kind, "Night")) == 2
    kerio.sim.faults.clear()
    assert kerio.predicted(kind, name="Night", entries=[second])["changed"] is True
    assert len(rows(kerio, kind, "Night")) == 1


@both
def test_a_new_group_of_which_one_entry_fails_is_finished_by_the_next_run(kerio: Bench, kind: str) -> None:
    interface, entries = KINDS[kind]
    kerio.sim.faults.add(Fault("rpc_error", f"{interface}.create", times=9, after=1, code=1000, message="Not now."))
    result = kerio.object(kind, name="Night", entries=entries)
    assert (result["failed"], result["changed"]) == (True, True)
    kerio.sim.faults.clear()
    assert kerio.predicted(kind, name="Night", entries=entries)["changed"] is True
    assert len(rows(kerio, kind, "Night")) == 2


@both
@pytest.mark.parametrize("kind_of_fault", ["drop_before", "drop_after"])
@pytest.mark.parametrize("number", [0, 1])
def test_a_lost_answer_makes_no_entry_twice(kerio: Bench, kind: str, kind_of_fault: str, number: int) -> None:
    interface, entries = KINDS[kind]
    kerio.sim.settings.entry_twice = "allow"
    kerio.sim.faults.add(Fault(kind_of_fault, f"{interface}.create", after=number))
    kerio.object(kind, name="Night", entries=entries)
    done(kerio.object(kind, name="Night", entries=entries))
    assert len(rows(kerio, kind, "Night")) == 2


# Odd servers.

SWITCHES: dict[str, dict[str, Any]] = {
    "usual": {},
    "refuses names that are taken": {"group_name_taken": "refuse"},
    "moves by name": {"group_name_in_set": "move"},
    "renames by name": {"group_name_in_set": "rename"},
    "takes entries twice": {"entry_twice": "allow"},
    "checks nothing": {"entry_values": "any"},
    "keeps unused members": {"unused_values": "keep"},
    "groups in use vanish": {"group_in_use": "vanish"},
    "groups in use dangle": {"group_in_use": "dangle"},
    "refuses to be cut off": {"lockout": "refuse"},
    "merges entries": {"ip_entry_set": "merge", "time_entry_set": "merge"},
    "masks addresses": {"network_address": "mask"},
    "orders days": {"days_order": "week"},
    "numbers for names": {"enum_ordinals": True},
    "newer": {"extra_members": True, "unasked_fields": "all"},
    "ignores conditions": {"ignore_conditions": True},
    "knows no such condition": {"unknown_condition": "nothing"},
    "one row a page": {"max_rows": 1},
    "errors of the whole call": {"item_errors": "top_level"},
    "looks at case": {"eq_case_sensitive": True},
}


@both
@pytest.mark.parametrize("switch", SWITCHES)
def test_a_life_on_odd_servers(kerio: Bench, kind: str, switch: str) -> None:
    for name, value in SWITCHES[switch].items():
        assert hasattr(kerio.sim.settings, name), name
        setattr(kerio.sim.settings, name, value)
    _interface, (first, second) = KINDS[kind]
    extra = {"type": "group", "group": "inner"}
    kerio.predicted(kind, name="inner", entries=[first])
    for entries in ([first, second], [{**first, "enabled": False, "description": "x"}, extra]):
        assert kerio.predicted(kind, name="Night", entries=entries)["changed"] is True
        assert kerio.predicted(kind, name="NIGHT", entries=entries)["changed"] is False
    document = done(kerio.info(resources=[f"{kind}s"]))["config"]
    assert kerio.predicted_config(document)["changed"] is False
    assert kerio.predicted(kind, name="night", state="absent")["changed"] is True
    assert rows(kerio, kind, "Night") == []
    assert len(rows(kerio, kind, "inner")) == 1
