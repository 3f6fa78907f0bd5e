# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the login sees: the accounts, and the domains with the account that each belongs to (mailboxorg.md 1.3, 7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ..._core.addresses import domain_name, domain_of
from .api import Api
from .levels import ACCOUNT, ADMIN, DOMAIN, MAIL, RESELLER
from .listing import read_lists
from .protocol import REFUSALS


class Directory:
    """Read when something asks for it, and kept until an account or a domain is made or deleted."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._accounts: list[str] | None = None
        self._domains: dict[str, str] | None = None
        self._met: set[str] = set()
        self._asked = False

    def forget(self) -> None:
        self._accounts = self._domains = None
        self._met.clear()

    def meet(self, domain: str) -> None:
        """Remember a domain that a call about its contents showed to be there."""
        self._met.add(domain)

    def has_domain(self, name: str) -> bool:
        """Whether the login sees a domain: the first one is asked for by itself, before all of them are listed."""
        if (
            name not in self._met
            and self._domains is None
            and not self._asked
            and self._api.login.may_call("domain.get")
        ):
            self._asked = True
            with suppress(*REFUSALS):
                if is_domain(self._api.call("domain.get", {"domain": name}), name):
                    self.meet(name)
        return name in self._met or name in self.domains()

    def accounts(self) -> list[str]:
        """The names of the accounts; none for a login that belongs to a part of one."""
        if self._accounts is None:
            self._accounts = self._read_accounts()
        return self._accounts

    def account(self, name: str) -> str | None:
        """The account of that name as the server writes it."""
        return next((each for each in self.accounts() if each.casefold() == name.casefold()), None)

    def domains(self) -> dict[str, str]:
        """The account of each domain; empty where the login does not see it."""
        if self._domains is None:
            self._domains = self._read_domains()
        return self._domains

    def domains_of(self, account: str) -> list[str]:
        """Names of the domains of one account, read anew. Raises PostmasterError."""
        (rows,) = read_lists(self._api, "domain.list", [{"account": account}], "domain")
        return [ascii_name(row["domain"]) for row in rows]

    def _read_accounts(self) -> list[str]:
        login = self._api.login
        if login.level in (ADMIN, RESELLER):
            (rows,) = read_lists(self._api, "account.list", [{}], "account")
            return [row["account"] for row in rows]
        return [] if login.is_below(ACCOUNT) else [login.name]

    def _read_domains(self) -> dict[str, str]:
        login = self._api.login
        if login.level == DOMAIN:
            return {ascii_name(login.name): ""}
        if login.level == MAIL:
            return {ascii_name(domain_of(login.name)): ""}
        accounts = self.accounts()
        lists = read_lists(self._api, "domain.list", [{"account": account} for account in accounts], "domain")
        return {ascii_name(row["domain"]): account for account, rows in zip(accounts, lists) for row in rows}


def is_domain(row: Mapping[str, Any], name: str) -> bool:
    """Whether a reply is the domain of that name. Of its members only the memo is certain (mailboxorg.md 3.2)."""
    return ascii_name(str(row["domain"])) == name if "domain" in row else "memo" in row


def ascii_name(name: str) -> str:
    """The form in which users of the collection name a domain; what is no domain name to us stays as it is."""
    try:
        return domain_name(name)
    except ValueError:
        return name.casefold()
