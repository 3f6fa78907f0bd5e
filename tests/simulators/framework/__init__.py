# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all simulated servers share: HTTPS on loopback, the log of requests, injected faults, a clock."""

from __future__ import annotations

from tests.simulators.framework.clock import Clock
from tests.simulators.framework.faults import Fault
from tests.simulators.framework.records import Call, Record
from tests.simulators.framework.simulator import Simulator

__all__ = ["Call", "Clock", "Fault", "Record", "Simulator"]
