# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls of Operator whose shape nobody has seen, all in one place (kerio_operator.md 0.3 and 8.3).

Unseen are the parameters of ``Extensions.remove``, ``Users.set`` and ``Users.remove``, and the replies of
``Extensions.getNextValidNumber``, ``Extensions.set`` and ``Users.create``. No reply of a write is looked into for
more than errors: what came of it is read from the list. ``Users.set`` is taken to keep what is left out, as
``Extensions.set`` was seen to do.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import Conflict, NotFound, ProtocolError, ServerRefusal
from .. import kerio_web

# The members under which the next number would most plausibly come, before any other that holds one.
_NUMBER_MEMBERS = ("telNum", "number", "nextValidNumber", "TEL_NUM")


def next_valid_number(rpc: JsonRpc) -> str:
    """The next number that is free. Raises ProtocolError when the reply holds none."""
    method = "Extensions.getNextValidNumber"
    found = list(_numbers(rpc.call(method)))
    if not found:
        raise ProtocolError(
            f"{rpc.http.target.title} named no number for a new extension; set the option number", method=method
        )
    return found[0]


def remove_extension(rpc: JsonRpc, ids: Iterable[int]) -> None:
    """Delete an extension, or one of its lines. The first id is that of the row that people would pick."""
    _first_accepted(rpc, "Extensions.remove", [form for each in ids for form in ({"guids": [each]}, {"guid": each})])


def set_user(rpc: JsonRpc, identity: int, detail: Mapping[str, Any]) -> None:
    """Change these members of a user."""
    forms = ({"guids": [identity]}, {"guid": identity})
    _first_accepted(rpc, "Users.set", [{**form, "detail": detail} for form in forms])


def remove_user(rpc: JsonRpc, identity: int) -> None:
    """Delete a user."""
    _first_accepted(rpc, "Users.remove", [{"guids": [identity]}, {"guid": identity}])


def _first_accepted(rpc: JsonRpc, method: str, forms: list[dict[str, Any]]) -> None:
    """Send the forms until the server takes one. What it refuses was not carried out; if it refuses all of them, the
    reason that it gave for the first one counts."""
    refusals = []
    for params in forms:
        refusal = _refusal(rpc, method, params)
        if refusal is None:
            return
        refusals.append(refusal)
    raise refusals[0]


def _refusal(rpc: JsonRpc, method: str, params: Mapping[str, Any]) -> ServerRefusal | None:
    """Why the server does not take this form; None when it took it. That an object is missing is no matter of form."""
    try:
        kerio_web.write(rpc, method, params)
    except (Conflict, NotFound):
        raise
    except ServerRefusal as error:
        return error
    return None


def _numbers(value: Any) -> Iterator[str]:
    """Whatever looks like a number of an extension, the most plausible member first."""
    if isinstance(value, Mapping):
        for name in sorted(value, key=lambda name: name not in _NUMBER_MEMBERS):
            yield from _numbers(value[name])
    elif not isinstance(value, bool) and isinstance(value, (int, str)) and str(value).isdigit():
        yield str(value)
