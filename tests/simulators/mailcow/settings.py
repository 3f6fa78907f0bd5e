# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches of the mailcow simulator. The first values are those of the recorded server (August 2026)."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.simulators.mail_engine import Rules


@dataclass
class MailcowSettings:
    """How this server differs from the recorded one. Sources: mail_api.md 2, 6 and mailcow_recorded.md A.

    key, read_only_key: the two keys of the API; ``None`` switches a key off (then it is a wrong key).
    key_from_elsewhere: the key may be used from other addresses only (401 with another text).
    ban_after: wrong keys within ten minutes until everybody from this address is banned for half an hour; None: never.
    absent_members: members that an older server does not send; ``OLDER_SERVER`` below names the known ones.
    flags_as: "number", or "text" as the server's own API document shows them.
    text_members: other members that are sent as text, such as ``mins_interval`` in that document.
    alias_id_in_reply: "text" as recorded, or "number".
    rate_limit_entry_first: a new mailbox is told as ``rl_saved``, ``mailbox_added``; older ones tell only the latter.
    one_mailbox_is_list: a release of 2022 answered the request for one mailbox with the list of all.
    absent_domain_lists_all: ``get/mailbox/all/{absent}`` shows every mailbox of the server.
    rules: what the server refuses and ignores.
    """

    key: str | None = "simulated-read-write-key"
    read_only_key: str | None = "simulated-read-only-key"
    key_from_elsewhere: bool = False
    ban_after: int | None = 10
    absent_members: frozenset[str] = frozenset()
    flags_as: str = "number"
    text_members: frozenset[str] = frozenset()
    alias_id_in_reply: str = "text"
    rate_limit_entry_first: bool = True
    one_mailbox_is_list: bool = False
    absent_domain_lists_all: bool = True
    rules: Rules = field(default_factory=Rules)


# Members that came to the API between 2023 and July 2026 (mail_api.md 6).
OLDER_SERVER = frozenset({"sender_allowed", "sender_acl", "force_tfa", "dry", "active_int", "sogo_visible_int"})
