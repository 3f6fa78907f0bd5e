# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How one kind of object is called in Kerio Connect's methods: the parameters differ (kerio_connect.md 3).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..._core.resource import Values


def _as_read(values: dict[str, Any]) -> dict[str, Any]:
    return values


@dataclass(frozen=True)
class Service:
    """The interface and the names of its parameters.

    ``name_member`` is the member that holds the name of an object, to look it up by. ``removal`` makes the parameters
    of ``remove`` from the id, the id of the object that takes over (or an empty text), and the removal options;
    ``after_read`` corrects values that depend on each other.
    """

    name: str
    entities: str
    ids: str
    name_member: str
    removal: Callable[[str, str, Values], dict[str, Any]]
    after_read: Callable[[dict[str, Any]], dict[str, Any]] = _as_read
