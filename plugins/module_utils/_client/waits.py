# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a server asks us to wait, read tolerantly from the headers of a 429 (mail_api.md 2.9).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_SMALLEST_EPOCH = 10**9
_SMALLEST_EPOCH_IN_MILLISECONDS = 10**12


def named_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait by ``X-RateLimit-Reset`` or ``Retry-After``; None when neither tells.

    ``now`` is Unix time in seconds; the server's own ``Date`` is used instead where it is given, against skewed clocks.
    """
    server_now = _date(headers.get("Date"))
    now = now if server_now is None else server_now
    reset = _number(headers.get("X-RateLimit-Reset"))
    if reset is not None:
        return max(0.0, _as_wait(reset, now))
    after = headers.get("Retry-After")
    seconds = _number(after)
    if seconds is not None:
        return max(0.0, seconds)
    moment = _date(after)
    return None if moment is None else max(0.0, moment - now)


def pause_ahead(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait before the next call, when a reply says that this was the last one of the period."""
    if _number(headers.get("X-RateLimit-Remaining")) != 0:
        return 0.0
    return named_wait(headers, now) or 0.0


def _as_wait(reset: float, now: float) -> float:
    """A reset is Unix time by the API's document; small numbers are seconds from now, huge ones milliseconds."""
    if reset >= _SMALLEST_EPOCH_IN_MILLISECONDS:
        return reset / 1000 - now
    return reset - now if reset >= _SMALLEST_EPOCH else reset


def _number(text: str | None) -> float | None:
    try:
        number = None if text is None else float(text)
    except ValueError:
        return None
    return number if number is None or math.isfinite(number) else None


def _date(text: str | None) -> float | None:
    try:
        return None if text is None else parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError):
        return None
