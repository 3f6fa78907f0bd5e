# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make the checkout importable as ``ansible_collections.postmaster.comms``, however pytest was started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.tools.collection import ROOT, ensure_link

_collections = str(ensure_link())
if _collections not in sys.path:
    sys.path.insert(0, _collections)
# For the ansible processes that tests start.
os.environ["ANSIBLE_COLLECTIONS_PATH"] = _collections


@pytest.fixture(scope="session", params=["oldest", "newest"])
def ansible_core(request: pytest.FixtureRequest) -> Path:
    """Where the commands of an ansible-core lie (``ansible_core / "ansible-playbook"``).

    A test that asks for this runs twice: on the oldest and on the newest ansible-core that this machine can install.
    """
    commands: Path = ROOT / f".venv-{request.param}" / "bin"
    if not (commands / "ansible-playbook").exists():
        pytest.fail(f"there is no ansible-core in {commands.parent.name}: run 'make venvs' first")
    return commands
