# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How one kind of object is addressed in either dialect.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._core.resource import Values

Body = dict[str, Any]


def _as_written(body: Body, changed: Values, before: Values | None) -> Body:
    return body


def _as_read(values: dict[str, Any]) -> dict[str, Any]:
    return values


@dataclass(frozen=True)
class Route:
    """Names of one resource.

    ``path`` is its list in the REST dialect, ``single`` tells whether one object can be asked for there; ``noun`` is
    mailcow's name for it. ``identity`` is the field that addresses one object. ``own_edits`` are fields that mailcow
    changes by a route of their own, by that route.

    ``before_write`` turns a body into what the server takes, given the values that are sent and those before, None for
    a new object; ``after_read`` corrects values that depend on each other.
    """

    path: str
    noun: str
    identity: str
    single: bool = False
    own_edits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before_write: Callable[[Body, Values, Values | None], Body] = _as_written
    after_read: Callable[[dict[str, Any]], dict[str, Any]] = _as_read
