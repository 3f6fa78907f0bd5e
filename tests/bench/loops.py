# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users in a plain loop, all of them unchanged: what people write today, and the module of the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from tests.bench import playbooks
from tests.bench.measuring import Measured, measure_play
from tests.bench.playbooks import Play
from tests.bench.rows import Row

SECTION = "Unchanged users of Kerio Connect, one item of a loop each"
SITE = "kerio_connect"
SLOW, FAST = (100, 300), (100, 1_000, 10_000)
URI, ORDINARY, IN_PROCESS, EMPTY_MODULE = (
    "uri, 2 loops",
    "kerio_user, ordinary",
    "kerio_user, in-process",
    "empty module",
)


@dataclass(frozen=True)
class Way:
    """A way to write the loop, and the numbers of items for which it is measured."""

    what: str
    play: Callable[[], Play]
    counts: tuple[int, ...]


WAYS = (
    Way("uri, tasks included", playbooks.uri_included, SLOW[:1]),
    Way(URI, playbooks.uri_two_loops, SLOW),
    Way("uri, one login", playbooks.uri_one_login, SLOW),
    Way(EMPTY_MODULE, playbooks.empty_module_loop, SLOW),
    Way(ORDINARY, lambda: playbooks.user_loop(in_process=False), SLOW),
    Way(IN_PROCESS, lambda: playbooks.user_loop(in_process=True), FAST),
)


@cache
def _base(count: int) -> Measured:
    return measure_play(playbooks.empty_play(), SITE, count, "unchanged")


def cases(wanted: Callable[[int], bool]) -> Iterator[tuple[str, int, Callable[[], Row]]]:
    """What is measured: a name, a number of items, and how to get the row."""
    for way in WAYS:
        for count in filter(wanted, way.counts):
            yield way.what, count, partial(_row, way, count)


def _row(way: Way, count: int) -> Row:
    base = _base(count)
    return Row(SECTION, way.what, count, measure_play(way.play(), SITE, count, "unchanged"), base)
