# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about groups, whose members come and go by lists of additions and removals (mailboxorg.md 2.15).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from ..._core.errors import AccessDenied, InvalidOption, PostmasterError
from ..._core.fields import UNSET
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from ..owned_lists import only_in
from .api import Api
from .calls import Calls, another_reply, no_list
from .codecs import read_number
from .directory import Directory
from .groups import GROUP
from .levels import refuse_below
from .protocol import REFUSALS
from .shapes import Row, Shape, row, rows, texts
from .wire import add_params, read_values

LIST, GET = "group.list", "group.get"
_SHAPE = Shape(
    {
        "group_id": ("group_id", "id", "gid"),
        "name": ("name", "group_name", "group"),
        "display_name": ("display_name", "displayname", "displayName"),
        "members": ("mail_addresses", "members", "mails", "addresses", "users", "emails"),
    },
    name="name",
    place="group_id",
    wrapper="groups",
)
# A member in an object, by the names that its address might have.
_MEMBERS = ("mail", "address", "mail_address", "email", "primary_email")


class GroupCalls(Calls):
    """The groups of all accounts that the login sees."""

    def __init__(self, api: Api, directory: Directory) -> None:
        self._api = api
        self._directory = directory
        self._denied: AccessDenied | None = None

    def read(self, key: Values) -> Snapshot | None:
        """Raises InvalidOption where a name may mean several groups."""
        refuse_below(self._api.login, LIST)
        read_at = time.monotonic()
        try:
            listed = self._listed([key["account"]])
        except REFUSALS:
            self._directory.forget()
            if self._directory.account(key["account"]) is not None:
                raise
            return None
        found = [each for each in listed if each[1]["name"].casefold() == key["name"].casefold()]
        if len(found) > 1:
            raise InvalidOption("name", f"may mean any of {len(found)} groups of the account {key['account']}")
        return self._snapshots(found, read_at)[0] if found else None

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        """Groups belong to no domain, so that all are read; none for logins that may not ask, see ``unread``."""
        self._denied = None
        read_at = time.monotonic()
        try:
            found = self._listed(self._directory.accounts())
        except AccessDenied as denied:
            if not self._api.login.may_lack(LIST):
                raise
            self._denied = denied
            return []
        return self._snapshots(found, read_at)

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        """By the lists of their accounts. Raises InvalidOption as above."""
        refuse_below(self._api.login, LIST)
        read_at = time.monotonic()
        wanted = {GROUP.key_of(key) for key in keys}
        listed = self._listed(sorted({key["account"] for key in keys}))
        found = [each for each in listed if (each[1]["name"].casefold(), each[0].casefold()) in wanted]
        if len(found) > len({(each[1]["name"].casefold(), each[0]) for each in found}):
            raise InvalidOption("name", "may mean several groups of an account")
        return self._snapshots(found, read_at)

    def create(self, values: Values) -> Writing[Snapshot | None]:
        """The reply does not tell the number."""
        yield from self._api.part("group.add", add_params(GROUP, values))
        return None

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        """The server wants the display name each time, and one of the two lists, be it empty."""
        held: list[str] = current.values.get("members", [])
        wanted: list[str] = values.get("members", held)
        going, coming = only_in(held, wanted), only_in(wanted, held)
        params: dict[str, Any] = {**_key(current), "display_name": {**current.values, **values}["display_name"]}
        if coming or not going:
            params["mail_addresses_to_add"] = coming
        if going:
            params["mail_addresses_to_remove"] = going
        yield from self._api.part("group.set", params)
        return None

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        yield from self._api.part("group.del", _key(current))

    def missing(self, step: Step) -> list[str]:
        return ["display_name"] if step.action == "update" and "display_name" not in step.values else []

    def unread(self, step: Step) -> PostmasterError | None:
        return self._denied

    def _listed(self, accounts: list[str]) -> list[tuple[str, Row]]:
        """The rows of these accounts, each with its account. Raises ProtocolError where one has no number."""
        answers = self._api.read_pages(LIST, [{"account": account} for account in accounts])
        found = [(account, each) for account, answer in zip(accounts, answers) for each in rows(LIST, answer, _SHAPE)]
        if not all("group_id" in each for _account, each in found):
            raise no_list(LIST)
        return found

    def _snapshots(self, found: list[tuple[str, Row]], read_at: float) -> list[Snapshot]:
        """Rows that lack something are completed by the objects."""
        short = [number for number, (_account, each) in enumerate(found) if not each.keys() >= _SHAPE.members.keys()]
        params = [{**_number(found[number][1]), "account": found[number][0]} for number in short]
        for number, answer in zip(short, self._api.read_many(GET, params)):
            account, listed = found[number]
            told = row(answer, _SHAPE)
            if any(str(told.get(name, listed[name])) != str(listed[name]) for name in ("group_id", "name")) or not told:
                raise another_reply(GET, f"group {listed['name']}")
            found[number] = (account, {**listed, **told})
        return [_snapshot(account, each, read_at) for account, each in found]


def _number(found: Row) -> dict[str, Any]:
    """The parameter that names a group: a number, also where the server tells it as text."""
    number = read_number(found["group_id"])
    return {"group_id": found["group_id"] if number is UNSET else number}


def _key(current: Snapshot) -> dict[str, Any]:
    return {**_number(dict(current.raw)), "account": current.raw["account"]}


def _snapshot(account: str, found: Row, read_at: float) -> Snapshot:
    told = dict(found)
    if "members" in found and not isinstance(found["members"], str):
        told["members"] = texts(LIST, found["members"], _MEMBERS)
    values = {**read_values(GROUP, told), "account": account}
    return Snapshot(values, f"{account} {found['group_id']}", {**found, "account": account}, read_at)
