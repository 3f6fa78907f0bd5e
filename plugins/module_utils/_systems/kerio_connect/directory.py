# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and ids of what users refer to: domains, groups, access policies, company contacts, home servers.

Each list is read when something first asks for it, unless somebody read it for another purpose before, and again after
a write of ours that changed it.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.addresses import domain_name
from ..._core.errors import MissingReference
from .. import kerio_web
from .lists import read_list

Row = Mapping[str, Any]


@dataclass(frozen=True)
class _List:
    """How the objects of a kind are listed: the method, the column that holds the name, and the other columns."""

    method: str
    name: str
    more: tuple[str, ...] = ()

    def read(self, rpc: JsonRpc, **params: Any) -> list[dict[str, Any]]:
        return read_list(rpc, self.method, ("id", self.name, *self.more), self.name, **params)


@dataclass(frozen=True)
class _Known:
    """Rows by folded name, and names by id."""

    rows: dict[str, Row]
    names: dict[str, str]


_DOMAINS = _List("Domains.get", "name")
_IN_DOMAINS = {
    "group": _List("Groups.get", "name", ("description", "itemSource")),
    "user": _List("Users.get", "loginName"),
}
# The writes that change what is kept here, and the kind of object.
_RENEWED_BY = {
    "Domains.create": "domain",
    "Domains.remove": "domain",
    "Groups.create": "group",
    "Groups.set": "group",
    "Groups.remove": "group",
    "Users.create": "user",
    "Users.remove": "user",
}


class Directory:
    """Rows by name; names are compared without regard to case."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._domains: _Known | None = None
        self._in_domains: dict[str, dict[str, _Known]] = {kind: {} for kind in _IN_DOMAINS}

    @property
    def domains(self) -> dict[str, Row]:
        return self._known_domains().rows

    @property
    def domain_names(self) -> dict[str, str]:
        """Domain names by id."""
        return self._known_domains().names

    def _known_domains(self) -> _Known:
        known = self._domains
        return self.learn_domains(_DOMAINS.read(self._rpc)) if known is None else known

    def learn_domains(self, rows: Iterable[Row]) -> _Known:
        """Keep what a list of all domains said."""
        self._domains = _known(_DOMAINS, rows, _ascii_name)
        return self._domains

    def learn(self, kind: str, domain: str, rows: Iterable[Row]) -> None:
        """Keep what a list of all objects of a kind in a domain said, if others may refer to that kind."""
        if kind in _IN_DOMAINS:
            self._in_domains[kind][domain] = _known(_IN_DOMAINS[kind], rows, str)

    def domain_id(self, name: str) -> str:
        """Raises MissingReference."""
        return str(_found(self.domains, "domain", name)["id"])

    def names(self, kind: str, domain: str) -> dict[str, str]:
        """The names of the users or groups of a domain, by id."""
        return self._of_domain(kind, domain).names

    def forget_changed(self, methods: Iterable[str]) -> None:
        """Read those objects anew when they are asked for again of which these writes made, changed or took some."""
        for kind in {_RENEWED_BY[method] for method in methods if method in _RENEWED_BY}:
            if kind == "domain":
                self._domains = None
            else:
                self._in_domains[kind].clear()

    @cached_property
    def access_policies(self) -> dict[str, Row]:
        return _by_name(self._plain_list("AccessPolicy.getGroupList", "groups"))

    @cached_property
    def company_contacts(self) -> dict[str, Row]:
        return _by_name(read_list(self._rpc, "CompanyContacts.get", ("id", "name"), "name"))

    @cached_property
    def home_servers(self) -> dict[str, Row]:
        return _by_name(self._plain_list("DistributedDomain.getHomeServerList", "servers"))

    def rows(self, kind: str, domain: str) -> dict[str, Row]:
        """The objects of a kind that a user may refer to, by lower-case name."""
        if kind in _IN_DOMAINS:
            return self._of_domain(kind, domain).rows
        return {
            "domain": lambda: self.domains,
            "access policy": lambda: self.access_policies,
            "company contact": lambda: self.company_contacts,
            "home server": lambda: self.home_servers,
        }[kind]()

    def find(self, kind: str, domain: str, name: str) -> Row:
        """One row by name. Raises MissingReference."""
        return _found(self.rows(kind, domain), kind, name)

    def _of_domain(self, kind: str, domain: str) -> _Known:
        """None when the domain does not exist."""
        if domain not in self.domains:
            return _Known({}, {})
        if domain not in self._in_domains[kind]:
            self.learn(kind, domain, _IN_DOMAINS[kind].read(self._rpc, domainId=self.domain_id(domain)))
        return self._in_domains[kind][domain]

    def _plain_list(self, method: str, member: str) -> list[dict[str, Any]]:
        answer = self._rpc.call(method)
        return kerio_web.rows_of(self._rpc, method, answer, member, lambda row: "id" in row and "name" in row)


def _known(of: _List, rows: Iterable[Row], spelled: Callable[[str], str]) -> _Known:
    """``spelled`` is how users of the collection write a name."""
    kept = [{name: row[name] for name in ("id", of.name, *of.more) if name in row} for row in rows]
    names = {str(row["id"]): spelled(str(row[of.name])) for row in kept}
    return _Known({names[str(row["id"])].casefold(): row for row in kept}, names)


def _ascii_name(name: str) -> str:
    """The form in which users of the collection name a domain; what is no domain name to us stays as it is."""
    try:
        return domain_name(name)
    except ValueError:
        return name.casefold()


def _by_name(rows: list[dict[str, Any]]) -> dict[str, Row]:
    return {str(row["name"]).casefold(): row for row in rows}


def _found(rows: Mapping[str, Row], kind: str, name: str) -> Row:
    row = rows.get(name.casefold())
    if row is None:
        raise MissingReference(kind, name, "create it first, or correct the name")
    return row
