# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about accounts (mailboxorg.md 2.2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from ..._core.errors import PostmasterError
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .accounts import ACCOUNT
from .api import Api
from .calls import AnotherReply, Calls, another_reply, if_whole, is_about
from .directory import Directory
from .levels import ACCOUNT as ACCOUNT_LEVEL, refuse_below
from .protocol import REFUSALS
from .wire import add_params, later_params, read_values, set_params


class AccountCalls(Calls):
    """One's own account, or those of a reseller."""

    def __init__(self, api: Api, directory: Directory) -> None:
        self._api = api
        self._directory = directory

    def read(self, key: Values) -> Snapshot | None:
        """Raises AccessDenied for another account than one's own, where the login cannot know whether it exists."""
        name = key["name"]
        try:
            return self._get(name)
        except (*REFUSALS, AnotherReply):
            if self._api.login.is_below(ACCOUNT_LEVEL):
                raise
            if name.casefold() != self._api.login.name.casefold():
                refuse_below(self._api.login, "account.list")
            self._directory.forget()
            known = self._directory.account(name)
            if known == name:
                raise
            # The server may insist on its own spelling of a name.
            return None if known is None else self._get(known)

    def _get(self, name: str) -> Snapshot:
        read_at = time.monotonic()
        row = self._api.call("account.get", {"account": name})
        if not is_about(row, "account", name):
            raise another_reply("account.get", name)
        return _snapshot(row, name, read_at)

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        """Accounts belong to no domain, so that all of them are read."""
        return self._read_many(self._directory.accounts())

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        """Which of them are there is asked for only when one of them cannot be read."""
        names = [key["name"] for key in keys]
        try:
            return self._read_many(names)
        except (*REFUSALS, AnotherReply):
            if self._api.login.is_below(ACCOUNT_LEVEL):
                raise
        self._directory.forget()
        known = map(self._directory.account, names)
        return self._read_many([name for name in known if name is not None])

    def _read_many(self, names: Sequence[str]) -> list[Snapshot]:
        read_at = time.monotonic()
        rows = self._api.read_many("account.get", [{"account": name} for name in names])
        for name, row in zip(names, rows):
            if not is_about(row, "account", name):
                raise another_reply("account.get", name)
        return [_snapshot(row, name, read_at) for name, row in zip(names, rows)]

    def create(self, values: Values) -> Writing[Snapshot | None]:
        """account.add takes less than account.set, which does the rest."""
        read_at = time.monotonic()
        try:
            row = yield from self._api.part("account.add", add_params(ACCOUNT, values))
        finally:
            # Also when nobody knows what became of it.
            self._directory.forget()
        rest = later_params(ACCOUNT, values)
        if rest:
            try:
                row = yield from self._api.part("account.set", {"account": values["name"], **rest})
            except PostmasterError as error:
                error.partly_written = True
                raise
        return _written(row, values["name"], values, read_at)

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        name = current.values["name"]
        params = set_params(ACCOUNT, values, current.values)
        read_at = time.monotonic()
        row = yield from self._api.part("account.set", {"account": name, **params})
        return _written(row, name, values, read_at)

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        try:
            yield from self._api.part("account.del", {"account": current.values["name"]})
        finally:
            self._directory.forget()

    def in_use(self) -> str | None:
        """The identity of the account that we are logged in as; None for a login that is none."""
        return None if self._api.login.is_below(ACCOUNT_LEVEL) else self._api.login.name.casefold()


def _written(row: Mapping[str, Any], name: str, values: Values, read_at: float) -> Snapshot | None:
    """The account as a reply to a write shows it, if it does."""
    return if_whole(_snapshot(row, name, read_at), ACCOUNT, values) if is_about(row, "account", name) else None


def _snapshot(row: Mapping[str, Any], name: str, read_at: float) -> Snapshot:
    values = {"name": name, **read_values(ACCOUNT, row)}
    return Snapshot(values, str(values["name"]).casefold(), row, read_at)
