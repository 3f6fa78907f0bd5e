# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about several objects, and several calls in one, fail in part: the result says so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench
from tests.unit.systems.test_calls import call

MISSING = "keriodb://user/gone"


def users_set(bench: Bench, *names: str) -> dict[str, Any]:
    """The options that set the description of users; a name that nobody has stays an id that nothing has."""
    ids = [bench.store.user(name)["id"] if name in ("alice", "bob") else name for name in names]
    return {"method": "Users.set", "params": {"userIds": ids, "pattern": {"description": "Called"}}}


@pytest.mark.parametrize(
    ("names", "changed", "said"),
    [
        (["alice", MISSING], True, "1 of 2 items failed"),
        ([MISSING, "also-gone"], False, "2 of 2 items failed"),
        ([MISSING], False, "(code 1002)"),
    ],
)
def test_errors_of_items_fail_the_task(kerio: Bench, names: list[str], changed: bool, said: str) -> None:
    answer = call(kerio, **users_set(kerio, *names))
    assert answer["failed"]
    assert answer["changed"] is changed
    assert answer["msg"].endswith(said)
    assert answer["failure"]["code"] == 1002
    assert len(answer["result"]["errors"]) == names.count(MISSING) + names.count("also-gone")
    assert (kerio.store.user("alice")["description"] == "Called") is changed


def test_what_was_made_beside_errors_is_a_change(kerio: Bench) -> None:
    domain = kerio.store.user("alice")["domainId"]
    users = [{"loginName": name, "domainId": domain, "password": "Str0ng-pass.1"} for name in ("carol", "alice")]
    answer = call(kerio, method="Users.create", params={"users": users})
    assert (answer["failed"], answer["changed"]) == (True, True)
    assert [made["inputIndex"] for made in answer["result"]["result"]] == [0]
    assert kerio.store.user("carol")


def test_a_read_with_errors_fails_without_a_change(kerio: Bench) -> None:
    answer = call(kerio, method="IpAddressGroups.validateRemove", params={"groupIds": ["gone"]}, check=True)
    assert (answer["failed"], answer["changed"]) == (True, False)


def batch(*commands: dict[str, Any]) -> dict[str, Any]:
    return {"method": "Batch.run", "params": {"commandList": list(commands)}}


WHO_AM_I = {"method": "Session.whoAmI"}


def test_a_batch_of_reads_is_a_read(kerio: Bench) -> None:
    answer = call(kerio, check=True, **batch(WHO_AM_I, {"method": "Users.getMailboxCount"}))
    assert answer["changed"] is False
    assert answer["result"][0]["result"]["userDetails"]["loginName"] == "admin"
    assert answer["result"][1]["result"]["count"]["total"] == 3


def test_a_batch_with_a_write_is_a_write(kerio: Bench) -> None:
    options = batch(WHO_AM_I, users_set(kerio, "alice"))
    predicted = call(kerio, check=True, **options)
    assert predicted["changed"] is True
    assert predicted["would_send"]["params"] == options["params"]
    assert kerio.sim.requests == []
    assert call(kerio, **options)["changed"] is True
    assert kerio.store.user("alice")["description"] == "Called"


@pytest.mark.parametrize(
    ("others", "changed", "done"),
    [([WHO_AM_I], False, 1), ([WHO_AM_I, "alice"], True, 2)],
)
@pytest.mark.parametrize("refused", [MISSING, "No.such"])
def test_a_batch_fails_when_one_of_its_commands_does(
    kerio: Bench, others: list[Any], changed: bool, done: int, refused: str
) -> None:
    """Both kinds of failure: in the command's place, and inside its result."""
    bad = users_set(kerio, refused) if refused == MISSING else {"method": refused}
    commands = [users_set(kerio, each) if isinstance(each, str) else each for each in others]
    answer = call(kerio, **batch(bad, *commands))
    assert (answer["failed"], answer["changed"]) == (True, changed)
    assert answer["msg"].endswith(f"{done} of the {done + 1} commands of the batch were carried out")
    assert answer["failure"]["method"] == bad["method"]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"commandList": [WHO_AM_I, {"method": "Session.logout"}]}, "params.commandList: Session.logout is not for"),
        ({"commandList": [{"params": {}}]}, "params.commandList: is empty"),
        ({"commandList": []}, "params.commandList: Batch.run takes a list of commands"),
        ({"commandList": ["Session.whoAmI"]}, "params.commandList: Batch.run takes a list of commands"),
        ({}, "params.commandList: Batch.run takes a list of commands"),
    ],
)
def test_a_batch_that_cannot_be_meant_is_refused(kerio: Bench, params: dict[str, Any], said: str) -> None:
    for check in (True, False):
        assert call(kerio, check=check, method="Batch.run", params=params)["msg"].startswith(said)
    assert kerio.sim.requests == []


def test_an_internal_error_of_a_write_leaves_its_fate_open(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("rpc_error", "Users.set", code=-32603, message="Internal error"))
    answer = call(kerio, **users_set(kerio, "alice"))
    assert (answer["failed"], answer["changed"]) == (True, True)
    assert "whether it was carried out is not known" in answer["msg"]
