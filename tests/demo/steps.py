# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of the demo, and what has to come of each."""

from __future__ import annotations

from dataclasses import dataclass

ALL = ("Kerio Connect", "Kerio Operator", "mailbox.org", "mail server")
KERIO = ("--limit", "kerio.example.com")


@dataclass(frozen=True)
class Step:
    """A playbook that is run. ``writes`` names the servers that have to note writes, all others must not; ``code`` is
    the exit code that is announced; ``shows`` is a file to print afterwards."""

    heading: str
    text: str
    playbook: str
    arguments: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    code: int = 0
    shows: str = ""


STEPS = (
    Step(
        "Export: adopt what is there",
        """
        The servers are in use already. One command writes what they hold into files to keep under version control: one
        folder for each server, one file for each resource. Secrets are not in them; a comment marks where one belongs.
        """,
        "export",
        shows=".cache/demo/kerio.example.com/kerio_connect/aliases.yml",
    ),
    Step(
        "Audit against the export: nothing to do",
        """
        The proof that nothing got lost: an audit compares the servers with the files that were just written, and finds
        no difference in any field.
        """,
        "audit",
        ("--extra-vars", "config_dir={{ export_dir }}"),
    ),
    Step(
        "Audit against what the company wants: the drift",
        """
        Now the inventory's own variables, where the company says what it wants: a branch office with a domain, people,
        a mailing list, a meeting room, a shop. Check mode asks all servers and writes nothing. The diff says what
        differs, in the words of the files; a password is never shown. The summary at the end counts the drift of each
        server.
        """,
        "audit",
    ),
    Step(
        "Apply: make it so",
        """
        The same files, now for real. Each server gets one plan and one login. What needs something else comes after it:
        a domain, its users, then the lists and rooms that name them. Everything is read again afterwards: a wish that a
        server confirmed and did not carry out would be an error.
        """,
        "apply",
        writes=ALL,
    ),
    Step(
        "Apply again: nothing to do",
        """
        Nothing differs any more, so nothing is written: "changed=0" for each server. This can run every night.
        """,
        "apply",
    ),
    Step(
        "Prune: refused, since something would break",
        """
        Bob is gone, and no file names him. What no file names stays, unless somebody asks for pruning. But an alias of
        the old days still leads to Bob, and nobody has thought of it. So the run is refused before anything is changed,
        and says why. (This failure is part of the show.)
        """,
        "apply",
        (*KERIO, "--extra-vars", '{"kerio_connect_prune": ["users"]}'),
        code=2,
    ),
    Step(
        "Prune: agreed",
        """
        The aliases may go as well, if no file names them. Both are deleted, in the order that the server needs. Bob's
        mailbox stays on its disk: whatever destroys mail needs a consent of its own.
        """,
        "apply",
        (*KERIO, "--diff", "--extra-vars", '{"kerio_connect_prune": ["users", "aliases"]}'),
        writes=("Kerio Connect",),
    ),
)
