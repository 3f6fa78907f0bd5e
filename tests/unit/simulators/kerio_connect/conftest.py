# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running server per module, brought back to its starting state for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulators import KerioConnect
from tests.unit.simulators.kerio_connect.client import Client


@pytest.fixture(scope="module")
def running() -> Iterator[KerioConnect]:
    with KerioConnect() as simulator:
        yield simulator


@pytest.fixture
def server(running: KerioConnect) -> Iterator[KerioConnect]:
    running.reset()
    yield running
    assert running.internal_errors == []


@pytest.fixture
def anybody(server: KerioConnect) -> Iterator[Client]:
    client = Client(server)
    yield client
    client.http.close()


@pytest.fixture
def admin(anybody: Client) -> Client:
    return anybody.login()
