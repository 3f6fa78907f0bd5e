# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a method of the API is: its parameters, who may call it, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect import rights
from tests.simulators.kerio_connect.errors import access_denied
from tests.simulators.kerio_connect.settings import KerioConnectSettings
from tests.simulators.kerio_connect.store import Entity, Store
from tests.simulators.kerio_connect.structures import SEARCH_QUERY
from tests.simulators.kerio_web.exchange import Exchange
from tests.simulators.kerio_web.simulator import expired
from tests.simulators.kerio_web.wire_types import Type, accept, invalid


class Access(Enum):
    """Who may call a method (fact sheet kerio_connect.md 3, roles)."""

    OPEN = "without a session"
    READ = "every administrator, auditors included"
    OWN = "every administrator, about the own session"
    ACCOUNTS = "AccountAdmin and FullAdmin: writes users, groups or aliases"
    SERVER = "FullAdmin: writes everything else"

    @property
    def is_write(self) -> bool:
        return self in (Access.ACCOUNTS, Access.SERVER)


@dataclass
class Context(Exchange[Store, KerioConnectSettings]):
    """What a method works with, and whose request it is."""

    @property
    def caller(self) -> Entity | None:
        """The account in use; None for the built-in administrator."""
        return self.store.users.get(self.session.user_id) if self.session else None

    @property
    def role(self) -> str:
        if self.session is not None and not self.session.user_id:
            return "BuiltInAdmin"
        caller = self.caller
        return rights.effective_role(self.store, caller)["userRole"] if caller else "UserRole"

    @property
    def only_domain(self) -> str | None:
        """The id of the only domain that the caller sees and changes, None when it is all of them."""
        caller = self.caller
        if caller is None or self.role != "AccountAdmin" or self.settings.account_admin_scope == "all":
            return None
        return str(caller["domainId"])

    def check_domain(self, domain_id: str) -> None:
        """Raises RpcError 1004 when the domain is none of the caller's."""
        if self.only_domain not in (None, domain_id):
            raise access_denied()


@dataclass(frozen=True)
class Method:
    """call(context, params) -> result; `params` are checked and cleaned before."""

    call: Callable[[Context, dict[str, Any]], Any]
    access: Access
    params: Mapping[str, Type] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    code_without_query: Callable[[KerioConnectSettings], int] = lambda settings: settings.query_missing_code


def accept_params(method: Method, given: dict[str, Any], settings: KerioConnectSettings) -> dict[str, Any]:
    """Checked parameters. Raises RpcError -32602, or what the settings say for a missing query."""
    accepted = {}
    for name, kind in method.params.items():
        if name in given:
            # Set methods carry what they change in a pattern; nested structures must be complete there.
            in_set = name in ("pattern", "details")
            accepted[name] = accept(kind, given[name], name, in_set=in_set, ordinals=settings.enum_ordinals)
        elif kind is SEARCH_QUERY:
            accepted[name] = _without_query(method, settings)
        elif name not in method.optional:
            raise invalid(name, "missing")
    return accepted


def _without_query(method: Method, settings: KerioConnectSettings) -> dict[str, Any]:
    code = method.code_without_query(settings)
    if code:
        raise RpcError(code, "Invalid params. query: missing." if code < 0 else "Internal database error.")
    return {}


def check_access(context: Context, method: Method) -> None:
    """Raises RpcError -32001 without a session, 1004 without the right."""
    if method.access is Access.OPEN:
        return
    if context.session is None:
        raise expired()
    allowed = {
        Access.OWN: rights.ADMIN_ROLES,
        Access.READ: rights.ADMIN_ROLES,
        Access.ACCOUNTS: ("AccountAdmin", "FullAdmin", "BuiltInAdmin"),
        Access.SERVER: ("FullAdmin", "BuiltInAdmin"),
    }[method.access]
    if context.role not in allowed:
        raise access_denied()
