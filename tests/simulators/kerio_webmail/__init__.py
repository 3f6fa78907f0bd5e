# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Connect, client interface (JSON-RPC beside the webmail on port 443 of a real server)."""

from __future__ import annotations

from tests.simulators.kerio_webmail.settings import KerioWebmailSettings
from tests.simulators.kerio_webmail.simulator import KerioWebmail

__all__ = ["KerioWebmail", "KerioWebmailSettings"]
