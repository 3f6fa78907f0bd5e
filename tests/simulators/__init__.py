# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated servers for tests, and for people who want to try a playbook before they touch a real server.

Nothing here imports from plugins/: the simulators are written from the fact sheets alone, so that a mistake shared
with the collection's own code cannot prove itself right.
"""

from __future__ import annotations

from typing import Any

from tests.simulators.framework import Call, Clock, Fault, Record, Simulator
from tests.simulators.kerio_connect import KerioConnect, KerioConnectSettings
from tests.simulators.kerio_operator import KerioOperator, KerioOperatorSettings
from tests.simulators.kerio_webmail import KerioWebmail, KerioWebmailSettings
from tests.simulators.mail_rest import MailRest, MailRestSettings
from tests.simulators.mailboxorg import MailboxOrg, MailboxOrgSettings
from tests.simulators.mailcow import Mailcow, MailcowSettings

# Every simulator that `python -m tests.simulators` starts. A new system adds its class here.
SIMULATORS: list[type[Simulator[Any, Any]]] = [KerioConnect, KerioWebmail, KerioOperator, MailRest, Mailcow, MailboxOrg]

__all__ = [
    "SIMULATORS",
    "Call",
    "Clock",
    "Fault",
    "KerioConnect",
    "KerioConnectSettings",
    "KerioOperator",
    "KerioOperatorSettings",
    "KerioWebmail",
    "KerioWebmailSettings",
    "MailRest",
    "MailRestSettings",
    "MailboxOrg",
    "MailboxOrgSettings",
    "Mailcow",
    "MailcowSettings",
    "Record",
    "Simulator",
]
