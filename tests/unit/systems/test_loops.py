# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loops over objects of each system: what they cost, what they keep, and what they forget in time.

That a loop comes to the same as its items is shown by random series in tests/unit/matrix/test_loops.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import KeptSessions
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM as KERIO_CONNECT
from tests.simulators import Fault, KerioConnect
from tests.simulators.kerio_operator.structures import ADMINISTRATOR
from tests.support.runner import Runner
from tests.unit.systems.bench import Bench, Result, done
from tests.unit.systems.mailboxorg import log_in_as

PASSWORD = "Str0ng-pw-1!"
Options = dict[str, Any]


@dataclass(frozen=True)
class Plain:
    """Three unchanged objects of one kind (a permanent kind: ``permanent``), a change of the first, and the call that
    changes it."""

    server: str
    kind: str
    items: tuple[Options, ...]
    change: Options
    write: str
    permanent: bool = False

    def __str__(self) -> str:
        return f"{self.server}: {self.kind}"


def _people(*names: str) -> tuple[Options, ...]:
    return tuple({"name": name, "domain": "example.com"} for name in names)


PLAIN = (
    Plain("kerio", "user", _people("alice", "bob", "nobody"), {"full_name": "New"}, "Users.set"),
    Plain(
        "operator",
        "extension",
        ({"number": "100"}, {"number": "101"}, {"number": "102"}),
        {"description": "New"},
        "Extensions.set",
    ),
    Plain(
        "operator", "user", ({"name": "alice"}, {"name": "bob"}, {"name": "nobody"}), {"full_name": "New"}, "Users.set"
    ),
    Plain(
        "mailboxorg",
        "mailbox",
        ({"email": "alice@example.com"}, {"email": "bob@example.com"}, {"email": "nobody@example.com"}),
        {"first_name": "New"},
        "mail.set",
    ),
    Plain(
        "mailboxorg",
        "blacklist",
        ({"mailbox": "alice@example.com"}, {"mailbox": "bob@example.com"}, {"mailbox": "alice@example.com"}),
        {"addresses": ["x@example.net"]},
        "mail.blacklist.add",
        permanent=True,
    ),
    Plain(
        "rest",
        "mailbox",
        ({"email": "alice@example.com"}, {"email": "bob@example.com"}, {"email": "nobody@example.com"}),
        {"name": "New"},
        "PUT /api/v1/mailboxes/alice@example.com",
    ),
    Plain(
        "mailcow",
        "mailbox",
        ({"email": "alice@example.com"}, {"email": "bob@example.com"}, {"email": "nobody@example.com"}),
        {"name": "New"},
        "POST /api/v1/edit/mailbox",
    ),
)


@dataclass
class Loop:
    """The items of one loop on one bench; ``sessions`` are closed at the end."""

    bench: Bench
    sessions: KeptSessions = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = KeptSessions(self.bench.clock)

    def item(self, kind: str, *, check: bool = False, connection: Options | None = None, **options: Any) -> Result:
        """The result of one item about one object."""
        return self.runner(**(connection or {})).object(kind, options, check=check, verbosity=3)

    def runner(self, **connection: Any) -> Runner:
        runner = Runner(self.bench.system, self.bench.sim, self.sessions, **{**self.bench.connection, **connection})
        runner.clock = self.bench.clock
        return runner


@contextmanager
def _loop(bench: Bench) -> Iterator[Loop]:
    loop = Loop(bench)
    try:
        yield loop
    finally:
        loop.sessions.close()


@pytest.fixture(params=PLAIN, ids=str)
def plain(request: pytest.FixtureRequest) -> Iterator[tuple[Plain, Loop]]:
    """A server with what a loop may be about; the third object is gone, which is what its item asks for."""
    case: Plain = request.param
    bench: Bench = request.getfixturevalue(case.server)
    with _loop(bench) as loop:
        yield case, loop


def _item(case: Plain, loop: Loop, number: int, **more: Any) -> Result:
    options = case.items[number]
    gone: Options = {"state": "absent"} if any("nobody" in str(value) for value in options.values()) else {}
    return done(loop.item(case.kind, **options, **gone, **more))


# What it costs.


def test_unchanged_objects_are_looked_up_then_listed_then_known(plain: tuple[Plain, Loop]) -> None:
    case, loop = plain
    usages = [_item(case, loop, number)["api"] for number in (0, 1, 2, 0, 1, 2)]
    has_login = bool(loop.bench.logins)
    assert [usage["logins"] for usage in usages] == [int(has_login), 0, 0, 0, 0, 0]
    assert [usage["writes"] for usage in usages] == [0] * 6
    if case.permanent:
        assert all(usage["calls"] for usage in usages)
    else:
        assert usages[0]["calls"] > 0
        assert [usage["calls"] for usage in usages[2:]] == [0] * 4
        assert [usage["trace"] for usage in usages[2:]] == [[]] * 4
    loop.sessions.close()
    assert loop.bench.logins == int(has_login)
    assert sum(record.logout for record in loop.bench.sim.requests) == int(has_login)
    requests = [record for record in loop.bench.sim.requests if not record.batched]
    assert sum(usage["calls"] for usage in usages) == len(requests) - int(has_login)


def test_a_change_costs_no_list(plain: tuple[Plain, Loop]) -> None:
    case, loop = plain
    for number in (1, 2):
        _item(case, loop, number)
    pages = [_item(case, loop, 0, **case.change)["api"], _item(case, loop, 0, **case.change)["api"]]
    assert [bool(usage["writes"]) for usage in pages] == [True, False]
    assert not any(record.login for record in loop.bench.sim.requests[1:])


# Time.


def test_what_is_known_for_more_than_thirty_seconds_is_read_again_before_it_is_written(
    plain: tuple[Plain, Loop],
) -> None:
    case, loop = plain
    for number in (1, 2, 0):
        _item(case, loop, number)
    loop.bench.clock.slept += 20
    young = _item(case, loop, 0, **case.change)
    assert young["changed"] is True
    reads = young["api"]["calls"] - young["api"]["writes"]
    back = {name: [] if isinstance(value, list) else "Old" for name, value in case.change.items()}
    loop.bench.clock.slept += 31
    old = _item(case, loop, 0, **back)
    assert old["changed"] is True
    assert old["api"]["calls"] - old["api"]["writes"] >= reads


def test_after_five_minutes_all_is_read_anew_in_the_same_session(plain: tuple[Plain, Loop]) -> None:
    case, loop = plain
    for number in (0, 1, 0):
        _item(case, loop, number)
    loop.bench.clock.slept += 301
    usage = _item(case, loop, 0)["api"]
    assert usage["calls"] > 0
    assert usage["logins"] == 0


def test_what_others_change_meanwhile_in_other_fields_stays(kerio: Bench) -> None:
    """A structure is written whole, from what the server holds by then."""
    with _loop(kerio) as loop:
        for name in ("alice", "bob", "alice"):
            done(loop.item("user", name=name, domain="example.com"))
        theirs = kerio.store.user("alice")
        theirs["description"] = "theirs"
        kerio.clock.slept += 31
        result = done(loop.item("user", name="alice", domain="example.com", full_name="ours", quota="512M"))
        assert result["changed"] is True
    alice = kerio.store.user("alice")
    assert (alice["fullName"], alice["description"]) == ("ours", "theirs")


# Forgetful loops.


def test_attempts_of_until_see_what_is_there_now(plain: tuple[Plain, Loop]) -> None:
    case, loop = plain
    loop.sessions.forgetful = True
    usages = [_item(case, loop, number)["api"] for number in (0, 1, 0, 1)]
    assert all(usage["calls"] - usage["logins"] > 0 for usage in usages)
    assert [usage["logins"] for usage in usages[1:]] == [0, 0, 0]


def test_queries_and_documents_and_calls_share_the_login_alone(operator: Bench) -> None:
    with _loop(operator) as loop:
        for description in ("first", "second"):
            operator.store.extension("100")["description"] = description
            info = loop.runner().info()
            (found,) = [each for each in info["config"]["extensions"] if each["number"] == "100"]
            assert found["description"] == description
            document = {"extensions": [{"number": "100", "description": description}]}
            assert done(loop.runner().config(document))["changed"] is False
            assert loop.runner().call(method="Extensions.getNextValidNumber")["changed"] is False
        assert operator.logins == 2, "queries have one of their own, which cannot write"
    assert operator.sim.open_sessions == 0


# The session.


def test_a_session_that_expires_is_renewed_and_what_is_known_stays(operator: Bench) -> None:
    with _loop(operator) as loop:
        for number in ("100", "101"):
            done(loop.item("extension", number=number))
        operator.sim.forget_sessions()
        assert done(loop.item("extension", number="102"))["api"]["calls"] == 0
        result = done(loop.item("extension", number="102", description="New"))
        assert result["changed"] is True
        assert result["api"]["logins"] == 1
        assert done(loop.item("extension", number="102", description="New"))["changed"] is False
    assert operator.logins == 2


def test_a_lost_connection_ends_the_session_and_the_next_item_begins_one(operator: Bench) -> None:
    with _loop(operator) as loop:
        for number in ("100", "101"):
            done(loop.item("extension", number=number))
        operator.sim.faults.add(
            Fault("drop_before", "Extensions.set", times=9), Fault("drop_before", "Extensions.get", times=9)
        )
        lost = loop.item("extension", number="102", description="New")
        assert lost["failed"] is True
        operator.sim.faults.clear()
        result = done(loop.item("extension", number="102", description="New"))
        assert (result["changed"], result["api"]["logins"]) == (True, 1)
    assert operator.logins == 2
    assert operator.sim.open_sessions == 0


@pytest.mark.parametrize(
    ("server", "kind", "options", "wrong"),
    [
        ("kerio", "user", {"name": "alice", "domain": "example.com"}, {"api_password": "wrong"}),
        ("operator", "extension", {"number": "100"}, {"api_password": "wrong"}),
        ("mailboxorg", "mailbox", {"email": "alice@example.com"}, {"api_password": "wrong"}),
        ("rest", "mailbox", {"email": "alice@example.com"}, {"api_key": "wrong"}),
        ("mailcow", "mailbox", {"email": "alice@example.com"}, {"api_key": "wrong"}),
    ],
)
def test_a_refused_login_is_tried_once_in_all_and_others_go_on(
    request: pytest.FixtureRequest, server: str, kind: str, options: Options, wrong: Options
) -> None:
    bench: Bench = request.getfixturevalue(server)
    with _loop(bench) as loop:
        done(loop.item(kind, **options))
        before = len(bench.sim.requests)
        failures = [loop.item(kind, connection=wrong, **options) for _item in range(3)]
        assert [failure["failed"] for failure in failures] == [True] * 3
        assert len(bench.sim.requests) == before + 1
        assert {failure["failure"]["code"] for failure in failures} == {failures[0]["failure"]["code"]}
        assert [failure["api"]["calls"] for failure in failures[1:]] == [0, 0]
        assert "not tried again" in failures[2]["msg"]
        assert done(loop.item(kind, **options))["api"]["logins"] == 0


def test_logins_and_servers_are_kept_apart_and_all_are_closed(operator: Bench) -> None:
    other = {"api_username": "second", "api_password": "S3cond-login!"}
    operator.store.add_user("second", USER_PASSWORD=other["api_password"], ADMINISTRATION_ROLE_ID=ADMINISTRATOR)
    with _loop(operator) as loop, KerioConnect() as kerio:
        elsewhere = Runner(KERIO_CONNECT, kerio, loop.sessions)
        for _time in range(2):
            for connection in ({}, other):
                loop.item("extension", number="100", connection=connection)
                loop.item("extension", check=True, number="101", connection=connection)
            done(elsewhere.object("user", {"name": "alice", "domain": "example.com"}))
        assert (operator.logins, operator.sim.open_sessions, kerio.open_sessions) == (4, 4, 1)
        loop.sessions.close()
        assert (operator.sim.open_sessions, kerio.open_sessions) == (0, 0)


def test_a_server_that_is_gone_does_not_keep_the_others_from_being_closed(kerio: Bench) -> None:
    with _loop(kerio) as loop:
        with KerioConnect() as gone:
            runner = Runner(kerio.system, gone, loop.sessions)
            runner.clock = kerio.clock
            done(runner.object("user", {"name": "alice", "domain": "example.com"}))
        done(loop.item("user", name="alice", domain="example.com"))
        loop.sessions.close()
    assert kerio.sim.open_sessions == 0


# What one write changes beside.


def test_only_one_domain_is_the_primary_one(kerio: Bench) -> None:
    with _loop(kerio) as loop:
        for name in ("example.com", "example.org", "example.com"):
            done(loop.item("domain", name=name))
        assert done(loop.item("domain", name="example.org", is_primary=True))["changed"] is True
        assert done(loop.item("domain", name="example.com"))["domain"]["is_primary"] is False
        assert done(loop.item("domain", name="example.com", is_primary=True))["changed"] is True
        assert done(loop.item("domain", name="example.org", is_primary=True))["changed"] is True


def test_rules_move_when_another_one_gets_their_place(webmail: Bench) -> None:
    with _loop(webmail) as loop:
        rule: Options = {"conditions": [{"field": "all"}], "actions": [{"type": "keep"}]}
        for name in "abc":
            assert done(loop.item("filter", name=name, position=1, **rule))["changed"] is True
        assert [done(loop.item("filter", name=name))["filter"]["position"] for name in "abc"] == [3, 2, 1]
        assert done(loop.item("filter", name="a", position=1))["changed"] is True
        assert [done(loop.item("filter", name=name))["filter"]["position"] for name in "abc"] == [1, 3, 2]
        done(loop.item("filter", name="c", state="absent"))
        assert [done(loop.item("filter", name=name))["filter"]["position"] for name in "ab"] == [1, 2]


def test_an_extension_made_by_its_login_is_found_by_its_number(operator: Bench) -> None:
    with _loop(operator) as loop:
        for number in ("100", "101"):
            done(loop.item("extension", number=number))
        made = done(loop.item("extension", sip_username="attic", sip_password=PASSWORD))
        number = made["extension"]["number"]
        assert done(loop.item("extension", number=number, sip_username="attic"))["changed"] is False
        assert done(loop.item("extension", number=number, sip_username="roof"))["changed"] is True
        assert done(loop.item("extension", sip_username="roof"))["extension"]["number"] == number
        again = done(loop.item("extension", sip_username="attic", sip_password=PASSWORD))
        assert again["extension"]["number"] != number


# Writes of unknown fate.


@pytest.mark.parametrize("deleted", [False, True], ids=["made", "deleted"])
def test_what_became_of_an_account_is_looked_up(mailboxorg: Bench, deleted: bool) -> None:
    """The answer is lost; the next item lists all accounts, and must not do so by the names that were known before."""
    log_in_as(mailboxorg, "reseller")
    there: Options = {"name": "kunde42", "plan": "basic", "password": PASSWORD}
    gone: Options = {"name": "kunde42", "state": "absent", "allow_mail_loss": True}
    with _loop(mailboxorg) as loop:
        first, last = (gone, there) if deleted else (there, gone)
        if deleted:
            done(loop.item("account", **there))
            done(loop.item("account", **{**gone, "name": "nobody42"}))
            mailboxorg.clock.slept += 301
        _lose(mailboxorg, "account.del" if deleted else "account.add")
        loop.item("account", **first)
        mailboxorg.sim.faults.clear()
        done(loop.item("account", **{**gone, "name": "nobody42"}))
        assert done(loop.item("account", **last))["changed"] is True
        assert done(loop.item("account", **last))["changed"] is False


def test_what_became_of_a_domain_is_looked_up(mailboxorg: Bench) -> None:
    mailboxorg.sim.settings.domain_context_id = "absent"
    log_in_as(mailboxorg, "reseller")
    gone: Options = {"name": "second.example", "account": "example", "state": "absent"}
    with _loop(mailboxorg) as loop:
        for _time in range(2):
            done(loop.item("domain", name="example.com", account="example"))
        _lose(mailboxorg, "domain.del")
        loop.item("domain", **gone)
        mailboxorg.sim.faults.clear()
        for _time in range(2):
            assert done(loop.item("domain", **gone))["changed"] is False


def _lose(bench: Bench, call: str) -> None:
    """The answers to this call are lost, and it is carried out."""
    bench.sim.faults.add(Fault("drop_after", call, times=9))


# Secrets.


def test_an_item_shows_neither_its_own_secrets_nor_those_of_the_session(kerio: Bench) -> None:
    session = kerio.sim.environment["KERIO_CONNECT_PASSWORD"]
    with _loop(kerio) as loop:
        for name, password in (("carol", "F1rst-secret!"), ("dora", "S3cond-secret!")):
            kerio.sim.faults.add(
                Fault("rpc_error", "Users.create", times=2, code=1000, message=f"{password} and {session} are bad")
            )
            result = loop.item("user", name=name, domain="example.com", password=password)
            kerio.sim.faults.clear()
            shown = json.dumps(result)
            assert result["failed"] is True
            assert password not in shown
            assert session not in shown
            assert "******** and ******** are bad" in result["msg"]


def test_a_secret_is_forgotten_with_its_item(kerio: Bench) -> None:
    """It may be a word that others need: a mask would make their messages useless."""
    with _loop(kerio) as loop:
        done(loop.item("user", name="carol", domain="example.com", password="Mailbox-Str0ng!"))
        kerio.sim.faults.add(Fault("rpc_error", "Users.set", times=2, code=1000, message="Mailbox-Str0ng! is full"))
        result = loop.item("user", name="alice", domain="example.com", full_name="New")
        kerio.sim.faults.clear()
        assert "Mailbox-Str0ng! is full" in result["msg"]


def test_traces_of_later_items_are_their_own(operator: Bench) -> None:
    with _loop(operator) as loop:
        first = done(loop.item("extension", number="100"))["api"]
        second = done(loop.item("extension", number="101", description="New"))["api"]
        assert len(first["trace"]) == first["calls"]
        assert len(second["trace"]) == second["calls"]
        assert any(line.startswith("Session.login") for line in first["trace"])
        assert not any(line.startswith("Session.login") for line in second["trace"])
