# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading one object for one wish; its secrets only where the task asks for a comparison with them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from dataclasses import replace

from .gateway import Gateway
from .plan import ON_CHANGE, Wish
from .snapshot import Snapshot
from .structures import secret_values


def observe(wish: Wish, gateway: Gateway) -> Snapshot | None:
    """The object that the wish is about, as the server has it now."""
    return with_secrets(wish, gateway.read(wish.resource, wish.given), gateway)


def with_secrets(wish: Wish, current: Snapshot | None, gateway: Gateway) -> Snapshot | None:
    """The same object with the server's secrets, if the wish is to be compared with them."""
    if current is None or not wish.present or wish.update_password != ON_CHANGE or not wish.resource.readable_secrets:
        return current
    gives = any(True for name in wish.given for _each in secret_values(wish.resource.by_name[name], wish.given[name]))
    return replace(current, secrets=gateway.secrets(wish.resource, current, wish.given)) if gives else current
