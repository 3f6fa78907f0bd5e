# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The out-of-office reply of the user who logs in (kerio_connect.md 4.1). There is exactly one, so it has no key.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.errors import InvalidOption
from ..._core.fields import Flag, Text
from ..._core.resource import Resource, Values
from .codecs import FLAG, message_text
from .times import MOMENT, Moment, moment, moment_or_nothing

RANGE = ("start", "end")


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """No end without a start: clearing one clears both."""
    given = {name: values[name] for name in RANGE if name in values}
    if "" not in given.values():
        return values
    for name, text in given.items():
        if text:
            other = RANGE[RANGE[0] == name]
            raise InvalidOption(name, f"{text!r} makes no range with an empty {other}; give both, or clear both")
    return {**values, **dict.fromkeys(RANGE, "")}


def _check(values: Values, current: Values | None) -> None:
    """A range has two ends, and the second is the later one; what the server holds already is left alone."""
    held = current or {}
    if all(name not in values or values[name] == held.get(name) for name in RANGE):
        return
    start, end = (values.get(name, held.get(name)) for name in RANGE)
    if start == end == "":
        return
    for name, text in zip(RANGE, (start, end)):
        if text == "":
            raise InvalidOption(name, "is needed as well: the server has no range of time yet, and one has two ends")
    if start and end and _later(start, end):
        raise InvalidOption("end", f"{end} is not later than the start, {start}")


def _later(start: str, end: str) -> bool:
    """Whether a range has no length; what is no moment to us is not judged."""
    try:
        return moment(start) >= moment(end)
    except ValueError:
        return False


def _moment(name: str, what: str) -> Moment:
    return Moment(
        name,
        f"{what}, as a date with a time and its offset from UTC, for instance V(2026-07-01T08:00:00+02:00). Quote it, "
        "since YAML reads it as a date otherwise. An empty text takes the range away, with both its ends.",
        f"timeRange{name.capitalize()}",
        MOMENT,
        form=moment_or_nothing,
    )


OUT_OF_OFFICE = Resource(
    kind="out_of_office",
    plural="out_of_office_replies",
    module="kerio_out_of_office",
    summary="Manage the out-of-office reply of a Kerio Connect user",
    description=(
        (
            "Switches the automatic reply of the user who logs in on and off, with its text and the time in which it "
            "applies."
        ),
        (
            "There is one reply for each user, so nothing names it. Log in as the user; an administrator cannot do "
            "this for others."
        ),
        "Options that are left out stay as they are on the server.",
    ),
    key=(),
    label="",
    permanent=True,
    complete=_complete,
    check=_check,
    unproven=(
        (
            "Whether the server keeps times to the second, and in which time zone it returns them. They are compared "
            "as moments."
        ),
        "Whether the server refuses a range that is over already, or switches the reply off when its range ends.",
    ),
    fields=(
        Flag("enabled", "Whether the reply is sent.", "isEnabled", FLAG),
        Text(
            "text",
            "Text of the reply. Blanks and empty lines around it do not count. An empty text clears it.",
            "text",
            form=message_text,
        ),
        _moment("start", "When the reply begins to be sent"),
        _moment("end", "When the reply ends to be sent"),
    ),
)
