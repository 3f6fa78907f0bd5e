# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Operator: the phone exchange, through its administration interface (reference: kerio_operator.md).

This package is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .. import kerio_calls
from ..kerio_web import PATH
from ..system import System, common_connection_options, login_options
from .extensions import EXTENSION
from .known_reads import KNOWN_READS
from .protocol import TITLE
from .session import connect
from .users import USER

SYSTEM = System(
    name="kerio_operator",
    title=TITLE,
    prefix="operator",
    environment="KERIO_OPERATOR",
    path=PATH,
    connection=(
        *common_connection_options("https://phone.example.com:4021", PATH),
        *login_options("Login name of an account with an administration role."),
    ),
    declared=(USER, EXTENSION),
    connect=connect,
    calls=kerio_calls.rules(KNOWN_READS),
)
