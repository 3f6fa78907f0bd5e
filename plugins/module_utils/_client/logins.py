# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refused logins, remembered for the rest of the process: servers ban an address after a few.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import hashlib

from .._core.errors import LoginRefused

_refused: dict[str, LoginRefused] = {}


def _fingerprint(*credentials: str) -> str:
    return hashlib.sha256("\0".join(credentials).encode()).hexdigest()


def refuse_if_known(*credentials: str) -> None:
    """Raises LoginRefused, without a call, for credentials that were refused before."""
    known = _refused.get(_fingerprint(*credentials))
    if known is not None:
        raise LoginRefused(f"{known.message} (not tried again in this run)", method=known.method, code=known.code)


def remember(error: LoginRefused, *credentials: str) -> None:
    _refused[_fingerprint(*credentials)] = error


def forget_all() -> None:
    """For long-lived processes that learn that the server was mended."""
    _refused.clear()
