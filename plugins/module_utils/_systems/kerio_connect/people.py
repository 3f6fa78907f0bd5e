# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users and groups as other objects name them: by address, and by name and domain. The server holds their ids, which
may be of any domain (kerio_connect.md 3.5 and 3.6).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..._core.addresses import domain_name
from ..._core.errors import MissingReference
from .directory import Directory
from .users import login_name

# Before the id of an account of which we cannot tell the name: it is gone, or not for this login to see.
BY_ID = "id:"


def user_name(text: str) -> str:
    """``alice`` or ``alice@example.com``. Raises ValueError."""
    if text.startswith(BY_ID):
        return text
    name, at, domain = text.strip().rpartition("@")
    return f"{login_name(name)}@{domain_name(domain)}" if at else login_name(text)


def group_name(text: str) -> str:
    """``staff`` or ``staff@example.com``. Raises ValueError."""
    if text.startswith(BY_ID):
        return text
    name, at, domain = text.strip().rpartition("@")
    if not (name if at else domain).strip():
        raise ValueError(f"{text!r} is not the name of a group")
    return f"{name}@{domain_name(domain)}" if at else domain


def with_domain(names: Iterable[str], domain: str) -> list[str]:
    """The names in order and once each; those without a domain are in this one."""
    whole = (name if "@" in name or name.startswith(BY_ID) else f"{name}@{domain}" for name in names)
    once = {name.casefold(): name for name in whole}
    return sorted(once.values(), key=str.casefold)


class People:
    """Ids by name and names by id, from the lists that the directory keeps. ``kind`` is that of users or groups."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def identity(self, kind: str, name: str) -> str | None:
        """The id behind a name with its domain; None when there is no such account on this server."""
        if name.startswith(BY_ID):
            return name[len(BY_ID) :]
        local, _at, domain = name.rpartition("@")
        row = self._directory.rows(kind, domain).get(local.casefold())
        return None if row is None else str(row["id"])

    def existing(self, kind: str, name: str) -> str:
        """The id behind a name. Raises MissingReference."""
        identity = self.identity(kind, name)
        if identity is None:
            raise MissingReference(kind, name, "create it first, or correct the name")
        return identity

    def names(self, kind: str, identities: Iterable[str], near: str) -> dict[str, str]:
        """Names by id, as far as they are known. Most are in the domain ``near``; others are read when one is not."""
        wanted = {identity for identity in identities if identity}
        found: dict[str, str] = {}
        for domain in (near, *(name for name in self._directory.domains if name != near)):
            if wanted <= found.keys():
                break
            names = self._directory.names(kind, domain)
            found.update((identity, f"{names[identity]}@{domain}") for identity in wanted & names.keys())
        return found
