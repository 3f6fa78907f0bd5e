# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: what becomes of a mailbox, and who receives its mail (kerio_connect.md 3.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import MissingReference
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .directory import Directory
from .domain_objects import DomainObjects
from .users import DIRECTORY, MAILBOX, USER


class UserCalls(DomainObjects):
    """The calls about users."""

    def __init__(self, rpc: JsonRpc, directory: Directory) -> None:
        super().__init__(rpc, directory, USER)
        self._heirs: dict[str, str] = {}

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        request = {
            "userId": current.identity,
            "method": MAILBOX[removal["mailbox"]],
            "targetUserId": self._heir(removal["move_to"]) if "move_to" in removal else "",
            "removeReferences": removal["remove_references"],
            "mode": DIRECTORY[removal["directory_account"]],
        }
        yield from self._write("remove", "requests", request)

    def _heir(self, address: str) -> str:
        """The id of the user who receives the mail. Raises MissingReference, also for one that vanished just now."""
        if address not in self._heirs:
            name, _at, domain = address.rpartition("@")
            user = self.read({"name": name, "domain": domain})
            if user is None:
                raise MissingReference(USER.kind, address, "name a user that exists in move_to")
            self._heirs[address] = user.identity
        return self._heirs[address]

    def forget_heirs(self) -> None:
        """Those who receive mail are looked up once for what is sent together, and not from memory later."""
        self._heirs.clear()
