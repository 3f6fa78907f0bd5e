# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of a mail server, and the questions that its rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .objects import Alias, DkimKey, Domain, Mailbox, SyncJob


@dataclass
class Usage:
    """What a domain uses: counts, and the sum and the biggest of its mailboxes' quotas in MB."""

    mailboxes: int = 0
    aliases: int = 0
    quota: int = 0
    biggest: int = 0
    messages: int = 0
    bytes: int = 0

    def count(self, mailbox: Mailbox) -> None:
        """Add what a mailbox uses."""
        self.mailboxes += 1
        self.quota += mailbox.quota
        self.biggest = max(self.biggest, mailbox.quota)
        self.messages += mailbox.messages
        self.bytes += mailbox.bytes_used


@dataclass
class MailStore:
    """Domains by name, mailboxes by address, aliases and sync jobs by id.

    The implicit alias that each mailbox has for its own address is not kept as an object (a server neither lists nor
    counts it); it only uses up a number of ``next_alias_id``.
    """

    domains: dict[str, Domain] = field(default_factory=dict)
    alias_domains: dict[str, str] = field(default_factory=dict)  # other names of domains, with what they stand for
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    aliases: dict[int, Alias] = field(default_factory=dict)
    syncjobs: dict[int, SyncJob] = field(default_factory=dict)
    dkim_keys: dict[str, DkimKey] = field(default_factory=dict)  # they outlive their domain (mailcow_recorded.md A11)
    next_alias_id: int = 1
    next_syncjob_id: int = 1

    def add_domain(self, name: str, **fields: Any) -> Domain:
        """A domain as `Domain` has it; sizes in MB."""
        self.domains[name] = Domain(name, **{"description": name, **fields})
        return self.domains[name]

    def add_syncjob(self, mailbox: str, host: str, user: str, **fields: Any) -> SyncJob:
        """A job that fills a mailbox from an account elsewhere; `fields` as in `SyncJob`."""
        needed = {"port1": 993, "password1": "a password nobody knows", "enc1": "SSL", "mins_interval": 20}
        job = SyncJob(self.take_syncjob_id(), mailbox, host, user1=user, **{**needed, **fields})
        self.syncjobs[job.id] = job
        return job

    def take_alias_id(self) -> int:
        """The next alias number; it is used up."""
        self.next_alias_id += 1
        return self.next_alias_id - 1

    def take_syncjob_id(self) -> int:
        """The next sync job number; it is used up."""
        self.next_syncjob_id += 1
        return self.next_syncjob_id - 1

    def mailboxes_of(self, domain: str) -> list[Mailbox]:
        """The mailboxes of a domain, in the order of their addresses."""
        return [self.mailboxes[name] for name in sorted(self.mailboxes) if name.endswith("@" + domain)]

    def aliases_of(self, domain: str) -> list[Alias]:
        """The aliases of a domain in the order of their ids."""
        return [alias for _id, alias in sorted(self.aliases.items()) if alias.domain == domain]

    def count_aliases(self, domain: str) -> int:
        """How many aliases a domain has; looked at for each new one, so it does not sort."""
        suffix = "@" + domain
        return sum(alias.address.endswith(suffix) for alias in self.aliases.values())

    def alias_by_address(self, address: str) -> Alias | None:
        """The alias of an address; upper and lower case are the same."""
        wanted = address.lower()
        return next((alias for alias in self.aliases.values() if alias.address.lower() == wanted), None)

    def find_alias(self, id_or_address: object) -> Alias | None:
        """The alias that a number, a number as text, or an address names."""
        wanted = str(id_or_address)
        if wanted.isascii() and wanted.isdigit():
            return self.aliases.get(int(wanted))
        return self.alias_by_address(wanted)

    def is_taken(self, address: str) -> bool:
        """Whether a mailbox or an alias has this address."""
        return address.lower() in self.mailboxes or self.alias_by_address(address) is not None

    def syncjobs_of(self, mailbox: str) -> list[SyncJob]:
        """The sync jobs that fill a mailbox, in the order of their ids."""
        return [job for _id, job in sorted(self.syncjobs.items()) if job.user2 == mailbox]

    def aliases_by_domain(self) -> list[Alias]:
        """All aliases in the order in which a server lists them: domain by domain, then by id."""
        return sorted(self.aliases.values(), key=lambda alias: (alias.domain, alias.id))

    def usage_of(self, domain: str) -> Usage:
        """What one domain uses."""
        suffix = "@" + domain
        usage = Usage(aliases=self.count_aliases(domain))
        for name, mailbox in self.mailboxes.items():
            if name.endswith(suffix):
                usage.count(mailbox)
        return usage

    def usage_by_domain(self) -> dict[str, Usage]:
        """What each domain uses, counted in one pass; domains that use nothing are there too."""
        usage = {name: Usage() for name in self.domains}
        for mailbox in self.mailboxes.values():
            usage[mailbox.domain].count(mailbox)
        for alias in self.aliases.values():
            usage[self.alias_domains.get(alias.domain, alias.domain)].aliases += 1
        return usage
