# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a command with all simulators up and the environment variables of the collection set."""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from tests.simulators.framework.simulator import Simulator

# Two simulators share one set of variables: which of them the variables point at is the user's choice.
MAIL_CHOICES = {"rest": "mail_rest", "mailcow": "mailcow"}
FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)
NOT_FOUND = 127


class Signals:
    """Signals for us: passed on to the command, or the end of serving when there is none."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._early: list[int] = []
        # Python writes to it at the moment of the signal: one that comes just before wait() blocks is not missed, as it
        # would be with a queue or an Event, which the handler fills only once the interpreter goes on.
        self._arrived, wakeup = os.pipe()
        os.set_blocking(wakeup, False)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        for number in FORWARDED:
            signal.signal(number, self._handle)

    def pass_on_to(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        for number in self._early:
            child.send_signal(number)

    def wait(self) -> None:
        """Until a signal arrives, now or before."""
        os.read(self._arrived, 1)

    def _handle(self, number: int, _frame: object) -> None:
        if self._child is None:
            self._early.append(number)
        elif number != signal.SIGINT or not _from_terminal():
            self._child.send_signal(number)


def _from_terminal() -> bool:
    """A terminal sends Ctrl-C to the command as well as to us."""
    return sys.stdin is not None and sys.stdin.isatty()


def main(simulators: Sequence[type[Simulator[Any, Any]]], argv: Sequence[str] | None = None) -> int:
    """Exit code: that of the command; 128 + n when signal n ended it; 127 when it could not be started."""
    options = _parse(argv)
    signals = Signals()
    with _running(simulators) as servers:
        variables = _environment(servers, options.mail)
        if options.print_environment:
            print("\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables.items()), flush=True)
        if options.command:
            return _run(options.command, variables, signals)
        signals.wait()
        return 0


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulators",
        description="Start simulated servers, run a command against them, stop them.",
    )
    parser.add_argument("--mail", choices=sorted(MAIL_CHOICES), default="rest", help="where MAIL_API_* points at")
    parser.add_argument(
        "--print",
        action="store_true",
        dest="print_environment",
        help="show the environment variables; without a command, serve until interrupted",
    )
    parser.add_argument("command", nargs="*", help="the command and its arguments, after --")
    options = parser.parse_args(argv)
    if not options.command and not options.print_environment:
        parser.error("a command is needed: python -m tests.simulators -- COMMAND… (or --print)")
    return options


@contextlib.contextmanager
def _running(simulators: Sequence[type[Simulator[Any, Any]]]) -> Iterator[list[Simulator[Any, Any]]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(simulator(real_time=True)) for simulator in simulators]


def _environment(servers: Sequence[Simulator[Any, Any]], mail: str) -> dict[str, str]:
    unwanted = set(MAIL_CHOICES.values()) - {MAIL_CHOICES[mail]}
    variables: dict[str, str] = {}
    for server in servers:
        if server.name not in unwanted:
            variables.update(server.environment)
    return variables


def _run(command: Sequence[str], variables: dict[str, str], signals: Signals) -> int:
    try:
        child = subprocess.Popen(list(command), env={**os.environ, **variables})
    except OSError as error:
        print(f"cannot run {command[0]}: {error.strerror}", file=sys.stderr)
        return NOT_FOUND
    signals.pass_on_to(child)
    code = child.wait()
    return 128 - code if code < 0 else code
