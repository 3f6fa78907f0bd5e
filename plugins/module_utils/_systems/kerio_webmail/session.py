# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of Kerio Connect's client interface, which is open to every user (kerio_connect.md 1.3 to 1.6 and 4.1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from ..._client.http import Target
from .. import kerio_web
from ..rpc_session import rpc_session
from ..system import Session
from .gateway import WebmailGateway
from .protocol import PROTOCOL


def connect(target: Target, options: Mapping[str, Any]) -> AbstractContextManager[Session]:
    """A gateway whose session is opened by its first call and closed at the end."""
    login = partial(kerio_web.login, advice=", and that api_url leads to the web client, not to the administration")
    return rpc_session(target, options, PROTOCOL, login, kerio_web.LOGOUT, WebmailGateway)
