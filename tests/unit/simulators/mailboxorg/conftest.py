# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running server per module, brought back to its starting state for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulators import MailboxOrg
from tests.unit.simulators.mailboxorg.client import Client


@pytest.fixture(scope="module")
def running() -> Iterator[MailboxOrg]:
    with MailboxOrg() as simulator:
        yield simulator


@pytest.fixture
def server(running: MailboxOrg) -> Iterator[MailboxOrg]:
    running.reset()
    yield running
    assert running.internal_errors == []


@pytest.fixture
def anybody(server: MailboxOrg) -> Iterator[Client]:
    client = Client(server)
    yield client
    client.http.close()


@pytest.fixture
def account(anybody: Client) -> Client:
    """Logged in at the level account, as the environment variables say."""
    return anybody.login()


@pytest.fixture
def reseller(server: MailboxOrg) -> Iterator[Client]:
    client = Client(server).login("reseller")
    yield client
    client.http.close()
