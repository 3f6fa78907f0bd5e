# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In check mode the client itself refuses every call that is not a known read, whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client.http import Http, Target
from ansible_collections.postmaster.comms.plugins.module_utils._client.jsonrpc import JsonRpc, Protocol
from ansible_collections.postmaster.comms.plugins.module_utils._client.rest import Rest
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import WriteInCheckMode
from ansible_collections.postmaster.comms.plugins.module_utils._core.gateway import Gateway
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, plan, removal_values
from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import Redactor
from ansible_collections.postmaster.comms.plugins.module_utils._core.writing import carry_out
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.protocol import PROTOCOL
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator import protocol as operator
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import protocol as mailboxorg_api
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.levels import Login
from tests.simulators import Fault
from tests.simulators.kerio_connect.simulator import METHODS
from tests.simulators.kerio_operator.simulator import METHODS as OPERATOR_METHODS
from tests.simulators.mailboxorg.capabilities import METHODS as CAPABILITY_METHODS
from tests.simulators.mailboxorg.simulator import METHODS as MAILBOXORG_METHODS
from tests.unit.client.servers import CREATE, DELETE, READ, UPDATE, WRITES, Trial


@contextmanager
def _gateway(trial: Trial, *, read_only: bool) -> Iterator[tuple[Gateway, Any]]:
    defaults = {option.name: option.default for option in trial.server.system.connection}
    options = {**defaults, **trial.runner().connection()}
    (resource,) = [each for each in trial.server.system.resources(options) if each.kind == trial.server.kind]
    with trial.server.system.connect(trial.server.system.target(options, read_only), options) as session:
        yield session.gateway, resource


def _write(trial: Trial, gateway: Gateway, resource: Any, what: str) -> None:
    """What the executor would do, without the executor."""
    given = resource.desire(trial.server.wishes[what])
    wish = Wish(resource, given, removal=removal_values(resource, given, {}))
    current = gateway.read(resource, wish.given)
    if what == CREATE:
        carry_out(gateway.create(resource, plan(wish, None).send), gateway.send)
    elif current is not None and what == UPDATE:
        carry_out(gateway.update(resource, current, plan(wish, current).send), gateway.send)
    elif current is not None:
        carry_out(gateway.delete(resource, current, wish.removal), gateway.send)


@pytest.mark.parametrize("what", WRITES)
def test_a_gateway_that_writes_is_stopped_before_the_wire(trial: Trial, what: str) -> None:
    before = trial.people
    with _gateway(trial, read_only=True) as (gateway, resource):
        with pytest.raises(WriteInCheckMode, match="was stopped in check mode"):
            _write(trial, gateway, resource, what)
        assert gateway.read(resource, resource.desire(trial.server.wishes[UPDATE])) is not None
    assert trial.sim.writes == []
    assert trial.people == before


@pytest.mark.parametrize("what", WRITES)
def test_the_same_gateway_writes_in_a_run(trial: Trial, what: str) -> None:
    before = trial.people
    with _gateway(trial, read_only=False) as (gateway, resource):
        _write(trial, gateway, resource, what)
    assert trial.processed_writes == 1
    assert trial.people != before


@pytest.mark.parametrize("what", WRITES)
def test_check_mode_writes_nothing_and_says_what_it_would_do(trial: Trial, what: str) -> None:
    before = trial.people
    assert trial.do(what, check=True)["changed"] is True
    assert trial.sim.writes == []
    assert trial.people == before


def test_a_method_that_nobody_knows_is_no_read(kerio: Trial) -> None:
    target = Target("Kerio Connect", kerio.sim.url, ca_path=kerio.sim.ca_path, read_only=True)
    http = Http(target, Redactor())
    rpc = JsonRpc(http, PROTOCOL, lambda client: None)
    for method in ("Users.getNewThings", "Users.set", "Batch.run", "", "session.login"):
        with pytest.raises(WriteInCheckMode):
            rpc.call(method)
    http.close()
    assert kerio.sim.requests == []


def _is_write(method: Any) -> bool:
    """Whether a simulator takes a method for a write; each has its own way to say it."""
    return bool(method.access.is_write if hasattr(method, "access") else method.is_write)


@pytest.mark.parametrize(
    ("protocol", "methods"),
    [
        (PROTOCOL, METHODS),
        (operator.PROTOCOL, OPERATOR_METHODS),
        (mailboxorg_api.protocol(Login("example")), {**MAILBOXORG_METHODS, **CAPABILITY_METHODS["map"]}),
    ],
    ids=["kerio_connect", "kerio_operator", "mailboxorg"],
)
def test_every_known_read_is_one_for_the_server_too(protocol: Protocol, methods: dict[str, Any]) -> None:
    assert protocol.reads <= methods.keys()
    assert not [name for name in protocol.reads if _is_write(methods[name])]
    assert protocol.session_methods <= methods.keys()
    assert not protocol.reads & protocol.session_methods


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_every_verb_but_get_is_a_write(rest: Trial, method: str) -> None:
    http = Http(Target("The server", rest.sim.url, ca_path=rest.sim.ca_path, read_only=True), Redactor())
    with pytest.raises(WriteInCheckMode):
        Rest(http, {}).write(method, "/api/v1/mailboxes", "the call")
    http.close()
    assert rest.sim.requests == []


def test_the_gate_holds_when_a_session_is_renewed(rpc: Trial) -> None:
    rpc.sim.faults.add(Fault("expire_session", rpc.call(READ)))
    with _gateway(rpc, read_only=True) as (gateway, resource), pytest.raises(WriteInCheckMode):
        _write(rpc, gateway, resource, DELETE)
    assert rpc.sim.writes == []
