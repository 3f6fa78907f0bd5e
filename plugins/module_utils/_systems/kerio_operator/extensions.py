# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Extensions of Kerio Operator and their lines (kerio_operator.md 3).

An extension with one line is described by its own options, one with several by ``lines``; what the server holds is
shown in the terms of the wish.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.errors import InvalidOption
from ..._core.fields import Flag, Integer, Reference, Text
from ..._core.resource import Resource, Values
from ..._core.structures import Entries
from ..behaviour import UNREADABLE
from .lines import LINE_FIELDS, LINE_NAMES
from .wire import FLAG


def extension_number(text: str) -> str:
    """A number as people dial it. Raises ValueError."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{text!r} is not the number of an extension, which consists of digits")
    return digits


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    own = [name for name in LINE_NAMES if name in values]
    if "lines" in values and own:
        raise InvalidOption(own[0], "speaks of the only line of an extension; with lines, put it into their entries")
    if values.get("lines") == []:
        raise InvalidOption(
            "lines", "is empty, and an extension keeps at least one line; set state to absent to delete it"
        )
    return values


def _check(values: Values, current: Values | None) -> None:
    if current is None:
        _check_creation(values)
        return
    own = [name for name in LINE_NAMES if name in values]
    if "lines" in current and own:
        names = ", ".join(line["sip_username"] for line in current["lines"]) or "no line"
        raise InvalidOption(own[0], f"speaks of the only line, but the extension has {names}; describe them with lines")


def _check_creation(values: Values) -> None:
    """A phone without a password would be open to everybody, and what the server does without one is not known."""
    lines = values.get("lines", [values])
    if any("sip_password" in line for line in lines):
        return
    name = values.get("number") or f"for {values['sip_username']}"
    option = "lines" if "lines" in values else "sip_password"
    reason = "need a sip_password in one of the entries" if "lines" in values else "is required"
    raise InvalidOption(option, f"{reason} to create extension {name}, which does not exist")


def _at_creation(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    if "lines" in given:
        return {name: value for name, value in send.items() if name not in LINE_NAMES}
    return {"sip_username": send["number"], **send} if "number" in send else send


def _in_terms_of(given: Values, current: Values) -> Values:
    """The only line as an entry, where the wish lists lines."""
    if "lines" not in given or "lines" in current:
        return current
    own = {name: value for name, value in current.items() if name not in LINE_NAMES}
    return {**own, "lines": [{name: current[name] for name in LINE_NAMES if name in current}]}


LINES = Entries(
    "lines",
    "The lines of an extension that has several, each known by its O(lines[].sip_username). Lines that are not "
    "listed stay, unless O(prune_lines) is set. For an extension with one line, the options of the same names "
    "beside this one do.",
    fields=LINE_FIELDS,
    entry_key="sip_username",
    prune_option="prune_lines",
)

EXTENSION = Resource(
    kind="extension",
    plural="extensions",
    module="operator_extension",
    summary="Manage extensions of Kerio Operator",
    description=(
        (
            "Creates, changes and deletes extensions of a Kerio Operator server and their lines, which are the SIP "
            "registrations of phones."
        ),
        "Options that are left out stay as they are on the server.",
        (
            "No known call of Operator returns every option. Those that the server does not tell are sent for a new "
            "extension, or whenever O(update_unreadable) asks for it, and are listed as RV(unverified)."
        ),
        (
            "How Operator deletes an extension is not documented anywhere. The module tries the plausible ways and "
            "looks whether the extension is gone."
        ),
    ),
    key=("number",),
    stand_in=("sip_username",),
    label="{number}",
    readable_secrets=True,
    complete=_complete,
    check=_check,
    at_creation=_at_creation,
    in_terms_of=_in_terms_of,
    unproven=(
        "The parameters that Extensions.remove takes; both plausible forms are tried.",
        "Where the reply of Extensions.getNextValidNumber holds the number.",
        "That SIP user names are unique on a server.",
    ),
    fields=(
        Text(
            "number",
            "Number of the extension. When it is left out, the extension is the one whose only line has "
            "O(sip_username), and a new one gets the next number that is free.",
            "telNum",
            form=extension_number,
            immutable=True,
            server_decides=True,
        ),
        Text("description", "Free text about the extension.", "description", on_create=""),
        Text(
            "user",
            "Login name of the user that the extension is assigned to; an empty text for none. A new extension belongs "
            "to nobody unless this is given.",
            "USERNAME",
            fold=True,
            reference=Reference("user", assumable=True),
        ),
        Integer(
            "call_permission",
            "Id of the class of outgoing calls that the extension may make. Which classes there are depends on the "
            "server; clients of real servers send V(1).",
            "callPermission",
            on_create=1,
        ),
        Flag("record_inbound", "Whether incoming calls are recorded.", "recordInbound", FLAG, on_create=False),
        Flag("record_outbound", "Whether outgoing calls are recorded.", "recordOutbound", FLAG, on_create=False),
        *LINE_FIELDS,
        LINES,
    ),
    behaviour=(
        Flag("prune_lines", "Whether lines that O(lines) does not list are deleted.", on_create=False),
        UNREADABLE,
    ),
)
