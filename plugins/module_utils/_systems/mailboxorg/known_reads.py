# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The methods that change nothing (mailboxorg.md 2.0 to 2.16).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

KNOWN_READS = frozenset(
    {
        "account.capabilities.get",
        "account.get",
        "account.invoice.get",
        "account.invoice.list",
        "account.list",
        "additionalmailaccount.list",
        "context.list",
        "domain.deletelist.search",
        "domain.get",
        "domain.list",
        "domain.validate.spf",
        "group.get",
        "group.list",
        "hello.innerworld",
        "hello.world",
        "mail.apppassword.list",
        "mail.backup.list",
        "mail.blacklist.list",
        "mail.capabilities.get",
        "mail.externaluid",
        "mail.get",
        "mail.list",
        "mail.passwordreset.listmethods",
        "mail.spamprotect.get",
        "mail.vacation.get",
        "mail.videochat.list",
        "mailinglist.get",
        "mailinglist.list",
        "search",
        "test.accountallowed",
        "test.domainallowed",
        "utils.validator",
    }
)
# The answer is the password itself, or may be: which one was never seen (mailboxorg.md 2.10).
SECRET_RESULTS = frozenset({"mail.apppassword.add"})
