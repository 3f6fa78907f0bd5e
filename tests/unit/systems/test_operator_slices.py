# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects of Kerio Operator in one document: how few calls they cost, and that each gets what is its own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done

# One slice, and the rest of another one.
SIZE = 120
PASSWORD = "S1p-secret-1"
NUMBERS = [str(2000 + place) for place in range(SIZE)]
NAMES = [f"user{place:03}" for place in range(SIZE)]


@pytest.fixture
def site(operator: Bench) -> Bench:
    """A server with as many users and extensions besides its own."""
    operator.sim.settings.licensed_users = 1000
    for number, name in zip(NUMBERS, NAMES, strict=True):
        operator.store.add_extension(number, sipPassword=PASSWORD)
        operator.store.add_user(name, extensions=[number], USER_PASSWORD="User-1-secret")
    return operator


@pytest.fixture
def empty(operator: Bench) -> Bench:
    """A server with room for them."""
    operator.sim.settings.licensed_users = 1000
    return operator


def wire(bench: Bench) -> list[str]:
    """The requests between logging in and out, as they went over the wire."""
    return [each.call for each in bench.sim.requests if not (each.batched or each.login or each.logout)]


def batched(bench: Bench) -> list[str]:
    """What went inside of others."""
    return [each.call for each in bench.sim.requests if each.batched]


def extensions(**values: Any) -> dict[str, Any]:
    return {"extensions": [{"number": number, **values} for number in NUMBERS]}


def users(**values: Any) -> dict[str, Any]:
    return {"users": [{"name": name, **values} for name in NAMES]}


READ = {"extensions": "Extensions.get", "users": "Users.get"}
ABSENT = {"extensions": extensions(state="absent"), "users": users(state="absent", allow_mail_loss=True)}


def cost(bench: Bench, kind: str, *writes: str, before: tuple[str, ...] = ()) -> None:
    """The version, one list before and one after, and these writes between."""
    assert wire(bench) == ["Version.getApiVersion", READ[kind], *before, *writes, READ[kind]]


def test_new_extensions_go_together(empty: Bench) -> None:
    document = {
        "extensions": [
            {"number": number, "sip_username": f"sip{number}", "sip_password": f"Sip-{number}-x", "user": "alice"}
            for number in NUMBERS
        ]
    }
    assert done(empty.config(document))["summary"]["created"] == SIZE
    plan = "Server.getInternalDirectoryList"
    assert wire(empty) == [
        "Version.getApiVersion",
        "Extensions.get",
        "Users.get",
        plan,
        "Batch.run",
        "Batch.run",
        "Extensions.get",
    ]
    assert batched(empty) == ["Extensions.create"] * SIZE
    for number in NUMBERS:
        assert empty.store.sip_password(f"sip{number}") == f"Sip-{number}-x"
        assert empty.store.extension(number)["lines"][0]["sipUsername"] == f"sip{number}"
        assert empty.store.user_of(number) == "alice"
    assert empty.predicted_config(document)["changed"] is False


def test_new_users_go_together(empty: Bench) -> None:
    document = {"users": [{"name": name, "password": f"{name}-Secret-1", "email": f"{name}@x.org"} for name in NAMES]}
    assert done(empty.config(document))["summary"]["created"] == SIZE
    cost(empty, "users", "Batch.run", "Batch.run")
    assert batched(empty) == ["Users.create"] * SIZE
    for name in NAMES:
        assert empty.store.user(name)["EMAIL"] == f"{name}@x.org"
        assert empty.store.user(name)["USER_PASSWORD"] == f"{name}-Secret-1"
    assert empty.predicted_config(document)["changed"] is False


def test_extensions_that_change_alike_share_calls(site: Bench) -> None:
    document = extensions(description="same", record_inbound=True)
    assert done(site.config(document))["summary"]["updated"] == SIZE
    cost(site, "extensions", "Extensions.set", "Extensions.set")
    assert [len(each.params["guids"]) for each in site.sim.writes] == [100, 20]
    assert {site.store.extension(number)["description"] for number in NUMBERS} == {"same"}
    assert site.store.extension("101")["description"] == "Alice's desk"


def test_users_that_change_alike_share_calls_once_it_is_known_that_the_server_takes_lists(site: Bench) -> None:
    assert done(site.config(users(full_name="Same")))["summary"]["updated"] == SIZE
    cost(site, "users", "Batch.run", "Users.set")
    assert batched(site) == ["Users.set"] * 100
    assert {site.store.user(name)["FULL_NAME"] for name in NAMES} == {"Same"}
    assert site.store.user("alice")["FULL_NAME"] == "Alice Example"


def test_what_changes_differently_goes_together(site: Bench) -> None:
    document = {
        "extensions": [{"number": number, "description": f"desk {number}"} for number in NUMBERS],
        "users": [{"name": name, "full_name": f"Name {name}"} for name in NAMES],
    }
    assert done(site.config(document))["summary"]["updated"] == 2 * SIZE
    assert wire(site).count("Batch.run") == 4
    assert batched(site) == ["Users.set"] * SIZE + ["Extensions.set"] * SIZE
    for number, name in zip(NUMBERS, NAMES, strict=True):
        assert site.store.extension(number)["description"] == f"desk {number}"
        assert site.store.user(name)["FULL_NAME"] == f"Name {name}"
    assert site.predicted_config(document)["changed"] is False


@pytest.mark.parametrize("kind", sorted(READ))
def test_what_goes_goes_together(site: Bench, kind: str) -> None:
    """The first ones by commands of their own, since nobody has seen which form the call takes."""
    if kind == "extensions":
        for number in NUMBERS:
            site.store.release(site.store.extension(number)["guid"])
    assert done(site.config(ABSENT[kind]))["summary"]["deleted"] == SIZE
    method = f"{kind.capitalize()}.remove"
    cost(site, kind, "Batch.run", method)
    assert batched(site) == [method] * 100
    left = [each["telNum"] for each in site.store.extensions.values()] if kind == "extensions" else []
    assert not set(left) & set(NUMBERS)
    assert len(site.store.extensions) == 3 + (0 if kind == "extensions" else SIZE)
    assert len(site.store.users) == 3 + (0 if kind == "users" else SIZE)


@pytest.mark.parametrize(
    ("switch", "method", "document"),
    [
        ("users_set_params", "Users.set", users(full_name="Same")),
        ("users_remove_params", "Users.remove", ABSENT["users"]),
    ],
)
def test_the_form_that_a_server_takes_is_remembered(
    site: Bench, switch: str, method: str, document: dict[str, Any]
) -> None:
    setattr(site.sim.settings, switch, "guid")
    done(site.config(document))
    cost(site, "users", "Batch.run", "Batch.run", "Batch.run")
    forms = ["guids" in each.params for each in site.sim.requests if each.call == method]
    assert forms == [True] * 100 + [False] * SIZE


@pytest.mark.parametrize("kind", sorted(READ))
def test_nothing_to_do_costs_a_list(site: Bench, kind: str) -> None:
    document = extensions(description="") if kind == "extensions" else users(full_name="")
    assert done(site.config(document))["summary"]["unchanged"] == SIZE
    assert wire(site) == ["Version.getApiVersion", READ[kind]]
    assert site.sim.writes == []


def test_check_mode_says_the_same_and_sends_no_write(site: Bench) -> None:
    document = {
        "extensions": [
            *({"number": number, "description": "new"} for number in NUMBERS[:40]),
            *({"number": str(3000 + place), "sip_password": PASSWORD} for place in range(40)),
        ],
        "users": [
            *({"name": name, "full_name": name.upper()} for name in NAMES[:40]),
            *({"name": f"new{place}", "password": "User-1-secret"} for place in range(40)),
            *({"name": name, "state": "absent", "allow_mail_loss": True} for name in NAMES[80:]),
        ],
    }
    result = site.predicted_config(document)
    assert result["summary"] == {"created": 80, "updated": 80, "deleted": 40, "unchanged": 0, "failed": 0}
    site.forget_requests()
    assert site.config(document, check_mode=True)["changed"] is False
    assert batched(site) == []


def test_lines_of_many_extensions_are_made_together_and_each_gets_its_own(site: Bench) -> None:
    """A new line is found by what the list shows more than before: one list serves all that got a line together."""
    some = NUMBERS[:20]
    document = {
        "extensions": [
            {
                "number": number,
                "lines": [
                    {"sip_username": number},
                    {"sip_username": f"{number}a", "nat_support": True},
                    *([{"sip_username": f"{number}b"}] if place % 2 else []),
                ],
            }
            for place, number in enumerate(some)
        ]
    }
    assert done(site.config(document))["summary"]["updated"] == 20
    first = ["Batch.run", "Extensions.get", "Batch.run"]
    cost(site, "extensions", *first, "Extensions.get", *first)
    assert batched(site) == [
        *["Extensions.createLine"] * 20,
        *["Extensions.set"] * 20,
        *["Extensions.createLine"] * 10,
        *["Extensions.set"] * 10,
    ]
    for place, number in enumerate(some):
        names = [line["sipUsername"] for line in site.store.extension(number)["lines"]]
        assert names == [number, f"{number}a", f"{number}b"][: 2 + place % 2]
        assert site.store.line(f"{number}a")["natSupport"] is True
    assert site.predicted_config(document)["changed"] is False


def test_new_extensions_with_several_lines_are_made_together(empty: Bench) -> None:
    document = {
        "extensions": [
            {
                "number": number,
                "lines": [{"sip_username": f"{number}a", "sip_password": PASSWORD}, {"sip_username": f"{number}b"}],
            }
            for number in NUMBERS[:20]
        ]
    }
    assert done(empty.config(document))["summary"]["created"] == 20
    assert wire(empty).count("Batch.run") == 3
    assert wire(empty).count("Extensions.get") == 4
    for number in NUMBERS[:20]:
        names = [line["sipUsername"] for line in empty.store.extension(number)["lines"]]
        assert names == [f"{number}a", f"{number}b"]
    assert empty.predicted_config(document)["changed"] is False


def test_lines_that_come_change_and_go_together(site: Bench) -> None:
    some = NUMBERS[:10]
    for number in some:
        site.store.add_line(number, f"{number}old")
    document = {
        "extensions": [
            {
                "number": number,
                "description": f"desk {number}",
                "prune_lines": True,
                "lines": [{"sip_username": number, "nat_support": True}, {"sip_username": f"{number}new"}],
            }
            for number in some
        ]
    }
    assert done(site.config(document))["summary"]["updated"] == 10
    for number in some:
        assert [line["sipUsername"] for line in site.store.extension(number)["lines"]] == [number, f"{number}new"]
        assert site.store.line(number)["natSupport"] is True
        assert site.store.extension(number)["description"] == f"desk {number}"
    assert site.predicted_config(document)["changed"] is False


def test_a_name_that_moves_from_one_extension_to_another_arrives(site: Bench) -> None:
    """The order among lines that go together is not the order of the document."""
    site.store.add_line("2000", "door")
    site.store.add_line("2001", "gate")
    document = {
        "extensions": [
            {"number": "2000", "lines": [{"sip_username": "2000"}, {"sip_username": "gate"}], "prune_lines": True},
            {"number": "2001", "lines": [{"sip_username": "2001"}], "prune_lines": True},
        ]
    }
    assert done(site.config(document))["summary"]["updated"] == 2
    assert [line["sipUsername"] for line in site.store.extension("2000")["lines"]] == ["2000", "gate"]
    assert [line["sipUsername"] for line in site.store.extension("2001")["lines"]] == ["2001"]


def test_stale_extensions_are_read_again_by_one_list(site: Bench) -> None:
    """What is written whole must not be older than 30 seconds; these are all as old as the plan."""
    site.clock.step = 31.0
    document = {"extensions": [{"number": number, "description": f"d{number}"} for number in NUMBERS[:50]]}
    assert done(site.config(document))["summary"]["updated"] == 50
    cost(site, "extensions", "Batch.run", before=("Extensions.get",))


def test_many_numbers_are_compared_with_one_dial_plan(empty: Bench) -> None:
    empty.store.add_number("2050", 5, "Support")
    result = empty.config(extensions(sip_password=PASSWORD))
    assert "2050 is taken by a call queue (Support)" in result["msg"]
    assert wire(empty) == ["Version.getApiVersion", "Extensions.get", "Server.getInternalDirectoryList"]


def test_extensions_of_many_users_are_looked_up_in_one_list(empty: Bench) -> None:
    for number in NUMBERS:
        empty.store.add_extension(number)
    document = {
        "users": [
            {"name": name, "password": "User-1-secret", "extensions": [{"number": number}]}
            for name, number in zip(NAMES, NUMBERS, strict=True)
        ]
    }
    assert done(empty.config(document))["summary"]["created"] == SIZE
    assert wire(empty).count("Extensions.get") == 1
    assert [empty.store.user_of(number) for number in NUMBERS] == NAMES


def test_users_and_extensions_that_are_new_and_name_each_other_cost_few_calls(empty: Bench) -> None:
    """The users are made without their extensions, which they get when those are there: late parts go together too."""
    document = {
        "users": [
            {"name": name, "password": "User-1-secret", "extensions": [{"number": number, "ring_timeout": 12}]}
            for name, number in zip(NAMES, NUMBERS, strict=True)
        ],
        "extensions": [{"number": number, "sip_password": PASSWORD} for number in NUMBERS],
    }
    assert done(empty.config(document))["summary"]["created"] == 2 * SIZE
    assert Counter(wire(empty)) == {
        "Version.getApiVersion": 1,
        "Server.getInternalDirectoryList": 1,
        # At first, before the late parts, and in the end.
        "Users.get": 3,
        # At first, when the late parts look up ids, and in the end.
        "Extensions.get": 3,
        "Batch.run": 6,
    }
    assert batched(empty) == ["Users.create"] * SIZE + ["Extensions.create"] * SIZE + ["Users.set"] * SIZE
    assert [empty.store.user_of(number) for number in NUMBERS] == NAMES
    assert empty.predicted_config(document)["changed"] is False


def test_extensions_without_a_number_go_alone_and_after_those_with_one(empty: Bench) -> None:
    """The next free number is the same for all that ask at the same time."""
    document = {
        "extensions": [
            {"sip_username": "door", "sip_password": PASSWORD},
            {"number": "103", "sip_password": PASSWORD},
            {"sip_username": "gate", "sip_password": PASSWORD},
            {"number": "105", "sip_password": PASSWORD},
        ]
    }
    assert done(empty.config(document))["summary"]["created"] == 4
    writes = ["Extensions.getNextValidNumber", "Extensions.create"]
    cost(empty, "extensions", "Batch.run", *writes, *writes, before=("Server.getInternalDirectoryList",))
    numbers = {line["sipUsername"]: owner["telNum"] for owner, line in empty.store.lines()}
    assert (numbers["door"], numbers["gate"]) == ("104", "106")
    assert empty.predicted_config(document)["changed"] is False


# Loops.


def test_a_loop_reads_the_dial_plan_once(empty: Bench) -> None:
    for result in empty.loop("extension", [{"number": number, "sip_password": PASSWORD} for number in NUMBERS[:10]]):
        assert done(result)["changed"] is True
    assert wire(empty).count("Server.getInternalDirectoryList") == 1
    assert wire(empty).count("Version.getApiVersion") == 1
    assert empty.logins == 1


def test_a_loop_gives_a_number_that_became_free_to_somebody_else(site: Bench) -> None:
    items: list[dict[str, Any]] = [
        {"number": "3000", "sip_password": PASSWORD},
        {"number": "2000", "state": "absent"},
        {"number": "2000", "sip_password": PASSWORD},
        {"number": "700", "sip_password": PASSWORD},
    ]
    first, second, third, last = site.loop("extension", items)
    assert [done(each)["changed"] for each in (first, second, third)] == [True] * 3
    assert "700 is taken by a call queue" in last["msg"]


def test_a_loop_of_users_and_their_extensions_reads_the_other_list_once(site: Bench) -> None:
    pairs = zip(NAMES[:10], NUMBERS[20:30], strict=True)
    items = [{"name": name, "extensions": [{"number": number}]} for name, number in pairs]
    for result in site.loop("user", items):
        assert done(result)["changed"] is True
    assert wire(site).count("Extensions.get") == 1
    assert sorted(site.store.numbers_of(NAMES[3])) == [NUMBERS[3], NUMBERS[23]]


def test_a_loop_sees_that_an_extension_went_from_one_user_to_another(site: Bench) -> None:
    """The first item is looked up alone, and the list is read for the second one."""
    mine = {"name": NAMES[0], "extensions": [{"number": NUMBERS[0]}]}
    others: list[dict[str, Any]] = [
        {"name": NAMES[1], "extensions": [{"number": NUMBERS[1]}]},
        {"name": NAMES[2], "extensions": [{"number": NUMBERS[0]}]},
    ]
    results = site.loop("user", [mine, *others, mine])
    assert [done(result)["changed"] for result in results] == [False, False, True, True]
    assert site.store.user_of(NUMBERS[0]) == NAMES[0]
