# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a step may cost: the calls, by name. Measured once, then kept: a call more is a mismatch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum

Calls = tuple[str, ...]


class Kind(Enum):
    """What a step comes to."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    UNCHANGED = "unchanged"
    ABSENT = "absent"


@dataclass(frozen=True)
class Budget:
    """``found`` and ``absent`` are the reads for an object that is there or not, ``parents`` those before it is made,
    ``guard`` those before it is deleted; the others are a write with what it takes to read it back.
    """

    found: Calls
    absent: Calls
    parents: Calls
    guard: Calls
    create: Calls
    update: Calls
    delete: Calls
    session: Calls = ()

    def allowed(self, kind: Kind, *, check: bool) -> Counter[str]:
        """The calls of a step of this kind."""
        reads = {
            Kind.CREATE: self.absent + self.parents,
            Kind.UPDATE: self.found,
            Kind.DELETE: self.found + self.guard,
            Kind.UNCHANGED: self.found,
            Kind.ABSENT: self.absent,
        }[kind]
        writes = {Kind.CREATE: self.create, Kind.UPDATE: self.update, Kind.DELETE: self.delete}.get(kind, ())
        return Counter(self.session + reads + (() if check else writes))


_SESSION = ("Session.login", "Session.logout")


def _rest(path: str, one: str, single: Calls) -> Budget:
    """``single``: the reads for one object."""
    return Budget(
        found=single,
        absent=single,
        parents=("GET /api/v1/domains",),
        guard=(),
        create=(f"POST {path}", *single),
        update=(f"PUT {one}", *single),
        delete=(f"DELETE {one}", *single),
    )


def _mailcow(kind: str, read: str) -> Budget:
    return Budget(
        found=(read,),
        absent=(read,),
        parents=("GET /api/v1/get/domain/{id}",),
        guard=(),
        create=(f"POST /api/v1/add/{kind}", read),
        update=(f"POST /api/v1/edit/{kind}", read),
        delete=(f"POST /api/v1/delete/{kind}", read),
    )


# (system or dialect, kind, through the module about one object or about all)
BUDGETS: dict[tuple[str, str, str], Budget] = {
    ("kerio_connect", "user", "object"): Budget(
        found=("Domains.get", "Users.get"),
        # Whether the server's comparison looks at case is unknown: what is not found is looked for once more.
        absent=("Domains.get", "Users.get", "Users.get"),
        parents=(),
        guard=("Session.whoAmI",),
        create=("Users.create", "Users.get"),
        update=("Users.set", "Users.get"),
        delete=("Users.remove", "Users.get", "Users.get"),
        session=_SESSION,
    ),
    ("kerio_connect", "user", "config"): Budget(
        found=("Domains.get", "Users.get"),
        absent=("Domains.get", "Users.get"),
        parents=(),
        guard=("Session.whoAmI",),
        create=("Users.create", "Users.get"),
        update=("Users.set", "Users.get"),
        delete=("Users.remove", "Users.get"),
        session=_SESSION,
    ),
    ("rest", "mailbox", "object"): _rest(
        "/api/v1/mailboxes", "/api/v1/mailboxes/{email}", ("GET /api/v1/mailboxes/{email}",)
    ),
    ("rest", "mailbox", "config"): _rest("/api/v1/mailboxes", "/api/v1/mailboxes/{email}", ("GET /api/v1/mailboxes",)),
    ("rest", "alias", "object"): _rest("/api/v1/aliases", "/api/v1/aliases/{id}", ("GET /api/v1/aliases",)),
    ("rest", "alias", "config"): _rest("/api/v1/aliases", "/api/v1/aliases/{id}", ("GET /api/v1/aliases",)),
    ("mailcow", "mailbox", "object"): _mailcow("mailbox", "GET /api/v1/get/mailbox/{id}"),
    ("mailcow", "mailbox", "config"): _mailcow("mailbox", "GET /api/v1/get/mailbox/all"),
    ("mailcow", "alias", "object"): _mailcow("alias", "GET /api/v1/get/alias/{id}"),
    ("mailcow", "alias", "config"): _mailcow("alias", "GET /api/v1/get/alias/all"),
}
# What a field may cost beyond that, once a run: the list of its names, the account that it could harm.
EXTRA: dict[tuple[str, str, str], Calls] = {
    ("kerio_connect", "user", "groups"): ("Groups.get",),
    ("kerio_connect", "user", "access_policy"): ("AccessPolicy.getGroupList",),
    ("kerio_connect", "user", "company_contact"): ("CompanyContacts.get",),
    ("kerio_connect", "user", "home_server"): ("DistributedDomain.getHomeServerList",),
    ("kerio_connect", "user", "enabled"): ("Session.whoAmI",),
    ("kerio_connect", "user", "role"): ("Session.whoAmI",),
    ("mailcow", "mailbox", "tls_enforce_in"): ("POST /api/v1/edit/tls_policy",),
    ("mailcow", "mailbox", "tls_enforce_out"): ("POST /api/v1/edit/tls_policy",),
}
