# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls about mailboxes (mailboxorg.md 2.5).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..._core.addresses import domain_of, mailbox_address
from ..._core.errors import AccessDenied, NotApplied, PostmasterError, ServerRefusal
from ..._core.plan import Step
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing
from .api import Api
from .calls import AnotherReply, Calls, another_reply, if_whole
from .capabilities import CAPABILITIES
from .capability_calls import SET, CapabilityCalls
from .directory import Directory
from .levels import DOMAIN, refuse_below
from .listing import Row, read_lists
from .mailboxes import MAILBOX, QUOTAS
from .protocol import REFUSALS
from .wire import add_params, later_params, read_values, set_params

# Items of mail.list that lack any of these may not be whole; what is planned is told only where something is.
_IN_WHOLE_OBJECTS = {field.wire.read[0] for field in MAILBOX.fields if field.wire and field.wire.read} - {
    "deletion_date"
}


class MailboxCalls(Calls):
    """The mailboxes of all domains that the login sees; for a login of a mailbox, that one."""

    def __init__(self, api: Api, directory: Directory, capabilities: CapabilityCalls) -> None:
        self._api = api
        self._directory = directory
        self._capabilities = capabilities
        self._asks_for_details = True
        self._listed: dict[str, list[str]] = {}

    def read(self, key: Values) -> Snapshot | None:
        read_at = time.monotonic()
        row = self._find(key["email"])
        return None if row is None else self._snapshots([row], read_at)[0]

    def read_some(self, keys: Sequence[Values], fields: frozenset[str] | None = None) -> list[Snapshot]:
        """Which of them are there is asked for only when one of them cannot be read."""
        asked = [key["email"] for key in keys]
        try:
            return self._read_whole(asked, fields)
        except (*REFUSALS, AnotherReply) as refusal:
            if self._api.login.is_below(DOMAIN) and isinstance(refusal, AccessDenied):
                raise
            refuse_below(self._api.login, "mail.list")
        there = set(self.addresses(sorted({domain_of(address) for address in asked})))
        return self._read_whole([address for address in asked if address in there], fields)

    def _read_whole(self, addresses: Sequence[str], fields: frozenset[str] | None) -> list[Snapshot]:
        read_at = time.monotonic()
        rows = self._api.read_many("mail.get", [{"mail": address} for address in addresses])
        for address, row in zip(addresses, rows):
            if _address(row) != address:
                raise another_reply("mail.get", address)
        return self._snapshots(rows, read_at, fields)

    def has(self, address: str) -> bool:
        """Whether there is a mailbox of that address, which is more than an alias of another one."""
        return self._find(address) is not None

    def has_seen(self, address: str) -> bool:
        """The same by the lists, each of which is read once: for many addresses, right before they are used."""
        return address in self.seen(frozenset({domain_of(address)}))

    def seen(self, domains: frozenset[str] | None) -> list[str]:
        """The mailboxes of some domains, or all that the login sees, by their addresses; each list is read once, until
        a mailbox is made or deleted."""
        if self._api.login.is_below(DOMAIN):
            own = _address({"mail": self._api.login.name})
            return [own] if domains is None or domain_of(own) in domains else []
        names = sorted(self._directory.domains() if domains is None else domains)
        unknown = [name for name in names if name not in self._listed]
        if unknown:
            self._list(unknown)
        return [address for name in names for address in self._listed.get(name, [])]

    def _find(self, address: str) -> dict[str, Any] | None:
        """The object of a mailbox, or None where the lists say that there is none."""
        try:
            return self._get(address)
        except (*REFUSALS, AnotherReply) as refusal:
            if self._api.login.is_below(DOMAIN) and isinstance(refusal, AccessDenied):
                raise
            refuse_below(self._api.login, "mail.list")
            if address not in self.addresses([domain_of(address)]):
                return None
            # Reads can be late: the list may know by now what the first answer did not.
            return self._get(address)

    def _get(self, address: str) -> dict[str, Any]:
        row = self._api.call("mail.get", {"mail": address})
        if _address(row) != address:
            # Nothing, or the mailbox that has the address as an alias.
            raise another_reply("mail.get", address)
        return row

    def read_all(self, domains: frozenset[str] | None, fields: frozenset[str] | None = None) -> list[Snapshot]:
        if self._api.login.is_below(DOMAIN):
            own = self.read({"email": _address({"mail": self._api.login.name})})
            return [own] if own is not None and MAILBOX.is_in(domains, own.values) else []
        read_at = time.monotonic()
        rows = self._list(sorted(self._directory.domains() if domains is None else domains))
        short = [number for number, row in enumerate(rows) if not row.keys() >= _IN_WHOLE_OBJECTS]
        whole = self._api.read_many("mail.get", [{"mail": rows[number]["mail"]} for number in short])
        for number, row in zip(short, whole):
            if _address(row) != _address(rows[number]):
                raise another_reply("mail.get", rows[number]["mail"])
            rows[number] = row
        return self._snapshots(rows, read_at, fields)

    def addresses(self, domains: Sequence[str]) -> list[str]:
        """The mailboxes of some domains by their addresses; none in a domain that the login does not see."""
        return [_address(row) for row in self._list(domains)]

    def create(self, values: Values) -> Writing[Snapshot | None]:
        """mail.add takes less than mail.set, which does the rest; capabilities have a call of their own."""
        address = values["email"]
        read_at = time.monotonic()
        try:
            row = yield from self._add(values)
        finally:
            # Also when nobody knows what became of it.
            self._listed.clear()
        rest = _completed(later_params(MAILBOX, values), values, {})
        try:
            if rest:
                row = yield from self._api.part("mail.set", {"mail": address, **rest})
            if CAPABILITIES.name in values:
                yield from self._capabilities.set(address, values[CAPABILITIES.name], {}, row)
                return None
        except PostmasterError as error:
            error.partly_written = True
            raise
        return _written(row, address, values, read_at)

    def update(self, current: Snapshot, values: Values) -> Writing[Snapshot | None]:
        address = current.values["email"]
        params = _completed(set_params(MAILBOX, values, {}), values, current.values)
        read_at = time.monotonic()
        row: Mapping[str, Any] = {}
        if params:
            row = yield from self._api.part("mail.set", {"mail": address, **params})
        if CAPABILITIES.name in values:
            before = current.values.get(CAPABILITIES.name, {})
            try:
                yield from self._capabilities.set(address, values[CAPABILITIES.name], before, current.raw)
            except PostmasterError as error:
                error.partly_written = error.partly_written or bool(params)
                raise
            return None
        return _written(row, address, values, read_at)

    def delete(self, current: Snapshot, removal: Values) -> Writing[None]:
        """Raises NotApplied when the mailbox is gone and its address was not freed: a later run could not tell."""
        address = current.values["email"]
        try:
            yield from self._api.part("mail.del", {"mail": address})
        finally:
            self._listed.clear()
        if not removal["free_address"]:
            return
        try:
            yield from self._api.part("domain.deletelist.delete", {"mail": address})
        except PostmasterError as refused:
            error = NotApplied(
                f"the mailbox is deleted, but its address was not freed: {refused.message}",
                method=refused.method,
                code=refused.code,
            )
            error.partly_written = True
            raise error from None

    def methods(self, step: Step) -> Iterable[str]:
        """Capabilities have a method of their own."""
        of_set = later_params(MAILBOX, step.send) if step.action == "create" else step.send.keys() - {CAPABILITIES.name}
        own = [method for method in super().methods(step) if method != "mail.set" or of_set]
        return [*own, SET] if CAPABILITIES.name in step.send else own

    def _add(self, values: Values) -> Writing[dict[str, Any]]:
        try:
            return (yield from self._api.part("mail.add", add_params(MAILBOX, values)))
        except ServerRefusal as refused:
            raise ServerRefusal(
                f"{refused.message}; if the address belonged to a mailbox that was deleted, it may be blocked for some "
                "time: set recover to true to take it nevertheless, or delete mailboxes with free_address",
                method=refused.method,
                code=refused.code,
            ) from None

    def _list(self, domains: Sequence[str]) -> list[Row]:
        """The rows of some domains. What is refused is looked for among the domains that the login sees; then it is
        asked for without details, a parameter that came with the years."""
        try:
            return self._rows(domains, self._asks_for_details)
        except REFUSALS:
            self._directory.forget()
            seen = self._directory.domains()
        there = [name for name in domains if name in seen]
        try:
            return self._rows(there, self._asks_for_details)
        except REFUSALS:
            if not self._asks_for_details:
                raise
        rows = self._rows(there, details=False)
        self._asks_for_details = False
        return rows

    def _rows(self, domains: Sequence[str], details: bool) -> list[Row]:
        """The rows of these domains; what belongs to others, on a server that does not filter, is left out."""
        extra = {"details": True} if details else {}
        lists = read_lists(self._api, "mail.list", [{"domain": name, **extra} for name in domains], "mail")
        found = [row for name, rows in zip(domains, lists) for row in rows if domain_of(_address(row)) == name]
        self._listed.update({name: [] for name in domains})
        for row in found:
            address = _address(row)
            self._directory.meet(domain_of(address))
            self._listed[domain_of(address)].append(address)
        return found

    def _snapshots(
        self, rows: Sequence[Mapping[str, Any]], read_at: float, fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        """Capabilities take calls of their own, and are left out unless they are among the fields, or all are asked
        for."""
        by_address = {_address(row): row for row in rows}
        are_wanted = fields is None or CAPABILITIES.name in fields
        states = self._capabilities.read_many(by_address) if are_wanted else [{} for _each in by_address]
        return [
            _snapshot(row, address, capabilities, read_at)
            for (address, row), capabilities in zip(by_address.items(), states)
        ]


def _address(row: Mapping[str, Any]) -> str:
    """The address in the form in which it is compared; what is no address to us stays as it is."""
    try:
        return mailbox_address(str(row.get("mail", "")))
    except ValueError:
        return str(row.get("mail", ""))


def _written(row: Mapping[str, Any], address: str, values: Values, read_at: float) -> Snapshot | None:
    """The mailbox as a reply to a write shows it, if it does."""
    return if_whole(_snapshot(row, address, {}, read_at), MAILBOX, values) if _address(row) == address else None


def _snapshot(row: Mapping[str, Any], address: str, capabilities: Values, read_at: float) -> Snapshot:
    values = {**read_values(MAILBOX, row), "email": address}
    if capabilities:
        values[CAPABILITIES.name] = dict(capabilities)
    return Snapshot(values, address, row, read_at)


def _completed(params: dict[str, Any], values: Values, held: Values) -> dict[str, Any]:
    """The parameters of mail.set with those that have to go along (mailboxorg.md 2.5).

    An additional quota wants the plan beside it, a date of deletion a mailbox that is not active; being active is what
    takes a deletion back.
    """
    after = {**held, **values}
    if any(name in params for name in QUOTAS) and "plan" in after:
        params = {**params, "plan": after["plan"]}
    if params.get("deletion_date") == "" and after.get("active") is not False:
        return {**{name: value for name, value in params.items() if name != "deletion_date"}, "active": True}
    return {**params, "active": False} if params.get("deletion_date") else params
