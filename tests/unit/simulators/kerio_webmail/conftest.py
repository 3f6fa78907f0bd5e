# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running server per module, brought back to its starting state for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulators import KerioWebmail
from tests.unit.simulators.kerio_webmail.client import WebmailClient


@pytest.fixture(scope="module")
def running() -> Iterator[KerioWebmail]:
    with KerioWebmail() as simulator:
        yield simulator


@pytest.fixture
def server(running: KerioWebmail) -> Iterator[KerioWebmail]:
    running.reset()
    yield running
    assert running.internal_errors == []


@pytest.fixture
def anybody(server: KerioWebmail) -> Iterator[WebmailClient]:
    client = WebmailClient(server)
    yield client
    client.http.close()


@pytest.fixture
def alice(anybody: WebmailClient) -> WebmailClient:
    anybody.open_session("alice", anybody.server.user_password)
    return anybody


@pytest.fixture
def bob(server: KerioWebmail) -> Iterator[WebmailClient]:
    client = WebmailClient(server)
    client.open_session("bob@example.com", "bob-2-Secret")
    yield client
    client.http.close()
