# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that is reached over a network, as far as Ansible can tell; it is this one."""

from __future__ import annotations

from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = """
name: pretend_remote
short_description: Another machine
description: For the tests of this collection.
extends_documentation_fragment: connection_pipelining
"""


class Connection(LocalConnection):
    """Runs what a remote machine would run."""

    transport = "pretend_remote"
