# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stamp that tells one state of a user's filters from the next (fact sheet kerio_connect.md 4.2)."""

from __future__ import annotations

import secrets

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_webmail.settings import KerioWebmailSettings
from tests.simulators.kerio_webmail.store import Account

# The largest number that every reader of JSON keeps exactly.
LARGEST = 2**53 - 1


def check(account: Account, sent: int, settings: KerioWebmailSettings) -> None:
    """Raises RpcError (code: switch `stale_stamp_code`) when the filters have changed since the client read them."""
    if settings.stale_stamp_code and sent != account.data_stamp:
        raise RpcError(settings.stale_stamp_code, "The filters have been changed in the meantime.")


def advance(account: Account, settings: KerioWebmailSettings) -> int:
    """-> the new stamp"""
    old = account.data_stamp
    account.data_stamp = old + 1
    if settings.stamps == "large":
        while account.data_stamp in (old, old + 1):
            account.data_stamp = secrets.randbelow(LARGEST) + 1
    return account.data_stamp
