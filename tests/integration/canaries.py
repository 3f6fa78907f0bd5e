# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canary: random secrets on both sides, and nothing of them in anything that a job leaves behind, at -vvvv --diff.

Each secret is two random words around characters that travel in different forms (quotes, backslash, blank, umlaut), so
a secret that was cut, encoded or escaped is found as well. The secrets are variables: what Ansible itself prints of a
playbook's own lines (from 2.19 on, beside an error) and of a loop's items is not ours to mask.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterator
from typing import Any

from tests.integration.jobs import Job
from tests.simulators import Simulator


class Canaries:
    """The secrets of one test, each made when it is first asked for."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.wholes: list[str] = []
        self.pins: list[str] = []

    def new(self) -> str:
        """A secret that is a good password everywhere."""
        first, second = (f"Aa1{secrets.token_hex(9)}" for __ in range(2))
        self.words += [first, second]
        self.wholes.append(f'{first} "ü\\&%{second}')
        return self.wholes[-1]

    def new_key(self) -> str:
        """A secret that fits into a header."""
        self.add(f"aA1-{secrets.token_hex(20)}")
        return self.wholes[-1]

    def new_pin(self) -> str:
        """Four digits. They may be part of a time or an id anywhere, so they are looked for as a word of their own."""
        self.pins.append(f"0{secrets.randbelow(1000):03}")
        return self.pins[-1]

    def add(self, existing: str) -> None:
        """A secret that was made elsewhere."""
        self.words.append(existing)
        self.wholes.append(existing)

    def found_in(self, text: str) -> list[str]:
        encoded = [base64.b64encode(whole.encode()).decode() for whole in self.wholes]
        short = [pin for pin in self.pins if re.search(rf"(?<![\w.-]){pin}(?![\w-])", text)]
        return [word for word in (*self.words, *encoded) if word in text] + short


def task(name: str, module: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, f"postmaster.comms.{module}": options}


def failed(job: Job) -> list[str]:
    return [event["event_data"]["task"] for event in job.events if event["event"] == "runner_on_failed"]


def all_travelled(server: Simulator[Any, Any], values: dict[str, str]) -> None:
    """The search below would find nothing in a test that sent nothing."""
    seen = [text for record in server.requests for text in strings([record.params, record.headers])]
    assert [name for name, secret in values.items() if not any(secret in text for text in seen)] == []


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from strings(value)
    elif isinstance(data, str):
        yield data


def nothing_left(canaries: Canaries, job: Job) -> None:
    """Neither in what was printed nor in any file of the job, whose events are files.

    One file is the runner's own affair: ``command``, where it notes the environment that it was started with.
    """
    assert len(list(texts(job))) > 10
    leaks = {name: found for name, text in texts(job) if (found := canaries.found_in(text))}
    assert leaks == {}


def texts(job: Job) -> Iterator[tuple[str, str]]:
    yield "output", job.output
    for path in sorted(job.artifacts.rglob("*")):
        if path.is_file() and path.name != "command":
            yield path.name, path.read_text(encoding="utf-8", errors="replace")
