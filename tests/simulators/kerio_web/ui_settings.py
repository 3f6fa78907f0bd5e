# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of a user's web interface: a tree of which a client reads and writes branches (kerio_connect.md 4.1)."""

from __future__ import annotations

import copy
from typing import Any

from tests.simulators.kerio_web.wire_types import invalid

Tree = dict[str, Any]


def selected(kept: Tree, paths: Any) -> Tree:
    """What lies below the paths, each a list of keys; a path that leads nowhere is left out. Raises RpcError -32602."""
    if not isinstance(paths, list) or not all(isinstance(path, list) and path for path in paths):
        raise invalid("query", "list of paths expected")
    answer: Tree = {}
    for path in paths:
        value: Any = kept
        for key in path:
            value = value.get(str(key)) if isinstance(value, dict) else None
        if value is not None:
            place = answer
            for key in path[:-1]:
                place = place.setdefault(str(key), {})
            place[str(path[-1])] = copy.deepcopy(value)
    return answer


def merge(old: Tree, new: Tree) -> None:
    """Lay `new` over `old`, branch by branch."""
    for name, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            merge(old[name], value)
        else:
            old[name] = copy.deepcopy(value)
