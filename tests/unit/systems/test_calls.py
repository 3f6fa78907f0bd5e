# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single calls: what is sent in check mode, what counts as a change, and how failures are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.known_reads import (
    KNOWN_READS as KERIO_READS,
)
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.protocol import READS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator.known_reads import (
    KNOWN_READS as OPERATOR_READS,
)
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator.protocol import (
    READS as OPERATOR_OWN_READS,
)
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.known_reads import (
    KNOWN_READS as HOSTED_READS,
)
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.protocol import (
    READS as HOSTED_OWN_READS,
)
from tests.simulators import Fault
from tests.simulators.kerio_connect.simulator import METHODS as KERIO_METHODS
from tests.simulators.kerio_operator.simulator import METHODS as OPERATOR_METHODS
from tests.simulators.mailboxorg.capabilities import METHODS as CAPABILITY_METHODS
from tests.simulators.mailboxorg.simulator import METHODS as HOSTED_METHODS
from tests.support.runner import OptionsRefused, Runner
from tests.unit.systems.bench import Bench

Result = dict[str, Any]
Options = Mapping[str, Any]

METHODS: dict[str, tuple[frozenset[str], frozenset[str], dict[str, Any]]] = {
    "kerio_connect": (KERIO_READS, READS, dict(KERIO_METHODS)),
    "kerio_operator": (OPERATOR_READS, OPERATOR_OWN_READS, dict(OPERATOR_METHODS)),
    "mailboxorg": (HOSTED_READS, HOSTED_OWN_READS, {**HOSTED_METHODS, **CAPABILITY_METHODS["map"]}),
}
SESSION_METHODS = {"Session.login", "Session.logout", "auth", "deauth"}


def call(bench: Bench, *, check: bool = False, **options: Any) -> Result:
    """The result of the module for single calls."""
    return Runner(bench.system, bench.sim, **bench.connection).call(check=check, verbosity=3, **options)


def is_write(method: Any) -> bool:
    """Whether a simulator takes a method for a write; each has its own way to say it."""
    return bool(method.access.is_write if hasattr(method, "access") else method.is_write)


@pytest.mark.parametrize("system", METHODS)
def test_the_known_reads_are_those_of_the_server(system: str) -> None:
    """Of what a simulator knows, exactly the reads; and all that the modules about objects use."""
    known, own, methods = METHODS[system]
    assert {name for name in known if name in methods and is_write(methods[name])} == set()
    assert {name for name, method in methods.items() if not is_write(method)} - SESSION_METHODS <= known
    assert own <= known
    assert not known & SESSION_METHODS


# A read and a write of each server that speaks JSON-RPC or HTTP, and what the write leaves behind.
READ: dict[str, Options] = {
    "kerio": {"method": "Users.getMailboxCount"},
    "operator": {"method": "ProductRegistration.getFullStatus"},
    "mailboxorg": {"method": "hello.innerworld"},
    "rest": {"method": "GET", "path": "domains"},
    "mailcow": {"method": "GET", "path": "/api/v1/get/domain/all"},
}
WRITE: dict[str, Callable[[Any], Options]] = {
    "kerio": lambda store: {
        "method": "Users.set",
        "params": {"userIds": [store.user("alice")["id"]], "pattern": {"description": "Called"}},
    },
    "operator": lambda store: {
        "method": "Extensions.set",
        "params": {"guids": [store.line("101")["guid"]], "detail": {"description": "Called"}},
    },
    "mailboxorg": lambda store: {"method": "mail.set", "params": {"mail": "alice@example.com", "memo": "Called"}},
    "rest": lambda store: {
        "method": "PUT",
        "path": "mailboxes/alice@example.com",
        "body": {"name": "Called", "active": True, "quota": 1024},
    },
    "mailcow": lambda store: {
        "method": "POST",
        "path": "edit/mailbox",
        "body": '{"items": ["alice@example.com"], "attr": {"name": "Called"}}',
    },
}


@pytest.fixture(params=sorted(READ))
def server(request: pytest.FixtureRequest) -> tuple[str, Bench]:
    return request.param, request.getfixturevalue(request.param)


def test_a_known_read_is_sent_in_check_mode_and_changes_nothing(server: tuple[str, Bench]) -> None:
    name, bench = server
    answers = [call(bench, check=check, **READ[name]) for check in (True, False)]
    for answer in answers:
        assert not answer.get("failed"), answer
        assert answer["changed"] is False
        assert answer["result"]
        assert "would_send" not in answer
    assert answers[0]["result"] == answers[1]["result"]
    assert len(bench.calls) == 2
    assert bench.sim.writes == []


def test_a_write_is_told_in_check_mode_and_sent_in_a_run(server: tuple[str, Bench]) -> None:
    name, bench = server
    options = WRITE[name](bench.store)
    predicted = call(bench, check=True, **options)
    assert predicted["changed"] is True
    assert "result" not in predicted
    assert predicted["would_send"]["method"] == options["method"]
    assert "Called" in str(predicted["would_send"])
    assert bench.sim.requests == []

    actual = call(bench, **options)
    assert actual["changed"] is True
    assert "result" in actual
    assert len(bench.sim.writes) == len(bench.calls) == 1
    assert "Called" in str(bench.sim.writes[0].params)
    assert actual["api"]["writes"] == 1


def test_an_unknown_call_is_a_write_unless_it_is_declared_to_be_none(server: tuple[str, Bench]) -> None:
    name, bench = server
    unknown: Options = {"method": "POST", "path": "no/such"} if "path" in READ[name] else {"method": "No.such"}
    assert call(bench, check=True, **unknown)["changed"] is True
    assert bench.sim.requests == []
    asked = call(bench, check=True, read_only=True, **unknown)
    assert asked["failed"]
    assert asked["changed"] is False
    assert len(bench.calls) == 1


def test_a_lost_answer_of_a_write_is_told_as_what_it_is(server: tuple[str, Bench]) -> None:
    name, bench = server
    bench.sim.faults.add(Fault("drop_after"))
    answer = call(bench, **WRITE[name](bench.store))
    assert answer["failed"]
    assert answer["changed"] is True
    assert "whether it was carried out is not known" in answer["msg"]
    assert answer["failure"]["retryable"] is False
    assert len(bench.sim.writes) == 1


def test_a_lost_answer_of_a_read_is_asked_for_again(server: tuple[str, Bench]) -> None:
    name, bench = server
    bench.sim.faults.add(Fault("drop_before"))
    answer = call(bench, **READ[name])
    assert not answer.get("failed"), answer
    assert len(bench.calls) == 2


def test_a_refusal_is_told_and_nothing_has_changed(server: tuple[str, Bench]) -> None:
    name, bench = server
    missing: dict[str, Options] = {
        "kerio": {"method": "Users.set", "params": {"userIds": ["gone"], "pattern": {}}},
        "operator": {"method": "Extensions.getSipPassword", "params": {"guid": 4711}},
        "mailboxorg": {"method": "mail.set", "params": {"mail": "gone@example.com", "memo": "x"}},
        "rest": {"method": "DELETE", "path": "mailboxes/gone@example.com"},
        "mailcow": {"method": "POST", "path": "delete/mailbox", "body": ["gone@example.com"]},
    }
    answer = call(bench, **missing[name])
    assert answer["failed"]
    assert answer["changed"] is False
    assert answer["failure"]["system"] == bench.system.name
    assert answer["failure"]["method"]
    assert answer["failure"]["code"]


def test_a_session_that_expires_is_renewed_once(kerio: Bench) -> None:
    options = WRITE["kerio"](kerio.store)
    kerio.sim.faults.add(Fault("expire_session", "Users.set"))
    assert call(kerio, **options)["changed"] is True
    assert kerio.logins == 2
    assert kerio.store.user("alice")["description"] == "Called"


@pytest.mark.parametrize(
    ("bench", "method"),
    [("kerio", "Session.login"), ("operator", " Session.logout "), ("mailboxorg", "auth"), ("mailboxorg", "deauth")],
)
@pytest.mark.parametrize("check", [True, False])
def test_logging_in_and_out_is_not_for_tasks(
    request: pytest.FixtureRequest, bench: str, method: str, check: bool
) -> None:
    found: Bench = request.getfixturevalue(bench)
    answer = call(found, check=check, method=method)
    assert answer["failed"]
    assert answer["msg"].startswith(f"method: {method.strip()} is not for tasks")
    assert found.sim.requests == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"method": "GET", "path": ""}, "path: is empty"),
        ({"method": "GET", "path": "/api/v1/"}, "path: is empty"),
        ({"method": "GET", "path": "../admin"}, "path: '../admin' leads out of the API"),
        ({"method": "GET", "path": "https://elsewhere.example/api/v1/domains"}, "path: 'https://elsewhere"),
        ({"method": "GET", "path": "domains/a b"}, "path: 'domains/a b' is no path"),
        ({"method": "GET", "path": "domains", "body": {}}, "body: does not travel with GET"),
        ({"method": "POST", "path": "domains", "body": "domain=x"}, "body: is a text that is no JSON"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused_before_it_is_sent(rest: Bench, options: Options, said: str) -> None:
    for check in (True, False):
        assert call(rest, check=check, **options)["msg"].startswith(said)
    assert rest.sim.requests == []


def test_an_unknown_verb_is_refused(rest: Bench) -> None:
    with pytest.raises(OptionsRefused, match="must be one of: GET, POST, PUT, PATCH, DELETE"):
        call(rest, method="get", path="domains")


@pytest.mark.parametrize("path", ["domains", "/domains", "/api/v1/domains", "api/v1/domains", " domains "])
def test_the_path_of_the_api_may_stand_in_front(rest: Bench, path: str) -> None:
    assert [row["domain"] for row in call(rest, method="GET", path=path)["result"]] == ["example.com", "example.org"]
    assert rest.sim.requests[-1].path == "/api/v1/domains"


def test_the_searches_of_mailcow_are_reads_there_alone(mailcow: Bench, rest: Bench) -> None:
    search: Options = {"method": "POST", "path": "search/mailbox", "body": {"draw": 1}}
    assert call(rest, check=True, **search)["changed"] is True
    assert rest.sim.requests == []
    call(mailcow, check=True, **search)
    assert mailcow.calls == ["POST /api/v1/search/mailbox"]


def test_a_success_without_a_body_is_one(rest: Bench) -> None:
    rest.sim.faults.add(Fault("status", status=204, body=""))
    answer = call(rest, method="DELETE", path="mailboxes/alice@example.com")
    assert (answer["changed"], answer["result"]) == (True, None)


def test_some_servers_carry_out_half_of_what_they_refuse(mailcow: Bench) -> None:
    answer = call(mailcow, method="POST", path="delete/mailbox", body=["alice@example.com", "gone@example.com"])
    assert answer["failed"]
    assert answer["changed"] is True
    assert "alice@example.com" not in mailcow.store.mailboxes
