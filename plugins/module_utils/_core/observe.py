# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading one object for one wish; its secrets only where the task asks for a comparison with them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Union

from .errors import LoginRefused, PostmasterError, RateLimited, Unreachable
from .gateway import Gateway
from .plan import ON_CHANGE, Wish
from .snapshot import Snapshot
from .structures import secret_values

Observed = Union[Snapshot, PostmasterError, None]


def observe(wish: Wish, gateway: Gateway) -> Snapshot | None:
    """The object that the wish is about, as the server has it now."""
    return with_secrets(wish, gateway.read(wish.resource, wish.given), gateway)


def observed(wish: Wish, gateway: Gateway) -> Observed:
    """The same, or the error that reading came to."""
    try:
        return observe(wish, gateway)
    except PostmasterError as error:
        return error


def observe_some(wishes: Sequence[Wish], gateway: Gateway) -> Iterator[Observed]:
    """What the server has of several wishes of one resource, read together.

    Reading one after another helps where an answer was the trouble; an error about the connection is the first one's.
    """
    found = _read_together(wishes, gateway) if len(wishes) > 1 else None
    for wish in wishes:
        if isinstance(found, PostmasterError):
            yield found
        elif found is None:
            yield observed(wish, gateway)
        else:
            yield _with_secrets(wish, found.get(wish.key), gateway)


def _read_together(
    wishes: Sequence[Wish], gateway: Gateway
) -> dict[tuple[str, ...], Snapshot] | PostmasterError | None:
    """The objects by all their keys; None when they have to be read one by one."""
    resource = wishes[0].resource
    try:
        fields = frozenset(name for wish in wishes for name in wish.given)
        found = gateway.read_some(resource, [wish.given for wish in wishes], fields)
    except (LoginRefused, RateLimited, Unreachable) as error:
        return error
    except PostmasterError:
        return None
    return {key: each for each in found for key in resource.keys_of(each.values)}


def _with_secrets(wish: Wish, current: Snapshot | None, gateway: Gateway) -> Observed:
    try:
        return with_secrets(wish, current, gateway)
    except PostmasterError as error:
        return error


def with_secrets(wish: Wish, current: Snapshot | None, gateway: Gateway) -> Snapshot | None:
    """The same object with the server's secrets, if the wish is to be compared with them."""
    if current is None or not wish.present or wish.update_password != ON_CHANGE or not wish.resource.readable_secrets:
        return current
    gives = any(True for name in wish.given for _each in secret_values(wish.resource.by_name[name], wish.given[name]))
    return replace(current, secrets=gateway.secrets(wish.resource, current, wish.given)) if gives else current
