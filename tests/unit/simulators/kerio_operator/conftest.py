# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running server per module, brought back to its starting state for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulators import KerioOperator
from tests.unit.simulators.kerio_operator.client import PHONE_ENDPOINT, Client


@pytest.fixture(scope="module")
def running() -> Iterator[KerioOperator]:
    with KerioOperator() as simulator:
        yield simulator


@pytest.fixture
def server(running: KerioOperator) -> Iterator[KerioOperator]:
    running.reset()
    yield running
    assert running.internal_errors == []


@pytest.fixture
def anybody(server: KerioOperator) -> Iterator[Client]:
    client = Client(server)
    yield client
    client.http.close()


@pytest.fixture
def admin(anybody: Client) -> Client:
    return anybody.login()


@pytest.fixture
def alice(server: KerioOperator) -> Iterator[Client]:
    """An ordinary user, logged in to the phone interface."""
    client = Client(server, PHONE_ENDPOINT).login("alice", "alice-1-Secret")
    yield client
    client.http.close()
