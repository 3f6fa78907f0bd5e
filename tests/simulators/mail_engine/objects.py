# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mail server holds: plain objects that tests read and prepare. All quotas are in MB, times in Unix seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

PROTOCOLS = ("imap", "pop3", "smtp", "sieve", "eas", "dav")


@dataclass
class DkimKey:
    """A domain's DKIM key, without the key itself. ``size`` is in bits."""

    size: int
    selector: str


@dataclass
class Domain:
    """A mail domain. ``rl`` is its rate limit as redis keeps it: ``{"value": "10", "frame": "h"}`` or None.

    ``made_from`` (the number of a template) and ``restarted_sogo`` are what its maker asked for; no read shows them.
    """

    name: str
    description: str = ""
    active: int = 1
    aliases: int = 400
    mailboxes: int = 10
    defquota: int = 3072
    maxquota: int = 10240
    quota: int = 10240
    backupmx: int = 0
    gal: int = 1
    relay_all_recipients: int = 0
    relay_unknown_only: int = 0
    relayhost: str = "0"
    rl: dict[str, str] | None = None
    tags: list[str] = field(default_factory=list)
    made_from: int = 0
    restarted_sogo: int = 0
    created: float = 0.0
    modified: float | None = None


@dataclass
class Mailbox:
    """A mailbox. ``active`` 2 means that logging in is refused while mail is still taken. ``quota`` 0 is unlimited.

    ``messages`` and ``bytes_used`` stand for the mail inside: whoever deletes the mailbox loses them.
    """

    username: str
    name: str = ""
    password: str = ""
    active: int = 1
    quota: int = 0
    force_pw_update: int = 0
    tls_enforce_in: int = 0
    tls_enforce_out: int = 0
    authsource: str = "mailcow"
    force_tfa: int = 0
    sogo_access: int = 1
    protocol_access: list[str] = field(default_factory=lambda: list(PROTOCOLS))
    quarantine_notification: str = "hourly"
    quarantine_category: str = "reject"
    relayhost: str = "0"
    messages: int = 0
    bytes_used: int = 0
    tags: list[str] = field(default_factory=list)
    was_edited: bool = False  # an edit adds the attribute recovery_email (mailcow_recorded.md A6)
    created: float = 0.0
    modified: float | None = None
    password_changed: float = 0.0

    @property
    def local_part(self) -> str:
        return self.username.partition("@")[0]

    @property
    def domain(self) -> str:
        return self.username.partition("@")[2]


@dataclass
class Alias:
    """An alias. ``goto`` holds the targets in order; ``["null@localhost"]`` and its like are the special targets."""

    id: int
    address: str
    goto: list[str]
    active: int = 1
    sogo_visible: int = 1
    internal: int = 0
    sender_allowed: int = 1
    public_comment: str | None = None
    private_comment: str | None = None
    created: float = 0.0
    modified: float | None = None

    @property
    def domain(self) -> str:
        return self.address.partition("@")[2]


@dataclass
class SyncJob:
    """A job that fetches the mail of ``user1`` at ``host1`` into the mailbox ``user2``."""

    id: int
    user2: str
    host1: str
    port1: int
    user1: str
    password1: str
    enc1: str
    mins_interval: int
    exclude: str = ""
    subfolder2: str = ""
    custom_params: str = ""
    maxage: int = 0
    maxbytespersecond: str = "0"
    timeout1: int = 600
    timeout2: int = 600
    delete2duplicates: int = 0
    delete1: int = 0
    delete2: int = 0
    automap: int = 0
    skipcrossduplicates: int = 0
    subscribeall: int = 0
    dry: int = 0
    active: int = 0
    last_run: float | None = None
    success: int | None = None
    created: float = 0.0
    modified: float | None = None
