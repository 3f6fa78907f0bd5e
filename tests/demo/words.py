# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the demo says before and after its steps, and how."""

from __future__ import annotations

import textwrap

WIDTH = 88

WELCOME = """
A small company keeps its mail and phone accounts as code: a Kerio Connect server with its domains, groups, users,
aliases, mailing lists and rooms; the phones of a Kerio Operator server; the hosted mailboxes of its branch office at
mailbox.org; the shop's domain, mailboxes, aliases and sync jobs on a mail server with an Email Management API. All of
them are simulated, on this machine alone, behind real HTTPS. What they are to hold stands in {inventory}: have a look,
the files are short.
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
Edit the files in {inventory} in between. README.md has the first playbook for a server of your own, and the command
that adopts a server which is in use already.
"""


def say(heading: str, text: str) -> None:
    print(f"\n\n{'=' * WIDTH}\n  {heading}\n{'=' * WIDTH}\n\n{wrapped(text)}\n", flush=True)


def wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent="  ", subsequent_indent="  ")
