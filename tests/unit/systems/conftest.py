# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Benches: each simulator is started once and reset for each test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client import logins
from tests.simulators import KerioConnect, KerioOperator, KerioWebmail, MailboxOrg, Mailcow, MailRest, Simulator
from tests.simulators.mail_rest.settings import PROFILES
from tests.support.shortcut import in_this_process
from tests.unit.systems.bench import Bench


@pytest.fixture(scope="session")
def _running() -> Iterator[dict[str, Simulator[Any, Any]]]:
    """The simulators by name, started when a test first asks for them."""
    running: dict[str, Simulator[Any, Any]] = {}
    yield running
    for sim in running.values():
        sim.stop()


def _bench(name: str, running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    if name not in running:
        known = (KerioConnect, KerioWebmail, KerioOperator, Mailcow, MailboxOrg)
        kinds: dict[str, Any] = {kind.name: kind for kind in known}
        running[name] = kinds[name]() if name in kinds else MailRest(PROFILES[name])
        running[name].start()
    sim = running[name]
    sim.reset()
    logins.forget_all()
    if isinstance(sim, MailRest):
        sim.settings.rate_wait = "window"  # the client's pauses move the simulator's clock, see Bench
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(variable, raising=False)
    with in_this_process({sim.url: sim}):
        yield Bench(sim, monkeypatch)
    assert sim.internal_errors == []
    assert sim.open_sessions == 0, "a session was left open"


@pytest.fixture
def kerio(_running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from _bench("kerio_connect", _running, monkeypatch)


@pytest.fixture
def webmail(_running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from _bench("kerio_webmail", _running, monkeypatch)


@pytest.fixture
def operator(_running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from _bench("kerio_operator", _running, monkeypatch)


@pytest.fixture
def mailboxorg(_running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from _bench("mailboxorg", _running, monkeypatch)


@pytest.fixture
def rest(_running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """The Email Management API as its document has it."""
    yield from _bench("documented", _running, monkeypatch)


@pytest.fixture
def mailcow(_running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from _bench("mailcow", _running, monkeypatch)


@pytest.fixture(params=["documented", "thin", "strict", "hostile", "mailcow"])
def mail(
    request: pytest.FixtureRequest, _running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Both dialects: the Email Management API under each profile, and mailcow."""
    yield from _bench(request.param, _running, monkeypatch)


@pytest.fixture(params=["documented", "thin", "strict", "mailcow"])
def calm_mail(
    request: pytest.FixtureRequest, _running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Those that have no faults of their own, for tests that bring some."""
    yield from _bench(request.param, _running, monkeypatch)


@pytest.fixture(params=["documented", "mailcow"])
def either(
    request: pytest.FixtureRequest, _running: dict[str, Simulator[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Each dialect once, for what does not depend on the habits of a server."""
    yield from _bench(request.param, _running, monkeypatch)
