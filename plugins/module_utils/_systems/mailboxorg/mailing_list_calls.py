# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about mailing lists (mailboxorg.md 2.14).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from ..._core.addresses import domain_of, mailbox_address
from ..._core.errors import AccessDenied, PostmasterError, ServerRefusal
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .api import Api
from .calls import Calls, another_reply
from .codecs import read_list
from .directory import Directory
from .levels import refuse_below
from .mailing_lists import MAILING_LIST
from .shapes import Row, Shape, row, rows
from .wire import add_params, read_values, set_params

LIST, GET = "mailinglist.list", "mailinglist.get"
_SHAPE = Shape(
    {
        "mailinglist": ("mailinglist", "name", "mail", "address", "email", "list"),
        "adminmail": ("adminmail", "admin_mail", "admin", "owner"),
    },
    name="mailinglist",
    place="mailinglist",
    wrapper="mailinglists",
)


class MailingListCalls(Calls):
    """The mailing lists of all accounts that the login sees."""

    def __init__(self, api: Api, directory: Directory) -> None:
        self._api = api
        self._directory = directory
        self._denied: AccessDenied | None = None

    def read(self, key: Values) -> Snapshot | None:
        refuse_below(self._api.login, LIST)
        read_at = time.monotonic()
        found = [each for each in self._listed() if _address(each[1]) == key["address"]]
        return self._snapshots(found[:1], read_at)[0] if found else None

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        """None for logins that may not ask; see ``unread``."""
        self._denied = None
        read_at = time.monotonic()
        try:
            found = self._listed()
        except AccessDenied as denied:
            if not self._api.login.may_lack(LIST):
                raise
            self._denied = denied
            return []
        wanted = [each for each in found if domains is None or domain_of(_address(each[1])) in domains]
        return self._snapshots(wanted, read_at)

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        """By the lists, which are read once."""
        refuse_below(self._api.login, LIST)
        read_at = time.monotonic()
        wanted = {key["address"] for key in keys}
        return self._snapshots([each for each in self._listed() if _address(each[1]) in wanted], read_at)

    def create(self, values: Values) -> Writing[Snapshot | None]:
        params = {**add_params(MAILING_LIST, values), "account": self._account_of(values["address"])}
        try:
            yield from self._api.part("mailinglist.add", params)
        except ServerRefusal as refused:
            raise ServerRefusal(
                f"{refused.message}; the account may have as many mailing lists as its max_mailinglist allows",
                method=refused.method,
                code=refused.code,
            ) from None
        return None

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        """What is known goes along, since the server might clear what is left out."""
        known = {name: value for name, value in current.values.items() if name == "admin_mail" and value}
        params = {**_key(current), **set_params(MAILING_LIST, {**known, **values}, {})}
        yield from self._api.part("mailinglist.set", params)
        return None

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        yield from self._api.part("mailinglist.del", _key(current))

    def unread(self, step: Step) -> PostmasterError | None:
        return self._denied

    def _listed(self) -> list[tuple[str, Row]]:
        """The rows of all accounts, each with its account."""
        accounts = self._directory.accounts()
        answers = self._api.read_pages(LIST, [{"account": account} for account in accounts])
        return [(account, each) for account, answer in zip(accounts, answers) for each in rows(LIST, answer, _SHAPE)]

    def _snapshots(self, found: list[tuple[str, Row]], read_at: float) -> list[Snapshot]:
        """Rows that are names only are completed by the objects."""
        short = [number for number, (_account, each) in enumerate(found) if "adminmail" not in each]
        params = [{"mailinglist": found[number][1]["mailinglist"], "account": found[number][0]} for number in short]
        for number, answer in zip(short, self._api.read_many(GET, params)):
            account, listed = found[number]
            told = row(answer, _SHAPE)
            if _address(told) != _address(listed):
                raise another_reply(GET, listed["mailinglist"])
            found[number] = (account, {**listed, **told})
        return [_snapshot(account, each, read_at) for account, each in found]

    def _account_of(self, address: str) -> str:
        """The account of a login that is one, else that of the domain."""
        accounts = self._directory.accounts()
        return accounts[0] if len(accounts) == 1 else self._directory.domains().get(domain_of(address), "")


def _address(found: Mapping[str, Any]) -> str:
    """The address in the form in which it is compared; what is no address to us stays as it is."""
    name = str(found.get("mailinglist", ""))
    try:
        return mailbox_address(name)
    except ValueError:
        return name


def _key(current: Snapshot) -> dict[str, str]:
    """The parameters that name a list, in the server's own spelling."""
    return {name: str(current.raw[name]) for name in ("mailinglist", "account")}


def _snapshot(account: str, found: Row, read_at: float) -> Snapshot:
    told = {**found, "adminmail": ", ".join(read_list(found["adminmail"]))} if "adminmail" in found else found
    address = _address(found)
    raw = {**found, "account": account}
    return Snapshot({**read_values(MAILING_LIST, told), "address": address}, f"{account} {address}", raw, read_at)
