# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state in which every simulated service starts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from tests.simulators.mailboxorg.logins import ADMIN, LEVELS
from tests.simulators.mailboxorg.store import Store

# The login of each level; `environment` points at the level account.
USERS: dict[str, str] = {
    "admin": ADMIN,
    "reseller": "reseller",
    "account": "example",
    "domain": "example.com",
    "mail": "alice@example.com",
    "ftp": "ftp-example",
}


def new_passwords() -> dict[str, str]:
    """One by level; the ending makes each of them fit any rule for passwords."""
    return {level: f"{secrets.token_urlsafe(18)}-A1z" for level in LEVELS}


def starting_store(passwords: Mapping[str, str]) -> Store:
    """A reseller with two customers; the first has two people with mail, the second has one."""
    store = Store(admin_password=passwords["admin"])
    store.ftp_logins[USERS["ftp"]] = passwords["ftp"]
    store.add_account("reseller", password=passwords["reseller"], plan="reseller", company="Reseller GmbH")
    example = store.add_account(
        "example",
        owner="reseller",
        password=passwords["account"],
        plan="profi",
        company="Example Ltd",
        memo="first customer",
        max_mailinglist=2,
        contact_mail="office@example.com",
        address_main_street="Main Street 1",
        address_main_town="Berlin",
    )
    example.invoices.append(
        {
            "invoiceNumber": "BMBO-83002-25",
            "invoice_id": "BMBO-83002-25",
            "date": "2025-12-01",
            "amount": 25.0,
            "paymentType": "invoice",
            "status": "open",
            "availableDownloadFileTypes": ["csv", "pdf", "xml"],
            "token": "token-of-invoice-83002",
        }
    )
    store.add_account("other", owner="reseller", password=f"{passwords['account']}-other", company="Other Ltd")
    store.add_domain("example.com", "example", password=passwords["domain"], memo="Head office")
    store.add_domain("example.org", "other", password=f"{passwords['domain']}-other")
    store.publish_ownership("example", "example.com")
    store.publish_ownership("other", "example.org")
    alice = store.add_mailbox(
        "alice@example.com",
        password=passwords["mail"],
        messages=120,
        groupware_items=30,
        first_name="Alice",
        last_name="Example",
        aliases=["info@example.com"],
        memo="Front desk",
    )
    alice.backups.append({"id": 1, "time": 1_700_000_000})
    store.add_mailbox(
        "bob@example.com",
        password=f"{passwords['mail']}-bob",
        messages=7,
        groupware_items=4,
        first_name="Bob",
        last_name="Example",
        plan="light",
    )
    store.add_mailbox(
        "olga@example.org",
        password=f"{passwords['mail']}-olga",
        messages=3,
        groupware_items=1,
        first_name="Olga",
        last_name="Other",
    )
    return store
