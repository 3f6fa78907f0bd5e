# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""``ansible-lint`` with its strictest profile (see .ansible-lint), on the clean copy."""

from __future__ import annotations

import sys

from tests.tools.clean_copy import run_on_copy

if __name__ == "__main__":
    done = run_on_copy("ansible-lint", ["ansible-lint", "--nocolor"])
    print(done.stdout, flush=True)
    sys.exit(done.returncode)
