# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a session lives: as long as one run, or as long as the process that runs one after another.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from .._core.clock import Clock
from .._core.errors import PostmasterError
from .._systems.system import Session, System

Options = Mapping[str, Any]
# However long a loop takes, what it goes by is not older than this.
MAX_AGE_SECONDS = 300.0


class Sessions:
    """A session of its own for each run."""

    @contextmanager
    def open(self, system: System, options: Options, *, read_only: bool, remember: bool = False) -> Iterator[Session]:
        """The session that these connection options lead to. Raises InvalidOption.

        ``remember``: the run gets along with what another one, a moment ago, read of the same server.
        """
        del remember  # There was no other one.
        with system.connect(system.target(options, read_only), options) as session:
            yield session


@dataclass
class _Kept:
    stack: ExitStack
    session: Session
    since: float


class KeptSessions(Sessions):
    """Sessions that stay open until ``close``, for the items of a loop; one for each set of connection options.

    What was read is kept for a while, for the runs that ask for it, unless ``forgetful`` is set. After a failure that
    may be the session's own, the next run gets a new one. ``in_use``: a run goes on.
    """

    def __init__(self, clock: Clock = time) -> None:
        self.forgetful = False
        self.in_use = False
        self._clock = clock
        self._open: dict[tuple[Any, ...], _Kept] = {}

    @contextmanager
    def open(self, system: System, options: Options, *, read_only: bool, remember: bool = False) -> Iterator[Session]:
        key = (system.name, read_only, *(options[each.name] for each in system.connection))
        if key not in self._open:
            stack = ExitStack()
            session = stack.enter_context(system.connect(system.target(options, read_only), options))
            self._open[key] = _Kept(stack, session, self._clock.monotonic())
        kept = self._open[key]
        kept.session.http.begin_run()
        # A copy has the same connection, and knows nothing of the objects behind it.
        if self._clock.monotonic() - kept.since > MAX_AGE_SECONDS:
            kept.session, kept.since = replace(kept.session), self._clock.monotonic()
        remembers = remember and not self.forgetful
        self.in_use = True
        try:
            yield kept.session if remembers else replace(kept.session)
        except PostmasterError as error:
            if not error.about_one_object:
                self._drop(key)
            raise
        except BaseException:
            self._drop(key)
            raise
        finally:
            self.in_use = False
            self._forget_what_was_written(key, remembers)

    def _forget_what_was_written(self, key: tuple[Any, ...], remembers: bool) -> None:
        """Others may know the same objects: check mode has a session of its own, and a server may have two names."""
        if key in self._open and not self._open[key].session.http.usage.writes:
            return
        for other, kept in self._open.items():
            if other != key or not remembers:
                kept.session = replace(kept.session)

    def close(self) -> None:
        """Log out everywhere. Never raises PostmasterError."""
        for key in list(self._open):
            self._drop(key)

    def _drop(self, key: tuple[Any, ...]) -> None:
        self._open.pop(key).stack.close()
