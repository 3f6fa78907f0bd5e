# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rate limits of domains: set when a domain is made, or by their own route (mailcow_recorded.md A12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .addresses import ascii_domain
from .engine import ACCESS_DENIED, Engine, Entry, danger, success
from .objects import Domain
from .php import empty, text

FRAMES = ("s", "m", "h", "d")


def edit_domain_limit(engine: Engine, item: Any, attr: dict[str, Any]) -> Iterator[Entry]:
    """Set or, with an empty value, remove the rate limit of a domain."""
    domain = engine.store.domains.get(ascii_domain(item))
    if domain is None:
        yield danger(ACCESS_DENIED)
    elif text(attr.get("rl_frame")) not in FRAMES:
        yield danger("rl_timeframe")
    else:
        set_domain_limit(domain, attr)
        yield success("rl_saved", domain.name)


def set_domain_limit(domain: Domain, attr: dict[str, Any]) -> None:
    """Keep the limit as redis does: as text."""
    value, frame = attr.get("rl_value"), attr.get("rl_frame")
    domain.rl = None if empty(value) else {"value": text(value), "frame": text(frame)}
