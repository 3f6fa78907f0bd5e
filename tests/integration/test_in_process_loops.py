# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Over a loop in Ansible's worker, sessions and what was read are kept: what that saves, and that it stays true.

What others do meanwhile happens just before an item, or just after an attempt (in_process/happenings.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.integration.in_process.both_ways import IN_PROCESS, ORDINARY, Run, Runs, Servers
from tests.integration.in_process.chance import Seeded, chance
from tests.integration.in_process.gate import Gate
from tests.integration.in_process.happenings import Happenings
from tests.integration.playbooks import Ansible, play
from tests.simulators import Fault, KerioConnect

__all__ = ["chance"]

Task = dict[str, Any]


@pytest.fixture
def runs(ansible: Ansible, servers: Servers, chance: Seeded) -> Runs:
    return Runs(ansible, servers, chance)


@pytest.fixture
def kerio(servers: Servers) -> Iterator[KerioConnect]:
    simulator = servers["kerio_connect"]
    assert isinstance(simulator, KerioConnect)
    yield simulator
    assert simulator.faults.pending == []


def user(name: str, **options: Any) -> Task:
    return {"postmaster.comms.kerio_user": {"name": name, "domain": "example.com", **options}}


def loop(items: Any, **options: Any) -> Task:
    return {"name": "loop", **user("{{ item }}", **options), "loop": items}


def looped(runs: Runs, task: Task, **more: Any) -> Run:
    """Run one task in Ansible's worker."""
    environment = {**runs.servers["kerio_connect"].environment, **more.pop("environment", {})}
    run = runs.run([play([task], ignore_errors=True)], IN_PROCESS, environment=environment, **more)
    assert run.started == 0
    return run


def results(run: Run) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = run.outcome.task("loop").result["results"]
    return items


def test_a_hundred_unchanged_users_cost_one_login_and_few_calls(runs: Runs, kerio: KerioConnect) -> None:
    names = [f"user{number}" for number in range(100)]

    def fill(_servers: Servers) -> None:
        for name in names:
            kerio.store.add_user(name, description="as it is")

    run = looped(runs, loop(names, description="as it is"), prepare=fill)

    assert [each["changed"] for each in results(run)] == [False] * 100
    calls = Counter(record.call for record in kerio.requests)
    assert (calls["Session.login"], calls["Session.logout"]) == (1, 1)
    assert kerio.requests[-1].logout
    assert len(kerio.requests) <= 7, calls
    assert run.writes["kerio_connect"] == []


@pytest.mark.parametrize(
    ("system", "module", "key"),
    [
        ("kerio_operator", "operator_extension", {"number": "{{ item }}"}),
        ("mailboxorg", "mailboxorg_mailbox", {"email": "{{ item }}"}),
        ("rest", "mail_mailbox", {"email": "{{ item }}"}),
        ("mailcow", "mail_mailbox", {"email": "{{ item }}"}),
    ],
)
def test_other_systems_keep_their_sessions_too(runs: Runs, system: str, module: str, key: dict[str, str]) -> None:
    items = ["101", "102"] if system == "kerio_operator" else ["alice@example.com", "bob@example.com"]
    task = {"name": "loop", f"postmaster.comms.{module}": key, "loop": items * 10}
    server = runs.servers[system]

    run = runs.run([play([task])], IN_PROCESS, environment=server.environment)

    assert run.outcome.code == 0, run.outcome.output
    assert run.started == 0
    assert [each["changed"] for each in results(run)] == [False] * 20
    session_calls = [record for record in server.requests if record.login or record.logout]
    assert len(session_calls) in (0, 2)
    assert len(server.requests) <= 10, Counter(record.call for record in server.requests)


def test_a_login_that_is_refused_is_tried_once(runs: Runs, kerio: KerioConnect) -> None:
    passwords = {"right": kerio.admin_password, "wrong": "not the password"}
    turns = ["right", "wrong", "right", "wrong", "wrong"]
    task = {
        "name": "loop",
        **user("bob", description="{{ item }}", api_password="{{ passwords[item] }}"),
        "loop": turns,
    }

    run = looped(runs, task, variables={"passwords": passwords})

    found = results(run)
    assert [bool(each.get("failure")) for each in found] == [False, True, False, True, True]
    assert [each["failure"]["code"] for each in found if each.get("failure")] == [1000] * 3
    assert kerio.store.user("bob")["description"] == "right"
    refused = [record for record in kerio.requests if record.login and record.params["password"] == "not the password"]
    assert (len(refused), run.logins["kerio_connect"]) == (1, 2)


def test_a_session_that_expires_between_two_items_is_renewed(runs: Runs, kerio: KerioConnect) -> None:
    def expire() -> str:
        kerio.forget_sessions()
        return "after the session"

    with Happenings({"bob": expire}) as happenings:
        text = "{{ lookup('happen', item) if item == 'bob' else 'before' }}"
        run = looped(runs, loop(["alice", "bob", "admin"], description=text), environment=happenings.environment)

    assert [each["changed"] for each in results(run)] == [True] * 3
    assert kerio.store.user("bob")["description"] == "after the session"
    assert run.logins["kerio_connect"] == 2


def test_a_server_that_goes_away_and_comes_back_fails_only_the_items_between(runs: Runs, kerio: KerioConnect) -> None:
    def come_back() -> None:
        kerio.forget_sessions()  # it was started again
        gate.open()

    with Gate(urlsplit(kerio.url).port or 0) as gate:
        doors: dict[str, Callable[[], Any]] = {"alice": str, "bob": gate.shut, "admin": come_back}
        with Happenings(doors) as happenings:
            text = "{{ item if lookup('happen', item) is string }}"
            task = loop(list(doors), description=text, api_url=gate.url)
            run = looped(runs, task, environment=happenings.environment)

    found = results(run)
    assert [bool(each.get("failure")) for each in found] == [False, True, False], run.outcome.output
    assert found[1]["failure"]["retryable"] is True
    assert found[1]["changed"] is False
    described = {name: kerio.store.user(name)["description"] for name in doors}
    assert described == {"alice": "alice", "bob": "Night shift", "admin": "admin"}


def test_what_others_change_between_two_items_stays(runs: Runs, kerio: KerioConnect) -> None:
    """In fields that the task does not name, of an object that an earlier item has read, or written."""

    def others() -> str:
        kerio.store.user("alice")["fullName"] = "Alice Married"
        kerio.store.user("bob").update(fullName="Bob Married", isEnabled=False)
        return "bob"

    with Happenings({"second": others}) as happenings:
        items = [
            {"who": "alice", "text": "one"},
            {"who": "{{ 'bob' }}", "text": "two"},
            {"who": "alice", "text": "three"},
        ]
        task = {
            "name": "loop",
            **user(
                "{{ item.who if item.text != 'two' else lookup('happen', 'second') }}",
                description="{{ item.text }}",
                groups="{{ ['sales'] if item.text == 'three' else omit }}",
            ),
            "loop": items,
        }
        run = looped(runs, task, environment=happenings.environment)

    assert [each["changed"] for each in results(run)] == [True] * 3
    alice, bob = kerio.store.user("alice"), kerio.store.user("bob")
    assert (alice["fullName"], alice["description"]) == ("Alice Married", "three")
    assert (bob["fullName"], bob["isEnabled"], bob["description"]) == ("Bob Married", False, "two")
    # What is told of an object that was written is what the server holds then.
    assert results(run)[2]["user"]["full_name"] == "Alice Married"


@pytest.mark.parametrize("way", [IN_PROCESS, ORDINARY], ids=["in-process", "ordinary"])
def test_every_attempt_reads_anew(runs: Runs, kerio: KerioConnect, way: dict[str, Any]) -> None:
    """Also in a loop, where sessions are kept: each attempt of each item sees what others did after the one before."""
    seen = iter(["nothing yet", "still nothing", "there", "nothing", "there"])

    def others() -> str:
        kerio.store.user("alice")["description"] = next(seen)
        return ""

    query = {"postmaster.comms.kerio_info": {"resources": ["users"], "domains": ["example.com"]}}
    wanted = "info.config.users | selectattr('name', 'eq', 'alice') | map(attribute='description') | first"
    with Happenings({"others": others}) as happenings:
        task = {
            "name": "loop",
            **query,
            "loop": ["first", "second"],
            "register": "info",
            "until": f"({wanted} == 'there') or lookup('happen', 'others') is not string",
            "retries": 5,
            "delay": 0,
        }
        environment = {**kerio.environment, **happenings.environment}
        run = runs.run([play([task])], way, environment=environment)

    assert run.outcome.code == 0, run.outcome.output
    assert [each["attempts"] for each in results(run)] == [4, 1]


def test_an_attempt_that_writes_reads_anew(runs: Runs, kerio: KerioConnect) -> None:
    """Somebody puts the old text back after each of the first two attempts."""
    left = ["first", "second"]

    def others() -> str:
        if left:
            kerio.store.user("alice")["description"] = left.pop(0)
        return ""

    with Happenings({"others": others}) as happenings:
        task = {
            "name": "loop",
            **user("alice", description="ours"),
            "register": "found",
            "until": "not found.changed or lookup('happen', 'others') is not string",
            "retries": 6,
            "delay": 0,
        }
        run = looped(runs, task, environment=happenings.environment)

    assert run.outcome.task("loop").result["attempts"] == 4
    assert kerio.store.user("alice")["description"] == "ours"


def test_queries_of_a_loop_are_never_answered_from_memory(runs: Runs, kerio: KerioConnect) -> None:
    def others() -> str:
        kerio.store.user("alice")["description"] = "by others"
        return "example.com"

    with Happenings({"others": others}) as happenings:
        task = {
            "name": "loop",
            "postmaster.comms.kerio_info": {
                "resources": ["users"],
                "domains": ["{{ 'example.com' if item == 1 else lookup('happen', 'others') }}"],
            },
            "loop": [1, 2],
        }
        run = looped(runs, task, environment=happenings.environment)

    described = [
        [each["description"] for each in found["config"]["users"] if each["name"] == "alice"] for found in results(run)
    ]
    assert described == [[""], ["by others"]]
    assert run.logins["kerio_connect"] == 1


def test_an_object_that_others_delete_or_make_between_two_items(runs: Runs, kerio: KerioConnect) -> None:
    """A write goes by what the server says of the object, and not by a list that an earlier item has read."""

    def delete_bob() -> str:
        row = kerio.store.user("bob")
        del kerio.store.users[row["id"]]
        return "bob"

    with Happenings({"bob": delete_bob}) as happenings:
        task = loop(["alice", "bob"], description="{{ lookup('happen', item) if item == 'bob' else 'alice' }}")
        run = looped(runs, task, environment=happenings.environment)

    alice, bob = results(run)
    assert alice["changed"] is True
    assert bob.get("failure"), "an update of nobody was reported as done"
    assert [row["loginName"] for row in kerio.store.users.values()] == ["admin", "alice"]


def test_a_broken_connection_costs_one_item_at_most(runs: Runs, kerio: KerioConnect) -> None:
    """The answer to a write is lost: that item finds out what became of it, the next one goes on."""
    run = looped(
        runs,
        loop(["alice", "bob", "admin"], description="written"),
        prepare=lambda servers: kerio.faults.add(Fault("drop_after", "Users.set", after=1)),
    )

    assert [each["changed"] for each in results(run)] == [True] * 3
    assert {row["description"] for row in kerio.store.users.values()} == {"written"}
    assert len(run.writes["kerio_connect"]) == 3
