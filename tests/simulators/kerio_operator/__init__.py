# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Operator: administration (port 4021 of a real server) and Kerio Phone (443), both JSON-RPC, on one port."""

from __future__ import annotations

from tests.simulators.kerio_operator.settings import KerioOperatorSettings
from tests.simulators.kerio_operator.simulator import KerioOperator

__all__ = ["KerioOperator", "KerioOperatorSettings"]
