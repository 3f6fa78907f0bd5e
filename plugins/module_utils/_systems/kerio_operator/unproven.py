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
from ..._core.writing import Writing
from .. import kerio_web

# The members under which the next number would most plausibly come, before any other that holds one.
_NUMBER_MEMBERS = ("telNum", "number", "nextValidNumber", "TEL_NUM")
# The params by which a call may name objects: several of them, or one.
LIST, SINGLE = "guids", "guid"


def next_valid_number(rpc: JsonRpc) -> str:
    """The next number that is free. Raises ProtocolError when the reply holds none."""
    method = "Extensions.getNextValidNumber"
    found = list(_numbers(rpc.call(method)))
    if not found:
        raise ProtocolError(
            f"{rpc.http.target.title} named no number for a new extension; set the option number", method=method
        )
    return found[0]


class Unproven:
    """Calls that name an object as its ids are named elsewhere, or in the other plausible form where the server refuses
    that; it is remembered which one it takes, by method.

    Only what is known to take the list is sent as a list of many.
    """

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._taken: dict[str, str] = {}

    def remove_extension(self, ids: Iterable[int]) -> Writing[None]:
        """Delete an extension, or one of its lines. The first id is that of the row that people would pick."""
        return self._first_accepted("Extensions.remove", ids, {})

    def set_user(self, identity: int, detail: Mapping[str, Any]) -> Writing[None]:
        """Change these members of a user."""
        return self._first_accepted("Users.set", [identity], {"detail": detail})

    def remove_user(self, identity: int) -> Writing[None]:
        """Delete a user."""
        return self._first_accepted("Users.remove", [identity], {})

    def _first_accepted(self, method: str, ids: Iterable[int], rest: Mapping[str, Any]) -> Writing[None]:
        """Send the forms until the server takes one. What it refuses was not carried out; if it refuses all of them,
        the reason that it gave for the first one counts."""
        taken = self._taken.get(method)
        many = LIST if taken == LIST else None
        refusals = []
        for identity in ids:
            for form, name in ((LIST, [identity]), (SINGLE, identity)):
                if taken not in (None, form):
                    continue
                refusal = yield from self._refusal(method, {form: name, **rest}, many)
                if refusal is None:
                    self._taken[method] = form
                    return
                refusals.append(refusal)
        raise refusals[0]

    def _refusal(self, method: str, params: Mapping[str, Any], many: str | None) -> Writing[ServerRefusal | None]:
        """Why the server does not take this form; None when it took it. That an object is missing is no matter of
        form."""
        try:
            yield from kerio_web.write(self._rpc, method, params, many)
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
