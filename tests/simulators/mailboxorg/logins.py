# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may log in: the levels of the service and the names that belong to them (fact sheet mailboxorg.md 1.3)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from tests.simulators.mailboxorg.store import Store

# Highest first.
LEVELS = ("admin", "reseller", "account", "domain", "mail", "ftp")
ADMIN = "admin"


@dataclass(frozen=True)
class Login:
    """account, domain and mail are what the login belongs to; empty above that."""

    user: str
    level: str
    account: str = ""
    domain: str = ""
    mail: str = ""


def check(store: Store, user: str, password: str) -> Login | None:
    """The login of that name when the password is right. A mailbox that only has a hash cannot log in here."""
    known = _known(store, user)
    if known is None:
        return None
    login, right = known
    return login if right and hmac.compare_digest(right.encode(), password.encode()) else None


def still_there(store: Store, login: Login) -> bool:
    known = _known(store, login.user)
    return known is not None and known[0] == login


def _known(store: Store, user: str) -> tuple[Login, str] | None:
    """The login of that name and its password: names of accounts, domains and mailboxes are such names."""
    if user == ADMIN:
        return Login(user, "admin"), store.admin_password
    if (account := store.accounts.get(user)) is not None:
        level = "reseller" if account.fields["plan"] == "reseller" else "account"
        return Login(user, level, account.name), account.password
    if (domain := store.domains.get(user)) is not None:
        return Login(user, "domain", domain.account, domain.name), domain.password
    if (box := store.mailboxes.get(user)) is not None:
        owner = store.domains[box.domain].account
        return Login(user, "mail", owner, box.domain, box.mail), box.password
    if user in store.ftp_logins:
        return Login(user, "ftp"), store.ftp_logins[user]
    return None
