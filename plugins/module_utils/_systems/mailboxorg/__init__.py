# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailbox.org: hosted mail, through its API for business customers and resellers (reference: mailboxorg.md).

This package is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..call import rpc_rules
from ..system import System, common_connection_options, login_options
from .accounts import ACCOUNT
from .blacklists import BLACKLIST
from .domains import DOMAIN
from .groups import GROUP
from .known_reads import KNOWN_READS, SECRET_RESULTS
from .levels import TITLE
from .mailboxes import MAILBOX
from .mailing_lists import MAILING_LIST
from .protocol import LOGIN, LOGOUT, PATH
from .session import connect
from .spam_protections import SPAM_PROTECTION
from .vacations import VACATION

SYSTEM = System(
    name="mailboxorg",
    title=TITLE,
    prefix="mailboxorg",
    environment="MAILBOXORG",
    path=PATH,
    connection=(
        *common_connection_options("https://api.mailbox.org", PATH, is_default=True),
        *login_options(
            "Name of an account or of a domain, or address of a mailbox. It decides about what the task may do."
        ),
    ),
    declared=(ACCOUNT, DOMAIN, MAILBOX, VACATION, SPAM_PROTECTION, BLACKLIST, MAILING_LIST, GROUP),
    connect=connect,
    whole="account",
    calls=rpc_rules(KNOWN_READS, frozenset({LOGIN, LOGOUT}), SECRET_RESULTS),
)
