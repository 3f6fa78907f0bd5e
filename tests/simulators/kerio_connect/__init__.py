# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Connect, administration interface (JSON-RPC on port 4040 of a real server)."""

from __future__ import annotations

from tests.simulators.kerio_connect.settings import KerioConnectSettings
from tests.simulators.kerio_connect.simulator import KerioConnect

__all__ = ["KerioConnect", "KerioConnectSettings"]
