# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of Kerio Connect's administration interface (kerio_connect.md 1.3 to 1.6).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from ..._client.http import Target
from .. import kerio_calls, kerio_web
from ..rpc_session import rpc_session
from ..system import Session
from .gateway import KerioConnectGateway
from .known_reads import KNOWN_READS
from .protocol import PROTOCOL


def connect(target: Target, options: Mapping[str, Any]) -> AbstractContextManager[Session]:
    """A gateway whose session is opened by its first call and closed at the end."""
    return rpc_session(
        target,
        options,
        PROTOCOL,
        kerio_web.login,
        kerio_web.LOGOUT,
        KerioConnectGateway,
        kerio_calls.failures(KNOWN_READS),
    )
