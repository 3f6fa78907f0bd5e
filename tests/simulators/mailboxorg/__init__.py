# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailbox.org, the business and reseller API (JSON-RPC at https://api.mailbox.org/v1/ of the real service)."""

from __future__ import annotations

from tests.simulators.mailboxorg.settings import MailboxOrgSettings
from tests.simulators.mailboxorg.simulator import MailboxOrg

__all__ = ["MailboxOrg", "MailboxOrgSettings"]
