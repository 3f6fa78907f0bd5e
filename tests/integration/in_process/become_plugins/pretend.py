# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A way to become somebody else on machines that have none: it runs the command as it is."""

from __future__ import annotations

from typing import Any

from ansible.plugins.become import BecomeBase

DOCUMENTATION = """
name: pretend
short_description: Become nobody else
description: For the tests of this collection.
"""


class BecomeModule(BecomeBase):
    """Needs no other user, no password and no program."""

    name = "pretend"

    def build_become_command(self, cmd: str, shell: Any) -> str:
        super().build_become_command(cmd, shell)
        command: str = self._build_success_command(cmd, shell)
        return command
