# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about domains (mailboxorg.md 2.3 and 2.4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from ..._core.errors import Prerequisite
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .api import Api
from .calls import Calls, another_reply, if_whole
from .directory import Directory, ascii_name, is_domain
from .domains import DOMAIN
from .levels import ACCOUNT, DOMAIN as DOMAIN_LEVEL, MAIL, TITLE, refuse_below
from .listing import read_lists
from .protocol import REFUSALS, OwnershipUnproven
from .wire import add_params, read_values, set_params


class DomainCalls(Calls):
    """The domains of all accounts that the login sees; for a login of a domain, that one."""

    def __init__(self, api: Api, directory: Directory) -> None:
        self._api = api
        self._directory = directory

    def read(self, key: Values) -> Snapshot | None:
        name, account = key["name"], key["account"]
        if self._api.login.is_below(ACCOUNT):
            # Such a login cannot list domains, and sees its own only; its account is taken as the task names it.
            if name not in self._directory.domains():
                refuse_below(self._api.login, "domain.list")
            return self._read_many({name: account})[0]
        if not self._is_listed(name, account):
            return None
        try:
            return self._read_many({name: account})[0]
        except REFUSALS:
            if self._is_listed(name, account):
                raise
            return None

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        if self._api.login.level == MAIL:
            return []
        seen = self._directory.domains()
        wanted = {name: account for name, account in seen.items() if domains is None or name in domains}
        if self._api.login.level == DOMAIN_LEVEL:
            wanted = {name: self._owner(name) for name in wanted}
        return self._read_many(wanted)

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        """Those that the lists of their accounts hold; see ``read`` for logins that have no lists."""
        if self._api.login.is_below(ACCOUNT):
            return super().read_some(keys)
        accounts = sorted({key["account"] for key in keys})
        lists = read_lists(self._api, "domain.list", [{"account": account} for account in accounts], "domain")
        there = {(account, ascii_name(row["domain"])) for account, rows in zip(accounts, lists) for row in rows}
        return self._read_many({key["name"]: key["account"] for key in keys if (key["account"], key["name"]) in there})

    def create(self, values: Values) -> Writing[Snapshot | None]:
        """Raises Prerequisite while the record that proves the ownership is missing."""
        read_at = time.monotonic()
        try:
            row = yield from self._api.part("domain.add", add_params(DOMAIN, values))
        except OwnershipUnproven as unproven:
            raise _prerequisite(values["name"], unproven) from None
        finally:
            # Also when nobody knows what became of it.
            self._directory.forget()
        return _written(row, values["name"], values["account"], values, read_at)

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        name = current.values["name"]
        read_at = time.monotonic()
        params = {"domain": name, **set_params(DOMAIN, values, current.values)}
        row = yield from self._api.part("domain.set", params)
        return _written(row, name, current.values["account"], values, read_at)

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        values = current.values
        try:
            yield from self._api.part("domain.del", {"account": values["account"], "domain": values["name"]})
        finally:
            self._directory.forget()

    def _is_listed(self, name: str, account: str) -> bool:
        """Whether the account has the domain; an account that is not there has none."""
        try:
            return name in self._directory.domains_of(account)
        except REFUSALS:
            self._directory.forget()
            if self._directory.account(account) is not None:
                raise
            return False

    def _read_many(self, accounts: Mapping[str, str]) -> list[Snapshot]:
        """The domains of that names, each with the account given; their contexts too, where the objects lack them."""
        names = list(accounts)
        read_at = time.monotonic()
        rows = self._api.read_many("domain.get", [{"domain": name} for name in names])
        for name, row in zip(names, rows):
            if not is_domain(row, name):
                raise another_reply("domain.get", name)
        untold = {accounts[name] for name, row in zip(names, rows) if not row.get("context_id")}
        contexts = self._contexts(sorted(untold)) if untold and not self._api.login.is_below(ACCOUNT) else {}
        return [
            _snapshot({**row, "context_id": row.get("context_id") or contexts.get(name)}, name, accounts[name], read_at)
            for name, row in zip(names, rows)
        ]

    def _contexts(self, accounts: Sequence[str]) -> dict[str, str]:
        """The context of each domain of these accounts."""
        answers = self._api.read_pages("context.list", [{"account": account} for account in accounts])
        return {
            ascii_name(str(domain)): str(context)
            for answer in answers
            for context, domains in answer.items()
            if isinstance(domains, list)
            for domain in domains
        }

    def _owner(self, domain: str) -> str:
        """The account of a domain as its mailboxes tell it; empty where there are none."""
        (rows,) = read_lists(self._api, "mail.list", [{"domain": domain}], "mail")
        return next((str(row["parent_uid"]) for row in rows if row.get("parent_uid")), "")


def _written(row: Mapping[str, Any], name: str, account: str, values: Values, read_at: float) -> Snapshot | None:
    """The domain as a reply to a write shows it, if it does."""
    return if_whole(_snapshot(row, name, account, read_at), DOMAIN, values) if is_domain(row, name) else None


def _snapshot(row: Mapping[str, Any], name: str, account: str, read_at: float) -> Snapshot:
    told = read_values(DOMAIN, {member: value for member, value in row.items() if member != "context_id" or value})
    return Snapshot({**told, "name": name, "account": account}, name, row, read_at)


def _prerequisite(domain: str, unproven: OwnershipUnproven) -> Prerequisite:
    """The record to create. Whether the server tells its host with or without the domain is unknown."""
    host = unproven.host.rstrip(".").lower()
    name = host if host == domain or host.endswith(f".{domain}") else f"{host}.{domain}"
    return Prerequisite(
        f"{TITLE} adds {domain} when a TXT record proves whose it is: create '{name}. IN TXT \"{unproven.txt}\"' and "
        f"run the task again ({unproven.message})",
        {"dns_record": {"name": name, "type": "TXT", "value": unproven.txt}},
        method=unproven.method,
        code=int(unproven.code or 0),
    )
