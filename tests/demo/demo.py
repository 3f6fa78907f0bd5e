# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""``make demo``: audit, apply, and apply again, for a small company with a simulated server of each system."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from tests.simulators import KerioConnect, KerioOperator, MailboxOrg, MailRest, Simulator
from tests.tools.collection import ROOT, ensure_link

Servers = dict[str, Simulator[Any, Any]]

# The names under which the writes are counted.
COMPANY: dict[str, type[Simulator[Any, Any]]] = {
    "Kerio Connect": KerioConnect,
    "Kerio Operator": KerioOperator,
    "mailbox.org": MailboxOrg,
    "mail server": MailRest,
}
INVENTORY = "tests/demo/inventory"
WIDTH = 88

WELCOME = """
A small company keeps its mail and phone accounts as code: the users of a Kerio Connect server, the phones of a Kerio
Operator server, the hosted mailboxes of its branch office at mailbox.org, and the mailboxes and aliases of a mail
server with an Email Management API. All of them are simulated, on this machine alone, behind real HTTPS. What they
are to hold stands in {inventory}: have a look, the files are short.
"""
AUDIT = """
Check mode asks all servers and writes nothing. The diff says what differs from the files, in the words of the files; a
password is never shown. The summary at the end counts the drift of each server.
"""
APPLY = """
The same files, now for real. Each server gets one plan and one login, and is read again afterwards: a wish that a
server confirmed and did not carry out would be an error.
"""
AGAIN = """
Nothing differs any more, so nothing is written: "changed=0" for each server. This can run every night.
"""
GOODBYE = """
Try it yourself, on servers that vanish when you leave the shell:
"""
COMMANDS = """    export PATH="$PWD/.venv/bin:$PATH" ANSIBLE_COLLECTIONS_PATH="$PWD/.cache/collections"
    python -m tests.simulators -- bash
    ansible-playbook postmaster.comms.apply --inventory {inventory} --check --diff
    ansible-doc postmaster.comms.kerio_user
"""
NEXT = """
Edit the files in {inventory} in between. README.md has the first playbook for a server of your own; a server that is
in use already is adopted with the _info module of its system.
"""


def main() -> int:
    """Run the three steps; the exit code is 0 when each did what its heading says."""
    say("Mail and phone accounts as code", WELCOME.format(inventory=INVENTORY))
    with ExitStack() as stack:
        servers: Servers = {name: stack.enter_context(kind(real_time=True)) for name, kind in COMPANY.items()}
        # The company's DNS has the record already that proves whose the new domain is.
        servers["mailbox.org"].store.publish_ownership("example", "branch.example.com")
        for heading, text, playbook, writes in steps():
            say(heading, text)
            code = run_playbook(playbook, servers)
            if code:
                return code
            counts = writes_since_last_time(servers)
            print(
                "  => Writes that arrived:", ", ".join(f"{name} {count}" for name, count in counts.items()), flush=True
            )
            if not all((count > 0) == writes for count in counts.values()):
                print("  => That is not what was announced: a defect of this collection.", flush=True)
                return 1
    say("Where to go on", GOODBYE)
    print(COMMANDS.format(inventory=INVENTORY))
    print(wrapped(NEXT.format(inventory=INVENTORY)), flush=True)
    return 0


def steps() -> Iterator[tuple[str, str, str, bool]]:
    """Heading, explanation and playbook of each step, and whether it writes anything."""
    yield "1  Audit: what has drifted?", AUDIT, "postmaster.comms.audit", False
    yield "2  Apply: make it so", APPLY, "postmaster.comms.apply", True
    yield "3  Apply again: nothing to do", AGAIN, "postmaster.comms.apply", False


def run_playbook(playbook: str, servers: Servers) -> int:
    """Show the command, run it, return its exit code."""
    command = ["ansible-playbook", playbook, "--inventory", INVENTORY]
    print(f"  $ {' '.join(command)}", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment(servers), stdin=subprocess.DEVNULL, check=False).returncode


def environment(servers: Servers) -> dict[str, str]:
    """Where the servers are, and Ansible's settings for output that people read."""
    terminal = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    variables = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ensure_link()),
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
        "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "false",
        "ANSIBLE_FORCE_COLOR" if terminal else "ANSIBLE_NOCOLOR": "true",
    }
    for server in servers.values():
        variables.update(server.environment)
    return variables


def writes_since_last_time(servers: Servers) -> dict[str, int]:
    """How many writes each server noted in its own log, which is emptied."""
    counts = {name: len(server.writes) for name, server in servers.items()}
    for server in servers.values():
        server.requests.clear()
    return counts


def say(heading: str, text: str) -> None:
    print(f"\n\n{'=' * WIDTH}\n  {heading}\n{'=' * WIDTH}\n\n{wrapped(text)}\n", flush=True)


def wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent="  ", subsequent_indent="  ")


if __name__ == "__main__":
    sys.exit(main())
