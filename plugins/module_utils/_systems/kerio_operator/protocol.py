# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Operator adds to the web library of the Kerio products: its reads, and the oldest version that we speak to.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import ProtocolError, ServerRefusal
from .. import kerio_web

TITLE = "Kerio Operator"
READS = frozenset(
    {
        "Extensions.get",
        "Extensions.getNextValidNumber",
        "Extensions.getSipPassword",
        "Server.getInternalDirectoryList",
        "Users.get",
        "Version.getApiVersion",
    }
)
PROTOCOL = kerio_web.protocol(TITLE, READS, rights="use an account whose role may change the configuration")

# A byte for each part: 2.0.0.0. Older servers name everything differently (kerio_operator.md 1.4 and 6.1).
OLDEST_VERSION = 0x02000000


def check_version(rpc: JsonRpc) -> None:
    """Raises ServerRefusal for a server older than 2.0, ProtocolError for one that does not tell its version."""
    method = "Version.getApiVersion"
    version = str(rpc.call(method).get("apiVersion"))
    if not version.isdigit():
        raise ProtocolError(f"{TITLE} did not say which version of its API it speaks", method=method)
    if int(version) < OLDEST_VERSION:
        parts = ".".join(str(part) for part in int(version).to_bytes(4, "big"))
        raise ServerRefusal(
            f"{TITLE} speaks version {parts} of its API, and this collection needs 2.0.0.0; upgrade the server",
            method=method,
        )
