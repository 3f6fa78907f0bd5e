# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulated server in a process of its own: `python -m tests.bench.server SYSTEM COUNT STATE FOLDER`.

It is filled for the state that a run is to meet and writes the document of that run into the folder, so that the
process that measures stays small (see `processes`). Then it tells its environment in one line of JSON, and answers
each line that it reads with another: `counts` what it has seen since the last time, `check` whether it holds what the
run was to bring about.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.bench.documents import SITES, State, state_named, wished_text
from tests.bench.stocks import STOCKS, filled
from tests.simulators import Record, Simulator


class Timed:
    """Adds up the seconds that a server works on requests, without TLS and HTTP."""

    def __init__(self, server: Simulator[Any, Any]) -> None:
        self.seconds = 0.0
        self._handle = server.handle
        server.handle = self._timed  # type: ignore[method-assign]

    def _timed(self, request: Request) -> Response:
        started = time.perf_counter()
        try:
            return self._handle(request)
        finally:
            self.seconds += time.perf_counter() - started


def counted(requests: list[Record], list_calls: tuple[str, ...]) -> dict[str, int]:
    """What is in a log. A batch is one call, and one write when any of its commands is."""
    sent = [number for number, record in enumerate(requests) if not record.batched]
    together = [requests[first:last] for first, last in pairwise([*sent, len(requests)])]
    return {
        "calls": len(together),
        "writes": sum(any(record.is_write for record in records) for records in together),
        "logins": sum(record.login for record in requests),
        "pages": sum(records[0].call in list_calls for records in together),
    }


def wrong(held: dict[str, str], name: str, count: int, state: State) -> list[str]:
    """The names of objects that are not as the run was to make them."""
    site = SITES[name]
    wished = {site.label(number): wished_text(number, state) for number in range(count)}
    return [label for label, text in wished.items() if held.get(label) != text]


def main() -> None:
    name, count, state, folder = sys.argv[1], int(sys.argv[2]), state_named(sys.argv[3]), Path(sys.argv[4])
    site = SITES[name]
    document = json.dumps({"document": site.document(count, state)})
    (folder / "document.json").write_text(document, encoding="utf-8")
    server = filled(name, 0 if state == "created" else count)
    timed = Timed(server)
    with server:
        tell({**server.environment, **STOCKS[name].facts(server.store)})
        for line in sys.stdin:
            if line.strip() == "check":
                problems = [*server.internal_errors, *wrong(STOCKS[name].texts(server.store), name, count, state)]
                tell({"wrong": problems[:3], "open sessions": server.open_sessions})
            else:
                tell({**counted(server.requests, site.list_calls), "seconds": timed.seconds})
                server.requests.clear()
                timed.seconds = 0.0


def tell(data: dict[str, Any]) -> None:
    print(json.dumps(data), flush=True)


if __name__ == "__main__":
    main()
