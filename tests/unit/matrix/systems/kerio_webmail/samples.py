# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules with every condition and every action, and moments in several time zones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import MIB, Sample, Values

Entry = dict[str, Any]


# What sizes are on the wire, by what shows them.
_BYTES = {"5M": str(5 * MIB), "1000B": "1000"}


def _condition(field: str, operator: str | None = None, *values: str) -> Entry:
    return {"field": field} if operator is None else {"field": field, "operator": operator, "value": list(values)}


def _conditions(given: list[Entry], shown: list[Entry] | None = None, *spellings: list[Entry]) -> Sample:
    held = given if shown is None else shown
    stored = [
        (
            entry["field"],
            entry.get("operator"),
            [_BYTES.get(value, value) for value in entry.get("value", [])],
        )
        for entry in held
    ]
    return Sample(given, stored=stored, shown=held, spellings=spellings)


# In the order in which a server has them.
_PARAMETERS = ("folder", "address", "subject", "header", "value", "text")


def _actions(given: list[Entry], shown: list[Entry] | None = None, *spellings: list[Entry]) -> Sample:
    held = given if shown is None else shown
    stored = [(entry["type"], [entry[name] for name in _PARAMETERS if name in entry]) for entry in held]
    return Sample(given, stored=stored, shown=held, spellings=spellings)


_ODD = '\' "Zitat" \\ 例え 🐦 {{ 1 }} %41'
_SUBJECT = _condition("subject", "contains", "[list]", _ODD)
CONDITIONS = (
    _conditions([_SUBJECT]),
    # The same in another order is something else.
    _conditions(
        [
            _condition("from", "is", "boss@example.com"),
            _condition("size", "over", "5120K"),
            _condition("spam"),
            _SUBJECT,
            _condition("to", "is_not", "me@example.com"),
        ],
        [
            _condition("from", "is", "boss@example.com"),
            _condition("size", "over", "5M"),
            _condition("spam"),
            _SUBJECT,
            _condition("to", "is_not", "me@example.com"),
        ],
        [
            {**_condition("from", "is", "boss@example.com"), "value": "boss@example.com"},
            _condition("size", "over", "5 MiB"),
            _condition("spam"),
            _SUBJECT,
            _condition("to", "is_not", "me@example.com"),
        ],
    ),
    _conditions(
        [
            _condition("to", "is_not", "me@example.com"),
            _SUBJECT,
            _condition("from", "is", "boss@example.com"),
            _condition("cc", "does_not_contain", "x", "y"),
            _condition("recipient", "contains", "team"),
            _condition("sender", "contains", "bot"),
            _condition("envelope_sender", "is", "bounce@example.net"),
            _condition("envelope_recipient", "is", "alice@example.com"),
            _condition("size", "under", "1000B"),
            _condition("attachment"),
        ],
    ),
    _conditions([_condition("all")]),
)
_FILE: Entry = {"type": "file_into", "folder": "Lists/Süd 'x'"}
_STOP: Entry = {"type": "stop"}
_NOTIFY: Entry = {"type": "notify", "address": "me@example.net", "subject": "New", "text": "Look\nat it"}
ACTIONS = (
    _actions([_FILE, _STOP]),
    _actions(
        [_STOP, _FILE, {"type": "redirect", "address": "Bob@EXAMPLE.com"}, {"type": "keep"}, _NOTIFY],
        [_STOP, _FILE, {"type": "redirect", "address": "Bob@example.com"}, {"type": "keep"}, _NOTIFY],
        [
            _STOP,
            _FILE,
            {"type": "redirect", "address": " Bob@Example.com "},
            {"type": "keep"},
            {**_NOTIFY, "text": "\r\nLook\r\nat it\n\n"},
        ],
    ),
    _actions(
        [
            {"type": "copy_to", "address": "c@bücher.example"},
            {"type": "add_recipient", "address": "team@example.com"},
            {"type": "auto_reply", "text": _ODD},
            {"type": "notify", "address": "you@example.net", "subject": _ODD, "text": "Again"},
            {"type": "add_header", "header": "X-Seen", "value": _ODD},
            {"type": "set_header", "header": "Subject", "value": ""},
            {"type": "remove_header", "header": "X-Old"},
            {"type": "mark_read"},
            {"type": "file_into", "folder": "INBOX"},
        ],
        [
            {"type": "copy_to", "address": "c@xn--bcher-kva.example"},
            {"type": "add_recipient", "address": "team@example.com"},
            {"type": "auto_reply", "text": _ODD},
            {"type": "notify", "address": "you@example.net", "subject": _ODD, "text": "Again"},
            {"type": "add_header", "header": "X-Seen", "value": _ODD},
            {"type": "set_header", "header": "Subject", "value": ""},
            {"type": "remove_header", "header": "X-Old"},
            {"type": "mark_read"},
            {"type": "file_into", "folder": "INBOX"},
        ],
    ),
    _actions([{"type": "reject", "text": "No, thanks"}]),
    _actions([{"type": "discard"}]),
)


def _moment(text: str, *spellings: str, start: str = "", end: str = "") -> Sample:
    """A range has two ends, so that the other one is given as well."""
    beside = {name: other for name, other in (("start", start), ("end", end)) if other}
    brings: dict[Path, Any] = {(name,): _seconds(other) for name, other in beside.items()}
    return Sample(text, stored=_seconds(text), spellings=spellings, beside=beside, brings=brings)


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("filter", "name"): (
        Sample("Newsletters", spellings=("NEWSLETTERS",)),
        Sample(f"<b>{_ODD}</b>"),
    ),
    ("filter", "conditions"): CONDITIONS,
    ("filter", "actions"): ACTIONS,
    # Blanks and line ends around a text do not count.
    ("out_of_office", "text"): (
        Sample(f"Away\n{_ODD}", spellings=(f"\n Away\r\n{_ODD}  \n",)),
        Sample("Back", spellings=(" Back",)),
        Sample(""),
    ),
    ("out_of_office", "start"): (
        _moment(
            "2026-07-01T08:00:00+02:00",
            *("2026-07-01 08:00+0200", "2026-07-01T06:00Z", "2026-07-01T01:30:00-04:30"),
            end="2026-12-24T12:00:00+01:00",
        ),
        _moment("2026-06-30T23:59:59-09:30", end="2026-12-24T12:00:00+01:00"),
        Sample("", brings={("end",): ""}),
    ),
    ("out_of_office", "end"): (
        _moment("2026-07-31T18:00:00+02:00", "2026-07-31T16:00:00+00:00", start="2026-01-02T12:00:00+01:00"),
        _moment(
            "2027-01-01T00:00:00+00:00",
            *("2027-01-01T00:00:00Z", "2027-01-01T01:00+01:00"),
            start="2026-01-02T12:00:00+01:00",
        ),
        Sample("", brings={("start",): ""}),
    ),
    # Two rules are there before; the others keep their order around this one.
    ("filter", "position"): (Sample(1, spellings=("1",)), Sample(2), Sample(3)),
}
MINIMAL: dict[str, Values] = {
    "out_of_office": {},
    "filter": {("name",): Sample("Newsletters"), ("conditions",): CONDITIONS[0], ("actions",): ACTIONS[0]},
}
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("out_of_office", "start"): frozenset({("end",)}),
    ("out_of_office", "end"): frozenset({("start",)}),
}
