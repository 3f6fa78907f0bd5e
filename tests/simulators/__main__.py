# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.simulators -- COMMAND…`"""

from __future__ import annotations

import sys

from tests.simulators import SIMULATORS
from tests.simulators.framework.launcher import main

if __name__ == "__main__":
    sys.exit(main(SIMULATORS))
