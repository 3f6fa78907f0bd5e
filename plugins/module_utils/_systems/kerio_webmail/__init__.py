# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Connect's client interface: what belongs to the user who logs in (reference: kerio_connect.md 4).

This package is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..system import System, common_connection_options, login_options
from .filters import FILTER
from .out_of_office_replies import OUT_OF_OFFICE
from .protocol import PATH, TITLE
from .session import connect

SYSTEM = System(
    name="kerio_webmail",
    title=TITLE,
    prefix="kerio_webmail",
    environment="KERIO_WEBMAIL",
    path=PATH,
    connection=(
        *common_connection_options("https://mail.example.com", PATH),
        *login_options(
            "Login name of the user whose settings these are; with its domain unless that is the primary one."
        ),
    ),
    declared=(OUT_OF_OFFICE, FILTER),
    connect=connect,
    whole="mailbox",
)
