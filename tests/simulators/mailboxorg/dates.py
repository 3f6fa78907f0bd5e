# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates come and go in several formats (fact sheet mailboxorg.md 2.5, 3.3 and 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from tests.simulators.mailboxorg.settings import DateFormat

READABLE = ("%Y-%m-%d", "%d.%m.%Y")
WRITTEN = {"iso": "%Y-%m-%d", "german": "%d.%m.%Y", "datetime": "%Y-%m-%d %H:%M:%S"}


def read(given: str, formats: Sequence[str] = READABLE) -> datetime | None:
    for one in formats:
        try:
            moment = datetime.strptime(given, one).replace(tzinfo=UTC)
        except ValueError:
            continue
        if moment.strftime(one) == given:  # strptime takes 2026-1-5 as well
            return moment
    return None


def shown(given: str, style: DateFormat) -> str:
    """A date that a client gave, in the format in which the service shows it."""
    moment = read(given)
    return given if moment is None or style == "as_given" else at(moment.timestamp(), style)


def at(moment: float, style: DateFormat) -> str:
    if style == "epoch":
        return str(int(moment))
    return datetime.fromtimestamp(moment, UTC).strftime(WRITTEN.get(style, WRITTEN["datetime"]))
