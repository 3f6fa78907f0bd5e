# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of modules for single calls.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .._systems.call import CallRules
from .options import Option

_TYPES = (
    "Numbers and truth values have to be of their type: older versions of ansible-core make texts of what comes out of "
    "a template, so write them as they are, or write the whole dictionary as one template."
)
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")

_METHOD = Option(
    "method",
    "Name of the method as the server knows it, upper and lower case included. Methods that log in and out are "
    "refused, since every task does both by itself.",
    required=True,
)
_PARAMS = Option(
    "params",
    f"Params of the method, by name. {_TYPES}",
    "dict",
    default={},
)
_VERB = Option("method", "Verb of HTTP. V(GET) is a read; everything else is a write.", required=True, choices=VERBS)
_PATH = Option(
    "path",
    "Path below C(/api/v1), for instance V(domains) or V(get/domain/all), with what comes after a question mark. "
    "C(/api/v1) in front is tolerated.",
    required=True,
)
_BODY = Option(
    "body",
    f"Body, sent as JSON; a text has to be JSON itself. {_TYPES}",
    "raw",
)
_READ_ONLY = Option(
    "read_only",
    "Declares that the call changes nothing, for calls that are not known as reads. It is then sent in check mode too, "
    "sent again when its answer gets lost on the way, and reported as unchanged. If the declaration is wrong, check "
    "mode writes.",
    "bool",
    default=False,
)


def call_options(rules: CallRules) -> tuple[Option, ...]:
    """The options of a single call, apart from the connection."""
    call = (_VERB, _PATH, _BODY) if rules.by_path else (_METHOD, _PARAMS)
    return (*call, _READ_ONLY)
