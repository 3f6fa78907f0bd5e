# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible itself takes to mask the secrets of one task, without anything of the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.bench import playbooks
from tests.bench.measuring import Measured, measure_play
from tests.bench.rows import Row

SECTION = "Ansible's own masking, for different secrets in one empty module"
COUNTS = (1_000, 2_000, 4_000)


def cases(wanted: Callable[[int], bool]) -> Iterator[tuple[str, int, Callable[[], Row]]]:
    """What is measured: a name, a number of secrets, and how to get the row."""
    for count in filter(wanted, COUNTS):
        yield "different secrets", count, partial(_row, count)


def _row(count: int) -> Row:
    """The base is the same module with the same texts that are no secrets."""
    base = _measure("texts", count).seconds
    return Row(SECTION, "different secrets", count, _measure("secrets", count), base)


def _measure(option: str, count: int) -> Measured:
    return measure_play(playbooks.empty_module(option, count), "kerio_connect", 1, "unchanged")
