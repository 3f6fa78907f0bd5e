# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task comes to the same in Ansible's worker and as an ordinary module: everything that Ansible tells of it, what the
servers hold afterwards, and what they were asked to write. in_process/plays/*.yml holds the tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from tests.integration.canaries import Canaries
from tests.integration.in_process.both_ways import IN_PROCESS, ORDINARY, Run, Runs, Servers, differences, leaks, nothing
from tests.integration.in_process.chance import Seeded, chance
from tests.integration.in_process.scenarios import PLAYS, connections, load, unmet
from tests.integration.playbooks import VAULT_PASSWORD, Ansible
from tests.simulators import KerioConnect

__all__ = ["chance"]

SECRETS = ("carol", "dave", "inline", "nested", "hidden", "wrong")
# What may stand in a vault and be no secret.
SHOWN = "Everybody may read this"


@pytest.fixture(scope="session")
def second_kerio() -> Iterator[KerioConnect]:
    with KerioConnect() as simulator:
        yield simulator


@pytest.fixture
def runs(ansible: Ansible, servers: Servers, second_kerio: KerioConnect, chance: Seeded) -> Runs:
    (ansible.folder / "vault-password").write_text(VAULT_PASSWORD)
    return Runs(ansible, {**servers, "second_kerio": second_kerio}, chance)


def both(
    runs: Runs, canaries: Canaries, name: str, *arguments: str, verbosity: str = "-vvvv", **more: Any
) -> tuple[Run, Run]:
    """Run the plays of a file both ways and hold all that comes of it side by side, without a secret in any of it."""
    secrets = {**{each: canaries.new() for each in SECRETS}, "shown": SHOWN}
    for server in runs.servers.values():
        for variable, value in server.environment.items():
            if variable.endswith(("_PASSWORD", "_KEY")):
                canaries.add(value)
    variables = {**connections(runs.servers), **more.pop("variables", {}), "secret": secrets}
    plays = load(name, secrets)
    arguments = (verbosity, "--diff", "--vault-password-file", "vault-password", *arguments)
    one, other = (runs.run(plays, way, *arguments, variables=variables, **more) for way in (IN_PROCESS, ORDINARY))
    nothing(
        [
            f"{way}: {found}"
            for way, run in (("in-process", one), ("ordinary", other))
            for found in [*unmet(plays, run.outcome), *leaks(canaries, run)]
        ]
        + differences(one, other)
    )
    return one, other


def test_values_may_come_from_anywhere(runs: Runs, canaries: Canaries) -> None:
    both(runs, canaries, "values")


def test_loops(runs: Runs, canaries: Canaries) -> None:
    both(runs, canaries, "loops", variables={"included": str(PLAYS / "included.yml")})


def test_errors(runs: Runs, canaries: Canaries) -> None:
    both(runs, canaries, "errors", variables={"wrong_key": canaries.new_key()})


def test_hosts(runs: Runs, canaries: Canaries) -> None:
    own = connections(runs.servers)
    variables = {
        "kerio_host": own["kerio"],
        "second_host": own["second_kerio"],
        "phone_host": own["operator"],
        "mail_host": own["rest"],
    }
    hosts = {name: {"own": each, "own_name": f"I am {name}"} for name, each in variables.items()}

    in_process, ordinary = both(runs, canaries, "hosts", hosts={**hosts, "localhost": {}})

    # One worker a host and task, however many items the task has.
    assert in_process.logins["second_kerio"] < ordinary.logins["second_kerio"]


def test_check_mode(runs: Runs, canaries: Canaries) -> None:
    in_process, _ordinary = both(runs, canaries, "predictions", "--check")

    written = {name: [call for call, _params in calls] for name, calls in in_process.writes.items() if calls}
    assert written == {"kerio_connect": ["Users.set"]}


def test_what_is_printed(runs: Runs, canaries: Canaries) -> None:
    """With an encrypted file of variables beside the playbook, under a label of its own."""
    password = canaries.new()
    vault = VaultLib([("team", VaultSecret(b"opens the team's vault"))])
    text = yaml.safe_dump({"from_a_file": password})
    (runs.ansible.folder / "secrets.yml").write_bytes(vault.encrypt(text, vault_id="team"))
    (runs.ansible.folder / "team-password").write_text("opens the team's vault")

    def fill(servers: Servers) -> None:
        for number in range(2000):
            servers["kerio_connect"].store.add_user(f"user{number}", fullName="x" * 100)

    in_process, ordinary = both(
        runs, canaries, "printed", "--vault-id", "team@team-password", verbosity="-v", prepare=fill
    )

    # From 2.19 on, Ansible's own words in front of an error name what failed, and that is the way.
    assert in_process.outcome.output.replace("Action failed:", "Module failed:") == ordinary.outcome.output
    assert runs.servers["kerio_connect"].store.user("carol")["password"] == password
