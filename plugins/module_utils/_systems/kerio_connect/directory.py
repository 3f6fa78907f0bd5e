# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and ids of what users refer to: domains, groups, access policies, company contacts, home servers.

Each list is read once per run, and only when something asks for it.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.addresses import domain_name
from ..._core.errors import MissingReference
from .. import kerio_web
from .lists import read_list


class Directory:
    """Rows by name; names are compared without regard to case."""

    def __init__(self, rpc: JsonRpc) -> None:
        self._rpc = rpc
        self._in_domains: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = {"group": {}, "user": {}}

    @cached_property
    def domains(self) -> dict[str, Mapping[str, Any]]:
        rows = read_list(self._rpc, "Domains.get", ("id", "name"), "name")
        return {_ascii_name(str(row["name"])): row for row in rows}

    @cached_property
    def domain_names(self) -> dict[str, str]:
        """Domain names by id."""
        return {row["id"]: name for name, row in self.domains.items()}

    def domain_id(self, name: str) -> str:
        """Raises MissingReference."""
        return str(_found(self.domains, "domain", name)["id"])

    def groups(self, domain: str) -> dict[str, Mapping[str, Any]]:
        """The groups of a domain; none when the domain does not exist."""
        return self._rows_of("group", domain, "Groups.get", "name", ("description", "itemSource"))

    def users(self, domain: str) -> dict[str, Mapping[str, Any]]:
        """The users of a domain by login name; none when the domain does not exist."""
        return self._rows_of("user", domain, "Users.get", "loginName", ("fullName",))

    def forget(self, kind: str) -> None:
        """Read the objects of a kind anew when they are asked for again: some came, changed or went."""
        if kind == "domain":
            for name in ("domains", "domain_names"):
                self.__dict__.pop(name, None)
        self._in_domains.get(kind, {}).clear()

    @cached_property
    def access_policies(self) -> dict[str, Mapping[str, Any]]:
        return _by_name(self._plain_list("AccessPolicy.getGroupList", "groups"))

    @cached_property
    def company_contacts(self) -> dict[str, Mapping[str, Any]]:
        return _by_name(read_list(self._rpc, "CompanyContacts.get", ("id", "name"), "name"))

    @cached_property
    def home_servers(self) -> dict[str, Mapping[str, Any]]:
        return _by_name(self._plain_list("DistributedDomain.getHomeServerList", "servers"))

    def rows(self, kind: str, domain: str) -> dict[str, Mapping[str, Any]]:
        """The objects of a kind that a user may refer to, by lower-case name."""
        if kind == "group":
            return self.groups(domain)
        if kind == "user":
            return self.users(domain)
        return {
            "domain": lambda: self.domains,
            "access policy": lambda: self.access_policies,
            "company contact": lambda: self.company_contacts,
            "home server": lambda: self.home_servers,
        }[kind]()

    def find(self, kind: str, domain: str, name: str) -> Mapping[str, Any]:
        """One row by name. Raises MissingReference."""
        return _found(self.rows(kind, domain), kind, name)

    def _rows_of(
        self, kind: str, domain: str, method: str, name: str, more: tuple[str, ...]
    ) -> dict[str, Mapping[str, Any]]:
        if domain not in self.domains:
            return {}
        known = self._in_domains[kind]
        if domain not in known:
            rows = read_list(self._rpc, method, ("id", name, *more), name, domainId=self.domain_id(domain))
            known[domain] = {str(row[name]).casefold(): row for row in rows}
        return known[domain]

    def _plain_list(self, method: str, member: str) -> list[dict[str, Any]]:
        answer = self._rpc.call(method)
        return kerio_web.rows_of(self._rpc, method, answer, member, lambda row: "id" in row and "name" in row)


def _ascii_name(name: str) -> str:
    """The form in which users of the collection name a domain; what is no domain name to us stays as it is."""
    try:
        return domain_name(name)
    except ValueError:
        return name.casefold()


def _by_name(rows: list[dict[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(row["name"]).casefold(): row for row in rows}


def _found(rows: Mapping[str, Mapping[str, Any]], kind: str, name: str) -> Mapping[str, Any]:
    row = rows.get(name.casefold())
    if row is None:
        raise MissingReference(kind, name, "create it first, or correct the name")
    return row
