# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible itself takes to mask the secrets of one task, without anything of the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tests.bench import playbooks
from tests.bench.measuring import Measured, measure_play
from tests.bench.rows import Row

SECTION = "Ansible's own masking of passwords, in an empty module"
COUNTS = (1_000, 2_000, 4_000)


def cases(wanted: Callable[[int], bool]) -> Iterator[tuple[str, int, Callable[[], Row]]]:
    """What is measured: a name, a number of users, and how to get the row."""
    for count in filter(wanted, COUNTS):
        yield "users, different passwords", count, partial(_row, count)


def _row(count: int) -> Row:
    """The base is the same module with the same texts, none of which is a secret."""
    return Row(SECTION, "users, different passwords", count, _measure(count, "masked"), _measure(count, "plain"))


def _measure(count: int, passwords_in: str) -> Measured:
    cost = measure_play(playbooks.empty_module(count, passwords_in), "kerio_connect", 1, "unchanged")
    return replace(cost, counts=None)  # no server is asked
