# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How one kind of object is called in Kerio Connect's methods: the parameters differ (kerio_connect.md 3).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def _as_read(values: dict[str, Any]) -> dict[str, Any]:
    return values


@dataclass(frozen=True)
class Service:
    """The interface and the names of its parameters: those of ``create`` (``entities``) and of ``set`` and ``remove``
    (``ids``).

    ``name_member`` is the member that holds the name of an object, to look it up by. ``structures`` are the members
    that the server wants whole, as they look before any wish. ``after_read`` corrects values that depend on each other.
    """

    name: str
    entities: str
    ids: str
    name_member: str = "name"
    structures: Mapping[str, Any] = field(default_factory=dict)
    after_read: Callable[[dict[str, Any]], dict[str, Any]] = _as_read
