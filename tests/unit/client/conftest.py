# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each simulator is started once and reset for each test; pauses are noted and take no time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client import logins
from tests.unit.client.servers import BY_NAME, SERVERS, WITH_KEYS, WITH_SESSIONS, Server, Trial


@pytest.fixture(scope="session")
def running_simulators() -> Iterator[dict[str, Any]]:
    running: dict[str, Any] = {}
    yield running
    for sim in running.values():
        sim.stop()


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have waited."""
    noted: list[float] = []
    monkeypatch.setattr(time, "sleep", noted.append)
    return noted


def _trial(server: Server, running: dict[str, Any], pauses: list[float], patch: pytest.MonkeyPatch) -> Trial:
    if server.name not in running:
        running[server.name] = server.simulator().start()
    sim = running[server.name]
    sim.reset()
    logins.forget_all()
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "HTTPS_PROXY", "https_proxy", "NETRC"):
        patch.delenv(variable, raising=False)
    return Trial(server, sim, pauses)


@pytest.fixture(params=SERVERS, ids=lambda server: str(server.name))
def trial(
    request: pytest.FixtureRequest,
    running_simulators: dict[str, Any],
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> Trial:
    """Once for each kind of server."""
    return _trial(request.param, running_simulators, pauses, monkeypatch)


def _one_of(*names: str) -> Any:
    """A fixture: a trial of each of these servers."""

    @pytest.fixture(params=names)
    def trial_of(
        request: pytest.FixtureRequest,
        running_simulators: dict[str, Any],
        pauses: list[float],
        monkeypatch: pytest.MonkeyPatch,
    ) -> Trial:
        return _trial(BY_NAME[request.param], running_simulators, pauses, monkeypatch)

    return trial_of


rpc = _one_of(*WITH_SESSIONS)
keyed = _one_of(*WITH_KEYS)
kerio = _one_of("kerio_connect", "kerio_operator")
rest = _one_of("mail_rest")
mailboxorg = _one_of("mailboxorg")
