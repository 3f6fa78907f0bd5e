# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every method that is known from the fact sheet is there, and the log knows which of them write."""

from __future__ import annotations

from tests.unit.simulators.mailboxorg.client import Client

# The index of the fact sheet (mailboxorg.md 2.0) without what the simulator leaves out.
READS = [
    "search",
    "hello.world",
    "hello.innerworld",
    "test.accountallowed",
    "test.domainallowed",
    "utils.validator",
    "account.get",
    "account.list",
    "account.capabilities.get",
    "account.invoice.list",
    "account.invoice.get",
    "context.list",
    "domain.get",
    "domain.list",
    "domain.deletelist.search",
    "domain.validate.spf",
    "mail.get",
    "mail.list",
    "mail.externaluid",
    "mail.apppassword.list",
    "mail.backup.list",
    "mail.blacklist.list",
    "mail.capabilities.get",
    "mail.passwordreset.listmethods",
    "mail.spamprotect.get",
    "mail.vacation.get",
    "group.list",
    "group.get",
    "mailinglist.list",
    "mailinglist.get",
    "additionalmailaccount.list",
]
WRITES = [
    "account.add",
    "account.del",
    "account.set",
    "account.capabilities.set",
    "domain.add",
    "domain.del",
    "domain.set",
    "domain.deletelist.delete",
    "mail.add",
    "mail.del",
    "mail.set",
    "mail.apppassword.add",
    "mail.apppassword.del",
    "mail.blacklist.add",
    "mail.blacklist.del",
    "mail.capabilities.set",
    "mail.spamprotect.set",
    "mail.vacation.set",
    "mail.vacation.delete",
    "group.add",
    "group.set",
    "group.del",
    "mailinglist.add",
    "mailinglist.set",
    "mailinglist.del",
    "additionalmailaccount.add",
    "additionalmailaccount.delete",
]


def test_every_method_is_known_and_is_a_read_or_a_write(anybody: Client) -> None:
    unknown = anybody.post({"method": "no.such", "id": "1"}).json()["error"]["code"]
    codes = {
        name: anybody.post({"method": name, "id": "1"}).json().get("error", {}).get("code") for name in READS + WRITES
    }
    assert [name for name, code in codes.items() if code == unknown] == []
    assert [record.call for record in anybody.server.writes] == WRITES
    anybody.server.requests.clear()
    anybody.server.settings.capabilities = "list"
    anybody.post({"method": "domain.capabilities.set", "id": "1"})
    anybody.post({"method": "mail.capabilities.set", "id": "1"})
    assert len(anybody.server.writes) == 2
