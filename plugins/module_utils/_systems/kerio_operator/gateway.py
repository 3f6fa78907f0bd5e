# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway of Operator: extensions by number, users by login name, ids only in here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import GuardRefusal
from ..._core.gateway import Gateway
from ..._core.plan import Step
from ..._core.resource import Needed, Resource, Values
from ..._core.snapshot import Snapshot
from . import dial_plan
from .extension_calls import ExtensionCalls
from .extensions import EXTENSION
from .protocol import check_version
from .user_calls import UserCalls
from .users import USER


class OperatorGateway(Gateway):
    """Implements the gateway for one server; ``username`` is the account that we log in with."""

    def __init__(self, rpc: JsonRpc, username: str) -> None:
        self._unchecked_rpc = rpc
        self._username = username

    @cached_property
    def _rpc(self) -> JsonRpc:
        """The connection, once it is known that the server speaks our version of the API."""
        check_version(self._unchecked_rpc)
        return self._unchecked_rpc

    @cached_property
    def _users(self) -> UserCalls:
        return UserCalls(self._rpc, self._extensions)

    @cached_property
    def _extensions(self) -> ExtensionCalls:
        return ExtensionCalls(self._rpc)

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        wanted = resource.key_of(key)
        found = [each for each in self.read_all(resource, None) if wanted in resource.keys_of(each.values)]
        if len(found) > 1:
            names = " and ".join(dict.fromkeys(resource.name_of(each.values) for each in found))
            advice = "which contradict each other" if resource.key[0] in key else f"name it by its {resource.key[0]}"
            raise GuardRefusal(
                f"{resource.name_of(key)} may mean {len(found)} entries of the server: {names}; {advice}"
            )
        return found[0] if found else None

    def read_all(self, resource: Resource, domains: frozenset[str] | None) -> list[Snapshot]:
        return self._users.read_all() if resource is USER else self._extensions.read_all()

    def exists(self, needed: Needed, values: Values) -> bool:
        if needed.kind == USER.kind:
            return self._users.identity(needed.name) is not None
        return self._extensions.by_number(needed.name) is not None

    def refuse(self, steps: Sequence[Step]) -> None:
        """Raises GuardRefusal for numbers and SIP user names that something else has already."""
        unknown = [step for step in steps if step.resource is EXTENSION and step.current is None]
        numbered = [step for step in unknown if "number" in step.send]
        owners = dial_plan.owners(self._rpc) if numbered else {}
        for step in numbered:
            number = step.send["number"]
            if number in owners:
                _refuse(
                    step,
                    f"number {number} is taken by {owners[number]} in the dial plan; choose another number, or leave "
                    "it out to get the next one that is free",
                )
        for step in unknown:
            if "number" in step.wish.given:
                continue
            username = step.wish.given["sip_username"]
            holder = self._extensions.holder_of(username)
            if holder is not None:
                _refuse(
                    step,
                    f"{username} is one of the lines of extension {holder}; name the extension by its number, and "
                    "describe it with lines",
                )

    def create(self, resource: Resource, values: Values) -> None:
        if resource is USER:
            self._users.create(values)
        else:
            self._extensions.create(values, self._user_id(values))

    def update(self, resource: Resource, current: Snapshot, values: Values) -> None:
        if resource is USER:
            self._users.update(current, values)
        else:
            self._extensions.update(current, values, self._user_id(values))

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> None:
        if resource is USER:
            self._users.delete(current)
        else:
            self._extensions.delete(current)

    def account_in_use(self, resource: Resource) -> str | None:
        identity = self._users.identity(self._username)
        return None if identity is None else str(identity)

    def secrets(self, resource: Resource, current: Snapshot, given: Values) -> Values:
        return self._extensions.secrets(current, given)

    def _user_id(self, values: Values) -> int | None:
        """The id of the user that an extension is to belong to. Raises MissingReference."""
        return self._users.find(values["user"]) if values.get("user") else None


def _refuse(step: Step, message: str) -> None:
    error = GuardRefusal(f"{step.wish.where}{message}; nothing was changed")
    error.object = step.name
    raise error
