# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others do while a playbook runs: the lookup ``happen`` of a template calls a function of the test by its name.

Ansible evaluates the arguments of a task item by item, so ``{{ lookup('happen', 'bob moves') }}`` in an argument lets
something happen just before the module runs for that item, and in ``until`` just after an attempt.
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

Happening = Callable[[], Any]


class Happenings:
    """Functions by name. What one returns becomes the value of the lookup; ``happened`` tells which were called."""

    def __init__(self, functions: Mapping[str, Happening]) -> None:
        self.happened: list[str] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                name = self.rfile.readline().decode().rstrip("\n")
                outer.happened.append(name)
                self.wfile.write(f"{functions[name]()}\n".encode())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)

    @property
    def environment(self) -> dict[str, str]:
        """For ansible-playbook, so that it finds the lookup and the lookup finds us."""
        return {
            "ANSIBLE_LOOKUP_PLUGINS": str(Path(__file__).parent / "lookup_plugins"),
            "HAPPENINGS_PORT": str(self._server.server_address[1]),
        }

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
