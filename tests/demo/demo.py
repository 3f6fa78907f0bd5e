# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""``make demo``: the servers of a small company, all simulated, are adopted, audited, changed and pruned."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import ExitStack
from typing import Any

from tests.demo.steps import STEPS, Step
from tests.demo.words import COMMANDS, GOODBYE, NEXT, WELCOME, say, wrapped
from tests.simulators import KerioConnect, KerioOperator, MailboxOrg, MailRest, Simulator
from tests.tools.collection import CACHE, ROOT, ensure_link

Servers = dict[str, Simulator[Any, Any]]

# The names under which the writes are counted.
COMPANY: dict[str, type[Simulator[Any, Any]]] = {
    "Kerio Connect": KerioConnect,
    "Kerio Operator": KerioOperator,
    "mailbox.org": MailboxOrg,
    "mail server": MailRest,
}
INVENTORY = "tests/demo/inventory"
EXPORTED = CACHE / "demo"


def main() -> int:
    """Run the steps; the exit code is 0 when each did what its heading says."""
    shutil.rmtree(EXPORTED, ignore_errors=True)
    say("Mail and phone accounts as code", WELCOME.format(inventory=INVENTORY))
    with ExitStack() as stack:
        servers: Servers = {name: stack.enter_context(kind(real_time=True)) for name, kind in COMPANY.items()}
        prepare(servers)
        for number, step in enumerate(STEPS, 1):
            say(f"{number}  {step.heading}", step.text)
            code = run_playbook(step, servers)
            show(step)
            counts = writes_since_last_time(servers)
            print(
                f"  => Writes that arrived: {', '.join(f'{name} {count}' for name, count in counts.items())}",
                flush=True,
            )
            if code != step.code or {name for name, count in counts.items() if count} != set(step.writes):
                print("  => That is not what was announced: a defect of this collection.", flush=True)
                return 1
    say("Where to go on", GOODBYE)
    print(COMMANDS.format(inventory=INVENTORY))
    print(wrapped(NEXT.format(inventory=INVENTORY)), flush=True)
    return 0


def prepare(servers: Servers) -> None:
    """What the company has beside the state in which each simulated server starts."""
    # Its DNS has the record already that proves whose the new domain is.
    servers["mailbox.org"].store.publish_ownership("example", "branch.example.com")
    # An alias of the old days, which nobody thinks of any more.
    servers["Kerio Connect"].store.add_alias("orders", "bob@example.com", description="Since 2009")


def run_playbook(step: Step, servers: Servers) -> int:
    """Show the command, run it, return its exit code."""
    command = ["ansible-playbook", f"postmaster.comms.{step.playbook}", "--inventory", INVENTORY, *step.arguments]
    print(f"  $ {shlex.join(command)}", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment(servers), stdin=subprocess.DEVNULL, check=False).returncode


def show(step: Step) -> None:
    """A file that the step has written."""
    if step.shows:
        print(f"  $ cat {step.shows}\n{(ROOT / step.shows).read_text(encoding='utf-8')}", flush=True)


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


if __name__ == "__main__":
    sys.exit(main())
