# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets something happen in the process of the test, as a template is evaluated; see happenings.py."""

from __future__ import annotations

import os
import socket
from typing import Any

from ansible.plugins.lookup import LookupBase

DOCUMENTATION = """
name: happen
short_description: Let something happen in the process of a test
description: Waits until it has happened; the value is what the test answers.
options:
  _terms:
    description: Names of what is to happen.
"""


class LookupModule(LookupBase):
    """One line out, one line back, for each term."""

    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[str]:
        return [_ask(term) for term in terms]


def _ask(name: str) -> str:
    with socket.create_connection(("127.0.0.1", int(os.environ["HAPPENINGS_PORT"]))) as connection:
        connection.sendall(f"{name}\n".encode())
        with connection.makefile(encoding="utf-8") as answer:
            return answer.readline().rstrip("\n")
