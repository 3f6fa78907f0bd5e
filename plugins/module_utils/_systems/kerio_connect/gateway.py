# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway of Kerio Connect: objects by name, references by name, ids only in here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ..._client.batches import Answer
from ..._client.jsonrpc import Command, JsonRpc
from ..._core.errors import ProtocolError
from ..._core.plan import Step
from ..._core.resource import Needed, Resource, Values
from .. import kerio_web
from ..calls import Calls, GatewayOfCalls
from . import entry_group_refusals, refusals
from .alias_calls import AliasCalls
from .aliases import ALIAS
from .directory import Directory
from .domain_calls import DomainCalls
from .domains import DOMAIN
from .entry_group_calls import EntryGroupCalls
from .group_calls import GroupCalls
from .groups import GROUP
from .ip_address_groups import IP_ADDRESS_GROUP
from .mailing_list_calls import MailingListCalls
from .mailing_lists import MAILING_LIST
from .people import BY_ID
from .resource_calls import ResourceCalls
from .resources import RESOURCE
from .time_ranges import TIME_RANGE
from .user_calls import UserCalls
from .users import USER


class KerioConnectGateway(GatewayOfCalls[Calls]):
    """Implements ``_core.gateway.Gateway`` for one server."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._directory = Directory(rpc)
        self._aliases = AliasCalls(rpc, self._directory)
        self._domains = DomainCalls(rpc, self._directory)
        self._users = UserCalls(rpc, self._directory)
        self._entry_groups = {each.kind: EntryGroupCalls(rpc, each) for each in (IP_ADDRESS_GROUP, TIME_RANGE)}
        calls: dict[str, Calls] = {
            DOMAIN.kind: self._domains,
            GROUP.kind: GroupCalls(rpc, self._directory),
            USER.kind: self._users,
            ALIAS.kind: self._aliases,
            MAILING_LIST.kind: MailingListCalls(rpc, self._directory),
            RESOURCE.kind: ResourceCalls(rpc, self._directory),
            **self._entry_groups,
        }
        super().__init__(calls)

    def exists(self, needed: Needed, values: Values) -> bool:
        if needed.name.startswith(BY_ID):
            return True  # The server told it, and there is no name to look for.
        if needed.kind in self._entry_groups:
            return self._entry_groups[needed.kind].exists(needed.name)
        if needed.kind in (USER.kind, GROUP.kind):
            name, _at, domain = needed.name.rpartition("@")
            return name.casefold() in self._directory.rows(needed.kind, domain)
        return needed.name.casefold() in self._directory.rows(needed.kind, "")

    def refuse(self, steps: Sequence[Step]) -> None:
        """Raises GuardRefusal or InvalidOption."""
        refusals.refuse_contradicting_membership(steps)
        refusals.refuse_renames(steps, self._domains.known)
        refusals.refuse_no_primary(steps)
        refusals.refuse_full_domains(steps, self)
        refusals.refuse_lists_elsewhere(steps)
        for calls in self._entry_groups.values():
            entry_group_refusals.refuse(steps, calls)
        self._aliases.refuse(steps)
        if any(refusals.may_take_rights(step) for step in steps):
            refusals.refuse_loss_of_own_rights(steps, self._me(), self)

    def send(self, commands: Sequence[Command]) -> list[Answer]:
        """What is known of names and ids is out of date after a write that changed some, also after one that failed."""
        answers = kerio_web.send_joined(self._rpc, commands)
        methods = {command.method for command in commands}
        self._directory.forget_changed(methods)
        self._domains.forget_changed(methods)
        for calls in self._entry_groups.values():
            calls.forget_changed(methods)
        self._users.forget_heirs()
        return answers

    def most_together(self, step: Step) -> int:
        """Changes share no list, unless they are alike: once it is known that the server takes no batches, they go
        alone."""
        alone = not self._rpc.takes_batches and step.action == "update"
        return 1 if alone else super().most_together(step)

    def account_in_use(self, resource: Resource) -> str | None:
        """The id of our own account; empty, and so equal to no user's, for the built-in administrator."""
        return str(self._who.get("id") or "")

    @cached_property
    def _who(self) -> dict[str, Any]:
        details = self._rpc.call("Session.whoAmI").get("userDetails")
        if not isinstance(details, dict):
            raise ProtocolError("Kerio Connect did not say who is logged in", method="Session.whoAmI")
        return details

    def _me(self) -> tuple[str, str]:
        """Login name and domain of our own account, the latter empty for the built-in administrator."""
        domain = self._directory.domain_names.get(str(self._who.get("domainId")), "")
        return str(self._who.get("loginName", "")).casefold(), domain
