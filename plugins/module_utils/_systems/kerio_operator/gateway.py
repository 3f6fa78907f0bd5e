# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway of Operator: extensions by number, users by login name, ids only in here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from ..._client.batches import MOST_WRITES, Answer
from ..._client.jsonrpc import Command, JsonRpc
from ..._core.errors import GuardRefusal
from ..._core.gateway import Gateway
from ..._core.plan import Step
from ..._core.resource import Needed, Resource, Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .. import kerio_web
from .dial_plan import DialPlan
from .extension_calls import ExtensionCalls
from .extension_list import ExtensionList
from .extensions import EXTENSION
from .protocol import check_version
from .unproven import Unproven
from .user_calls import UserCalls
from .users import USER

# After these, users have other ids.
OTHER_IDS = frozenset({"Users.create", "Users.remove"})


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
        return UserCalls(self._rpc, self._listed, self._unproven)

    @cached_property
    def _extensions(self) -> ExtensionCalls:
        return ExtensionCalls(self._rpc, self._listed, self._unproven)

    @cached_property
    def _listed(self) -> ExtensionList:
        return ExtensionList(self._rpc)

    @cached_property
    def _unproven(self) -> Unproven:
        return Unproven(self._rpc)

    @cached_property
    def _dial_plan(self) -> DialPlan:
        return DialPlan(self._rpc)

    def read(self, resource: Resource, key: Values) -> Snapshot | None:
        return _the_one(resource, self._by_key(resource), key)

    def read_some(
        self, resource: Resource, keys: Sequence[Values], fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        """By one list, since there is no call about one object."""
        index = self._by_key(resource)
        found = (_the_one(resource, index, key) for key in keys)
        return [each for each in found if each is not None]

    def _by_key(self, resource: Resource) -> dict[tuple[str, ...], list[Snapshot]]:
        index: dict[tuple[str, ...], list[Snapshot]] = {}
        for each in self.read_all(resource, None):
            for key in resource.keys_of(each.values):
                index.setdefault(key, []).append(each)
        return index

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        return self._users.read_all() if resource is USER else self._extensions.read_all()

    def exists(self, needed: Needed, values: Values) -> bool:
        if needed.kind == USER.kind:
            return self._users.identity(needed.name) is not None
        return self._listed.by_number(needed.name) is not None

    def refuse(self, steps: Sequence[Step]) -> None:
        """Raises GuardRefusal for numbers and SIP user names that something else has already."""
        unknown = [step for step in steps if step.resource is EXTENSION and step.current is None]
        numbered = [step for step in unknown if "number" in step.send]
        owners = self._dial_plan.owners_of([step.send["number"] for step in numbered])
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
            holder = self._listed.holder_of(username)
            if holder is not None:
                _refuse(
                    step,
                    f"{username} is one of the lines of extension {holder}; name the extension by its number, and "
                    "describe it with lines",
                )

    def create(self, resource: Resource, values: Values) -> Writing[None]:
        if resource is USER:
            yield from self._users.create(values)
        else:
            yield from self._extensions.create(values, self._user_id(values))

    def update(self, resource: Resource, current: Snapshot, values: Values) -> Writing[None]:
        if resource is USER:
            yield from self._users.update(current, values)
        else:
            yield from self._extensions.update(current, values, self._user_id(values))

    def delete(self, resource: Resource, current: Snapshot, removal: Values) -> Writing[None]:
        return self._users.delete(current) if resource is USER else self._extensions.delete(current)

    def send(self, commands: Sequence[Command]) -> list[Answer]:
        """What the commands may change is forgotten as they go, so that changes made together read it once."""
        methods = {command.method for command in commands}
        if any(method.startswith("Extensions.") for method in methods):
            self._listed.forget()
        if not methods.isdisjoint(OTHER_IDS):
            self._users.forget()
        return kerio_web.send_joined(self._rpc, commands)

    def most_together(self, step: Step) -> int:
        """An extension without a number goes alone: it takes the next one that is free, which is the same for all. So
        does what shares no list, once it is known that the server takes no batches."""
        alone = not self._rpc.takes_batches and step.action != "delete"
        return MOST_WRITES if step.resource.is_named(step.values) and not alone else 1

    def account_in_use(self, resource: Resource) -> str | None:
        identity = self._users.identity(self._username)
        return None if identity is None else str(identity)

    def secrets(self, resource: Resource, current: Snapshot, given: Values) -> Values:
        return self._extensions.secrets(current, given)

    def _user_id(self, values: Values) -> int | None:
        """The id of the user that an extension is to belong to. Raises MissingReference."""
        return self._users.find(values["user"]) if values.get("user") else None


def _the_one(resource: Resource, index: Mapping[tuple[str, ...], Sequence[Snapshot]], key: Values) -> Snapshot | None:
    """The object with this key. Raises GuardRefusal where it may be one of several."""
    found = index.get(resource.key_of(key), [])
    if len(found) > 1:
        names = " and ".join(dict.fromkeys(resource.name_of(each.values) for each in found))
        advice = "which contradict each other" if resource.key[0] in key else f"name it by its {resource.key[0]}"
        raise GuardRefusal(f"{resource.name_of(key)} may mean {len(found)} entries of the server: {names}; {advice}")
    return found[0] if found else None


def _refuse(step: Step, message: str) -> None:
    error = GuardRefusal(f"{step.wish.where}{message}; nothing was changed")
    error.object = step.name
    raise error
