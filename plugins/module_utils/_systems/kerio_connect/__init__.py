# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Connect: the mail server, through its administration interface (reference: kerio_connect.md).

This package is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .. import kerio_calls
from ..kerio_web import PATH
from ..system import System, common_connection_options, login_options
from .aliases import ALIAS
from .domains import DOMAIN
from .groups import GROUP
from .ip_address_groups import IP_ADDRESS_GROUP
from .known_reads import KNOWN_READS
from .mailing_lists import MAILING_LIST
from .protocol import TITLE
from .resources import RESOURCE
from .session import connect
from .time_ranges import TIME_RANGE
from .users import USER

SYSTEM = System(
    name="kerio_connect",
    title=TITLE,
    prefix="kerio",
    environment="KERIO_CONNECT",
    path=PATH,
    connection=(
        *common_connection_options("https://mail.example.com:4040", PATH),
        *login_options(
            "Login name of an account with an administration role; with its domain unless that is the primary one."
        ),
    ),
    declared=(DOMAIN, GROUP, USER, ALIAS, MAILING_LIST, RESOURCE, IP_ADDRESS_GROUP, TIME_RANGE),
    connect=connect,
    calls=kerio_calls.rules(KNOWN_READS),
)
