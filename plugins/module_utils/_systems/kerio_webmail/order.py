# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of rules, in which the server tries them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, TypeVar

Rule = TypeVar("Rule")


def in_wished_order(rules: Sequence[Rule], position: Callable[[Rule], int | None]) -> list[Rule]:
    """Rules with a wished position stand there; the others keep their order in the gaps.

    Positions count from 1; one beyond the last rule means the end, until there are more rules.
    """
    placed = [(place, rule) for rule in rules if (place := position(rule)) is not None]
    others = [rule for rule in rules if position(rule) is None]
    ordered: list[Rule] = []
    for place, rule in sorted(placed, key=lambda each: each[0]):
        gap = max(place - 1 - len(ordered), 0)
        ordered += [*others[:gap], rule]
        others = others[gap:]
    return ordered + others
