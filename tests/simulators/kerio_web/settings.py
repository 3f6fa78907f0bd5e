# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Switches that every Kerio server has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass
class KerioWebSettings:
    """The defaults are what the fact sheets (kerio_connect.md 1 and 8, kerio_operator.md 1) call most plausible."""

    # Errors.
    error_http_status: Literal["always_200", "idl"] = "always_200"  # "idl": 404 for unknown methods, 500 for protocol
    item_errors: Literal["per_item", "top_level"] = "per_item"  # "top_level": the first failure undoes the whole call
    login_failure_code: int = 1000
    max_body_bytes: int = 0  # 0: no limit; above it the answer is HTTP 413

    # Sessions.
    session_idle_seconds: float = 1800
    session_max_seconds: float = 43200
    lockout_after: int = 0  # failed logins until an account is locked; 0: never
    lockout_seconds: float = 300
    accept_body_token: bool = False  # the token in the body is enough, without X-Token
    logout_result: Literal["redirect", "empty"] = "redirect"

    # Reading.
    unknown_field: Literal["ignore", "refuse"] = "ignore"
    ignore_conditions: bool = False  # every filter lets everything through
    extra_members: bool = False  # rows hold members that no documentation knows (newer servers)
    max_rows: int = 0  # the server never returns more rows at once; 0: no limit

    # Batch.run.
    batch: bool = True
    batch_limit: int = 100
