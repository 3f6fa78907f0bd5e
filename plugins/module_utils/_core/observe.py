# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading one object for one wish; its secrets only where the task asks for a comparison with them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .errors import PostmasterError
from .gateway import Gateway
from .plan import ON_CHANGE, Wish
from .snapshot import Snapshot
from .structures import secret_values


def observe(wish: Wish, gateway: Gateway) -> Snapshot | None:
    """The object that the wish is about, as the server has it now."""
    return with_secrets(wish, gateway.read(wish.resource, wish.given), gateway)


def observe_some(wishes: Sequence[Wish], gateway: Gateway) -> Iterator[Snapshot | PostmasterError | None]:
    """The same for several wishes of one resource, or the error of each: read together where that goes well."""
    found = _read_together(wishes, gateway) if len(wishes) > 1 else None
    for wish in wishes:
        yield _observed(wish, gateway, found)


def _read_together(wishes: Sequence[Wish], gateway: Gateway) -> dict[tuple[str, ...], Snapshot] | None:
    """The objects by all their keys; None when they cannot be read together."""
    resource = wishes[0].resource
    try:
        found = gateway.read_some(resource, [wish.given for wish in wishes])
    except PostmasterError:
        return None
    return {key: each for each in found for key in resource.keys_of(each.values)}


def _observed(
    wish: Wish, gateway: Gateway, found: dict[tuple[str, ...], Snapshot] | None
) -> Snapshot | PostmasterError | None:
    try:
        return observe(wish, gateway) if found is None else with_secrets(wish, found.get(wish.key), gateway)
    except PostmasterError as error:
        return error


def with_secrets(wish: Wish, current: Snapshot | None, gateway: Gateway) -> Snapshot | None:
    """The same object with the server's secrets, if the wish is to be compared with them."""
    if current is None or not wish.present or wish.update_password != ON_CHANGE or not wish.resource.readable_secrets:
        return current
    gives = any(True for name in wish.given for _each in secret_values(wish.resource.by_name[name], wish.given[name]))
    return replace(current, secrets=gateway.secrets(wish.resource, current, wish.given)) if gives else current
