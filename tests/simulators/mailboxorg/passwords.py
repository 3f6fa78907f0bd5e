# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule for passwords: one with classes of characters exists, its details are unknown (mailboxorg.md 3.3)."""

from __future__ import annotations

import re

SHORTEST = 8
CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")


def is_strong(password: str) -> bool:
    return len(password) >= SHORTEST and all(re.search(one, password) for one in CLASSES)
