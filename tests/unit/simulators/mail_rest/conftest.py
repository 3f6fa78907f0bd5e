# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A REST simulator in its starting state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulators import MailRest


@pytest.fixture(scope="module")
def running() -> Iterator[MailRest]:
    with MailRest() as simulator:
        yield simulator


@pytest.fixture
def server(running: MailRest) -> Iterator[MailRest]:
    running.reset()
    yield running
    assert running.internal_errors == []
