# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway of mailbox.org: accounts, their domains, the mailboxes in them, and what belongs to these.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._client.batches import Answer
from ..._client.jsonrpc import Command
from ..._core.addresses import domain_of
from ..._core.plan import Step
from ..._core.resource import Needed, Resource, Values
from ..._core.snapshot import Snapshot
from ..calls import GatewayOfCalls
from . import refusals
from .account_calls import AccountCalls
from .accounts import ACCOUNT
from .api import Api
from .blacklist_calls import BlacklistCalls
from .blacklists import BLACKLIST
from .calls import Calls
from .capability_calls import CapabilityCalls
from .directory import Directory
from .domain_calls import DomainCalls
from .domains import DOMAIN
from .group_calls import GroupCalls
from .groups import GROUP
from .levels import ACCOUNT as ACCOUNT_LEVEL
from .mailbox_calls import MailboxCalls
from .mailboxes import MAILBOX
from .mailing_list_calls import MailingListCalls
from .mailing_lists import MAILING_LIST
from .spam_protection_calls import SpamProtectionCalls
from .spam_protections import SPAM_PROTECTION
from .vacation_calls import VacationCalls
from .vacations import VACATION


class MailboxOrgGateway(GatewayOfCalls[Calls]):
    """Implements ``_core.gateway.Gateway`` for one login."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._directory = Directory(api)
        self._capabilities = CapabilityCalls(api)
        self._accounts = AccountCalls(api, self._directory)
        self._mailboxes = MailboxCalls(api, self._directory, self._capabilities)
        self._mailing_lists = MailingListCalls(api, self._directory)
        calls: dict[str, Calls] = {
            ACCOUNT.kind: self._accounts,
            DOMAIN.kind: DomainCalls(api, self._directory),
            MAILBOX.kind: self._mailboxes,
            VACATION.kind: VacationCalls(api, self._mailboxes),
            SPAM_PROTECTION.kind: SpamProtectionCalls(api, self._mailboxes),
            BLACKLIST.kind: BlacklistCalls(api, self._mailboxes),
            MAILING_LIST.kind: self._mailing_lists,
            GROUP.kind: GroupCalls(api, self._directory),
        }
        super().__init__(calls)

    def exists(self, needed: Needed, values: Values) -> bool:
        if needed.kind == DOMAIN.kind:
            return self._directory.has_domain(needed.name)
        if needed.kind == MAILBOX.kind:
            return self._mailboxes.has_seen(needed.name) or self._is_elsewhere(needed)
        # A login below accounts sees none; what it may do with them is for its level to say.
        return self._api.login.is_below(ACCOUNT_LEVEL) or self._directory.account(needed.name) is not None

    def _is_elsewhere(self, needed: Needed) -> bool:
        """Whether a group is to have a member in a domain that is not ours to look into, which the server may take."""
        return needed.option == "members" and not self._directory.has_domain(domain_of(needed.name))

    def read_all(
        self, resource: Resource, domains: frozenset[str] | None, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        if resource.kind == MAILBOX.kind:
            return self._mailboxes.read_all(domains, fields)
        return super().read_all(resource, domains)

    def read_some(
        self, resource: Resource, keys: Sequence[Values], fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        if resource.kind == MAILBOX.kind:
            return self._mailboxes.read_some(keys, fields)
        return super().read_some(resource, keys)

    def most_together(self, step: Step) -> int:
        """One, as soon as the server is known to take one call at a time: nothing is gained by more."""
        return super().most_together(step) if self._api.takes_batches else 1

    def send(self, commands: Sequence[Command]) -> list[Answer]:
        return self._api.send(commands)

    def refuse(self, steps: Sequence[Step]) -> None:
        """Raises AccessDenied, GuardRefusal or InvalidOption."""
        changing = [step for step in steps if step.changes]
        refusals.refuse_levels(changing, self._api, self._calls)
        refusals.refuse_unread(changing, self._calls)
        refusals.refuse_incomplete(changing, self._calls)
        refusals.refuse_full_domains(changing, self._mailboxes, self._mailing_lists)
        refusals.refuse_taken_domains(changing, self._directory)
        refusals.refuse_unknown_states(changing, self._mailboxes, self._capabilities)

    def account_in_use(self, resource: Resource) -> str | None:
        return self._accounts.in_use()
