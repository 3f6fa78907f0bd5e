# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a server holds: described, written into files as an export does, read and applied, it changes nothing."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, note, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.filter.export_yaml import export_yaml
from tests.unit.matrix.registry import SUBJECTS
from tests.unit.matrix.running import Fleet
from tests.unit.matrix.subjects import Server, Subject

EVERY_SERVER = pytest.mark.parametrize(
    ("subject", "server"),
    [pytest.param(subject, server, id=server.name) for subject in SUBJECTS for server in subject.servers],
)


@EVERY_SERVER
@settings(max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_exported_and_applied_changes_nothing(
    subject: Subject, server: Server, fleet: Fleet, data: st.DataObject
) -> None:
    running = fleet.reset(subject, server)
    subject.fill(data.draw, running.store)
    with fleet.without_the_wire():
        info = running.runner.info()
    assert not info.get("failed"), info["msg"]
    assert set(info["secrets"]) == set(info["config"])

    document = {}
    for plural, entries in info["config"].items():
        text = export_yaml(entries, plural, info["secrets"][plural])
        note(text)
        document.update(yaml.safe_load(text))
    assert document == info["config"]

    running.simulator.requests.clear()
    for check in (True, False):
        with fleet.without_the_wire():
            answer = running.runner.config(document, check=check)
        assert not answer.get("failed"), answer["msg"]
        assert answer["changed"] is False, answer["results"]
    assert running.simulator.writes == []


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.system.name)
def test_every_secret_that_no_file_holds_is_named(subject: Subject, fleet: Fleet) -> None:
    """Top-level options and members of entries, and none that a file may hold."""
    server = subject.servers[0]
    info = fleet.reset(subject, server).runner.info()
    for resource in subject.system.resources({**_defaults(subject), **server.connection}):
        secret = {leaf.name for leaf in subject.leaves(resource) if leaf.field.secret}
        assert {option.replace("[]", "") for option in info["secrets"][resource.plural]} == secret


def _defaults(subject: Subject) -> dict[str, object]:
    return {option.name: option.default for option in subject.system.connection}
