# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated servers that run inside the test process, and an ansible-core that runs outside of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.integration.canaries import Canaries
from tests.integration.playbooks import FOREIGN, Ansible
from tests.simulators import KerioConnect, KerioOperator, KerioWebmail, MailboxOrg, Mailcow, MailRest, Simulator


@pytest.fixture
def ansible(ansible_core: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ansible:
    """An ansible-core that finds nothing of this machine's own settings, and an empty directory to work in."""
    for name in [name for name in os.environ if name.startswith(FOREIGN)]:
        monkeypatch.delenv(name)
    return Ansible(ansible_core, tmp_path / "project")


@pytest.fixture(scope="session")
def running() -> Iterator[dict[str, Simulator[Any, Any]]]:
    """All simulators, started once."""
    kinds: dict[str, type[Simulator[Any, Any]]] = {
        "kerio_connect": KerioConnect,
        "kerio_webmail": KerioWebmail,
        "kerio_operator": KerioOperator,
        "mailboxorg": MailboxOrg,
        "rest": MailRest,
        "mailcow": Mailcow,
    }
    with ExitStack() as stack:
        yield {name: stack.enter_context(kind()) for name, kind in kinds.items()}


@pytest.fixture
def servers(running: dict[str, Simulator[Any, Any]]) -> Iterator[dict[str, Simulator[Any, Any]]]:
    """All simulators in their starting state. A mistake of a simulator itself fails the test that met it."""
    for simulator in running.values():
        simulator.reset()
    yield running
    for simulator in running.values():
        assert simulator.internal_errors == []
        assert simulator.open_sessions == 0


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()
